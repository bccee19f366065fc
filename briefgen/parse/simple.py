"""A short cut through inline Markdown, for paragraphs with nothing but the plainest markup.

Emphasis around words that touch no other markup, `[^note]`, `[[page]]` and `[[page|text]]`, and
line breaks without spaces around them. What this reads, markdown-it reads alike, which tests hold
it to. Whatever else stands in a paragraph, it is left to markdown-it whole.

Why emphasis is safe here: an opening run that follows space, a bracket or the paragraph's start
and precedes a letter is left-flanking alone, a closing run the other way round is right-flanking
alone, and between the two stands no other delimiter (CommonMark 0.31, 6.2).
"""

from __future__ import annotations

import re
from typing import NamedTuple

_SPECIAL = r"\n!&*<\[\\\]_`~"
_WORDS = rf"[^\W_](?:[^{_SPECIAL}]*[^\W_])?"
_BEGIN = "[*\n!"
_NEVER = "&<\\_`~"
_EMPHASIS = re.compile(rf"(\*\*?)({_WORDS})\1(?=[ \n.,;:)\"'?]|\Z)").match
_CITATION = re.compile(r"\[\^([^\[\]\s]+)\]").match
_LINK = re.compile(rf"\[\[([^|{_SPECIAL}]+)(?:\|([^|{_SPECIAL}]+))?\]\]").match
_BEFORE = frozenset(" \n(\"'")
"""What may stand before emphasis for it to be the plainest kind."""


class Piece(NamedTuple):
    """A stretch of a paragraph."""

    kind: str  # text | break | em | strong | cite | link
    text: str = ""  # what is read; of a link without text nothing
    target: str = ""  # of a citation or a link
    raw: str = ""  # as it is written


def parse_simple(content: str) -> list[Piece] | None:
    """The pieces of inline content; None where it holds more than the plainest markup."""
    for char in _NEVER:
        if char in content:
            return None
    pieces: list[Piece] = []
    done = 0
    for at in _places(content):
        if at < done:
            continue  # inside the piece before
        taken = _take(content, at, content[at], content[at - 1] if at else " ")
        if taken is None:
            return None
        piece, end = taken
        if piece is not None:
            if at > done and not _add_text(pieces, content[done:at]):
                return None
            pieces.append(piece)
            done = end
    if done < len(content) and not _add_text(pieces, content[done:]):
        return None
    return pieces


def _places(content: str) -> list[int]:
    """Where something may begin, in order; a search for each character alone runs at C speed."""
    found = []
    for char in _BEGIN:
        at = content.find(char)
        while at >= 0:
            found.append(at)
            at = content.find(char, at + 1)
    found.sort()
    return found


def _add_text(pieces: list[Piece], text: str) -> bool:
    """Append text; False where it holds a bracket that something else might want."""
    pieces.append(Piece("text", text))
    return "]" not in text


def _take(  # noqa: PLR0911 - a character a case
    content: str, at: int, char: str, before: str
) -> tuple[Piece | None, int] | None:
    """The piece at an offset, None where it is text after all, and where it ends."""
    if char == "[":
        citation = _CITATION(content, at)
        if citation is not None:
            return Piece("cite", "", citation[1], citation[0]), citation.end()
        link = _LINK(content, at)
        if link is None or not (link[2] or "x").strip():
            return None
        return Piece("link", link[2] or "", link[1].strip(), link[0]), link.end()
    if char == "*":
        match = _EMPHASIS(content, at)
        if match is None or before not in _BEFORE:
            return None
        return Piece("strong" if match[1] == "**" else "em", match[2]), match.end()
    if char == "\n":
        is_plain = before != " " and content[at + 1 : at + 2] != " "
        return (Piece("break", "\n"), at + 1) if is_plain else None
    return (None, at + 1) if char == "!" and content[at + 1 : at + 2] != "[" else None
