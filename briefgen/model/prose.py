"""Reading text and what is laid over it.

A `Prose` is one string of reading text with its structure beside it. Offsets are 0-based code
points into `text`, intervals are half-open. No later step edits the text: each adds spans.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from enum import IntEnum
from operator import attrgetter

import msgspec

GAP = '<p class="gap" data-aside>[…]</p>\n'
"""What stands where a part of an article is left out between two that are shown."""


class MarkKind(IntEnum):
    """What a mark does at its offset. Inline content lies between LEAF_OPEN and LEAF_CLOSE."""

    BLOCK_OPEN = 0  # a container: list, table, block quote
    BLOCK_CLOSE = 1
    LEAF_OPEN = 2  # a block that holds text: paragraph, heading, cell, code block
    LEAF_CLOSE = 3
    OPEN = 4  # inline: emphasis, code
    CLOSE = 5
    LINK_OPEN = 6  # an <a>, which may not stand inside another
    LINK_CLOSE = 7
    VOID = 8  # zero characters of the author's: line break, image
    LINK_VOID = 9  # the same, its shown text holding an <a>: citation, unlabelled link


class Mark(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One event of the structure, at an offset of the text."""

    at: int
    kind: int  # a MarkKind
    html: str  # as it is rendered where the view supplies nothing else
    ref: int = -1  # an index into Prose.refs, where the view supplies the HTML


class Block(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A block that holds text, in order; blocks do not overlap."""

    kind: str  # paragraph | heading | code | cell | term
    start: int
    end: int
    line: int  # the first line in the source, 1-based
    end_line: int  # the line after the last
    top: int = 0  # ordinal of the outermost block that it stands in
    level: int = 0  # of a heading, 1 to 6
    id: str = ""  # of a heading: its fragment on the page
    is_quoted: bool = False  # inside a block quote


class RefKind(IntEnum):
    """What a reference of the text leads to."""

    LINK = 0  # [text](target)
    IMAGE = 1  # ![alt](target)
    WIKI = 2  # [[target]] or [[target|text]]
    CITE = 3  # [^id], [@id, p. 4; @other]


class Ref(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A reference as the author wrote it; `link/` resolves it, `render/` shows it."""

    kind: int  # a RefKind
    target: str  # address, or the ids cited, joined by a space
    raw: str = ""  # the source text to look for when a message must point at it
    line: int = 0  # the source line on which its block starts, 1-based
    at: int = 0  # offset in the text
    title: str = ""  # title of a link or an image
    label: str = ""  # alternative text of an image; locators of a citation, joined by "\x1f"


class Prose(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Text, structure and references of one piece of writing."""

    text: str = ""
    marks: tuple[Mark, ...] = ()
    blocks: tuple[Block, ...] = ()
    refs: tuple[Ref, ...] = ()

    def line_at(self, offset: int) -> int:
        """The line of the source, 1-based, on which an offset of the text stands."""
        ordinal = bisect_right(self.blocks, offset, key=attrgetter("start")) - 1
        if ordinal < 0:
            return 1
        block = self.blocks[ordinal]
        return block.line + self.text.count("\n", block.start, min(offset, block.end))


class Sentence(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A sentence with the words it is shown for, `text[start:end]`.

    `gaps` are the links in it without words of their own, in order: where, and to what, as written.
    """

    text: str
    start: int
    end: int
    gaps: tuple[tuple[int, str], ...] = ()

    def filled(self, title_of: Callable[[str], str]) -> Sentence:
        """The sentence without gaps: in each stands the title of what it links to."""
        if not self.gaps:
            return self
        parts: list[str] = []
        done, start, end = 0, self.start, self.end
        for at, target in self.gaps:
            title = title_of(target)
            parts += (self.text[done:at], title)
            done = at
            if at < self.start or at == self.start < self.end:
                start += len(title)
            if at < self.end or at == self.start:
                end += len(title)
        return Sentence("".join(parts) + self.text[done:], start, end)


class MentionSpan(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A name of an entity in the text."""

    start: int
    end: int
    entity: str
    is_linked: bool  # by the policy of the site: the first in its section, say


class AnchorSpan(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The words that an annotation is about."""

    start: int
    end: int
    annotation: int  # ordinal in the briefing's list


class Passage(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A Prose with the layers that were found in it."""

    prose: Prose
    mentions: tuple[MentionSpan, ...] = ()
    anchors: tuple[AnchorSpan, ...] = ()
    fold: int = 0  # of a long note: where its rest begins
