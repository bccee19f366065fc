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

    return _in_order(dict.fromkeys(locate(levelled, read_text)))


_NOT_READ = frozenset({
    "config-missing", "file-empty", "file-encoding", "file-nul", "file-too-large",
    "file-unreadable", "front-matter-missing", "path-outside-site", "yaml-limit", "yaml-syntax",
})  # fmt: skip
"""Codes of findings on a whole file that was not read."""


def _in_order(found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Causes first, then the other findings, then what may only come of the causes.

    Causes are the files that could not be read, and all that is wrong in files which others are in
    error for. Each of the three parts is in the order of places.
    """
    shown = tuple(found)
    causes = {one.cause for one in shown if one.cause}

    def rank(one: Diagnostic) -> int:
        if one.cause:
            return 2
        is_unread = one.code in _NOT_READ and not one.place.pointer
        return 0 if is_unread or one.place.path in causes else 1

    return tuple(sorted(shown, key=lambda one: (rank(one), one)))
