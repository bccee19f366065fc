"""The rules on wording, put to what the desk wrote on the page of one briefing.

In: its texts, parsed and annotated. Out: diagnostics. A raw article is in others' words: the caller
hands in the analysis beside it, or else the body.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from briefgen.check.candidates import Located, check_candidates
from briefgen.check.wording import check_headings, check_link_density, check_notes
from briefgen.model.briefing import Annotation
from briefgen.model.diagnostics import Diagnostic
from briefgen.model.prose import Passage


class Wording(msgspec.Struct, frozen=True, gc=False):
    """What the desk wrote on one page."""

    path: str
    text: Passage | None  # the analysis, or the body where there is no raw article
    annotations: tuple[Annotation, ...]
    notes: tuple[Passage | None, ...]  # one for each annotation
    footnotes: tuple[Passage, ...]
    known: frozenset[str]  # names that are decided, or can't be
    language: str | None  # of the page; None: leave out the rules that take time


def check_wording(words: Wording) -> Iterator[Diagnostic]:
    """Yield what the rules on wording say of a page.

    Codes: heading-skipped, overlinked, note-too-long, unsourced-annotation, unlinked-candidate.
    """
    if words.text is not None and words.text.prose.blocks:
        yield from check_headings(words.path, words.text.prose)
        if words.language is not None:
            yield from check_link_density(words.path, words.text, words.text.prose.blocks[0].line)
    yield from check_notes(words.path, words.annotations, words.notes)
    if words.language is not None:
        yield from check_candidates(words.path, _located(words), words.known, words.language)


def _located(words: Wording) -> Iterator[Located]:
    if words.text is not None:
        yield words.text, ()
    for footnote in words.footnotes:
        yield footnote, ()
    for index, note in enumerate(words.notes):
        if note is not None:
            yield note, ("annotations", str(index), "note")
