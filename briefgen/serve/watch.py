"""From events of the file system to changed paths of the site.

Events are hints that something that the site is made of changed. Nothing here builds, and no event
is trusted to be complete or in order.
"""

from __future__ import annotations

import contextlib
import errno
import os
import sys
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

from briefgen.load.config import FILE_NAMES
from briefgen.model.site import SiteConfig
from briefgen.serve.batches import Batches
from briefgen.serve.inputs import ALWAYS, State, is_ignored, is_input, look
from briefgen.serve.mounts import shared_kind
from briefgen.serve.sweep import Sweep

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
_MOVES: list[type[FileSystemEvent]] = [DirCreatedEvent, DirDeletedEvent, DirMovedEvent]
_DEFAULTS = SiteConfig("")
_SLACK_SECONDS = 0.05  # by so much the clock of a disk may be behind


class SiteWatch(FileSystemEventHandler):
    """Watches what a site is made of: files at its top, and folders with all that is in them.

    `private` is the folder that the server builds into, which may lie inside the site where the
    system's folder for temporary files does.

    Not one recursive watch of the top, which would take in virtual environments, `.git` and
    outputs with their tens of thousands of folders. What no event tells of, a `Sweep` finds.
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
        self._inside = os.path.join(root, "")  # noqa: PTH118 - what paths of events begin with
        self._batches = batches
        self._on_fallback = on_fallback
        self._private = self._relative(str(private))
        self._always = (*ALWAYS, config_path)
        self._inputs = frozenset((*self._always, *_DEFAULTS.pages))
        self._outputs = self._built(_DEFAULTS.output)
        self._observer: BaseObserver | None = None
        self._watches: dict[str, ObservedWatch] = {}
        self._identity: tuple[int, int] | None = None  # of the site's folder, as it is watched
        self._sweep = Sweep(root, self._look, self._take_late)
        self._late: set[str] = set()  # what the sweep found, until it is built from
        self._synced = time.time()
        self.why_polling = ""  # worded for the user; empty where events tell of changes

    @property
    def is_polling(self) -> bool:
        """Whether changes are looked for, since nothing tells of them."""
        return bool(self.why_polling)

    def follow(self, config: SiteConfig, others: Iterable[str]) -> None:
        """Watch what the configuration and the briefings say now that the site is made of.

        `others` are files that briefings name, relative to the site with slashes.
        """
        outputs = self._built(config.output)
        inputs = frozenset((*self._always, *config.pages, *others))
        if (inputs, outputs) != (self._inputs, self._outputs):
            since = self._synced - _SLACK_SECONDS
            self._inputs, self._outputs = inputs, outputs
            self.sync(())
            self._sweep.follow(since)

    def _built(self, output: str) -> tuple[str, ...]:
        """What is built, not built from: `output` is as the configuration writes it."""
        found = (self._private, self._relative(str(self._root / output)))
        return tuple(path for path in found if path)

    def _matters(self, path: str) -> bool:
        return is_input(path, self._inputs) and not is_ignored(path, self._outputs)

    def _look(self) -> dict[str, State]:
        return look(str(self._root), self._inputs, self._outputs)

    def start(self, *, polls: bool = False) -> None:
        """Begin; poll where that is asked for, or nothing would tell of changes."""
        self.why_polling = "polling was asked for" if polls else self._shared()
        if not self.is_polling:
            try:
                self._begin(Observer())
            except OSError as error:
                self._end_events(error)
        self._sweep.start(POLL_SECONDS if self.is_polling else None)

    def _shared(self) -> str:
        """Why events can't be trusted: a folder lies on a disk that others write to."""
        for name in (".", *self._folders()):
            if kind := shared_kind(os.path.realpath(self._root / name)):
                shown = "the site" if name == "." else f"{name}/"
                return f"{shown} lies on a network drive ({kind})"
        return ""

    def _begin(self, observer: BaseObserver) -> None:
        self._observer = observer
        observer.start()
        self._watch_folders(observer, ())

    def _end_events(self, error: Exception) -> None:
        self._stop_events()
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EMFILE):
            self.why_polling = f"the system has no file watches left ({error.strerror})"
        else:
            self.why_polling = f"the system does not tell of changes ({error})"

    def sync(self, changed: tuple[str, ...]) -> None:
        """Watch the folders that are there now; `changed` are paths of which some may be new.

        A folder that was taken away and put back is another folder to the system, though not to
        the author: it is watched anew. Where the system has no watches left, poll from now on.
        """
        self._synced = time.time()
        if self._observer is None:  # polling, or stopped in the meantime
            return
        try:
            self._watch_folders(self._observer, changed)
        except Exception as error:  # noqa: BLE001  (a fault of the observer's ends no server)
            self._end_events(error)
            self._sweep.poll(POLL_SECONDS)
            self._on_fallback()

    def _watch_folders(self, observer: BaseObserver, changed: tuple[str, ...]) -> None:
        """Do what `sync` says; raises OSError where the system has no watches left."""
        self._watch_top(observer)
        present = set(self._folders())
        # Where an event was lost, that of a folder's coming may have been too.
        is_lost = not self._late.isdisjoint(changed)
        for name in list(self._watches):
            if name not in present or name in changed or is_lost:
                observer.unschedule(self._watches.pop(name))
        for name in present - self._watches.keys():
            path = str(self._root / name)
            try:
                watch = observer.schedule(self, path, recursive=True, event_filter=_CHANGES)
            except FileNotFoundError:  # gone again; its going is an event of its own
                continue
            self._watches[name] = watch
        if sys.platform == "linux":
            # Of subfolders that it gets no watch for, watchdog does not tell: ask for one more.
            observer.unschedule(observer.schedule(self, self._root.anchor))

    def _watch_top(self, observer: BaseObserver) -> None:
        """Watch the site's own folder and its coming and going, anew where another one is there."""
        try:
            status = self._root.stat()
        except OSError:
            return
        identity = status.st_dev, status.st_ino
        if identity == self._identity:
            return
        if self._identity is not None:
            observer.unschedule_all()
            self._watches.clear()
        observer.schedule(self, str(self._root), event_filter=_CHANGES)
        above = str(self._root.parent)
        if sys.platform == "linux" and above != self._root.anchor:
            with contextlib.suppress(PermissionError):  # then the sweep finds its coming and going
                observer.schedule(self, above, event_filter=_MOVES)
        self._identity = identity

    def _folders(self) -> list[str]:
        try:
            entries = os.scandir(self._root)
        except OSError:
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
        self._stop_events()
        self._sweep.stop()

    def _stop_events(self) -> None:
        if self._observer is None:
            return
        self._observer.stop()
        if self._observer.is_alive():
            self._observer.join()
        self._observer = None
        self._watches.clear()

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Take one event: pass on the paths that matter.

        Where the site's own folder is moved away or back, nothing inside it changed, or all did.
        """
        for given in (event.src_path, event.dest_path):
            name = os.fsdecode(given)
            if not name.startswith(self._inside):
                if name == str(self._root) and isinstance(event, tuple(_MOVES)):
                    self._batches.add(self._always[-1])
                continue
            path = name[len(self._inside) :]
            if os.sep != "/":
                path = path.replace(os.sep, "/")
            if self._matters(path):
                self._sweep.note(path)
                self._batches.add(path)

    def _take_late(self, paths: set[str]) -> None:
        """Pass on what the sweep found."""
        if not self.is_polling:
            self._late |= paths
        for path in paths:
            self._batches.add(path)

    def were_told(self, changed: Iterable[str]) -> bool:
        """Whether an event told of any of these changes; what the sweep found is forgotten then.

        Where nothing has come of the others, they were no news to the author: the owner of a file
        may have changed.
        """
        told = self._late.isdisjoint(changed) or not self._late.issuperset(changed)
        self._late.difference_update(changed)
        return told

    def _relative(self, name: str) -> str:
        path = Path(name)
        if not name or not path.is_relative_to(self._root):
            return ""
        relative = path.relative_to(self._root).as_posix()
        return "" if relative == "." else relative
