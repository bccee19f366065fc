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
        return (
            f"They look the same, but {_composed_otherwise(written, known)}: write one of them "
            "anew, as the other is."
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


def _composed_otherwise(written: str, known: str) -> str:
    """In what two names differ that are one in Unicode's form C: at the first such letter."""
    pairs = zip(_letters(written), _letters(known), strict=False)
    ours, theirs = next(((a, b) for a, b in pairs if a != b), (written, known))
    is_one_letter = unicodedata.normalize("NFC", ours) == unicodedata.normalize("NFC", theirs)
    if is_one_letter and len(ours) == len(theirs) == 1:
        return f"{_named(ours)} stands here for {_named(theirs)}"
    for one, other, said in (
        (ours, theirs, "what is one character here is two there"),
        (theirs, ours, "what is two here is one character there"),
    ):
        if len(one) == 1 and len(other) == 2 and unicodedata.combining(other[1]):
            return f"{said}, a letter and its accent"
    if sorted(ours) == sorted(theirs):
        return "the accents of a letter stand in another order"
    return "a letter is made up of other characters here than there"


def _letters(name: str) -> list[str]:
    """The characters of a name, each with the marks that belong to it."""
    found: list[str] = []
    for char in name:
        if found and unicodedata.combining(char):
            found[-1] += char
        else:
            found.append(char)
    return found


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
