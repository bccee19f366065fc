"""The files of a site that are no pages: feeds, the sitemap, data, annotations."""

from __future__ import annotations

from collections.abc import Iterator

from briefgen.model.index import SiteIndex
from briefgen.render.data_files import data_files
from briefgen.render.feeds import entity_feed, feed_path, site_feed, topic_feed, updated_at
from briefgen.render.pages import Page, plan_pages
from briefgen.render.sitemap import robots, sitemaps


def extra_files(index: SiteIndex) -> Iterator[tuple[str, bytes]]:
    """Each file, by its path in the output; those beside briefings come with their pages."""
    yield ".nojekyll", b""
    yield "robots.txt", robots(index)
    yield from data_files(index).items()
    feed = site_feed(index)
    if feed is not None:
        yield "feed.xml", feed
    yield from _feeds(index)
    yield from sitemaps(index, [*_listed(index)]).items()


def _feeds(index: SiteIndex) -> Iterator[tuple[str, bytes]]:
    kinds = index.config.feeds
    if "topics" in kinds:
        for id_ in index.topics:
            yield from _beside(index, f"topic:{id_}", topic_feed(index, id_))
    if "entities" in kinds:
        for id_ in index.entities:
            yield from _beside(index, f"entity:{id_}", entity_feed(index, id_))
    if "treaties" in kinds:
        for id_ in index.treaties:
            yield from _beside(index, f"treaty:{id_}", entity_feed(index, id_))


def _beside(index: SiteIndex, key: str, feed: bytes | None) -> Iterator[tuple[str, bytes]]:
    if feed is not None:
        yield feed_path(index.routes[key]), feed


def _listed(index: SiteIndex) -> Iterator[tuple[str, str | None]]:
    """The addresses of the sitemap, each with the day on which it last changed, if known.

    Drafts and what waits for its day are not for search engines.
    """
    for page in plan_pages(index):
        if page.kind == "briefing" and not index.is_public(index.briefings[page.id]):
            continue
        if page.kind not in ("404", "moved") and page.key != "list:search":
            yield page.path, _last_changed(index, page)


def _last_changed(index: SiteIndex, page: Page) -> str | None:
    if page.kind != "briefing":
        return None
    facts = index.briefings[page.id]
    return updated_at(facts, index.config.timezone)
