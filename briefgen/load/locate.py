"""Giving diagnostics of later stages their line and column.

In: diagnostics whose places have a pointer into a file's data, or words to look for. Out: the same
ones with line and column, as far as they can be found. It is called only when there is something
to show, and reads each file once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import msgspec

from briefgen.load.front_matter import YAML_LINE, split
from briefgen.load.text import position
from briefgen.load.yaml_nodes import Document, Locate, compose, places
from briefgen.model.diagnostics import Diagnostic, Place


def locate(
    diagnostics: Iterable[Diagnostic], read_text: Callable[[str], str]
) -> tuple[Diagnostic, ...]:
    """Return the diagnostics, in their order, with the lines and columns that can be found.

    `read_text` gives the decoded text of a file of the site by its path; an empty one where it
    can't be read. A place that has a column already stays as it is. A pointer leads to its value
    or to the nearest one above it that is there; a needle is looked for from the place's line on,
    and where it is not found the line stays.
    """
    files: dict[str, _File] = {}
    found = []
    for diagnostic in diagnostics:
        place = diagnostic.place
        if place.path and not place.column and (place.pointer or place.needle):
            file = files.get(place.path)
            if file is None:
                file = files[place.path] = _File(place.path, read_text(place.path))
            line, column = file.line_column(place)
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

    def line_column(self, place: Place) -> tuple[int, int]:
        if place.needle:
            return _find(self._text, place)
        if self._path.endswith(".bib"):
            return _find(self._text, Place(self._path, 1, needle=f"{{{place.pointer[0]},"))
        if self._at is None:
            self._at = _places(self._text, self._path)
        value = self._at(place.pointer, False)
        return value.line, value.column


def _find(text: str, place: Place) -> tuple[int, int]:
    start = _offset_of_line(text, place.line)
    offset = text.find(place.needle, start)
    if offset < 0:
        # A needle may go over the end of a line that the stage joined by a space.
        words = place.needle.split()
        offset = text.find(words[0], start) if words else -1
    return position(text, offset) if offset >= 0 else (place.line, place.column)


def _offset_of_line(text: str, line: int) -> int:
    offset = 0
    for _ in range(line - 1):
        offset = text.find("\n", offset) + 1
        if not offset:
            return len(text)
    return offset


def _places(text: str, path: str) -> Locate:
    """The places of a file's data; JSON is YAML as far as places go."""
    first_line = 1
    if path.endswith(".md"):
        parts = split(text)
        text, first_line = (parts.yaml_text, YAML_LINE) if parts else ("", 1)
    document, _ = compose(text, path, first_line)
    # Where nothing can be read there is no value to point at, but still a file.
    return places(document or Document(None, None, first_line), path)
