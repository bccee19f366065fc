"""The data of time zones, which systems bring up to date: a day may then be another one.

In: the name of a zone. Out: a digest of what the standard library knows of it. Where the system has
no such data they come from the package tzdata, whose version the cache knows.
"""

from __future__ import annotations

import zoneinfo
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path


def zone_digest(name: str) -> bytes:
    """The digest, 16 bytes, of the file that `ZoneInfo(name)` reads; empty where it has none."""
    for folder in zoneinfo.TZPATH:
        with suppress(OSError):
            return blake2b(Path(folder, name).read_bytes(), digest_size=16).digest()
    return b""
