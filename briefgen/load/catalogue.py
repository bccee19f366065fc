"""Catalogues of labels in gettext's format PO, which translators' editors write.

In: the bytes of a file, named by its language. Out: a `Catalogue`, and what is wrong with it. Babel
reads the format; what it lets through and would break a page is found here: placeholders that the
label doesn't have, and forms of the plural that are missing. A translation may hold any character.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from gettext import GNUTranslations
from hashlib import blake2b
from html import escape
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from briefgen.load.text import DATA_LIMIT, decode
from briefgen.model.codec import encode
from briefgen.model.diagnostics import Diagnostic, Place, finding
from briefgen.model.labels import Catalogue, normal

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog, Message

_LINE = re.compile(
    r"""\s*(?:(?:msgctxt|msgid|msgid_plural|msgstr(?:\[[0-5]\])?)\s+)?"(?:[^"\\]|\\.)*"\s*|\s*(?:#.*)?"""
)
"""A line of the format; Babel takes others too, and then means something else by them."""
_MARKUP = re.compile(r'[<>&"]')
_PLACEHOLDER = re.compile(r"%(?:\(\w+\)[sd]|%)?")


def load_catalogue(path: str, data: bytes) -> tuple[Catalogue, tuple[Diagnostic, ...]]:
    """Return what a catalogue says.

    `path` ends in the language's name: `locale/ru.po`. What is marked as fuzzy, or is not
    translated, counts as not there. Emits catalogue-syntax, label-placeholder and what
    `load.text.decode` does; the catalogue is then empty.
    """
    language = normal(PurePosixPath(path).stem)
    text, found = decode(data, path, DATA_LIMIT)
    if found:
        return Catalogue(path, language, b"", b"", ()), found
    try:
        catalog = _parsed(text, language)
        found = tuple(_faults(catalog, path))
    except _Unreadable as error:
        found = (_unreadable(path, error.line, error.message),)
    if found:
        return Catalogue(path, language, b"", b"", ()), found
    return _catalogue(path, language, catalog), ()


class _Unreadable(Exception):  # noqa: N818 - the name says it
    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line, self.message = line, message


def _parsed(text: str, language: str) -> Catalog:
    """Read the format. Raises _Unreadable."""
    from babel.messages.pofile import PoFileError, read_po  # noqa: PLC0415 - takes a while

    at = 0

    def lines() -> Iterator[str]:
        nonlocal at
        for at, line in enumerate(text.split("\n"), 1):
            if not _LINE.fullmatch(line):
                raise _Unreadable(at, "the line is neither a text in quotes nor a comment")
            yield line

    try:
        return read_po(lines(), locale=language.replace("-", "_"), abort_invalid=True)
    except _Unreadable:
        raise
    except PoFileError as error:
        message = str(error).removesuffix(f" on {error.lineno}")
        raise _Unreadable(error.lineno + 1, message) from error
    except Exception as error:  # Babel's reader raises whatever it stumbles over
        raise _Unreadable(at, str(error) or type(error).__name__) from error


def _translated(catalog: Catalog) -> Iterator[Message]:
    for message in catalog:
        if message.id and any(_strings(message)) and not message.fuzzy:
            yield message


def _strings(message: Message) -> tuple[str, ...]:
    string = message.string or ""
    return (string,) if isinstance(string, str) else tuple(string)


def _faults(catalog: Catalog, path: str) -> Iterator[Diagnostic]:
    try:
        GNUTranslations(io.BytesIO(_compiled(catalog)))
    except Exception as error:
        raise _Unreadable(1, f"its header can't be read: {error}") from error
    for message in _translated(catalog):
        ids = (message.id,) if isinstance(message.id, str) else message.id
        strings = _strings(message)
        line = message.lineno or 0
        if not all(strings):
            given = sum(map(bool, strings))
            yield _unreadable(
                path,
                line,
                f"`{ids[0]}` has {given} of the {len(strings)} forms of the plural",
                f"Write the others too, up to `msgstr[{len(strings) - 1}]`. How many there are is "
                "the language's, or as `Plural-Forms:` in the catalogue's header says.",
            )
            continue
        known = {name for id_ in ids for name in _PLACEHOLDER.findall(id_)}
        for string in strings:
            wrong = sorted({*_PLACEHOLDER.findall(string)} - known - {"%%"})
            lost = sorted(known - {*_PLACEHOLDER.findall(string)} - {"%%", "%(num)d"})
            if wrong or lost:
                yield _misplaced(path, line, ids[0], wrong, lost)
                break


def _misplaced(path: str, line: int, label: str, wrong: list[str], lost: list[str]) -> Diagnostic:
    said = f"which `{label}` doesn't have" if wrong else "and its translation must too"
    names = ", ".join(f"`{name}`" for name in wrong or lost)
    return finding(
        "label-placeholder",
        Place(path, line),
        f"The translation has {names}, {said}." if wrong else f"`{label}` has {names}, {said}.",
        "What stands in `%( )` is put in when a page is made: take it over letter for letter. "
        "A per cent sign is written `%%`.",
    )


_FORM = 'A label is `msgid "..."` and its translation `msgstr "..."`, in double quotes.'


def _unreadable(path: str, line: int, message: str, help_: str = _FORM) -> Diagnostic:
    return finding(
        "catalogue-syntax",
        Place(path, line),
        f"The catalogue can't be read: {message.rstrip('.')}.",
        help_,
    )


def _as_html(catalog: Catalog) -> None:
    """Make HTML of translations: they are text, save where the label itself has markup."""
    for message in catalog:
        ids = (message.id,) if isinstance(message.id, str) else message.id
        if message.id and message.string and not any(map(_MARKUP.search, ids)):
            html = tuple(map(_escaped, _strings(message)))
            message.string = html[0] if isinstance(message.string, str) else html


def _escaped(text: str) -> str:
    return escape(text, quote=False).replace('"', "&#34;")


def _compiled(catalog: Catalog) -> bytes:
    from babel.messages.mofile import write_mo  # noqa: PLC0415 - takes a while

    out = io.BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def _catalogue(path: str, language: str, catalog: Catalog) -> Catalogue:
    messages = sorted(_translated(catalog), key=lambda one: (str(one.id), one.context or ""))
    said = [(one.id, one.string, one.context) for one in messages]
    found = blake2b(encode((catalog.plural_forms, said)), digest_size=16).digest()
    labels = tuple((_label(one), one.lineno or 0) for one in messages)
    digests = _digests(catalog, messages)
    _as_html(catalog)
    return Catalogue(path, language, _compiled(catalog), found, labels, digests)


def _label(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _digests(catalog: Catalog, messages: Iterable[Message]) -> dict[str, bytes]:
    """By label, the digest, 16 bytes, of all that is said for it."""
    said: dict[str, list[object]] = {}
    for one in messages:
        forms = None if isinstance(one.id, str) else catalog.plural_forms
        said.setdefault(_label(one), []).append((one.id, one.string, one.context, forms))
    return {label: blake2b(encode(rows), digest_size=16).digest() for label, rows in said.items()}
