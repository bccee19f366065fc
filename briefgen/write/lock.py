"""The lock that keeps two builds of one site apart.

In: the state folder. Out: the right to build, for as long as the context lasts; or the word who
has it. The system holds the lock and releases it when its process ends, however it ends; forked
workers don't prolong it. A side file says who holds it, for messages alone.

It is `flock` by hand, since the libraries for it cost a tenth of a small build's time to load.
"""

from __future__ import annotations

import errno
import os
import platform
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from briefgen.write.faults import output_fault

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

LOCK = "build.lock"
HOLDER = "build.json"

NOTICE_S = 0.5
"""Seconds after which who waits is told why."""

_POLL_S = 0.05
_OPEN = os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0)
_HELD_BY_ANOTHER = frozenset({errno.EAGAIN, errno.EACCES, errno.EDEADLK})
_NO_LOCKS = frozenset({errno.ENOSYS, errno.ENOLCK, errno.EOPNOTSUPP})
"""What a disk answers that knows no locks: there, keeping builds apart is left to the author."""

_DESCRIPTORS: set[int] = set()
"""The open lock files of this process, as the system counts them: one table for each process.

A forked child has copies, which would hold the lock after the parent's end, so it closes them.
"""


def _close_inherited() -> None:
    while _DESCRIPTORS:
        with suppress(OSError):
            os.close(_DESCRIPTORS.pop())


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_close_inherited)


class Holder(msgspec.Struct, frozen=True):
    """The process that builds, and since when (UTC, by the disk's clock)."""

    pid: int
    host: str
    since: datetime | None = None

    def __str__(self) -> str:
        since = f", since {self.since:%Y-%m-%d %H:%M:%S} UTC" if self.since else ""
        return f"process {self.pid} on {self.host}{since}"


class Locked(Exception):  # noqa: N818 - it is a state, not an error of the author's
    """Another build of the site is under way; `holder` is None where it can't be told which."""

    def __init__(self, holder: Holder | None) -> None:
        super().__init__(holder)
        self.holder = holder

    def __str__(self) -> str:
        who = f": {self.holder}" if self.holder else ""
        return f"A build of this site is under way{who}. Wait for its end, or stop it."


def _no_notice(_holder: Holder | None) -> None:
    pass


@contextmanager
def build_lock(
    state: Path,
    wait_s: float = 10.0,
    notify: Callable[[Holder | None], None] = _no_notice,
) -> Iterator[None]:
    """Hold the site's lock; wait at most `wait_s` seconds for it, then raise Locked.

    `state` is the site's `.briefgen`, made if need be, with a `.gitignore` of all it holds; it
    may be removed while the lock is held. `notify` is called once with the holder when the wait
    takes longer than half a second. OutputFault where the state folder can't be written.
    """
    try:
        descriptor = _acquire(state, wait_s, notify)
    except OSError as error:
        raise output_fault(str(state), error) from error
    holder = state / HOLDER
    try:
        with suppress(OSError):  # the lock holds without its name tag
            holder.write_bytes(msgspec.json.encode(Holder(os.getpid(), platform.node())))
        yield
    finally:
        with suppress(OSError):
            holder.unlink(missing_ok=True)
        _close(descriptor)


def _acquire(state: Path, wait_s: float, notify: Callable[[Holder | None], None]) -> int:
    """Return the descriptor of the lock file, locked; Locked where the wait is in vain."""
    first_s = min(NOTICE_S, wait_s)
    descriptor = _wait(state, first_s)
    if descriptor is None and wait_s > first_s:
        notify(_read_holder(state))
        descriptor = _wait(state, wait_s - first_s)
    if descriptor is None:
        raise Locked(_read_holder(state))
    return descriptor


def _wait(state: Path, wait_s: float) -> int | None:
    end = time.monotonic() + wait_s
    while (descriptor := _open_locked(state)) is None and time.monotonic() < end:
        time.sleep(_POLL_S)
    return descriptor


def _open_locked(state: Path) -> int | None:
    """Open the lock file and lock it; None where another build has it."""
    _open_state(state)  # each time: `briefgen clean` takes it away
    file = state / LOCK
    descriptor = os.open(file, _OPEN, 0o666)
    _DESCRIPTORS.add(descriptor)
    is_held = False
    try:
        is_held = _try_lock(descriptor) and _is_there(descriptor, file)
    finally:
        if not is_held:
            _close(descriptor)
    return descriptor if is_held else None


def _is_there(descriptor: int, file: Path) -> bool:
    """Whether an open file is still the one of its name: one that was removed keeps nobody out."""
    try:
        return os.path.samestat(os.fstat(descriptor), file.stat())
    except FileNotFoundError:
        return False


def _try_lock(descriptor: int) -> bool:
    """Lock a file, unless somebody else has; OSError where that can't be told."""
    try:
        if sys.platform == "win32":
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in _HELD_BY_ANOTHER:
            return False
        if error.errno not in _NO_LOCKS:
            raise
    return True


def _close(descriptor: int) -> None:
    """Close a lock file, which releases it."""
    _DESCRIPTORS.discard(descriptor)
    os.close(descriptor)


def _open_state(state: Path) -> None:
    state.mkdir(parents=True, exist_ok=True)
    ignore = state / ".gitignore"
    if not ignore.exists() or not ignore.stat().st_size:  # empty: the disk was full
        ignore.write_text("*\n", encoding="utf-8")


def _read_holder(state: Path) -> Holder | None:
    file = state / HOLDER
    try:
        found = msgspec.json.decode(file.read_bytes(), type=Holder)
        written = datetime.fromtimestamp(file.stat().st_mtime, UTC)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return None
    return Holder(found.pid, found.host, written)
