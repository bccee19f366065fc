"""The rule on names that occur often and are no entity: they may deserve an entry.

In: passages that the desk wrote, with their mentions. Out: diagnostics. It is a guess by
capitals, so its finding is information, and it holds back where capitals say little: at the start
of a sentence, in the names of the calendar, and in languages that capitalise all nouns.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from itertools import groupby

from briefgen.model.diagnostics import Diagnostic, Place, finding
from briefgen.model.prose import Passage

OFTEN = 3
"""Occurrences on one page from which on a name is reported."""

_NOUNS_CAPITALISED = frozenset({"de", "lb", "gsw", "nds"})
_CALENDAR = frozenset({
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "January",
    "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
})  # fmt: skip
_LETTERS = r"[^\W_]*(?:['\u2019-][^\W_]+)*"
_RUN = re.compile(
    # Words in a row that begin with a letter other than a to z: a capital, or a letter to look at.
    # What may not stand before is asked after the letter, for which the engine searches fast.
    rf"[^\W\d_a-z](?<![^\W_].)(?<![^\W_]['\u2019-].){_LETTERS}(?: [^\W\d_a-z]{_LETTERS})*"
)
_POSSESSIVE = re.compile(r"['\u2019]s$")
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
    counts: Counter[str] = Counter()
    first: dict[str, Place] = {}
    for passage, pointer in passages:
        for name, line in _names(passage):
            counts[name] += 1
            first.setdefault(name, Place(path, 0 if pointer else line, 0, pointer, name))
    frequent = [(-count, name) for name, count in counts.items() if count >= OFTEN]
    return tuple(
        finding(
            "unlinked-candidate",
            first[name],
            f"“{name}” occurs {-count} times and is no entity.",
            "If readers may ask who or what it is, add an entity for it.",
        )
        for count, name in sorted(frequent)
        if name not in known
    )


def _names(passage: Passage) -> Iterator[tuple[str, int]]:
    """Yield each capitalised name that is in running text and no mention, with its block's line."""
    text = passage.prose.text
    starts = [span.start for span in passage.mentions]
    for block in passage.prose.blocks:
        if block.kind not in ("paragraph", "cell") or block.is_quoted:
            continue
        for start, end in _capitalised(text, block.start, block.end):
            name = _POSSESSIVE.sub("", text[start:end])
            last = bisect_left(starts, end) - 1
            is_mentioned = last >= 0 and passage.mentions[last].end > start
            if len(name) > 1 and name not in _CALENDAR and not is_mentioned:
                yield name, block.line


def _capitalised(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the spans of capitalised words in a row that don't begin a sentence."""
    for match in _RUN.finditer(text, start, end):
        at = match.start()
        for run in (match[0],) if match[0].isascii() else _runs(match[0]):
            if run[0].isupper() and _GOES_ON.search(text, max(at - 3, start), at):
                yield at, at + len(run)
            at += len(run) + 1


def _runs(words: str) -> Iterator[str]:
    """Cut words in a row where one that begins with a capital meets one that doesn't."""
    for _, group in groupby(words.split(" "), key=lambda word: word[0].isupper()):
        yield " ".join(group)
