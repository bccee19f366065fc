"""The plan of a commit: which steps lead from the output as it is to the output as wanted.

In: what the manifest lists, what is wanted, what is staged, and a look at the output. Out: steps
for the journal, or the fault that keeps the commit from starting. Nothing here changes the disk.

Pages are added before those that link to them are changed, and removed after, so that a reader is
never sent to a page that is not there. Removed earlier are only files that stand in the way: a
file where a folder must go, the reverse, and names that the disk may take for one. No symbolic
link inside the output is followed, and nothing that is not of the manifest is written over.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Mapping
from typing import Literal, NoReturn

import msgspec

from briefgen.write.faults import OutputFault
from briefgen.write.journal import Step
from briefgen.write.manifest import MANIFEST, Entry
from briefgen.write.paths import ancestors, fold
from briefgen.write.stage import FILES, Destination, digest_of_file

Kind = Literal["absent", "file", "folder", "link"]

UNION = "union"
"""In the stage, the manifest while a commit is under way: what was listed and what is added."""

NEW_MANIFEST = "manifest"
"""In the stage, the manifest once it is done."""


class Plan(msgspec.Struct, frozen=True):
    """The steps of a commit, without those of the manifest, and what they amount to."""

    steps: tuple[Step, ...]
    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]


def plan_commit(
    to: Destination,
    previous: Mapping[str, Entry],
    wanted: Mapping[str, Entry],
    staged: Mapping[str, str],
) -> Plan:
    """Return the steps that move `staged` (path -> name in the stage) and remove what is stale.

    Stale is what `previous` lists and `wanted` does not. A staged path where a foreign file with
    the very same bytes stands takes it over, without a step. Raises OutputFault, naming both
    sides, where a foreign file, a foreign folder or a symbolic link is in the way.
    """
    planner = _Planner(to, previous, wanted)
    planner.find_stale()
    for path in sorted(staged):
        planner.place(path)
    early = planner.in_the_way()
    late = [path for path in planner.stale if path not in early]
    steps = (
        *(Step("remove", path) for path in early),
        *_prunes(planner.cleared),
        *(Step("folder", folder) for folder in sorted(planner.folders)),
        *(Step("add", path, f"{FILES}/{staged[path]}") for path in planner.added),
        *(Step("change", path, f"{FILES}/{staged[path]}") for path in planner.changed),
        *(Step("remove", path) for path in late),
        *_prunes({folder for path in planner.stale for folder in ancestors(path)}),
    )
    return Plan(steps, tuple(planner.added), tuple(planner.changed), tuple(planner.stale))


def with_manifest(plan: Plan, *, is_listed: bool) -> tuple[Step, ...]:
    """Return all steps of a commit, those of the manifest among them.

    The new manifest comes last. Where files are added, one that lists old and new comes first:
    should the state folder be lost halfway, the added files are still known as briefgen's.
    """
    first = (Step("change" if is_listed else "add", MANIFEST, UNION),) if plan.added else ()
    is_there = is_listed or bool(first)
    last = Step("change" if is_there else "add", MANIFEST, NEW_MANIFEST)
    return (*first, *plan.steps, last)


def _prunes(folders: Iterable[str]) -> list[Step]:
    # In reverse order, a folder comes after those inside it.
    return [Step("prune", folder) for folder in sorted(folders, reverse=True)]


class _Planner:
    """One look at the output: each path is asked about once."""

    def __init__(
        self, to: Destination, previous: Mapping[str, Entry], wanted: Mapping[str, Entry]
    ) -> None:
        self.to = to
        self.previous = previous
        self.wanted = wanted
        self.stale: list[str] = []
        self.added: list[str] = []
        self.changed: list[str] = []
        self.folders: set[str] = set()  # to be made
        self.cleared: list[str] = []  # where a file must go, with all folders inside
        self._kinds: dict[str, Kind] = {}
        self._twins: set[tuple[int, int]] | None = None

    def find_stale(self) -> None:
        """Find the files of the manifest that are there and no longer wanted."""
        for path in sorted(self.previous.keys() - self.wanted.keys()):
            is_inside = all(self._kind(folder) == "folder" for folder in ancestors(path))
            if is_inside and self._kind(path) in ("file", "link"):
                self.stale.append(path)

    def place(self, path: str) -> None:
        """Decide how a staged path gets to its place."""
        for folder in ancestors(path):
            self._need_folder(folder, path)
        kind = self._kind(path)
        if kind == "folder":
            self._need_cleared(path)
        if kind in ("absent", "folder"):
            self.added.append(path)
        elif path in self.previous:
            self.changed.append(path)
        elif self._is_twin(path):
            self.added.append(path)  # the twin is removed first
        elif not self._has_wanted_bytes(path, kind):
            self._refuse(path, path, "a file that is not briefgen's")

    def in_the_way(self) -> dict[str, None]:
        """The stale files that must go before anything is added, in order.

        Names are compared as the least discerning disk does.
        """
        if not self.stale or not (self.added or self.changed):
            return {}
        files = {fold(path) for path in (*self.added, *self.changed)}
        folders = {fold(folder) for path in self.added for folder in ancestors(path)}
        return {
            path: None
            for path in self.stale
            if (folded := fold(path)) in files
            or folded in folders
            or not files.isdisjoint(ancestors(folded))
        }

    def _need_folder(self, folder: str, path: str) -> None:
        if folder in self.folders:
            return
        if folder in self.wanted:
            self._refuse(path, folder, "another page")
        kind = self._kind(folder)
        if kind == "link":
            self._refuse(path, folder, "a symbolic link, which is not followed")
        if kind == "file" and folder not in self.previous:
            self._refuse(path, folder, "a file that is not briefgen's")
        if kind != "folder":
            self.folders.add(folder)

    def _need_cleared(self, folder: str) -> None:
        """Make sure that all that lies in a folder, where a file must go, is stale."""
        stale = set(self.stale)
        for root, names, files in os.walk(f"{self.to.output}/{folder}"):
            inside = os.path.relpath(root, self.to.output).replace(os.sep, "/")
            self.cleared.append(inside)
            links = [name for name in names if _look(f"{root}/{name}") == "link"]
            for name in sorted(files + links):
                if (path := f"{inside}/{name}") not in stale:
                    is_ours = path in self.wanted
                    what = "another page" if is_ours else "a file that is not briefgen's"
                    self._refuse(folder, path, what)

    def _is_twin(self, path: str) -> bool:
        """Whether the file there is one of the stale ones, on a disk that ignores case."""
        if self._twins is None:
            self._twins = {_identity(f"{self.to.output}/{stale}") for stale in self.stale}
        folded = fold(path)
        is_twin = any(fold(stale) == folded for stale in self.stale)
        return is_twin and _identity(f"{self.to.output}/{path}") in self._twins

    def _has_wanted_bytes(self, path: str, kind: Kind) -> bool:
        full = f"{self.to.output}/{path}"
        if kind != "file" or not stat.S_ISREG(os.lstat(full).st_mode):
            return False
        entry = self.wanted.get(path)
        return entry is not None and digest_of_file(full) == entry.digest

    def _kind(self, path: str) -> Kind:
        kind = self._kinds.get(path)
        if kind is None:
            kind = self._kinds[path] = _look(f"{self.to.output}/{path}")
        return kind

    def _refuse(self, path: str, obstacle: str, what: str) -> NoReturn:
        shown = f"{self.to.shown}/{path}"
        raise OutputFault(
            shown,
            f"`{shown}` can't be written: `{self.to.shown}/{obstacle}` is {what}.",
            f"Move `{self.to.shown}/{obstacle}` away, or give the page another address.",
        )


def _look(full: str) -> Kind:
    try:
        mode = os.lstat(full).st_mode
    except (FileNotFoundError, NotADirectoryError):
        return "absent"
    if stat.S_ISLNK(mode):
        return "link"
    return "folder" if stat.S_ISDIR(mode) else "file"


def _identity(full: str) -> tuple[int, int]:
    status = os.lstat(full)
    return status.st_dev, status.st_ino
