"""Reading a briefing, or a file of entities, treaties, sources, topics or pages.

In: the decoded text of one file and its path. Out: typed values, each with its id and slug, and
every diagnostic of the file. A bad entry never keeps the others from being read. No other file is
looked at: what ids name, and whether two are alike, is for `link`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from briefgen.load.front_matter import YAML_LINE, is_opened, split
from briefgen.load.identity import id_of_path
from briefgen.load.record import DataKind, read_record, read_value
from briefgen.load.text import FRONT_MATTER_LIMIT
from briefgen.load.yaml_nodes import Document, children, compose, places
from briefgen.model.briefing import Briefing
from briefgen.model.diagnostics import Diagnostic, Place, finding
from briefgen.model.facts import Loaded, Record

if TYPE_CHECKING:
    from briefgen.load.bibliography import Entry

__all__ = ["BriefingFile", "DataKind", "load_briefing", "load_data_file"]


class BriefingFile(msgspec.Struct, frozen=True, array_like=True):
    """A file of briefings: its front matter, and its body as text."""

    briefing: Briefing | None  # None where a required key is missing or bad
    id: str
    slug: str
    body: str
    body_line: int  # the line of the file on which the body begins, 1-based
    diagnostics: tuple[Diagnostic, ...] = ()


class _Page(NamedTuple):
    """A Markdown file in its parts; there is no document where its YAML can't be read."""

    document: Document | None
    body: str
    body_line: int
    found: tuple[Diagnostic, ...]


def load_briefing(text: str, path: str) -> BriefingFile:
    """Read a briefing: its front matter and its body.

    Codes: front-matter-missing, file-too-large, yaml-*, unknown-key, missing-key, invalid-value,
    invalid-id, duplicate-id (of annotations), archive-incomplete, refused-scheme.
    """
    page = _open_page(text, path)
    id_ = id_of_path(path)
    if page.document is None:
        return BriefingFile(None, id_, id_, page.body, page.body_line, page.found)
    at = places(page.document, path)
    value, id_, slug, found = read_value(page.document.data, Briefing, id_, at)
    return BriefingFile(value, id_, slug, page.body, page.body_line, page.found + found)


def load_data_file(kind: DataKind, text: str, path: str) -> Loaded:
    """Read one file of entities, treaties, sources, topics or plain pages.

    A `.md` file is one record with a body; a `.yml` or `.yaml` file a list of records, or for
    sources a mapping from id to source; a `.json` file of sources is CSL-JSON, a `.bib` file
    BibTeX. Codes: those of `load_briefing`.
    """
    ending = path.rpartition(".")[2].casefold()
    if ending == "md":
        parts = _load_page(kind, text, path)
    elif ending == "json":
        from briefgen.load.csl_json import read_csl_json  # noqa: PLC0415  (few sites have any)

        parts = _load_entries(*read_csl_json(text, path), path)
    elif ending == "bib":
        from briefgen.load.bibtex import read_bibtex  # noqa: PLC0415  (few sites have any)

        parts = _load_entries(*read_bibtex(text, path), path)
    else:
        parts = _load_list(kind, text, path)
    records: list[Record[Any]] = []
    found: list[Diagnostic] = []
    for record, problems in parts:
        found += problems
        if record is not None:
            records.append(record)
    fields: dict[str, Any] = {kind: tuple(records)}
    return Loaded(**fields, diagnostics=tuple(found))


_Part = tuple[Record[Any] | None, tuple[Diagnostic, ...]]


def _load_page(kind: DataKind, text: str, path: str) -> Iterator[_Part]:
    page = _open_page(text, path)
    yield None, page.found
    if page.document is not None:
        at = places(page.document, path)
        place = Place(path, 1, 1)
        data = page.document.data
        yield read_record(
            data,
            kind,
            id_of_path(path),
            place=place,
            at=at,
            body=page.body,
            body_line=page.body_line,
        )


def _load_list(kind: DataKind, text: str, path: str) -> Iterator[_Part]:
    document, found = compose(text, path)
    yield None, found
    if document is None:
        return
    if document.data is None:
        yield None, (_nothing(path),)
        return
    is_mapping = kind == "sources"
    if not isinstance(document.data, dict if is_mapping else list):
        yield None, (_wrong_shape(kind, path),)
        return
    for step, entry in children(document):
        at = places(entry, path)
        place = at((), True)
        place = Place(path, place.line, place.column, (step,))
        id_ = step if is_mapping else None
        yield read_record(entry.data, kind, id_, place=place, at=at)


def _load_entries(
    entries: list[Entry], found: tuple[Diagnostic, ...], path: str
) -> Iterator[_Part]:
    yield None, found
    if not entries and not found:
        yield None, (_nothing(path),)
    for entry in entries:
        place = Place(path, entry.line, entry.column, entry.pointer)
        at = partial(_same_place, place)
        yield read_record(entry.data, "sources", entry.id, place=place, at=at)


def _same_place(place: Place, _pointer: tuple[str, ...], _at_key: bool) -> Place:
    """The place of any value of an entry, where only the entry's own is known."""
    return Place(place.path, place.line, place.column)


def _open_page(text: str, path: str) -> _Page:
    parts = split(text)
    if parts is None:
        message, help = "The file does not begin with a line `---`.", "Begin it with"  # noqa: A001
        if is_opened(text):
            message = "The front matter that begins on line 1 has no end."
            help = "End it with"  # noqa: A001
        help += " a line `---`: the front matter stands between two of them, the text after."  # noqa: A001
        return _Page(
            None, text, 1, (finding("front-matter-missing", Place(path, 1, 1), message, help),)
        )
    body, body_line = parts.body, parts.body_line
    size = len(parts.yaml_text)
    if size * 4 > FRONT_MATTER_LIMIT and len(parts.yaml_text.encode()) > FRONT_MATTER_LIMIT:
        message = f"The front matter is larger than {FRONT_MATTER_LIMIT // 1024} KiB."
        help = "Move what is long into the text, or into a file of its own."  # noqa: A001
        return _Page(
            None, body, body_line, (finding("file-too-large", Place(path, 1, 1), message, help),)
        )
    document, found = compose(parts.yaml_text, path, YAML_LINE)
    return _Page(document, body, body_line, found)


def _nothing(path: str) -> Diagnostic:
    return finding(
        "file-empty",
        Place(path, 1, 1),
        "The file holds nothing: it is empty, or all of it is a comment.",
        "Restore what stood in it, or delete the file.",
    )


def _wrong_shape(kind: DataKind, path: str) -> Diagnostic:
    if kind == "sources":
        message = "A file of sources is a mapping from id to source."
        example = "Write `ap-2021-01-26:` and below it, indented, `title: ...` and the other keys."
    else:
        message = f"A file of {kind} is a list."
        example = "Begin each entry with `- id: ...`, its other keys below, indented alike."
    return finding("invalid-value", Place(path, 1, 1), message, example)
