"""Quotes that have drifted from their article, and the words that each of them clearly means.

In: the bytes of a briefing's file, and the site's folder for the raw article that it names. Out:
for each annotation whose quote is in its article no more, what to write in its place, if one
passage alone comes near. Nothing is written, and a quote that is there is never touched.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import msgspec

from briefgen.annotate.normal import Normal, normalise
from briefgen.annotate.quotes import QuoteMatch, QuoteProblem, find_quote
from briefgen.build.study import find_article
from briefgen.load.records import load_briefing
from briefgen.load.text import PAGE_LIMIT, decode, read
from briefgen.model.briefing import Annotation
from briefgen.parse.markdown import MarkdownParser


class Drift(msgspec.Struct, frozen=True):
    """A quote that is not in its article any more, and the words there that it clearly means."""

    pointer: tuple[str, ...]  # of the quote, in the front matter
    old: str  # both on one line, white space single
    new: str
    likeness: int  # of the two, 0 to 100


def find_drifts(data: bytes, path: str, root: Path) -> tuple[Drift, ...]:
    """Find the drifted quotes of a briefing, in their order.

    `data` is what the file holds, `path` where it lies in the site's folder `root`. A quote with
    no one clear candidate that says the same is left out (see `Closest.is_clear`), and so is one
    that would not stand where its `prefix`, `suffix` or `occurrence` wants it. A file that can't be
    read as a briefing has none.
    """
    text, found = decode(data, path, PAGE_LIMIT)
    file = load_briefing(text, path)
    briefing = file.briefing
    if found or briefing is None or not briefing.annotations:
        return ()
    body = MarkdownParser().parse(file.body, path, file.body_line).prose
    article = find_article(briefing, path, partial(read, root), body).prose
    return tuple(_drifts(briefing.annotations, article.text, normalise(article.text)))


def _drifts(annotations: tuple[Annotation, ...], text: str, normal: Normal) -> Iterator[Drift]:
    for index, annotation in enumerate(annotations):
        problem = find_quote(normal, annotation)
        closest = problem.closest if isinstance(problem, QuoteProblem) else None
        if closest is None or not closest.is_clear:
            continue
        new = " ".join(text[closest.start : closest.end].split())
        anew = find_quote(normal, msgspec.structs.replace(annotation, quote=new))
        if anew == QuoteMatch(closest.start, closest.end):
            old = " ".join(annotation.quote.split())
            pointer = ("annotations", str(index), "quote")
            yield Drift(pointer, old, new, closest.likeness)
