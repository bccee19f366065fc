"""The record: what the files of the output looked like when their digests were last known.

In: the manifest's entries and the system's stat of each file. Out: whether a file is still what
the manifest says, at the cost of one stat, or of reading it where the stat can't tell. The record
lies in the state folder; without it, everything is read once and nothing else changes.

A file altered within the same tick of the disk's clock in which it was recorded would look
untouched, so such a file is not recorded (the "racy" entries of Git's index): it is read again
the next time.
"""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path

import msgspec

from briefgen.write.manifest import Entry
from briefgen.write.stage import digest_of_file

FORMAT = 1


class Seen(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The stat of a file, times in nanoseconds, and the digest that its bytes then had."""

    digest: str
    size: int
    mtime_ns: int
    ctime_ns: int
    inode: int


class _Saved(msgspec.Struct, array_like=True):
    format: int
    files: dict[str, Seen]


class Record:
    """What is known of the files of one output. Kept by a transaction, and saved at its end."""

    def __init__(self, file: Path, output: str, seen: dict[str, Seen]) -> None:
        self._file = file
        self._prefix = output + os.sep
        self._seen = seen
        self._is_changed = False

    @classmethod
    def load(cls, file: Path, output: str) -> Record:
        """Return the record saved in `file`, an empty one where it is missing or damaged."""
        try:
            saved = msgspec.msgpack.decode(file.read_bytes(), type=_Saved)
        except (OSError, msgspec.DecodeError, UnicodeDecodeError):
            return cls(file, output, {})
        return cls(file, output, saved.files if saved.format == FORMAT else {})

    def is_intact(self, path: str, entry: Entry) -> bool:
        """Whether the file at `path` of the output has the bytes that `entry` lists.

        A file's own symbolic link is never followed, and whatever can't be read is not intact.
        """
        full = self._prefix + path
        try:
            now = os.lstat(full)
            seen = self._seen.get(path)
            if (
                seen is not None
                and seen.ctime_ns == now.st_ctime_ns
                and seen.mtime_ns == now.st_mtime_ns
                and seen.inode == now.st_ino
                and seen.size == now.st_size
            ):
                return seen.digest == entry.digest
            if not stat.S_ISREG(now.st_mode) or now.st_size != entry.size:
                return False
            if digest_of_file(full) != entry.digest:
                return False
        except OSError:
            return False
        self._note(path, entry.digest, now)
        return True

    def add(self, path: str, entry: Entry) -> None:
        """Take down the stat of a file that was just written; one that is gone is passed over."""
        try:
            now = os.lstat(self._prefix + path)
        except OSError:
            return
        self._note(path, entry.digest, now)

    def _note(self, path: str, digest: str, now: os.stat_result) -> None:
        self._seen[path] = Seen(digest, now.st_size, now.st_mtime_ns, now.st_ctime_ns, now.st_ino)
        self._is_changed = True

    def save(self, wanted: dict[str, Entry]) -> None:
        """Write down what is known of the files in `wanted`, if that has changed.

        A record that can't be written is dropped: it costs the next run some reading.
        """
        if not self._is_changed:
            return
        part = self._file.with_suffix(".part")
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            part.touch()
            now_ns = part.stat().st_mtime_ns  # by the disk's own clock
            files = {
                path: seen
                for path, seen in self._seen.items()
                if path in wanted and seen.ctime_ns < now_ns
            }
            part.write_bytes(msgspec.msgpack.encode(_Saved(FORMAT, files)))
            part.replace(self._file)
        except OSError:
            with suppress(OSError):
                self._file.unlink(missing_ok=True)
