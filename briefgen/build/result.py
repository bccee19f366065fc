"""What a run found and did."""

from __future__ import annotations

from pathlib import Path

import msgspec

from briefgen.model.diagnostics import Diagnostic
from briefgen.model.site import SiteConfig


class BuildStats(msgspec.Struct, frozen=True):
    """What a run did."""

    pages_total: int = 0
    rendered: int = 0
    written: int = 0
    removed: int = 0
    seconds: dict[str, float] = {}  # by stage
    reasons: dict[str, str] = {}  # why each page was rendered, by its file


class BuildResult(msgspec.Struct, frozen=True):
    """What a run found and did. Where `ok` is False nothing was published."""

    ok: bool
    diagnostics: tuple[Diagnostic, ...]
    stats: BuildStats
    output: Path
    config: SiteConfig | None
