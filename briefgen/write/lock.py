"""The lock that keeps two builds of one site apart.

In: the state folder. Out: the right to build, for as long as the context lasts; or the word who
has it. The system holds the lock and releases it when its process ends, however it ends; forked
workers don't prolong it. A side file says who holds it, for messages alone.
"""

from __future__ import annotations

import os
import platform
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from filelock import FileLock, Timeout

from briefgen.write.faults import output_fault

LOCK = "build.lock"
HOLDER = "build.json"

NOTICE_S = 0.5
"""Seconds after which who waits is told why."""


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
        return f"Another build of this site is under way{who}. Wait for its end, or stop it."


def _no_notice(_holder: Holder | None) -> None:
    pass


@contextmanager
def build_lock(
    state: Path,
    wait_s: float = 10.0,
    notify: Callable[[Holder | None], None] = _no_notice,
) -> Iterator[None]:
    """Hold the site's lock; wait at most `wait_s` seconds for it, then raise Locked.

    `state` is the site's `.briefgen`, made if need be, with a `.gitignore` of all it holds.
    `notify` is called once with the holder when the wait takes longer than half a second.
    OutputFault where the state folder can't be written.
    """
    lock = FileLock(state / LOCK)
    try:
        _open_state(state)
        _acquire(lock, state, wait_s, notify)
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
        lock.release()


def _acquire(
    lock: FileLock, state: Path, wait_s: float, notify: Callable[[Holder | None], None]
) -> None:
    first_s = min(NOTICE_S, wait_s)
    try:
        lock.acquire(timeout=first_s)
    except Timeout:
        if wait_s <= first_s:
            raise Locked(_read_holder(state)) from None
    else:
        return
    notify(_read_holder(state))
    try:
        lock.acquire(timeout=wait_s - first_s)
    except Timeout:
        raise Locked(_read_holder(state)) from None


def _open_state(state: Path) -> None:
    state.mkdir(parents=True, exist_ok=True)
    ignore = state / ".gitignore"
    if not ignore.exists():
        ignore.write_text("*\n", encoding="utf-8")


def _read_holder(state: Path) -> Holder | None:
    file = state / HOLDER
    try:
        found = msgspec.json.decode(file.read_bytes(), type=Holder)
        written = datetime.fromtimestamp(file.stat().st_mtime, UTC)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return None
    return Holder(found.pid, found.host, written)
