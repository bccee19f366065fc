"""References: everything that names another thing must name one that there is.

In: the index. Out: diagnostics, each at the reference, with the names that are near a wrong one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from briefgen.check.links import check_writing
from briefgen.check.near import near
from briefgen.check.places import inside
from briefgen.model.diagnostics import Diagnostic, Place, finding
from briefgen.model.facts import BriefingFacts, Record
from briefgen.model.index import SiteIndex
from briefgen.model.treaty import Treaty

_FOLDERS = {
    "briefing": "content/briefings/",
    "entity": "content/entities/",
    "source": "content/sources/",
    "treaty": "content/treaties/",
}


def check_references(index: SiteIndex) -> list[Diagnostic]:
    """Check every reference of the site.

    Emits unknown-entity, unknown-treaty, unknown-source, unknown-author, unknown-briefing, and
    what `check_writing` does.
    """
    found: list[Diagnostic] = []
    for facts in index.briefings.values():
        key = f"briefing:{facts.id}"
        found += check_writing(index, facts.writing, facts.path, key, facts)
        found += _briefing(index, facts)
    for key, writing in index.writings.items():
        record = _record(index, key)
        if record is not None:
            found += check_writing(index, writing, record.path, key, None)
    for entity in index.entities.values():
        found += _sources(index, entity.value.sources, entity.place)
        for i, role in enumerate(entity.value.roles):
            found += _sources(index, role.sources, inside(entity.place, "roles", i))
    for treaty in index.treaties.values():
        found += _treaty(index, treaty)
    return found


def _record(index: SiteIndex, key: str) -> Record[Any] | None:
    groups: dict[str, Mapping[str, Record[Any]]] = {
        "entity": index.entities,
        "treaty": index.treaties,
        "topic": index.topics,
        "page": index.pages,
    }
    kind, _, id_ = key.partition(":")
    return groups[kind].get(id_)


def _unknown(kind: str, id_: str, place: Place, names: Iterable[str]) -> Diagnostic:
    help_ = near(id_, names) or f"Describe it in `{_FOLDERS[kind]}`, or take it out here."
    return finding(f"unknown-{kind}", place, f"There is no {kind} `{id_}`.", help_)


def _briefing(index: SiteIndex, facts: BriefingFacts) -> Iterator[Diagnostic]:
    top = Place(facts.path)
    for i, id_ in enumerate(facts.treaties):
        if id_ not in index.treaties:
            yield _unknown_box(index, id_, inside(top, "treaties", i))
    yield from _authors(index, facts, top)
    for name, id_ in facts.readings:
        if index.named(id_) is None:
            names = [*index.entities, *index.treaties]
            yield _unknown("entity", id_, inside(top, "entities", name), names)
    for lang, id_ in facts.translations.items():
        if id_ not in index.briefings:
            yield _unknown("briefing", id_, inside(top, "translations", lang), index.briefings)


def _unknown_box(index: SiteIndex, id_: str, place: Place) -> Diagnostic:
    if id_ not in index.entities:
        return _unknown("treaty", id_, place, index.treaties)
    return finding(
        "unknown-treaty",
        place,
        f"`{id_}` is an entity, but not a treaty.",
        "Fact boxes are for what is described in `content/treaties/`.",
    )


def _authors(index: SiteIndex, facts: BriefingFacts, top: Place) -> Iterator[Diagnostic]:
    signed = [(id_, inside(top, "authors", i)) for i, id_ in enumerate(facts.authors)]
    signed += [
        (note.author, inside(top, "annotations", i, "author"))
        for i, note in enumerate(facts.annotations)
        if note.author is not None
    ]
    authors = index.config.authors
    for id_, place in signed:
        if id_ not in authors:
            help_ = near(id_, authors) or "List the author under `authors:` in briefgen.yml."
            yield finding("unknown-author", place, f"There is no author `{id_}`.", help_)


def _sources(index: SiteIndex, ids: Iterable[str], place: Place) -> Iterator[Diagnostic]:
    """Check the `sources` of the thing at a place."""
    for i, id_ in enumerate(ids):
        if id_ not in index.sources:
            yield _unknown("source", id_, inside(place, "sources", i), index.sources)


def _treaty(index: SiteIndex, record: Record[Treaty]) -> Iterator[Diagnostic]:
    place, treaty = record.place, record.value
    yield from _sources(index, treaty.sources, place)
    for i, event in enumerate(treaty.events):
        yield from _sources(index, event.sources, inside(place, "events", i))
    for i, provision in enumerate(treaty.provisions):
        yield from _sources(index, provision.sources, inside(place, "provisions", i))
    for i, party in enumerate(treaty.parties):
        if party.entity is not None and index.named(party.entity) is None:
            names = [*index.entities, *index.treaties]
            yield _unknown("entity", party.entity, inside(place, "parties", i, "entity"), names)
    for key, ids in (("replaces", treaty.replaces), ("replaced_by", treaty.replaced_by)):
        for i, id_ in enumerate(ids):
            if id_ not in index.treaties:
                yield _unknown("treaty", id_, inside(place, key, i), index.treaties)
