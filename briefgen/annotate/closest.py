"""The stretch of a text that is most like a quote it does not hold.

In: a text and a quote, both normalised. Out: a stretch that begins and ends at words, and a
likeness. What a small difference in length would cost on a large text is bounded: there the search
looks only where pieces of the quote stand.
"""

from __future__ import annotations

import re

from rapidfuzz import fuzz

from briefgen.annotate.edges import is_spaceless
from briefgen.annotate.normal import fold_case

_LEAST = 50.0  # per cent; below that it is chance
_MOST_QUOTE = 800  # code points; a longer one is aligned by its first and last words
_MOST_WORK = 20_000_000  # code points of text times quote that are aligned as they are
_PIECES = 48  # of a quote, looked for in a large text
_PIECE_LENGTHS = (12, 7, 4)
_MOST_PLACES = 64  # of one piece
_MOST_WINDOWS = 4
_SAMPLE = 500  # code points that are compared where an end is set to words
_LONG_SAMPLE = 2_000  # and in the end, at either end of a long quote
_TRIES = 8  # edges of words for each end
_REACH = 80  # code points in which they are looked for
_WORDS = (re.compile(r"\S+"), re.compile(r"\w[\w'-]*"))


def find_closest(text: str, quote: str) -> tuple[int, int, int] | None:
    """Return start, end and likeness (0 to 100) of the stretch closest to `quote`, or None.

    Case is ignored in looking for it, and counts in its likeness (of Indel similarity), unless
    nothing else differs.
    """
    folded, wanted = fold_case(text), fold_case(quote)
    if len(quote) <= _MOST_QUOTE and len(text) * len(quote) <= _MOST_WORK:
        windows = [(0, len(text))]
    else:
        windows = _windows(folded, wanted)
    best: tuple[float, int, int] | None = None
    for low, high in windows:
        start, end = _align(folded[low:high], wanted)
        start, end = _to_words(folded, wanted, low + start, low + end)
        is_same = folded[start:end] == wanted  # but for its capitals
        likeness = 100 if is_same else _likeness(text[start:end], quote)
        if start < end and (best is None or likeness > best[0]):
            best = likeness, start, end
    if best is None or best[0] < _LEAST:
        return None
    # 100 is kept for what is equal, which is never looked for here.
    return best[1], best[2], min(int(best[0]), 99)


def _align(text: str, quote: str) -> tuple[int, int]:
    """The stretch of `text`, as long as the quote, that is most like it."""
    if len(quote) > _MOST_QUOTE:
        return _align_ends(text, quote)
    found = fuzz.partial_ratio_alignment(quote, text)
    if found is None or len(quote) > len(text):
        return 0, len(text)
    return found.dest_start, found.dest_end


def _align_ends(text: str, quote: str) -> tuple[int, int]:
    """The same for a long quote, by its first and last words: cheap, and exact enough."""
    size = _MOST_QUOTE // 4
    reach = size * 4
    start, _ = _align(text[: max(len(text) - len(quote) + reach, reach)], quote[:size])
    tail = max(0, start + len(quote) - reach)
    _, end = _align(text[tail : tail + 2 * reach], quote[-size:])
    return start, max(tail + end, start)


def _windows(text: str, quote: str) -> list[tuple[int, int]]:
    """The stretches of `text` that hold most pieces of the quote where it would have them."""
    margin = len(quote) // 4 + 64
    for length in _PIECE_LENGTHS:
        votes = _votes(text, quote, length, margin)
        if votes:
            # Two neighbours share the votes of one place.
            totals = {shelf: votes[shelf] + votes.get(shelf + 1, 0.0) for shelf in votes}
            ranked = sorted(totals, key=lambda shelf: (-totals[shelf], shelf))[:_MOST_WINDOWS]
            return [
                (max(0, (shelf - 1) * margin), (shelf + 3) * margin + len(quote))
                for shelf in ranked
            ]
    return []


def _votes(text: str, quote: str, length: int, margin: int) -> dict[int, float]:
    """Where the quote would begin, in units of `margin`, if a piece of it were right.

    Pieces are taken all along the quote; one that stands in many places says little of each.
    """
    votes: dict[int, float] = {}
    last = len(quote) - length
    for offset in range(0, last + 1, max(1, last // _PIECES)):
        places: list[int] = []
        at = text.find(quote[offset : offset + length])
        while at >= 0 and len(places) < _MOST_PLACES:
            places.append(at)
            at = text.find(quote[offset : offset + length], at + 1)
        for at in places:
            shelf = max(0, at - offset) // margin
            votes[shelf] = votes.get(shelf, 0.0) + 1 / len(places)
    return votes


def _to_words(text: str, quote: str, start: int, end: int) -> tuple[int, int]:
    """Move both ends to edges of words nearby, to those that make it most like the quote.

    Of a long quote only the end in question is compared.
    """
    head, tail = quote[:_SAMPLE], quote[-_SAMPLE:]
    start = max(
        _edges(text, start, 0),
        key=lambda at: (fuzz.ratio(head, text[at : min(end, at + _SAMPLE)]), at),
    )
    end = max(
        _edges(text, end, 1),
        key=lambda at: (fuzz.ratio(tail, text[max(start, at - _SAMPLE) : at]), -at),
    )
    return start, end


def _likeness(text: str, quote: str) -> float:
    """How like two texts are, 0 to 100; of long ones their beginnings and ends are compared."""
    if len(quote) > 2 * _LONG_SAMPLE:
        quote = quote[:_LONG_SAMPLE] + quote[-_LONG_SAMPLE:]
        text = text[:_LONG_SAMPLE] + text[-_LONG_SAMPLE:]
    return fuzz.ratio(quote, text)


def _edges(text: str, near: int, side: int) -> list[int]:
    """The edges of words that are nearest to `near`: starts (side 0) or ends (side 1)."""
    low, high = max(0, near - _REACH), min(len(text), near + _REACH)
    spans = (word.span() for part in _WORDS for word in part.finditer(text, low, high))
    # A word that the window cuts has no edge where it is cut.
    cuts = {low or -1, high if high < len(text) else -1}
    found = {span[side] for span in spans} - cuts
    if not found or is_spaceless(text[max(0, near - 1) : near + 1]):
        found.add(near)
    return sorted(found, key=lambda at: (abs(at - near), at))[:_TRIES]
