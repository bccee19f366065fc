"""Paths inside the output: relative, with slashes, and never leading out of it.

In: paths as text. Out: whether they may be written, and what lies above them. Nothing here
touches the disk.
"""

from __future__ import annotations

import errno
import os
import unicodedata
from collections.abc import Iterator

from briefgen.write.faults import OutputFault, output_fault

RESERVED = ".briefgen-"
"""What the names of briefgen's own files in the output begin with."""

NAME_LIMIT = 255
"""Bytes that one segment of a path may have, on every disk in common use."""

_ODD_SEGMENTS = frozenset({"", ".", ".."})


def is_contained(path: str) -> bool:
    """Whether a path stays inside the folder that it is relative to."""
    return _ODD_SEGMENTS.isdisjoint(path.split("/")) and "\0" not in path


def check_path(path: str) -> None:
    """Raise OutputFault, worded for the author, where `path` can't be a file of the output."""
    if not is_contained(path):
        shown = ascii(path)
        raise OutputFault(shown, f"`{shown}` leads out of the output folder.", "Rename the file.")
    if path.startswith(RESERVED):
        raise OutputFault(path, f"`{path}` is a name of briefgen's own.", "Rename the file.")
    try:
        size = len(path.encode())
    except UnicodeEncodeError:
        shown = ascii(path)
        message = f"The name `{shown}` is not Unicode, so no address can lead to it."
        raise OutputFault(shown, message, "Rename the file.") from None
    if size > NAME_LIMIT and any(len(part.encode()) > NAME_LIMIT for part in path.split("/")):
        raise output_fault(path, OSError(errno.ENAMETOOLONG, os.strerror(errno.ENAMETOOLONG)))


def ancestors(path: str) -> Iterator[str]:
    """Yield the folders that `path` lies in, the nearest first; none for a path at the top."""
    end = path.rfind("/")
    while end > 0:
        yield path[:end]
        end = path.rfind("/", 0, end)


def fold(path: str) -> str:
    """Return what paths have in common that a disk may take for one: case, Unicode form."""
    return unicodedata.normalize("NFC", path).casefold()
