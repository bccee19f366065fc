"""Briefings, treaties and sources that the rules are tried on."""

from __future__ import annotations

from typing import Any

import msgspec

from briefgen.model.codec import from_text
from briefgen.model.dates import Day, Instant
from briefgen.model.diagnostics import Place
from briefgen.model.facts import AnnotationFact, BriefingFacts, CiteFact, Record, Writing
from briefgen.model.source import Source
from briefgen.model.treaty import Treaty

PAGE = "content/briefings/x.md"


def briefing(
    *,
    date: str = "2021-01-26",
    published: str = "2021-02-04T00:00:00Z",
    updated: str | None = None,
    treaties: tuple[str, ...] = (),
    sources: dict[str, Source] | None = None,
    annotations: tuple[AnnotationFact, ...] = (),
    cites: tuple[tuple[str, int], ...] = (),
) -> BriefingFacts:
    """The facts of a briefing; `cites` are ids of sources with the line of each citation."""
    return BriefingFacts(
        path=PAGE, id="x", slug="x", title="X", date=Day(date), published=published,
        updated=Instant(updated) if updated else None, summary=None, topics=(), authors=(),
        treaties=treaties, readings=(), sources=sources or {}, annotations=annotations, lang=None,
        translations={}, moved_from=(), template=None, is_draft=False, ignore=(),
        writing=Writing(cites=tuple(CiteFact(id_, Place(PAGE, line)) for id_, line in cites)),
    )  # fmt: skip


def source(**fields: Any) -> Source:
    """A source with a title."""
    return msgspec.convert({"title": "T", **fields}, Source, strict=False, dec_hook=from_text)


def treaty_record(*pointer: str, **fields: Any) -> Record[Treaty]:
    """The record of a treaty, at `pointer` in its file."""
    value = msgspec.convert({"name": "Pact", **fields}, Treaty, strict=False, dec_hook=from_text)
    return Record("pact", "pact", value, Place("content/treaties/t.yml", pointer=pointer))


def source_record(id_: str, **fields: Any) -> Record[Source]:
    """The record of a source of the site."""
    place = Place("content/sources/s.yml", pointer=(id_,))
    return Record(id_, id_, source(**fields), place)


def note(kind: str, date: str | None = None) -> AnnotationFact:
    """An annotation as other pages know it."""
    return AnnotationFact("a", kind, "quote", "note", None, Day(date) if date else None)
