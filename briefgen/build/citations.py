"""The sources of a site as its citation style writes them out, made by Pandoc.

In: the linked index and the style. Out: HTML by language and source. What was made before is taken
from the cache; the rest is handed to Pandoc in batches, each work by itself.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from hashlib import blake2b
from itertools import groupby
from pathlib import Path

import msgspec

from briefgen.build.cache import Cache
from briefgen.build.snapshot import Style
from briefgen.model.addresses import is_allowed
from briefgen.model.citing import cited_key
from briefgen.model.codec import decoder, encode
from briefgen.model.dates import Day
from briefgen.model.diagnostics import Diagnostic, Place, finding
from briefgen.model.index import SiteIndex
from briefgen.model.source import Source

_NAME = "citations"
_SCRIPT = Path(__file__).with_name("cite.lua")
_BATCH = 50
_IN_PERIODICALS = frozenset(
    ("article", "article-journal", "article-magazine", "article-newspaper", "broadcast", "chapter",
     "entry", "interview", "paper-conference", "post", "post-weblog", "webpage")
)  # fmt: skip
"""Types whose publisher is the title of what they stand in."""


class Work(msgspec.Struct, frozen=True, omit_defaults=True):
    """A source as `cite.lua` takes it."""

    type: str
    title: str
    author: tuple[str, ...]
    publisher: str | None = None
    container: str | None = None
    issued: tuple[str, ...] | None = None
    accessed: tuple[str, ...] | None = None
    url: str | None = None


class _Asked(msgspec.Struct, frozen=True):
    csl: str
    lang: str
    items: list[Work]


_KEPT = decoder(dict[bytes, str])
_LIST = msgspec.json.Decoder(list[str])


class CitingError(Exception):
    """Pandoc failed; the message is the last that it said."""


def cite(
    index: SiteIndex, style: Style, config_path: str, cache: Cache
) -> tuple[dict[str, str], list[Diagnostic]]:
    """The HTML of every source, by `cited_key`. Emits citation-style where Pandoc refuses it."""
    assert style.file is not None
    assert style.program is not None
    wanted = {key: (lang, work_of(source)) for key, lang, source in _sources(index)}
    names = {
        key: blake2b(encode((style.digest, lang, work)), digest_size=16).digest()
        for key, (lang, work) in wanted.items()
    }
    data = cache.meta(_NAME)
    known: dict[bytes, str] = _KEPT.decode(data) if data else {}
    new = {names[key]: one for key, one in wanted.items() if names[key] not in known}
    made = partial(_run, style.program, style.file)
    batches = [
        (lang, rows[at : at + _BATCH])
        for lang, group in groupby(sorted(new.items(), key=_by_language), key=_by_language)
        for rows in [tuple(group)]
        for at in range(0, len(rows), _BATCH)
    ]
    try:
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            for found in pool.map(lambda one: made(*one), batches):
                known.update(found)
    except CitingError as error:
        at = Place(config_path, pointer=("citations", "style"))
        message = f"Pandoc can't write out sources in this style: {error}"
        return {}, [finding("citation-style", at, message, "Take another style.")]
    entries = {key: known[name] for key, name in names.items()}
    cache.set_meta(_NAME, encode({names[key]: html for key, html in entries.items()}))
    return entries, []


def _by_language(row: tuple[bytes, tuple[str, Work]]) -> str:
    return row[1][0]


def _sources(index: SiteIndex) -> Iterator[tuple[str, str, Source]]:
    """Each source with its key, in each language in which a page may show it."""
    home = index.config.language
    for id_, record in index.sources.items():
        yield cited_key(home, id_), home, record.value
    for facts in index.briefings.values():
        lang = facts.lang or home
        for id_, source in facts.sources.items():
            yield cited_key(lang, id_, facts.id), lang, source
            if lang != home:  # in which the list of sources shows it
                yield cited_key(home, id_, facts.id), home, source
        if lang != home:
            for id_ in {cite.source for cite in facts.writing.cites} & index.sources.keys():
                yield cited_key(lang, id_), lang, index.sources[id_].value


def work_of(source: Source) -> Work:
    """A source in the terms of the Citation Style Language.

    An author is one name: which part of it is the family's is not known. An original that is gone
    has no address: the page says so beside the archived copy.
    """
    type_ = source.type or "document"
    publisher = source.publisher if source.title else None  # else it stands for the title
    is_part = type_ in _IN_PERIODICALS
    is_live = source.url_status == "live" and source.url is not None and is_allowed(source.url)
    return Work(
        type=type_,
        title=source.name,
        publisher=None if is_part else publisher,
        container=publisher if is_part else None,
        author=source.authors,
        issued=_parts(source.published),
        accessed=_parts(source.accessed),
        url=source.url if is_live else None,
    )


def _parts(day: Day | None) -> tuple[str, ...] | None:
    return tuple(day.split("-")) if day else None


def _run(
    program: Path, style: Path, lang: str, batch: tuple[tuple[bytes, tuple[str, Work]], ...]
) -> dict[bytes, str]:
    """The HTML of a batch of works, by their names in the cache. Raises CitingError."""
    asked = msgspec.json.encode(_Asked(str(style), lang, [work for _, (_, work) in batch]))
    try:
        done = subprocess.run(  # noqa: S603 - a program of the installation, no shell
            [str(program), "lua", str(_SCRIPT)], input=asked, capture_output=True, check=False
        )
    except OSError as error:
        raise CitingError(error.strerror or str(error)) from error
    if done.returncode != 0:
        said = done.stderr.decode(errors="replace").split("\n")
        lines = [line for one in said if (line := one.strip())]
        raise CitingError(" ".join(lines[:2]) or f"it ended with {done.returncode}")
    return dict(zip((name for name, _ in batch), _LIST.decode(done.stdout), strict=True))
