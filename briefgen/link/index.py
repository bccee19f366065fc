"""The index: from the facts of all pages, in one pass each, to what they say together.

In: configuration, records, facts. Out: a `SiteIndex` and diagnostics on ids and addresses.
It reads no file and no text of an article.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from sys import intern
from typing import Any, TypeVar

import msgspec

from briefgen.link.moved import find_moves
from briefgen.link.related import Related
from briefgen.link.routes import Thing, make_routes
from briefgen.link.translations import find_translations, told_in
from briefgen.model.briefing import PlainPage, Topic
from briefgen.model.dates import Day
from briefgen.model.diagnostics import Diagnostic, Place
from briefgen.model.entity import Entity
from briefgen.model.facts import BriefingFacts, LinkFact, MentionFact, Record, Writing
from briefgen.model.index import BacklinkFact, MentioningFact, SiteIndex, Withheld
from briefgen.model.site import SiteConfig
from briefgen.model.source import Source
from briefgen.model.treaty import Treaty

T = TypeVar("T")


class Material(msgspec.Struct, frozen=True):
    """All that a site is made of, as the stages before gave it."""

    config: SiteConfig
    as_of: Day
    briefings: tuple[BriefingFacts, ...]
    entities: tuple[Record[Entity], ...] = ()
    treaties: tuple[Record[Treaty], ...] = ()
    sources: tuple[Record[Source], ...] = ()
    topics: tuple[Record[Topic], ...] = ()
    pages: tuple[Record[PlainPage], ...] = ()
    writings: dict[str, Writing] = {}
    files: dict[str, str] = {}
    withheld: tuple[Withheld, ...] = ()


def build_index(material: Material) -> tuple[SiteIndex, list[Diagnostic]]:
    """Link a site. Emits duplicate-id, route-collision and moved-from-collision.

    Linear in briefings, mentions and links; related briefings are found when they are asked for.
    """
    newest = sorted(material.briefings, key=lambda facts: facts.id)
    newest.sort(key=lambda facts: facts.published, reverse=True)
    topics = _with_bare_topics(material.topics, newest)
    config = material.config
    routes, faults = make_routes(
        _things(material, newest, topics),
        as_file=config.urls == "file",
        has_search=config.search,
    )
    base = SiteIndex(
        config=material.config,
        as_of=material.as_of,
        briefings=_kept("briefing", newest, routes),
        entities=_kept("entity", material.entities, routes),
        treaties=_kept("treaty", material.treaties, routes),
        sources=_kept("source", material.sources, routes),
        topics=_kept("topic", topics, routes),
        pages=_kept("page", material.pages, routes),
        writings=material.writings,
        routes=routes,
        addresses={_bare(path): key for key, path in routes.items()},
        mentioned={},
        mentions={},
        backlinks={},
        cited_by={},
        by_topic={},
        related={},
        files=material.files,
        paths=paths_of(material, ((facts.path, facts.id) for facts in newest)),
        withheld={name: one for one in material.withheld for name in (one.key, one.path)},
    )
    moved, collisions = find_moves(base)
    translated = find_translations(base.briefings, config.language)
    base = msgspec.structs.replace(base, moved=moved, translated=translated)
    return _joined(base), [*faults, *collisions]


def _bare(path: str) -> str:
    return path.removesuffix("index.html").rstrip("/")


def _kept(kind: str, values: Iterable[T], routes: Mapping[str, str]) -> dict[str, T]:
    """The things that have a route, by id; of two with one id the first."""
    found: dict[str, T] = {}
    for value in values:
        id_: str = value.id  # type: ignore[attr-defined]
        if f"{kind}:{id_}" in routes:
            found.setdefault(id_, value)
    return found


def _things(
    material: Material, briefings: Iterable[BriefingFacts], topics: Iterable[Record[Topic]]
) -> Iterable[Thing]:
    """All things that get an address; those in files of their own come before bare topics."""
    # Of two with one id, or one address, the older article keeps it.
    oldest = sorted(briefings, key=lambda facts: (facts.date, facts.path))
    for facts in oldest:
        yield Thing("briefing", facts.id, facts.slug, Place(facts.path))
    records: Sequence[tuple[str, Iterable[Record[Any]]]] = (
        ("entity", material.entities),
        ("treaty", material.treaties),
        ("source", material.sources),
        ("topic", topics),
        ("page", material.pages),
    )
    for kind, group in records:
        for record in group:
            yield Thing(kind, record.id, record.slug, record.place)


def _with_bare_topics(
    topics: Sequence[Record[Topic]], briefings: Iterable[BriefingFacts]
) -> list[Record[Topic]]:
    """The topics of files, and those that briefings name without one, named by their id."""
    found = list(topics)
    known = {record.id for record in topics}
    for facts in sorted(briefings, key=lambda facts: facts.path):
        for i, id_ in enumerate(facts.topics):
            if id_ not in known:
                known.add(id_)
                name = id_.replace("-", " ")
                value = Topic(name[:1].upper() + name[1:])
                place = Place(facts.path, pointer=("topics", str(i)))
                found.append(Record(id_, id_, value, place))
    return found


def paths_of(material: Material, briefings: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Content files that are a page each, with its key; briefings by their path and id."""
    found = {path: f"briefing:{id_}" for path, id_ in briefings}
    groups: Sequence[tuple[str, Iterable[Record[Any]]]] = (
        ("entity", material.entities),
        ("treaty", material.treaties),
        ("topic", material.topics),
        ("page", material.pages),
    )
    for kind, group in groups:
        for record in group:
            if record.path.endswith(".md"):
                found[record.path] = f"{kind}:{record.id}"
    return found


def _joined(index: SiteIndex) -> SiteIndex:
    """The index with what pages say of one another."""
    mentioned: dict[str, tuple[MentionFact, ...]] = {}
    mentions: dict[str, list[MentioningFact]] = {}
    backlinks: dict[str, list[BacklinkFact]] = {}
    cited_by: dict[str, dict[str, None]] = {}
    by_topic: dict[str, list[str]] = {id_: [] for id_ in index.topics}
    linked: dict[str, list[str]] = {}
    things: dict[str, list[str]] = {}
    for id_, facts in index.briefings.items():
        keys = links_of(index, facts.writing.links, facts.path, f"briefing:{id_}")
        _note_backlinks(backlinks, keys, f"briefing:{id_}")
        linked[id_] = [key[9:] for key, _ in keys if key.startswith("briefing:")]
        mentioned[id_] = found = mentioned_by(index, facts, keys)
        for mention in found:
            mentions.setdefault(mention.entity, []).append(MentioningFact(id_, mention))
        for cite in facts.writing.cites:
            if cite.source not in facts.sources:
                cited_by.setdefault(cite.source, {})[id_] = None
        for topic in topics_of(index, facts):
            by_topic[topic].append(id_)
        things[id_] = things_of(index, facts, found)
    origins: dict[str, str] = {}
    for path, key in index.paths.items():
        origins.setdefault(key, path)
    for key, writing in index.writings.items():
        origin = origins.get(key, "")
        _note_backlinks(backlinks, links_of(index, writing.links, origin, key), key)
    holders: dict[str, list[str]] = {
        index.key_of(entity): [row.briefing for row in rows] for entity, rows in mentions.items()
    }
    holders.update({f"topic:{topic}": ids for topic, ids in by_topic.items()})
    told = told_in(index.translated)
    left_out = {
        id_: told.get(facts.lang or index.config.language, ())
        for id_, facts in (index.briefings.items() if told else ())
    }
    return msgspec.structs.replace(
        index,
        mentioned=mentioned,
        mentions={key: tuple(rows) for key, rows in mentions.items()},
        backlinks={key: tuple(rows) for key, rows in backlinks.items()},
        cited_by={key: tuple(ids) for key, ids in cited_by.items()},
        by_topic={key: tuple(ids) for key, ids in by_topic.items()},
        related=Related(things, holders, linked, left_out),
    )


def topics_of(index: SiteIndex, facts: BriefingFacts) -> list[str]:
    """The topics of a briefing, each once."""
    return [topic for topic in dict.fromkeys(facts.topics) if topic in index.topics]


def things_of(
    index: SiteIndex, facts: BriefingFacts, mentioned: Iterable[MentionFact]
) -> list[str]:
    """The keys of what a briefing shares with others: whom it mentions, its topics."""
    things = [index.key_of(mention.entity) for mention in mentioned]
    things += [f"topic:{topic}" for topic in topics_of(index, facts)]
    return [*map(intern, things)]  # many have the same


def links_of(
    index: SiteIndex, links: Iterable[LinkFact], path: str, origin: str
) -> list[tuple[str, LinkFact]]:
    """The things that a page links to, in order, itself left out."""
    found = []
    for link in links:
        if link.is_wiki:
            key = index.resolve(link.target).key
        else:
            key = index.resolve_address(link.target, path, origin).key
        if key and key != origin:
            found.append((key, link))
    return found


def _note_backlinks(
    backlinks: dict[str, list[BacklinkFact]], links: Sequence[tuple[str, LinkFact]], origin: str
) -> None:
    """Note the first link to each thing as a backlink of that thing."""
    for key, link in dict(reversed(links)).items():
        backlinks.setdefault(key, []).append(BacklinkFact(origin, link))


def mentioned_by(
    index: SiteIndex, facts: BriefingFacts, links: Iterable[tuple[str, LinkFact]]
) -> tuple[MentionFact, ...]:
    """Whom a briefing mentions: by name, by a link, by a fact box, in this order."""
    found = {m.entity: m for m in facts.writing.mentions if index.named(m.entity)}
    for key, link in links:
        kind, _, id_ = key.partition(":")
        if kind in ("entity", "treaty"):
            old = found.get(id_)
            if old is None:
                found[id_] = MentionFact(id_, 1, link.sentence)
            else:
                found[id_] = MentionFact(id_, old.count + 1, old.sentence)
    for id_ in facts.treaties:
        if id_ in index.treaties:
            found.setdefault(id_, MentionFact(id_, 1, None))
    return tuple(found.values())
