"""The views of entities' and treaties' pages: dossiers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Mapping
from functools import partial
from itertools import chain
from typing import Any

import msgspec
from markupsafe import Markup

from briefgen.model.dates import Day
from briefgen.model.entity import Entity
from briefgen.model.facts import Record
from briefgen.model.index import MentioningFact, SiteIndex
from briefgen.model.lineage import lineages, relatives
from briefgen.model.prose import Passage
from briefgen.model.questions import Questions
from briefgen.model.treaty import Treaty, TreatyEvent
from briefgen.model.treaty_status import shared_events
from briefgen.render.cards import backlinks, mention, mentions_once
from briefgen.render.factbox import TreatyFacts
from briefgen.render.frame import feed_of, frame, root_of
from briefgen.render.json_ld import entity_ld, treaty_ld
from briefgen.render.pictures.columns import Spans, month_of, year_of
from briefgen.render.pictures.lineage import lineage_picture
from briefgen.render.view import (
    Column,
    Companion,
    DossierView,
    EventView,
    Link,
    MentionView,
    OverTime,
    RoleView,
    SiteView,
    TreatyView,
    Year,
)
from briefgen.render.writing import PageWriting

LATEST = 50
"""How many mentions are shown with their sentence; all earlier ones are links by year."""
COMPANIONS = 12
"""How many of those it appears with are shown."""
SPANS = 36
"""Into how many spans of time their pictures are divided at most."""
STRIP = 16
"""The height of the tallest bar of each of them, in pixels."""


def entity_view(
    ask: Questions, index: SiteIndex, site: SiteView,
    record: Record[Entity], body: Passage | None,
    notes: dict[str, Passage],
) -> DossierView:  # fmt: skip
    """All that an entity's page shows."""
    writing, fields = _dossier(ask, index, site, f"entity:{record.id}", record, notes)
    entity = record.value
    return DossierView(
        **fields,
        refs=writing.footnotes.use_all(entity.sources),  # numbered in the order of the page
        body=writing.parts(body) if body else (),
        roles=tuple(
            RoleView(
                title=role.title,
                begin=role.from_,
                end=role.to,
                refs=writing.footnotes.use_all(role.sources),
            )
            for role in entity.roles
        ),
        date=entity.date,
        events=_events(ask, index, writing, record.id),
        footnotes=writing.listed(),
    )


def treaty_view(
    ask: Questions, index: SiteIndex, site: SiteView,
    record: Record[Treaty], body: Passage | None,
    notes: dict[str, Passage],
) -> TreatyView:  # fmt: skip
    """All that a treaty's page shows."""
    writing, fields = _dossier(ask, index, site, f"treaty:{record.id}", record, notes)
    treaty, answer = record.value, ask.treaty(record.id)
    assert answer is not None  # the page is this treaty's
    cite = writing.footnotes.use_all
    facts = TreatyFacts(ask, writing.href, cite)
    # Footnotes are numbered in the order of the page: under the title, in the box, in the text,
    # in the tables of provisions and events. Those of an event stand in its table alone.
    refs, all_else = cite(treaty.sources), cite(treaty.sources)
    parts = writing.parts(body) if body else ()
    provisions = facts.provisions(treaty)
    by_date = sorted(enumerate(treaty.events), key=lambda item: item[1].date.first())
    made = facts.events(answer, [index for index, _ in by_date])
    # Made once for the pages of all treaties: the view of each is digested as a whole.
    lines = ask.derived("lineage", ("treaties",), partial(lineages, index.treaties))
    lineage = lines[record.id]
    return TreatyView(
        **fields,
        refs=refs,
        body=parts,
        roles=(),
        date=None,
        events=tuple(made.values()),
        box=facts.box_of(record.id, answer, made, provisions, all_else),
        replaces=tuple(facts.link(id_) for id_ in lineage.replaces),
        replaced_by=tuple(facts.link(id_) for id_ in lineage.replaced_by),
        lineage=lineage_picture(ask, relatives(lines, record.id), facts.link),
        footnotes=writing.listed(),
    )


def _dossier(
    ask: Questions, index: SiteIndex, site: SiteView,
    key: str, record: Record[Any], notes: dict[str, Passage],
) -> tuple[PageWriting, dict[str, Any]]:  # fmt: skip
    """What the two kinds of dossier have in common, but for what has footnotes."""
    path = index.routes[key]
    value: Entity | Treaty = record.value
    writing = PageWriting(ask, key, record.path, root_of(path), None, notes)
    rows = mentions_once(index, record.id)
    among = frozenset[str]()  # all that mention it
    if index.translated:
        among = frozenset(row.briefing for row in index.mentions.get(record.id, ()))
    # Made once for the pages of all entities and treaties, each of which is digested as a whole.
    months = ask.derived("months", ("briefings",), partial(_months, index))
    times = _times(rows, months)
    kind = "treaty" if isinstance(value, Treaty) else "entity"
    fields = frame(
        ask.settings(), site, kind, path, value.name,
        section="treaties" if kind == "treaty" else "glossary",
        description=value.description or "", extra=value.extra,
        image=writing.preview_image(value.image),
    )  # fmt: skip
    json_ld = treaty_ld if kind == "treaty" else entity_ld
    fields |= {
        "json_ld": Markup(json_ld(index, record.id)),  # noqa: S704 - escaped for a script
        "feed": feed_of(index, "treaties" if kind == "treaty" else "entities"),
        "entity_kind": value.kind,
        "aliases": tuple(alias.text for alias in value.all_names()[1:]),
        "deck": value.description or "",
        "wikidata": value.wikidata,
        "links": tuple(Link(text=link.title or link.url, href=link.url) for link in value.links),
        "companions": _companions(index, writing, record.id, rows, times),
        "over_time": times and OverTime(scale=times.spans.scale(), columns=times.columns),
        "mentions": tuple(
            mention(index, row, writing.href, among, full=True) for row in rows[:LATEST]
        ),
        "earlier": _by_year(index, writing, rows[LATEST:], months, among),
        "total": len(rows),
        "backlinks": backlinks(ask.backlinks(key), writing.href, writing.language),
    }
    return writing, fields


def _months(index: SiteIndex) -> dict[str, int]:
    """The month of each briefing, as the pictures count."""
    return {id_: month_of(facts.date) for id_, facts in index.briefings.items()}


def _casts(index: SiteIndex) -> dict[str, tuple[str, ...]]:
    """Whom each briefing mentions."""
    return {id_: tuple([one.entity for one in found]) for id_, found in index.mentioned.items()}


def _by_year(
    index: SiteIndex,
    writing: PageWriting,
    rows: tuple[MentioningFact, ...],
    months: Mapping[str, int],
    among: Container[str],
) -> tuple[Year, ...]:
    years: dict[int, list[MentionView]] = {}
    for row in rows:
        shown = mention(index, row, writing.href, among, full=False)
        years.setdefault(year_of(months[row.briefing]), []).append(shown)
    return tuple(Year(year=year, briefings=tuple(years[year])) for year in sorted(years)[::-1])


class _Times(msgspec.Struct, frozen=True):
    """When the briefings of a dossier were written, on the axis of its pictures."""

    spans: Spans
    places: dict[str, int]  # by briefing
    columns: tuple[Column, ...]  # of all of them


def _times(rows: Iterable[MentioningFact], months: Mapping[str, int]) -> _Times | None:
    """None where their time is too short for a picture."""
    found = {row.briefing: months[row.briefing] for row in rows}
    if not found:
        return None
    spans = Spans.over(found.values(), most=SPANS, may_be_months=True)
    if spans.count == 1:
        return None
    places = {id_: spans.place(month) for id_, month in found.items()}
    return _Times(spans, places, spans.columns(Counter(places.values())))


def _companions(
    index: SiteIndex,
    writing: PageWriting,
    id_: str,
    rows: Iterable[MentioningFact],
    times: _Times | None,
) -> tuple[Companion, ...]:
    """Those that the most briefings mention together with it; of equals, by name."""
    casts = writing.ask.derived("casts", ("briefings",), partial(_casts, index))
    names: dict[int, list[str]] = {}  # whom they mention, by where they are on the axis
    for row in rows:
        place = times.places[row.briefing] if times else 0
        names.setdefault(place, []).extend(casts[row.briefing])
    counts = {place: Counter(found) for place, found in names.items()}
    total = Counter(chain.from_iterable(names.values()))
    del total[id_]
    first = sorted(total, key=lambda other: (-total[other], other))[:COMPANIONS]
    full = max((one.count for one in times.columns), default=1) if times else 1  # for all bars
    found = []
    for other in first:
        record = index.named(other)
        assert record is not None
        shared = {place: one[other] for place, one in counts.items() if other in one}
        found.append(
            Companion(
                name=record.value.name,
                href=writing.href(index.routes[index.key_of(other)]),
                kind=record.value.kind,
                count=total[other],
                columns=times.spans.columns(shared, full=full, tallest=STRIP) if times else (),
            )
        )
    return tuple(found)


def _events(
    ask: Questions, index: SiteIndex, writing: PageWriting, id_: str
) -> tuple[EventView, ...]:
    """The events of treaties in which the entity has a part, by date."""
    facts = TreatyFacts(ask, writing.href, writing.footnotes.use_all)
    # Made once for the pages of all entities: each of these is digested as a whole.
    by_entity = ask.derived("events", ("treaties",), partial(_events_by_entity, index))
    rows = sorted(by_entity.get(id_, ()), key=lambda row: row[:2])
    return tuple(
        facts.event(event, Link(text=index.treaties[treaty].value.name,
                                href=writing.href(index.routes[f"treaty:{treaty}"])),
                    is_ahead=event.date.reached(index.as_of) is False)
        for _, treaty, event in rows
    )  # fmt: skip


def _events_by_entity(index: SiteIndex) -> dict[str, list[tuple[Day, str, TreatyEvent]]]:
    """The events in which each entity has a part, with their dates and treaties."""
    rows: dict[str, list[tuple[Day, str, TreatyEvent]]] = {}
    for record in index.treaties.values():
        treaty = record.value
        for event, sharing in zip(treaty.events, shared_events(treaty), strict=True):
            concerned = {*event.parties, *event.signatories, *event.contested_by}
            if event.type != "note":
                concerned |= sharing
            for id_ in concerned:
                rows.setdefault(id_, []).append((event.date, record.id, event))
    return rows
