from __future__ import annotations

import pytest

from briefgen.check.candidates import check_candidates
from briefgen.check.wording import check_headings, check_link_density, check_notes, count_words
from briefgen.model.briefing import Annotation
from briefgen.model.prose import (
    Block,
    Mark,
    MarkKind,
    MentionSpan,
    Passage,
    Prose,
    Ref,
    RefKind,
)

PAGE = "content/briefings/x.md"


def passage(*paragraphs: str, mentions: tuple[MentionSpan, ...] = (), **parts: object) -> Passage:
    text = "\n".join(paragraphs)
    blocks, at = [], 0
    for line, paragraph in enumerate(paragraphs, start=1):
        blocks.append(Block("paragraph", at, at + len(paragraph), line, line + 1))
        at += len(paragraph) + 1
    return Passage(Prose(text, blocks=tuple(blocks), **parts), mentions)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("one", 1),
        ("U.S.-Russia talks, at last", 4),
        ("Russia's and Russia\u2019s own", 4),
        ("1,550 warheads", 2),
        ("договор в силе", 3),
        (" - ... \u2014 ", 0),
    ],
)
def test_count_words(text: str, words: int) -> None:
    assert count_words(text) == words


@pytest.mark.parametrize(
    ("levels", "lines"),
    [
        ([], []),
        ([2, 3, 4], []),
        ([2, 4], [2]),
        ([3], [1]),  # the title is of level 1
        ([2, 3, 2, 4, 5, 2], [4]),
        ([4, 2, 4], [1, 3]),
        ([1, 2], []),
    ],
)
def test_headings_that_skip_a_level(levels: list[int], lines: list[int]) -> None:
    blocks = tuple(
        Block("heading", i, i + 1, i + 1, i + 2, level=level) for i, level in enumerate(levels)
    )
    found = check_headings(PAGE, Prose("x" * len(levels), blocks=blocks))
    assert [(d.code, d.place.path, d.place.line) for d in found] == [
        ("heading-skipped", PAGE, line) for line in lines
    ]


def test_a_skipped_level_is_named_and_mended() -> None:
    prose = Prose("Terms", blocks=(Block("heading", 0, 5, 7, 8, level=4),))
    (found,) = check_headings(PAGE, prose)
    assert found.message == "The heading “Terms” is of level 4, and the page's title of level 1."
    assert found.help == "Begin it with `##`."


def test_quoted_headings_are_not_the_pages() -> None:
    block = Block("heading", 0, 5, 7, 8, level=4, is_quoted=True)
    assert check_headings(PAGE, Prose("Terms", blocks=(block,))) == ()


@pytest.mark.parametrize(
    ("kind", "sources", "refs", "is_reported"),
    [
        ("context", (), (), True),
        ("dispute", (), (), True),
        ("update", (), (), True),
        ("definition", (), (), False),
        ("context", ("s",), (), False),
        ("context", (), (Ref(RefKind.CITE, "s"),), False),
        ("context", (), (Ref(RefKind.LINK, "https://example.org/"),), True),
    ],
)
def test_notes_without_a_source(
    kind: str, sources: tuple[str, ...], refs: tuple[Ref, ...], is_reported: bool
) -> None:
    annotation = Annotation("quote", "note", sources, kind=kind)
    found = check_notes(PAGE, [annotation], [passage("note", refs=refs)])
    assert [(d.code, d.level, d.place.pointer) for d in found] == [
        ("unsourced-annotation", "warning", ("annotations", "0", "note"))
    ][: int(is_reported)]


@pytest.mark.parametrize(("words", "is_reported"), [(200, False), (201, True)])
def test_long_notes(words: int, is_reported: bool) -> None:
    annotations = [Annotation("quote", sources=("s",)), Annotation("quote", "n", ("s",))]
    found = check_notes(PAGE, annotations, [None, passage("word " * words)])
    assert [(d.code, d.place.pointer, d.message) for d in found] == [
        ("note-too-long", ("annotations", "1", "note"), "The note has 201 words, above 200.")
    ][: int(is_reported)]


def linked(start: int, end: int) -> tuple[Mark, Mark]:
    return Mark(start, MarkKind.LINK_OPEN, ""), Mark(end, MarkKind.LINK_CLOSE, "")


TEXT = "abc " * 80  # each word four characters: word n begins at 4 * n


@pytest.mark.parametrize(
    ("text", "mentions", "marks", "linked_words"),
    [
        (TEXT, (MentionSpan(0, 40, "e", is_linked=True),), (), None),  # 10 of 80: one in eight
        (TEXT, (MentionSpan(0, 44, "e", is_linked=True),), (), 11),
        (TEXT, (MentionSpan(0, 44, "e", is_linked=False),), (), None),
        (TEXT, (), linked(4, 48), 11),
        (TEXT, (MentionSpan(0, 20, "e", is_linked=True),), linked(20, 44), 11),
        (TEXT, (MentionSpan(0, 40, "e", is_linked=True),), linked(0, 40), None),  # counted once
        (TEXT, (MentionSpan(0, 40, "e", is_linked=True),), linked(20, 44), 11),
        ("abc " * 49, (), linked(0, 100), None),  # too short to say
        ("abc " * 50, (), linked(0, 100), 25),
    ],
)
def test_dense_links(
    text: str, mentions: tuple[MentionSpan, ...], marks: tuple[Mark, ...], linked_words: int | None
) -> None:
    found = check_link_density(PAGE, passage(text, mentions=mentions, marks=marks), 12)
    messages = [] if linked_words is None else [
        f"{linked_words} of {count_words(text)} words are part of a link."
    ]  # fmt: skip
    assert [d.message for d in found] == messages
    assert all((d.code, d.level, d.place.line) == ("overlinked", "info", 12) for d in found)


def candidates(*paragraphs: str, lang: str = "en", known: tuple[str, ...] = ()) -> list[str]:
    found = check_candidates(PAGE, [(passage(p), ()) for p in paragraphs], known, lang)
    assert all((d.code, d.level) == ("unlinked-candidate", "info") for d in found)
    return [d.place.needle for d in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("that Kosachev spoke, and Kosachev left, but Kosachev came back", ["Kosachev"]),
        ("that Kosachev spoke, and Kosachev left", []),  # twice is not often
        ("of Kosachev's words, and Kosachev\u2019s plan, with Kosachev", ["Kosachev"]),
        ("the State Duma met; the State Duma sat, the State Duma rose", ["State Duma"]),
        ("Then he rose. Then he sat. Then he left. Then he slept.", []),  # sentence starts
        ("He said: The end. He said: The end. He said: The end.", []),
        ("on Monday or Monday, not on Monday", []),  # the calendar
        ("what I say, and I mean, as I said", []),
        ("в Москве, из Москве (о Москве)", ["Москве"]),
        ("the lower house, the lower house, the lower house", []),
        # a name that begins a sentence is not cut in two
        ("State Duma met. State Duma sat. State Duma rose.", []),
    ],
)
def test_names_that_are_no_entities(text: str, expected: list[str]) -> None:
    assert candidates(text) == expected


def test_names_are_counted_over_all_passages_and_ordered() -> None:
    found = candidates(
        "see Duma, see Minsk", "see Duma, see Minsk", "see Minsk, see Duma, see Minsk"
    )
    assert found == ["Minsk", "Duma"]


def test_names_that_are_held_back() -> None:
    text = "see Duma, see Duma, see Duma"
    assert candidates(text, known=("Duma",)) == []
    assert candidates(text, lang="de-AT") == []
    assert candidates(text, lang="en-GB") == ["Duma"]


def test_mentions_are_no_candidates() -> None:
    text = "see Duma, see Duma, see Duma"
    mentions = tuple(MentionSpan(at, at + 4, "duma", is_linked=False) for at in (4, 14, 24))
    assert check_candidates(PAGE, [(passage(text, mentions=mentions), ())], ()) == ()
