"""Raw articles that a briefing names and that aren't there: which file may have been meant.

In: what is wrong with a briefing, and the files of the site. Out: the same, with the near names in
its help. It is no part of a study, which must not depend on what other files there are.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Sequence

import msgspec

from briefgen.model.diagnostics import Diagnostic
from briefgen.model.nearest import did_you_mean


def with_near_articles(
    found: Iterable[Diagnostic], named: Sequence[str], files: Sequence[str]
) -> tuple[Diagnostic, ...]:
    """Add the nearest names to the help on an article that can't be read.

    `named` are the briefing's own file and those that it names, `files` those of raw articles; all
    are paths relative to the site.
    """
    return tuple(
        msgspec.structs.replace(one, help=_help(one, named, files))
        if one.code == "file-unreadable" and one.place.pointer == ("article",)
        else one
        for one in found
    )


def _help(one: Diagnostic, named: Sequence[str], files: Sequence[str]) -> str:
    folder = posixpath.dirname(one.place.path)
    wrong = [path for path in named if path != one.place.path]
    names = (posixpath.relpath(path, folder) for path in files)
    advice = did_you_mean(posixpath.relpath(wrong[0], folder), names) if wrong else ""
    return f"{advice} {one.help}".strip()
