"""The diagnostics of a run, made ready to be shown: located, at their levels, sorted, once each."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from briefgen.check.levels import apply_levels, check_levels
from briefgen.load.locate import locate
from briefgen.load.text import BODY_LIMIT, decode, read
from briefgen.model.diagnostics import Diagnostic
from briefgen.model.site import SiteConfig


def conclude(
    found: Iterable[Diagnostic],
    config: SiteConfig | None,
    ignored: Mapping[str, Collection[str]],
    root: Path,
) -> tuple[Diagnostic, ...]:
    """Make diagnostics ready; the files that they point into are read again for it."""
    overrides = config.check.rules if config else {}
    found = [*found, *check_levels("briefgen.yml", overrides, ignored)]
    levelled = apply_levels(dict.fromkeys(found), overrides, ignored)

    def read_text(path: str) -> str:
        data, faults = read(root, path, BODY_LIMIT)
        return "" if faults else decode(data, path, BODY_LIMIT)[0]

    return tuple(sorted(dict.fromkeys(locate(levelled, read_text))))
