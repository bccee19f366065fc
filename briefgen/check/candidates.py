"""The rule on names that occur often and are no entity: they may deserve an entry.

In: passages that the desk wrote, with their mentions. Out: diagnostics. It is a guess by
capitals, so its finding is information, and it holds back where capitals say little: at the start
of a sentence, in the names of the calendar, and in languages that capitalise all nouns.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from itertools import groupby
from operator import attrgetter

from briefgen.model.diagnostics import Diagnostic, Place, finding
from briefgen.model.prose import Block, Passage

OFTEN = 3
"""Occurrences on one page from which on a name is reported."""

_NOUNS_CAPITALISED = frozenset({"de", "lb", "gsw", "nds"})
_CALENDAR = frozenset({
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "January",
    "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
})  # fmt: skip
_CAPITAL = r"[^\x00-@\[-\xbf\xd7\xf7\u2000-\u2bff\u2e00-\u303f]"
"""Capitals, and letters of which only Python knows whether they are; found thrice as fast.

Said by what is left out: a class that reaches beyond U+FFFF takes ten times as long to compile.
"""
_LETTERS = r"[^\W_]*(?:['\u2019-][^\W_]+)*"
_RUN = re.compile(
    # Words in a row. What may not stand before is asked after the letter that is searched for.
    rf"{_CAPITAL}(?<![^\W_].)(?<![^\W_]['\u2019-].){_LETTERS}(?: {_CAPITAL}{_LETTERS})*"
)
_POSSESSIVE = ("'s", "\u2019s")
_GOES_ON = re.compile(r"[^\W_](?: |, |; | \(|\) )\Z")
"""What stands before a word that begins no sentence; after anything else a capital says little."""


Located = tuple[Passage, tuple[str, ...]]
"""A passage, and its pointer into the front matter; an empty one where it is of the body."""


def check_candidates(
    path: str, passages: Iterable[Located], known: Collection[str], lang: str = "en"
) -> tuple[Diagnostic, ...]:
    """Report (unlinked-candidate) names that occur at least three times and are no entity.

    `known` are names to hold back besides those mentioned: what the page has decided on, or can't
    be decided. The most frequent come first, then by the alphabet; each where it occurs first.
    """
    if lang.partition("-")[0].lower() in _NOUNS_CAPITALISED:
        return ()
    runs = [(*run, text) for text in passages for run in _capitalised(text[0].prose.text)]
    totals = Counter(name for _, name, _ in runs)
    often = {name for name, count in totals.items() if count >= OFTEN} - _CALENDAR - {*known}
    counts: Counter[str] = Counter()
    first: dict[str, Place] = {}
    for at, name, (passage, pointer) in runs if often else ():
        if name in often and (block := _running_text(passage, at, at + len(name))):
            counts[name] += 1
            line = 0 if pointer else block.line
            first.setdefault(name, Place(path, line, 0, pointer, name))
    frequent = [(-count, name) for name, count in counts.items() if count >= OFTEN]
    return tuple(
        finding(
            "unlinked-candidate",
            first[name],
            f"“{name}” occurs {-count} times and is no entity.",
            "If readers may ask who or what it is, add an entity for it.",
        )
        for count, name in sorted(frequent)
    )


def _running_text(passage: Passage, start: int, end: int) -> Block | None:
    """The block that a name stands in, where it is inside a sentence there and no mention."""
    prose = passage.prose
    block = prose.blocks[bisect_right(prose.blocks, start, key=attrgetter("start")) - 1]
    if block.kind not in ("paragraph", "cell") or block.is_quoted:
        return None
    last = bisect_left(passage.mentions, end, key=attrgetter("start")) - 1
    if last >= 0 and passage.mentions[last].end > start:
        return None
    return block if _GOES_ON.search(prose.text, max(start - 3, block.start), start) else None


def _capitalised(text: str) -> Iterator[tuple[int, str]]:
    """Yield the capitalised words in a row, without a possessive, each with its offset."""
    for match in _RUN.finditer(text):
        at, words = match.start(), match[0]
        for run in (words,) if words.isascii() else _runs(words):
            name = run[:-2] if run.endswith(_POSSESSIVE) else run
            if len(name) > 1 and name[0].isupper():
                yield at, name
            at += len(run) + 1


def _runs(words: str) -> Iterator[str]:
    """Cut words in a row where one that begins with a capital meets one that doesn't."""
    for _, group in groupby(words.split(" "), key=lambda word: word[0].isupper()):
        yield " ".join(group)
