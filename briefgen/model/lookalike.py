"""What two names differ in that look the same: Unicode forms, invisible characters, other scripts.

In: a name as it was written, and one that there is. Out: a sentence that says what no eye sees, or
nothing where the difference shows.
"""

# ruff: noqa: RUF001 (the letters that look alike are what it is about)

from __future__ import annotations

import unicodedata

_OTHER_LETTERS = str.maketrans(
    "АВЕЅІЈКМНОРСТХаеѕіјорсухΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABESIJKMHOPCTXaesijopcyxABEZHIKMNOPTYXo"
)
"""Letters of the Cyrillic and Greek scripts that are drawn as Latin ones are."""
_INVISIBLE = frozenset({"Cc", "Cf"})


def unseen_difference(written: str, known: str) -> str:
    """Return in what two different names differ, where both look the same; else nothing."""
    if written == known or _looks(written) != _looks(known):
        return ""
    here, there = (unicodedata.normalize("NFC", name) for name in (written, known))
    if here == there:
        first, second = ("one character", "two")
        if len(written) > len(known):
            first, second = second, first
        return (
            f"They look the same, but what is {first} here is {second} there, a letter and its "
            "accent: write one of them anew, as the other is."
        )
    at = next((i for i, (a, b) in enumerate(zip(here, there, strict=False)) if a != b), None)
    if at is None:
        at = min(len(here), len(there))
    ours, theirs = here[at : at + 1], there[at : at + 1]
    if _is_invisible(ours):
        return f"They look the same, but here stands {_named(ours)}, which shows nothing."
    if _is_invisible(theirs):
        return f"They look the same, but there stands {_named(theirs)}, which shows nothing."
    return f"They look the same, but {_named(ours)} stands here for {_named(theirs)}."


def _looks(name: str) -> str:
    """What is seen of a name."""
    seen = (
        "-" if unicodedata.category(char) == "Pd" else " " if char.isspace() else char
        for char in unicodedata.normalize("NFC", name)
        if not _is_invisible(char)
    )
    return "".join(seen).translate(_OTHER_LETTERS)


def _is_invisible(char: str) -> bool:
    return char != "" and unicodedata.category(char) in _INVISIBLE


def _named(char: str) -> str:
    return f"U+{ord(char):04X} ({unicodedata.name(char, 'a control character').lower()})"
