"""A raw article to Prose, by rules of its own: no character of it is markup.

In: the text and `structure` of the front matter. Out: paragraphs parted by blank lines, headings
where `structure.headings` names a line, without the lines that `structure.skip` names; a gap shows
where these stood between two others.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from briefgen.model.briefing import Structure
from briefgen.model.diagnostics import Diagnostic, Place, finding
from briefgen.model.prose import GAP, Block, Mark, MarkKind, Prose
from briefgen.parse.fragments import Fragments

_SHOWN, _MOST_NUMBERS = 60, 20  # code points of a line, and numbers of lines, in a message


class RawArticle(msgspec.Struct, frozen=True):
    """What parsing a raw article gives."""

    prose: Prose
    skipped_lines: int  # lines with text that were left out
    diagnostics: tuple[Diagnostic, ...] = ()


def parse_raw(text: str, structure: Structure, path: str, taken: Iterable[str] = ()) -> RawArticle:
    """Parse a raw article; `path` is the briefing's, for messages on its `structure`.

    `taken` are the fragments that the page's other headings have.
    The reading text is the text's own, white space apart, less the skipped lines. Emits
    structure-line-missing and structure-line-unclear. Linear in the length of the text.
    """
    lines = text.split("\n")
    skip, missing = _named(lines, structure.skip, "skip", path)
    headings, more = _named(lines, structure.headings, "headings", path)
    builder = _Builder(taken)
    for number, line in enumerate(lines, 1):
        if number in skip or not line.strip():
            builder.end()
            if line.strip():
                builder.skip()
        elif number in headings:
            builder.end()
            builder.heading(line, number)
        else:
            builder.line(line, number)
    builder.end()
    skipped = sum(1 for number in skip if lines[number - 1].strip())
    return RawArticle(builder.prose(), skipped, (*missing, *more))


def _named(
    lines: Sequence[str], names: Sequence[str], key: str, path: str
) -> tuple[set[int], list[Diagnostic]]:
    """The numbers (from 1) of the lines named whole or by number, and what is wrong with names."""
    by_text: dict[str, list[int]] = {}
    for number, line in enumerate(lines, 1):
        by_text.setdefault(" ".join(line.split()), []).append(number)
    found: set[int] = set()
    missing = []
    for index, name in enumerate(names):
        wanted = " ".join(name.split())
        if wanted.isascii() and wanted.isdigit():
            numbers = [int(wanted)] if len(wanted) < 10 and 1 <= int(wanted) <= len(lines) else []
        else:
            numbers = by_text.get(wanted, []) if wanted else []
        found.update(numbers)
        at = Place(path, pointer=("structure", key, str(index)))
        if (len(numbers) > 1 and key == "skip") or (numbers and not lines[numbers[0] - 1].strip()):
            missing.append(_unclear(at, wanted, numbers, key))
        if not numbers:
            shown = wanted if len(wanted) <= _SHOWN else wanted[: _SHOWN - 1] + "…"
            missing.append(
                finding(
                    "structure-line-missing",
                    at,
                    f"No line of the article is `{shown}`.",
                    f"Give the whole line as it stands, or its number (1 to {len(lines)}).",
                )
            )
    return found, missing


def _unclear(place: Place, name: str, numbers: Sequence[int], key: str) -> Diagnostic:
    """The finding on a name of a blank line, or of several."""
    if len(numbers) == 1:
        message = f"Line {numbers[0]} of the article is blank, so nothing comes of it."
        advice = "Count the lines of the file from 1, blank ones too, or give the whole line."
        return finding("structure-line-unclear", place, message, advice)
    shown = name if len(name) <= _SHOWN else name[: _SHOWN - 1] + "…"
    listed = ", ".join(map(str, numbers[:_MOST_NUMBERS]))
    return finding(
        "structure-line-unclear",
        place,
        f"The line `{shown}` stands {len(numbers)} times in the article, and all of them are left "
        "out.",
        f"Give the numbers of those that are no part of it: `{key}: [{listed}]` are all.",
    )


class _Builder:
    """Builds a Prose of paragraphs and headings; made, filled once and dropped."""

    def __init__(self, taken: Iterable[str]) -> None:
        self.text: list[str] = []
        self.size = 0
        self.marks: list[Mark] = []
        self.blocks: list[Block] = []
        self.pending: list[str] = []
        self.first = 0
        self.top = 0
        self.is_after_skip = False
        self.fragments = Fragments(taken)

    def prose(self) -> Prose:
        """The finished Prose."""
        return Prose("".join(self.text), tuple(self.marks), tuple(self.blocks))

    def line(self, line: str, number: int) -> None:
        """Take a line of a paragraph."""
        if not self.pending:
            self.first = number
        self.pending.append(line.strip())

    def end(self) -> None:
        """End the paragraph, where one has begun."""
        if self.pending:
            last = self.first + len(self.pending)
            self._block("paragraph", "\n".join(self.pending), self.first, last, "<p>", "</p>\n")
            self.pending = []

    def skip(self) -> None:
        """Mark the place of a line that is left out, where blocks stand on either side of it."""
        self.is_after_skip = bool(self.blocks)

    def heading(self, line: str, number: int) -> None:
        """Take a heading; all of a raw article's are of the second level."""
        text = line.strip()
        fragment = self.fragments.of(text)
        opening = f'<h2 id="{fragment}">'
        self._block("heading", text, number, number + 1, opening, "</h2>\n", 2, fragment)

    def _block(
        self, kind: str, text: str, line: int, end_line: int, opening: str, closing: str,
        level: int = 0, id_: str = "",
    ) -> None:  # fmt: skip
        if self.is_after_skip:
            self.marks.append(Mark(self.size, MarkKind.VOID, GAP))
            self.top += 1
            self.is_after_skip = False
        if self.blocks:
            self.text.append("\n")
            self.size += 1
        start = self.size
        self.text.append(text)
        self.size += len(text)
        self.marks.append(Mark(start, MarkKind.LEAF_OPEN, opening))
        self.marks.append(Mark(self.size, MarkKind.LEAF_CLOSE, closing))
        self.blocks.append(Block(kind, start, self.size, line, end_line, self.top, level, id_))
        self.top += 1
