"""Where the annotations of a text stand on its page: their order, numbers and lanes.

In: a passage with its anchors, and what the desk wrote of them. Out: annotations in the order in
which the page is read. No HTML is made here.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

import msgspec

from briefgen.model.briefing import Annotation
from briefgen.model.facts import AnnotationFact
from briefgen.model.prose import AnchorSpan, Passage, Prose

MOST_LANES = 8
"""How many quotes over one place are highlighted. One that ends inside others closes them all and
opens them again, so that without a limit a page would grow by the square of its notes."""


class Annotated(msgspec.Struct, frozen=True):
    """An annotation with all that its note is made of."""

    annotation: Annotation
    fact: AnnotationFact
    passage: Passage | None
    anchor: AnchorSpan
    top: int  # the outermost block in which the quote ends
    number: int  # from 1 in reading order; 0 for a mere footnote
    lane: int | None = None  # of the quotes that overlap here; None: it is not highlighted


def place_annotations(
    passage: Passage,
    annotations: Sequence[Annotation],
    facts: Sequence[AnnotationFact],
    notes: Sequence[Passage | None],
) -> list[Annotated]:
    """The annotations of a passage in reading order, numbered, overlapping ones in lanes.

    An annotation of kind `source` without a note gets no number: it is but a footnote.
    """
    if not passage.anchors:
        return []
    starts = [block.start for block in passage.prose.blocks]
    tops = [block.top for block in passage.prose.blocks]
    found: list[Annotated] = []
    number = 0
    for anchor in sorted(passage.anchors, key=lambda a: (a.end, a.start)):
        annotation = annotations[anchor.annotation]
        is_footnote = annotation.kind == "source" and annotation.note is None
        number += not is_footnote
        last = bisect_left(starts, anchor.end) - 1
        found.append(
            Annotated(
                annotation,
                facts[anchor.annotation],
                notes[anchor.annotation],
                anchor,
                tops[last] if last >= 0 else 0,
                0 if is_footnote else number,
            )
        )
    lanes = _lanes(found)
    return [msgspec.structs.replace(one, lane=lanes.get(one.number)) for one in found]


def _lanes(found: Sequence[Annotated]) -> dict[int, int]:
    """The lane of each quote that is highlighted, by its number: the first that is free there."""
    lanes: dict[int, int] = {}
    busy: list[int] = []  # the end of the last quote in each lane
    numbered = (one for one in found if one.number)
    for item in sorted(numbered, key=lambda one: (one.anchor.start, -one.anchor.end)):
        start, end = item.anchor.start, item.anchor.end
        lane = next((n for n, until in enumerate(busy) if until <= start), len(busy))
        if lane < MOST_LANES:
            busy[lane : lane + 1] = [end]
            lanes[item.number] = lane
    return lanes


def reading_order(prose: Prose, annotated: Sequence[Annotated]) -> list[int | Annotated]:
    """References (by index) and annotations in the order in which the page is read.

    A note is read after the outermost block in which its quote ends, a mere footnote in place.
    """
    if not annotated:
        return [*range(len(prose.refs))]  # a Prose has its references in order
    ends: dict[int, int] = {}
    for block in prose.blocks:
        ends[block.top] = block.end
    rows: list[tuple[int, int, int, int | Annotated]] = [
        (ref.at, 0, index, index) for index, ref in enumerate(prose.refs)
    ]
    for order, item in enumerate(annotated):
        at = ends.get(item.top, item.anchor.end) if item.number else item.anchor.end
        rows.append((at, 1 if item.number else 0, order, item))
    rows.sort(key=lambda row: row[:3])
    return [row[3] for row in rows]
