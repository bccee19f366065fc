"""References: everything that names another thing must name one that there is.

In: the index, and the names that are near a wrong one. Out: diagnostics, each at the reference.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from briefgen.model.diagnostics import Diagnostic, Place, finding
from briefgen.model.facts import BriefingFacts, LinkFact, Record, Writing
from briefgen.model.index import LINKED_KINDS, SiteIndex
from briefgen.model.treaty import Treaty


def check_references(index: SiteIndex) -> list[Diagnostic]:
    """Check every reference of the site.

    Emits unknown-link, ambiguous-link, unknown-fragment, unknown-citation, unknown-entity,
    unknown-treaty, unknown-source, unknown-author, unknown-briefing, image-missing and
    image-alt-missing.
    """
    found: list[Diagnostic] = []
    for facts in index.briefings.values():
        found += _briefing(index, facts)
    for key, writing in index.writings.items():
        kind, _, id_ = key.partition(":")
        record = _record(index, kind, id_)
        if record is not None:
            found += _writing(index, writing, record.path, key, None)
    for entity in index.entities.values():
        found += _sources(index, entity.value.sources, entity.place, ())
    for treaty in index.treaties.values():
        found += _treaty(index, treaty)
    return found


def _record(index: SiteIndex, kind: str, id_: str) -> Record[Any] | None:
    groups: dict[str, Mapping[str, Record[Any]]] = {
        "entity": index.entities,
        "treaty": index.treaties,
        "topic": index.topics,
        "page": index.pages,
    }
    return groups[kind].get(id_)


def near(name: str, names: Iterable[str]) -> str:
    """A help text with the names nearest to a wrong one; empty where none is near."""
    matches = get_close_matches(name.casefold(), [*names], n=3, cutoff=0.6)
    return f"did you mean {', '.join(f'`{match}`' for match in matches)}?" if matches else ""


def _briefing(index: SiteIndex, facts: BriefingFacts) -> Iterator[Diagnostic]:
    path = facts.path
    yield from _writing(index, facts.writing, path, f"briefing:{facts.id}", facts)
    for i, id_ in enumerate(facts.treaties):
        if id_ not in index.treaties:
            place = Place(path, pointer=("treaties", str(i)))
            message = f"there is no treaty `{id_}`"
            if id_ in index.entities:
                message += "; it is an entity of another kind"
            yield finding("unknown-treaty", place, message, near(id_, index.treaties))
    for i, id_ in enumerate(facts.authors):
        yield from _author(index, id_, Place(path, pointer=("authors", str(i))))
    for i, note in enumerate(facts.annotations):
        if note.author is not None:
            place = Place(path, pointer=("annotations", str(i), "author"))
            yield from _author(index, note.author, place)
    for name, id_ in facts.readings:
        if index.named(id_) is None:
            place = Place(path, pointer=("entities", name))
            names = [*index.entities, *index.treaties]
            yield finding("unknown-entity", place, f"there is no entity `{id_}`", near(id_, names))
    for lang, id_ in facts.translations.items():
        if id_ not in index.briefings:
            place = Place(path, pointer=("translations", lang))
            message = f"there is no briefing `{id_}`"
            yield finding("unknown-briefing", place, message, near(id_, index.briefings))


def _author(index: SiteIndex, id_: str, place: Place) -> Iterator[Diagnostic]:
    authors = index.config.authors
    if id_ not in authors:
        help_ = near(id_, authors) or "list the author under `authors:` in briefgen.yml"
        yield finding("unknown-author", place, f"there is no author `{id_}`", help_)


def _writing(
    index: SiteIndex, writing: Writing, path: str, key: str, facts: BriefingFacts | None
) -> Iterator[Diagnostic]:
    for link in writing.links:
        yield from _link(index, link, path, key)
    for cite in writing.cites:
        if index.source(facts, cite.source) is None:
            names = [*index.sources, *(facts.sources if facts else ())]
            if cite.place.pointer[-2:-1] == ("sources",):
                message = f"there is no source `{cite.source}`"
                yield finding("unknown-source", cite.place, message, near(cite.source, names))
            else:
                message = f"`{cite.source}` is neither a source nor a footnote of this page"
                yield finding("unknown-citation", cite.place, message, near(cite.source, names))
    for image in writing.images:
        if not index.resolve_address(image.target, path, key).path:
            yield finding(
                "image-missing",
                image.place,
                f"the image `{image.target}` is neither beside {posixpath.basename(path)} nor in "
                "content/static/",
            )
        if not image.has_alt:
            yield finding(
                "image-alt-missing",
                image.place,
                f"the image `{image.target}` has no alternative text",
                f"say what it shows: `![what it shows]({image.target})`",
            )


def _link(index: SiteIndex, link: LinkFact, path: str, key: str) -> Iterator[Diagnostic]:
    target = link.target
    if link.is_wiki:
        result = index.resolve(target)
    else:
        result = index.resolve_address(target, path, key)
    if result.status == "unknown":
        if link.is_wiki:
            name = target.partition("#")[0].rpartition(":")[2]
            ids = (k.partition(":")[2] for k in index.routes if k.split(":")[0] in LINKED_KINDS[:4])
            message = f"`[[{target}]]` leads nowhere: no page has this id"
            yield finding("unknown-link", link.place, message, near(name, ids))
        else:
            message = f"the link to `{target}` leads nowhere"
            yield finding("unknown-link", link.place, message, near(target, index.paths))
    elif result.status == "ambiguous":
        choices = " or ".join(
            f"`[[{'entity' if k.startswith('treaty:') else k.partition(':')[0]}:{target}]]`"
            for k in result.candidates
        )
        message = f"`[[{target}]]` could be any of {', '.join(result.candidates)}"
        yield finding("ambiguous-link", link.place, message, f"write {choices}")
    elif result.status == "unknown-fragment":
        message = f"the page of `{result.key}` has nothing called `#{result.fragment}`"
        yield finding("unknown-fragment", link.place, message, _fragments(index, result.key))


def _fragments(index: SiteIndex, key: str) -> str:
    kind, _, id_ = key.partition(":")
    if kind == "briefing":
        facts = index.briefings[id_]
        names = [note.id for note in facts.annotations]
        names += [heading[1] for heading in facts.writing.headings]
    else:
        names = [heading[1] for heading in index.writings.get(key, Writing()).headings]
    return f"it has {', '.join(f'#{name}' for name in names[:12])}" if names else ""


def _sources(
    index: SiteIndex, ids: Iterable[str], place: Place, pointer: tuple[str, ...]
) -> Iterator[Diagnostic]:
    for i, id_ in enumerate(ids):
        if id_ not in index.sources:
            at = Place(place.path, pointer=(*place.pointer, *pointer, "sources", str(i)))
            message = f"there is no source `{id_}`"
            yield finding("unknown-source", at, message, near(id_, index.sources))


def _treaty(index: SiteIndex, record: Record[Treaty]) -> Iterator[Diagnostic]:
    place, treaty = record.place, record.value
    yield from _sources(index, treaty.sources, place, ())
    for i, event in enumerate(treaty.events):
        yield from _sources(index, event.sources, place, ("events", str(i)))
    for i, provision in enumerate(treaty.provisions):
        yield from _sources(index, provision.sources, place, ("provisions", str(i)))
    for i, party in enumerate(treaty.parties):
        if party.entity is not None and index.named(party.entity) is None:
            at = Place(place.path, pointer=(*place.pointer, "parties", str(i), "entity"))
            names = [*index.entities, *index.treaties]
            message = f"there is no entity `{party.entity}`"
            yield finding("unknown-entity", at, message, near(party.entity, names))
    for key, ids in (("replaces", treaty.replaces), ("replaced_by", treaty.replaced_by)):
        for i, id_ in enumerate(ids):
            if id_ not in index.treaties:
                at = Place(place.path, pointer=(*place.pointer, key, str(i)))
                help_ = near(id_, index.treaties)
                yield finding("unknown-treaty", at, f"there is no treaty `{id_}`", help_)
