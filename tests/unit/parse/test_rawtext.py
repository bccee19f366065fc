"""A raw article shows where a part of it is left out between two that are shown."""

import pytest

from briefgen.annotate.excerpt import excerpt
from briefgen.model.briefing import Structure
from briefgen.model.prose import GAP, AnchorSpan, MarkKind
from briefgen.parse.rawtext import parse_raw

TEXT = "Top.\n\nOne.\nTwo.\n\nThree.\n\nFour.\n\nEnd.\n"


def shown(prose):
    """The blocks of a Prose, with a `…` where a gap is marked."""
    parts = [(mark.at, "…") for mark in prose.marks if mark.html == GAP]
    parts += [(block.start, prose.text[block.start : block.end]) for block in prose.blocks]
    return [text for _, text in sorted(parts, key=lambda part: part[0])]


@pytest.mark.parametrize(
    ("skip", "blocks"),
    [
        ((), ["Top.", "One.\nTwo.", "Three.", "Four.", "End."]),
        (("1", "10"), ["One.\nTwo.", "Three.", "Four."]),
        (("6",), ["Top.", "One.\nTwo.", "…", "Four.", "End."]),
        (("Three.", "Four."), ["Top.", "One.\nTwo.", "…", "End."]),
        (("4",), ["Top.", "One.", "…", "Three.", "Four.", "End."]),
        (("2", "7"), ["Top.", "One.\nTwo.", "Three.", "Four.", "End."]),  # blank ones
    ],
)
def test_an_inner_cut_is_marked_and_none_at_either_end(skip, blocks):
    prose = parse_raw(TEXT, Structure(skip=skip), "x.md").prose
    assert shown(prose) == blocks
    # Each outermost element of the page is counted, as `Block.top` says.
    kinds = [m.kind for m in prose.marks if m.kind in (MarkKind.LEAF_OPEN, MarkKind.VOID)]
    tops = [at for at, kind in enumerate(kinds) if kind == MarkKind.LEAF_OPEN]
    assert [block.top for block in prose.blocks] == tops


def test_an_excerpt_of_it_has_one_gap_in_each_place():
    prose = parse_raw(TEXT, Structure(skip=("6",)), "x.md").prose
    two, end = prose.text.index("Two"), prose.text.index("End")
    cut, _ = excerpt(prose, [AnchorSpan(two, two + 3, 0), AnchorSpan(end, end + 3, 1)])
    assert shown(cut) == ["…", "One.\nTwo.", "…", "End."]
