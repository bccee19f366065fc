"""The catalogue: entities, treaties, sources, topics and plain pages, with their writing.

In: the listing of the site's files. Out: typed records, studied bodies and diagnostics; what the
cache holds of files that have not changed is taken from there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from hashlib import blake2b
from pathlib import Path
from typing import Any

from briefgen.annotate.gazetteer import Gazetteer
from briefgen.build.cache import Cache
from briefgen.build.digests import FileDigests, digest_of
from briefgen.build.study import Context, RecordStudy, study_record
from briefgen.load.record import DataKind
from briefgen.load.records import load_data_file
from briefgen.load.scan import File, Listing
from briefgen.load.text import DATA_LIMIT, PAGE_LIMIT, decode, read
from briefgen.model.codec import decoder, encode
from briefgen.model.diagnostics import Diagnostic
from briefgen.model.facts import Loaded, Record
from briefgen.parse.markdown import MarkdownParser

_LOADED = decoder(Loaded)
_STUDY = decoder(RecordStudy)


def files_of(listing: Listing) -> Mapping[DataKind, tuple[File, ...]]:
    """The files of records, by kind."""
    return {
        "entities": listing.entities,
        "treaties": listing.treaties,
        "sources": listing.sources,
        "topics": listing.topics,
        "pages": listing.pages,
    }


def load_records(root: Path, listing: Listing, cache: Cache, digests: FileDigests) -> Loaded:
    """Load all files of records."""
    found: list[Diagnostic] = []
    groups: dict[DataKind, list[Record[Any]]] = {}
    for kind, files in files_of(listing).items():
        records = groups.setdefault(kind, [])
        for file in files:
            loaded = _load(root, kind, file.path, cache, digests)
            records += getattr(loaded, kind)
            found += loaded.diagnostics
    fields: dict[str, Any] = {kind: tuple(records) for kind, records in groups.items()}
    return Loaded(**fields, diagnostics=tuple(found))


def _load(root: Path, kind: DataKind, path: str, cache: Cache, digests: FileDigests) -> Loaded:
    digest = digests.of(path)
    known = cache.record(path, digest) if digest else None
    if known is not None:
        loaded: Loaded = _LOADED.decode(known)
        return loaded
    limit = PAGE_LIMIT if path.endswith(".md") else DATA_LIMIT
    data, found = read(root, path, limit)
    loaded = Loaded(diagnostics=found) if found else _load_data(kind, data, path, limit)
    if digest and digest == digest_of(data):  # else it was changed while we looked
        cache.put_record(path, digest, encode(loaded))
    return loaded


def _load_data(kind: DataKind, data: bytes, path: str, limit: int) -> Loaded:
    text, found = decode(data, path, limit)
    return Loaded(diagnostics=found) if found else load_data_file(kind, text, path)


def gazetteer_of(loaded: Loaded) -> Gazetteer:
    """The names of all entities and treaties."""
    records: Iterable[Record[Any]] = (*loaded.entities, *loaded.treaties)
    return Gazetteer.from_entities(
        ((record.id, record.value.own_names()) for record in records),
        (
            (record.id, lang, name)
            for record in records
            for lang, name in record.value.names.items()
        ),
    )


def study_records(
    loaded: Loaded, context: Context, key: bytes, cache: Cache
) -> Iterator[tuple[str, RecordStudy]]:
    """The writing of records with a body or an image, by key; `key` is the context's digest."""
    parser = MarkdownParser()
    groups: tuple[tuple[str, tuple[Record[Any], ...]], ...] = (
        ("entity", loaded.entities),
        ("treaty", loaded.treaties),
        ("topic", loaded.topics),
        ("page", loaded.pages),
    )
    for kind, records in groups:
        for record in records:
            if record.body.strip() or getattr(record.value, "image", None) is not None:
                own = record.id if kind in ("entity", "treaty") else None
                yield f"{kind}:{record.id}", _study(record, own, context, key, cache, parser)


def _study(
    record: Record[Any], own: str | None, context: Context, key: bytes, cache: Cache,
    parser: MarkdownParser,
) -> RecordStudy:  # fmt: skip
    path = f"{record.path}#{record.id}"
    digest = blake2b(encode((key, record.digest, record.body_line)), digest_size=16).digest()
    known = cache.record(path, digest)
    if known is not None:
        study: RecordStudy = _STUDY.decode(known)
        return study
    study = study_record(record, own, context, parser)
    cache.put_record(path, digest, encode(study))
    return study
