"""The search index in one order: Pagefind writes the values of its filters in another each time.

In: the folder that Pagefind has made. Out: the same index, whose filters have their values sorted,
in files named by the digest of what they then hold, as Pagefind names its own. Where its files are
not of the form that is known here (of a later Pagefind, say), or the library that reads them is not
installed, they stay as they are: they are as good to search with.
"""
# ruff: noqa: PLC0415 - cbor2 comes with the extra `search`

from __future__ import annotations

import gzip
import zlib
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec

_ENTRY = "pagefind-entry.json"
_MARK = b"pagefind_dcd"
"""What the content of each file begins with."""

_Filter = tuple[str, list[tuple[str, list[int]]]]
"""Its name, and for each value the pages that have it."""


class _Meta(msgspec.Struct, array_like=True, forbid_unknown_fields=True):
    """What Pagefind knows of a language: the lists of its other files."""

    version: str
    pages: list[Any]
    words: list[Any]
    filters: list[tuple[str, str]]  # the name of each, and of its file
    sorts: list[Any]
    fields: list[Any]


def settle(made: Path) -> None:
    """Bring what Pagefind has made into one order."""
    try:
        files = _settled(made)
    except (ImportError, OSError, zlib.error, EOFError, ValueError, KeyError, msgspec.MsgspecError):
        return
    for old, (new, data) in files.items():
        (made / old).unlink()
        (made / new).write_bytes(data)


def _settled(made: Path) -> Mapping[str, tuple[str, bytes]]:
    """By the name of each file that changes: its new name, and what it then holds."""
    entry: dict[str, Any] = msgspec.json.decode((made / _ENTRY).read_bytes(), type=dict[str, Any])
    files: dict[str, tuple[str, bytes]] = {}
    for language, about in sorted(entry["languages"].items()):
        old = f"pagefind.{about['hash']}.pf_meta"
        meta = msgspec.convert(_read(made / old), _Meta)
        filters = []
        for name, file in sorted(meta.filters):
            path = f"filter/{file}.pf_filter"
            one = msgspec.convert(_read(made / path), _Filter)
            digest, data = _packed((one[0], sorted(one[1])))
            filters.append((name, f"{language}_{digest[:7]}"))
            files[path] = f"filter/{filters[-1][1]}.pf_filter", data
        meta.filters = filters
        digest, data = _packed(msgspec.to_builtins(meta))
        about["hash"] = f"{language}_{digest[:10]}"
        files[old] = f"pagefind.{about['hash']}.pf_meta", data
    files[_ENTRY] = _ENTRY, msgspec.json.encode(entry, order="sorted")
    return files


def _read(file: Path) -> Any:
    import cbor2

    data = gzip.decompress(file.read_bytes())
    return cbor2.loads(data.removeprefix(_MARK))


def _packed(value: object) -> tuple[str, bytes]:
    """The digest of a file's content, in hex, and its bytes."""
    import cbor2

    data = _MARK + cbor2.dumps(value)
    return sha256(data).hexdigest(), gzip.compress(data, mtime=0)
