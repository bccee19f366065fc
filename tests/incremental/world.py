"""A site on disk that is edited and built again and again, and each time compared with a clean one.

The site is kept as documents: what its files say, by path. A document is an `Article` (front matter
and paragraphs), plain data (written as JSON, which is YAML), a text, or bytes. An edit makes other
documents of them; `write` brings the disk in line, file by file, as an editor would.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from briefgen.build.options import BuildOptions
from briefgen.build.pipeline import build
from briefgen.model.dates import Day


class Article(NamedTuple):
    """A Markdown file with its front matter."""

    front: Mapping[str, Any]
    paragraphs: tuple[str, ...] = ()


Document = Article | list[dict[str, Any]] | dict[str, Any] | str | bytes
Documents = dict[str, Document]

FOREIGN = "put-there-by-hand.txt"


def bytes_of(document: Document) -> bytes:
    """What the file of a document holds."""
    if isinstance(document, bytes):
        return document
    if isinstance(document, str):
        return document.encode()
    if isinstance(document, Article):
        front = "".join(f"{key}: {_json(value)}\n" for key, value in document.front.items())
        return "\n\n".join((f"---\n{front}---", *document.paragraphs)).encode() + b"\n"
    return _json(document).encode()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def tree_of(folder: Path) -> dict[str, bytes]:
    """All files of a folder, by path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


class World:
    """A site, its options, and its twin that is always built anew."""

    def __init__(self, folder: Path, documents: Documents) -> None:
        self.root, self.twin = folder / "site", folder / "twin"
        self.documents: Documents = {}
        self.options = BuildOptions(root=self.root, as_of=Day("2024-01-01"), jobs=1, infos=False)
        self.write(documents)

    @property
    def output(self) -> Path:
        """The folder that is published."""
        return self.root / "public"

    def write(self, documents: Documents, *, in_place: bool = True) -> None:
        """Make these the documents; a file is written over in place, or replaced by a new one."""
        for path in self.documents.keys() - documents.keys():
            (self.root / path).unlink()
        for path, document in documents.items():
            data = bytes_of(document)
            if path not in self.documents or data != bytes_of(self.documents[path]):
                self._write(self.root / path, data, in_place=in_place)
        self.documents = documents

    def _write(self, file: Path, data: bytes, *, in_place: bool) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        target = file if in_place else file.with_name(f".{file.name}.swp")
        target.write_bytes(data)
        if not in_place:
            target.replace(file)

    def write_unseen(self, path: str, document: Document) -> None:
        """Write as many bytes into a file as it has, and put its time back."""
        file, data = self.root / path, bytes_of(document)
        before = file.stat()
        assert before.st_size == len(data)
        with file.open("r+b") as target:
            target.write(data)
        os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
        self.documents = self.documents | {path: document}

    def move(self, path: str, to: str) -> None:
        """Move a file, or a folder with all that is in it."""
        target = self.root / to
        target.parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).rename(target)
        self.documents = {
            to + other[len(path) :] if other == path or other.startswith(path + "/") else other: doc
            for other, doc in self.documents.items()
        }

    def build(self):
        """Build the site as it stands, on what earlier builds left."""
        return build(self.options)

    def build_twin(self):
        """Build a copy of the site that has no past."""
        shutil.rmtree(self.twin, ignore_errors=True)
        leave = shutil.ignore_patterns("public", ".briefgen")
        shutil.copytree(self.root, self.twin, ignore=leave)
        return build(msgspec.structs.replace(self.options, root=self.twin, clean=True))

    def compare(self) -> bool:
        """Build both, and assert that there is no difference; False where they have errors."""
        before = tree_of(self.output)
        result, clean = self.build(), self.build_twin()
        after = tree_of(self.output)
        assert result.ok == clean.ok
        assert result.diagnostics == clean.diagnostics
        if not result.ok:
            assert after == before, "a failed build changed the output"
            return False
        foreign = {FOREIGN: before[FOREIGN]} if FOREIGN in before else {}
        assert_same(after, tree_of(self.twin / "public") | foreign)
        return True


def assert_same(found: Mapping[str, bytes], wanted: Mapping[str, bytes]) -> None:
    """Assert that two trees are one, and name the files in which they differ."""
    assert found.keys() == wanted.keys()
    differ = sorted(path for path in wanted if found[path] != wanted[path])
    assert not differ, f"not as in a clean build: {differ}"
