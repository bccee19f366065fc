"""A note in two parts: what is shown at once, and the rest, which the reader unfolds.

In: the Prose of a note and the offset at which its rest begins. Out: the same Prose with a
paragraph parted there, and where to cut it. It must not change the text.
"""

from __future__ import annotations

from bisect import bisect_left

import msgspec

from briefgen.model.prose import Mark, MarkKind, Prose

_OPENING = frozenset({int(MarkKind.BLOCK_OPEN), int(MarkKind.LEAF_OPEN)})
_CLOSING = frozenset({int(MarkKind.BLOCK_CLOSE), int(MarkKind.LEAF_CLOSE)})


def parted(prose: Prose, at: int) -> tuple[Prose, int]:
    """The Prose whose outermost blocks end before the offset `at`, and the last one before it.

    `at` is where an outermost paragraph begins, or a sentence in one, with no element open.
    """
    index = bisect_left([mark.at for mark in prose.marks], at)
    depth, top = 0, -1
    for mark in prose.marks[:index]:
        if mark.kind in _OPENING:
            top += depth == 0
            depth += 1
        elif mark.kind in _CLOSING:
            depth -= 1
        elif depth == 0:
            top += 1  # a rule between blocks
    if depth:  # inside a paragraph
        between = (Mark(at, MarkKind.LEAF_CLOSE, "</p>\n"), Mark(at, MarkKind.LEAF_OPEN, "<p>"))
        marks = (*prose.marks[:index], *between, *prose.marks[index:])
        prose = msgspec.structs.replace(prose, marks=marks)
    return prose, top
