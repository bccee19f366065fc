"""The quickest answer: nothing has changed since the last build.

In: the signatures of all that a build reads, and the files of the output. Out: what the last build
said, if all of them are as they were. No file is read for it but the cache and the manifest.

A snapshot is taken only of a build that published, and only where every file was at rest when it
was listed; so a signature that is the same means content that is the same.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from pathlib import Path

import msgspec

from briefgen.build.cache import Cache
from briefgen.build.configure import config_path
from briefgen.build.digests import is_at_rest
from briefgen.build.options import BuildOptions
from briefgen.build.places import (
    Themed,
    are_as_listed,
    have_stood_still,
    look_at_themes,
    signature_of,
)
from briefgen.build.result import LeftOut
from briefgen.load.config import FILE_NAMES
from briefgen.load.scan import Listing, Signature
from briefgen.model.codec import decoder, encode
from briefgen.model.diagnostics import Diagnostic
from briefgen.model.site import SiteConfig
from briefgen.write.transaction import Transaction

_NAME = "snapshot"
GROUND = "ground"
"""What the cache calls the files of the last build that published (`build/ground.py`)."""


class Snapshot(msgspec.Struct, frozen=True, array_like=True):
    """A build that published: what it was made of, and what it said."""

    key: bytes  # of all that was read
    output: bytes  # of the list of what was written
    others: tuple[str, ...]  # files read that no listing holds
    total: int  # pages
    left_out: LeftOut
    diagnostics: tuple[Diagnostic, ...]


_SNAPSHOT = decoder(Snapshot)


class Style(msgspec.Struct, frozen=True):
    """A citation style that can be used, or what is wrong with it: see `styles.find_style`."""

    file: Path | None = None
    program: Path | None = None  # Pandoc
    digest: bytes = b""  # of the style and of the program
    fault: Diagnostic | None = None


class Inputs(msgspec.Struct, frozen=True):
    """All that a build reads, but for files that only its texts name."""

    options: BuildOptions
    config: SiteConfig
    listing: Listing
    folders: tuple[Path, ...]  # of templates and static files of themes
    themed: Themed  # what lies in them
    now_ns: int  # when it was listed
    indexer: Path | None = None  # Pagefind, where the site has search and it is installed
    style: Style | None = None  # of citations, where it isn't the theme's own

    @property
    def is_indexed(self) -> bool:
        """Whether pages are to be indexed for search once they are published."""
        return self.indexer is not None and self.options.search

    @property
    def is_narrow(self) -> bool:
        """Whether a part of the site may be built by itself.

        `--explain` takes a walk over all pages, a search index all of them, a style all sources.
        """
        return not self.options.explain and not self.is_indexed and self.style is None

    def is_content_in_place(self, others: Iterable[str]) -> bool:
        """Whether no folder was put in the place of another since; `others` no listing holds."""
        root = self.options.root
        return are_as_listed(root, self.listing) and have_stood_still(root, others, self.now_ns)

    def is_theme_in_place(self) -> bool:
        """Whether the templates and the theme's files are those that there were."""
        return look_at_themes(self.folders) == self.themed


def recall(inputs: Inputs, cache: Cache, transaction: Transaction) -> Snapshot | None:
    """The last build's snapshot, where nothing has changed: its files are then all kept."""
    data = cache.meta(_NAME)
    if not data:
        return None
    snapshot: Snapshot = _SNAPSHOT.decode(data)
    if snapshot.key != _key(inputs, snapshot.others):
        return None
    if snapshot.output != digest_of_written(transaction):
        return None
    kept = all(transaction.keep(path, one.digest) for path, one in transaction.previous.items())
    return snapshot if kept else None


def take(
    inputs: Inputs, cache: Cache, others: Iterable[str], total: int, left_out: LeftOut,
    diagnostics: tuple[Diagnostic, ...], output: bytes, *, is_settled: bool,
) -> None:  # fmt: skip
    """Keep a snapshot of a build that has published, or none where a file was not at rest."""
    others = tuple(sorted(others))
    key = _key(inputs, others) if is_settled else None
    if key is None:
        cache.set_meta(_NAME, b"")
    else:
        cache.set_meta(_NAME, encode(Snapshot(key, output, others, total, left_out, diagnostics)))


def digest_of_written(transaction: Transaction) -> bytes:
    """The digest, 16 bytes, of the list of what lies in the output."""
    return digest_of_output((path, entry.digest) for path, entry in transaction.previous.items())


def digest_of_output(files: Iterable[tuple[str, str]]) -> bytes:
    """The digest, 16 bytes, of a list of files with their digests, in any order."""
    return blake2b(encode(sorted(files)), digest_size=16).digest()


def _key(inputs: Inputs, others: tuple[str, ...]) -> bytes | None:
    """The digest of all that is read; None where a file was not at rest."""
    key, briefings = key_but_briefings(inputs, others), inputs.listing.briefings
    if key is None or not all(is_at_rest(file.signature, inputs.now_ns) for file in briefings):
        return None
    return blake2b(key + encode(briefings), digest_size=16).digest()


def key_but_briefings(inputs: Inputs, others: tuple[str, ...]) -> bytes | None:
    """The digest of all that is read but the files of briefings; None where one was not at rest.

    `others` are files that no listing holds.
    """
    options = msgspec.structs.replace(
        inputs.options, jobs=None, clean=False, cache_dir=None, explain=()
    )
    said = msgspec.msgpack.encode((msgspec.structs.asdict(options), inputs.config), enc_hook=str)
    found = blake2b(said, digest_size=16)
    found.update(b"\1" if inputs.indexer else b"\0")
    found.update(b"\1" if os.path.lexists(inputs.options.root / FILE_NAMES[1]) else b"\0")
    if inputs.style:
        found.update(inputs.style.digest or encode(inputs.style.fault))
    reduced = msgspec.structs.replace(inputs.listing, briefings=())
    rows: list[tuple[str, Signature | None]] = []
    rows += [(file.path, file.signature) for file in reduced.files()]
    rows += [*inputs.themed.files, *_signed(inputs.options.root, others)]
    if not all(is_at_rest(signature, inputs.now_ns) for _, signature in rows if signature):
        return None
    found.update(encode(rows))
    found.update(encode(_folders(inputs.options.root, others)))
    found.update(encode(inputs.listing.diagnostics))
    return found.digest()


def surroundings(inputs: Inputs) -> bytes | None:
    """The digest of all that is read but the texts of briefings and raw articles.

    None where a file was not at rest.
    """
    listing = inputs.listing
    paths = [file.path for file in listing.briefings]
    reduced = msgspec.structs.replace(inputs, listing=msgspec.structs.replace(listing, seeds=()))
    key = key_but_briefings(reduced, (config_path(inputs.options),))
    return blake2b(encode((key, paths)), digest_size=16).digest() if key else None


def _folders(root: Path, paths: Iterable[str]) -> list[tuple[str, str]]:
    """The folders of files that no listing holds, and where they lie, links followed."""
    folders = sorted({path.rpartition("/")[0] for path in paths})
    return [(folder, os.path.realpath(root / folder)) for folder in folders]


def _signed(root: Path, paths: Iterable[str]) -> Iterator[tuple[str, Signature | None]]:
    for path in paths:
        yield path, signature_of(str(root / path))
