"""Where the rest of a long note begins: what stands in a margin is read at a glance.

In: the Prose of a note. Out: an offset of its text. It must not change the text or its structure.
"""

from __future__ import annotations

from collections.abc import Iterator

from briefgen.annotate.sentences import sentence_spans
from briefgen.model.prose import MarkKind, Prose

SHOWN = 50
"""As many words of a note are shown at once, to the end of a sentence."""
_LEAST = 15
"""A rest of fewer words is not folded."""

_DEPTH = {
    int(MarkKind.BLOCK_OPEN): 1, int(MarkKind.LEAF_OPEN): 1, int(MarkKind.OPEN): 1,
    int(MarkKind.LINK_OPEN): 1, int(MarkKind.BLOCK_CLOSE): -1, int(MarkKind.LEAF_CLOSE): -1,
    int(MarkKind.CLOSE): -1, int(MarkKind.LINK_CLOSE): -1,
}  # fmt: skip


def fold_of(prose: Prose) -> int:
    """The offset at which the rest of a note begins; 0 where it is short, or can't be parted.

    That is the beginning of an outermost paragraph, or of a sentence in one, with no element open.
    """
    text = prose.text
    if len(text) < SHOWN:  # of one letter each, it has no more words than that
        return 0
    words = len(text.split())
    if words < SHOWN + _LEAST:
        return 0
    found = 0
    for at in _places(prose):
        before = len(text[:at].split())
        if words - before < _LEAST:
            break
        if before > SHOWN and found:
            break
        found = at
        if before > SHOWN:
            break
    return found


def _places(prose: Prose) -> Iterator[int]:
    """The places where a note may be parted, in order."""
    marks, passed = prose.marks, 0
    depth = 0  # how many elements are open behind `marks[:passed]`, those before the place
    for block in prose.blocks:
        if block.kind != "paragraph" or block.is_quoted:
            continue
        for start, _ in sentence_spans(prose.text[block.start : block.end]):
            at = block.start + start
            while passed < len(marks) and marks[passed].at < at:
                depth += _DEPTH.get(marks[passed].kind, 0)
                passed += 1
            if at and depth == (0 if at == block.start else 1):
                yield at
