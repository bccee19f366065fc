"""The cache: what earlier runs learned of the site's files and pages, in one SQLite file.

In and out: msgpack rows, by path. Every row can be lost: whatever is not found, or can't be read,
is made again. A file of another format, of other versions or damaged is thrown away quietly.
Nothing in it is ever executed.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any
from zlib import crc32

import msgspec

from briefgen.build.versions import makers
from briefgen.load.scan import Signature

SCHEMA = 10
"""To be raised whenever a row's meaning changes."""
_ZONES = "zones"
_BUNCH = 500
"""Values of one query; SQLite takes 32,766 at most."""
# Large values want a rowid: without one, SQLite reads them whole to compare their names.
_TABLES = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value BLOB);
CREATE TABLE files (path TEXT PRIMARY KEY, signature BLOB, digest BLOB) WITHOUT ROWID;
CREATE TABLE records (path TEXT PRIMARY KEY, digest BLOB, loaded BLOB) WITHOUT ROWID;
CREATE TABLE studies (path TEXT PRIMARY KEY, row BLOB);
CREATE TABLE bodies (path TEXT PRIMARY KEY, body BLOB);
CREATE TABLE pages (path TEXT PRIMARY KEY, key BLOB, asked BLOB, files BLOB);
"""


_UNUSABLE = (sqlite3.Error, OSError, UnicodeDecodeError)
"""What opening may raise; the last where SQLite quotes what is damaged, and that is no UTF-8."""


class DamagedError(Exception):
    """A row is not what was written; the cache is of no use any more."""


def sealed(data: bytes, name: str) -> bytes:
    """Data with a check sum of it and of the row's name, so that a damaged row is seen as one."""
    return crc32(data, crc32(name.encode())).to_bytes(4, "big") + data


def unsealed(data: object, name: str) -> bytes:
    """What `sealed` was given under this name; raises DamagedError where it is not."""
    if not isinstance(data, bytes):
        raise DamagedError
    found = data[4:]
    if crc32(found, crc32(name.encode())) != int.from_bytes(data[:4], "big"):
        raise DamagedError
    return found


class StudyRow(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What a briefing's file gave when it was studied. `key` is of all that it was studied with."""

    key: bytes
    inputs: bytes  # the other files that were read, with their digests
    facts: bytes  # empty where the file can't be read as a briefing
    found: bytes  # diagnostics
    made: bytes  # digest of facts and body: what the briefing's own page is made of
    linked: bytes  # digest of what linking reads of the facts


class PageRow(msgspec.Struct, frozen=True, gc=False):
    """What a page was made of, and what was written."""

    key: bytes  # digests of its own material and its templates
    asked: bytes  # the questions that it asked, each with the digest of its answer
    files: bytes  # path and digest of each file


def header() -> str:
    """What a cache must have been made with to be of use."""
    return f"schema {SCHEMA} {makers()}"


class Cache:
    """An open cache. One process writes, in one transaction; others may read bodies."""

    def __init__(
        self, database: sqlite3.Connection, file: Path, *, is_read_only: bool = False
    ) -> None:
        """Take an open database over; use `Cache.open`."""
        self._db = database
        self.file = file
        self._is_read_only = is_read_only

    @classmethod
    def open(cls, state: Path, *, is_fresh: bool = False, is_read_only: bool = False) -> Cache:
        """Open the cache in the state folder; `is_fresh` does without what it held.

        One that is read only takes nothing in and leaves the disk as it is. Where the file can't
        be made or used, the cache lies in memory and ends with the run.
        """
        file = state / "cache.db"
        if is_read_only:
            with suppress(*_UNUSABLE):
                if not is_fresh and file.is_file():
                    return cls(_connect(file, "ro"), file, is_read_only=True)
            return cls.in_memory(is_read_only=True)
        if is_fresh:
            _remove(file)
        for _ in range(2):
            try:
                return cls(_connect(file, "rwc"), file)
            except _UNUSABLE:
                _remove(file)
        return cls.in_memory()

    @classmethod
    def in_memory(cls, *, is_read_only: bool = False) -> Cache:
        """A cache without a file, which ends with the run."""
        database = sqlite3.connect(":memory:", isolation_level=None)
        _create(database)
        database.execute("BEGIN")
        return cls(database, Path(), is_read_only=is_read_only)

    @property
    def is_shared(self) -> bool:
        """Whether other processes can read it."""
        return self.file != Path()

    def meta(self, name: str) -> bytes:
        """A value by name; empty where there is none."""
        row = self._one("SELECT value FROM meta WHERE name = ?", name)
        return unsealed(row[0], name) if row else b""

    def set_meta(self, name: str, value: bytes) -> None:
        """Keep a value."""
        self._put("INSERT OR REPLACE INTO meta VALUES (?, ?)", [(name, sealed(value, name))])

    def note_zone(self, zone: str, data: bytes) -> None:
        """Note the data of a time zone, a digest of them, with which rows are made.

        Raises DamagedError where rows were made with others.
        """
        noted = self.meta(_ZONES)
        known: dict[str, bytes] = msgspec.msgpack.decode(noted) if noted else {}
        if known.get(zone, data) != data:
            raise DamagedError
        if zone not in known:
            self.set_meta(_ZONES, msgspec.msgpack.encode({**known, zone: data}))

    def files(self, paths: Sequence[str] | None = None) -> dict[str, tuple[Signature, bytes]]:
        """The signature and the content digest of files, all or some, as last seen."""
        decode = msgspec.msgpack.Decoder(Signature).decode
        rows = self._some("SELECT path, signature, digest FROM files", paths)
        return {
            path: (decode(unsealed(signature, path)), digest) for path, signature, digest in rows
        }

    def put_files(self, rows: Iterable[tuple[str, Signature, bytes]]) -> None:
        """Note files as seen."""
        encode = msgspec.msgpack.Encoder().encode
        self._put(
            "INSERT OR REPLACE INTO files VALUES (?, ?, ?)",
            ((path, sealed(encode(signature), path), digest) for path, signature, digest in rows),
        )

    def record(self, path: str, digest: bytes) -> bytes | None:
        """What the file of records gave when it had this digest."""
        row = self._one("SELECT loaded FROM records WHERE path = ? AND digest = ?", path, digest)
        return unsealed(row[0], path) if row else None

    def put_record(self, path: str, digest: bytes, loaded: bytes) -> None:
        """Keep what a file of records gives."""
        self._put(
            "INSERT OR REPLACE INTO records VALUES (?, ?, ?)",
            [(path, digest, sealed(loaded, path))],
        )

    def studies(self, paths: Sequence[str] | None = None) -> dict[str, StudyRow]:
        """Studies by path, all or some."""
        decode = msgspec.msgpack.Decoder(StudyRow).decode
        rows = self._some("SELECT path, row FROM studies", paths)
        return {path: decode(unsealed(row, path)) for path, row in rows}

    def study(self, path: str) -> StudyRow:
        """The study of a briefing that has one; raises DamagedError where it is missing."""
        found = self.studies([path])
        if path not in found:
            raise DamagedError
        return found[path]

    def put_studies(self, rows: Sequence[tuple[str, StudyRow, bytes]]) -> None:
        """Keep studies, each with its body."""
        encode = msgspec.msgpack.Encoder().encode
        self._put(
            "INSERT OR REPLACE INTO studies VALUES (?, ?)",
            [(path, sealed(encode(row), path)) for path, row, _ in rows],
        )
        self._put(
            "INSERT OR REPLACE INTO bodies VALUES (?, ?)",
            [(path, sealed(body, path)) for path, _, body in rows],
        )

    def bodies(self, paths: Sequence[str]) -> dict[str, bytes]:
        """The bodies of some briefings, by path; raises DamagedError where one is missing."""
        return _bodies(self._db, paths)

    def pages(self, paths: Sequence[str] | None = None) -> dict[str, PageRow]:
        """Pages by their file in the output: all, or those that are named."""
        rows = self._some("SELECT path, key, asked, files FROM pages", paths)
        return {
            path: PageRow(key, unsealed(asked, path), unsealed(files, path))
            for path, key, asked, files in rows
        }

    def put_pages(self, rows: Mapping[str, PageRow]) -> None:
        """Keep what pages were made of."""
        self._put(
            "INSERT OR REPLACE INTO pages VALUES (?, ?, ?, ?)",
            [
                (path, row.key, sealed(row.asked, path), sealed(row.files, path))
                for path, row in rows.items()
            ],
        )

    def keep_only(self, table: str, paths: Collection[str]) -> None:
        """Drop the rows of all other paths; what stands behind a `#` is no part of a path."""
        assert table in ("files", "records")
        rows = self._all(f"SELECT path FROM {table}")  # noqa: S608 (one of two names)
        self.forget(table, [path for (path,) in rows if path.partition("#")[0] not in paths])

    def forget(self, table: str, paths: Iterable[str]) -> None:
        """Drop rows by path."""
        assert table in ("files", "records", "studies", "bodies", "pages")
        self._put(f"DELETE FROM {table} WHERE path = ?", [(p,) for p in paths])  # noqa: S608

    def save(self) -> None:
        """Make all that was put since the last time last, in one go."""
        if self._db.in_transaction:
            self._db.execute("COMMIT")
        self._db.execute("BEGIN")

    def undo(self) -> None:
        """Drop all that was put since it was last saved."""
        self._db.execute("ROLLBACK")
        self._db.execute("BEGIN")

    def close(self) -> None:
        """Drop what was not saved, and close."""
        with suppress(sqlite3.Error):
            self._db.close()

    def _put(self, statement: str, rows: Iterable[tuple[Any, ...]]) -> None:
        if not self._is_read_only:
            self._db.executemany(statement, rows)

    def _one(self, query: str, *values: object) -> tuple[Any, ...] | None:
        row: tuple[Any, ...] | None = self._db.execute(query, values).fetchone()
        return row

    def _some(self, query: str, paths: Sequence[str] | None) -> Iterator[tuple[Any, ...]]:
        """The rows of all paths, or of some: in bunches, as SQLite limits the values of a query."""
        if paths is None:
            return self._all(query)
        rows: list[tuple[Any, ...]] = []
        for at in range(0, len(paths), _BUNCH):
            some = paths[at : at + _BUNCH]
            marks = ",".join("?" * len(some))
            rows += self._db.execute(f"{query} WHERE path IN ({marks})", some)
        return iter(rows)

    def _all(self, query: str) -> Iterator[tuple[Any, ...]]:
        return self._db.execute(query)


class BodyReader:
    """Reads bodies in another process, from the cache's file."""

    def __init__(self, file: Path) -> None:
        """Open the cache's file for reading."""
        self._db = sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)

    def bodies(self, paths: Sequence[str]) -> dict[str, bytes]:
        """The bodies of some briefings, by path."""
        return _bodies(self._db, paths)

    def close(self) -> None:
        """Close the file."""
        self._db.close()


def _bodies(database: sqlite3.Connection, paths: Sequence[str]) -> dict[str, bytes]:
    marks = ",".join("?" * len(paths))
    query = f"SELECT path, body FROM bodies WHERE path IN ({marks})"  # noqa: S608 (marks only)
    found = {path: unsealed(body, path) for path, body in database.execute(query, paths)}
    if found.keys() != set(paths):
        raise DamagedError
    return found


def _connect(file: Path, mode: str) -> sqlite3.Connection:
    """Open the database; raises one of `_UNUSABLE` where it is not one of this header."""
    database = sqlite3.connect(
        f"{file.absolute().as_uri()}?mode={mode}", uri=True, isolation_level=None, timeout=30
    )
    try:
        database.execute("PRAGMA journal_mode = TRUNCATE")
        database.execute("PRAGMA synchronous = OFF")
        tables = database.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        if tables == 0 and mode != "ro":
            _create(database)
        row = database.execute("SELECT value FROM meta WHERE name = 'header'").fetchone()
        database.execute("BEGIN")
    except BaseException:
        database.close()
        raise
    if row is not None and row[0] == header().encode():
        return database
    database.close()
    raise sqlite3.DatabaseError("made with other versions")


def _create(database: sqlite3.Connection) -> None:
    database.executescript(_TABLES)
    database.execute("INSERT INTO meta VALUES ('header', ?)", (header().encode(),))


def _remove(file: Path) -> None:
    for ending in ("", "-wal", "-shm", "-journal"):
        with suppress(OSError):
            file.with_name(file.name + ending).unlink()
