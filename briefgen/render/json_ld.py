"""Pages in the words of schema.org, as JSON-LD that stands in a `<script>` of the page.

In: the site's index and one of its things. Out: JSON text in which no `<`, `>`, `&`, U+2028 or
U+2029 is left as it is, so that nothing in it ends the script. Nothing is guessed: an author is a
node without a type, since it may be a person or a desk, and what is not known is left out.

A briefing is an AnalysisNewsArticle based on the article that it reads. A treaty is Legislation,
whose definition asks for no parliament: a legal document, enforceable or not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from briefgen.model.briefing import Briefing, Origin
from briefgen.model.entity import Entity, Named
from briefgen.model.facts import BriefingFacts
from briefgen.model.index import SiteIndex
from briefgen.model.source import Source
from briefgen.model.treaty import Treaty
from briefgen.render.data_files import to_json
from briefgen.render.feeds import signed_by, updated_at
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
_ITEM = re.compile(r"Q[1-9][0-9]*")

Node = dict[str, Any]


def briefing_ld(index: SiteIndex, facts: BriefingFacts, briefing: Briefing) -> str:
    """Return the JSON-LD of a briefing's page.

    It is `about` the treaties of its fact boxes and the entities that it mentions most, at most
    10. Moments are in UTC.
    """
    node = {
        "@type": "AnalysisNewsArticle",
        **_named(index, f"briefing:{facts.id}", "headline", facts.title),
        "description": facts.summary,
        "datePublished": facts.published,
        "dateModified": updated_at(index, facts),
        "inLanguage": facts.lang or index.config.language,
        "keywords": [index.topics[id_].value.name for id_ in facts.topics if id_ in index.topics],
        "author": [
            _node({"name": author.name, "url": author.url})
            for author in signed_by(index, facts.authors)
        ]
        or _publisher(index),
        "publisher": _publisher(index),
        "about": _about(index, facts),
        "isBasedOn": _original(briefing.origin, ZoneInfo(index.config.timezone)),
        "citation": _citations(index, facts),
    }
    return _script(node)


def entity_ld(index: SiteIndex, entity_id: str) -> str:
    """Return the JSON-LD of an entity's page; KeyError where there is no such entity."""
    entity = index.entities[entity_id].value
    node = _described(index, f"entity:{entity_id}", entity)
    if entity.kind == "event":
        node["startDate"] = entity.date
    if entity.kind == "term":
        node["inDefinedTermSet"] = _address(index, "list:glossary")
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
        **_named(index, "list:home", "name", config.title),
        "description": config.description,
        "inLanguage": config.language,
        "publisher": _publisher(index),
    }
    return _script(node)


def _address(index: SiteIndex, key: str) -> str | None:
    url = index.config.url
    return absolute(url, index.routes[key]) if url is not None else None


def _named(index: SiteIndex, key: str, word: str, name: str) -> Node:
    """The address of a thing's page, where the site has one, and the thing's name."""
    address = _address(index, key)
    return {"@id": address, "url": address, word: name}


def _node(fields: Mapping[str, Any]) -> Node:
    """The fields that say something."""
    return {key: value for key, value in fields.items() if value}


def _publisher(index: SiteIndex) -> Node:
    address = _address(index, "list:home")
    return _node({"@type": "Organization", "name": index.config.title, "url": address})


def _same(value: Named) -> str | None:
    item = value.wikidata or ""
    return f"https://www.wikidata.org/entity/{item}" if _ITEM.fullmatch(item) else None


def _described(index: SiteIndex, key: str, value: Entity | Treaty) -> Node:
    return {
        "@type": TYPES[value.kind],
        **_named(index, key, "name", value.name),
        "alternateName": [alias.text for alias in value.all_names()[1:]],
        "description": value.description,
        "sameAs": _same(value),
    }


def _about(index: SiteIndex, facts: BriefingFacts) -> list[Node]:
    boxes = set(facts.treaties)
    rows = sorted(index.mentioned[facts.id], key=lambda one: (one.entity not in boxes, -one.count))[
        :ABOUT
    ]
    nodes = []
    for row in rows:
        record = index.named(row.entity)
        assert record is not None  # the index keeps no other mentions
        value = record.value
        named = _named(index, index.key_of(row.entity), "name", value.name)
        nodes.append(_node({"@type": TYPES[value.kind], **named, "sameAs": _same(value)}))
    return nodes


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


def _citations(index: SiteIndex, facts: BriefingFacts) -> list[Node]:
    """The sources that a briefing cites, in order, each once, where they have an address."""
    ids = dict.fromkeys(cite.source for cite in facts.writing.cites)
    return list(_works(index.source(facts, id_) for id_ in ids))


def _works(sources: Iterable[Source | None]) -> Iterable[Node]:
    for source in sources:
        if source is not None and source.url:
            yield _node(
                {
                    "@type": _WORKS.get(source.type or "", "CreativeWork"),
                    "name": source.name,
                    "url": source.url,
                    "archivedAt": source.archive_url,
                    "publisher": _organization(source.publisher),
                    "datePublished": source.published,
                }
            )


def _script(node: Node) -> str:
    """A node as JSON that is safe inside a script element."""
    text = to_json({"@context": "https://schema.org", **_node(node)}).decode()
    # In JSON these stand in strings alone, where an escape means the same.
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text
