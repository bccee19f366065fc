"""The index between two builds: who stands where, without what they say.

In: an index. Out: a small value that the cache can hold, and from it the same index again, whose
lists are made of the facts when they are asked for. So a build after an edit that changes no
link between pages needs to read and link a handful of briefings instead of all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeVar

import msgspec

from briefgen.link.index import Material, links_of, mentioned_by, paths_of, things_of
from briefgen.link.related import related_to
from briefgen.link.translations import told_in
from briefgen.model.briefing import Topic
from briefgen.model.codec import decoder, encode
from briefgen.model.facts import BriefingFacts, MentionFact, Record, Writing
from briefgen.model.index import BacklinkFact, MentioningFact, RelatedFact, SiteIndex

K = TypeVar("K")
V = TypeVar("V")


_ORDINALS = decoder(tuple[int, ...])
_BACKLINKS = decoder(tuple[tuple[str, int], ...])


class Frozen(msgspec.Struct, frozen=True, array_like=True):
    """An index without facts. Briefings are given by their ordinals in `ids`, newest first.

    Lists are encoded each by itself, since an edit needs few of them.
    """

    ids: tuple[str, ...]
    paths: tuple[str, ...]
    routes: dict[str, str]
    moved: dict[str, str]
    topics: tuple[Record[Topic], ...]
    mentions: dict[str, bytes]  # entity -> ordinals
    backlinks: dict[str, bytes]  # key -> origin and which of its links
    cited_by: dict[str, bytes]  # ordinals
    by_topic: dict[str, bytes]  # ordinals
    translated: dict[str, tuple[tuple[str, str], ...]]
    sizes: dict[str, tuple[int, int]]


class Lazy(Mapping[K, V]):
    """A mapping whose values are made when they are first asked for."""

    def __init__(self, keys: Mapping[K, object], make: Callable[[K], V]) -> None:
        """It has these keys, in their order."""
        self._keys, self._make = keys, make
        self._made: dict[K, V] = {}

    def __getitem__(self, key: K) -> V:
        if key not in self._made:
            if key not in self._keys:
                raise KeyError(key)
            self._made[key] = self._make(key)
        return self._made[key]

    def __contains__(self, key: object) -> bool:
        return key in self._keys

    def __iter__(self) -> Iterator[K]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)


def freeze(index: SiteIndex) -> Frozen:
    """The index without its facts. Linear in mentions and links."""
    order = {id_: number for number, id_ in enumerate(index.briefings)}
    return Frozen(
        ids=tuple(order),
        paths=tuple(facts.path for facts in index.briefings.values()),
        routes=dict(index.routes),
        moved=dict(index.moved),
        topics=tuple(index.topics.values()),
        mentions={
            key: encode([order[row.briefing] for row in rows])
            for key, rows in index.mentions.items()
        },
        backlinks={
            key: encode([(row.origin, _ordinal(index, row)) for row in rows])
            for key, rows in index.backlinks.items()
        },
        cited_by={key: encode([order[i] for i in ids]) for key, ids in index.cited_by.items()},
        by_topic={key: encode([order[i] for i in ids]) for key, ids in index.by_topic.items()},
        translated=dict(index.translated),
        sizes=dict(index.sizes),
    )


def _ordinal(index: SiteIndex, row: BacklinkFact) -> int:
    """Which of its origin's links a backlink is."""
    links = _writing_of(index, row.origin).links
    return next(number for number, link in enumerate(links) if link is row.link)


def _writing_of(index: SiteIndex, key: str) -> Writing:
    kind, _, id_ = key.partition(":")
    return index.briefings[id_].writing if kind == "briefing" else index.writings[key]


def thaw(frozen: Frozen, material: Material, facts_of: Callable[[str], BriefingFacts]) -> SiteIndex:
    """The index again: `material` without its briefings, whose facts `facts_of` gives by id."""
    ids = frozen.ids
    numbers = {id_: number for number, id_ in enumerate(ids)}
    topics = {record.id: record for record in frozen.topics}
    base = SiteIndex(
        config=material.config,
        as_of=material.as_of,
        briefings=Lazy(numbers, facts_of),
        entities={record.id: record for record in material.entities},
        treaties={record.id: record for record in material.treaties},
        sources={record.id: record for record in material.sources},
        topics=topics,
        pages={record.id: record for record in material.pages},
        writings=material.writings,
        routes=frozen.routes,
        addresses={p.removesuffix("index.html").rstrip("/"): k for k, p in frozen.routes.items()},
        mentioned={},
        mentions={},
        backlinks={},
        cited_by=Lazy(frozen.cited_by, lambda key: _ids(frozen, frozen.cited_by[key])),
        by_topic=Lazy(frozen.by_topic, lambda key: _ids(frozen, frozen.by_topic[key])),
        related={},
        files=material.files,
        paths=paths_of(material, zip(frozen.paths, ids, strict=True)),
        translated=frozen.translated,
        moved=frozen.moved,
        sizes=frozen.sizes,
    )
    mentioned = Lazy(numbers, lambda id_: _mentioned(base, id_))
    return msgspec.structs.replace(
        base,
        related=Lazy(numbers, lambda id_: _related(base, frozen, numbers, mentioned[id_], id_)),
        mentioned=mentioned,
        mentions=Lazy(frozen.mentions, lambda key: _mentions(frozen, mentioned, key)),
        backlinks=Lazy(frozen.backlinks, lambda key: _backlinks(base, frozen.backlinks[key])),
    )


def newest_mentioning(frozen: Frozen, entity: str, most: int) -> tuple[str, ...]:
    """The newest briefings that mention an entity, `most` of them."""
    row = frozen.mentions.get(entity)
    return tuple(frozen.ids[number] for number in _ORDINALS.decode(row)[:most]) if row else ()


def _ids(frozen: Frozen, row: bytes) -> tuple[str, ...]:
    return tuple(frozen.ids[number] for number in _ORDINALS.decode(row))


def _related(
    index: SiteIndex,
    frozen: Frozen,
    order: Mapping[str, int],
    mentioned: Iterable[MentionFact],
    id_: str,
) -> tuple[RelatedFact, ...]:
    """What a briefing is related to by what it says now, which may be other than when frozen."""
    facts = index.briefings[id_]
    holders: dict[str, list[str]] = {}
    for key in things_of(index, facts, mentioned):
        kind, _, name = key.partition(":")
        row = (frozen.by_topic if kind == "topic" else frozen.mentions).get(name)
        others = _ids(frozen, row) if row else ()
        holders[key] = [id_, *(other for other in others if other != id_)]
    links = links_of(index, facts.writing.links, facts.path, f"briefing:{id_}")
    linked = [key[9:] for key, _ in links if key.startswith("briefing:")]
    left_out = told_in(index.translated).get(facts.lang or index.config.language, ())
    return related_to(id_, list(holders), holders, linked, order, left_out)


def _mentioned(index: SiteIndex, id_: str) -> tuple[MentionFact, ...]:
    facts = index.briefings[id_]
    links = links_of(index, facts.writing.links, facts.path, f"briefing:{id_}")
    return mentioned_by(index, facts, links)


def _mentions(
    frozen: Frozen, mentioned: Mapping[str, tuple[MentionFact, ...]], entity: str
) -> tuple[MentioningFact, ...]:
    rows = []
    for id_ in _ids(frozen, frozen.mentions[entity]):
        fact = next(one for one in mentioned[id_] if one.entity == entity)
        rows.append(MentioningFact(id_, fact))
    return tuple(rows)


def _backlinks(index: SiteIndex, row: bytes) -> tuple[BacklinkFact, ...]:
    return tuple(
        BacklinkFact(origin, _writing_of(index, origin).links[number])
        for origin, number in _BACKLINKS.decode(row)
    )
