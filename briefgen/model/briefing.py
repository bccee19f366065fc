"""A briefing and the parts of its front matter."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from briefgen.model.dates import Day, Instant
from briefgen.model.prose import Passage
from briefgen.model.source import Source

AnnotationKind = Literal["context", "correction", "dispute", "update", "definition", "source"]
ANNOTATION_KINDS = ("context", "correction", "dispute", "update", "definition", "source")


class Annotation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A note on the very words of `quote` (a W3C TextQuoteSelector), or a source for them."""

    quote: str
    note: str | None = None
    sources: tuple[str, ...] = ()
    id: str | None = None
    prefix: str | None = None
    suffix: str | None = None
    occurrence: int | None = None
    kind: AnnotationKind = "context"
    author: str | None = None
    date: Day | None = None


class Origin(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where the article comes from."""

    publisher: str | None = None
    title: str | None = None
    author: str | None = None
    url: str | None = None
    archive_url: str | None = None
    archive_date: Day | None = None
    published: Instant | None = None
    retrieved: Day | None = None
    sha256: str | None = None
    rights: str | None = None
    lang: str | None = None


class Structure(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Lines of a raw article, whole or by number from 1, that are cruft or headings."""

    skip: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()


class Correction(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A correction of the desk's own words."""

    date: Day
    text: str


class Briefing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The front matter of a briefing."""

    title: str
    date: Instant
    id: str | None = None
    slug: str | None = None
    published: Instant | None = None
    updated: Instant | None = None
    summary: str | None = None
    key_points: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    article: str | None = None
    origin: Origin | None = None
    excerpt: bool = False
    structure: Structure = Structure()
    treaties: tuple[str, ...] = ()
    entities: dict[str, str | None] = {}
    sources: dict[str, Source] = {}
    annotations: tuple[Annotation, ...] = ()
    corrections: tuple[Correction, ...] = ()
    source_summary: str | None = None
    lang: str | None = None
    translations: dict[str, str] = {}
    moved_from: tuple[str, ...] = ()
    image: str | None = None
    template: str | None = None
    draft: bool = False
    ignore: tuple[str, ...] = ()
    extra: dict[str, Any] = {}


class PlainPage(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The front matter of a plain page."""

    title: str
    id: str | None = None
    slug: str | None = None
    summary: str | None = None
    updated: Instant | None = None
    lang: str | None = None
    moved_from: tuple[str, ...] = ()
    template: str | None = None
    draft: bool = False
    ignore: tuple[str, ...] = ()
    extra: dict[str, Any] = {}


class Topic(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A topic's name and introduction; a topic needs no file."""

    name: str
    id: str | None = None
    slug: str | None = None
    names: dict[str, str] = {}
    description: str | None = None
    moved_from: tuple[str, ...] = ()
    template: str | None = None
    extra: dict[str, Any] = {}


class Body(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """All writing of one page, parsed and annotated: what its own page needs and others don't."""

    article: Passage
    analysis: Passage | None = None  # the desk's own text beside a raw article
    notes: tuple[Passage | None, ...] = ()  # one for each annotation
    key_points: tuple[Passage, ...] = ()
    corrections: tuple[Passage, ...] = ()
    footnotes: dict[str, Passage] = {}  # by label
    skipped_lines: int = 0  # of a raw article
    source_summary: Passage | None = None
