"""Catalogues: the interface's words in a language, as a theme or a site has them.

In: nothing. Out: the struct, and where a language's words are looked for. It reads no file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec


class Catalogue(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What one file says."""

    path: str
    language: str  # see `normal`
    data: bytes  # HTML, as gettext reads it: the format MO; empty where the file could not be read
    digest: bytes  # of what is translated, and not of comments or dates
    labels: tuple[tuple[str, int], ...]  # each text that is translated, and its line
    digests: dict[str, bytes] = {}  # of what is said for each, in all its contexts and forms


def normal(language: str) -> str:
    """A language's name in one form: "pt-BR", "pt_BR" and "pt-br" are the same."""
    return language.replace("_", "-").lower()


def names_of(language: str) -> Iterator[str]:
    """The names under which words of a language are looked for: pt-br, then pt."""
    name = normal(language)
    while name:
        yield name
        name = name.rpartition("-")[0]


def name_in(names: Mapping[str, str], language: str) -> str | None:
    """A name in a language, of those by language; a variant has that of its language."""
    if not names:
        return None
    known = {normal(one): name for one, name in names.items()}
    return next((known[one] for one in names_of(language) if one in known), None)
