"""What a page may be told of the rest of the site, answer by answer.

In: the site's index, and what a question names. Out: small frozen values that are the same as long
as nothing changes that they say; a page is made again where one has changed. An answer is `None`
where there is no such thing. `questions.py` keeps account of who asked what.
"""

from __future__ import annotations

import msgspec

from briefgen.model.citing import cited_key
from briefgen.model.dates import Day
from briefgen.model.entity import Entity, Role
from briefgen.model.index import SiteIndex
from briefgen.model.labels import name_in
from briefgen.model.prose import Sentence
from briefgen.model.site import Author
from briefgen.model.source import Source
from briefgen.model.treaty import Treaty
from briefgen.model.treaty_status import (
    Foreseen,
    PartyRow,
    TreatyStatus,
    dates_ahead,
    foreseen,
    party_rows,
    status_on,
)


class Settings(msgspec.Struct, frozen=True, array_like=True):
    """What every page shows or needs of the configuration."""

    title: str
    url: str | None
    language: str
    timezone: str
    is_styled: bool = False  # sources are written out by a citation style


class EntityCard(msgspec.Struct, frozen=True, array_like=True):
    """An entity or a treaty as other pages show it; its other names stand on its own page."""

    key: str
    route: str
    name: str
    kind: str
    description: str
    roles: tuple[Role, ...]
    wikidata: str | None
    date: Day | None = None  # of an event


class Target(msgspec.Struct, frozen=True, array_like=True):
    """Where a link leads: a page or a file of the site. Without a path it leads nowhere."""

    key: str = ""
    path: str | None = None
    fragment: str = ""
    title: str = ""
    language: str = ""  # of the title


class SourceAnswer(msgspec.Struct, frozen=True, array_like=True):
    """A source of the site, and its page."""

    value: Source
    route: str


class TopicAnswer(msgspec.Struct, frozen=True, array_like=True):
    """A topic's name, what it is called in the language of the page, and its page."""

    name: str
    own_name: str | None
    route: str


class NamedRoute(msgspec.Struct, frozen=True, array_like=True):
    """A thing's name and its page."""

    name: str
    route: str


class TreatyAnswer(msgspec.Struct, frozen=True, array_like=True):
    """A treaty's facts, with what is true of it as of the build's date."""

    value: Treaty  # without what no fact box shows
    route: str
    now: TreatyStatus
    parties: tuple[PartyRow, ...]
    ahead: tuple[Day, ...]  # dates of events, and of ends that they foresee, that have not come
    foreseen: Foreseen = Foreseen()  # the events that have not come


class RelatedRow(msgspec.Struct, frozen=True, array_like=True):
    """A related briefing as a page shows it."""

    language: str
    title: str
    route: str
    date: Day
    is_linked: bool
    shared: tuple[str, ...]  # names of entities and treaties
    topics: tuple[str, ...]  # names
    unpublished: str


class BacklinkRow(msgspec.Struct, frozen=True, array_like=True):
    """A page that links here."""

    language: str
    title: str
    route: str
    date: Day | None
    sentence: Sentence
    unpublished: str


def settings_of(index: SiteIndex) -> Settings:
    """The part of the configuration that all pages show."""
    config = index.config
    is_styled = bool(index.citations)
    return Settings(config.title, config.url, config.language, config.timezone, is_styled)


def route(index: SiteIndex, key: str) -> str | None:
    """The path of a thing's page."""
    return index.routes.get(key)


def author(index: SiteIndex, id_: str) -> Author:
    """An author; one that is not known is called by its id."""
    return index.config.authors.get(id_) or Author(id_)


def mentioned(index: SiteIndex, briefing: str) -> tuple[tuple[str, int], ...]:
    """Whom a briefing mentions, in order, and how often."""
    return tuple((one.entity, one.count) for one in index.mentioned[briefing])


def topic(index: SiteIndex, id_: str, language: str) -> TopicAnswer | None:
    """A topic's name, in a language too where it has one there, and its page."""
    record = index.topics.get(id_)
    if record is None:
        return None
    own = name_in(record.value.names, language)
    return TopicAnswer(record.value.name, own, index.routes[f"topic:{id_}"])


def entity(index: SiteIndex, id_: str) -> EntityCard | None:
    """An entity or a treaty by its id."""
    record = index.named(id_)
    if record is None:
        return None
    value, key = record.value, index.key_of(id_)
    return EntityCard(
        key=key,
        route=index.routes[key],
        name=value.name,
        kind=value.kind,
        description=value.description or "",
        roles=value.roles if isinstance(value, Entity) else (),
        wikidata=value.wikidata,
        date=value.date if isinstance(value, Entity) and value.kind == "event" else None,
    )


def name(index: SiteIndex, id_: str, language: str) -> str | None:
    """What an entity or a treaty is called in a language, where it says so."""
    record = index.named(id_)
    return name_in(record.value.names, language) if record else None


def source(index: SiteIndex, id_: str) -> SourceAnswer | None:
    """A source of the site."""
    record = index.sources.get(id_)
    return SourceAnswer(record.value, index.routes[f"source:{id_}"]) if record else None


def cited(index: SiteIndex, language: str, source: str, briefing: str) -> str | None:
    """A source as HTML in the site's citation style: that of a language, else of the site's."""
    found = index.citations.get(cited_key(language, source, briefing))
    if found is not None:
        return found
    return index.citations.get(cited_key(index.config.language, source, briefing))


def treaty(index: SiteIndex, id_: str) -> TreatyAnswer | None:
    """A treaty's facts, and what is true of it as of the build's date."""
    record = index.treaties.get(id_)
    if record is None:
        return None
    now = status_on(record.value, index.as_of)
    rows = party_rows(record.value, index.as_of)
    ahead = dates_ahead(record.value, index.as_of)
    to_come = foreseen(record.value, index.as_of)
    route = index.routes[f"treaty:{id_}"]
    return TreatyAnswer(_boxed(record.value), route, now, rows, ahead, to_come)


def _boxed(treaty: Treaty) -> Treaty:
    """A treaty without what its own page alone shows, or a question of its own asks for."""
    return msgspec.structs.replace(
        treaty, slug=None, names={}, aliases=(), description=None, wikidata=None, links=(),
        image=None, moved_from=(), template=None, ignore=(), extra={}, replaces=(), replaced_by=(),
    )  # fmt: skip


def link(index: SiteIndex, target: str) -> Target:
    """Where `[[target]]` leads."""
    found = index.resolve(target)
    if not found.key:
        return Target()
    title = index.title_of(found.key)
    language = index.language_of(found.key)
    return Target(found.key, index.routes[found.key], found.fragment, title, language)


def address(index: SiteIndex, address: str, path: str, key: str) -> Target:
    """Where an ordinary link or image of the file `path`, of the page `key`, leads."""
    found = index.resolve_address(address, path, key)
    if found.key:
        return Target(found.key, index.routes[found.key], found.fragment)
    return Target("", found.path or None, found.fragment)


def size(index: SiteIndex, path: str) -> tuple[int, int] | None:
    """Width and height in pixels of an image of the site, by its path in the output."""
    return index.sizes.get(path)


def translations(index: SiteIndex, briefing: str) -> tuple[NamedRoute, ...]:
    """The translations of a briefing, named by their languages."""
    return tuple(
        NamedRoute(language, index.routes[f"briefing:{id_}"])
        for language, id_ in index.translated.get(briefing, ())
    )


def related(index: SiteIndex, briefing: str) -> tuple[RelatedRow, ...]:
    """The briefings related to one, the nearest first."""
    rows, language = [], index.briefings[briefing].lang
    for fact in index.related[briefing]:
        other = index.briefings[fact.briefing]
        route = index.routes[f"briefing:{other.id}"]
        names: list[str] = []
        topics: list[str] = []
        for key in fact.shared:
            kept = topics if key.startswith("topic:") else names
            kept.append(index.title_of(key, language))
        tongue = other.lang or index.config.language
        unpublished = index.unpublished(other)
        rows.append(
            RelatedRow(
                tongue,
                other.title,
                route,
                other.date,
                fact.is_linked,
                tuple(names),
                tuple(topics),
                unpublished,
            )
        )
    return tuple(rows)


def backlinks(index: SiteIndex, key: str) -> tuple[BacklinkRow, ...]:
    """The pages that link to a thing's, each with its sentence."""
    rows = []
    for fact in index.backlinks.get(key, ()):
        kind, _, id_ = fact.origin.partition(":")
        origin = index.briefings[id_] if kind == "briefing" else None
        date = origin.date if origin else None
        unpublished = index.unpublished(origin) if origin else ""
        title, route = index.title_of(fact.origin), index.routes[fact.origin]
        sentence = fact.link.sentence.filled(index.title_at)
        language = index.language_of(fact.origin)
        rows.append(BacklinkRow(language, title, route, date, sentence, unpublished))
    return tuple(rows)
