"""Ids and slugs: the names that addresses are made of.

In: what the author wrote or how the file is called. Out: the id in Unicode form C, or the reason
why it can't be part of an address on every disk and server. Whether two things share an id is not
asked here: that takes the whole site.
"""

from __future__ import annotations

import posixpath
import re
import unicodedata

MAX_CHARACTERS = 100
_MAX_BYTES = 240  # a file name may have 255 bytes, and ".html" or ".json" comes after it
_DATE_PREFIX = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}-(?=.)")
_SIMPLE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|(?:com|lpt)[0-9¹²³])(?:\..*)?", re.IGNORECASE)


def normalise(text: str) -> str:
    """Return an id or slug in Unicode form C, in which all ids are compared."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def id_of_path(path: str) -> str:
    """Return the id a file's name gives: less its ending and a date in front (2021-01-26-x.md)."""
    stem, _ = posixpath.splitext(posixpath.basename(path))
    return normalise(_DATE_PREFIX.sub("", stem, count=1))


def new_name(path: str) -> str:
    """Return a name for a file that gives an id; its ending and a date in front stay."""
    stem, ending = posixpath.splitext(posixpath.basename(path))
    date = _DATE_PREFIX.match(stem)
    kept = date[0] if date else ""
    return kept + suggestion(stem[len(kept) :]) + ending


def problem(text: str) -> str | None:
    """Return why an id (in form C) can't be part of an address, or None where it can.

    It is made of letters of any script with their marks, digits, `.`, `_` and `-`, begins with a
    letter or a digit, does not end in `.`, has at most 100 characters and is no name that Windows
    reserves (`con`, `nul`, `com1`, with any ending).
    """
    if not text:
        return "is empty"
    if not _SIMPLE.fullmatch(text):
        if len(text) > MAX_CHARACTERS or len(text.encode()) > _MAX_BYTES:
            return f"is longer than {MAX_CHARACTERS} characters"
        if unicodedata.category(text[0])[0] not in "LN":
            return "does not begin with a letter or a digit"
        wrong = [char for char in text if not _is_allowed(char)]
        if wrong:
            return f"holds {_shown(wrong[0])}"
    if text.endswith("."):
        return "ends in a full stop"
    return "is a name that Windows reserves" if _RESERVED.fullmatch(text) else None


def suggestion(text: str) -> str:
    """Return an id made of any words, for a message: "New START" gives "new-start"."""
    kept = "".join(char if _is_allowed(char) else " " for char in normalise(text).casefold())
    words = "-".join(kept.split()).strip(".-_")[:MAX_CHARACTERS].rstrip(".-_")
    return words if problem(words) is None else "a-name"


def _is_allowed(char: str) -> bool:
    return char in "._-" or unicodedata.category(char)[0] in "LNM"


def _shown(char: str) -> str:
    if char == " ":
        return "a space"
    return f"`{char}`" if char.isprintable() else f"the character U+{ord(char):04X}"
