"""Which paths of a site's folder can change what is built, and what the disk knows of each.

Paths are relative to the site, with slashes. What the build itself writes is never among them, nor
is any other file that happens to lie in the folder, the log of this very server say. Nothing here
opens a file.
"""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterable

from briefgen.load.config import FILE_NAMES
from briefgen.load.scan import LEFTOVER, WANTED_BY_SERVERS
from briefgen.load.text import is_within

INPUT_FOLDERS = ("content", "seeds", "templates", "themes", "locale")
"""The folders that every site is made of; the configuration and the briefings name more."""

ALWAYS = (*INPUT_FOLDERS, *FILE_NAMES)

_UNWATCHED_FOLDERS = frozenset({"node_modules", "__pycache__"})

State = tuple[int, int, int, int]
"""What the system knows of a file; it changes whenever the file does, within its clock."""


def is_ignored(path: str, outputs: tuple[str, ...]) -> bool:
    """Whether a path can't change what is built.

    That is so for outputs, hidden files and folders (`.git`, `.briefgen`, `.venv`) and what
    editors leave lying beside a file while they save it.
    """
    if any(map(_is_passed_over, path.split("/"))):
        return True
    return any(path == output or path.startswith(output + "/") for output in outputs)


def _is_passed_over(name: str) -> bool:
    if name in _UNWATCHED_FOLDERS:
        return True
    return LEFTOVER.fullmatch(name) is not None and name not in WANTED_BY_SERVERS


def is_input(path: str, inputs: Iterable[str]) -> bool:
    """Whether a path is one of the inputs, lies in one, or holds one."""
    return any(
        path == one or path.startswith(f"{one}/") or one.startswith(f"{path}/") for one in inputs
    )


def state_of(status: os.stat_result) -> State:
    """What two looks at a file are compared by."""
    return status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino


def look(root: str, inputs: Iterable[str], outputs: tuple[str, ...]) -> dict[str, State]:
    """Return the state of every file that matters, by path; what can't be read is left out.

    `root` is resolved. Links within the site are followed, to each folder once. Linear in the
    number of files: 10,000 cost some 40 ms.
    """
    found: dict[str, State] = {}
    linked: set[str] = set()
    pending = [("", False)]
    while pending:
        folder, is_inside = pending.pop()
        # A disk may fail in the middle of a listing: what is left of it is found the next time.
        with contextlib.suppress(OSError), os.scandir(os.path.join(root, folder)) as entries:  # noqa: PTH118
            for entry in entries:
                path = f"{folder}/{entry.name}" if folder else entry.name
                if _is_passed_over(entry.name) or path in outputs:
                    continue
                if not (is_inside or is_input(path, inputs)):
                    continue
                try:
                    status = entry.stat()
                except OSError:
                    continue
                if not stat.S_ISDIR(status.st_mode):
                    found[path] = state_of(status)
                elif not entry.is_symlink() or _is_new(entry.path, root, linked):
                    pending.append((path, is_inside or _is_in_one(path, inputs)))
    return found


def _is_in_one(path: str, inputs: Iterable[str]) -> bool:
    return any(path == one or path.startswith(f"{one}/") for one in inputs)


def _is_new(link: str, root: str, linked: set[str]) -> bool:
    """Whether a link leads to a folder of the site that no link has led to before."""
    target = os.path.realpath(link)
    if not is_within(target, root) or is_within(link, target) or target in linked:
        return False
    linked.add(target)
    return True
