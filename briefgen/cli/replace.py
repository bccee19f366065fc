"""Replacing an author's file in one step.

In: a file, the bytes that it is known to hold and those that it is to hold. Out: the file with its
new bytes and its old permissions; or, whatever goes wrong, as it was.
"""

from __future__ import annotations

import errno
import os
import stat
import tempfile
from contextlib import suppress
from pathlib import Path


class ChangedError(Exception):
    """The file does not hold any more what it was read to hold."""


def replace_bytes(file: Path, before: bytes, after: bytes) -> None:
    """Write `after` in place of `before`, so that a reader sees the one or the other whole.

    A symbolic link stays one: what it leads to is replaced. Raises ChangedError where somebody
    else has written the file since it was read, OSError where it can't be written.
    """
    target = file.resolve()
    if not os.access(target, os.W_OK):  # a rename would do, but not be meant
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(file))
    status = target.stat()
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".tmp", dir=target.parent)
    part = Path(name)
    try:
        with open(handle, "wb") as stream:  # noqa: PTH123 - it is open already
            stream.write(after)
            stream.flush()
            os.fsync(handle)
        part.chmod(stat.S_IMODE(status.st_mode))
        with suppress(OSError, AttributeError):  # a file of another's that we may write
            os.chown(part, status.st_uid, status.st_gid)
        if target.read_bytes() != before:
            raise ChangedError
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
