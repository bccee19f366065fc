"""What has changed although no event told of it, found by looking at all files now and then.

Events get lost: a queue runs over, a disk tells of none, a folder got no watch. A sweep compares
what the disk says with what it said before, apart from the files that events have told of since.
Where there are no events, it is what finds every change. It runs in a thread of its own and only
ever hands out paths.
"""

from __future__ import annotations

import contextlib
import os
import stat
import threading
import time
from collections.abc import Callable
from pathlib import Path

from briefgen.serve.inputs import State, state_of

SWEEP_SECONDS = 3.0
"""From one sweep to the next, where events tell of most changes."""

_TOLD_WITHIN_SECONDS = 0.8  # watchdog holds back a move for half a second, for its other end
_END_SECONDS = 0.5
_PAUSE = 100  # times as long as a sweep took: it costs a hundredth of a core at most
_PAUSE_OF_POLLING = 10
_LONGEST_PAUSE_SECONDS = 10.0


class Sweep:
    """Looks at the files of a site in a thread, and tells of those that changed unnoticed.

    `look` returns the state of every file; `on_late` is called in the thread with the paths whose
    state is another one, or that are gone.
    """

    def __init__(
        self, root: Path, look: Callable[[], dict[str, State]], on_late: Callable[[set[str]], None]
    ) -> None:
        self._root = root
        self._look = look
        self._on_late = on_late
        self._lock = threading.Lock()
        self._seen: dict[str, State] = {}
        self._noted: set[str] = set()  # since the last look began
        self._polls_every: float | None = None
        self._woken = threading.Event()
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self, polls_every: float | None) -> None:
        """Look for the first time, and go on in a thread; `polls_every`: there are no events."""
        self._polls_every = polls_every
        self._seen = self._look()
        self._thread = threading.Thread(target=self._run, name="briefgen-sweep", daemon=True)
        self._thread.start()

    def poll(self, seconds: float) -> None:
        """Look so often from now on: there are no events any more."""
        self._polls_every = seconds
        self._woken.set()

    def stop(self) -> None:
        """End; a look that goes on is waited for only shortly, since nothing comes of it."""
        self._stopped.set()
        self._woken.set()
        if self._thread is not None:
            self._thread.join(_END_SECONDS)

    def note(self, path: str) -> None:
        """Take an event's word that a path changed: its state is known from now on.

        It is read before anybody is told of the event, so what is built after that is as new.
        """
        state = None
        with contextlib.suppress(OSError, ValueError):
            status = os.stat(os.path.join(self._root, path))  # noqa: PTH116, PTH118 - of each event
            state = None if stat.S_ISDIR(status.st_mode) else state_of(status)
        with self._lock:
            self._noted.add(path)
            if state is None:
                self._seen.pop(path, None)
            else:
                self._seen[path] = state

    def follow(self, since: float) -> None:
        """Begin to know what `look` has newly come to return.

        What of it changed after `since`, in seconds of the epoch, is told of: the build that named
        it may have read it before.
        """
        now = self._look()
        with self._lock:
            new = now.keys() - self._seen.keys()
            self._seen.update({path: now[path] for path in new})
        late = {path for path in new if max(now[path][:2]) >= since * 1e9}
        if late:
            self._on_late(late)

    def _run(self) -> None:
        pause = self._polls_every or SWEEP_SECONDS
        while not self._stopped.is_set():
            self._woken.wait(pause)
            self._woken.clear()
            if self._stopped.is_set():
                return
            start = time.perf_counter()
            with self._lock:
                self._noted.clear()
            now = self._look()
            seconds = time.perf_counter() - start
            if late := self._late(now):
                self._on_late(late)
            if self._polls_every is None:
                pause = min(max(SWEEP_SECONDS, seconds * _PAUSE), _LONGEST_PAUSE_SECONDS)
            else:
                pause = max(self._polls_every, seconds * _PAUSE_OF_POLLING)

    def _late(self, now: dict[str, State]) -> set[str]:
        """Paths whose state now differs from what was seen, and is still not told of."""
        if now == self._seen:
            return set()
        if self._polls_every is None:
            self._woken.wait(_TOLD_WITHIN_SECONDS)
        with self._lock:
            paths = (now.keys() | self._seen.keys()) - self._noted
            late = {path for path in paths if now.get(path) != self._seen.get(path)}
            for path in late:
                if path in now:
                    self._seen[path] = now[path]
                else:
                    del self._seen[path]
        return late
