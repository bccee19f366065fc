"""An excerpt: the blocks of an article that are annotated, and nothing of the others.

In: a Prose and the stretches that are annotated in it. Out: a Prose of its own, and where its
stretches came to stand. What is left out shows as a gap, so that nobody takes the two passages
beside it for neighbours.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from itertools import groupby
from operator import attrgetter, itemgetter

import msgspec

from briefgen.model.prose import GAP, AnchorSpan, Block, Mark, MarkKind, Prose


def excerpt(prose: Prose, anchors: Sequence[AnchorSpan]) -> tuple[Prose, tuple[AnchorSpan, ...]]:
    """Keep the outermost blocks that hold part of an annotated stretch.

    The anchors returned are those given, in their order, at their new offsets. Linear.
    """
    kept = _kept(prose.blocks, sorted(anchors, key=attrgetter("start")))
    builder = _Builder(prose)
    last = -1
    for top, marks in _by_top(prose.marks):
        if top not in kept:
            continue
        if top != last + 1:
            builder.gap()
        builder.take(top, marks)
        last = top
    if kept and last != max((block.top for block in prose.blocks), default=-1):
        builder.gap()
    return builder.prose(), tuple(
        AnchorSpan(builder.moved(a.start), builder.moved(a.end - 1) + 1, a.annotation)
        for a in anchors
    )


def _kept(blocks: Sequence[Block], anchors: Sequence[AnchorSpan]) -> set[int]:
    """The outermost blocks that hold part of a stretch; both are in order."""
    kept: set[int] = set()
    reached = begun = 0  # the furthest end of the stretches that have begun, and how many have
    for block in blocks:
        while begun < len(anchors) and anchors[begun].start < block.end:
            reached = max(reached, anchors[begun].end)
            begun += 1
        if reached > block.start:
            kept.add(block.top)
    return kept


def _by_top(marks: Sequence[Mark]) -> Iterator[tuple[int, list[Mark]]]:
    """The marks of each outermost block, with its ordinal."""
    depth, top = 0, -1
    current: list[Mark] = []
    for mark in marks:
        opens = mark.kind in (MarkKind.BLOCK_OPEN, MarkKind.LEAF_OPEN)
        if depth == 0:
            top += 1
        current.append(mark)
        depth += opens - (mark.kind in (MarkKind.BLOCK_CLOSE, MarkKind.LEAF_CLOSE))
        if depth == 0:
            yield top, current
            current = []


class _Builder:
    """Puts kept blocks together; made, filled and read once."""

    def __init__(self, prose: Prose) -> None:
        self.source = prose
        self.text: list[str] = []
        self.size = 0
        self.top = -1
        self.marks: list[Mark] = []
        self.blocks: list[Block] = []
        self.refs: dict[int, int] = {}
        self.shifts: list[tuple[int, int]] = []  # old start, what is added from there on
        self.by_top = {
            top: list(group) for top, group in groupby(prose.blocks, key=attrgetter("top"))
        }

    def gap(self) -> None:
        """Show that something is left out."""
        self.top += 1
        self.marks.append(Mark(self.size, MarkKind.VOID, GAP))

    def take(self, top: int, marks: Collection[Mark]) -> None:
        """Take an outermost block over."""
        self.top += 1
        blocks = self.by_top[top]
        start, end = blocks[0].start, blocks[-1].end
        if self.blocks:
            self.text.append("\n")
            self.size += 1
        shift = self.size - start
        self.shifts.append((start, shift))
        self.text.append(self.source.text[start:end])
        self.size += end - start
        for mark in marks:
            ref = self.refs.setdefault(mark.ref, len(self.refs)) if mark.ref >= 0 else -1
            at = min(max(mark.at, start), end) + shift
            self.marks.append(Mark(at, mark.kind, mark.html, ref))
        for block in blocks:
            moved = {"start": block.start + shift, "end": block.end + shift, "top": self.top}
            self.blocks.append(msgspec.structs.replace(block, **moved))

    def moved(self, offset: int) -> int:
        """Where an offset of a kept block stands now."""
        return offset + self.shifts[bisect_right(self.shifts, offset, key=itemgetter(0)) - 1][1]

    def prose(self) -> Prose:
        """The finished Prose."""
        refs = [
            msgspec.structs.replace(ref, at=self.moved(ref.at))
            for ref in (self.source.refs[old] for old in self.refs)
        ]
        return Prose("".join(self.text), tuple(self.marks), tuple(self.blocks), tuple(refs))
