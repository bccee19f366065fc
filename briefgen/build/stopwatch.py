"""How long the stages of a run take, and how far they have come."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

T = TypeVar("T")


class Stopwatch:
    """Sums up the time of each stage and tells of progress; no result depends on it."""

    def __init__(self, progress: Callable[[str, int, int], None] | None = None) -> None:
        """`progress` is told of a stage, how much of it is done, and how much there is."""
        self.seconds: dict[str, float] = {}
        self._progress = progress

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time a stage."""
        self.tell(name, 0, 1)
        start = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - start
            self.tell(name, 1, 1)

    def each(self, name: str, items: Iterable[T], total: int) -> Iterator[T]:
        """Time a loop, its body included, and tell how far it has come."""
        start = time.perf_counter()
        step = max(1, total // 100)
        try:
            for done, item in enumerate(items):
                if done % step == 0:
                    self.tell(name, done, total)
                yield item
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - start
            self.tell(name, total, total)

    def tell(self, name: str, done: int, total: int) -> None:
        """Tell of progress, where somebody listens."""
        if self._progress is not None:
            self._progress(name, done, total)
