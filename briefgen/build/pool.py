"""Work in parallel: pure functions over batches, through a `concurrent.futures.Executor`.

Results come in the order of the items, whichever executor does the work and however many workers
it has. Below a threshold the work is done in this process; above it by processes, forked where
that is safe, else spawned.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing.connection import wait
from typing import Any, Generic, TypeVar

from briefgen.build.errors import BuildStop

A = TypeVar("A")
B = TypeVar("B")
W = TypeVar("W")

THRESHOLD = 200
"""Fewer items than this are done quicker here than by processes that must be started first."""
BATCH = 40
"""Items handed to a worker at a time."""
AHEAD = 3
"""Batches that wait for each worker: enough to keep it busy, few enough to bound memory."""


class Worker(Generic[A, B]):
    """What does the work. It is made anew in each process, from the same arguments."""

    def do(self, items: Sequence[A]) -> B:
        """Do a batch."""
        raise NotImplementedError


class _Slot(threading.local):
    """The worker of this process: an executor's processes have no other place for it."""

    worker: Worker[Any, Any] | None = None


_SLOT = _Slot()


def _start(make: Callable[..., Worker[Any, Any]], arguments: tuple[Any, ...]) -> None:
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _SLOT.worker = make(*arguments)


def _end_with_parent() -> None:
    """End this process when the one that started it has ended, however it did.

    It would wait for work for ever: its siblings hold the other ends of its pipes.
    """
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _do(items: Sequence[Any]) -> Any:
    assert _SLOT.worker is not None
    return _SLOT.worker.do(items)


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
        for batch in _batched(items, BATCH):
            yield worker.do(batch)
        return
    size = max(1, min(BATCH, len(items) // (jobs * 4)))
    try:
        with ProcessPoolExecutor(
            jobs, mp_context=_context(), initializer=_start, initargs=(make, arguments)
        ) as pool:
            yield from _in_order(pool, _batched(items, size), jobs * AHEAD)
    except BrokenProcessPool:
        raise BuildStop(
            "One of the processes that share the work was stopped from outside, perhaps for lack "
            "of memory. `--jobs 1` needs the least.", 1
        ) from None  # fmt: skip


def _in_order(pool: Executor, batches: Iterable[Sequence[A]], ahead: int) -> Iterator[Any]:
    """Keep `ahead` batches in work, and yield the results in the order of the batches."""
    waiting: deque[Future[Any]] = deque()
    try:
        for batch in batches:
            waiting.append(pool.submit(_do, batch))
            if len(waiting) >= ahead:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        for future in waiting:
            future.cancel()


def _batched(items: Iterable[A], size: int) -> Iterator[Sequence[A]]:
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch


def cores() -> int:
    """The processor cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _context() -> Any:
    """Fork where it is safe: on Linux, from a process of one thread."""
    is_safe = sys.platform == "linux" and threading.active_count() == 1
    return multiprocessing.get_context("fork" if is_safe else "spawn")
