"""The rule on names that occur often and are no entity: they may deserve an entry.

In: passages that the desk wrote, with their mentions. Out: diagnostics. It is a guess by
capitals, so its finding is information, and it holds back where capitals say little: at the start
of a sentence, in the names of the calendar, and in languages that capitalise all nouns.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator

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
_WORD = re.compile(r"[^\W_]+(?:['\u2019-][^\W_]+)*")
_POSSESSIVE = re.compile(r"['\u2019]s$")
_INSIDE = frozenset({" ", ", ", "; ", " (", ") "})
"""What stands between words of one sentence; after anything else a capital says little."""


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
    mentioned = [(span.start, span.end) for span in passage.mentions]
    for block in passage.prose.blocks:
        if block.kind not in ("paragraph", "cell") or block.is_quoted:
            continue
        for start, end in _capitalised(text, block.start, block.end):
            name = _POSSESSIVE.sub("", text[start:end])
            is_mentioned = any(low < end and start < high for low, high in mentioned)
            if len(name) > 1 and name not in _CALENDAR and not is_mentioned:
                yield name, block.line


def _capitalised(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the spans of capitalised words in a row that don't begin a sentence."""
    run: tuple[int, int, bool] | None = None  # start, end, whether it is inside a sentence
    previous = start
    for word in _WORD.finditer(text, start, end):
        gap = text[previous : word.start()]
        is_capitalised = word[0][0].isupper()
        if run and is_capitalised and gap == " ":
            run = (run[0], word.end(), run[2])
        else:
            if run and run[2]:
                yield run[:2]
            run = (word.start(), word.end(), gap in _INSIDE) if is_capitalised else None
        previous = word.end()
    if run and run[2]:
        yield run[:2]
