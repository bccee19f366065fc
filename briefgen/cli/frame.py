"""The source line of a finding, made fit for a terminal.

In goes text of any origin; out comes text that holds no control character, no escape sequence and
no mark that turns the direction of writing, with the place of a caret in terminal cells. Nothing
here writes, colours or decides what is shown.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from pathlib import Path

import msgspec

from briefgen.model.diagnostics import Place

MAX_FILE_BYTES = 8 * 1024 * 1024
"""Larger files are never read for a frame: the size is what is wrong with them."""

_TAB = "    "
_CONTROL_PICTURES = 0x2400
_DELETE = 0x7F
_JOINERS = "\u200c\u200d"  # of Persian, Indic scripts and emoji: they draw nothing themselves
_HIDDEN_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_ZERO_WIDTH_CATEGORIES = frozenset({"Mn", "Me", "Cf"})


class Frame(msgspec.Struct, frozen=True):
    """A line of a source file as it is shown."""

    number: int  # of the line in its file, 1-based
    text: str  # fit for a terminal, on one line
    caret: int | None  # cells before the caret; None where the column is not known


def visible(text: str) -> str:
    """Return the text with everything that would steer a terminal shown instead of obeyed.

    Tabs become spaces, C0 controls their pictures (U+241B for escape), all other control, format
    and separator characters and lone surrogates their escape in Python's notation. The result
    stands on one line.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_shown, text))


def _shown(character: str) -> str:
    if character == "\t":
        return _TAB
    code = ord(character)
    if code < ord(" "):
        return chr(_CONTROL_PICTURES + code)
    if code == _DELETE:
        return "\N{SYMBOL FOR DELETE}"
    if character in _JOINERS or unicodedata.category(character) not in _HIDDEN_CATEGORIES:
        return character
    return character.encode("unicode_escape", "surrogatepass").decode("ascii")


def cells(text: str) -> int:
    """Return how many cells of a terminal the text fills (UAX 11: wide characters fill two)."""
    return len(text) if text.isascii() else sum(map(_cells_of, text))


def _cells_of(character: str) -> int:
    if unicodedata.category(character) in _ZERO_WIDTH_CATEGORIES:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def window(line: str, column: int, width: int) -> tuple[str, int | None]:
    """Return the part of a line around a column, and the cells before the caret.

    `column` is 1-based, in code points; 0 means not known, and a column past the end points just
    behind the line. `width` is in cells; a cut end shows "…". Cost is linear in the width, not in
    the line.
    """
    at = min(max(column - 1, 0), len(line))
    first, last = max(0, at - width), min(len(line), at + width)
    pieces = [_shown(character) for character in line[first:last]]
    sizes = [cells(piece) for piece in pieces]
    start, end = _bounds(sizes, at - first, width, (first > 0, last < len(line)))
    before = "…" if first + start > 0 else ""
    after = "…" if first + end < len(line) else ""
    shown = before + "".join(pieces[start:end]) + after
    if not column:
        return shown, None
    return shown, len(before) + sum(sizes[start : at - first])


def _bounds(sizes: list[int], at: int, width: int, is_cut: tuple[bool, bool]) -> tuple[int, int]:
    """Return which pieces to show, half-open, so that the one at `at` is among them."""
    if sum(sizes) <= width and not any(is_cut):
        return 0, len(sizes)
    room = max(width - 2, 8)  # less the two marks of a cut end
    start = at
    used = 0
    while start > 0 and used + sizes[start - 1] <= room // 2:
        start -= 1
        used += sizes[start]
    end = at
    while end < len(sizes) and used + sizes[end] <= room:
        used += sizes[end]
        end += 1
    while start > 0 and used + sizes[start - 1] <= room:
        start -= 1
        used += sizes[start]
    return start, end


def frames(root: Path, width: int) -> Callable[[Place], Frame | None]:
    """Return a function that frames places of a site's files, in windows of `width` cells.

    It answers None where there is no line to show: the file can't be read, is too large, or has
    no such line, or the line is blank. The last file asked for is kept, so sorted findings read
    each file once.
    """
    kept: tuple[str, list[str]] = ("", [])

    def frame(place: Place) -> Frame | None:
        nonlocal kept
        if not place.path or place.line < 1:
            return None
        if kept[0] != place.path:
            kept = (place.path, _lines(root / place.path))
        if place.line > len(kept[1]) or not kept[1][place.line - 1].strip():
            return None
        text, caret = window(kept[1][place.line - 1], place.column, width)
        return Frame(place.line, text.rstrip(), caret)

    return frame


def _lines(path: Path) -> list[str]:
    """The lines of a file as `load` counts them: UTF-8 without its mark, all line ends alike."""
    try:
        if not path.is_file() or path.stat().st_size > MAX_FILE_BYTES:
            return []
        text = path.read_bytes().decode("utf-8-sig", "replace")
    except OSError:
        return []
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
