"""Where the annotations of a briefing stand in its article, and what they are called."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from briefgen.annotate.normal import Normal, normalise
from briefgen.annotate.quotes import QuoteFinder, QuoteMatch
from briefgen.annotate.wordless import in_one_line
from briefgen.build.quote_faults import QuoteFaults, cut_faults
from briefgen.model.briefing import Annotation
from briefgen.model.diagnostics import Diagnostic, Place
from briefgen.model.facts import AnnotationFact
from briefgen.model.prose import AnchorSpan, Passage, Prose, RefKind


def find_anchors(
    annotations: Sequence[Annotation], normal: Normal, article: str, path: str, prose: Prose,
    raw: str = "",
) -> tuple[tuple[AnchorSpan, ...], list[Diagnostic]]:  # fmt: skip
    """Anchor each annotation in the article; `normal` is its normalised text.

    `raw` is the text of which `prose` may be a part.

    Emits quote-not-found, quote-ambiguous, quote-in-number and quote-in-word at the quote in the
    file `path`.
    """
    anchors: list[AnchorSpan] = []
    found: list[Diagnostic] = []
    finder, faults = QuoteFinder(normal), QuoteFaults(article, prose, raw)
    for index, annotation in enumerate(annotations):
        match = finder.find(annotation)
        if isinstance(match, QuoteMatch):
            anchors.append(AnchorSpan(match.start, match.end, index))
            found += cut_faults(match, _place(path, index), article, prose)
        else:
            found.append(faults.of(match, annotation, _place(path, index)))
    return tuple(anchors), found


def _place(path: str, index: int) -> Place:
    return Place(path, pointer=("annotations", str(index), "quote"))


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
