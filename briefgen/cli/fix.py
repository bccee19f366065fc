"""`briefgen check --fix`: quotes that have drifted from their article are written anew.

In: what a check found. Out: the front matter of the briefings, changed in these quotes alone, and
what was changed. A raw article is never written, and no quote is changed by a guess.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec

from briefgen.build.drift import Drift, find_drifts
from briefgen.build.options import BuildOptions
from briefgen.build.pipeline import BuildResult
from briefgen.cli.replace import ChangedError, replace_bytes
from briefgen.cli.session import Session
from briefgen.load.rewrite import rewrite_text
from briefgen.load.text import PAGE_LIMIT, read


class Fix(msgspec.Struct, frozen=True):
    """A quote that was rewritten: where it stands now, 1-based, and both its wordings."""

    path: str  # relative to the site, with slashes
    line: int
    column: int
    old: str
    new: str
    likeness: int  # of the two, 0 to 100


def fix_quotes(options: BuildOptions, result: BuildResult, session: Session) -> tuple[Fix, ...]:
    """Rewrite the quotes that were not found and clearly mean one passage; return what was done.

    A file that can't be written, or that somebody saves at the same moment, is left as it is, and
    the session is told.
    """
    codes = {"quote-not-found"}
    paths = sorted({one.place.path for one in result.diagnostics if one.code in codes})
    fixes: list[Fix] = []
    for path in paths:
        fixes += _fix_file(options.root, path, session)
    return tuple(fixes)


def _fix_file(root: Path, path: str, session: Session) -> Sequence[Fix]:
    before, faults = read(root, path, PAGE_LIMIT)
    if faults:
        return ()
    after, fixes = apply_drifts(before, path, find_drifts(before, path, root))
    if not fixes:
        return ()
    try:
        replace_bytes(root / path, before, after)
    except ChangedError:
        session.complain(f"{path} was saved by somebody else just now, so it is left: try again.")
        return ()
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        session.complain(f"{path} can't be written: {reason}. It is as it was.")
        return ()
    return fixes


def apply_drifts(data: bytes, path: str, drifts: Sequence[Drift]) -> tuple[bytes, tuple[Fix, ...]]:
    """Return the bytes of a briefing's file with its drifted quotes rewritten, and which were.

    One that can't be rewritten alone (see `rewrite_text`) stays.
    """
    fixes: list[Fix] = []
    for drift in drifts:
        written = rewrite_text(data, drift.pointer, drift.new)
        if written is not None:
            data = written.data
            place = (path, written.line, written.column)
            fixes.append(Fix(*place, drift.old, drift.new, drift.likeness))
    return data, tuple(fixes)
