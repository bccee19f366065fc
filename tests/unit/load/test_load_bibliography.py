from __future__ import annotations

import importlib
import json

import pytest

from briefgen.load.records import load_data_file


def read_json(*items):
    text = json.dumps(items, indent=1, ensure_ascii=False)
    return load_data_file("sources", text, "content/sources/s.json")


@pytest.mark.parametrize(
    ("item", "key", "value"),
    [
        ({"title": "T"}, "title", "T"),
        ({"title": 1984}, "title", "1984"),
        ({"title": " T \n t\u0000"}, "title", "T t"),
        ({"type": "report", "title": "T"}, "type", "report"),
        ({"publisher": "P"}, "publisher", "P"),
        ({"publisher": "P", "container-title": "C"}, "publisher", "C"),
        ({"title": "T", "URL": "https://x"}, "url", "https://x"),
        ({"title": "T", "DOI": "10.1/x"}, "url", "https://doi.org/10.1/x"),
        ({"title": "T", "DOI": "https://doi.org/10.1/x"}, "url", "https://doi.org/10.1/x"),
        ({"title": "T", "URL": "https://x", "DOI": "10.1/x"}, "url", "https://x"),
        ({"title": "T", "issued": {"date-parts": [[2021, 1, 26]]}}, "published", "2021-01-26"),
        ({"title": "T", "issued": {"date-parts": [["2021", "1"]]}}, "published", "2021-01"),
        ({"title": "T", "issued": {"date-parts": [[2021], [2022]]}}, "published", "2021"),
        ({"title": "T", "issued": {"raw": "2021-01"}}, "published", "2021-01"),
        ({"title": "T", "issued": {"raw": "12 Feb 2026"}}, "published", "2026-02-12"),
        ({"title": "T", "issued": {"literal": "September 9, 2025"}}, "published", "2025-09-09"),
        ({"title": "T", "issued": {"raw": "Feb. 2026"}}, "published", "2026-02"),
        ({"title": "T", "issued": {"season": 1}}, "published", None),
        ({"title": "T", "accessed": {"date-parts": [[2021, 2, 1]]}}, "accessed", "2021-02-01"),
        ({"title": "T", "author": [{"given": "J.", "family": "Doe"}, {"literal": "AP"}]}, "author", ("J. Doe", "AP")),
        ({"title": "T", "author": [{"given": "L.", "non-dropping-particle": "van", "family": "B"}, 7]}, "author", ("L. van B",)),
        ({"title": "T", "language": "en-GB"}, "lang", "en-GB"),
        ({"title": "T", "language": "en, fr"}, "lang", None),
        ({"title": "T", "URL": "https://x", "custom": {"archive_url": "https://a", "archive_date": "2021"}}, "archive_url", "https://a"),
        ({"title": "T", "custom": {"credibility": 2}}, "credibility", "2"),
        ({"title": "T", "custom": {"unknown": 2}, "DOI": None, "page": "4"}, "url", None),
    ],
)  # fmt: skip
def test_csl_json(item, key, value):
    loaded = read_json({"id": "a", **item})
    assert loaded.diagnostics == ()
    assert getattr(loaded.sources[0].value, key) == value


def test_csl_json_ids_and_places():
    loaded = read_json(
        {"id": "a", "title": "T"},
        {"id": 7, "title": "U"},
        {"title": "V", "id": "x", "citation-key": "é"},
    )
    assert [(r.id, r.place.line, r.place.pointer) for r in loaded.sources] == [
        ("a", 3, ("0",)),
        ("7", 7, ("1",)),
        ("é", 13, ("2",)),
    ]


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ('[{"id": "a", "title": "T"}\n[]]', "yaml-syntax", 2),
        ('[{"id": "a", "title": NaN}]', "yaml-syntax", 1),
        ('[{"id": "a", "title": "\\ud800"}]', "yaml-syntax", 1),
        ('[{"id": "a", "title": 1e999}]', "yaml-syntax", 1),
        ("words", "yaml-syntax", 1),
        ("", "yaml-syntax", 1),
        ("[" * 100_000, "yaml-limit", 1),
        ("{}", "invalid-value", 1),
        ('"words"', "invalid-value", 1),
        ('[\n{"title": "T"}]', "missing-key", 1),
        ("[7]", "missing-key", 1),
        ('[\n{"id": "a"}]', "missing-key", 2),
        ('[\n{"id": "a", "publisher": "P", "title": ["T"]}]', "invalid-value", 2),
        ('[\n{"id": "a", "title": "T", "issued": {"date-parts": [["x"]]}}]', "invalid-value", 2),
        ('[\n{"id": "http://zotero.org/x", "title": "T"}]', "invalid-id", 2),
        ('[\n{"id": "a", "title": "T", "URL": "javascript:x"}]', "refused-scheme", 2),
    ],
)
def test_csl_json_faults(text, code, line):
    (found,) = load_data_file("sources", text, "s.json").diagnostics
    assert (found.code, found.place.line) == (code, line)


def test_bibtex_without_its_library(monkeypatch):
    real = importlib.import_module

    def missing(name, *rest):
        if name.startswith("bibtexparser"):
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(importlib, "import_module", missing)
    (found,) = load_data_file("sources", "@misc{a, title={T}}", "s.bib").diagnostics
    assert found.code == "file-unreadable"
    assert "briefgen[bibtex]" in found.help


BIBTEX = r"""
@string{ap = "Associated Press"}
@comment{nothing}
@article{ap-1,
  title = {Biden, {Putin} hold first call {\"u}ber \& out},
  author = {Doe, Jane and Smith, John Q. and {Associated and Press}},
  journal = ap,
  year = 2021, month = jan, day = 26,
  url = {https://example.org/~a_b\%20},
  urldate = {2021-02-01},
}
@online{later, title = "T", date = {2021-03/2021-04}, doi = {10.1/x_y}}
@article{ap-1, title = {Again}}
@article{bad, title = {never closed
@misc{last, howpublished = {x}}
"""


def test_bibtex():
    pytest.importorskip("bibtexparser", reason="the extra `bibtex` is not installed")
    loaded = load_data_file("sources", BIBTEX, "s.bib")
    first, later = (record.value for record in loaded.sources[:2])
    assert first.title == "Biden, Putin hold first call über & out"
    assert first.authors == ("Jane Doe", "John Q. Smith", "Associated and Press")
    assert (first.type, first.publisher) == ("article-journal", "Associated Press")
    assert (first.published, first.accessed) == ("2021-01-26", "2021-02-01")
    assert first.url == "https://example.org/~a_b%20"
    assert (later.published, later.url) == ("2021-03", "https://doi.org/10.1/x_y")
    assert [(r.id, r.place.line, r.place.pointer) for r in loaded.sources] == [
        ("ap-1", 4, ("ap-1",)),
        ("later", 12, ("later",)),
        ("last", 15, ("last",)),
    ]
    assert [(d.code, d.place.line) for d in loaded.diagnostics] == [
        ("yaml-duplicate-key", 13),
        ("yaml-syntax", 14),
        ("missing-key", 15),
    ]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        # Outside an entry, BibTeX takes everything for a comment.
        ("", ["file-empty"]),
        ("words", ["file-empty"]),
        ("@", ["file-empty"]),
        ("@misc", ["file-empty"]),
        ("{" * 5_000, ["file-empty"]),
        ("@misc{", ["yaml-syntax"]),
        ("@misc{}", ["missing-key", "invalid-id"]),
        ("@misc{a", ["yaml-syntax"]),
        ("@misc{a, t=", ["yaml-syntax"]),
        ("@a{b, title={" + "{" * 3_000, ["yaml-syntax"]),
    ],
)
def test_hostile_bibtex(text, codes):
    pytest.importorskip("bibtexparser", reason="the extra `bibtex` is not installed")
    assert [one.code for one in load_data_file("sources", text, "s.bib").diagnostics] == codes
