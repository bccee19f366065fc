"""Giving diagnostics of later stages their line and column.

In: diagnostics whose places have a pointer into a file's data, or words to look for. Out: the same
ones with line and column, as far as they can be found. It is called only when there is something
to show, and reads each file once.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable
from functools import cached_property
from urllib.parse import unquote

import msgspec

from briefgen.load.front_matter import YAML_LINE, split
from briefgen.load.yaml_nodes import Document, Locate, compose, places
from briefgen.model.diagnostics import Diagnostic, Place

_LONGEST_NEEDLE = 200  # code points of one that are looked for
_REACH, _REACH_OVER_LINES = 1_000_000, 50_000  # and in how many behind the place
_OF_KEYS = frozenset({"key-unused"})
"""Codes of findings that are about a key and not its value."""


def locate(
    diagnostics: Iterable[Diagnostic], read_text: Callable[[str], str]
) -> tuple[Diagnostic, ...]:
    """Return the diagnostics, in their order, with the lines and columns that can be found.

    `read_text` gives the decoded text of a file of the site by its path; an empty one where it
    can't be read. A place that has a column already stays as it is. A pointer leads to its value
    (or its key, in findings that are about the key) or to the nearest one above it that is there;
    a needle is looked for from there, or else from the place's line, on. Where it is not found
    the place stays what it is without it.
    """
    files: dict[str, _File] = {}
    found = []
    for diagnostic in diagnostics:
        place = diagnostic.place
        if place.path and not place.column and (place.pointer or place.needle):
            file = files.get(place.path)
            if file is None:
                file = files[place.path] = _File(place.path, read_text(place.path))
            line, column = file.line_column(place, at_key=diagnostic.code in _OF_KEYS)
            place = Place(place.path, line, column, place.pointer, place.needle)
            diagnostic = msgspec.structs.replace(diagnostic, place=place)  # noqa: PLW2901
        found.append(diagnostic)
    return tuple(found)


class _File:
    """A file that diagnostics point into; its data is read when one has a pointer."""

    def __init__(self, path: str, text: str) -> None:
        self._path = path
        self._text = text
        self._at: Locate | None = None

    def line_column(self, place: Place, *, at_key: bool) -> tuple[int, int]:
        line, column = place.line, 0
        if place.pointer and self._path.endswith(".bib"):
            return self._find(f"{{{place.pointer[0]},", 1, 0)
        if place.pointer:
            if self._at is None:
                self._at = _places(self._text, self._path)
            value = self._at(place.pointer, at_key)
            line, column = value.line, value.column
        if not place.needle:
            return line, column
        found = self._find(place.needle, line, column)
        if found == (line, column) and "%" in place.needle:  # of an address, as browsers want it
            found = self._find(unquote(place.needle), line, column)
        return found

    def _find(self, needle: str, line: int, column: int) -> tuple[int, int]:
        """Where a needle stands from a line and column on; these themselves where it does not."""
        text, starts = self._text, self._lines
        needle = needle[:_LONGEST_NEEDLE]
        start = starts[min(max(line, 1), len(starts)) - 1] + max(column - 1, 0)
        offset = text.find(needle, start, start + _REACH)
        if offset < 0:
            # It may go over the end of a line, and the next one begin with a quotation's mark.
            words = map(re.escape, needle.split())
            match = re.compile(r"[\s>]+".join(words)).search(text, start, start + _REACH_OVER_LINES)
            offset = match.start() if match else -1
        if offset < 0:
            return line, column
        found = bisect_right(starts, offset)
        return found, offset - starts[found - 1] + 1

    @cached_property
    def _lines(self) -> list[int]:
        """Where each line begins, as offsets."""
        return [0, *(match.end() for match in re.finditer("\n", self._text))]


def _places(text: str, path: str) -> Locate:
    """The places of a file's data; JSON is YAML as far as places go."""
    first_line = 1
    if path.endswith(".md"):
        parts = split(text)
        text, first_line = (parts.yaml_text, YAML_LINE) if parts else ("", 1)
    document, _ = compose(text, path, first_line)
    # Where nothing can be read there is no value to point at, but still a file.
    return places(document or Document(None, None, first_line), path)
