"""What a run found and did."""

from __future__ import annotations

from pathlib import Path

import msgspec

from briefgen.model.diagnostics import Diagnostic
from briefgen.model.site import SiteConfig


class Explanation(msgspec.Struct, frozen=True):
    """What became of one page; without a `file`, why no page is meant."""

    asked: str  # as the author named it
    file: str  # of the page, from the output folder on
    is_rendered: bool
    reason: str


class LeftOut(msgspec.Struct, frozen=True, array_like=True):
    """How many briefings and pages a run left out of the site."""

    waiting: int = 0  # for the day on which they are published
    drafts: int = 0


class BuildStats(msgspec.Struct, frozen=True):
    """What a run did."""

    pages_total: int = 0
    rendered: int = 0
    written: int = 0
    removed: int = 0
    gone: tuple[str, ...] = ()  # addresses that had a page before this run
    left_out: LeftOut = LeftOut()
    studies_made: int = 0  # of briefings: read, parsed and annotated in this run
    studies_reused: int = 0  # as earlier runs made them
    seconds: dict[str, float] = {}  # by stage
    reasons: dict[str, str] = {}  # why each page was rendered, by its file
    explained: tuple[Explanation, ...] = ()  # of the pages that were asked about

    @property
    def reused(self) -> int:
        """The pages that are as an earlier run rendered them."""
        return self.pages_total - self.rendered


class BuildResult(msgspec.Struct, frozen=True):
    """What a run found and did. Where `ok` is False nothing was published."""

    ok: bool
    diagnostics: tuple[Diagnostic, ...]
    stats: BuildStats
    output: Path
    config: SiteConfig | None
    others: tuple[str, ...] = ()  # files read that lie outside the site's own folders, and more
