"""The stage: where outputs wait until all of them are there.

In: bytes and files. Out: staged files, on the same disk as the output, with their digests. The
stage is a folder of its own for each run, in the state folder; where that is on another disk (or
behind another mount) than the output, a hidden one inside the output, or beside it while there is
none. Readers of the output are never shown what lies in it. `stage_into` may be called from
worker processes; all else is the transaction's.

A stage holds `files/` (what is staged), `old/` (what a commit replaced, until it is done) and,
while a commit is under way, a journal.
"""

# ruff: noqa: PTH102, PTH103, PTH104, PTH106 - system calls are what is counted here

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import msgspec

from briefgen.write.faults import output_fault, source_fault
from briefgen.write.paths import RESERVED, ancestors

FILES = "files"
OLD = "old"
JOURNAL = "journal"

DIGEST_CHARS = 32
CHUNK_BYTES = 1 << 20

_REFUSED = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_WRITE = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_CLOEXEC", 0)
_READ = os.O_RDONLY | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NONBLOCK", 0)


class Destination(msgspec.Struct, frozen=True):
    """An output and the state folder that serves it; paths are absolute, links resolved."""

    output: str
    state: str
    shown: str  # the output as the author named it
    key: str  # tells the outputs of one state folder apart, and outlives a move of both
    is_lasting: bool = True  # False for one that goes with its process: no wait for the disk

    @classmethod
    def of(
        cls, output: Path, state: Path, shown: str = "", *, is_lasting: bool = True
    ) -> Destination:
        """Return the destination that two paths name; neither need exist.

        `shown` is how messages call the output, if not by its path.
        """
        real, real_state = os.path.realpath(output), os.path.realpath(state)
        relative = os.path.relpath(real, real_state)
        key = hashlib.blake2b(os.fsencode(relative), digest_size=4).hexdigest()
        return cls(real, real_state, shown or os.fspath(output), key, is_lasting)

    @property
    def prefix(self) -> str:
        """What the names of this output's stages begin with."""
        return f"{RESERVED}stage-{self.key}-"

    def named_in(self, error: OSError) -> str:
        """The folder in which the system refused to write, as the author knows it."""
        if error.errno not in _REFUSED:
            return self.shown
        names = [str(name) for name in (error.filename2, error.filename) if name]  # of a move
        for name in names:
            if name.startswith(f"{self.output}/"):
                inside = f"{self.shown}/{name[len(self.output) + 1 :]}"
                return os.path.dirname(inside)  # noqa: PTH120
        if names and names[0].startswith(f"{self.state}/"):
            root = self.output.removesuffix(self.shown)
            return self.state.removeprefix(root)
        return self.shown

    @property
    def anchor(self) -> str:
        """The output, or while there is none the nearest folder above it that there is."""
        folder = self.output
        while not os.path.isdir(folder):  # noqa: PTH112
            folder = os.path.dirname(folder)  # noqa: PTH120
        return folder


def digest_of(data: bytes) -> str:
    """Return the digest by which outputs are compared: the first 16 bytes of SHA-256, in hex.

    Every byte of the output goes through it, and today's processors have instructions for it.
    """
    return hashlib.sha256(data).hexdigest()[:DIGEST_CHARS]


def digest_of_file(file: str) -> str:
    """Return the digest of a file's bytes, read in chunks; OSError where it can't be read."""
    sink = hashlib.sha256()
    source = os.open(file, _READ)
    try:
        while chunk := os.read(source, CHUNK_BYTES):
            sink.update(chunk)
    finally:
        os.close(source)
    return sink.hexdigest()[:DIGEST_CHARS]


def head_of(file: str, size: int) -> bytes:
    """The first bytes of an ordinary file, at most `size`; none where it can't be read."""
    with suppress(OSError):
        source = os.open(file, _READ)
        try:
            return os.read(source, size)  # of a pipe, nothing
        finally:
            os.close(source)
    return b""


def stage_into(stage_dir: str, name: str, data: bytes, path: str = "") -> tuple[str, int]:
    """Stage `data` as the file `name` of a transaction's `stage_dir`; safe in any process.

    `name` is relative, with slashes; its folders are made as needed, `stage_dir` itself never, so
    that a worker which outlives its build can't leave anything behind. `path` is how a message
    calls it, by default its name. Returns the digest and the size in bytes, for
    `Transaction.adopt`. Raises OutputFault.
    """
    write_into(stage_dir, name, data, path or name)
    return digest_of(data), len(data)


def write_into(stage_dir: str, name: str, data: bytes, path: str) -> None:
    """Do what `stage_into` does, for a caller that has the digest."""
    try:
        target = _create(stage_dir, name)
        try:
            _write_all(target, data)
        finally:
            os.close(target)
    except OSError as error:
        raise output_fault(path, error) from error


def copy_into(
    stage_dir: str, name: str, file: Path, path: str = "", shown: str = ""
) -> tuple[str, int]:
    """Stage a copy of `file`, as `stage_into` does, in chunks: it never lies in memory whole.

    `shown` is how a message calls `file`, if not by its whole path. Raises SourceFault where `file`
    can't be read or is no ordinary file, OutputFault where its copy can't be written.
    """
    sink = hashlib.sha256()
    size = 0
    try:
        with opened_source(file, shown) as source:
            target = _create(stage_dir, name)
            try:
                for chunk in _chunks(source, shown or str(file)):
                    sink.update(chunk)
                    size += len(chunk)
                    _write_all(target, chunk)
            finally:
                os.close(target)
    except OSError as error:
        raise output_fault(path or name, error) from error
    return sink.hexdigest()[:DIGEST_CHARS], size


def digest_of_source(file: Path, size: int, shown: str = "") -> str | None:
    """Return the digest of `file` where it has `size` bytes, else None; SourceFault as above."""
    with opened_source(file, shown) as source:
        if os.fstat(source).st_size != size:
            return None
        sink = hashlib.sha256()
        for chunk in _chunks(source, shown or str(file)):
            sink.update(chunk)
    return sink.hexdigest()[:DIGEST_CHARS]


@contextmanager
def opened_source(file: Path, shown: str = "") -> Iterator[int]:
    """Open an ordinary file for reading; SourceFault where that can't be done."""
    name = shown or str(file)
    try:
        source = os.open(file, _READ)
    except OSError as error:
        raise source_fault(name, error) from error
    try:
        if not stat.S_ISREG(os.fstat(source).st_mode):
            raise source_fault(name, OSError(errno.EINVAL, "it is not an ordinary file"))
        yield source
    finally:
        os.close(source)


def _chunks(source: int, name: str) -> Iterator[bytes]:
    while True:
        try:
            chunk = os.read(source, CHUNK_BYTES)
        except OSError as error:
            raise source_fault(name, error) from error
        if not chunk:
            return
        yield chunk


def _create(stage_dir: str, name: str) -> int:
    if name.endswith("/index.html"):  # the first file of its folder, as a rule
        make_folders(stage_dir, name)
    try:
        return os.open(f"{stage_dir}/{name}", _WRITE, 0o666)
    except FileNotFoundError:
        make_folders(stage_dir, name)
        return os.open(f"{stage_dir}/{name}", _WRITE, 0o666)


def make_folders(root: str, path: str) -> None:
    """Make the folders that `path` needs below `root`, which itself must be there."""
    missing = []
    for folder in ancestors(path):  # the nearest first: most often it alone is missing
        try:
            os.mkdir(f"{root}/{folder}")
        except FileNotFoundError:
            missing.append(folder)
        except FileExistsError:
            break
        else:
            break
    for folder in reversed(missing):
        with suppress(FileExistsError):
            os.mkdir(f"{root}/{folder}")


def _write_all(target: int, data: bytes) -> None:
    done = os.write(target, data)
    while done < len(data):
        done += os.write(target, memoryview(data)[done:])


def write_synced(file: str, data: bytes, *, waits: bool = True) -> None:
    """Write a file and, if `waits`, wait until the disk has it."""
    target = os.open(file, _WRITE, 0o666)
    try:
        _write_all(target, data)
        if waits:
            os.fsync(target)
    finally:
        os.close(target)


def open_stage(to: Destination) -> str:
    """Make this run's stage, on the disk of the output, and return its path.

    Whether a rename reaches the output is tried, since neither device numbers nor permission bits
    tell: one folder may be mounted twice. OSError where the output can't be written.
    """
    anchor = to.anchor
    os.makedirs(to.state, exist_ok=True)
    stage = tempfile.mkdtemp(prefix=to.prefix, dir=to.state)
    probe, landing = f"{stage}/probe", f"{anchor}/{os.path.basename(stage)}-probe"  # noqa: PTH119
    try:
        os.mkdir(probe)
        try:
            os.rename(probe, landing)
            os.rmdir(landing)
        except OSError as error:
            if error.errno != errno.EXDEV:
                raise
            shutil.rmtree(stage)
            stage = tempfile.mkdtemp(prefix=to.prefix, dir=anchor)
        # With the usual permissions, which mkdtemp does not give: it may become the output.
        os.mkdir(f"{stage}/{FILES}")
        os.mkdir(f"{stage}/{OLD}")
    except BaseException:
        shutil.rmtree(stage, ignore_errors=True)
        shutil.rmtree(landing, ignore_errors=True)
        raise
    return stage


def find_stages(to: Destination) -> list[str]:
    """Return the stages that earlier runs on this output left, killed before their end."""
    places = {to.state, to.anchor, os.path.dirname(to.output)}  # noqa: PTH120
    found = []
    for place in sorted(places):
        try:
            names = os.listdir(place)  # noqa: PTH208
        except (FileNotFoundError, NotADirectoryError, PermissionError):
            continue
        found += [f"{place}/{name}" for name in sorted(names) if name.startswith(to.prefix)]
    return found


def drop_stage(stage: str) -> None:
    """Remove a stage and what is in it, unless a journal there still has to be followed."""
    if not os.path.lexists(f"{stage}/{JOURNAL}"):
        shutil.rmtree(stage, ignore_errors=True)
