"""Names that an author may have meant by one that is not known.

In: the wrong name and those there are. Out: a help text. It is loaded and run for mistakes only.
"""

from __future__ import annotations

from collections.abc import Iterable

_SHOWN = 3
_LIKENESS = 60  # percent; below that a name is a different one


def near(name: str, names: Iterable[str]) -> str:
    """Return "Did you mean `a` or `b`?" with up to three names, the nearest first; or nothing."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415  (a site without mistakes needs none)

    found = process.extract(
        name, [*names], scorer=fuzz.ratio, processor=str.casefold, score_cutoff=_LIKENESS,
        limit=_SHOWN,
    )  # fmt: skip
    matches = dict.fromkeys(f"`{match}`" for match, _, _ in found)
    return f"Did you mean {' or '.join(matches)}?" if matches else ""
