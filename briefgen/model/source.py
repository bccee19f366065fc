"""A source: a work that is cited."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from briefgen.model.dates import Day

Reliability = Literal["A", "B", "C", "D", "E", "F"]
Credibility = Literal["1", "2", "3", "4", "5", "6"]
UrlStatus = Literal["live", "dead", "deviated", "unfit", "usurped"]


class Source(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A cited work, in the terms of CSL-JSON, Cite news and the Admiralty code."""

    type: str | None = None
    title: str | None = None
    publisher: str | None = None
    author: str | tuple[str, ...] | None = None
    url: str | None = None
    published: Day | None = None
    accessed: Day | None = None
    archive_url: str | None = None
    archive_date: Day | None = None
    url_status: UrlStatus = "live"
    reliability: Reliability | None = None
    credibility: Credibility | None = None
    descriptor: str | None = None
    lang: str | None = None
    slug: str | None = None
    moved_from: tuple[str, ...] = ()
    extra: dict[str, Any] = {}

    @property
    def name(self) -> str:
        """What the source is called in lists: its title, else its publisher."""
        return self.title or self.publisher or ""

    @property
    def authors(self) -> tuple[str, ...]:
        """The authors, one or several, in order."""
        return (self.author,) if isinstance(self.author, str) else self.author or ()
