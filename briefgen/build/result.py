"""What a run found and did."""

from __future__ import annotations

from pathlib import Path

import msgspec

from briefgen.build.explain import Explanation
from briefgen.build.stopwatch import Stopwatch
from briefgen.build.studies import Studies
from briefgen.model.diagnostics import Diagnostic
from briefgen.model.site import SiteConfig


class BuildStats(msgspec.Struct, frozen=True):
    """What a run did."""

    pages_total: int = 0
    rendered: int = 0
    written: int = 0
    removed: int = 0
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


def studied(studies: Studies, watch: Stopwatch) -> BuildStats:
    """What is known of a run once its site has been read."""
    made = len(studies.fresh)
    reused = len(studies.rows) - made
    return BuildStats(studies_made=made, studies_reused=reused, seconds=watch.seconds)
