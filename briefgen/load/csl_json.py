"""Sources from CSL-JSON, the format that Zotero and Pandoc write.

In: the text of a `.json` file. Out: entries in the keys of a source, after the CSL 1.0.2 schema:
`container-title` (else `publisher`) is the publisher, `issued` the date, `URL` (else `DOI`) the
address; keys that only briefgen knows stand under `custom`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import msgspec

from briefgen.load.bibliography import Entry, Read, cleaned, doi_address, iso_date
from briefgen.load.language import is_language
from briefgen.model.dates import Day
from briefgen.model.diagnostics import Diagnostic, Place, finding

_TEXTS = {"type": "type", "title": "title", "URL": "url"}
_OWN = (
    "archive_url",
    "archive_date",
    "url_status",
    "reliability",
    "credibility",
    "descriptor",
    "slug",
    "moved_from",
)
_DATES = (("issued", "published"), ("accessed", "accessed"))
_WRITTEN = re.compile(
    r"(?:(?P<day>\d\d?)\.? )?(?P<month>[A-Za-z]+)\.? (?P<year>\d{4})"
    r"|(?P<first>[A-Za-z]+)\.? (?P<second>\d\d?), (?P<other>\d{4})",
    re.ASCII,
)
"""A date in English words."""
_MONTHS = {
    name: str(number)
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        1,
    )
    for name in names.split()
}
_ID = re.compile(r'"(?:id|citation-key)"\s*:\s*("(?:[^"\\]|\\.)*"|\d+)')


def read_csl_json(text: str, path: str) -> Read:
    """Read a list of CSL items, each with its `citation-key` or `id`.

    Codes: yaml-syntax, yaml-limit, invalid-value (no list), missing-key (no id), date-unread.
    """
    try:
        items = msgspec.json.decode(text)
    except RecursionError:
        message = "The JSON is nested too deeply."
        return [], (finding("yaml-limit", Place(path, 1, 1), message, "Export it again."),)
    except (msgspec.DecodeError, UnicodeError):
        return [], (_not_json(text, path),)
    prefix: tuple[str, ...] = ()
    if isinstance(items, dict) and "items" in items:  # as Zotero's own server sends it
        items, prefix = items["items"], ("items",)
    if not isinstance(items, list):
        message = "A bibliography in JSON is a list of items."
        advice = "Export it as CSL JSON."
        return [], (finding("invalid-value", Place(path, 1, 1), message, advice),)
    places = _places_of_ids(text)
    entries, found = [], []
    for i, item in enumerate(items):
        id_ = _id_of(item)
        if id_ is None:
            message = f"Item {i + 1} has no `id`."
            advice = "Give each item an `id`; citations go by it."
            found.append(finding("missing-key", Place(path, 1, 1), message, advice))
        else:
            line, column = places.get(id_, (1, 1))
            entries.append(Entry(id_, _source(item), (*prefix, str(i)), line, column))
            found += _unread_dates(item, Place(path, line, column))
    return entries, tuple(found)


def _id_of(item: Any) -> str | None:
    if not isinstance(item, dict):
        return None
    id_ = item.get("citation-key", item.get("id"))
    return _plain(id_) if isinstance(id_, str | int) and id_ != "" else None


def _source(item: dict[str, Any]) -> dict[str, Any]:
    own = item.get("custom")
    data = {key: _plain(own[key]) for key in _OWN if key in own} if isinstance(own, dict) else {}
    for theirs, ours in _TEXTS.items():
        if item.get(theirs) is not None:
            data[ours] = _plain(item[theirs])
    if "url" not in data and isinstance(item.get("DOI"), str):
        data["url"] = doi_address(item["DOI"])
    language = item.get("language")  # of any shape in CSL
    if isinstance(language, str) and is_language(language):
        data["lang"] = language
    publisher = item.get("container-title") or item.get("publisher")
    if publisher is not None:
        data["publisher"] = _plain(publisher)
    for theirs, ours in _DATES:
        if item.get(theirs) is not None:
            data[ours] = _date(item[theirs])
    names = item.get("author")
    if isinstance(names, list):
        data["author"] = [name for name in map(_name, names) if name]
    return data


def _plain(value: Any) -> Any:
    """Scalars as text, as YAML gives them here; a list or a mapping is left for the schema."""
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, dict | None):
        return value
    return cleaned(value if isinstance(value, str) else json.dumps(value))


def _date(value: Any) -> Any:
    """The first day of a CSL date; what is none is left for the schema to refuse."""
    if not isinstance(value, dict):
        return _plain(value)
    parts = value.get("date-parts")
    if isinstance(parts, list) and parts and isinstance(parts[0], list) and parts[0]:
        return iso_date(*(str(part) for part in parts[0][:3]))
    words = _words_of_date(value)
    return words if words and _is_date(words) else None


def _words_of_date(value: dict[str, Any]) -> str:
    """A CSL date in words, as far as they are one that briefgen reads: else as they are."""
    words = next((value[key] for key in ("raw", "literal") if isinstance(value.get(key), str)), "")
    words = cleaned(words)
    match = _WRITTEN.fullmatch(words)
    month = match and _MONTHS.get((match["month"] or match["first"]).casefold())
    if not match or not month:
        return words
    return iso_date(match["year"] or match["other"], month, match["day"] or match["second"] or "")


def _is_date(words: str) -> bool:
    try:
        Day.parse(words)
    except ValueError:
        return False
    return True


def _unread_dates(item: dict[str, Any], place: Place) -> Iterator[Diagnostic]:
    """Report (date-unread) dates in words that can't be read: the source is shown without them."""
    for theirs, ours in _DATES:
        value = item.get(theirs)
        if not isinstance(value, dict) or value.get("date-parts"):
            continue
        words = _words_of_date(value)
        if words and not _is_date(words):
            yield finding(
                "date-unread",
                place,
                f"The date `{theirs}` of this source, `{words[:60]}`, can't be read, so `{ours}` "
                "is not known.",
                "Give it as a day, a month or a year in the program that keeps the bibliography: "
                "2021-01-26, 2021-01 or 2021.",
            )


def _name(value: Any) -> str:
    if not isinstance(value, dict):
        return ""
    if isinstance(value.get("literal"), str):
        return cleaned(value["literal"])
    keys = ("given", "dropping-particle", "non-dropping-particle", "family", "suffix")
    return cleaned(" ".join(value[key] for key in keys if isinstance(value.get(key), str)))


def _places_of_ids(text: str) -> dict[str, tuple[int, int]]:
    """Line and column of the first occurrence of each id, in one pass."""
    places: dict[str, tuple[int, int]] = {}
    line, seen = 1, 0
    for match in _ID.finditer(text):
        line += text.count("\n", seen, match.start())
        seen = match.start()
        column = seen - text.rfind("\n", 0, seen)
        places.setdefault(cleaned(str(json.loads(match[1]))), (line, column))
    return places


def _not_json(text: str, path: str) -> Diagnostic:
    line, column, problem = 1, 1, "a number or an escape in it is none"
    # The decoder of the fast path names no line; this one does, and is asked only here. It takes
    # NaN for a number and half a pair of surrogates for a character, where it finds nothing.
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        line, column, problem = error.lineno, error.colno, error.msg.lower()
    except (RecursionError, ValueError):
        pass
    advice = "Export the bibliography again, as CSL JSON."
    return finding(
        "yaml-syntax", Place(path, line, column), f"This is not JSON: {problem}.", advice
    )
