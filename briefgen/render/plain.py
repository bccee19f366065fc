"""The views of plain pages, topics, and pages that have moved."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from briefgen.model.briefing import PlainPage, Topic
from briefgen.model.facts import Record, Writing
from briefgen.model.index import SiteIndex
from briefgen.model.prose import Passage
from briefgen.model.questions import Questions
from briefgen.render.cards import backlinks, cards_among
from briefgen.render.frame import feed_of, frame, root_of
from briefgen.render.sitemap import absolute
from briefgen.render.view import Heading, MovedView, PlainView, SiteView, TopicView
from briefgen.render.writing import PageWriting


def plain_view(
    ask: Questions, index: SiteIndex, site: SiteView,
    record: Record[PlainPage], body: Passage | None,
    notes: dict[str, Passage],
) -> PlainView:  # fmt: skip
    """All that a plain page shows."""
    key = f"page:{record.id}"
    path = index.routes[key]
    value = record.value
    writing = PageWriting(ask, key, record.path, root_of(path), None, notes, language=value.lang)
    headings = index.writings.get(key, Writing()).headings
    zone = ZoneInfo(index.config.timezone)
    return PlainView(
        **frame(
            ask.settings(), site, "page", path, value.title, section=record.id,
            description=value.summary or "", lang=value.lang, extra=value.extra,
        ),
        is_draft=value.draft,
        body=writing.parts(body) if body else (),
        contents=tuple(Heading(level=level, id=id_, text=text) for level, id_, text in headings),
        updated=value.updated.day(zone) if value.updated else None,
        footnotes=writing.listed(),
        backlinks=backlinks(ask.backlinks(key), writing.href, writing.language),
    )  # fmt: skip


def topic_view(
    ask: Questions, index: SiteIndex, site: SiteView,
    record: Record[Topic], body: Passage | None,
    notes: dict[str, Passage],
) -> TopicView:  # fmt: skip
    """A topic and all its briefings."""
    key = f"topic:{record.id}"
    path = index.routes[key]
    value = record.value
    writing = PageWriting(ask, key, record.path, root_of(path), None, notes)
    return TopicView(
        **frame(ask.settings(), site, "topic", path, value.name, section="topics",
                description=value.description or "", feed=feed_of(index, "topics"),
                extra=value.extra),
        introduction=value.description or "",
        body=writing.parts(body) if body else (),
        briefings=cards_among(ask, index, index.by_topic[record.id], path),
        footnotes=writing.listed(),
    )  # fmt: skip


def moved_view(ask: Questions, index: SiteIndex, site: SiteView, path: str, key: str) -> MovedView:
    """A page at an old address that leads to the new one."""
    fields = frame(
        ask.settings(), site, "moved", path, index.title_of(key), lang=index.language_of(key)
    )
    url = index.config.url
    fields["canonical"] = absolute(url, index.routes[key]) if url else None
    return MovedView(**fields, target=fields["root"] + index.routes[key])
