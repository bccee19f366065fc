"""The annotations of a briefing after the W3C Web Annotation Data Model, as JSON-LD.

In: a briefing, its body, and what its page may ask of the site. Out: the bytes of
`annotations.json`, which lies beside the briefing's page: an AnnotationCollection whose one page
is embedded.

Positions count code points of the reading text, 0-based and half-open: the text of the page's
`data-article`, less what is inside `data-aside`, each run of white space one space, the ends
trimmed. In an excerpt that is the text of the passages that are published, as the body has them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from typing import Any
from zoneinfo import ZoneInfo

from briefgen.model.briefing import Annotation, Body, Briefing
from briefgen.model.dates import Day, Instant
from briefgen.model.facts import AnnotationFact, BriefingFacts
from briefgen.model.index import ANNOTATIONS_FILE
from briefgen.model.prose import AnchorSpan, Passage, Prose, RefKind
from briefgen.model.questions import Questions, source_of
from briefgen.model.source import Source
from briefgen.render.data_files import to_json
from briefgen.render.sitemap import absolute

CONTEXT = 32
"""How many code points before and after a quote help to find it again."""

MOTIVATIONS = {
    "context": "describing",
    "correction": "editing",
    "dispute": "assessing",
    "update": "commenting",
    "definition": "identifying",
    "source": "linking",
}
"""Why an annotation was made, in the words of the standard, by its kind; one for each."""

# The white space that a reader does not see: what begins or ends the text, or follows white space.
_UNSEEN = re.compile(r"\A\s+|\s+\Z|(?<=\s)\s+")

Node = dict[str, Any]


def annotations_path(route: str) -> str:
    """Return the path of the annotations of the page at a route; both from the site's root."""
    return route.removesuffix("index.html") + ANNOTATIONS_FILE


def annotations_json(ask: Questions, facts: BriefingFacts, briefing: Briefing, body: Body) -> bytes:
    """Return the annotations of a briefing, in the order of the quotes in the text.

    Without `url` in the configuration the addresses are relative to that of the file itself.
    """
    collection, page = _addresses(ask, facts)
    text, position = reading_text(body.article.prose)
    items = []
    for anchor in sorted(body.article.anchors, key=_reading_order):
        start, end = position(anchor.start), position(anchor.end)
        fact = facts.annotations[anchor.annotation]
        node: Node = {
            "id": f"{page}#note-{fact.id}",
            "type": "Annotation",
            "motivation": MOTIVATIONS[fact.kind],
            "creator": _creator(ask, facts, fact),
        }
        if created := _created(ask, facts, fact):
            node["created"] = created
        annotation, note = briefing.annotations[anchor.annotation], body.notes[anchor.annotation]
        if bodies := _bodies(ask, facts, fact, _cited(annotation, note, body.footnotes)):
            node["body"] = bodies
        node["target"] = {"source": page, "selector": selectors(text, start, end)}
        items.append(node)
    first = {"id": f"{collection}#page", "type": "AnnotationPage", "startIndex": 0, "items": items}
    return to_json(
        {
            "@context": "http://www.w3.org/ns/anno.jsonld",
            "id": collection,
            "type": "AnnotationCollection",
            "label": facts.title,
            "total": len(items),
            "first": first,
        }
    )


def reading_text(prose: Prose) -> tuple[str, Callable[[int], int]]:
    """Return the reading text of a Prose, and what leads from offsets of the Prose to it.

    The map takes an offset of `prose.text`, its end included, to the number of code points of the
    reading text that come from what lies before; of a run of white space the first character is
    the one that stays. It grows or stays as the offset grows, and costs O(log runs).
    """
    source = prose.text
    text = source.replace("\n", " ")
    # What is printable has no white space but the space: most articles need no more than this.
    if text.isprintable() and "  " not in text and text == text.strip(" "):
        return text, _unchanged
    text = " ".join(source.split())
    starts: list[int] = []
    ends: list[int] = []
    lost: list[int] = [0]  # code points left out before each stretch, and behind the last
    for match in _UNSEEN.finditer(source):
        starts.append(match.start())
        ends.append(match.end())
        lost.append(lost[-1] + match.end() - match.start())

    def position(offset: int) -> int:
        found = bisect_right(starts, offset)
        if found and offset < ends[found - 1]:
            return starts[found - 1] - lost[found - 1]
        return offset - lost[found]

    return text, position


def selectors(text: str, start: int, end: int) -> list[Node]:
    """Return the two ways to find `text[start:end]` again: by its words, and by its place."""
    return [
        {
            "type": "TextQuoteSelector",
            "exact": text[start:end],
            "prefix": text[max(start - CONTEXT, 0) : start],
            "suffix": text[end : end + CONTEXT],
        },
        {"type": "TextPositionSelector", "start": start, "end": end},
    ]


def _unchanged(offset: int) -> int:
    return offset


def _reading_order(anchor: AnchorSpan) -> tuple[int, int, int]:
    return anchor.start, anchor.end, anchor.annotation


def _addresses(ask: Questions, facts: BriefingFacts) -> tuple[str, str]:
    """The addresses of the annotations and of the page."""
    url, route = ask.settings().url, ask.route(f"briefing:{facts.id}") or ""
    if url is None:
        return ANNOTATIONS_FILE, route.rpartition("/")[2] or "./"
    return absolute(url, annotations_path(route)), absolute(url, route)


def _creator(ask: Questions, facts: BriefingFacts, fact: AnnotationFact) -> Node | list[Node]:
    """Who signs a note: its author, else the briefing's, else the site."""
    authors = [ask.author(id_) for id_ in ([fact.author] if fact.author else facts.authors)]
    if not authors:
        return {"type": "Organization", "name": ask.settings().title}
    # Whether an author is a person or a desk is not known, so there is no type.
    agents = [
        {"name": author.name, "homepage": author.url} if author.url else {"name": author.name}
        for author in authors
    ]
    return agents[0] if len(agents) == 1 else agents


def _created(ask: Questions, facts: BriefingFacts, fact: AnnotationFact) -> str | None:
    """The moment of a note in UTC, else of the briefing; None where only the year is known, say."""
    day: Day | None = fact.date
    if day is None:
        return facts.published
    return Instant(day).utc(ZoneInfo(ask.settings().timezone)) if day.is_exact else None


def _cited(
    annotation: Annotation, note: Passage | None, footnotes: dict[str, Passage]
) -> Iterable[str]:
    """The ids of the sources of a note, each once; the page's own footnotes are none."""
    found = dict.fromkeys(annotation.sources)
    for ref in note.prose.refs if note else ():
        if ref.kind == RefKind.CITE:
            found.update(
                dict.fromkeys(id_ for id_ in ref.target.split(" ") if id_ not in footnotes)
            )
    return found


def _bodies(
    ask: Questions, facts: BriefingFacts, fact: AnnotationFact, cited: Iterable[str]
) -> list[Node]:
    """The note, and each of its sources that has an address."""
    bodies: list[Node] = []
    if fact.has_note():
        bodies.append(
            {
                "type": "TextualBody",
                "value": fact.told(lambda target: ask.link(target).title),
                "format": "text/plain",
                "language": facts.lang or ask.settings().language,
            }
        )
    bodies += _linked(source_of(ask, facts, id_) for id_ in cited)
    return bodies


def _linked(sources: Iterable[Source | None]) -> Iterator[Node]:
    for source in sources:
        if source is not None and source.url:
            node: Node = {
                "type": "SpecificResource",
                "source": source.url,
                "purpose": "linking",
            }
            if source.archive_url:
                node["state"] = {"type": "TimeState", "cached": source.archive_url}
            yield node
