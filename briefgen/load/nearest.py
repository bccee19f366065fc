"""Finding what an author may have meant by a word that is not known.

In: the word and the words there are. Out: the near ones, or a sentence that names them.
"""

from __future__ import annotations

from collections.abc import Iterable

_SHOWN = 3
_START = 3  # letters that a beginning has at least
_LIKENESS = 70  # percent; below that a word is a different one


def nearest(word: str, known: Iterable[str]) -> list[str]:
    """Return up to three of the known words that begin with `word` or are close to it.

    The closest comes first. Case and the difference of `-`, `_` and a space don't count.
    """
    # Loaded only when there is a mistake to explain.
    from rapidfuzz import fuzz, process  # noqa: PLC0415

    words, start = list(known), _folded(word)
    longer = [name for name in words if len(start) >= _START and _folded(name).startswith(start)]
    found = process.extract(
        word[:100],
        words,
        scorer=fuzz.ratio,
        processor=_folded,
        score_cutoff=_LIKENESS,
        limit=_SHOWN,
    )
    return list(dict.fromkeys([*longer, *(name for name, _, _ in found)]))[:_SHOWN]


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return the sentence "Did you mean `a` or `b`?", or an empty one where nothing is near."""
    names = [f"`{name}`" for name in nearest(word, known)]
    return f"Did you mean {' or '.join(names)}?" if names else ""


def _folded(word: str) -> str:
    return word.casefold().replace("-", "_").replace(" ", "_")
