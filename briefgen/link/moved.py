"""Redirects: the old addresses of pages that have moved.

In: the index. Out: the address of each redirect page with the key of the page that it leads to, and
a warning for each old address that something else has by now.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import unquote

from briefgen.link.outputs import STATIC, file_of, taken_outputs
from briefgen.model.diagnostics import Diagnostic, Place, finding
from briefgen.model.facts import Record
from briefgen.model.index import SiteIndex, page_in_words

_FILES = (".html", ".htm")
_ODD_STEPS = frozenset({"", ".", ".."})


def find_moves(index: SiteIndex) -> tuple[dict[str, str], list[Diagnostic]]:
    """Return the redirects, address from the site's root -> key; first come, first served.

    Emits moved-from-collision where the address is a page's, a file's or another redirect's.
    """
    moves: dict[str, str] = {}
    found: list[Diagnostic] = []
    claims = list(_claims(index))
    if not claims:
        return moves, found
    taken = taken_outputs(index)
    for source, file in index.files.items():
        if source.startswith(STATIC):
            taken.add(file, f"`{source}`")
    for key, written, place in claims:
        path = old_path(written)
        if path is None:
            continue
        holder = taken.by(file_of(path))
        if holder:
            found.append(
                finding(
                    "moved-from-collision",
                    place,
                    f"The old address `{written}` is that of {holder}, so no redirect is written.",
                    "Take it out, or give the other one another address.",
                )
            )
        else:
            moves[path] = key
            taken.add(file_of(path), f"the redirect to {page_in_words(key)}")
    return moves, found


def old_path(address: str) -> str | None:
    """The path of the redirect page for an old address: a folder's, but for `.html` files.

    It is percent-decoded and in Unicode form C, as files of the output are. None where it would
    lead out of the site or has an empty part; loading has said so.
    """
    path = unicodedata.normalize("NFC", unquote(address)).removesuffix("/")
    if not _ODD_STEPS.isdisjoint(path.split("/")):
        return None
    if path == "index.html" or path.endswith("/index.html"):
        return path.removesuffix("index.html")
    return path if path.lower().endswith(_FILES) else f"{path}/"


def _claims(index: SiteIndex) -> Iterator[tuple[str, str, Place]]:
    """Each old address as it is written, with the key of the page that had it, and its place."""
    for facts in sorted(index.briefings.values(), key=lambda facts: facts.path):
        for i, address in enumerate(facts.moved_from):
            yield f"briefing:{facts.id}", address, Place(facts.path, 0, 0, ("moved_from", str(i)))
    groups: tuple[tuple[str, Iterable[Record[Any]]], ...] = (
        ("entity", index.entities.values()),
        ("treaty", index.treaties.values()),
        ("source", index.sources.values()),
        ("topic", index.topics.values()),
        ("page", index.pages.values()),
    )
    for kind, records in groups:
        for record in records:
            for i, address in enumerate(record.value.moved_from):
                pointer = (*record.place.pointer, "moved_from", str(i))
                yield f"{kind}:{record.id}", address, Place(record.path, 0, 0, pointer)
