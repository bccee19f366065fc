"""The search index: made by Pagefind of the pages that were published, and published after them.

In: the output as a build has left it, and what the site's index says of its pages. Out: the folder
`pagefind/` of the output, on the manifest like all else that is briefgen's. The digest of what was
indexed lies in the manifest too, so Pagefind is started only where a page has changed.

Pagefind is given copies of the pages, each inside an element of its own that holds what it can be
filtered by. So pages carry nothing for the sake of search. This module must not change a page.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from hashlib import blake2b
from pathlib import Path

from briefgen.build.pagefind import IndexingError, program_version, run_pagefind
from briefgen.build.settle import settle
from briefgen.link.outputs import SEARCH_INDEX, file_of
from briefgen.model.codec import encode
from briefgen.model.index import SiteIndex
from briefgen.render.compose import escape
from briefgen.render.search import SearchRecord, search_records
from briefgen.write.manifest import Entry
from briefgen.write.transaction import Committed, Transaction

_NAME = "search"
"""Of the digest in the manifest."""

_FOLDER = f"{SEARCH_INDEX}/"
_WORK = "search"
"""The folder in the state folder where Pagefind works; it is there for no longer than that."""

_ROOT = "briefgen-page"
"""The element that each copy of a page is put into."""

_EXCLUDED = (
    "head", ".masthead", ".skip", ".meta", ".p-briefing .box", ".kinds", "sup.fn",
    ".box h2", ".box dt", ".end h2", ".end h3", ".end thead", ".end .quiet", ".back",
    ".section-h", ".briefs",
    ".ref", ".note-h", ".note .cite", ".vh", ".jump", ".unspaced", "svg", ".figures",
    *(f"[aria-labelledby={name}]" for name in (
        "glossary", "related", "backlinks", "mentions", "companions", "cited", "cite", "lineage",
        "timeline",
    )),
)  # fmt: skip
"""What would find a page by the words of others, or is no text. Pagefind itself leaves out `nav`,
`footer`, and what has the attribute `data-pagefind-ignore`."""

_UNUSED = ("pagefind-component-ui", "pagefind-highlight", "pagefind-modular-ui", "pagefind-ui")
"""What Pagefind's files of its own interfaces begin with: the theme has one."""

_FORMAT = 4
"""To be raised when what is indexed changes with no page changing."""


def index_pages(
    index: SiteIndex, program: Path, output: Path, state: Path, shown: str = ""
) -> tuple[Mapping[str, Entry], Committed]:
    """Make the index anew, where pages have changed since: the output's files, and what was done.

    `output` is as it was committed just now, `state` the site's state folder. Raises IndexingError
    and WriteFault; the index is then as it was.
    """
    with Transaction.begin(output, state, shown) as transaction:
        listed = transaction.previous
        records = [record for record in search_records(index) if file_of(record.path) in listed]
        digest = _digest(records, listed)
        if transaction.previous_extra.get(_NAME) == digest:
            return listed, Committed(0, 0, len(listed))
        for path, entry in listed.items():
            if not path.startswith(_FOLDER) and not transaction.keep(path, entry.digest):
                raise IndexingError(f"`{path}` was altered meanwhile")
        work = state / _WORK
        try:
            for path, file in _made(index, records, program, output, work):
                transaction.stage_file(path, file)
            done = transaction.commit({_NAME: digest})
        except OSError as error:
            raise IndexingError(error.strerror or str(error)) from error
        finally:
            shutil.rmtree(work, ignore_errors=True)
        return transaction.wanted, done


def _digest(records: list[SearchRecord], listed: Mapping[str, Entry]) -> str:
    found = blake2b(encode((_FORMAT, program_version(), _EXCLUDED)), digest_size=16)
    for record in records:
        found.update(encode((record, listed[file_of(record.path)].digest)))
    return found.hexdigest()


def _made(
    index: SiteIndex, records: list[SearchRecord], program: Path, output: Path, work: Path
) -> Iterator[tuple[str, Path]]:
    """The files of the index: where they go in the output, and where they lie now."""
    if not records:
        return
    shutil.rmtree(work, ignore_errors=True)
    pages, made = work / "pages", work / "made"
    for record in records:
        file = file_of(record.path)
        copy = pages / file
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(_wrapped(record, (output / file).read_bytes()))
    as_file = index.config.urls == "file"
    run_pagefind(program, pages, made, _ROOT, _EXCLUDED, as_file=as_file)
    settle(made)
    for one in sorted(made.rglob("*")):
        if one.is_file() and not one.name.startswith(_UNUSED):
            yield _FOLDER + one.relative_to(made).as_posix(), one


def _wrapped(record: SearchRecord, page: bytes) -> bytes:
    """A page inside the element that is indexed, with what it can be filtered by."""
    head = [f"<{_ROOT}>"]
    head += [_value("filter", name, value) for name, value in record.filters]
    head += [_value("meta", name, value) for name, value in record.meta]
    return "".join(head).encode() + page + f"</{_ROOT}>".encode()


def _value(use: str, name: str, value: str) -> str:
    return f'<meta data-pagefind-{use}="{name}[content]" content="{escape(value)}">'
