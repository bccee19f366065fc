"""A site's output and state folder, and builds of it in one line."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from briefgen.write.manifest import MANIFEST
from briefgen.write.transaction import Committed, Transaction

Tree = dict[str, bytes]


class Site:
    """An output with its state; `build` stages all files given, and commits."""

    def __init__(self, root: Path) -> None:
        self.output = root / "site"
        self.state = root / ".briefgen"

    def begin(self) -> Transaction:
        return Transaction.begin(self.output, self.state)

    def build(self, files: Mapping[str, str], extra: Mapping[str, str] | None = None) -> Committed:
        with self.begin() as tx:
            for path, text in files.items():
                tx.stage(path, text.encode())
            return tx.commit(extra)

    def tree(self) -> Tree:
        """The whole output, the manifest too; links as `-> target`, folders only if empty."""
        return tree_of(self.output)

    def pages(self) -> dict[str, str]:
        """The output as text, without the manifest."""
        return {path: data.decode() for path, data in self.tree().items() if path != MANIFEST}

    def stages(self) -> list[str]:
        """What is left of stages, wherever they may lie."""
        places = [self.output.parent, self.output, self.state]
        return [
            str(found) for place in places if place.is_dir() for found in place.glob("*stage-*")
        ]


def tree_of(folder: Path) -> Tree:
    found: Tree = {}
    for root, names, files in os.walk(folder):
        here = Path(root)
        for name in files + [name for name in names if (here / name).is_symlink()]:
            path = here / name
            is_link = path.is_symlink()
            data = f"-> {path.readlink()}".encode() if is_link else path.read_bytes()
            found[path.relative_to(folder).as_posix()] = data
        if not names and not files and here != folder:
            found[here.relative_to(folder).as_posix() + "/"] = b""
    return found


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)


@pytest.fixture
def fast_site(tmp_path: Path) -> Iterator[Site]:
    """A site in memory, where there is such a disk: for tests of some thousand commits."""
    shm = Path("/dev/shm")
    with TemporaryDirectory(dir=shm if shm.is_dir() else tmp_path) as folder:
        yield Site(Path(folder))


@pytest.fixture(autouse=True)
def _unsynced(monkeypatch: pytest.MonkeyPatch) -> None:
    """Thousands of commits: what a sync does to the disk is not what is tested."""
    monkeypatch.setattr(os, "fsync", lambda _target: None)
