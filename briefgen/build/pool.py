"""Work in parallel: pure functions over batches, through a `concurrent.futures.Executor`.

Results come in the order of the items, whichever executor does the work and however many workers
it has. Below a threshold the work is done in this process; above it by processes, forked where
that is safe, from this process or from one made for that, else spawned.
"""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Generic, TypeVar

A = TypeVar("A")
B = TypeVar("B")

THRESHOLD = 200
"""Fewer items than this are done quicker here than by processes that must be started first."""
BATCH = 40
"""Items handed to a worker at a time."""


class Worker(ABC, Generic[A, B]):
    """What does the work. It is made anew in each process, from the same arguments."""

    @abstractmethod
    def do(self, items: Sequence[A]) -> B:
        """Do a batch."""

    def close(self) -> None:
        """Let go of what it holds open; in a process of its own it ends with that."""


def run_batches(
    make: Callable[..., Worker[A, B]],
    arguments: tuple[Any, ...],
    items: Sequence[A],
    jobs: int | None,
) -> Iterator[B]:
    """Do all items in batches; yields each batch's result, in order.

    `make(*arguments)` makes a worker; both must pickle where processes can't be forked. `jobs` is
    the number of processes, by default that of the cores this process may use. Memory is bounded
    by the batches that wait. Raises BuildStop where a process of the pool is killed.
    """
    jobs = jobs or cores()
    if jobs == 1 or len(items) < THRESHOLD:
        worker = make(*arguments)
        try:
            for batch in _batched(items, BATCH):
                yield worker.do(batch)
        finally:
            worker.close()
        return
    from briefgen.build.processes import run_in_processes  # noqa: PLC0415  (for large sites)

    size = max(1, min(BATCH, len(items) // (jobs * 4)))
    yield from run_in_processes(make, arguments, _batched(items, size), jobs)


def _batched(items: Iterable[A], size: int) -> Iterator[Sequence[A]]:
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch


def cores() -> int:
    """The processor cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
