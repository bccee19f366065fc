"""The entry of a briefing is one that BibTeX reads, and says what the briefing says."""

from __future__ import annotations

import pytest

from briefgen.load.bibtex import read_bibtex
from briefgen.model.dates import Day
from briefgen.render.bibtex import briefing_bibtex

EVIL = r"100% of $5 & {#1_x}, a~b^c \end{misc} «é» 東京"


def entry(**changed: object) -> str:
    fields: dict[str, object] = {
        "key": "first-call", "title": "A call", "authors": ["The editors", "A. and B."],
        "site": "A desk", "published": Day("2021-02-04"), "updated": None, "url": None,
    }  # fmt: skip
    return briefing_bibtex(**{**fields, **changed})  # type: ignore[arg-type]


def test_entry() -> None:
    url = "https://example.org/desk/briefings/first-call/"
    assert entry(updated="Updated 2021-12-20", url=url) == (
        "@misc{first-call,\n"
        "  title = {{A call}},\n"
        "  author = {{The editors} and {A. and B.}},\n"
        "  howpublished = {A desk},\n"
        "  year = {2021},\n"
        "  month = feb,\n"
        "  day = {4},\n"
        "  note = {Updated 2021-12-20},\n"
        f"  url = {{{url}}}\n"
        "}"
    )


@pytest.mark.parametrize("title", ["A call", EVIL, "}", "{", "\\"])
def test_a_reader_of_bibtex_gets_the_title_back(title: str) -> None:
    entries, found = read_bibtex(entry(title=title), "x.bib")
    assert found == ()
    title = title.replace("^", "\u02c6")  # how the library reads \textasciicircum
    assert [(one.id, one.data["title"], one.data["published"]) for one in entries] == [
        ("first-call", title, "2021-02-04")
    ]


def test_names_are_kept_whole() -> None:
    entries, _ = read_bibtex(entry(), "x.bib")
    assert entries[0].data["author"] == ["The editors", "A. and B."]


def test_nothing_is_said_of_what_is_not_known() -> None:
    text = entry(authors=[])
    assert [word for word in ("author", "note", "url") if word in text] == []
