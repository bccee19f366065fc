"""What stops a write, worded for authors.

In: a path and the system's error. Out: exceptions that carry a diagnostic. They survive pickling,
since workers raise them too. Nothing here touches the disk.
"""

from __future__ import annotations

import errno
from typing import ClassVar

from briefgen.model.diagnostics import Diagnostic, Place, finding

_ELSEWHERE = "Name another folder with `--site-dir`."
_WORDS = {
    errno.ENOSPC: ("the disk is full", "Make room, then build again."),
    errno.EDQUOT: ("your share of the disk is used up", "Make room, then build again."),
    errno.EROFS: ("the disk can only be read", _ELSEWHERE),
    errno.EACCES: ("you may not write there", f"Check whose folder it is. {_ELSEWHERE}"),
    errno.EPERM: ("you may not write there", f"Check whose folder it is. {_ELSEWHERE}"),
    errno.ENAMETOOLONG: (
        "the name is too long for the disk",
        "Give the page a shorter `slug:`, or the file a shorter name.",
    ),
    errno.ENOTDIR: ("a file stands where a folder must go", "Rename one of the two."),
    errno.EISDIR: ("a folder stands where a file must go", "Rename one of the two."),
    errno.EEXIST: ("something else stands there", "Move it away, then build again."),
    errno.ENOTEMPTY: ("the folder there is not empty", "Move it away, then build again."),
}


class WriteFault(Exception):  # noqa: N818 - the house calls what is wrong a fault
    """Something that stops a write; `message` and `help` are for the author."""

    code: ClassVar[str]

    def __init__(self, path: str, message: str, help: str = "") -> None:
        super().__init__(path, message, help)
        self.path = path
        self.message = message
        self.help = help

    def __str__(self) -> str:
        return self.message

    @property
    def diagnostic(self) -> Diagnostic:
        """The fault as a finding, at its path."""
        return finding(self.code, Place(self.path), self.message, self.help)


class OutputFault(WriteFault):
    """The output can't be written, and is as it was."""

    code = "output-unwritable"


class ForeignOutput(WriteFault):
    """The output folder is not empty and has no list of what briefgen wrote."""

    code = "output-foreign"


class SourceFault(WriteFault):
    """A file to be copied can't be read."""

    code = "file-unreadable"


def output_fault(path: str, error: OSError) -> OutputFault:
    """Return the fault that the system's `error` means for what should be written at `path`."""
    reason, advice = _words(error)
    return OutputFault(path, f"`{path}` can't be written: {reason}.", advice)


def source_fault(path: str, error: OSError) -> SourceFault:
    """Return the fault that the system's `error` means for a file that should be copied."""
    return SourceFault(path, f"`{path}` can't be read: {(error.strerror or str(error)).lower()}.")


def foreign_output(path: str, names: tuple[str, ...], *, is_damaged: bool) -> ForeignOutput:
    """Return the refusal of a folder that holds `names`, sorted, and no list that can be read."""
    shown = ", ".join(f"`{name}`" for name in names[:3])
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    why = "its list of what briefgen wrote is damaged" if is_damaged else "it is not briefgen's"
    return ForeignOutput(
        path,
        f"The output folder `{path}` holds {shown}{more}, and {why}; nothing in it was touched.",
        "Name another folder with `--site-dir`, or empty this one.",
    )


def _words(error: OSError) -> tuple[str, str]:
    known = _WORDS.get(error.errno or 0)
    return known or ((error.strerror or str(error)).lower(), _ELSEWHERE)
