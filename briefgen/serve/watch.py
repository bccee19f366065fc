"""From events of the file system to batches of changed paths.

Events are hints that something that the site is made of changed; they are gathered until they
pause. What the build itself writes is never among them, nor is any other file that happens to lie
in the site's folder, the log of this very server say. Nothing here builds, and no event is trusted
to be complete or in order.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch
from watchdog.observers.polling import PollingObserver

from briefgen.load.config import FILE_NAMES
from briefgen.model.site import SiteConfig

QUIET_SECONDS = 0.02
"""A batch ends when nothing has happened for so long: editors save in several steps."""

QUIET_SECONDS_FOR_EACH = 0.001
"""So much longer for each path after the first: what changes many files may pause among them."""

LONGEST_QUIET_SECONDS = 0.1

LONGEST_SECONDS = 0.5
"""A batch ends after so long even while more happens, so a storm does not hold back the rebuild."""

POLL_SECONDS = 1.0

# Not that a file is read: a build reads every file of the site. Nor that a folder is modified:
# an entry of it is, which is an event too.
_CHANGES: list[type[FileSystemEvent]] = [
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
]
INPUT_FOLDERS = ("content", "seeds", "templates", "themes")
"""The folders that every site is made of; the configuration and the briefings name more."""

_UNWATCHED_FOLDERS = frozenset({"node_modules", "__pycache__"})
_DEFAULTS = SiteConfig("")
_LEFTOVER_ENDINGS = ("~", ".swp", ".swx", ".tmp", ".part")


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
            self._paths.add(path)
            self._changed.notify_all()

    def close(self) -> None:
        """End the flow: `next` gives out nothing more."""
        with self._changed:
            self._is_closed = True
            self._changed.notify_all()

    def next(self) -> frozenset[str]:
        """Wait for changes and for their pause; return the paths, or none once closed."""
        with self._changed:
            while not self._is_closed:
                wait = self._seconds_left() if self._paths else None
                if wait is not None and wait <= 0:
                    batch = frozenset(self._paths)
                    self._paths.clear()
                    return batch
                self._changed.wait(wait)
            return frozenset()

    def _seconds_left(self) -> float:
        more = QUIET_SECONDS_FOR_EACH * (len(self._paths) - 1)
        quiet = max(self._quiet, min(self._quiet + more, LONGEST_QUIET_SECONDS))
        return min(self._last + quiet, self._first + self._longest) - self._clock()


def is_ignored(path: str, outputs: tuple[str, ...]) -> bool:
    """Whether a path, relative to the site with slashes, can't change what is built.

    That is so for outputs, hidden files and folders (`.git`, `.briefgen`, `.venv`) and what
    editors leave lying beside a file while they save it.
    """
    names = path.split("/")
    if any(name.startswith(".") or name in _UNWATCHED_FOLDERS for name in names):
        return True
    last = names[-1]
    if last.endswith(_LEFTOVER_ENDINGS) or last == "4913" or last.startswith("#"):
        return True
    return any(path == output or path.startswith(output + "/") for output in outputs)


def is_input(path: str, inputs: Iterable[str]) -> bool:
    """Whether a path is one of the inputs, lies in one, or holds one; all relative to the site."""
    return any(
        path == one or path.startswith(f"{one}/") or one.startswith(f"{path}/") for one in inputs
    )


class SiteWatch(FileSystemEventHandler):
    """Watches what a site is made of: files at its top, and folders with all that is in them.

    `private` is the folder that the server builds into, which may lie inside the site where the
    system's folder for temporary files does.

    Not one recursive watch of the top, which would take in virtual environments, `.git` and
    outputs with their tens of thousands of folders.
    """

    def __init__(
        self,
        root: Path,
        batches: Batches,
        private: Path,
        on_fallback: Callable[[], None] = lambda: None,
        config_path: str = FILE_NAMES[0],
    ) -> None:
        """Prepare; `on_fallback` is called where `sync` turns to polling.

        `config_path` is the configuration's, relative to the site with slashes.
        """
        super().__init__()
        self._root = root
        self._batches = batches
        self._on_fallback = on_fallback
        self._private = self._relative(str(private))
        self._always = (*INPUT_FOLDERS, *FILE_NAMES, config_path)
        self._inputs = frozenset((*self._always, *_DEFAULTS.pages))
        self._outputs = self._built(_DEFAULTS.output)
        self._observer: BaseObserver | None = None
        self._watches: dict[str, ObservedWatch] = {}
        self.is_polling = False

    def follow(self, config: SiteConfig, others: Iterable[str]) -> None:
        """Watch what the configuration and the briefings say now that the site is made of.

        `others` are files that briefings name, relative to the site with slashes.
        """
        self._outputs = self._built(config.output)
        inputs = frozenset((*self._always, *config.pages, *others))
        if inputs != self._inputs:
            self._inputs = inputs
            self.sync(())

    def _built(self, output: str) -> tuple[str, ...]:
        """What is built, not built from: `output` is as the configuration writes it."""
        found = (self._private, self._relative(str(self._root / output)))
        return tuple(path for path in found if path)

    def _matters(self, path: str) -> bool:
        return is_input(path, self._inputs) and not is_ignored(path, self._outputs)

    def start(self, *, polls: bool = False) -> None:
        """Begin; poll where that is asked for, or the system has no watches left (`is_polling`)."""
        if polls:
            self._begin(PollingObserver(timeout=POLL_SECONDS))
            return
        try:
            self._begin(Observer())
        except OSError:
            self._poll_instead()

    def _begin(self, observer: BaseObserver) -> None:
        self.is_polling = isinstance(observer, PollingObserver)
        self._observer = observer
        self._watches.clear()
        observer.schedule(self, str(self._root), event_filter=_CHANGES)
        observer.start()
        self._watch_folders(observer, ())

    def _poll_instead(self) -> None:
        self.stop()
        self._begin(PollingObserver(timeout=POLL_SECONDS))

    def sync(self, changed: tuple[str, ...]) -> None:
        """Watch the folders that are there now; `changed` are paths of which some may be new.

        A folder that was taken away and put back is another folder to the system, though not to
        the author: it is watched anew. Where the system has no watches left, poll from now on.
        """
        if self._observer is None:  # stopped in the meantime
            return
        try:
            self._watch_folders(self._observer, changed)
        except OSError:
            if self.is_polling:  # a folder that can't be looked into is the build's to tell of
                return
            self._poll_instead()
            self._on_fallback()

    def _watch_folders(self, observer: BaseObserver, changed: tuple[str, ...]) -> None:
        """Do what `sync` says; raises OSError where the system has no watches left."""
        present = set(self._folders())
        for name in list(self._watches):
            if name not in present or name in changed:
                observer.unschedule(self._watches.pop(name))
        for name in present - self._watches.keys():
            path = str(self._root / name)
            try:
                watch = observer.schedule(self, path, recursive=True, event_filter=_CHANGES)
            except FileNotFoundError:  # gone again; its going is an event of its own
                continue
            self._watches[name] = watch
        if sys.platform == "linux" and not self.is_polling:
            # Of subfolders that it gets no watch for, watchdog does not tell: ask for one more.
            observer.unschedule(observer.schedule(self, str(self._root.parent)))

    def _folders(self) -> list[str]:
        try:
            entries = os.scandir(self._root)
        except FileNotFoundError:
            return []
        with entries:
            return [
                entry.name
                for entry in entries
                if entry.is_dir(follow_symlinks=False)
                and self._matters(entry.name)
                and not os.path.lexists(os.path.join(entry.path, "pyvenv.cfg"))  # noqa: PTH118
            ]

    def stop(self) -> None:
        """End; returns once the observer's threads have."""
        if self._observer is None:
            return
        self._observer.stop()
        if self._observer.is_alive():
            self._observer.join()
        self._observer = None

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Take one event: pass on the paths that matter."""
        for name in (event.src_path, event.dest_path):
            path = self._relative(os.fsdecode(name))
            if path and self._matters(path):
                self._batches.add(path)

    def _relative(self, name: str) -> str:
        path = Path(name)
        if not name or not path.is_relative_to(self._root):
            return ""
        relative = path.relative_to(self._root).as_posix()
        return "" if relative == "." else relative
