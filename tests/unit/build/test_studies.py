"""What linking reads of a briefing: all that other pages may show, but sentences and places."""

import msgspec
import pytest

from briefgen.build.studies import linked_digest
from briefgen.model.dates import Day, Instant
from briefgen.model.diagnostics import Place
from briefgen.model.facts import (
    AnnotationFact,
    BriefingFacts,
    CiteFact,
    CorrectionFact,
    ImageFact,
    LinkFact,
    LooseCite,
    MentionFact,
    Writing,
)
from briefgen.model.prose import Sentence
from briefgen.model.source import Source

WORDS, OTHERS = Sentence("Ada came.", 0, 3), Sentence("Ada left.", 0, 3)
HERE, THERE = Place("x.md", 3, 1), Place("x.md", 4, 1)

WRITING = Writing(
    mentions=(MentionFact("ada", 1, WORDS),),
    links=(LinkFact("b", WORDS, HERE),),
    cites=(CiteFact("wire", HERE),),
    images=(ImageFact("a.png", True, HERE),),
    headings=((2, "one", "One"),),
    loose=(LooseCite(("wire",), "[see @wire]", HERE),),
    notes=(CiteFact("note", HERE),),
)
FACTS = BriefingFacts(
    path="x.md", id="x", slug="x", title="X", date=Day("2021-01-01"),
    published="2021-01-01T00:00:00Z", updated=None, summary=None, topics=(), authors=(),
    treaties=(), readings=(), sources={}, annotations=(), lang=None, translations={},
    moved_from=(), template=None, is_draft=False, ignore=(), writing=WRITING,
)  # fmt: skip

OTHER = {
    "path": "y.md",
    "id": "y",
    "slug": "y",
    "title": "Y",
    "date": Day("2022-01-01"),
    "published": "2022-01-01T00:00:00Z",
    "updated": Instant("2022-01-01"),
    "summary": "In short.",
    "topics": ("arms",),
    "authors": ("ed",),
    "treaties": ("pact",),
    "readings": (("Ada", "ada"),),
    "sources": {"own": Source(title="Own")},
    "annotations": (AnnotationFact("n", "context", "so", "Indeed.", None, None),),
    "lang": "ru",
    "translations": {"ru": "z"},
    "moved_from": ("old/",),
    "template": "special.html",
    "is_draft": True,
    "ignore": ("overlinked",),
    "writing": Writing(),
    "corrections": (CorrectionFact(Day("2022-01-01"), "Not so."),),
}
"""Another value for each field."""

READ = {
    "mentions": [
        (MentionFact("eve", 1, WORDS),),
        (MentionFact("ada", 2, WORDS),),
        (MentionFact("ada", 1, None),),
    ],
    "links": [(LinkFact("c", WORDS, HERE),), (LinkFact("b", WORDS, HERE, is_wiki=False),)],
    "cites": [(CiteFact("book", HERE),)],
    "images": [(ImageFact("b.png", True, HERE),), (ImageFact("a.png", False, HERE),)],
    "headings": [((2, "one", "Two"),)],
    "loose": [(LooseCite(("book",), "[see @book]", HERE),)],
    "notes": [(CiteFact("own", HERE),)],
}
NOT_READ = {
    "mentions": (MentionFact("ada", 1, OTHERS),),
    "links": (LinkFact("b", OTHERS, THERE),),
    "cites": (CiteFact("wire", THERE),),
    "images": (ImageFact("a.png", True, THERE),),
    "loose": (LooseCite(("wire",), "[see @wire]", THERE),),
    "notes": (CiteFact("note", THERE),),
}


def digest_with(**fields):
    return linked_digest(msgspec.structs.replace(FACTS, **fields))


def digest_with_writing(**fields):
    return digest_with(writing=msgspec.structs.replace(WRITING, **fields))


def test_every_field_is_tried():
    assert {*OTHER} == {*BriefingFacts.__struct_fields__}
    assert {*READ} == {*Writing.__struct_fields__}


@pytest.mark.parametrize("name", OTHER)
def test_what_is_read(name):
    assert digest_with(**{name: OTHER[name]}) != linked_digest(FACTS)


@pytest.mark.parametrize("name", READ)
def test_what_is_read_of_the_text(name):
    found = {digest_with_writing(**{name: rows}) for rows in READ[name]}
    assert linked_digest(FACTS) not in found
    assert len(found) == len(READ[name])


@pytest.mark.parametrize("name", NOT_READ)
def test_what_is_not_read(name):
    assert digest_with_writing(**{name: NOT_READ[name]}) == linked_digest(FACTS)
