"""Atom feeds (RFC 4287) of the site, of a topic, of an entity or a treaty.

In: the site's index. Out: the bytes of a feed, or None where the site has no address or wants no
such feed. Drafts and what waits for its day are in none, though the site be built with them. No
clock is read: a feed is as new as the newest of its entries.

An id never changes. An entry's is a tag URI (RFC 4151) of the site's host, the briefing's date and
the site's path with the briefing's id: a new slug, title, `published`, `updated`, scheme or port
leaves it as it was. The date there parts those who owned a host one after the other; `date`, when
the article was written, is the one date of a briefing that is never moved. A feed's id is the
address of its page by the thing's id, whatever its slug.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice
from urllib.parse import quote, urlsplit
from zoneinfo import ZoneInfo

import msgspec

from briefgen.model.facts import BriefingFacts
from briefgen.model.index import SiteIndex
from briefgen.model.site import Author
from briefgen.render.compose import escape
from briefgen.render.sitemap import absolute

LATEST = 50
"""How many briefings a feed holds."""

_NEVER = "1970-01-01T00:00:00Z"  # `updated`, which Atom requires, of a feed without entries
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # by XML 1.0


class _Feed(msgspec.Struct, frozen=True):
    """What a feed is about. Paths are plain, from the site's root."""

    id_path: str  # of the page by the thing's id
    page: str
    title: str
    subtitle: str
    briefings: Iterable[str]  # newest first; the latest public ones are in the feed


def feed_path(route: str) -> str:
    """Return the path of the feed that belongs to the page at a route; both from the root."""
    return route.removesuffix("index.html") + "feed.xml"


def site_feed(index: SiteIndex) -> bytes | None:
    """Return the feed of the latest 50 briefings, where `feeds` has `site`; see `feed_path`."""
    url = index.config.url
    if url is None or "site" not in index.config.feeds:
        return None
    config, page = index.config, index.routes["list:home"]
    feed = _Feed("", page, config.title, config.description, index.briefings)
    return _document(index, url, feed)


def topic_feed(index: SiteIndex, topic_id: str) -> bytes | None:
    """Return the feed of a topic's latest 50 briefings, where `feeds` has `topics`.

    Raises KeyError where there is no such topic.
    """
    url = index.config.url
    if url is None or "topics" not in index.config.feeds:
        return None
    topic = index.topics[topic_id].value
    page = index.routes[f"topic:{topic_id}"]
    ids = index.by_topic[topic_id]
    title = f"{topic.name} | {index.config.title}"
    feed = _Feed(f"topics/{topic_id}/", page, title, topic.description or "", ids)
    return _document(index, url, feed)


def entity_feed(index: SiteIndex, entity_id: str) -> bytes | None:
    """Return the feed of the latest 50 briefings that mention an entity or a treaty.

    None unless `feeds` has `entities` or `treaties`, as the thing is one or the other. Raises
    KeyError where there is neither.
    """
    url = index.config.url
    kind = "treaties" if entity_id in index.treaties else "entities"
    if url is None or kind not in index.config.feeds:
        return None
    record = index.treaties.get(entity_id) or index.entities[entity_id]
    page = index.routes[index.key_of(entity_id)]
    ids = (row.briefing for row in index.mentions.get(entity_id, ()))
    title = f"{record.value.name} | {index.config.title}"
    feed = _Feed(f"{kind}/{entity_id}/", page, title, record.value.description or "", ids)
    return _document(index, url, feed)


def updated_at(facts: BriefingFacts, timezone: str) -> str:
    """Return when a briefing last changed in substance: in UTC, and never before it came out."""
    if facts.updated is None:
        return facts.published
    return max(facts.published, facts.updated.utc(ZoneInfo(timezone)))


def entry_id(url: str, facts: BriefingFacts) -> str:
    """Return the tag URI (RFC 4151) by which feeds know a briefing for ever."""
    site = urlsplit(absolute(url, ""))
    return f"tag:{site.hostname},{facts.date}:{site.path}briefings/{quote(facts.id)}"


def _document(index: SiteIndex, url: str, feed: _Feed) -> bytes:
    config = index.config
    public = filter(index.is_public, (index.briefings[id_] for id_ in feed.briefings))
    briefings = list(islice(public, LATEST))
    updated = max((updated_at(facts, index.config.timezone) for facts in briefings), default=_NEVER)
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{_text(config.language)}">',
        f"<id>{escape(absolute(url, feed.id_path))}</id>",
        f"<title>{_text(feed.title)}</title>",
        *([f"<subtitle>{_text(feed.subtitle)}</subtitle>"] if feed.subtitle else []),
        f"<updated>{updated}</updated>",
        # Entries with authors of their own are theirs; all others are the site's.
        _author(Author(config.title, absolute(url, ""))),
        _link("self", "application/atom+xml", absolute(url, feed_path(feed.page))),
        _link("alternate", "text/html", absolute(url, feed.page)),
        *(_entry(index, url, facts) for facts in briefings),
        "</feed>\n",
    ]
    return "\n".join(lines).encode()


def _entry(index: SiteIndex, url: str, facts: BriefingFacts) -> str:
    lang = facts.lang if facts.lang != index.config.language else None
    topics = [index.topics[id_] for id_ in dict.fromkeys(facts.topics) if id_ in index.topics]
    lines = [
        f'<entry xml:lang="{_text(lang)}">' if lang else "<entry>",
        f"<id>{entry_id(url, facts)}</id>",
        f"<title>{_text(facts.title)}</title>",
        f"<published>{facts.published}</published>",
        f"<updated>{updated_at(facts, index.config.timezone)}</updated>",
        *map(_author, _signed_by(index, facts.authors)),
        _link("alternate", "text/html", absolute(url, index.routes[f"briefing:{facts.id}"])),
        *(f'<category term="{_text(t.id)}" label="{_text(t.value.name)}"/>' for t in topics),
        *([f"<summary>{_text(facts.summary)}</summary>"] if facts.summary else []),
        "</entry>",
    ]
    return "\n".join(lines)


def _signed_by(index: SiteIndex, ids: Iterable[str]) -> list[Author]:
    """The authors of the configuration by their ids; an unknown id is its own name."""
    return [index.config.authors.get(id_) or Author(id_) for id_ in ids]


def _author(author: Author) -> str:
    address = f"<uri>{_text(author.url)}</uri>" if author.url else ""
    return f"<author><name>{_text(author.name)}</name>{address}</author>"


def _link(relation: str, type_: str, address: str) -> str:
    return f'<link rel="{relation}" type="{type_}" href="{escape(address)}"/>'


def _text(text: str) -> str:
    """Plain text for an element or an attribute: on one line, without what XML forbids."""
    return escape(" ".join(_FORBIDDEN.sub("", text).split()))
