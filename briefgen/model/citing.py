"""Who cites a source, beside the briefings: dossiers, topics and plain pages.

In: the index. Out: for each source of the site the keys of those pages. Briefings are in
`SiteIndex.cited_by`; what a page brings along as its own sources is not looked at.
"""

from __future__ import annotations

from collections.abc import Iterator

from briefgen.model.entity import Entity
from briefgen.model.index import SiteIndex
from briefgen.model.treaty import Treaty


def other_pages_citing(index: SiteIndex) -> dict[str, tuple[str, ...]]:
    """By source, the keys of the pages other than briefings that cite it, each once, sorted.

    Linear in facts and citations.
    """
    found: dict[str, set[str]] = {}
    for entity in index.entities.values():
        _note(found, sources_of_entity(entity.value), f"entity:{entity.id}")
    for treaty in index.treaties.values():
        _note(found, sources_of_treaty(treaty.value), f"treaty:{treaty.id}")
    for key, writing in index.writings.items():
        if key in index.routes:
            _note(found, (cite.source for cite in writing.cites), key)
    return {id_: tuple(sorted(keys)) for id_, keys in found.items() if id_ in index.sources}


def cited_key(language: str, source: str, briefing: str = "") -> str:
    """The name of a source in `SiteIndex.citations`; with `briefing` it is that page's own."""
    return f"{language}\0{source}\0{briefing}"


def _note(found: dict[str, set[str]], sources: Iterator[str], key: str) -> None:
    for id_ in sources:
        found.setdefault(id_, set()).add(key)


def sources_of_entity(entity: Entity) -> Iterator[str]:
    """The ids of the sources that an entity and its roles name, as often as they do."""
    yield from entity.sources
    for role in entity.roles:
        yield from role.sources


def sources_of_treaty(treaty: Treaty) -> Iterator[str]:
    """The ids of the sources that a treaty, its events and provisions name."""
    yield from treaty.sources
    for event in treaty.events:
        yield from event.sources
    for provision in treaty.provisions:
        yield from provision.sources
