"""The words of an article that an annotation is about.

In: a normalised text and a quote selector (the W3C's TextQuoteSelector, with `occurrence` beside
it). Out: the one stretch that it selects, or what keeps it from selecting one. A quote is never
placed by guess; the closest text is for the message, and for the author to decide about.

Offsets of results are 0-based code points of the original text, half-open.
"""

from __future__ import annotations

from itertools import product
from typing import Literal

import msgspec

from briefgen.annotate.normal import Normal, normalise
from briefgen.annotate.sameness import says_the_same
from briefgen.model.briefing import Annotation

_MOST_LISTED = 100
# At 85 % a sentence of twelve words has two that were edited, and is still the same sentence; below
# that it may be another. A lead of 10 sets it apart from what only sounds like it: formulas
# that differ in a date or a number are closer than that, and none of them may be chosen by chance.
_CLEAR, _CLEAR_LEAD = 85, 10


class QuoteMatch(msgspec.Struct, frozen=True, gc=False):
    """Where a quote stands, without white space at either end."""

    start: int
    end: int


class Closest(msgspec.Struct, frozen=True, gc=False):
    """The text most like a quote that is not there: where, and how like, 0 to 100.

    `rival` is the likeness of the next stretch that comes near, 0 where there is none: where it is
    well below `likeness`, there is one clear candidate. `is_same` says that it differs from the
    quote in nothing that could be a fact (see `sameness.py`).
    """

    start: int
    end: int
    likeness: int
    rival: int = 0
    is_same: bool = False

    @property
    def is_clear(self) -> bool:
        """Whether the quote can mean no other text, and means the same as that text."""
        return self.is_lone and self.is_same

    @property
    def is_lone(self) -> bool:
        """Whether the quote can mean no other text, whatever that says."""
        return self.likeness >= _CLEAR and self.likeness - self.rival >= _CLEAR_LEAD


class QuoteProblem(msgspec.Struct, frozen=True, gc=False):
    """Why a quote selects nothing.

    - `not-found`, `count` 0: the words are not there; `closest` is what comes near, if anything.
    - `not-found`, `count` above 0: they are, at `offsets`, but not as those of `prefix`, `suffix`
      and `occurrence` say that `failing` names. Where it names none, the quote stands after this
      prefix and before this suffix, but nowhere between them. `fitting` is how often it stands as
      prefix and suffix say.
    - `ambiguous`: they are there `count` times, at `offsets` (of which 100 are given at most).
    """

    kind: Literal["not-found", "ambiguous"]
    count: int = 0
    offsets: tuple[int, ...] = ()
    closest: Closest | None = None
    failing: tuple[str, ...] = ()
    fitting: int = 0


class QuoteFinder:
    """Finds quotes in one text; what is found for a quote serves all that quote the same."""

    def __init__(self, normal: Normal) -> None:
        self._normal = normal
        self._places: dict[tuple[str, str, str], tuple[int, list[int]]] = {}
        self._closest: dict[str, Closest | None] = {}

    def find(self, selector: Annotation) -> QuoteMatch | QuoteProblem:
        """Find the one stretch of the text that a quote selects.

        Both sides are normalised; case counts. `prefix` and `suffix` are the text right before and
        after, white space between them and the quote aside; `occurrence` (from 1) counts those
        places that they leave, overlapping ones too. Linear in the text; where the quote is not
        found, the search for the closest text is bounded (see `closest.py`).
        """
        normal = self._normal
        quote = normalise(selector.quote).text.strip()
        if not quote:
            return QuoteProblem("not-found")
        prefix = normalise(selector.prefix or "").text.strip()
        suffix = normalise(selector.suffix or "").text.strip()
        wanted = selector.occurrence
        most = max(_MOST_LISTED, wanted or 0)
        found, are_all = self._first(most, quote, prefix, suffix)
        fitting = len(found)
        if wanted is not None:
            found = found[wanted - 1 : wanted] if wanted > 0 else []
        if len(found) == 1:
            return QuoteMatch(*normal.span(found[0], found[0] + len(quote)))
        kind: Literal["not-found", "ambiguous"] = "ambiguous"
        if not found:
            kind = "not-found"
            found, are_all = self._first(most, quote)
            if not found:
                return QuoteProblem(kind, closest=self._nearest(quote))
        count = len(found) if are_all else max(len(found), normal.text.count(quote))
        failing = ("occurrence",) if fitting else self._failing(quote, prefix, suffix)
        offsets = tuple(map(normal.start, found[:_MOST_LISTED]))
        return QuoteProblem(kind, count, offsets, failing=failing, fitting=fitting)

    def _failing(self, quote: str, prefix: str, suffix: str) -> tuple[str, ...]:
        """Which of the two keeps a quote from being found, by itself."""
        alone = (("prefix", prefix, ""), ("suffix", "", suffix))
        return tuple(
            name
            for name, before, after in alone
            if before + after and not self._first(1, quote, before, after)[0]
        )

    def _first(
        self, most: int, quote: str, prefix: str = "", suffix: str = ""
    ) -> tuple[list[int], bool]:
        """The first places of a quote, in order, at least `most` if so many; are they all?"""
        key = (quote, prefix, suffix)
        looked, found = self._places.get(key, (0, []))
        if looked < most and looked <= len(found):
            looked = max(most, 2 * looked)  # so that one occurrence after the other costs no square
            found = _places(self._normal.text, quote, prefix, suffix, looked)
            self._places[key] = looked, found
        return found, len(found) < looked

    def _nearest(self, quote: str) -> Closest | None:
        if quote not in self._closest:
            self._closest[quote] = _closest(self._normal, quote)
        return self._closest[quote]


def find_quote(normal: Normal, selector: Annotation) -> QuoteMatch | QuoteProblem:
    """Find the one stretch that a quote selects: `QuoteFinder.find` for a single question."""
    return QuoteFinder(normal).find(selector)


def _places(text: str, quote: str, prefix: str, suffix: str, most: int) -> list[int]:
    """The first places of `quote` with this text about it, in order."""
    found: set[int] = set()
    for before, after in product(
        (prefix, prefix + " ") if prefix else ("",), (suffix, " " + suffix) if suffix else ("",)
    ):
        needle = before + quote + after
        at = text.find(needle)
        left = most
        while at >= 0 and left:
            found.add(at + len(before))
            left -= 1
            at = text.find(needle, at + 1)
    return sorted(found)[:most]


def _closest(normal: Normal, quote: str) -> Closest | None:
    from briefgen.annotate.closest import find_closest  # noqa: PLC0415  (takes a library to load)

    found = find_closest(normal.text, quote)
    if found is None:
        return None
    start, end, likeness = found
    others = normal.text[:start] + "\0" * (end - start) + normal.text[end:]
    rival = find_closest(others, quote)
    is_same = says_the_same(normal.text[start:end], quote)
    return Closest(*normal.span(start, end), likeness, rival[2] if rival else 0, is_same)
