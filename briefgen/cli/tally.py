"""How many findings of each level, in words."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from briefgen.model.diagnostics import Diagnostic, Level


class Tally(msgspec.Struct, frozen=True):
    """Counts of findings, and of the files that they are in."""

    errors: int = 0
    warnings: int = 0
    infos: int = 0
    files: int = 0

    def in_words(self) -> str:
        """For example "2 errors, 1 warning in 3 files"; empty where there is nothing."""
        counts = (
            plural(self.errors, "error"),
            plural(self.warnings, "warning"),
            plural(self.infos, "info"),
        )
        said = ", ".join(count for count in counts if not count.startswith("0 "))
        return f"{said} in {plural(self.files, 'file')}" if said and self.files else said


def tally(diagnostics: Iterable[Diagnostic]) -> Tally:
    """Count findings by level; one that names no file counts in no file."""
    found = tuple(diagnostics)
    levels = [one.level for one in found]
    return Tally(
        levels.count(Level.ERROR),
        levels.count(Level.WARNING),
        levels.count(Level.INFO),
        len({one.place.path for one in found if one.place.path}),
    )


def plural(count: int, noun: str) -> str:
    """For example "1 page", "2 pages"."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
