"""Taking an output away again: what the manifest lists goes, all else stays.

In: an output and the state folder that serves it. Out: what was removed. A commit that was cut
short is completed first, and the removal is itself a commit, so it may be killed at any point.
The caller holds the build lock.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import msgspec

from briefgen.write.faults import output_fault
from briefgen.write.journal import recover
from briefgen.write.manifest import MANIFEST, read_manifest
from briefgen.write.stage import Destination
from briefgen.write.transaction import Transaction, names_in


class Cleaned(msgspec.Struct, frozen=True):
    """What became of an output."""

    is_listed: bool  # False: there is no list in it, so nothing in it is known as briefgen's
    removed: int = 0  # files that the list named
    left: tuple[str, ...] = ()  # names at its top that are not briefgen's, sorted


def complete(output: Path, state: Path, shown: str = "") -> None:
    """Complete a commit that was cut short, which the state folder alone knows of.

    Raises OutputFault where the output can't be written.
    """
    to = Destination.of(output, state, shown)
    try:
        recover(to)
    except OSError as error:
        raise output_fault(to.named_in(error), error) from error


def clean_output(output: Path, state: Path, shown: str = "") -> Cleaned:
    """Remove the files that the manifest of `output` lists, and folders that are empty then.

    Where foreign files are left the manifest stays too, with nothing in it: the folder is still
    known as one that briefgen may write to. Else both go. Raises ForeignOutput where the manifest
    is damaged, OutputFault where the output can't be written; it is then as it was.
    """
    complete(output, state, shown)
    manifest, is_damaged = read_manifest(output)
    if manifest is None and not is_damaged:
        return Cleaned(is_listed=False, left=_left(output))
    with Transaction.begin(output, state, shown) as transaction:
        removed = transaction.commit().removed
    left = _left(output)
    if not left:
        try:
            (output / MANIFEST).unlink(missing_ok=True)
        except OSError as error:
            raise output_fault(shown or str(output), error) from error
        with suppress(OSError):  # a link, or where another disk is mounted: it is empty
            output.rmdir()
    return Cleaned(True, removed, left)


def _left(output: Path) -> tuple[str, ...]:
    with suppress(OSError):
        return tuple(names_in(str(output)) or ())
    return ()
