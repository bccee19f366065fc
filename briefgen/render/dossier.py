"""The views of entities' and treaties' pages: dossiers."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from briefgen.model.entity import Entity
from briefgen.model.facts import Record
from briefgen.model.index import MentioningFact, SiteIndex
from briefgen.model.prose import Passage
from briefgen.model.questions import Questions
from briefgen.model.treaty import Treaty
from briefgen.render.cards import backlinks, mention
from briefgen.render.factbox import TreatyFacts
from briefgen.render.frame import feed_of, frame, root_of
from briefgen.render.json_ld import entity_ld, treaty_ld
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
    ask: Questions, index: SiteIndex, site: SiteView,
    record: Record[Entity], body: Passage | None,
    notes: dict[str, Passage],
) -> DossierView:  # fmt: skip
    """All that an entity's page shows."""
    writing, fields = _dossier(ask, index, site, f"entity:{record.id}", record, body, notes)
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
        events=_events(ask, index, writing, record.id),
        refs=writing.footnotes.use_all(entity.sources),
        footnotes=writing.listed(),
    )


def treaty_view(
    ask: Questions, index: SiteIndex, site: SiteView,
    record: Record[Treaty], body: Passage | None,
    notes: dict[str, Passage],
) -> TreatyView:  # fmt: skip
    """All that a treaty's page shows."""
    writing, fields = _dossier(ask, index, site, f"treaty:{record.id}", record, body, notes)
    treaty, answer = record.value, ask.treaty(record.id)
    assert answer is not None  # the page is this treaty's
    facts = TreatyFacts(ask, writing.href, writing.footnotes.use_all)
    return TreatyView(
        **fields,
        roles=(),
        date=None,
        events=tuple(facts.event(event) for event in treaty.events),
        box=facts.box(record.id, answer),
        replaces=tuple(facts.link(id_) for id_ in treaty.replaces),
        replaced_by=tuple(facts.link(id_) for id_ in treaty.replaced_by),
        refs=writing.footnotes.use_all(treaty.sources),
        footnotes=writing.listed(),
    )


def _dossier(
    ask: Questions, index: SiteIndex, site: SiteView,
    key: str, record: Record[Any], body: Passage | None,
    notes: dict[str, Passage],
) -> tuple[PageWriting, dict[str, Any]]:  # fmt: skip
    """What the two kinds of dossier have in common."""
    path = index.routes[key]
    value: Entity | Treaty = record.value
    writing = PageWriting(ask, key, record.path, root_of(path), None, notes)
    rows = index.mentions.get(record.id, ())
    kind = "treaty" if isinstance(value, Treaty) else "entity"
    fields = frame(
        ask.settings(), site, kind, path, value.name,
        section="treaties" if kind == "treaty" else "glossary",
        description=value.description or "", extra=value.extra,
    )  # fmt: skip
    json_ld = treaty_ld if kind == "treaty" else entity_ld
    fields |= {
        "json_ld": Markup(json_ld(index, record.id)),  # noqa: S704 - escaped for a script
        "feed": feed_of(index, "treaties" if kind == "treaty" else "entities"),
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
        href = writing.href(index.routes[index.key_of(other)])
        value = record.value
        found.append(Companion(name=value.name, href=href, kind=value.kind, count=counts[other]))
    return tuple(found)


def _events(
    ask: Questions, index: SiteIndex, writing: PageWriting, id_: str
) -> tuple[EventView, ...]:
    """The events of treaties in which the entity has a part, by date."""
    facts = TreatyFacts(ask, writing.href, writing.footnotes.use_all)
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
                                href=writing.href(index.routes[f"treaty:{treaty}"])))
        for _, treaty, event in rows
    )  # fmt: skip
