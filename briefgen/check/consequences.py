"""Findings that only say that a file could not be read: left out, so that its own mistake stands out.

In: the diagnostics of a run. Out: the same in their order, without those that may well go away with
a mistake that kept a file, or a thing in it, from being loaded: what it describes is then missing
wherever it is named. Nothing is left out of a run that has no such mistake, so a run never succeeds
for it.
"""

from __future__ import annotations

from collections.abc import Iterable

from briefgen.model.diagnostics import Diagnostic

_CAUSES = frozenset(
    ("yaml-syntax", "yaml-limit", "file-encoding", "file-nul", "front-matter-missing", "missing-key")
)
_NAMED = ("unknown-entity", "unknown-treaty", "unknown-link")
_FOLLOWING = {
    "content/entities/": _NAMED,
    "content/treaties/": _NAMED,
    "content/sources/": ("unknown-source", "unknown-citation", "unknown-link"),
    "content/briefings/": ("unknown-briefing", "unknown-link"),
}


def without_consequences(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Leave out that ids are not known, of the kinds of which a file was not read."""
    found = tuple(diagnostics)
    causes = [
        one.place.path
        for one in found
        if one.code in _CAUSES and "annotations" not in one.place.pointer
    ]
    hidden = {
        code
        for folder, codes in _FOLLOWING.items()
        if any(path.startswith(folder) for path in causes)
        for code in codes
    }
    return tuple(one for one in found if one.code not in hidden) if hidden else found
