"""Finding what an author may have meant by a name that is not known.

In: the name and the names there are. Out: the near ones, or a sentence that names them. It is run
for mistakes only, and what it runs with is loaded only then.
"""

from __future__ import annotations

from collections.abc import Iterable

from briefgen.model.lookalike import unseen_difference

_SHOWN = 3
_START = 3  # letters that a beginning has at least
_LIKENESS = 60  # percent; below that a name is a different one
_BEHIND = 15  # percent; a name that is so much less like it than the nearest is not meant
_COMPARED = 100  # characters: no name is longer, and comparing takes the product of the lengths


def nearest(name: str, known: Iterable[str]) -> list[str]:
    """Return up to three of the known names that begin with `name` or are close to it.

    Those that begin with it come first, then the closest, without those that are far less close.
    Case and the difference of `-`, `_` and a space don't count. Linear in the number of names.
    """
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - a site without mistakes needs none

    names, start = list(known), _folded(name)
    # All at once, since a site may have thousands of names and as many mistakes; no name has a NUL.
    folded = _folded("\0".join(names)).split("\0") if names else []
    has_start = len(start) >= _START
    longer = [names[at] for at, one in enumerate(folded) if has_start and one.startswith(start)]
    found = process.extract(
        start[:_COMPARED], folded, scorer=fuzz.ratio, score_cutoff=_LIKENESS, limit=_SHOWN
    )
    close = [names[at] for _, likeness, at in found if likeness >= found[0][1] - _BEHIND]
    return list(dict.fromkeys([*longer, *close]))[:_SHOWN]


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return the sentence "Did you mean `a` or `b`?", or an empty one where nothing is near.

    Of a name that looks the same a second sentence says what it differs in.
    """
    found = nearest(name, known)
    for one in found:
        if difference := unseen_difference(name, one):
            return f"Did you mean `{one}`? {difference}"
    return f"Did you mean {' or '.join(f'`{one}`' for one in found)}?" if found else ""


def _folded(name: str) -> str:
    return name.casefold().replace("-", "_").replace(" ", "_")
