from __future__ import annotations

import pytest

from briefgen.load.locate import locate
from briefgen.model.diagnostics import Place, finding

FILES = {
    "a.md": "---\ntitle: T\ntopics: [x, y]\n---\n\nSome words here.\n\nSome more\nwords here.\n",
    "b.yml": "- id: one\n- id: two\n  name: N\n",
    "c.json": '[{"id": "one"},\n {"id": "two", "URL": "x"}]\n',
    "d.bib": "@misc{one, title={T}}\n@misc{two, title={U}}\n",
    "e.md": "no front matter\n",
    "f.yml": "a: b: c\n",
    "g.txt": "first\nsecond words\nthird words\n",
    "h.md": "---\ntitle: T\n",
    "k.md": "![x](caf\u00e9.png)\n",
}


def located(place):
    (found,) = locate([finding("unknown-link", place, "message", "help")], lambda path: FILES[path])
    assert (found.code, found.message, found.help) == ("unknown-link", "message", "help")
    assert (found.place.path, found.place.pointer) == (place.path, place.pointer)
    return found.place.line, found.place.column


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (Place("a.md", pointer=("topics", "1")), (3, 13)),
        (Place("a.md", pointer=("topics", "7")), (3, 9)),
        (Place("a.md", pointer=("ignore",)), (2, 1)),
        (Place("b.yml", pointer=("1", "name")), (3, 9)),
        (Place("b.yml", pointer=("1", "events", "2")), (2, 3)),
        (Place("c.json", pointer=("1", "url")), (2, 2)),
        (Place("d.bib", pointer=("two", "url")), (2, 6)),
        (Place("e.md", pointer=("title",)), (1, 1)),
        (Place("f.yml", pointer=("a",)), (1, 1)),
        (Place("h.md", pointer=("title",)), (1, 1)),
        (Place("a.md", 6, needle="words"), (6, 6)),
        (Place("a.md", 7, needle="words"), (9, 1)),
        (Place("a.md", 8, needle="more words"), (8, 6)),
        (Place("a.md", needle="title"), (2, 1)),
        (Place("a.md", 6, needle="missing"), (6, 0)),
        (Place("a.md", 99, needle="words"), (99, 0)),
        (Place("k.md", 1, needle="caf%C3%A9.png"), (1, 6)),
        (Place("k.md", 1, needle="a%20b"), (1, 0)),
        (Place("g.txt", 3, needle="words"), (3, 7)),
        # nothing to look for
        (Place("a.md", 6), (6, 0)),
        (Place("a.md", 6, 2, needle="words"), (6, 2)),
        (Place("a.md", 6, 2, pointer=("title",)), (6, 2)),
        (Place(""), (0, 0)),
    ],
)
def test_locate(place, expected):
    assert located(place) == expected


def test_each_file_is_read_once_and_only_if_need_be():
    read = []

    def read_text(path):
        read.append(path)
        return FILES[path]

    places = [
        Place("a.md", 6, 1),
        Place("b.yml", pointer=("0", "id")),
        Place("b.yml", pointer=("1", "id")),
        Place("b.yml", needle="two"),
    ]
    found = locate(
        [finding("unknown-link", place, str(i)) for i, place in enumerate(places)], read_text
    )
    assert read == ["b.yml"]
    assert [(d.message, d.place.line, d.place.column) for d in found] == [
        ("0", 6, 1),
        ("1", 1, 7),
        ("2", 2, 7),
        ("3", 2, 7),
    ]


def test_a_file_that_cannot_be_read():
    (found,) = locate([finding("unknown-link", Place("z.md", pointer=("a",)), "m")], lambda _: "")
    assert (found.place.line, found.place.column) == (1, 1)
