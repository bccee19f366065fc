"""What the two kinds of bibliographies have in common: an entry, its date and its words.

In: pieces of CSL-JSON or BibTeX. Out: the plain data that a file of sources in YAML would give, so
that the same checks follow. What a source has no key for is dropped: a bibliography is kept by
another program, and its author can't rename the fields.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from briefgen.model.diagnostics import Diagnostic

_DOI = "https://doi.org/"
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


class Entry(NamedTuple):
    """One entry of a bibliography, with its pointer and 1-based place in the file."""

    id: str
    data: dict[str, Any]
    pointer: tuple[str, ...]
    line: int = 1
    column: int = 1


Read = tuple[list[Entry], tuple[Diagnostic, ...]]
"""What reading a bibliography gives."""


def cleaned(text: str) -> str:
    """Return a text without what can't be shown, its white space single."""
    return " ".join(_UNPRINTABLE.sub("", text).split())


def iso_date(year: str, month: str = "", day: str = "") -> str:
    """Return a date as briefgen writes it, as far as its parts are given; they are not checked."""
    date = year.zfill(4)
    for part in (month, day):
        if not part:
            break
        date += "-" + part.zfill(2)
    return date


def doi_address(doi: str) -> str:
    """Return the address that a DOI, bare or already an address, leads to."""
    return doi if doi.startswith(("http://", "https://")) else _DOI + doi.removeprefix("doi:")
