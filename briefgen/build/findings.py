"""The diagnostics of a run, made ready to be shown: located, at their levels, sorted, once each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import msgspec

from briefgen.check.levels import apply_levels, check_levels
from briefgen.load.locate import locate
from briefgen.load.text import PAGE_LIMIT, decode, read
from briefgen.model.diagnostics import RULES, Diagnostic, Level


class Wanted(msgspec.Struct, frozen=True):
    """Which rules a run asks about: infos cost time, and are seldom shown."""

    overrides: dict[str, str] = {}
    infos: bool = True

    def __call__(self, code: str) -> bool:
        """Whether findings of a rule are of interest."""
        level = self.overrides.get(code, RULES[code].level)
        return level != Level.OFF and (self.infos or level != Level.INFO)


def conclude(
    found: Iterable[Diagnostic],
    wanted: Wanted,
    ignored: Mapping[str, Sequence[str]],
    root: Path,
    config_path: str,
) -> tuple[Diagnostic, ...]:
    """Make diagnostics ready; the files that they point into are read again for it."""
    found = [*found, *check_levels(config_path, wanted.overrides, ignored)]
    levelled = apply_levels(dict.fromkeys(found), wanted.overrides, ignored)
    if not wanted.infos:
        levelled = tuple(one for one in levelled if one.level is not Level.INFO)

    def read_text(path: str) -> str:
        data, faults = read(root, path, PAGE_LIMIT)
        return "" if faults else decode(data, path, PAGE_LIMIT)[0]

    return tuple(sorted(dict.fromkeys(locate(levelled, read_text))))
