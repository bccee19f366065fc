"""What a page may ask of the rest of the site, question by question.

In: the site's index. Out: answers, small frozen values, and a note of what was asked. A page that
reads the index through this alone changes only if an answer changes that it was given: so the
list of its questions, each with the digest of its answer, is all that must be kept to know
whether it is still right. There is no other way from one page to another.

An answer is `None` where there is no such thing, and that is an answer too.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b
from typing import TypeVar

import msgspec

from briefgen.model.citing import cited_key
from briefgen.model.codec import encode
from briefgen.model.dates import Day
from briefgen.model.entity import Entity, Role
from briefgen.model.facts import BriefingFacts
from briefgen.model.index import SiteIndex
from briefgen.model.labels import name_in
from briefgen.model.prose import Sentence
from briefgen.model.site import Author
from briefgen.model.source import Source
from briefgen.model.treaty import Treaty
from briefgen.model.treaty_status import (
    PartyRow,
    TreatyStatus,
    dates_ahead,
    party_rows,
    status_on,
)

T = TypeVar("T")

Question = tuple[str, ...]
"""The name of a method of `Questions`, and its arguments."""

_UNASKED = object()
_SMALL = 8  # bytes of an answer's digest
_OWN = frozenset({"route", "link", "address", "mentioned", "related", "backlinks", "translations"})
"""Questions whose answers no other page asks for: they are kept for one page alone."""


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


class RelatedRow(msgspec.Struct, frozen=True, array_like=True):
    """A related briefing as a page shows it."""

    language: str
    title: str
    route: str
    date: Day
    is_linked: bool
    shared: tuple[str, ...]
    unpublished: str


class BacklinkRow(msgspec.Struct, frozen=True, array_like=True):
    """A page that links here."""

    language: str
    title: str
    route: str
    date: Day | None
    sentence: Sentence
    unpublished: str


class Questions:
    """Answers questions, each once, and notes which were asked since the last `begin`."""

    def __init__(self, index: SiteIndex) -> None:
        """Answer from this index."""
        self._index = index
        self._answers: dict[Question, object] = {}
        self._digests: dict[Question, bytes] = {}
        self._asked: dict[Question, None] = {}
        self._derived: dict[tuple[str, Question], object] = {}

    def begin(self) -> None:
        """Forget what was asked, and the answers that only one page asks for."""
        for question in self._asked:
            if question[0] in _OWN:
                self._answers.pop(question, None)
                self._digests.pop(question, None)
        self._asked = {}

    def asked(self) -> tuple[tuple[Question, bytes], ...]:
        """What was asked, in order, each with the digest of its answer."""
        known = self._digests
        return tuple([(each, known.get(each) or self.digest(each)) for each in self._asked])

    def digest(self, question: Question) -> bytes:
        """The digest, 8 bytes, of the answer to a question."""
        found = self._digests.get(question)
        if found is None:
            if question not in self._answers:
                getattr(self, question[0])(*question[1:])
            answer = encode(self._answers[question])
            found = self._digests[question] = blake2b(answer, digest_size=_SMALL).digest()
        return found

    def _ask(self, question: Question, answer: Callable[..., T]) -> T:
        """The answer: `answer` of the index and of what follows the question's name."""
        self._asked[question] = None
        found = self._answers.get(question, _UNASKED)
        if found is _UNASKED:
            found = self._answers[question] = answer(self._index, *question[1:])
        return found  # type: ignore[return-value]

    def derived(self, name: str, question: Question, make: Callable[[], T]) -> T:
        """What `make` makes of the answer to a question alone: made once, and kept under `name`.

        The question must have been asked, so that its answer is noted.
        """
        key = (name, question)
        found = self._derived.get(key, _UNASKED)
        if found is _UNASKED:
            found = self._derived[key] = make()
        return found  # type: ignore[return-value]

    def settings(self) -> Settings:
        """The configuration, as far as all pages show it."""
        return self._ask(("settings",), settings_of)

    def route(self, key: str) -> str | None:
        """The path of a thing's page."""
        return self._ask(("route", key), _route)

    def author(self, id_: str) -> Author:
        """An author; one that is not known is called by its id."""
        return self._ask(("author", id_), _author)

    def topic(self, id_: str) -> NamedRoute | None:
        """A topic."""
        return self._ask(("topic", id_), _topic)

    def entity(self, id_: str) -> EntityCard | None:
        """An entity or a treaty by its id."""
        return self._ask(("entity", id_), _entity)

    def name(self, id_: str, language: str) -> str | None:
        """What an entity or a treaty is called in a language, where it says so."""
        return self._ask(("name", id_, language), _name)

    def source(self, id_: str) -> SourceAnswer | None:
        """A source of the site."""
        return self._ask(("source", id_), _source)

    def cited(self, language: str, source: str, briefing: str = "") -> str | None:
        """A source as HTML in the site's citation style; None where the theme writes it out."""
        return self._ask(("cited", language, source, briefing), _cited)

    def treaty(self, id_: str) -> TreatyAnswer | None:
        """A treaty's facts."""
        return self._ask(("treaty", id_), _treaty)

    def link(self, target: str) -> Target:
        """Where `[[target]]` leads."""
        return self._ask(("link", target), _link)

    def address(self, address: str, path: str, key: str) -> Target:
        """Where an ordinary link or image of the file `path`, of the page `key`, leads."""
        return self._ask(("address", address, path, key), _address)

    def mentioned(self, briefing: str) -> tuple[tuple[str, int], ...]:
        """Whom a briefing mentions, in order, and how often."""
        return self._ask(("mentioned", briefing), _mentioned)

    def related(self, briefing: str) -> tuple[RelatedRow, ...]:
        """The briefings related to one."""
        return self._ask(("related", briefing), _related)

    def backlinks(self, key: str) -> tuple[BacklinkRow, ...]:
        """The pages that link to a thing's, each with its sentence."""
        return self._ask(("backlinks", key), _backlinks)

    def translations(self, briefing: str) -> tuple[NamedRoute, ...]:
        """The translations of a briefing, named by their languages."""
        return self._ask(("translations", briefing), _translations)


def source_of(ask: Questions, briefing: BriefingFacts, id_: str) -> Source | None:
    """A source by its id: the briefing's own, else the site's."""
    own = briefing.sources.get(id_)
    if own is not None:
        return own
    answer = ask.source(id_)
    return answer.value if answer else None


def settings_of(index: SiteIndex) -> Settings:
    """The part of the configuration that all pages show."""
    config = index.config
    is_styled = bool(index.citations)
    return Settings(config.title, config.url, config.language, config.timezone, is_styled)


def _route(index: SiteIndex, key: str) -> str | None:
    return index.routes.get(key)


def _author(index: SiteIndex, id_: str) -> Author:
    return index.config.authors.get(id_) or Author(id_)


def _mentioned(index: SiteIndex, briefing: str) -> tuple[tuple[str, int], ...]:
    return tuple((one.entity, one.count) for one in index.mentioned[briefing])


def _topic(index: SiteIndex, id_: str) -> NamedRoute | None:
    record = index.topics.get(id_)
    return NamedRoute(record.value.name, index.routes[f"topic:{id_}"]) if record else None


def _entity(index: SiteIndex, id_: str) -> EntityCard | None:
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


def _name(index: SiteIndex, id_: str, language: str) -> str | None:
    record = index.named(id_)
    return name_in(record.value.names, language) if record else None


def _source(index: SiteIndex, id_: str) -> SourceAnswer | None:
    record = index.sources.get(id_)
    return SourceAnswer(record.value, index.routes[f"source:{id_}"]) if record else None


def _cited(index: SiteIndex, language: str, source: str, briefing: str) -> str | None:
    found = index.citations.get(cited_key(language, source, briefing))
    if found is not None:
        return found
    return index.citations.get(cited_key(index.config.language, source, briefing))


def _treaty(index: SiteIndex, id_: str) -> TreatyAnswer | None:
    record = index.treaties.get(id_)
    if record is None:
        return None
    now = status_on(record.value, index.as_of)
    rows = party_rows(record.value, index.as_of)
    ahead = dates_ahead(record.value, index.as_of)
    return TreatyAnswer(_boxed(record.value), index.routes[f"treaty:{id_}"], now, rows, ahead)


def _boxed(treaty: Treaty) -> Treaty:
    """A treaty without what its own page alone shows, or a question of its own asks for."""
    return msgspec.structs.replace(
        treaty, slug=None, names={}, aliases=(), description=None, wikidata=None, links=(),
        image=None, moved_from=(), template=None, ignore=(), extra={}, replaces=(), replaced_by=(),
    )  # fmt: skip


def _link(index: SiteIndex, target: str) -> Target:
    found = index.resolve(target)
    if not found.key:
        return Target()
    title = index.title_of(found.key)
    language = index.language_of(found.key)
    return Target(found.key, index.routes[found.key], found.fragment, title, language)


def _address(index: SiteIndex, address: str, path: str, key: str) -> Target:
    found = index.resolve_address(address, path, key)
    if found.key:
        return Target(found.key, index.routes[found.key], found.fragment)
    return Target("", found.path or None, found.fragment)


def _translations(index: SiteIndex, briefing: str) -> tuple[NamedRoute, ...]:
    return tuple(
        NamedRoute(language, index.routes[f"briefing:{id_}"])
        for language, id_ in index.translated.get(briefing, ())
    )


def _related(index: SiteIndex, briefing: str) -> tuple[RelatedRow, ...]:
    rows, language = [], index.briefings[briefing].lang
    for fact in index.related[briefing]:
        other = index.briefings[fact.briefing]
        route = index.routes[f"briefing:{other.id}"]
        shared = tuple(index.title_of(key, language) for key in fact.shared)
        tongue = other.lang or index.config.language
        unpublished = index.unpublished(other)
        rows.append(
            RelatedRow(tongue, other.title, route, other.date, fact.is_linked, shared, unpublished)
        )
    return tuple(rows)


def _backlinks(index: SiteIndex, key: str) -> tuple[BacklinkRow, ...]:
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
