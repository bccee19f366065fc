"""The view of a briefing's page."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from markupsafe import Markup

from briefgen.model.answers import EntityCard, NamedRoute, RelatedRow
from briefgen.model.briefing import ANNOTATION_KINDS, Body, Briefing, Origin
from briefgen.model.dates import Day
from briefgen.model.facts import BriefingFacts
from briefgen.model.index import ANNOTATIONS_FILE
from briefgen.model.questions import Questions
from briefgen.render.bibtex import briefing_bibtex
from briefgen.render.cards import backlinks
from briefgen.render.dated import dates_of
from briefgen.render.factbox import TreatyFacts
from briefgen.render.frame import direction, frame, root_of
from briefgen.render.glossary import entry, grouped
from briefgen.render.json_ld import briefing_ld
from briefgen.render.labels import Markers
from briefgen.render.placing import place_annotations
from briefgen.render.sitemap import absolute
from briefgen.render.view import (
    BriefingView,
    GlossaryEntry,
    Heading,
    Link,
    Note,
    OriginView,
    Related,
    SiteView,
)
from briefgen.render.writing import PageWriting


def briefing_view(
    ask: Questions, site: SiteView, markers: Markers, updated_label: str, facts: BriefingFacts,
    briefing: Briefing, body: Body,
) -> BriefingView:  # fmt: skip
    """All that a briefing's page shows; `markers` and `updated_label` are in its language.

    Footnotes are numbered in the order in which the page shows what they are of: key points, fact
    boxes, analysis, article with its notes, corrections, source summary.
    """
    settings = ask.settings()
    zone = ZoneInfo(settings.timezone)
    key = f"briefing:{facts.id}"
    path = ask.route(key) or ""
    writing = PageWriting(
        ask, key, facts.path, root_of(path), facts, body.footnotes, markers, facts.lang
    )
    own = writing.language if writing.is_foreign else ""
    maker = TreatyFacts(ask, writing.href, writing.footnotes.use_all, own)
    answers = ((id_, ask.treaty(id_)) for id_ in dict.fromkeys(facts.treaties))
    treaties = [(id_, answer) for id_, answer in answers if answer]
    key_points = tuple(writing.inline(passage) for passage in body.key_points)
    boxes = tuple(maker.box(id_, answer, facts.date) for id_, answer in treaties)
    analysis = writing.parts(body.analysis) if body.analysis else ()
    placed = place_annotations(body.article, briefing.annotations, facts.annotations, body.notes)
    article = writing.parts(body.article, placed)
    notes = tuple(note for part in article for note in part.notes)
    corrected = zip(briefing.corrections, body.corrections, strict=True)
    corrections = tuple(
        (one.date, writing.inline(passage))
        for one, passage in sorted(corrected, key=lambda row: row[0].date.last(), reverse=True)
    )
    head = frame(
        settings, site, "briefing", path, facts.title, **_head(ask, facts, briefing, writing)
    )
    origin = briefing.origin
    article_lang = writing.lang(origin.lang) if origin and origin.lang else ""
    source_summary = writing.simple(body.source_summary) if body.source_summary else None
    published = facts.published_day(zone)
    updated = facts.updated.day(zone) if facts.updated else None
    authors = [*map(ask.author, facts.authors)]
    asked = ((id_, ask.entity(id_)) for id_, _ in ask.mentioned(facts.id))
    cast = [(id_, card) for id_, card in asked if card]
    return BriefingView(
        **head,
        json_ld=Markup(briefing_ld(ask, facts, briefing)),  # noqa: S704 - escaped for a script
        date=facts.date,
        published=published,
        updated=updated,
        authors=tuple(Link(text=author.name, href=author.url) for author in authors),
        topics=_topics(ask, facts, writing),
        key_points=key_points,
        origin=_origin(origin, zone),
        is_draft=facts.is_draft,
        is_raw=briefing.article is not None,
        is_excerpt=briefing.excerpt,
        skipped_lines=body.skipped_lines,
        boxes=boxes,
        analysis=analysis,
        article=article,
        article_lang=article_lang,
        article_dir=direction(article_lang) if article_lang else "",
        notes=notes,
        note_kinds=_kinds(notes),
        contents=tuple(
            Heading(level=level, id=id_, text=text) for level, id_, text in facts.writing.headings
        ),
        glossary=grouped(_entry(writing, id_, card, facts.date) for id_, card in cast),
        footnotes=writing.listed(),
        related=tuple(_related(row, writing) for row in ask.related(facts.id)),
        backlinks=backlinks(ask.backlinks(key), writing.href, writing.language),
        corrections=corrections,
        updates=_updates(notes, published) if updated else (),
        dates=dates_of(ask, treaties, cast, facts.date, maker),
        source_summary=source_summary,
        bibtex=briefing_bibtex(
            facts.id,
            facts.title,
            [author.name for author in authors],
            settings.title,
            published,
            updated and updated_label.replace("%(date)s", updated),
            head["canonical"],
        ),
    )


def _head(
    ask: Questions, facts: BriefingFacts, briefing: Briefing, writing: PageWriting
) -> dict[str, Any]:
    url, routes = ask.settings().url, ask.translations(facts.id)
    language = facts.lang or ask.settings().language
    own = (NamedRoute(language, ask.route(f"briefing:{facts.id}") or ""),) if routes else ()
    return {
        "section": "briefings",
        "description": facts.summary or "",
        "lang": facts.lang,
        "image": writing.preview_image(briefing.image),
        "extra": briefing.extra,
        "translations": tuple((one.name, writing.href(one.route)) for one in routes),
        "alternates": tuple((one.name, absolute(url, one.route)) for one in (*own, *routes))
        if url
        else (),
        "annotations": ANNOTATIONS_FILE if facts.annotations else None,
    }


def _topics(ask: Questions, facts: BriefingFacts, writing: PageWriting) -> tuple[Link, ...]:
    language = writing.language if writing.is_foreign else ""
    topics = (ask.topic(id_, language) for id_ in dict.fromkeys(facts.topics))
    foreign = ask.settings().language if writing.is_foreign else ""
    return tuple(
        Link(
            text=one.own_name or one.name,
            href=writing.href(one.route),
            lang="" if one.own_name else foreign,
        )
        for one in topics
        if one
    )


def _entry(writing: PageWriting, id_: str, card: EntityCard, on: Day) -> GlossaryEntry:
    if not writing.is_foreign and not card.roles:  # then it is the same on any day
        make = partial(entry, id_, card, writing.href)
        return writing.ask.derived(f"entry {writing.root}", ("entity", id_), make)
    if not writing.is_foreign:
        return entry(id_, card, writing.href, on)
    name = writing.ask.name(id_, writing.language) or ""
    lang = "" if name else writing.ask.settings().language
    return entry(id_, card, writing.href, on, name=name, lang=lang)


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


def _updates(notes: tuple[Note, ...], published: Day) -> tuple[tuple[Day, tuple[Note, ...]], ...]:
    """The notes that came, or were written anew, after the briefing was public, by their day."""
    found: dict[Day, list[Note]] = {}
    for note in notes:
        if note.number and note.date and note.date > published:
            found.setdefault(note.date, []).append(note)
    return tuple((day, tuple(found[day])) for day in sorted(found, reverse=True))


def _kinds(notes: tuple[Note, ...]) -> tuple[tuple[str, int], ...]:
    if not notes:
        return ()
    counts = Counter(note.kind for note in notes)
    return tuple((kind, counts[kind]) for kind in ANNOTATION_KINDS if counts[kind])


def _related(row: RelatedRow, writing: PageWriting) -> Related:
    return Related(
        title=row.title,
        href=writing.href(row.route),
        date=row.date,
        is_linked=row.is_linked,
        unpublished=row.unpublished,
        shared=row.shared,
        topics=row.topics,
        lang=writing.lang(row.language),
    )
