"""The site as data: its entities, treaties, events, mentions and briefings.

In: the site's index. Out: compact JSON by path, each file a list of objects with all keys always
there, in one order. `url` is a path from the site's root, so the data hold wherever the site lies;
a partial date stays partial; entities, sources and authors are given by id, what is one or many in
an author's file is a list. Nothing here depends on the day of the build.
"""

from __future__ import annotations

from typing import Any

import msgspec

from briefgen.model.dates import Day
from briefgen.model.entity import Entity
from briefgen.model.index import SiteIndex
from briefgen.model.lineage import lineages
from briefgen.model.treaty import Treaty, TreatyEvent
from briefgen.render.cards import mentions_once

Row = dict[str, Any]


class _Mention(msgspec.Struct, frozen=True, gc=False):
    """That a briefing mentions an entity or a treaty, how often, and when it was written.

    Where there may be very many rows they are structs, at half the cost of a dict.
    """

    entity: str
    briefing: str
    count: int
    date: str
    url: str


class _Briefing(msgspec.Struct, frozen=True, gc=False):
    """A briefing. `published` is in UTC, `updated` as it was written; the last two are counts."""

    id: str
    title: str
    date: str
    published: str
    updated: str | None
    summary: str | None
    topics: tuple[str, ...]
    authors: tuple[str, ...]
    treaties: tuple[str, ...]
    lang: str
    url: str
    annotations: int
    mentions: int


def data_files(index: SiteIndex) -> dict[str, bytes]:
    """Return the data files of a site by their path from its root.

    Entities and treaties are in the order of their ids, events in that of their dates, briefings
    newest first, mentions as the briefings and then as each text names them. Linear in all of
    them, but for the sorting.
    """
    return {
        "data/entities.json": to_json(_entities(index)),
        "data/treaties.json": to_json(_treaties(index)),
        "data/events.json": to_json(_events(index)),
        "data/mentions.json": to_json(_mentions(index)),
        "data/briefings.json": to_json(_briefings(index)),
    }


def to_json(value: object) -> bytes:
    """Return plain data and values of the model as compact JSON, keys in their own order.

    Equal values whose keys are in one order give equal bytes. Raises TypeError for what
    has no form in JSON.
    """
    return msgspec.json.encode(value, enc_hook=_to_text)


def _to_text(value: object) -> str:
    if isinstance(value, str):  # a Day or an Instant
        return str(value)
    raise TypeError(f"{type(value)} has no form in JSON")


def _named(index: SiteIndex, id_: str, value: Entity | Treaty) -> Row:
    """What entities and treaties have in common; `briefings` counts those that mention it."""
    return {
        "id": id_,
        "kind": value.kind,
        "name": value.name,
        "names": value.names,
        "aliases": [one if isinstance(one, str) else one.text for one in value.aliases],
        "description": value.description,
        "wikidata": value.wikidata,
        "links": value.links,
        "sources": value.sources,
        "url": index.routes[index.key_of(id_)],
        "briefings": len(mentions_once(index, id_)),
    }


def _entities(index: SiteIndex) -> list[Row]:
    return [
        {
            **_named(index, id_, record.value),
            "date": record.value.date,
            "roles": record.value.roles,
        }
        for id_, record in sorted(index.entities.items())
    ]


def _treaties(index: SiteIndex) -> list[Row]:
    lineage = lineages(index.treaties)
    return [
        {
            **_named(index, id_, record.value),
            "formal_name": record.value.formal_name,
            "parties": record.value.parties,
            "events": [
                _event(event) for event in sorted(record.value.events, key=lambda one: one.date)
            ],
            "provisions": record.value.provisions,
            "verification": record.value.verification,
            "depositary": _several(record.value.depositary),
            "replaces": lineage[id_].replaces,
            "replaced_by": lineage[id_].replaced_by,
        }
        for id_, record in sorted(index.treaties.items())
    ]


def _several(value: str | tuple[str, ...] | None) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else value or ()


def _event(event: TreatyEvent) -> Row:
    return {
        "date": event.date,
        "type": event.type,
        "until": event.until,
        "parties": event.parties,
        "contested_by": event.contested_by,
        "count": event.count,
        "place": event.place,
        "signatories": event.signatories,
        "note": event.note,
        "sources": event.sources,
    }


def _events(index: SiteIndex) -> list[Row]:
    """The events of treaties, and the entities that have a date, each an event of its own."""
    rows: list[tuple[Day, Row]] = []
    for id_, treaty in sorted(index.treaties.items()):
        thing = _thing(index, id_, treaty.value)
        rows += [(event.date, {**_event(event), **thing}) for event in treaty.value.events]
    for id_, entity in sorted(index.entities.items()):
        value = entity.value
        if value.date is not None:
            # Of the fields of a treaty's event it has these alone; the keys are the same.
            event = TreatyEvent(value.date, "note", note=value.description, sources=value.sources)
            rows.append(
                (value.date, {**_event(event), "type": "event", **_thing(index, id_, value)})
            )
    rows.sort(key=lambda pair: pair[0])  # as text, a coarse date comes before all that it may mean
    return [row for _, row in rows]


def _thing(index: SiteIndex, id_: str, value: Entity | Treaty) -> Row:
    """Whose event it is."""
    url = index.routes[index.key_of(id_)]
    return {"id": id_, "kind": value.kind, "name": value.name, "url": url}


def _mentions(index: SiteIndex) -> list[_Mention]:
    rows: list[_Mention] = []
    for id_, facts in index.briefings.items():
        date, url = str(facts.date), index.routes[f"briefing:{id_}"]
        rows += [_Mention(one.entity, id_, one.count, date, url) for one in index.mentioned[id_]]
    return rows


def _briefings(index: SiteIndex) -> list[_Briefing]:
    language, routes, mentioned = index.config.language, index.routes, index.mentioned
    return [
        _Briefing(
            id=id_,
            title=facts.title,
            date=str(facts.date),
            published=facts.published,
            updated=facts.updated,
            summary=facts.summary,
            topics=facts.topics,
            authors=facts.authors,
            treaties=facts.treaties,
            lang=facts.lang or language,
            url=routes[f"briefing:{id_}"],
            annotations=len(facts.annotations),
            mentions=len(mentioned[id_]),
        )
        for id_, facts in index.briefings.items()
    ]
