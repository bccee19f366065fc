from __future__ import annotations

import json
import re
from itertools import pairwise

import msgspec
import pytest
from indexes import HOSTILE, URL, config, note, site_with

from briefgen.annotate.normal import normalise
from briefgen.annotate.quotes import QuoteMatch, find_quote
from briefgen.model.briefing import ANNOTATION_KINDS, Annotation, Body, Briefing, Structure
from briefgen.model.dates import Day, Instant
from briefgen.model.prose import AnchorSpan, Passage, Prose, Ref, RefKind
from briefgen.model.questions import Questions
from briefgen.parse.markdown import MarkdownParser
from briefgen.parse.rawtext import parse_raw
from briefgen.render.web_annotations import (
    CONTEXT,
    MOTIVATIONS,
    annotations_json,
    annotations_path,
    reading_text,
    selectors,
)

PAGE = f"{URL}briefings/the-first-call/"
TEXT = "One agreed.\nTwo  agreed to extend\nthe treaty."


def body(quotes, notes, text: str = TEXT) -> Body:
    anchors = tuple(
        AnchorSpan(start, start + len(quote), i)
        for i, quote in enumerate(quotes)
        if (start := text.find(quote)) >= 0
    )
    passages = tuple(
        one if isinstance(one, Passage) else one and Passage(Prose(one)) for one in notes
    )
    return Body(Passage(Prose(text), anchors=anchors), notes=passages)


def collection(index, annotations, shown: Body) -> dict:
    front = Briefing("T", Instant("2021-01-26"), annotations=tuple(annotations))
    return json.loads(
        annotations_json(Questions(index), index.briefings["first-call"], front, shown)
    )


def one(annotation=None, fact=None, note_passage="A note.", **changes) -> dict:
    """The only annotation of a briefing, on "extend"."""
    index = site_with("first-call", annotations=(fact or note("n"),), **changes)
    annotation = annotation or Annotation("extend", "A note.")
    (item,) = collection(index, [annotation], body(["extend"], [note_passage]))["first"]["items"]
    return item


def test_a_collection():
    index = site_with(
        "first-call", annotations=(note("n"), note("m", "update", date=Day("2021-03-01")))
    )
    annotations = [Annotation("extend\nthe treaty", "x"), Annotation("One", "x")]
    found = collection(index, annotations, body(["extend\nthe treaty", "One"], ["x", "x"]))
    items = found["first"].pop("items")
    assert found == {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": f"{PAGE}annotations.json",
        "type": "AnnotationCollection",
        "label": "Title of first-call",
        "total": 2,
        "first": {"id": f"{PAGE}annotations.json#page", "type": "AnnotationPage", "startIndex": 0},
    }
    assert [item["id"] for item in items] == [f"{PAGE}#note-m", f"{PAGE}#note-n"]  # as one reads
    assert items[1] == {
        "id": f"{PAGE}#note-n",
        "type": "Annotation",
        "motivation": "describing",
        "creator": [
            {"name": "The editors", "homepage": "https://example.org/ed"},
            {"name": "guest"},
        ],
        "created": "2021-02-04T00:00:00Z",
        "body": [
            {"type": "TextualBody", "value": "A note.", "format": "text/plain", "language": "en"}
        ],
        "target": {
            "source": PAGE,
            "selector": [
                {
                    "type": "TextQuoteSelector",
                    "exact": "extend the treaty",
                    "prefix": "One agreed. Two agreed to ",
                    "suffix": ".",
                },
                {"type": "TextPositionSelector", "start": 26, "end": 43},
            ],
        },
    }


def test_motivations():
    assert MOTIVATIONS.keys() == set(ANNOTATION_KINDS)
    assert len(set(MOTIVATIONS.values())) == len(MOTIVATIONS)
    for kind, motivation in MOTIVATIONS.items():
        assert one(fact=note("n", kind))["motivation"] == motivation


@pytest.mark.parametrize(
    ("author", "authors", "expected"),
    [
        ("jo", ("ed",), {"name": "Jo"}),
        (None, ("ed",), {"name": "The editors", "homepage": "https://example.org/ed"}),
        (None, ("jo", "who"), [{"name": "Jo"}, {"name": "who"}]),
        (None, (), {"type": "Organization", "name": "Desk & Co"}),
    ],
)
def test_who_signs_a_note(author, authors, expected):
    assert one(fact=note("n", author=author), authors=authors)["creator"] == expected


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        (None, "2021-02-04T00:00:00Z"),
        ("2021-03-01", "2021-03-01T00:00:00Z"),
        ("2021-03", None),  # which day is not known, so there is no moment
    ],
)
def test_when_a_note_was_made(date, expected):
    assert one(fact=note("n", date=Day(date) if date else None)).get("created") == expected


AP = {
    "type": "SpecificResource",
    "source": "https://ap.example/1",
    "purpose": "linking",
    "state": {"type": "TimeState", "cached": "https://archive.example/1"},
}
OWN = {"type": "SpecificResource", "source": "https://own.example/", "purpose": "linking"}


@pytest.mark.parametrize(
    ("sources", "cited", "footnotes", "expected"),
    [
        ((), "", (), []),
        (("ap", "own"), "", (), [AP, OWN]),
        ((), "own", (), [OWN]),
        ((), "own ap", (), [OWN, AP]),
        (("ap",), "own ap", (), [AP, OWN]),
        ((), "own ap", ("ap",), [OWN]),  # a footnote of the page's own goes before a source
        (("book", "unknown"), "", (), []),  # one without an address, one that is none
    ],
)
def test_the_sources_of_a_note(sources, cited, footnotes, expected):
    refs = (Ref(RefKind.CITE, cited), Ref(RefKind.WIKI, "ap")) if cited else ()
    index = site_with("first-call", annotations=(note("n"),))
    shown = msgspec.structs.replace(
        body(["extend"], [Passage(Prose("A note.", refs=refs))]),
        footnotes={label: Passage(Prose("x")) for label in footnotes},
    )
    annotation = Annotation("extend", "A note.", sources)
    (item,) = collection(index, [annotation], shown)["first"]["items"]
    assert item["body"][0]["type"] == "TextualBody"
    assert item["body"][1:] == expected


def test_a_mere_footnote():
    annotation = Annotation("extend", sources=("ap",), kind="source")
    item = one(annotation, note("n", "source", ""), None)
    assert (item["motivation"], item["body"]) == ("linking", [AP])
    annotation = Annotation("extend", sources=("book",), kind="source")
    assert "body" not in one(annotation, note("n", "source", ""), None)


@pytest.mark.parametrize(("urls", "page"), [("directory", "./"), ("file", "index.html")])
def test_without_an_address(urls, page):
    settings = config(url=None, urls=urls)
    index = site_with("first-call", settings, annotations=(note("n"),))
    found = collection(index, [Annotation("extend", "x")], body(["extend"], ["x"]))
    (item,) = found["first"]["items"]
    assert found["id"] == "annotations.json"
    assert (item["id"], item["target"]["source"]) == (f"{page}#note-n", page)


def test_hostile_text():
    index = site_with(
        "first-call", title=HOSTILE, annotations=(note("n", text=HOSTILE, author=HOSTILE),)
    )
    found = collection(index, [Annotation("ex", "x")], body([HOSTILE], ["x"], f"A {HOSTILE}"))
    (item,) = found["first"]["items"]
    assert found["label"] == HOSTILE
    assert item["creator"]["name"] == item["body"][0]["value"] == HOSTILE
    assert item["target"]["selector"][0]["exact"] == " ".join(HOSTILE.split())


def test_selectors_give_32_code_points_around():
    text = "a" * 40 + "\U0001f600quote\U0001f600" + "z" * 40
    quote, position = selectors(text, 41, 46)
    assert quote["exact"] == "quote" == text[position["start"] : position["end"]]
    assert quote["prefix"] == "a" * 31 + "\U0001f600"
    assert quote["suffix"] == "\U0001f600" + "z" * 31
    assert len(quote["prefix"]) == len(quote["suffix"]) == CONTEXT


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "plain words",
        " led by one",
        "followed by one ",
        "one\ntwo three\n\nfour",
        "  \n lead\tand  trail \n",
        "no-break\u00a0\u00a0space\u2028line\u3000wide \x1c\x85x",
        "a" + " " * 1000 + "b" + "\n" * 1000 + "c" + " " * 1000,
        "a\U0001f600  b\u0301  \u200b c",
        HOSTILE,
    ],
)
def test_reading_text(text):
    found, position = reading_text(Prose(text))
    assert found == re.sub(r"\s+", " ", text).strip()
    places = [position(offset) for offset in range(len(text) + 1)]
    assert places[0] == 0
    assert places[-1] == len(found)
    assert all(0 <= b - a <= 1 for a, b in pairwise(places))
    for start, char in enumerate(text):
        if not char.isspace():
            assert found[places[start] : places[start + 1]] == char
    for word in re.finditer(r"\S.*\S", text, re.DOTALL):
        exact = found[position(word.start()) : position(word.end())]
        assert exact == " ".join(word.group().split())


RAW = "Home  > World\n\nA treaty,   signed\n  in Prague,\tholds.\n\n\nUntil\u00a0 2026\n"
MARKDOWN = "# Title\n\nA *treaty*,\\\nsigned  in `Prague  x`:\n\n- one\n- two\n\n```\ncode\n\n  more\n```\n\nEnd.\n"


@pytest.mark.parametrize(
    ("prose", "quote"),
    [
        (parse_raw(RAW, Structure(skip=("1",)), "x").prose, "signed in Prague, holds. Until"),
        (parse_raw(RAW, Structure(), "x").prose, "World A"),
        (MarkdownParser().parse(MARKDOWN, "x").prose, "treaty, signed in"),
        (MarkdownParser().parse(MARKDOWN, "x").prose, "one two code more End."),
    ],
)
def test_anchors_in_parsed_articles(prose, quote):
    match = find_quote(normalise(prose.text), Annotation(quote))
    assert isinstance(match, QuoteMatch)
    text, position = reading_text(prose)
    assert text[position(match.start) : position(match.end)] == quote


@pytest.mark.parametrize(
    ("route", "expected"),
    [
        ("briefings/a/", "briefings/a/annotations.json"),
        ("briefings/a/index.html", "briefings/a/annotations.json"),
    ],
)
def test_annotations_path(route, expected):
    assert annotations_path(route) == expected
