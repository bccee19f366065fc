"""Batches of work done by a pool of processes, through a `concurrent.futures.Executor`.

In: what makes a worker, and batches. Out: each batch's result, in the order of the batches. It is
loaded for large sites only: the libraries for it take longer to load than a small one to build.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing.connection import wait
from typing import Any

from briefgen.build.errors import BuildStop
from briefgen.build.pool import Worker

AHEAD = 3
"""Batches that wait for each worker: enough to keep it busy, few enough to bound memory."""


class _Slot(threading.local):
    """The worker of this process: an executor's processes have no other place for it."""

    worker: Worker[Any, Any] | None = None


_SLOT = _Slot()


def _start(make: Callable[..., Worker[Any, Any]], arguments: tuple[Any, ...]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all: the parent ends the others
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


def run_in_processes(
    make: Callable[..., Worker[Any, Any]],
    arguments: tuple[Any, ...],
    batches: Iterable[Sequence[Any]],
    jobs: int,
) -> Iterator[Any]:
    """Do batches by `jobs` processes, each with a worker that `make(*arguments)` makes there.

    Both must pickle where processes can't be forked. Raises BuildStop where a process is killed.
    """
    try:
        with ProcessPoolExecutor(
            jobs, mp_context=_context(), initializer=_start, initargs=(make, arguments)
        ) as pool:
            yield from _in_order(pool, batches, jobs * AHEAD)
    except BrokenProcessPool:
        raise BuildStop(
            "One of the processes that share the work was stopped from outside, perhaps for lack "
            "of memory. `--jobs 1` needs the least.", 1
        ) from None  # fmt: skip


def _in_order(pool: Executor, batches: Iterable[Sequence[Any]], ahead: int) -> Iterator[Any]:
    """Keep `ahead` batches in work, and yield the results in the order of the batches."""
    waiting: deque[Future[Any]] = deque()
    try:
        for batch in batches:
            with _undisturbed():
                waiting.append(pool.submit(_do, batch))
            if len(waiting) >= ahead:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        for future in waiting:
            future.cancel()


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Let Ctrl-C and the like wait: a process that is half started would complain as it ends.

    A terminal's Ctrl-C reaches that process too. It inherits that the signal is held back, and
    ignores it once it can: one that died before it read what it is given would keep us waiting.
    """
    held = {signal.SIGINT} if hasattr(signal, "pthread_sigmask") else set()
    before_held = signal.pthread_sigmask(signal.SIG_BLOCK, held) if held else set()
    came: list[int] = []
    before = {}
    if threading.current_thread() is threading.main_thread():  # handlers are the main thread's
        for number in (signal.SIGINT, signal.SIGTERM):
            if callable(handler := signal.getsignal(number)):
                before[number] = handler
                signal.signal(number, lambda which, _frame: came.append(which))
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        if held:
            signal.pthread_sigmask(signal.SIG_SETMASK, before_held)
        for which in came[:1]:
            signal.raise_signal(which)


def _context() -> Any:
    """Fork where it is safe: on Linux, from a process of one thread."""
    is_safe = sys.platform == "linux" and threading.active_count() == 1
    return multiprocessing.get_context("fork" if is_safe else "spawn")
