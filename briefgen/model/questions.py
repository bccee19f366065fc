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

from briefgen.model import answers
from briefgen.model.answers import (
    BacklinkRow,
    EntityCard,
    NamedRoute,
    RelatedRow,
    Settings,
    SourceAnswer,
    Target,
    TopicAnswer,
    TreatyAnswer,
)
from briefgen.model.codec import encode
from briefgen.model.facts import BriefingFacts
from briefgen.model.index import SiteIndex
from briefgen.model.site import Author
from briefgen.model.source import Source

T = TypeVar("T")

Question = tuple[str, ...]
"""The name of a method of `Questions`, and its arguments."""

_UNASKED = object()
_SMALL = 8  # bytes of an answer's digest
_OWN = frozenset(
    {"route", "link", "address", "size", "mentioned", "related", "backlinks", "translations"}
)
"""Questions whose answers no other page asks for: they are kept for one page alone."""


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
        return self._ask(("settings",), answers.settings_of)

    def route(self, key: str) -> str | None:
        """The path of a thing's page."""
        return self._ask(("route", key), answers.route)

    def author(self, id_: str) -> Author:
        """An author; one that is not known is called by its id."""
        return self._ask(("author", id_), answers.author)

    def topic(self, id_: str, language: str = "") -> TopicAnswer | None:
        """A topic; with a language, also what it is called in that."""
        return self._ask(("topic", id_, language), answers.topic)

    def entity(self, id_: str) -> EntityCard | None:
        """An entity or a treaty by its id."""
        return self._ask(("entity", id_), answers.entity)

    def name(self, id_: str, language: str) -> str | None:
        """What an entity or a treaty is called in a language, where it says so."""
        return self._ask(("name", id_, language), answers.name)

    def source(self, id_: str) -> SourceAnswer | None:
        """A source of the site."""
        return self._ask(("source", id_), answers.source)

    def cited(self, language: str, source: str, briefing: str = "") -> str | None:
        """A source as HTML in the site's citation style; None where the theme writes it out."""
        return self._ask(("cited", language, source, briefing), answers.cited)

    def treaty(self, id_: str) -> TreatyAnswer | None:
        """A treaty's facts."""
        return self._ask(("treaty", id_), answers.treaty)

    def link(self, target: str) -> Target:
        """Where `[[target]]` leads."""
        return self._ask(("link", target), answers.link)

    def address(self, address: str, path: str, key: str) -> Target:
        """Where an ordinary link or image of the file `path`, of the page `key`, leads."""
        return self._ask(("address", address, path, key), answers.address)

    def size(self, path: str) -> tuple[int, int] | None:
        """Width and height in pixels of an image of the site, where it tells them."""
        return self._ask(("size", path), answers.size)

    def mentioned(self, briefing: str) -> tuple[tuple[str, int], ...]:
        """Whom a briefing mentions, in order, and how often."""
        return self._ask(("mentioned", briefing), answers.mentioned)

    def related(self, briefing: str) -> tuple[RelatedRow, ...]:
        """The briefings related to one."""
        return self._ask(("related", briefing), answers.related)

    def backlinks(self, key: str) -> tuple[BacklinkRow, ...]:
        """The pages that link to a thing's, each with its sentence."""
        return self._ask(("backlinks", key), answers.backlinks)

    def translations(self, briefing: str) -> tuple[NamedRoute, ...]:
        """The translations of a briefing, named by their languages."""
        return self._ask(("translations", briefing), answers.translations)


def source_of(ask: Questions, briefing: BriefingFacts, id_: str) -> Source | None:
    """A source by its id: the briefing's own, else the site's."""
    own = briefing.sources.get(id_)
    if own is not None:
        return own
    answer = ask.source(id_)
    return answer.value if answer else None
