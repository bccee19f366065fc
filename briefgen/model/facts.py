"""Facts: what other pages may show or ask of a page, small enough to be all held at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import tzinfo
from typing import Generic, TypeVar

import msgspec

from briefgen.model.briefing import PlainPage, Topic
from briefgen.model.dates import Day, Instant
from briefgen.model.diagnostics import Diagnostic, Place
from briefgen.model.entity import Entity
from briefgen.model.prose import Sentence
from briefgen.model.source import Source
from briefgen.model.treaty import Treaty

T = TypeVar("T")


class MentionFact(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """That a page mentions an entity, how often, and in which sentence of running text first."""

    entity: str
    count: int
    sentence: Sentence | None  # None where a fact box or an explicit link alone counts


class LinkFact(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A link of the text to another page, as written, with its sentence."""

    target: str
    sentence: Sentence  # empty where an earlier link of the page has the same target
    place: Place
    is_wiki: bool = True  # [[...]]; else an ordinary link to a .md file


class CiteFact(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A citation of a source; those of footnotes defined on the page are not among them."""

    source: str
    place: Place


class LooseCite(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Words in brackets that may be meant as a citation, and are shown as they are typed.

    `ids` are those of the sources that they may mean. With `cited` they stand in a citation of
    that source, where the place in it is named.
    """

    ids: tuple[str, ...]
    words: str
    place: Place
    cited: str = ""


class ImageFact(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """An image that the text shows, by its relative address as written."""

    target: str
    has_alt: bool
    place: Place


class AnnotationFact(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """An annotation as the index of annotations shows it.

    `note` is plain text without its `gaps`: see `Sentence`. `sources` are the ids that it names,
    then those that its note cites, each once; some are footnotes of the briefing's own.
    """

    id: str
    kind: str
    quote: str
    note: str
    author: str | None
    date: Day | None
    gaps: tuple[tuple[int, str], ...] = ()
    sources: tuple[str, ...] = ()

    def has_note(self) -> bool:
        """Whether it says anything; a link alone does."""
        return bool(self.note or self.gaps)

    def told(self, title_of: Callable[[str], str]) -> str:
        """The note with the titles of what it links to without words of its own."""
        return _told(self.note, self.gaps, title_of)


class CorrectionFact(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A correction of the desk's own words, as the home page shows it: as a note is kept."""

    date: Day
    text: str
    gaps: tuple[tuple[int, str], ...] = ()

    def told(self, title_of: Callable[[str], str]) -> str:
        """Its words with the titles of what it links to without words of its own."""
        return _told(self.text, self.gaps, title_of)


def _told(text: str, gaps: tuple[tuple[int, str], ...], title_of: Callable[[str], str]) -> str:
    return Sentence(text, 0, 0, gaps).filled(title_of).text if gaps else text


class Writing(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What all pages with text have."""

    mentions: tuple[MentionFact, ...] = ()
    links: tuple[LinkFact, ...] = ()
    cites: tuple[CiteFact, ...] = ()
    images: tuple[ImageFact, ...] = ()
    headings: tuple[tuple[int, str, str], ...] = ()  # level, id, text
    loose: tuple[LooseCite, ...] = ()
    notes: tuple[CiteFact, ...] = ()  # the footnotes that the page defines, by their label


class BriefingFacts(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A briefing as other pages know it."""

    path: str  # relative to the site, with slashes
    id: str
    slug: str
    title: str
    date: Day  # when the article was written
    published: str  # moment, UTC, ISO 8601: orders lists and feeds
    updated: Instant | None
    summary: str | None
    topics: tuple[str, ...]
    authors: tuple[str, ...]
    treaties: tuple[str, ...]
    readings: tuple[tuple[str, str], ...]  # name, entity id: the page's own
    sources: dict[str, Source]  # the page's own
    annotations: tuple[AnnotationFact, ...]
    lang: str | None
    translations: dict[str, str]
    moved_from: tuple[str, ...]
    template: str | None
    is_draft: bool
    ignore: tuple[str, ...]
    writing: Writing
    corrections: tuple[CorrectionFact, ...] = ()

    def published_day(self, zone: tzinfo) -> Day:
        """The day of its publication in a time zone."""
        return Instant(self.published).day(zone)


class Record(msgspec.Struct, Generic[T], frozen=True, array_like=True):
    """An entity, treaty, source, topic or plain page, with where it was defined."""

    id: str
    slug: str
    value: T
    place: Place
    body: str = ""  # Markdown, of a file of its own
    body_line: int = 1  # the line on which it begins, 1-based
    digest: bytes = b""  # of the record's own values and body

    @property
    def path(self) -> str:
        """The file it was defined in, relative to the site."""
        return self.place.path


class Loaded(msgspec.Struct, frozen=True, array_like=True):
    """What loading one file of the site's data gives: its records, and what is wrong with it."""

    entities: tuple[Record[Entity], ...] = ()
    treaties: tuple[Record[Treaty], ...] = ()
    sources: tuple[Record[Source], ...] = ()
    topics: tuple[Record[Topic], ...] = ()
    pages: tuple[Record[PlainPage], ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
