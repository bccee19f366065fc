"""Who listens at a port, where the system lets us know.

In goes a port, out come words for the user. On Linux the table of sockets has the listener, and the
descriptors of the user's own processes say whose it is; elsewhere nothing is known. Nothing here
touches the process.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import msgspec

PROC = Path("/proc")

_LISTENS = "0A"  # TCP_LISTEN, as the table writes it
_SHOWN = 60  # characters of a command


class Holder(msgspec.Struct, frozen=True):
    """A process that listens at a port."""

    process: int
    command: str
    folder: str  # that it runs in; "" where that is not told

    def __str__(self) -> str:
        where = f", in {self.folder}" if self.folder else ""
        return f"`{self.command}` (process {self.process}{where})"


def find_holder(port: int, proc: Path = PROC) -> Holder | None:
    """Return who listens at a TCP port of this machine, None where that can't be known."""
    names = {f"socket:[{inode}]" for inode in _inodes(port, proc)}
    for process in _processes(proc) if names else ():
        if names & set(_descriptors(process)):
            return Holder(int(process.name), _command(process), _link(process / "cwd"))
    return None


def _inodes(port: int, proc: Path) -> Iterator[str]:
    """The sockets that listen at a port, as proc_net(5) has them."""
    for table in ("tcp", "tcp6"):
        try:
            lines = (proc / "net" / table).read_text("ascii", "replace").splitlines()[1:]
        except OSError:
            continue
        for line in lines:
            fields = line.split()
            _, _, local_port = fields[1].rpartition(":")
            if fields[3] == _LISTENS and int(local_port, 16) == port:
                yield fields[9]


def _processes(proc: Path) -> list[Path]:
    try:
        return [path for path in proc.iterdir() if path.name.isdecimal()]
    except OSError:
        return []


def _descriptors(process: Path) -> Iterator[str]:
    """Where the descriptors of a process lead; none for one of another user's."""
    try:
        links = list((process / "fd").iterdir())
    except OSError:
        return
    yield from map(_link, links)


def _link(path: Path) -> str:
    try:
        return os.readlink(path)  # noqa: PTH115  (a socket's is no path)
    except OSError:
        return ""


def _command(process: Path) -> str:
    """The words of a process as typed, cut where they are long."""
    try:
        words = (process / "cmdline").read_bytes().decode("utf-8", "replace")
    except OSError:
        return "unknown"
    # Of programs and scripts the names will do; a process may call itself what it likes.
    named = [os.path.basename(word) for word in words.rstrip("\0").split("\0")]  # noqa: PTH119
    said = "".join(one if one.isprintable() else "?" for one in " ".join(named))
    return said if len(said) <= _SHOWN else f"{said[:_SHOWN]}..."
