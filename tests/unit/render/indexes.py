"""A small site, made by hand, for tests of what is made from a `SiteIndex`."""

from __future__ import annotations

import msgspec

from briefgen.link.index import Material, build_index
from briefgen.model.briefing import PlainPage, Topic
from briefgen.model.dates import Day, Instant
from briefgen.model.diagnostics import Place
from briefgen.model.entity import Alias, Entity, Role, WebLink
from briefgen.model.facts import (
    AnnotationFact,
    BriefingFacts,
    CiteFact,
    MentionFact,
    Record,
    Writing,
)
from briefgen.model.index import SiteIndex
from briefgen.model.site import Author, SiteConfig
from briefgen.model.source import Source
from briefgen.model.treaty import Party, Treaty, TreatyEvent

HOSTILE = "a ]]> b </script><!-- & \"c\" 'd' \x00\x08\x0b\x7f \u2028\u2029 \ufffe\uffff \U0001f600"
"""What may break XML, JSON or the script element that holds it."""

URL = "https://example.org/desk/"


def config(**changes) -> SiteConfig:
    """A configuration with an address and all feeds."""
    fields = {
        "title": "Desk & Co",
        "url": URL,
        "description": "Of treaties",
        "authors": {"ed": Author("The editors", "https://example.org/ed"), "jo": Author("Jo")},
        "feeds": ("site", "topics", "entities", "treaties"),
    }
    return SiteConfig(**{**fields, **changes})


def briefing(id: str, date: str = "2021-01-26", **changes) -> BriefingFacts:
    """The facts of a briefing; `mentions` and `cites` are ids, mentions with their counts."""
    mentions = changes.pop("mentions", {})
    cites = changes.pop("cites", ())
    writing = Writing(
        mentions=tuple(MentionFact(entity, count, None) for entity, count in mentions.items()),
        cites=tuple(CiteFact(source, Place()) for source in cites),
    )
    fields = {
        "path": f"content/briefings/{id}.md",
        "slug": id,
        "title": f"Title of {id}",
        "published": f"{date}T00:00:00Z",
        "updated": None,
        "summary": None,
        "topics": (),
        "authors": (),
        "treaties": (),
        "readings": (),
        "sources": {},
        "annotations": (),
        "lang": None,
        "translations": {},
        "moved_from": (),
        "template": None,
        "is_draft": False,
        "ignore": (),
    }
    return BriefingFacts(id=id, date=Day(date), writing=writing, **{**fields, **changes})


def record(id: str, value, slug: str | None = None) -> Record:
    """A record that its file names as its id."""
    return Record(id, slug or id, value, Place(f"content/{id}.md"))


def note(id: str, kind: str = "context", text: str = "A note.", **changes) -> AnnotationFact:
    """The fact of an annotation."""
    fields = {"quote": "", "author": None, "date": None}
    return AnnotationFact(id=id, kind=kind, note=text, **{**fields, **changes})


BIDEN = Entity(
    name="Joe Biden",
    kind="person",
    aliases=("Biden", Alias("POTUS")),
    description="A politician.",
    wikidata="Q6279",
    links=(WebLink("https://joe.example/", "Site"),),
    roles=(Role("President", Day("2021-01-20"), Day("2025-01-20")),),
)
SUMMIT = Entity(name="Geneva summit", kind="event", date=Day("2021-06"), description="A meeting.")
NEW_START = Treaty(
    name="New START",
    formal_name="Treaty on Measures",
    aliases=("SNV-III",),
    wikidata="not one",
    parties=(Party(entity="united-states"), Party(name="Russia")),
    depositary="Nobody",
    events=(
        TreatyEvent(
            Day("2010-04-08"), "signed", place="Prague", signatories=("joe-biden",), sources=("s",)
        ),
        TreatyEvent(Day("2011-02-05"), "in-force", until=Day("2021-02-05")),
        TreatyEvent(Day("2023"), "suspended", party="russia", contested_by=("united-states",)),
    ),
)
MATERIAL = Material(
    config=config(),
    as_of=Day("2024-01-01"),
    briefings=(
        briefing(
            "first-call",
            slug="the-first-call",
            published="2021-02-04T00:00:00Z",
            summary="Two talk.",
            topics=("arms-control", "us-russia"),
            authors=("ed", "guest"),
            treaties=("new-start",),
            mentions={"summit": 1, "joe-biden": 3},
            cites=("ap", "book", "ap", "own"),
            sources={"own": Source(type="report", title="Own", url="https://own.example/")},
        ),
        briefing("extension", "2021-02-03", updated=Instant("2021-03-01"), mentions={"joe-biden": 1}),
        briefing("summit-day", "2021-06-16", topics=("us-russia",), lang="ru"),
    ),
    entities=(record("joe-biden", BIDEN, "biden"), record("summit", SUMMIT)),
    treaties=(record("new-start", NEW_START),),
    sources=(
        record("ap", Source(
            type="article-newspaper", publisher="AP", title="Call", url="https://ap.example/1",
            published=Day("2021-01"), archive_url="https://archive.example/1",
        )),
        record("book", Source(title="A book")),
    ),
    topics=(record("arms-control", Topic("Arms control", description="Of arms.")),),
    pages=(record("about", PlainPage("About")),),
)  # fmt: skip


def site(**changes) -> SiteIndex:
    """The index of the small site, with parts of its material replaced."""
    index, faults = build_index(msgspec.structs.replace(MATERIAL, **changes))
    assert not faults
    return index


def site_with(id: str, settings: SiteConfig = MATERIAL.config, **changes) -> SiteIndex:
    """The index of the small site, with fields of one briefing's facts replaced."""
    briefings = tuple(
        msgspec.structs.replace(facts, **changes) if facts.id == id else facts
        for facts in MATERIAL.briefings
    )
    return site(config=settings, briefings=briefings)
