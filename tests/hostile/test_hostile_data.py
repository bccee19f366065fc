"""YAML, JSON and BibTeX made to exhaust or to deceive: an error with a place, the rest is checked."""

from __future__ import annotations

import pytest
from site_tester import SiteTest

OTHER = "---\ntitle: Other\ndate: 2021-01-26\n---\nIt leads to [[nowhere-at-all]].\n"

KINDS = {
    "briefing": ("content/briefings/x.md", "---\ntitle: T\ndate: 2021-01-26\nextra: {}\n---\nW.\n"),
    "page": ("content/pages/x.md", "---\ntitle: T\nextra: {}\n---\nW.\n"),
    "entity": ("content/entities/x.md", "---\nname: N\nkind: term\nextra: {}\n---\n"),
    "entities": ("content/entities/x.yml", "- {{id: x, name: N, kind: term, extra: {}}}\n"),
    "treaties": ("content/treaties/x.yml", "- {{id: x, name: N, extra: {}}}\n"),
    "topics": ("content/topics/x.yml", "- {{id: x, name: N, extra: {}}}\n"),
    "sources": ("content/sources/x.yml", "x: {{title: T, extra: {}}}\n"),
    "configuration": ("briefgen.yml", "title: T\nextra: {}\n"),
}

BOMB = "{a: &a [x, x, x, x, x, x, x, x, x]" + "".join(
    f", {new}: &{new} [{', '.join([f'*{old}'] * 9)}]"
    for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)

VALUES = {
    "a list without end": ("[" * 200_000, "yaml-limit"),
    "a mapping without end": ("{a: " * 50_000, "yaml-limit"),
    "lists too deep": ("[" * 60 + "]" * 60, "yaml-limit"),
    "a bomb of aliases": (BOMB + "}", "yaml-limit"),
    "a mapping that holds itself": ("&e {a: *e}", "yaml-limit"),
    "a list that holds itself": ("&e [*e]", "yaml-limit"),
    "an alias of nothing": ("*e", "yaml-syntax"),
    "a key twice": ("{a: 1, a: 2}", "yaml-duplicate-key"),
    "a list for a key": ("{[a, b]: c}", "yaml-syntax"),
    "an object of Python": ("!!python/object/apply:os.system [id]", "yaml-syntax"),
    "a control character": ('"a\\u0007b"', "invalid-value"),
    "no end": ("{a: b", "yaml-syntax"),
}


def build(site: SiteTest) -> SiteTest:
    return site.file("content/briefings/other.md", OTHER).build(jobs=1)


def assert_found(site: SiteTest, path: str, code: str, line: int | None = None) -> None:
    """See that an error is told at its place, and that the other page was checked all the same."""
    assert not site.result.ok
    found = [one for one in site.diagnostics if one.place.path == path and one.level == "error"]
    assert code in {one.code for one in found}, site.findings
    for one in found:
        assert one.message, "a message for the author"
        assert one.place.line > 0 or code.startswith(("file-", "path-", "route-", "static-"))
        assert line is None or one.code != code or one.place.line == line
    others = {one.code for one in site.diagnostics if one.place.path.endswith("other.md")}
    assert path == "briefgen.yml" or others == {"unknown-link"}


@pytest.mark.parametrize("value", VALUES)
@pytest.mark.parametrize("kind", KINDS)
def test_yaml(kind, value, tmp_path):
    path, text = KINDS[kind]
    written, code = VALUES[value]
    site = build(SiteTest(tmp_path).file(path, text.format(written)))
    assert_found(site, path, code)


FIELDS = {
    "a briefing": ("content/briefings/x.md", "---\ntitle: T\ndate: {}\n---\n", 3),
    "its publication": (
        "content/briefings/x.md", "---\ntitle: T\ndate: 2021-01-26\npublished: {}\n---\n", 4,
    ),
    "a note": (
        "content/briefings/x.md",
        "---\ntitle: T\ndate: 2021-01-26\nannotations:\n- {{quote: W, note: n, date: {}}}\n---\nW\n",
        5,
    ),
    "a source": ("content/sources/x.yml", "x:\n  title: T\n  published: {}\n", 3),
    "an event": (
        "content/treaties/x.yml", "- id: x\n  name: N\n  events:\n  - {{type: signed, date: {}}}\n", 4,
    ),
    "a role": (
        "content/entities/x.yml",
        "- id: x\n  name: N\n  kind: person\n  roles: [{{title: T, to: {}}}]\n",
        4,
    ),
    "a page": ("content/pages/x.md", "---\ntitle: T\nupdated: {}\n---\n", 3),
}  # fmt: skip
NO_DATES = [
    "2021-02-30", "2021-13-01", "2021-00-10", "0000-01-01", "99999-01-01", "-2021-01-01",
    "2021-1-1", "2021-01-26T25:00:00Z", "2021-01-26T00:00:00+99:99", "٢٠٢١-٠١-٢٦", "9" * 5000,
    "[2021]", "{2021: 1}", "tomorrow",
]  # fmt: skip


@pytest.mark.parametrize("date", NO_DATES)
@pytest.mark.parametrize("field", FIELDS)
def test_dates_that_are_none(field, date, tmp_path):
    path, text, line = FIELDS[field]
    site = build(SiteTest(tmp_path).file(path, text.format(date)))
    assert_found(site, path, "invalid-value", line)


@pytest.mark.parametrize(
    "date", ["0001-01-01", "9999-12-31", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"]
)
@pytest.mark.parametrize("zone", ["UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_the_ends_of_the_calendar_are_dates(date, zone, tmp_path):
    head = (
        f"title: T\ndate: {date}\npublished: {date}\nupdated: {date}\norigin: {{published: {date}}}"
    )
    site = SiteTest(tmp_path).file(
        "briefgen.yml", f"title: S\nurl: https://e.org/\ntimezone: {zone}\n"
    )
    site.file("content/briefings/x.md", f"---\n{head}\n---\nWords by [[t]].\n")
    site.file(
        "content/treaties/t.yml",
        "- {id: t, name: T, events: [{date: 0001-01-01, type: in-force, until: 9999-12-31}]}\n",
    )
    site.file("content/pages/p.md", f"---\ntitle: P\nupdated: {date}\n---\nWords.\n")
    assert site.built(jobs=1, future=True).page("briefings/x/").article is not None


HUGE = "9" * 5000
NUMBERS = {
    "an occurrence": (
        "content/briefings/x.md",
        "---\ntitle: T\ndate: 2021-01-26\nannotations:\n- {{quote: W, note: n, occurrence: {}}}\n---\nW\n",
        "invalid-value",
    ),
    "a count of parties": (
        "content/treaties/x.yml",
        "- {{id: x, name: N, events: [{{date: 2021, type: note, count: {}}}]}}\n",
        "invalid-value",
    ),
    "a year of CSL": (
        "content/sources/x.json",
        '[{{"id": "x", "title": "T", "issued": {{"date-parts": [[{}]]}}}}]',
        "yaml-syntax",
    ),
    "a year of BibTeX": (
        "content/sources/x.bib", "@book{{x, title = {{T}}, year = {}}}\n", "invalid-value",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", NUMBERS)
def test_numbers_of_thousands_of_digits(case, tmp_path):
    path, text, code = NUMBERS[case]
    site = build(SiteTest(tmp_path).file(path, text.format(HUGE)))
    assert_found(site, path, code)


def test_a_limit_of_thousands_of_digits_is_shown(tmp_path):
    text = f"- {{id: x, name: N, provisions: [{{name: P, limit: {HUGE}}}]}}\n"
    site = SiteTest(tmp_path).file("content/treaties/x.yml", text).built(jobs=1)
    assert HUGE in site.page("treaties/x/").text


@pytest.mark.parametrize(
    ("path", "text", "code"),
    [
        ("x.json", "[" * 200_000, "yaml-limit"),
        ("x.json", '{"a":' * 100_000, "yaml-limit"),
        ("x.json", '[{"id": 1e999}]', "yaml-syntax"),
        ("x.json", '[{"id": "a", "title": "\\ud800"}]', "yaml-syntax"),
        ("x.json", '[{"id": "a", "title": 5, "author": [5, {"family": []}], "URL": []}]', "invalid-value"),
        ("x.bib", "@article{x, title={" + "{" * 50_000, "yaml-syntax"),
        ("x.bib", "@article{x,\n" * 3000, "yaml-syntax"),
        ("x.bib", "@article{x, title={T}}\n@article{x, title={T}}\n", "yaml-duplicate-key"),
        ("x.bib", "@article{x, title={\\input{/etc/passwd}}}", "missing-key"),
    ],
)  # fmt: skip
def test_bibliographies(path, text, code, tmp_path):
    path = f"content/sources/{path}"
    assert_found(build(SiteTest(tmp_path).file(path, text)), path, code)


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("topics", "[{}]".format(", ".join(f"t{i}" for i in range(20_000))), "invalid-value"),
        ("topics", "[{}]".format("x!, " * 20_000), "invalid-id"),
        ("moved_from", "[{}]".format("a/" * 5_000), "invalid-value"),
        ("moved_from", "[{}]".format("a" * 5_000), "invalid-value"),
        ("authors", "[{}]".format("nobody, " * 20_000), "unknown-author"),
        ("id", "x" * 5_000, "invalid-id"),
        ("summary", "x" * 300_000, "file-too-large"),
    ],
)
def test_values_of_any_length(key, value, code, tmp_path):
    path = "content/briefings/x.md"
    text = f"---\ntitle: T\ndate: 2021-01-26\n{key}: {value}\n---\nWords.\n"
    assert_found(build(SiteTest(tmp_path).file(path, text)), path, code)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("content/briefings/x.md", "---\ntitle: {}\ndate: 2021-01-26\n---\nWords.\n"),
        ("content/pages/x.md", "---\ntitle: {}\n---\nWords.\n"),
        ("content/entities/x.yml", "- {{id: x, kind: term, name: {}}}\n"),
        ("content/treaties/x.md", "---\nname: {}\n---\n"),
        ("content/topics/x.yml", "- {{id: x, name: {}}}\n"),
    ],
)
def test_what_is_shown_in_every_link_is_not_a_text_of_its_own(path, text, tmp_path):
    site = build(SiteTest(tmp_path).file(path, text.format("x" * 1_001)))
    assert_found(site, path, "invalid-value")
    site.file(path, text.format("x" * 1_000)).build(jobs=1)
    assert {one.place.path for one in site.diagnostics if one.level == "error"} == {
        "content/briefings/other.md"
    }
