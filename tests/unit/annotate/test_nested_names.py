"""Names that begin with one another cost no more than the longest of them.

Counted are calls of functions, the same on every machine.
"""

from __future__ import annotations

import cProfile
import pstats

import pytest
from written_prose import write

from briefgen.annotate.gazetteer import Gazetteer
from briefgen.annotate.mentions import find_mentions
from briefgen.model.entity import Alias
from briefgen.model.site import Linking

WORDS = 2000
FEW, MANY = 20, 500

TEXTS = {
    "each in the next, as words": ("a ", "a", "a " * WORDS),
    "in many blocks": ("a ", "a", "a a a\n" * (WORDS // 3)),
    "inside one word": ("a", "a", "a" * WORDS),
    "each but the last cut within a word": ("abab ", "ab", "abab " * WORDS),
    "all but what follows": ("a ", "a", "a a b " * (WORDS // 3)),
    "with characters that are two": ("a\u0301 ", "a", "a\u0301 " * WORDS),
    "in a script without spaces": ("\u666e", "\u666e", "\u666e" * WORDS),
}


def calls(part: str, last: str, text: str, names: int, case: str) -> int:
    site = Gazetteer.from_entities(
        (f"e{n}", [Alias(part * n + last, case=case)]) for n in range(names)
    )
    find_mentions(write("a b"), site, Linking(), {})  # makes the automata
    prose = write(text)
    profile = cProfile.Profile()
    profile.runcall(find_mentions, prose, site, Linking(), {})
    return sum(row[0] for row in pstats.Stats(profile).stats.values())


@pytest.mark.parametrize("case", ["exact", "any"])
@pytest.mark.parametrize("row", TEXTS.values(), ids=TEXTS.keys())
def test_many_names_cost_what_few_do(row, case):
    few, many = (calls(*row, names, case) for names in (FEW, MANY))
    assert many < few * 1.5 + 1000, f"{few} calls with {FEW} names, {many} with {MANY}"
