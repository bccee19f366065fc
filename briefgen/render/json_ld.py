"""Pages in the words of schema.org, as JSON-LD that stands in a `<script>` of the page.

In: one of the site's things, and what its page may ask of the rest. Out: JSON text in which no
`<`, `>`, `&`, U+2028 or U+2029 is left as it is, so that nothing in it ends the script. Nothing is
guessed: an author is a node without a type, since it may be a person or a desk, and what is not
known is left out.

A briefing is an AnalysisNewsArticle based on the article that it reads. A treaty is Legislation,
whose definition asks for no parliament: a legal document, enforceable or not.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from operator import itemgetter
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from briefgen.model.answers import EntityCard, Settings, settings_of
from briefgen.model.briefing import Briefing, Origin
from briefgen.model.entity import Entity
from briefgen.model.facts import BriefingFacts
from briefgen.model.index import SiteIndex
from briefgen.model.questions import Questions, source_of
from briefgen.model.source import Source
from briefgen.model.treaty import Treaty
from briefgen.render.data_files import to_json
from briefgen.render.feeds import updated_at
from briefgen.render.sitemap import absolute

ABOUT = 10
"""How many of the entities that a briefing mentions it is said to be about."""

TYPES = {
    "person": "Person",
    "organization": "Organization",
    "place": "Place",
    "event": "Event",
    "treaty": "Legislation",
    "weapon": "Thing",  # schema.org knows weapons only as goods for sale
    "document": "CreativeWork",
    "term": "DefinedTerm",
}
"""The type of schema.org for each kind of entity."""

_WORKS = {
    "article": "Article",
    "article-journal": "ScholarlyArticle",
    "article-magazine": "Article",
    "article-newspaper": "NewsArticle",
    "bill": "Legislation",
    "book": "Book",
    "chapter": "Chapter",
    "dataset": "Dataset",
    "legislation": "Legislation",
    "map": "Map",
    "post-weblog": "BlogPosting",
    "report": "Report",
    "thesis": "Thesis",
    "treaty": "Legislation",
    "webpage": "WebPage",
}  # by the type that CSL gives a source; all others are a CreativeWork
_ESCAPES = [(char, f"\\u{ord(char):04x}") for char in "<>&\u2028\u2029"]
_ITEM = re.compile(r"Q[1-9][0-9]*")

Node = dict[str, Any]


def briefing_ld(ask: Questions, facts: BriefingFacts, briefing: Briefing) -> str:
    """Return the JSON-LD of a briefing's page.

    It is `about` the treaties of its fact boxes and the entities that it mentions most, at most
    10. Moments are in UTC.
    """
    settings = ask.settings()
    publisher = ask.derived("ld", ("settings",), lambda: _raw(_publisher(settings)))
    language = facts.lang or settings.language
    asked = "" if language == settings.language else language
    topics = (ask.topic(id_, asked) for id_ in dict.fromkeys(facts.topics))
    node = {
        "@type": "AnalysisNewsArticle",
        **_named(settings, ask.route(f"briefing:{facts.id}") or "", "headline", facts.title),
        "description": facts.summary,
        "datePublished": facts.published,
        "dateModified": updated_at(facts, settings.timezone),
        "inLanguage": language,
        "keywords": [topic.own_name or topic.name for topic in topics if topic],
        "author": [
            _node({"name": author.name, "url": author.url})
            for author in map(ask.author, facts.authors)
        ]
        or publisher,
        "publisher": publisher,
        "about": _about(ask, facts),
        "isBasedOn": _original(briefing.origin, ZoneInfo(settings.timezone)),
        "citation": _citations(ask, facts),
    }
    return _script(node)


def entity_ld(index: SiteIndex, entity_id: str) -> str:
    """Return the JSON-LD of an entity's page; KeyError where there is no such entity."""
    entity = index.entities[entity_id].value
    node = _described(index, f"entity:{entity_id}", entity)
    if entity.kind == "event":
        node["startDate"] = entity.date
    if entity.kind == "term":
        node["inDefinedTermSet"] = _address(settings_of(index), index.routes["list:glossary"])
    return _script(node)


def treaty_ld(index: SiteIndex, treaty_id: str) -> str:
    """Return the JSON-LD of a treaty's page; KeyError where there is no such treaty."""
    treaty = index.treaties[treaty_id].value
    node = _described(index, f"treaty:{treaty_id}", treaty)
    if treaty.formal_name:
        node["alternateName"] = [treaty.formal_name, *node["alternateName"]]
    signed = (e.date for e in treaty.events if e.type == "signed" and not e.parties)
    node["legislationType"] = "treaty"
    node["legislationDate"] = min(signed, default=None)
    return _script(node)


def site_ld(index: SiteIndex) -> str:
    """Return the JSON-LD of the home page."""
    config = index.config
    node = {
        "@type": "WebSite",
        **_named(settings_of(index), index.routes["list:home"], "name", config.title),
        "description": config.description,
        "inLanguage": config.language,
        "publisher": _publisher(settings_of(index)),
    }
    return _script(node)


def _address(settings: Settings, route: str) -> str | None:
    return absolute(settings.url, route) if settings.url is not None else None


def _named(settings: Settings, route: str, word: str, name: str) -> Node:
    """The address of a thing's page, where the site has one, and the thing's name."""
    address = _address(settings, route)
    return {"@id": address, "url": address, word: name}


def _node(fields: Mapping[str, Any]) -> Node:
    """The fields that say something."""
    return {key: value for key, value in fields.items() if value}


def _publisher(settings: Settings) -> Node:
    address = _address(settings, "")
    return _node({"@type": "Organization", "name": settings.title, "url": address})


def _same(wikidata: str | None) -> str | None:
    item = wikidata or ""
    return f"https://www.wikidata.org/entity/{item}" if _ITEM.fullmatch(item) else None


def _described(index: SiteIndex, key: str, value: Entity | Treaty) -> Node:
    return {
        "@type": TYPES[value.kind],
        **_named(settings_of(index), index.routes[key], "name", value.name),
        "alternateName": [alias.text for alias in value.all_names()[1:]],
        "description": value.description,
        "sameAs": _same(value.wikidata),
    }


def _about(ask: Questions, facts: BriefingFacts) -> list[msgspec.Raw]:
    """The chief entities of a briefing; what else is known of each stands on its own page."""
    settings = ask.settings()
    mentioned = sorted(ask.mentioned(facts.id), key=itemgetter(1), reverse=True)
    if facts.treaties:
        mentioned.sort(key=lambda one: one[0] not in facts.treaties)
    nodes = []
    for id_, _ in mentioned[:ABOUT]:
        card = ask.entity(id_)
        assert card is not None  # the index keeps no other mentions
        nodes.append(ask.derived("ld", ("entity", id_), partial(_mention, settings, card)))
    return nodes


def _mention(settings: Settings, card: EntityCard) -> msgspec.Raw:
    """An entity that a page is about."""
    return _raw(
        _node(
            {
                "@type": TYPES[card.kind],
                "@id": _address(settings, card.route),
                "name": card.name,
                "sameAs": _same(card.wikidata),
            }
        )
    )


def _raw(node: Node) -> msgspec.Raw:
    """A node that is JSON already."""
    return msgspec.Raw(to_json(node))


def _original(origin: Origin | None, zone: ZoneInfo) -> Node | None:
    """The article that a briefing reads, where it has an address."""
    if origin is None or not origin.url:
        return None
    return _node(
        {
            "@type": "Article",
            "@id": origin.url,
            "url": origin.url,
            "headline": origin.title,
            "author": _node({"name": origin.author}),
            "publisher": _organization(origin.publisher),
            "datePublished": origin.published.day(zone) if origin.published else None,
            "inLanguage": origin.lang,
        }
    )


def _organization(name: str | None) -> Node | None:
    return {"@type": "Organization", "name": name} if name else None


def _citations(ask: Questions, facts: BriefingFacts) -> list[msgspec.Raw]:
    """The sources that a briefing cites, in order, each once, where they have an address."""
    nodes = []
    for id_ in dict.fromkeys(cite.source for cite in facts.writing.cites):
        source = source_of(ask, facts, id_)
        if source is not None and source.url:
            if id_ in facts.sources:
                nodes.append(_work(source))
            else:
                nodes.append(ask.derived("ld", ("source", id_), partial(_work, source)))
    return nodes


def _work(source: Source) -> msgspec.Raw:
    """A work that is cited."""
    return _raw(
        _node(
            {
                "@type": _WORKS.get(source.type or "", "CreativeWork"),
                "name": source.name,
                "url": source.url,
                "archivedAt": source.archive_url,
                "publisher": _organization(source.publisher),
                "datePublished": source.published,
            }
        )
    )


def _script(node: Node) -> str:
    """A node as JSON that is safe inside a script element."""
    text = to_json({"@context": "https://schema.org", **_node(node)}).decode()
    # In JSON these stand in strings alone, where an escape means the same.
    for char, escaped in _ESCAPES:
        text = text.replace(char, escaped)
    return text
