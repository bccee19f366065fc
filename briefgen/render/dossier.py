"""The views of entities' and treaties' pages: dossiers."""

from __future__ import annotations

from typing import Any

from briefgen.model.entity import Entity
from briefgen.model.facts import Record
from briefgen.model.index import MentioningFact, SiteIndex
from briefgen.model.prose import Passage
from briefgen.model.treaty import Treaty
from briefgen.render.cards import backlinks, mention
from briefgen.render.factbox import TreatyFacts
from briefgen.render.frame import frame, root_of
from briefgen.render.view import (
    Companion,
    DossierView,
    EventView,
    Link,
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


def entity_view(
    index: SiteIndex, site: SiteView, record: Record[Entity], body: Passage | None,
    notes: dict[str, Passage],
) -> DossierView:  # fmt: skip
    """All that an entity's page shows."""
    writing, fields = _dossier(index, site, f"entity:{record.id}", record, body, notes)
    entity = record.value
    return DossierView(
        **fields,
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
        events=_events(index, writing, record.id),
        refs=writing.footnotes.use_all(entity.sources),
        footnotes=writing.listed(),
    )


def treaty_view(
    index: SiteIndex, site: SiteView, record: Record[Treaty], body: Passage | None,
    notes: dict[str, Passage],
) -> TreatyView:  # fmt: skip
    """All that a treaty's page shows."""
    writing, fields = _dossier(index, site, f"treaty:{record.id}", record, body, notes)
    treaty = record.value
    facts = TreatyFacts(index, writing.href, writing.footnotes.use_all)
    return TreatyView(
        **fields,
        roles=(),
        date=None,
        events=tuple(facts.event(event) for event in treaty.events),
        box=facts.box(record),
        replaces=tuple(facts.link(id_) for id_ in treaty.replaces),
        replaced_by=tuple(facts.link(id_) for id_ in treaty.replaced_by),
        refs=writing.footnotes.use_all(treaty.sources),
        footnotes=writing.listed(),
    )


def _dossier(
    index: SiteIndex, site: SiteView, key: str, record: Record[Any], body: Passage | None,
    notes: dict[str, Passage],
) -> tuple[PageWriting, dict[str, Any]]:  # fmt: skip
    """What the two kinds of dossier have in common."""
    path = index.routes[key]
    value: Entity | Treaty = record.value
    writing = PageWriting(index, key, record.path, root_of(path), None, notes)
    rows = index.mentions.get(record.id, ())
    kind = "treaty" if isinstance(value, Treaty) else "entity"
    fields = frame(
        index, site, kind, path, value.name,
        section="treaties" if kind == "treaty" else "glossary",
        description=value.description or "",
    )  # fmt: skip
    fields |= {
        "entity_kind": value.kind,
        "aliases": tuple(alias.text for alias in value.all_names()[1:]),
        "deck": value.description or "",
        "body": writing.parts(body) if body else (),
        "wikidata": value.wikidata,
        "links": tuple(Link(text=link.title or link.url, href=link.url) for link in value.links),
        "companions": _companions(index, writing, record.id, rows),
        "mentions": tuple(mention(index, row, writing.href, full=True) for row in rows[:LATEST]),
        "earlier": _by_year(index, writing, rows[LATEST:]),
        "total": len(rows),
        "backlinks": backlinks(index, index.backlinks.get(key, ()), writing.href),
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


def _companions(
    index: SiteIndex, writing: PageWriting, id_: str, rows: tuple[MentioningFact, ...]
) -> tuple[Companion, ...]:
    """Those that the most briefings mention together with it; of equals, by name."""
    counts: dict[str, int] = {}
    for row in rows:
        for fact in index.mentioned[row.briefing]:
            counts[fact.entity] = counts.get(fact.entity, 0) + 1
    counts.pop(id_, None)
    first = sorted(counts, key=lambda other: (-counts[other], other))[:COMPANIONS]
    found = []
    for other in first:
        record = index.named(other)
        assert record is not None
        href = writing.href(index.key_of(other))
        value = record.value
        found.append(Companion(name=value.name, href=href, kind=value.kind, count=counts[other]))
    return tuple(found)


def _events(index: SiteIndex, writing: PageWriting, id_: str) -> tuple[EventView, ...]:
    """The events of treaties in which the entity has a part, by date."""
    facts = TreatyFacts(index, writing.href, writing.footnotes.use_all)
    rows = []
    for record in index.treaties.values():
        parties = {party.entity for party in record.value.parties}
        for event in record.value.events:
            concerned = {*event.parties, *event.signatories, *event.contested_by}
            if id_ in concerned or (id_ in parties and not event.party and event.type != "note"):
                rows.append((event.date, record.id, event))
    rows.sort(key=lambda row: row[:2])
    return tuple(
        facts.event(event, Link(text=index.treaties[treaty].value.name,
                                href=writing.href(f"treaty:{treaty}")))
        for _, treaty, event in rows
    )  # fmt: skip
