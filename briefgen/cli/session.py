"""What one run of the command line has to do with: streams, clock, environment, folder.

It is made once, in `main`, which is the one place that reads the clock and the environment;
everything below is handed a session, so tests hand it one of their own.
"""

from __future__ import annotations

import io
import os
import shutil
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import IntEnum, StrEnum
from pathlib import Path
from typing import TextIO

from briefgen.cli.frame import visible


class Verbosity(IntEnum):
    """How much is said."""

    QUIET = 0
    NORMAL = 1
    VERBOSE = 2


class Format(StrEnum):
    """How findings are written."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"


PLAIN_WIDTH = 100
"""Cells of a source line where there is no terminal to ask."""


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass
class Session:
    """One run. `verbosity` and `format` are set by the command once it has read its flags."""

    folder: Path = field(default_factory=Path.cwd)
    environment: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))
    now: Callable[[], datetime] = _now
    stopwatch: Callable[[], float] = time.perf_counter  # seconds, from any start
    out: TextIO = field(default_factory=lambda: sys.stdout)
    err: TextIO = field(default_factory=lambda: sys.stderr)
    verbosity: Verbosity = Verbosity.NORMAL
    format: Format = Format.TEXT

    def show_what_cannot_be_encoded(self) -> None:
        """Let a terminal that has no such letter show its escape, instead of failing."""
        for stream in (self.out, self.err):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="backslashreplace")

    def say(self, line: str = "") -> None:
        """Write a line of what was asked for; the caller has made it fit for a terminal."""
        self.out.write(line + "\n")

    def complain(self, message: str) -> None:
        """Write, on the other stream, why the run stops or what it should be warned of."""
        self.err.write("\n".join(map(visible, f"briefgen: {message}".split("\n"))) + "\n")

    def is_terminal(self, stream: TextIO) -> bool:
        """True where a person looks at the stream, on a terminal that can place a cursor."""
        return stream.isatty() and self.environment.get("TERM") != "dumb"

    @property
    def has_colour(self) -> bool:
        """False where the user wants none (no-color.org: NO_COLOR is set and not empty)."""
        return not self.environment.get("NO_COLOR")

    @property
    def width(self) -> int:
        """Cells that a source line may fill."""
        if self.is_terminal(self.out):
            return shutil.get_terminal_size((PLAIN_WIDTH, 24)).columns - 12
        return PLAIN_WIDTH

    def shown(self, path: Path) -> str:
        """Return a path as the user would type it here: relative where that is the shorter way."""
        if path.is_relative_to(self.folder):
            return path.relative_to(self.folder).as_posix()
        return path.as_posix()
