"""Gathers what changed until it pauses: editors save in several steps, Git in thousands.

Paths go in from any thread, batches come out to one. Nothing here knows what a path is.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

QUIET_SECONDS = 0.02
"""A batch ends when nothing has happened for so long: editors save in several steps."""

QUIET_SECONDS_FOR_EACH = 0.001
"""So much longer for each path after the first: what changes many files may pause among them."""

LONGEST_QUIET_SECONDS = 0.1

LONGEST_SECONDS = 0.5
"""A batch ends after so long even while more happens, so a storm does not hold back the rebuild."""


class Batches:
    """Gathers paths from any thread and gives them out in batches to one."""

    def __init__(
        self,
        quiet_seconds: float = QUIET_SECONDS,
        longest_seconds: float = LONGEST_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._quiet = quiet_seconds
        self._longest = longest_seconds
        self._clock = clock
        self._changed = threading.Condition()
        self._paths: set[str] = set()
        self._first = self._last = 0.0
        self._is_closed = False

    def add(self, path: str) -> None:
        """Note that a path changed."""
        with self._changed:
            self._last = self._clock()
            if not self._paths:
                self._first = self._last
                # Only now: who waits for a pause looks at the clock by itself, and being woken by
                # each of thousands of paths would take longer than all else that is done for them.
                self._changed.notify_all()
            self._paths.add(path)

    def close(self) -> None:
        """End the flow: `next` gives out nothing more."""
        with self._changed:
            self._is_closed = True
            self._changed.notify_all()

    def next(self, seconds: float | None = None) -> frozenset[str] | None:
        """Wait for changes and for their pause; return the paths, or none once closed.

        Where a number of seconds is given and nothing changes for so long, it is None.
        """
        end = None if seconds is None else self._clock() + seconds
        wait: float | None
        with self._changed:
            while not self._is_closed:
                if self._paths:
                    wait = self._seconds_left()
                    if wait <= 0:
                        batch = frozenset(self._paths)
                        self._paths.clear()
                        return batch
                elif end is not None and self._clock() >= end:
                    return None
                else:
                    wait = None if end is None else end - self._clock()
                self._changed.wait(wait)
            return frozenset()

    def _seconds_left(self) -> float:
        more = QUIET_SECONDS_FOR_EACH * (len(self._paths) - 1)
        quiet = max(self._quiet, min(self._quiet + more, LONGEST_QUIET_SECONDS))
        return min(self._last + quiet, self._first + self._longest) - self._clock()
