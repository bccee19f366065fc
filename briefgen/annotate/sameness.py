"""Whether two wordings of one passage say the same, so that one may stand for the other unasked.

In: two texts, both normalised. Out: yes, where they differ in typography, capitals, articles,
the spelling or the ending of a word, and in nothing that could be a fact. It says no where it can't
tell: a figure, a name, a word too many or too few may be what the author meant to quote.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_WORD = re.compile(r"(?<!\w)-?\d+(?:[.,:/]\d+)*|\w+(?:'\w+)*")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_SAYS_NOTHING = frozenset(("a", "an", "the"))
_SAYS_ALL = frozenset({
    "all", "any", "both", "cannot", "each", "either", "every", "few", "half", "many", "never",
    "neither", "none", "nobody", "nothing", "some", "several", "zero", "one", "two", "three",
    "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty", "thirty",
    "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "hundred", "hundreds", "thousand",
    "thousands", "million", "millions", "billion", "billions", "trillion", "trillions", "first",
    "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "once", "twice", "thrice",
})  # fmt: skip
"""Words of number and negation, which a letter makes another."""
_ENDINGS = frozenset(("", "d", "e", "ed", "er", "es", "ied", "ies", "ing", "s", "y", "'s", "'"))
_SHORTEST = 4  # letters that a word has whose spelling may differ
_MOST_EDITS = 2  # of letters, and one in words below 7 letters
_LONG = 7


def says_the_same(one: str, other: str) -> bool:
    """Whether two texts differ in nothing that could be a fact. Linear, but for words that differ.

    Each word of one is held against the word of the other in its place, articles (of English) left
    out. Signs that carry meaning (`$`, `%`, `+`) must be equal.
    """
    ours, theirs = _words(one), _words(other)
    return (
        len(ours) == len(theirs)
        and _signs(one) == _signs(other)
        and all(mine == yours or _alike(mine, yours) for mine, yours in zip(ours, theirs))  # noqa: B905
    )


def _words(text: str) -> Sequence[str]:
    found = _WORD.findall(_THOUSANDS.sub("", text))
    return [word for word in found if word.lower() not in _SAYS_NOTHING]


def _signs(text: str) -> list[str]:
    return [
        char
        for char in text
        if char in "%‰°§&@" or (char not in "`^~|" and unicodedata.category(char) in ("Sc", "Sm"))
    ]


def _alike(one: str, other: str) -> bool:
    first, second = one.casefold(), other.casefold()
    if first == second:
        return True
    if not (_is_common(one) and _is_common(other)) or min(len(one), len(other)) < _SHORTEST:
        return False
    same = 0
    while same < min(len(first), len(second)) and first[same] == second[same]:
        same += 1
    if same >= _SHORTEST - 1 and {first[same:], second[same:]} <= _ENDINGS:
        return True
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - loaded where there is a mistake

    most = _MOST_EDITS if min(len(first), len(second)) >= _LONG else 1
    return first[0] == second[0] and OSA.distance(first, second) <= most


def _is_common(word: str) -> bool:
    """Whether a word is neither a name nor a number, in a script that tells the two apart."""
    folded = word.casefold()
    return (
        word == word.lower()
        and word.lower() != word.upper()
        and all(char == "'" or char.lower() != char.upper() for char in word)
        and not folded.endswith("n't")
        and folded not in _SAYS_ALL
    )
