"""The view of a briefing's page."""

from __future__ import annotations

from collections import Counter
from typing import Any
from zoneinfo import ZoneInfo

from briefgen.model.briefing import ANNOTATION_KINDS, Body, Briefing, Origin
from briefgen.model.facts import BriefingFacts
from briefgen.model.index import RelatedFact, SiteIndex
from briefgen.render.cards import backlinks, published_day, topic_links
from briefgen.render.factbox import TreatyFacts
from briefgen.render.frame import frame, root_of
from briefgen.render.glossary import entry, grouped
from briefgen.render.view import (
    BriefingView,
    Heading,
    Link,
    Note,
    OriginView,
    Related,
    SiteView,
)
from briefgen.render.writing import PageWriting, place_annotations


def briefing_view(
    index: SiteIndex, site: SiteView, facts: BriefingFacts, briefing: Briefing, body: Body
) -> BriefingView:
    """All that a briefing's page shows."""
    key = f"briefing:{facts.id}"
    path = index.routes[key]
    writing = PageWriting(index, key, facts.path, root_of(path), facts, body.footnotes)
    key_points = tuple(writing.inline(passage) for passage in body.key_points)
    analysis = writing.parts(body.analysis) if body.analysis else ()
    placed = place_annotations(body.article, briefing.annotations, facts.annotations, body.notes)
    article = writing.parts(body.article, placed)
    notes = tuple(note for part in article for note in part.notes)
    corrections = tuple(
        (one.date, writing.inline(passage))
        for one, passage in zip(briefing.corrections, body.corrections, strict=True)
    )
    treaties = TreatyFacts(index, writing.href, writing.footnotes.use_all)
    boxes = tuple(
        treaties.box(index.treaties[id_], facts.date)
        for id_ in dict.fromkeys(facts.treaties)
        if id_ in index.treaties
    )
    return BriefingView(
        **frame(index, site, "briefing", path, facts.title, **_head(index, facts, writing)),
        date=facts.date,
        published=published_day(facts),
        updated=facts.updated.day(_zone(index)) if facts.updated else None,
        authors=_authors(index, facts),
        topics=topic_links(index, facts, writing.href),
        key_points=key_points,
        origin=_origin(briefing.origin, _zone(index)),
        is_raw=briefing.article is not None,
        is_excerpt=briefing.excerpt,
        skipped_lines=body.skipped_lines,
        boxes=boxes,
        analysis=analysis,
        article=article,
        notes=notes,
        note_kinds=_kinds(notes),
        contents=tuple(
            Heading(level=level, id=id_, text=text) for level, id_, text in facts.writing.headings
        ),
        glossary=grouped(
            entry(index, mention.entity, writing.href, facts.date, mention.count)
            for mention in index.mentioned[facts.id]
        ),
        footnotes=writing.listed(),
        related=tuple(_related(index, fact, writing) for fact in index.related[facts.id]),
        backlinks=backlinks(index, index.backlinks.get(key, ()), writing.href),
        corrections=corrections,
    )


def _head(index: SiteIndex, facts: BriefingFacts, writing: PageWriting) -> dict[str, Any]:
    return {
        "section": "briefings",
        "description": facts.summary or "",
        "lang": facts.lang,
        "translations": tuple(
            (lang, writing.href(f"briefing:{id_}"))
            for lang, id_ in facts.translations.items()
            if id_ in index.briefings
        ),
        "annotations": "annotations.json" if facts.annotations else None,
    }


def _zone(index: SiteIndex) -> ZoneInfo:
    return ZoneInfo(index.config.timezone)


def _authors(index: SiteIndex, facts: BriefingFacts) -> tuple[Link, ...]:
    found = []
    for id_ in facts.authors:
        author = index.config.authors.get(id_)
        found.append(Link(text=author.name, href=author.url) if author else Link(text=id_))
    return tuple(found)


def _origin(origin: Origin | None, zone: ZoneInfo) -> OriginView | None:
    if origin is None:
        return None
    return OriginView(
        publisher=origin.publisher,
        title=origin.title,
        author=origin.author,
        url=origin.url,
        archive_url=origin.archive_url,
        archive_date=origin.archive_date,
        published=origin.published.day(zone) if origin.published else None,
        retrieved=origin.retrieved,
        rights=origin.rights,
    )


def _kinds(notes: tuple[Note, ...]) -> tuple[tuple[str, int], ...]:
    counts = Counter(note.kind for note in notes)
    return tuple((kind, counts[kind]) for kind in ANNOTATION_KINDS if counts[kind])


def _related(index: SiteIndex, fact: RelatedFact, writing: PageWriting) -> Related:
    other = index.briefings[fact.briefing]
    return Related(
        title=other.title,
        href=writing.href(f"briefing:{other.id}"),
        date=other.date,
        is_linked=fact.is_linked,
        shared=tuple(index.title_of(key) for key in fact.shared),
    )
