"""Progress of a long build on a terminal; a short one shows none."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from types import TracebackType
from typing import Self

from briefgen.cli.session import Format, Session, Verbosity

PATIENCE_SECONDS = 0.5
"""A build that is done by then needs no bar, and not the time to load the library that draws it."""


class Progress:
    """What the build calls with a stage, how much of it is done and how much there is."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._start = session.stopwatch()
        self._is_wanted = (
            session.is_terminal(session.err)
            and session.format is Format.TEXT
            and session.verbosity is not Verbosity.QUIET
        )
        self._bars: Callable[[str, int, int], None] | None = None
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Take away what was drawn."""
        self._stack.close()

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Show that `done` of `total` of a stage are done, once the build has taken a while."""
        if not self._is_wanted:
            return
        if self._bars is None:
            if self._session.stopwatch() - self._start < PATIENCE_SECONDS:
                return
            from briefgen.cli import fancy  # noqa: PLC0415  (rich is for long builds alone)

            bars = fancy.progress(self._session.err, self._session.has_colour)
            self._bars = self._stack.enter_context(bars)
        self._bars(stage, done, total)
