"""Sources from BibTeX, by the library bibtexparser, which the extra `bibtex` installs.

In: the text of a `.bib` file. Out: entries in the keys of a source. The library is loaded only when
there is such a file; without it the file gets one diagnostic that says what to do.
"""

from __future__ import annotations

import importlib
import logging
from collections.abc import Callable
from typing import Any

from briefgen.load.bibliography import Entry, Read, cleaned, doi_address, iso_date
from briefgen.model.diagnostics import Diagnostic, Place, finding

_TYPES = {
    "article": "article-journal",
    "book": "book",
    "inbook": "chapter",
    "incollection": "chapter",
    "inproceedings": "paper-conference",
    "manual": "report",
    "mastersthesis": "thesis",
    "online": "webpage",
    "phdthesis": "thesis",
    "report": "report",
    "techreport": "report",
}
_PUBLISHERS = ("journaltitle", "journal", "publisher", "institution", "organization", "school")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_OWN = {
    "archiveurl": "archive_url",
    "archivedate": "archive_date",
    "urldate": "accessed",
    "reliability": "reliability",
    "credibility": "credibility",
    "descriptor": "descriptor",
}


def read_bibtex(text: str, path: str) -> Read:
    """Read the entries of a BibTeX or BibLaTeX file; comments and strings are understood.

    Codes: file-unreadable (the library is not installed), yaml-syntax, yaml-duplicate-key.
    """
    try:
        parser: Any = importlib.import_module("bibtexparser")
        names: Any = importlib.import_module("bibtexparser.middlewares.names")
        latex: Any = importlib.import_module("pylatexenc.latex2text")
    except ImportError:
        return [], (_not_installed(path),)
    # It logs each broken entry, which is a diagnostic here.
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
    split_names = [names.SeparateCoAuthors(), names.SplitNameParts()]
    library = parser.parse_string(text, append_middleware=split_names)
    decode = _decoder(latex.LatexNodes2Text(keep_comments=True).latex_to_text)
    entries = [
        Entry(entry.key, _source(entry, decode), (entry.key,), entry.start_line + 1)
        for entry in library.entries
    ]
    return entries, tuple(_broken(block, path) for block in library.failed_blocks)


def _decoder(to_text: Callable[[str], str]) -> Callable[[str], str]:
    def decode(value: str) -> str:
        try:
            return cleaned(to_text(value))
        except (RecursionError, ValueError):
            return cleaned(value)

    return decode


def _source(entry: Any, decode: Callable[[str], str]) -> dict[str, Any]:
    fields: dict[str, Any] = {field.key.casefold(): field.value for field in entry.fields}
    data: dict[str, Any] = {"type": _TYPES.get(entry.entry_type.casefold(), "document")}
    if "title" in fields:
        data["title"] = decode(fields["title"])
    publisher = next((fields[name] for name in _PUBLISHERS if name in fields), None)
    if publisher is not None:
        data["publisher"] = decode(publisher)
    if "author" in fields:
        data["author"] = [decode(_name(name)) for name in fields["author"]]
    # In an address `~`, `%` and `_` mean themselves, escaped or not.
    if "url" in fields:
        data["url"] = fields["url"].replace("\\", "").strip()
    elif "doi" in fields:
        data["url"] = doi_address(fields["doi"].replace("\\", "").strip())
    data |= {ours: cleaned(fields[theirs]) for theirs, ours in _OWN.items() if theirs in fields}
    date = _date(fields)
    return data | {"published": date} if date else data


def _name(name: Any) -> str:
    return " ".join([*name.first, *name.von, *name.last, *name.jr])


def _date(fields: dict[str, Any]) -> str:
    """The date of an entry, or the first day of its range."""
    if "date" in fields:
        return cleaned(fields["date"]).partition("/")[0]
    if "year" not in fields:
        return ""
    month = cleaned(fields.get("month", "")).casefold()
    if month[:3] in _MONTHS:
        month = str(_MONTHS.index(month[:3]) + 1)
    return iso_date(cleaned(fields["year"]), month, cleaned(fields.get("day", "")))


def _broken(block: Any, path: str) -> Diagnostic:
    place = Place(path, (block.start_line or 0) + 1, 1)
    if type(block).__name__ == "DuplicateBlockKeyBlock":
        message = f"The key `{block.key}` stands twice in the file."
        return finding("yaml-duplicate-key", place, message, "Keep one of the entries.")
    message = "The entry that begins here is not BibTeX."
    advice = "See that its braces close, and that a comma ends each field."
    return finding("yaml-syntax", place, message, advice)


def _not_installed(path: str) -> Diagnostic:
    return finding(
        "file-unreadable",
        Place(path),
        "Reading BibTeX takes a package that is not installed.",
        'Install it with `pip install "briefgen[bibtex]"`, or convert the file to CSL JSON: '
        "`pandoc --from biblatex --to csljson`.",
    )
