"""Whether folders stand where they stood when the site was listed.

In: folders, and what was noted of them. Out: their signatures, and whether they are still those. A
folder that is renamed, or put in the place of another, brings files that have long been at rest:
nothing of the files themselves tells that others were read than were listed. The folders tell. No
file is opened here.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from briefgen.build.digests import is_at_rest
from briefgen.load.scan import FolderState, Listing, Signature, ancestors_of, state_of_folder

_RESTLESS = Signature(0, 2**62, 2**62, 0)
"""Of what can't be told to be at rest by one look."""


class Themed(msgspec.Struct, frozen=True):
    """What lies in the folders of templates and themes, in a fixed order."""

    files: tuple[tuple[str, Signature | None], ...]
    folders: tuple[tuple[str, FolderState], ...]


def look_at_themes(folders: Sequence[Path]) -> Themed:
    """Note the files of templates and themes, and the folders that they lie in.

    Compiled templates are kept in the last one, the built-in theme's: of its own state only the
    inode is noted.
    """
    files: list[tuple[str, Signature | None]] = []
    tops = [str(folder) for folder in folders]
    places = [(top, state_of_folder(top)) for top in tops]
    places[-1] = (tops[-1], tuple(Signature(0, 0, 0, one.inode) for one in places[-1][1]))
    for top in tops:
        for parent, names, found in os.walk(top):
            names[:] = sorted(name for name in names if name != "__pycache__")
            paths = [f"{parent}/{name}" for name in sorted(found)]
            files += [(path, signature_of(path)) for path in paths]
            for path in [f"{parent}/{name}" for name in names]:
                places.append((path, state_of_folder(path)))
                if len(places[-1][1]) > 1:  # a link: not followed here, but read through
                    files.append((path, _RESTLESS))
    return Themed(tuple(files), tuple(places))


def signature_of(path: str) -> Signature | None:
    """The signature of the file that a path leads to; None where that is nothing."""
    found = state_of_folder(path)
    return found[-1] if found else None


def are_as_listed(root: Path, listing: Listing) -> bool:
    """Whether the folders that were listed stand as they stood then."""
    return all(state_of_folder(f"{root}/{path}") == state for path, state in listing.folders)


def have_stood_still(root: Path, files: Iterable[str], now_ns: int) -> bool:
    """Whether the folders of files that no listing holds were at rest at a moment."""
    folders = {folder for file in files for folder in ancestors_of(file)}
    states = [state_of_folder(f"{root}/{folder}") for folder in folders]
    return all(is_at_rest(one, now_ns) for state in states for one in state)
