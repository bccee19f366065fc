"""The stretches of a Prose in which no name becomes a link.

In: a Prose and the site's choice. Out: intervals of its text. Only the structure is read, never the
text.
"""

from __future__ import annotations

from briefgen.model.prose import Mark, MarkKind, Prose
from briefgen.model.site import Linking

# As plain numbers: the loop over all marks of a page is worth it.
_LINK_OPEN, _LINK_CLOSE = int(MarkKind.LINK_OPEN), int(MarkKind.LINK_CLOSE)
_OPEN, _CLOSE = int(MarkKind.OPEN), int(MarkKind.CLOSE)

Stretches = tuple[list[int], list[int]]
"""Starts and ends of intervals in order that do not touch one another."""


def closed_stretches(prose: Prose, linking: Linking) -> Stretches:
    """Return where names stay unlinked: links, code, and headings and block quotes by default."""
    found = _inline(prose.marks)
    found += [
        (block.start, block.end)
        for block in prose.blocks
        if block.kind == "code"
        or (block.kind == "heading" and not linking.headings)
        or (block.is_quoted and not linking.quotations)
    ]
    found.sort()
    starts: list[int] = []
    ends: list[int] = []
    for start, end in found:
        if ends and start <= ends[-1]:
            ends[-1] = max(ends[-1], end)
        elif start < end:
            starts.append(start)
            ends.append(end)
    return starts, ends


def _inline(marks: tuple[Mark, ...]) -> list[tuple[int, int]]:
    """Links and inline code. Neither holds another of its own kind."""
    found = []
    link = code = 0
    for mark in marks:
        kind = mark.kind
        if kind == _LINK_OPEN:
            link = mark.at
        elif kind == _LINK_CLOSE:
            found.append((link, mark.at))
        elif kind == _OPEN and mark.html.startswith("<code"):
            code = mark.at
        elif kind == _CLOSE and mark.html.startswith("</code"):
            found.append((code, mark.at))
    return found
