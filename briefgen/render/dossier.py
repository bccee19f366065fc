"""The views of entities' and treaties' pages: dossiers."""

from __future__ import annotations

from functools import partial
from typing import Any

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
from briefgen.render.cards import backlinks, mention
from briefgen.render.factbox import TreatyFacts
from briefgen.render.frame import feed_of, frame, root_of
from briefgen.render.json_ld import entity_ld, treaty_ld
from briefgen.render.pictures.columns import Spans
from briefgen.render.pictures.lineage import lineage_picture
from briefgen.render.view import (
    Companion,
    DossierView,
    EventView,
    Link,
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
    made = {index: facts.event(event) for index, event in by_date}
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
    rows = index.mentions.get(record.id, ())
    spans = _spans(index, rows)
    columns = spans.columns(index.briefings[row.briefing].date for row in rows) if spans else ()
    over_time = OverTime(scale=spans.scale(), columns=columns) if spans else None
    full = max((column.count for column in columns), default=1)  # one scale for all its bars
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
        "companions": _companions(index, writing, record.id, rows, spans, full),
        "over_time": over_time,
        "mentions": tuple(mention(index, row, writing.href, full=True) for row in rows[:LATEST]),
        "earlier": _by_year(index, writing, rows[LATEST:]),
        "total": len(rows),
        "backlinks": backlinks(ask.backlinks(key), writing.href),
    }
    return writing, fields


def _by_year(
    index: SiteIndex, writing: PageWriting, rows: tuple[MentioningFact, ...]
) -> tuple[Year, ...]:
    years: dict[int, list[MentioningFact]] = {}
    for row in rows:
        years.setdefault(index.briefings[row.briefing].date.year, []).append(row)
    return tuple(
        Year(
            year=year,
            briefings=tuple(mention(index, row, writing.href, full=False) for row in years[year]),
        )
        for year in sorted(years, reverse=True)
    )


def _spans(index: SiteIndex, rows: tuple[MentioningFact, ...]) -> Spans | None:
    """The time of the mentions as the pictures divide it; None where it is too short for one."""
    days = [index.briefings[row.briefing].date for row in rows]
    spans = Spans.over(days, most=SPANS, may_be_months=True) if days else None
    return spans if spans and spans.count > 1 else None


def _companions(
    index: SiteIndex, writing: PageWriting, id_: str, rows: tuple[MentioningFact, ...],
    spans: Spans | None, full: int,
) -> tuple[Companion, ...]:  # fmt: skip
    """Those that the most briefings mention together with it; of equals, by name."""
    shared: dict[str, list[int]] = {}  # where on the axis are the briefings that mention it too
    for row in rows:
        place = spans.place(index.briefings[row.briefing].date) if spans else 0
        for fact in index.mentioned[row.briefing]:
            shared.setdefault(fact.entity, []).append(place)
    shared.pop(id_, None)
    first = sorted(shared, key=lambda other: (-len(shared[other]), other))[:COMPANIONS]
    found = []
    for other in first:
        record = index.named(other)
        assert record is not None
        value = record.value
        places = shared[other]
        found.append(
            Companion(
                name=value.name,
                href=writing.href(index.routes[index.key_of(other)]),
                kind=value.kind,
                count=len(places),
                columns=spans.columns_at(places, full=full, tallest=STRIP) if spans else (),
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
                                href=writing.href(index.routes[f"treaty:{treaty}"])))
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
