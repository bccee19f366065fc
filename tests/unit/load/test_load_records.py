from __future__ import annotations

import pytest

from briefgen.load.records import load_briefing, load_data_file
from briefgen.load.text import FRONT_MATTER_LIMIT
from briefgen.model.briefing import Briefing

PATH = "content/briefings/2021-01-26-first-call.md"
HEAD = "title: T\ndate: 2021-01-26\n"


def briefing(front, body="", path=PATH):
    return load_briefing(f"---\n{HEAD}{front}---\n{body}", path)


def rows(found):
    return [(d.code, d.place.line, d.place.column) for d in found]


def test_briefing():
    file = briefing("summary: S\n", "\nBody.\n")
    assert (file.id, file.slug, file.body, file.body_line) == (
        "first-call", "first-call", "\nBody.\n", 6,
    )  # fmt: skip
    assert file.briefing == Briefing("T", "2021-01-26", summary="S")
    assert file.diagnostics == ()


@pytest.mark.parametrize(
    ("front", "id_", "slug"),
    [
        ("", "first-call", "first-call"),
        ("id: other\n", "other", "other"),
        ("slug: short\n", "first-call", "short"),
        ("id: other\nslug: short\n", "other", "short"),
        ("id: 007\n", "007", "007"),
        ("id: cafe\u0301\n", "café", "café"),
        ("id:\n", "first-call", "first-call"),
    ],
)
def test_id_and_slug(front, id_, slug):
    file = briefing(front)
    assert (file.id, file.slug, file.diagnostics) == (id_, slug, ())


@pytest.mark.parametrize(
    ("text", "row", "words"),
    [
        ("", ("front-matter-missing", 1, 1), "does not begin"),
        ("Body only.\n", ("front-matter-missing", 1, 1), "does not begin"),
        ("---\ntitle: T\n", ("front-matter-missing", 1, 1), "no end"),
        ("---\ntitle: a: b\n---\n", ("yaml-syntax", 2, 9), "colon"),
        ("---\na: [" + "[" * 60 + "\n---\n", ("yaml-limit", 2, 53), "deep"),
        ("---\n- a\n---\n", ("invalid-value", 2, 1), "a list"),
        (
            f"---\na: {'x' * FRONT_MATTER_LIMIT}\n---\n",
            ("file-too-large", 1, 1),
            "256 KiB",
        ),
        (f"---\na: {'é' * (FRONT_MATTER_LIMIT // 2)}\n---\n", ("file-too-large", 1, 1), "256"),
    ],
)
def test_a_briefing_that_is_none(text, row, words):
    file = load_briefing(text, PATH)
    assert file.briefing is None
    assert (file.id, file.slug) == ("first-call", "first-call")
    assert row in rows(file.diagnostics)
    assert words in file.diagnostics[0].message


def test_a_large_body_is_not_a_large_front_matter():
    assert briefing("", "x" * (FRONT_MATTER_LIMIT + 1)).diagnostics == ()


def test_a_number_too_large_to_be_stored():
    file = briefing(f"annotations: [{{quote: q, note: n, occurrence: {'9' * 30}}}]\n")
    assert rows(file.diagnostics) == [("invalid-value", 4, 47)]
    assert file.briefing is None


ENTITIES = """\
- id: one
  kind: person
  name: One
- kind: person
  name: New Name
- id: three
  kind: persn
  name: Three
- just words
- id: five
  slug: 5
  kind: term
  name: Five
"""


def test_a_list_is_read_entry_by_entry():
    loaded = load_data_file("entities", ENTITIES, "content/entities/e.yml")
    assert [(r.id, r.slug, r.value.name) for r in loaded.entities] == [
        ("one", "one", "One"),
        ("five", "5", "Five"),
    ]
    assert [(r.place.line, r.place.column, r.place.pointer) for r in loaded.entities] == [
        (1, 3, ("0",)),
        (10, 3, ("4",)),
    ]
    assert rows(loaded.diagnostics) == [
        ("missing-key", 4, 3),
        ("invalid-value", 7, 9),
        ("invalid-value", 9, 3),
    ]
    assert loaded.diagnostics[0].help == "Write `id: new-name`."


def test_sources_are_a_mapping():
    text = "ap:\n  publisher: AP\nno name:\n  title: T\nempty:\nlast: {title: L, slug: l}\n"
    loaded = load_data_file("sources", text, "content/sources/s.yaml")
    assert [(r.id, r.slug, r.place.line, r.place.pointer) for r in loaded.sources] == [
        ("ap", "ap", 1, ("ap",)),
        ("no name", "no-name", 3, ("no name",)),
        ("empty", "empty", 5, ("empty",)),
        ("last", "l", 6, ("last",)),
    ]
    assert rows(loaded.diagnostics) == [("invalid-id", 3, 1), ("missing-key", 5, 1)]


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("entities", "name: One\nkind: person\n"),
        ("topics", "arms: {name: Arms}\n"),
        ("sources", "- title: T\n"),
        ("treaties", "words"),
    ],
)
def test_a_file_of_the_wrong_shape(kind, text):
    loaded = load_data_file(kind, text, "x.yml")
    assert rows(loaded.diagnostics) == [("invalid-value", 1, 1)]
    assert getattr(loaded, kind) == ()


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "---\n"])
def test_an_empty_file_is_told_of(text):
    loaded = load_data_file("entities", text, "x.yml")
    assert rows(loaded.diagnostics) == [("file-empty", 1, 1)]
    assert load_data_file("entities", "[]\n", "x.yml").diagnostics == ()


@pytest.mark.parametrize(
    ("kind", "front", "id_"),
    [
        ("entities", "name: N\nkind: person", "some-one"),
        ("treaties", "name: N", "some-one"),
        ("topics", "name: N", "some-one"),
        ("topics", "name: N\nid: other", "other"),
        ("pages", "title: N", "some-one"),
    ],
)
def test_a_file_of_its_own(kind, front, id_):
    loaded = load_data_file(kind, f"---\n{front}\n---\nWords.\n", "x/some-one.md")
    (record,) = getattr(loaded, kind)
    line = front.count("\n") + 4
    assert (record.id, record.body, record.body_line) == (id_, "Words.\n", line)
    assert (record.path, record.place.line, record.place.pointer) == ("x/some-one.md", 1, ())
    assert loaded.diagnostics == ()


def test_the_digest_is_of_what_the_record_says():
    def digest(text, path="a/x.md"):
        return load_data_file("topics", text, path).topics[0].digest

    first = digest("---\nname: N\n---\nWords.\n")
    assert len(first) == 16
    assert digest("---\n\n# a comment\nname: 'N'\n---\nWords.\n") == first
    assert digest("---\nname: N\n---\nWords.\n", "b/x.md") == first
    assert digest("---\nname: N\n---\nwords.\n") != first
    assert digest("---\nname: M\n---\nWords.\n") != first
    assert digest("---\nname: N\n---\nWords.\n", "a/y.md") != first
