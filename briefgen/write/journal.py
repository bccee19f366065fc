"""The journal: the steps of a commit, written down before the first is taken.

In: steps between a stage and an output. Out: the output with all of them taken, or with none.
Both directions read from the disk which steps have been taken, never from memory, so either may
be run again after being cut short at any point: a killed build is completed by the next one, a
failed one is undone at once.

A reader of the output never sees half a file: each file arrives by one rename. What is replaced
or removed is kept in the stage until the journal is dropped. The journal and the manifest are
synced to the disk, pages are not: after a power cut a page may be empty, which its digest in the
manifest shows to the next build.
"""

# ruff: noqa: PTH102, PTH105, PTH106, PTH108 - system calls are what is counted here

from __future__ import annotations

import os
import shutil
import stat
from contextlib import suppress
from typing import Literal

import msgspec

from briefgen.write.paths import is_contained
from briefgen.write.stage import (
    JOURNAL,
    OLD,
    Destination,
    drop_stage,
    find_stages,
    write_synced,
)

FORMAT = 1

Action = Literal[
    "add",  # move `source` to where nothing is
    "change",  # move `source` over a file of ours
    "remove",  # a file of ours
    "folder",  # make it
    "prune",  # remove a folder, if it is empty
]


class Step(msgspec.Struct, frozen=True, array_like=True):
    """One step: `target` is relative to the output, `source` to the stage, both with slashes."""

    action: Action
    target: str
    source: str = ""


class _Journal(msgspec.Struct, array_like=True):
    format: int
    steps: tuple[Step, ...]


def write_journal(stage: str, steps: tuple[Step, ...], *, waits: bool = True) -> None:
    """Write the journal of a stage; once its name is there it is complete.

    With `waits` it is on the disk when this returns.
    """
    part = f"{stage}/{JOURNAL}.part"
    write_synced(part, msgspec.msgpack.encode(_Journal(FORMAT, steps)), waits=waits)
    os.replace(part, f"{stage}/{JOURNAL}")
    if not waits:
        return
    folder = os.open(stage, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def read_journal(stage: str) -> tuple[Step, ...] | None:
    """Return the steps of a stage's journal; None where there is none that can be trusted."""
    try:
        with open(f"{stage}/{JOURNAL}", "rb") as file:  # noqa: PTH123
            found = msgspec.msgpack.decode(file.read(), type=_Journal)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return None
    if found.format != FORMAT:
        return None
    for step in found.steps:
        if not is_contained(step.target) or not (step.source == "" or is_contained(step.source)):
            return None
    return found.steps


def drop_journal(stage: str) -> None:
    """Take the journal away: the commit is done, or undone."""
    with suppress(FileNotFoundError):
        os.unlink(f"{stage}/{JOURNAL}")


def recover(to: Destination) -> None:
    """Complete the commit of a run that was killed, and clear away what was only staged.

    OSError where the output can't be written. Where it was rearranged by hand since, so that a
    step makes no sense any more, the rest is let go: the build that follows looks at each file
    anyway, against the manifest.
    """
    for stage in find_stages(to):
        with suppress(FileExistsError, FileNotFoundError, IsADirectoryError, NotADirectoryError):
            run_forward(stage, to.output, read_journal(stage) or ())
        drop_journal(stage)
        drop_stage(stage)


def run_forward(stage: str, output: str, steps: tuple[Step, ...]) -> None:
    """Take all steps that are not taken yet. OSError where one can't be."""
    for index, step in enumerate(steps):
        target = f"{output}/{step.target}"
        match step.action:
            case "add":
                _move(f"{stage}/{step.source}", target)
            case "change":
                _keep_copy(target, f"{stage}/{OLD}/{index}")
                _move(f"{stage}/{step.source}", target)
            case "remove":
                _set_aside(target, f"{stage}/{OLD}/{index}")
            case "folder":
                with suppress(FileExistsError):
                    os.mkdir(target)
            case "prune":
                _set_aside_empty(target, f"{stage}/{OLD}/{index}")


def run_back(stage: str, output: str, steps: tuple[Step, ...]) -> None:
    """Undo all steps that were taken, the last first.

    One that can't be undone does not keep the others from it; then OSError is raised, the first.
    """
    failed: OSError | None = None
    for index, step in reversed(list(enumerate(steps))):
        try:
            _undo(stage, output, index, step)
        except OSError as error:
            failed = failed or error
    if failed is not None:
        raise failed


def _undo(stage: str, output: str, index: int, step: Step) -> None:
    target = f"{output}/{step.target}"
    match step.action:
        case "add":
            source = f"{stage}/{step.source}"
            if not os.path.lexists(source):
                _move(target, source)
        case "folder":
            with suppress(OSError):  # one too many harms nobody
                os.rmdir(target)
        case "change" | "remove" | "prune":
            _move(f"{stage}/{OLD}/{index}", target)


def _move(source: str, target: str) -> None:
    """Move a file or folder in one step; a source that is gone was moved before."""
    try:
        os.replace(source, target)
    except FileNotFoundError:
        if os.path.lexists(source):
            raise


def _keep_copy(target: str, old: str) -> None:
    """Keep what will be replaced under a second name, or as a copy where a disk has no links."""
    try:
        os.link(target, old, follow_symlinks=False)
    except (FileExistsError, FileNotFoundError):
        return  # kept before the run was cut short; or deleted by hand since the plan was made
    except (OSError, NotImplementedError):
        part = f"{old}.part"
        shutil.copy2(target, part, follow_symlinks=False)
        os.replace(part, old)


def _set_aside(target: str, old: str) -> None:
    """Remove a file into the stage; one that lies there was removed before."""
    if os.path.lexists(old):
        return
    with suppress(FileNotFoundError, NotADirectoryError):
        if not stat.S_ISDIR(os.lstat(target).st_mode):
            os.replace(target, old)


def _set_aside_empty(folder: str, old: str) -> None:
    """Remove a folder into the stage, if it is empty and the system lets us.

    It is moved, since a full disk might not let us make it again.
    """
    if os.path.lexists(old):
        return
    with suppress(OSError):
        if os.listdir(folder):  # noqa: PTH208
            return
        os.replace(folder, old)
        if os.listdir(old):  # noqa: PTH208 - someone put a file there just now
            os.replace(old, folder)
