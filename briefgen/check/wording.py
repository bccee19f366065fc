"""Rules on the desk's words: headings, the length and sources of notes, the density of links.

In: passages that the desk wrote, parsed and annotated, and its annotations. Out: diagnostics. The
words of an article that others wrote are not for these rules: the caller leaves them out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from briefgen.model.briefing import Annotation
from briefgen.model.diagnostics import Diagnostic, Place, finding
from briefgen.model.prose import MarkKind, Passage, Prose, RefKind

LONGEST_NOTE = 200
"""Words that still stand beside what they are about."""

SHORTEST_DENSE = 50
"""Words from which on the density of links says something."""

DENSEST = 1 / 8
"""The share of words in links above which a text is overlinked."""

_SOURCELESS_KINDS = frozenset({"definition"})


def count_words(text: str) -> int:
    """How many words a text has: what stands between white space and holds a letter or digit."""
    # Most words begin with one, which is quickly seen.
    return sum(1 for word in text.split() if word[0].isalnum() or any(map(str.isalnum, word)))


def check_headings(path: str, prose: Prose) -> tuple[Diagnostic, ...]:
    """Report (heading-skipped) headings two or more levels below the one before them.

    The page's title is the heading of level 1 that comes before all.
    """
    found = []
    level, before = 1, "the page's title"
    for block in prose.blocks:
        if block.kind != "heading" or block.is_quoted:
            continue
        if block.level > level + 1:
            found.append(
                finding(
                    "heading-skipped",
                    Place(path, line=block.line, needle="#" * block.level),
                    f"The heading “{prose.text[block.start : block.end]}” is of level "
                    f"{block.level}, and {before} of level {level}.",
                    f"Begin it with `{'#' * (level + 1)}`.",
                )
            )
        level, before = block.level, "the one before it"
    return tuple(found)


def check_notes(
    path: str, annotations: Sequence[Annotation], notes: Sequence[Passage | None]
) -> tuple[Diagnostic, ...]:
    """Report notes that are long (note-too-long) or without source (unsourced-annotation).

    `notes` are those of `annotations`, one each, parsed. A citation in a note is a source too.
    """
    found = []
    for index, (annotation, note) in enumerate(zip(annotations, notes, strict=True)):
        if note is None:
            continue
        at = ("annotations", str(index))
        words = count_words(note.prose.text)
        if words > LONGEST_NOTE:
            found.append(
                finding(
                    "note-too-long",
                    Place(path, pointer=(*at, "note")),
                    f"The note has {words} words, above {LONGEST_NOTE}.",
                    "Shorten it, or move the rest into the analysis.",
                )
            )
        if not _has_source(annotation, note):
            found.append(
                finding(
                    "unsourced-annotation",
                    Place(path, pointer=(*at, "note")),
                    f"A note of kind `{annotation.kind}` makes a claim; this one has no source.",
                    "Add `sources:`, or cite one in the note: `[^id]`.",
                )
            )
    return tuple(found)


def _has_source(annotation: Annotation, note: Passage) -> bool:
    return bool(
        annotation.kind in _SOURCELESS_KINDS
        or annotation.sources
        or any(ref.kind == RefKind.CITE for ref in note.prose.refs)
    )


def check_link_density(path: str, passage: Passage, line: int = 0) -> tuple[Diagnostic, ...]:
    """Report (overlinked) a text more than one word in eight of which is part of a link.

    Mentions count where they are linked. `line` is where the text begins, 1-based, if known.
    """
    text = passage.prose.text
    linked = sum(count_words(text[start:end]) for start, end in _linked_spans(passage))
    if linked <= SHORTEST_DENSE * DENSEST:
        return ()
    words = count_words(text)
    if words < SHORTEST_DENSE or linked <= words * DENSEST:
        return ()
    return (
        finding(
            "overlinked",
            Place(path, line, 1 if line else 0),
            f"{linked} of {words} words are part of a link.",
            "Link what a reader will want to follow; `linking.mentions` says how often names link.",
        ),
    )


def _linked_spans(passage: Passage) -> Iterator[tuple[int, int]]:
    """Yield the spans of the text that are links, in order, none overlapping another."""
    spans = [(span.start, span.end) for span in passage.mentions if span.is_linked]
    opened = 0
    for mark in passage.prose.marks:
        if mark.kind == MarkKind.LINK_OPEN:
            opened = mark.at
        elif mark.kind == MarkKind.LINK_CLOSE:
            spans.append((opened, mark.at))
    reached = 0
    for start, end in sorted(spans):
        if end > reached:
            yield max(start, reached), end
            reached = end
