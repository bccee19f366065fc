"""The catalogues of a site: the site's own, its theme's, the built-in theme's.

In: the site's folder, its theme, the languages of its pages. Out: the catalogues in layers, the
uppermost first, as templates lie, and what is wrong with them. A catalogue is read once for each
content: the cache keeps what it said. Of the built-in ones only those of languages in use are
opened.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import blake2b
from pathlib import Path

import msgspec

from briefgen.build.cache import Cache
from briefgen.build.theme import locale_folders
from briefgen.load.catalogue import load_catalogue
from briefgen.load.text import DATA_LIMIT, read_file
from briefgen.model.codec import decoder, encode
from briefgen.model.diagnostics import Diagnostic
from briefgen.model.labels import Catalogue, names_of, normal

Row = tuple[Catalogue, tuple[Diagnostic, ...]]
_ROW = decoder(Row)


class Labels(msgspec.Struct, frozen=True):
    """The catalogues, in layers, and what is wrong with them."""

    layers: tuple[tuple[Catalogue, ...], ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


def read_labels(root: Path, theme: str, languages: Iterable[str], cache: Cache) -> Labels:
    """Read the catalogues of a site whose pages are in these languages.

    Emits what `load_catalogue` does, and file-unreadable.
    """
    *own, built_in = locale_folders(root, theme)
    used = {name for language in languages for name in names_of(language)}
    layers: list[tuple[Catalogue, ...]] = []
    found: list[Diagnostic] = []
    for folder in (*own, built_in):
        layer: list[Catalogue] = []
        for file in _catalogues(folder):
            if folder != built_in or normal(file.stem) in used:
                catalogue, faults = _read(file, _path(file, root), cache)
                layer.append(catalogue)
                found += faults
        layers.append(tuple(layer))
    return Labels(tuple(layers), tuple(found))


def catalogue_paths(root: Path, theme: str) -> Iterator[str]:
    """What the cache calls the catalogues that there are."""
    for folder in locale_folders(root, theme):
        yield from (_path(file, root) for file in _catalogues(folder))


def _catalogues(folder: Path) -> Iterator[Path]:
    if folder.is_dir():
        yield from sorted(file for file in folder.glob("*.po") if file.is_file())


def _path(file: Path, root: Path) -> str:
    """What messages, and the cache, call a file."""
    return file.relative_to(root).as_posix() if file.is_relative_to(root) else file.as_posix()


def _read(file: Path, path: str, cache: Cache) -> Row:
    data, found = read_file(file, path, DATA_LIMIT)
    if found:
        return Catalogue(path, normal(file.stem), b"", b"", ()), found
    digest = blake2b(data, digest_size=16).digest()
    known = cache.record(path, digest)
    if known is not None:
        row: Row = _ROW.decode(known)
        return row
    row = load_catalogue(path, data)
    cache.put_record(path, digest, encode(row))
    return row
