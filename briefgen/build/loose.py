"""Citations that are none: words in brackets that name a source and are shown as they are typed.

In: a text that was Markdown. Out: what may be meant as a citation in it, for linking to tell
whether there is such a source. Code is left out. Linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefgen.model.diagnostics import Place
from briefgen.model.facts import LooseCite
from briefgen.model.prose import MarkKind, Prose, RefKind

_BRACKETS = re.compile(r"\[[^\[\]\n]*\]")
_ID = re.compile(r"(?<![\w.])@(\w(?:[\w.\-:/]*\w)?)")
_NOTE = re.compile(r"\[\^\s*(\w(?:[\w.\-:/]*\w)?)")
_CITE = int(RefKind.CITE)


def loose_cites(prose: Prose, path: str = "", pointer: tuple[str, ...] = ()) -> Iterator[LooseCite]:
    """Find them in the words of a text and, with `@`, where citations name a place in a source.

    `path` and `pointer` are where the text stands.
    """
    for ref in prose.refs:
        if ref.label and ref.kind == _CITE and "@" in ref.label:
            ids = tuple(id_ for id_ in _ID.findall(ref.raw) if id_ not in ref.target.split(" "))
            if ids:
                line = 0 if pointer else ref.line
                place = Place(path, line, pointer=pointer, needle=ref.raw)
                yield LooseCite(ids, ref.raw, place, ref.target)
    text = prose.text
    if "[" not in text or ("@" not in text and "[^" not in text):
        return
    for match in _BRACKETS.finditer(text):
        ids = _ids_in(match[0])
        if ids and not _is_code(prose, match.start()):
            line = 0 if pointer else prose.line_at(match.start())
            yield LooseCite(ids, match[0], Place(path, line, pointer=pointer, needle=match[0]))


def loose_in_plain(text: str, path: str, pointer: tuple[str, ...]) -> Iterator[LooseCite]:
    """Find them in plain text, in which nothing is a citation."""
    if "[" in text:
        for match in _BRACKETS.finditer(text):
            if ids := _ids_in(match[0]):
                yield LooseCite(ids, match[0], Place(path, pointer=pointer, needle=match[0]))


def _ids_in(words: str) -> tuple[str, ...]:
    """The ids of sources that words in brackets may mean."""
    note = _NOTE.match(words)
    return (*((note[1],) if note else ()), *_ID.findall(words))


def _is_code(prose: Prose, at: int) -> bool:
    """Whether a character of the text is one of code."""
    is_code = False
    for mark in prose.marks:
        if mark.at > at:
            break
        if mark.html.startswith(("<code", "<pre")):
            is_code = True
        elif mark.kind in (MarkKind.CLOSE, MarkKind.LEAF_CLOSE) and "</code>" in mark.html:
            is_code = False
    return is_code
