"""Content digests of the site's files, read no more often than needed.

In: what the system knows of each file now, and what was noted of it when it was last read. Out:
digests. A signature is trusted only where the file was at rest when it was noted: one that was
changed within the grain of its disk's clock might have changed again under the same signature
(Git's "racy" entries), so such a file is read again.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path

from briefgen.load.scan import File, Signature
from briefgen.load.text import PAGE_LIMIT, SiteReader, is_within

SIZE = 16
FINE_NS, COARSE_NS = 50_000_000, 2_100_000_000
"""How long a file must have been at rest: on disks with fine clocks, and with whole seconds."""


def digest_of(data: bytes) -> bytes:
    """The digest, 16 bytes, of a file's content: of SHA-256, which takes half of BLAKE2's time."""
    return sha256(data).digest()[:SIZE]


def is_at_rest(signature: Signature, now_ns: int) -> bool:
    """Whether a file was at rest at a moment, so that its signature can be trusted later."""
    changed = max(signature.mtime_ns, signature.ctime_ns)
    is_coarse = signature.mtime_ns % 1_000_000_000 == 0
    return changed + (COARSE_NS if is_coarse else FINE_NS) < now_ns


class FileDigests:
    """Digests by path; made for one run, and asked for what is new at its end."""

    def __init__(
        self,
        root: Path,
        files: Iterable[File],
        known: Mapping[str, tuple[Signature, bytes]],
        now_ns: int,
    ) -> None:
        """`files` are those listed now, `known` what was noted; `now_ns` is when it was listed."""
        self._root = root
        self._read = SiteReader(root).read
        self._listed = {file.path: file.signature for file in files}
        self._known = known
        self._now = now_ns
        self._found: dict[str, bytes] = {}
        self._inside: dict[str, bool] = {}  # whether a folder lies in the site, links followed
        self._new: dict[str, tuple[Signature, bytes]] = {}

    def of(self, path: str) -> bytes:
        """The digest of a file's content; empty where it is not there or can't be read."""
        found = self._found.get(path)
        if found is None:
            found = self._found[path] = self._digest(path)
        return found

    def learn(self, path: str, digest: bytes) -> None:
        """Take the digest of a file that somebody else has read; empty where it couldn't be."""
        self._found[path] = digest
        signature = self._signature(path)
        if digest and signature is not None and is_at_rest(signature, self._now):
            self._new[path] = (signature, digest)

    def news(self) -> list[tuple[str, Signature, bytes]]:
        """What is to be noted: files read in this run that were at rest."""
        return [(path, signature, digest) for path, (signature, digest) in self._new.items()]

    def _digest(self, path: str) -> bytes:
        signature = self._signature(path)
        if signature is None:
            return b""
        known = self._known.get(path)
        if known is not None and known[0] == signature:
            return known[1]
        data, found = self._read(path, PAGE_LIMIT)
        if found:  # the one who wants the file will say so
            return b""
        digest = digest_of(data)
        if is_at_rest(signature, self._now):
            self._new[path] = (signature, digest)
        return digest

    def _is_inside(self, folder: str) -> bool:
        found = self._inside.get(folder)
        if found is None:
            real = os.path.realpath(self._root / folder)
            found = self._inside[folder] = is_within(real, os.path.realpath(self._root))
        return found

    def _signature(self, path: str) -> Signature | None:
        listed = self._listed.get(path)
        if listed is not None:
            return listed
        if not self._is_inside(path.rpartition("/")[0]):
            return None  # its folder has moved out: as good a file as before, but not to be read
        try:
            found = os.stat(self._root / path)  # noqa: PTH116 - one system call
        except (OSError, ValueError):
            return None
        return Signature(found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)
