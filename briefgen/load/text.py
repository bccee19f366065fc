r"""Opening and decoding the files of a site.

In: a path inside the site, or bytes. Out: bytes, or text with `\\n` line ends. A file that can't be
read or decoded gives a diagnostic beside empty bytes or text; nothing is raised. This is the one
place that opens content files, and it opens none that lies outside the site.
"""

from __future__ import annotations

import codecs
import os
import stat
from collections.abc import Callable
from pathlib import Path

from briefgen.model.diagnostics import Diagnostic, Place, finding

FRONT_MATTER_LIMIT = 256 * 1024
"""Bytes of YAML that a front matter may hold."""

DATA_LIMIT = 4 * 1024 * 1024
"""Bytes that a data file or the configuration may hold."""

BODY_LIMIT = 8 * 1024 * 1024
"""Bytes that an article, or a Markdown file's body, may hold."""

PAGE_LIMIT = BODY_LIMIT + FRONT_MATTER_LIMIT
"""Bytes that a Markdown file may hold in all."""

_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# Non-blocking, so that a named pipe can't hold up the build for ever.
_OPEN_FLAGS = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
_NO_LINK: int | None = getattr(os, "O_NOFOLLOW", None)  # which not every system has

Reader = Callable[[str, int], tuple[bytes, tuple[Diagnostic, ...]]]
"""`read` for one site: the bytes of a file by its path, up to a limit, or why there are none."""


def decode(data: bytes, path: str, limit: int) -> tuple[str, tuple[Diagnostic, ...]]:
    r"""Return the text of a file's bytes: UTF-8, a byte order mark dropped, line ends all `\\n`.

    `limit` is in bytes. The text is empty where there is a diagnostic: file-too-large,
    file-encoding (with the 0-based offset of the first wrong byte, and its line and column),
    file-nul.
    """
    if len(data) > limit:
        return "", (_too_large(path, len(data), limit),)
    if data.startswith(_UTF16_MARKS):
        found = finding(
            "file-encoding", Place(path, 1, 1), "The file is saved as UTF-16.", "Save it as UTF-8."
        )
        return "", (found,)
    mark = len(codecs.BOM_UTF8) if data.startswith(codecs.BOM_UTF8) else 0
    try:
        text = str(memoryview(data)[mark:], "utf-8")
    except UnicodeDecodeError as error:
        return "", (_not_utf8(data, path, mark, mark + error.start),)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    nul = text.find("\0")
    if nul >= 0:
        found = finding(
            "file-nul",
            Place(path, *position(text, nul)),
            "The file holds a NUL character, which never stands in text.",
            "It is a binary file, or saved as UTF-16; save it as UTF-8 text.",
        )
        return "", (found,)
    return text, ()


def read(
    root: Path, path: str, limit: int, *, is_head: bool = False
) -> tuple[bytes, tuple[Diagnostic, ...]]:
    """Return the bytes of a file of the site.

    `root` is the site's folder, resolved; `path` is relative to it, with slashes, and may hold
    `..` as long as it stays inside; `limit` is in bytes. The bytes are empty where there is a
    diagnostic: path-outside-site, file-unreadable (missing, a folder, refused), file-too-large.
    With `is_head` no file is too large: of a longer one the first `limit` bytes are read.
    """
    base = str(root)
    try:
        real = os.path.realpath(os.path.join(base, path))  # noqa: PTH118 - hot; Path costs thrice
    except (OSError, ValueError) as error:
        return b"", (_unreadable(path, error),)
    if not is_within(real, base) and not is_within(real, os.path.realpath(base)):
        found = finding(
            "path-outside-site",
            Place(path),
            f"`{path}` leads out of the site's folder.",
            "Put the file into the site's folder, and not a link to it.",
        )
        return b"", (found,)
    return read_file(real, path, limit, is_head=is_head)


def read_file(
    file: str | Path, path: str, limit: int, *, is_head: bool = False
) -> tuple[bytes, tuple[Diagnostic, ...]]:
    """Return the bytes of a file that may lie anywhere: `read` without its guard.

    For a file that the person at the command line named. `path` is how messages call it.
    """
    try:
        handle = os.open(file, _OPEN_FLAGS)
    except (OSError, ValueError) as error:
        return b"", (_unreadable(path, error),)
    return _read_opened(handle, path, limit, is_head=is_head)


class SiteReader:
    """Reads files of one site, each as `read` does; made for one run.

    It remembers which folders lie inside the site, so that of most files nothing but the last
    part of their path is looked at.
    """

    def __init__(self, root: Path) -> None:
        """`root` is the site's folder, resolved."""
        self._root = root
        self._folders: dict[str, str] = {}  # those inside: as paths begin, and resolved

    def read(self, path: str, limit: int) -> tuple[bytes, tuple[Diagnostic, ...]]:
        """Return the bytes of a file of the site, or a diagnostic; see `read`."""
        end = path.rfind("/") + 1
        folder, name = path[:end], path[end:]
        real = self._folders.get(folder) or self._resolved(folder)
        if real and _NO_LINK is not None and name not in ("", ".", ".."):
            try:
                handle = os.open(f"{real}/{name}", _OPEN_FLAGS | _NO_LINK)
            except (OSError, ValueError):
                pass  # a link, or it can't be read
            else:
                return _read_opened(handle, path, limit)
        return read(self._root, path, limit)

    def _resolved(self, folder: str) -> str:
        """A folder with its links resolved; empty where it is not inside the site."""
        try:
            base, real = (os.path.realpath(self._root / one) for one in ("", folder))
        except (OSError, ValueError):
            return ""
        if not is_within(real, base):
            return ""
        self._folders[folder] = real
        return real


def _read_opened(
    handle: int, path: str, limit: int, *, is_head: bool = False
) -> tuple[bytes, tuple[Diagnostic, ...]]:
    """Return the bytes of an open file, and close it."""
    try:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            what = "a folder" if stat.S_ISDIR(status.st_mode) else "not an ordinary file"
            return b"", (_refused(path, f"`{path}` is {what}."),)
        data = _read_all(handle, min(status.st_size, limit if is_head else limit + 1))
    except OSError as error:
        return b"", (_unreadable(path, error),)
    finally:
        os.close(handle)
    if len(data) > limit:
        return b"", (_too_large(path, max(status.st_size, len(data)), limit),)
    return data, ()


def _read_all(handle: int, size: int) -> bytes:
    """Read at most `size` bytes; one call of the system gives them all, as a rule."""
    data = os.read(handle, size)
    while data and len(data) < size and (more := os.read(handle, size - len(data))):
        data += more
    return data


def is_within(path: str, folder: str) -> bool:
    """Whether an absolute, normalised path is a folder or lies inside it."""
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


def position(text: str, offset: int, first_line: int = 1) -> tuple[int, int]:
    """Return the 1-based line and column of a 0-based offset, all in code points."""
    line = text.count("\n", 0, offset) + first_line
    return line, offset - text.rfind("\n", 0, offset)


def _not_utf8(data: bytes, path: str, mark: int, offset: int) -> Diagnostic:
    before = data[mark:offset].decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    return finding(
        "file-encoding",
        Place(path, *position(before, len(before))),
        f"The file is not UTF-8: the byte 0x{data[offset]:02X} at offset {offset} is no part of "
        "any character.",
        "Save the file as UTF-8 in your editor.",
    )


def _too_large(path: str, size: int, limit: int) -> Diagnostic:
    return finding(
        "file-too-large",
        Place(path),
        f"The file has {size:,} bytes; at most {limit:,} are read.",
        "Split it, or leave out what is not meant to be read.",
    )


def _unreadable(path: str, error: OSError | ValueError) -> Diagnostic:
    shown = path if path.isprintable() else path.encode("unicode_escape").decode("ascii")
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return _refused(shown, f"There is no file `{shown}`.")
    if isinstance(error, OSError) and error.strerror:
        return _refused(shown, f"`{shown}` can't be read: {error.strerror.lower()}.")
    return _refused(shown, f"`{shown}` can't be the name of a file.")


def _refused(path: str, message: str) -> Diagnostic:
    return finding("file-unreadable", Place(path), message)
