"""Batches of work done by a pool of processes, through a `concurrent.futures.Executor`.

In: what makes a worker, and batches. Out: each batch's result, in the order of the batches. It is
loaded for large sites only: the libraries for it take longer to load than a small one to build.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import sys
import tempfile
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing, contextmanager, suppress
from multiprocessing import forkserver, reduction, resource_tracker, util
from multiprocessing.connection import wait
from pathlib import Path
from typing import Any

from briefgen.build.errors import BuildStop
from briefgen.build.pool import Worker, cores

_LOADED = ("briefgen.build.studies", "briefgen.build.rendering")
"""What the process that workers are forked from has loaded: nearly all that they need."""

AHEAD = 3
"""Batches that wait for each worker: enough to keep it busy, few enough to bound memory."""


_STARTING = threading.Lock()
"""Held while a pool is made or a process of it started; for good once none is to be any more."""

_START_SECONDS = 0.7  # that the start of a process may take, before nobody waits for it
_SHORT_SECONDS = 0.02


class _Slot(threading.local):
    """The worker of this process: an executor's processes have no other place for it."""

    worker: Worker[Any, Any] | None = None


_SLOT = _Slot()


class _Parcel:
    """What workers are made from, for processes that can't be forked.

    It is pickled once, into a file without a name that they are given open. Through the pipe that
    starts a process it would not go before that process reads, which takes it a while.
    """

    def __init__(self, content: object) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115  (closed by `close`)
        pickle.dump(content, self._file, pickle.HIGHEST_PROTOCOL)
        self._file.flush()

    def close(self) -> None:
        self._file.close()

    def __reduce__(self) -> Any:
        return _unpacked, (reduction.DupFd(self._file.fileno()),)


def _unpacked(descriptor: Any) -> Any:
    """What a parcel holds, in the process that it was sent to."""
    with open(descriptor.detach(), "rb") as file:  # noqa: PTH123  (no path leads to it)
        return pickle.loads(os.pread(file.fileno(), os.fstat(file.fileno()).st_size, 0))  # noqa: S301  (ours)


@contextmanager
def _packed(context: Any, content: object) -> Iterator[Any]:
    """What to hand to processes: the content, or a parcel that becomes it."""
    if sys.platform == "win32" or context.get_start_method() == "fork":
        yield content
        return
    with closing(_Parcel(content)) as parcel:
        yield parcel


def _start(given: tuple[Callable[..., Worker[Any, Any]], tuple[Any, ...]]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all: the parent ends the others
    threading.Thread(target=_end_with_parent, daemon=True).start()
    make, arguments = given
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
    context = _context()
    try:
        with _packed(context, (make, arguments)) as given:
            with _STARTING:
                pool = ProcessPoolExecutor(
                    jobs, mp_context=context, initializer=_start, initargs=(given,)
                )
            try:
                yield from _in_order(pool, batches, jobs * AHEAD)
            finally:
                # What waits is cancelled by the pool's own thread, not here: where it has just
                # found a process killed, it would meet futures that were cancelled meanwhile.
                pool.shutdown(cancel_futures=True)
    except BrokenProcessPool:
        raise BuildStop(
            "One of the processes that share the work was stopped from outside, perhaps for lack "
            "of memory. `--jobs 1` needs the least.", 1
        ) from None  # fmt: skip


def _in_order(pool: Executor, batches: Iterable[Sequence[Any]], ahead: int) -> Iterator[Any]:
    """Keep `ahead` batches in work, and yield the results in the order of the batches."""
    waiting: deque[Future[Any]] = deque()
    for batch in batches:
        with _STARTING, _undisturbed():
            waiting.append(pool.submit(_do, batch))
        if len(waiting) >= ahead:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


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


def prepare(folder: Path, jobs: int | None) -> None:
    """Start the process that workers are forked from, so that they begin at once when work comes.

    For a process of several threads that goes on. `folder` is where the socket lies that it
    listens at; it should go with the process. It ends by itself once its clients have.
    """
    if sys.platform == "linux" and (jobs or cores()) > 1:
        multiprocessing.current_process()._config["tempdir"] = str(folder)  # type: ignore[attr-defined]  # noqa: SLF001  (else it stays where the process ends by `os._exit`)
        _context()


def end_all(seconds: float = _START_SECONDS) -> None:
    """Kill all processes that share work, let no more be started, and clear away what they shared.

    For a program that ends by `os._exit`. A process that is half started would complain that there
    is nothing to begin with, so it is waited for, `seconds` at most; and the one that looks after
    what is shared, that it was left behind.
    """
    threading.excepthook = lambda _: None  # of what the pools' own threads miss then
    # Where it takes longer, the process to fork from is still loading, and none is half started; or
    # a pool whose processes were killed waits for itself.
    _STARTING.acquire(timeout=seconds)
    for child in multiprocessing.active_children():
        child.kill()
    if (server := forkserver._forkserver._forkserver_pid) is not None:  # type: ignore[attr-defined]  # noqa: SLF001
        with suppress(OSError):
            os.kill(server, signal.SIGKILL)  # after the others: they pass for dead without it
    util._run_finalizers(0)  # type: ignore[attr-defined]  # noqa: SLF001
    time.sleep(_SHORT_SECONDS)  # another thread may just be clearing away too


def _context() -> Any:
    """Fork where it is safe: on Linux, from a process of one thread, this or one made for that."""
    if sys.platform == "linux" and threading.active_count() == 1:
        return multiprocessing.get_context("fork")
    if not hasattr(signal, "pthread_sigmask"):
        return multiprocessing.get_context("spawn")
    held = signal.pthread_sigmask(signal.SIG_BLOCK, ())
    try:
        # The process that looks after what others share comes first: starting it lets Ctrl-C
        # through to this thread, and so to what it starts next, though it was held back.
        resource_tracker.ensure_running()
        signal.pthread_sigmask(signal.SIG_SETMASK, held)
        if sys.platform == "linux":
            with suppress(OSError):  # the path of its socket is too long, say
                context = multiprocessing.get_context("forkserver")
                context.set_forkserver_preload(list(_LOADED))
                forkserver.ensure_running()
                return context
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, held)
    return multiprocessing.get_context("spawn")
