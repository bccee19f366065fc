"""How a briefing is cited, as an entry of BibTeX.

In: what an entry says. Out: its text, in which no character of a title or a name is LaTeX's own.
A name stands in braces of its own: whether it is a person's or a desk's is not guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from briefgen.model.dates import Day

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SPECIAL = {char: f"\\{char}" for char in "{}$&%#_"} | {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_ESCAPES = str.maketrans(_SPECIAL)
_IS_SPECIAL = re.compile("[" + re.escape("".join(_SPECIAL)) + "]")
_NO_KEY = re.compile(r"[^\w:.+-]+")


def briefing_bibtex(
    key: str,
    title: str,
    authors: Iterable[str],
    site: str,
    published: Day,
    updated: str | None,
    url: str | None,
) -> str:
    """The entry of a briefing; `published` is exact, `updated` words, `url` the page's address."""
    names = " and ".join(f"{{{_latex(name)}}}" for name in authors)
    fields = [
        f"title = {{{{{_latex(title)}}}}}",
        *([f"author = {{{names}}}"] if names else ()),
        f"howpublished = {{{_latex(site)}}}",
        f"year = {{{published[:4]}}}",
        f"month = {_MONTHS[int(published[5:7]) - 1]}",
        f"day = {{{int(published[8:])}}}",
        *([f"note = {{{_latex(updated)}}}"] if updated else ()),
        *([f"url = {{{url}}}"] if url else ()),
    ]
    return f"@misc{{{_NO_KEY.sub('-', key)},\n  " + ",\n  ".join(fields) + "\n}"


def _latex(text: str) -> str:
    return text.translate(_ESCAPES) if _IS_SPECIAL.search(text) else text
