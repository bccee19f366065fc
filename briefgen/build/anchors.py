"""Where the annotations of a briefing stand in its article, and what they are called."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Sequence
from operator import attrgetter

from briefgen.annotate.normal import Normal, normalise
from briefgen.annotate.quotes import Closest, QuoteFinder, QuoteMatch, QuoteProblem
from briefgen.annotate.wordless import in_one_line
from briefgen.model.briefing import Annotation
from briefgen.model.diagnostics import Diagnostic, Place, finding
from briefgen.model.facts import AnnotationFact
from briefgen.model.prose import AnchorSpan, Passage, Prose, RefKind

_SHOWN = 90  # code points of a quotation in a message
_NAMED = 8  # places that a message names


def find_anchors(
    annotations: Sequence[Annotation], normal: Normal, article: str, path: str, prose: Prose
) -> tuple[tuple[AnchorSpan, ...], list[Diagnostic]]:
    """Anchor each annotation in the article; `normal` is its normalised text.

    Emits quote-not-found and quote-ambiguous at the quote in the file `path`.
    """
    anchors: list[AnchorSpan] = []
    found: list[Diagnostic] = []
    finder = QuoteFinder(normal)
    for index, annotation in enumerate(annotations):
        match = finder.find(annotation)
        if isinstance(match, QuoteMatch):
            anchors.append(AnchorSpan(match.start, match.end, index))
        else:
            place = Place(path, pointer=("annotations", str(index), "quote"))
            found.append(_problem(match, place, article, prose))
    return tuple(anchors), found


def line_at(prose: Prose, offset: int) -> int:
    """The line of the source, 1-based, on which an offset of the text stands."""
    ordinal = bisect_right(prose.blocks, offset, key=attrgetter("start")) - 1
    if ordinal < 0:
        return 1
    block = prose.blocks[ordinal]
    return block.line + prose.text.count("\n", block.start, min(offset, block.end))


def _problem(problem: QuoteProblem, place: Place, article: str, prose: Prose) -> Diagnostic:
    lines = _lines(prose, problem.offsets)
    if problem.kind == "ambiguous":
        return finding(
            "quote-ambiguous",
            place,
            f"The quote stands {problem.count} times in `{article}` ({lines}).",
            "Add `prefix:` or `suffix:`, the words before or after it, or `occurrence: 1`.",
        )
    if problem.count:
        return finding(
            "quote-not-found",
            place,
            f"The quote stands in `{article}` ({lines}), but not as its `prefix`, `suffix` or "
            "`occurrence` says.",
            "Correct these, or take them out.",
        )
    closest = problem.closest
    if closest is None:
        return finding(
            "quote-not-found", place, f"The quote is not in `{article}`.",
            "Copy the words from the article; lines that are skipped can't be quoted.",
        )  # fmt: skip
    text = " ".join(prose.text[closest.start : closest.end].split())
    shown = text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
    return finding(
        "quote-not-found",
        place,
        f"The quote is not in `{article}`.",
        f"Closest text, line {line_at(prose, closest.start)}, {closest.likeness} %: “{shown}”"
        + _way_out(closest),
    )


def _way_out(closest: Closest) -> str:
    """What can be done where one text alone comes near, as a line of the help's own."""
    if closest.is_clear:
        return "\n`briefgen check --fix` takes it over."
    if closest.is_lone:
        return (
            "\nIts words differ in more than spelling: see which are meant, and correct the quote."
        )
    return ""


def _lines(prose: Prose, offsets: Sequence[int]) -> str:
    """The lines of the first few offsets, in words: "line 4", "lines 4, 9"."""
    lines = dict.fromkeys(str(line_at(prose, at)) for at in offsets[:_NAMED])
    return f"line{'s' if len(lines) > 1 else ''} {', '.join(lines)}"


def name_annotations(
    annotations: Sequence[Annotation], notes: Sequence[Passage | None], article: Passage
) -> tuple[AnnotationFact, ...]:
    """The facts of annotations; one without an id is named by a digest of its quote.

    They quote the article's own words, in which the quote as it was typed may differ in quotation
    marks and the like; where it is not anchored there is but the quote.
    """
    anchors = {one.annotation: one for one in article.anchors}
    taken: set[str] = set()
    counts: dict[str, int] = {}  # of those that are named alike
    facts = []
    for index, (annotation, note) in enumerate(zip(annotations, notes, strict=True)):
        base = (
            annotation.id
            or hashlib.blake2b(normalise(annotation.quote).text.encode(), digest_size=4).hexdigest()
        )
        name, count = base, counts.get(base, 1)
        while name in taken:
            count += 1
            name = f"{base}-{count}"
        taken.add(name)
        counts[base] = count
        anchor, words = anchors.get(index), annotation.quote
        if anchor is not None:
            words = article.prose.text[anchor.start : anchor.end]
        told = in_one_line(note.prose) if note else None
        facts.append(
            AnnotationFact(
                name,
                annotation.kind,
                " ".join(words.split()),
                told.text if told else "",
                annotation.author,
                annotation.date,
                told.gaps if told else (),
                _sources(annotation, note),
            )
        )
    return tuple(facts)


def _sources(annotation: Annotation, note: Passage | None) -> tuple[str, ...]:
    """The ids that an annotation names, then those that its note cites, each once."""
    cites = (ref.target for ref in note.prose.refs if ref.kind == RefKind.CITE) if note else ()
    cited = (id_ for target in cites for id_ in target.split(" "))
    return tuple(dict.fromkeys((*annotation.sources, *cited)))
