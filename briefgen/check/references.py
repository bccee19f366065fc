"""References: everything that names another thing must name one that there is.

In: the index. Out: diagnostics, each at the reference, with the names that are near a wrong one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from briefgen.check.links import check_writing, left_out
from briefgen.check.places import inside
from briefgen.model.diagnostics import Diagnostic, Place, finding, following
from briefgen.model.facts import BriefingFacts, Record
from briefgen.model.index import SiteIndex
from briefgen.model.labels import normal
from briefgen.model.nearest import did_you_mean
from briefgen.model.treaty import Treaty, TreatyEvent

_FOLDERS = {
    "briefing": "content/briefings/",
    "entity": "content/entities/",
    "source": "content/sources/",
    "treaty": "content/treaties/",
}
_LIKE_AN_ID = re.compile(r"[a-z0-9]+(?:[-._][a-z0-9]+)*")


def check_references(index: SiteIndex) -> list[Diagnostic]:
    """Check every reference of the site.

    Emits unknown-entity, unknown-treaty, unknown-depositary, unknown-source, unknown-author,
    unknown-briefing, and what `check_writing` does.
    """
    found: list[Diagnostic] = []
    for facts in index.briefings.values():
        found += check_briefing(index, facts)
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


def check_briefing(index: SiteIndex, facts: BriefingFacts) -> list[Diagnostic]:
    """Check every reference of one briefing. Emits what `check_references` does of it."""
    key = f"briefing:{facts.id}"
    found = [*check_writing(index, facts.writing, facts.path, key, facts)]
    found += _briefing(index, facts)
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


def _unknown(
    index: SiteIndex, kind: str, id_: str, place: Place, names: Iterable[str]
) -> Diagnostic:
    code, message = f"unknown-{kind}", f"There is no {kind} `{id_}`."
    cause = index.unread_thing(kind, id_)
    if cause:
        near = did_you_mean(id_, names) if cause in index.guessed else ""
        return following(finding(code, place, message, near), cause)
    help_ = did_you_mean(id_, names) or f"Describe it in `{_FOLDERS[kind]}`, or take it out here."
    return finding(code, place, message, help_)


def _briefing(index: SiteIndex, facts: BriefingFacts) -> Iterator[Diagnostic]:
    top = Place(facts.path)
    for i, id_ in enumerate(facts.treaties):
        if id_ not in index.treaties:
            yield _unknown_box(index, id_, inside(top, "treaties", i))
    yield from _authors(index, facts, top)
    for name, id_ in facts.readings:
        if index.named(id_) is None:
            names = [*index.entities, *index.treaties]
            yield _unknown(index, "entity", id_, inside(top, "entities", name), names)
    for lang, id_ in facts.translations.items():
        withheld = index.withheld.get(f"briefing:{id_}")
        if withheld is not None:
            yield left_out("unknown-briefing", inside(top, "translations", lang), withheld)
        elif id_ not in index.briefings:
            yield _unknown(
                index, "briefing", id_, inside(top, "translations", lang), index.briefings
            )
        else:
            yield from _translation(index, facts, lang, id_)


def _translation(
    index: SiteIndex, facts: BriefingFacts, lang: str, id_: str
) -> Iterator[Diagnostic]:
    """Check a translation that there is. Emits translation-language and translation-own."""
    place = Place(facts.path, pointer=("translations", lang))
    language, own = (index.language_of(f"briefing:{one}") for one in (id_, facts.id))
    is_own = normal(language) == normal(own)
    if id_ == facts.id:
        message = "The page names itself as its translation, which is not shown."
        yield finding("translation-own", place, message, "Name the briefing in another language.")
    elif normal(language) != normal(lang):
        here = "take it out here" if is_own else f"write `{language}: {id_}` here"
        yield finding(
            "translation-language",
            place,
            f"The page of the briefing `{id_}` is in the language `{language}`, not in `{lang}`.",
            f"Write `lang: {lang}` there, or {here}.",
        )
    elif is_own:
        yield finding(
            "translation-own",
            place,
            f"The briefing `{id_}` is in `{own}`, as this page is, so it is not shown.",
            "Say under `lang:` in which language each of the two is, or take it out here.",
        )


def _unknown_box(index: SiteIndex, id_: str, place: Place) -> Diagnostic:
    if id_ not in index.entities:
        return _unknown(index, "treaty", id_, place, index.treaties)
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
            help_ = did_you_mean(id_, authors)
            help_ = help_ or "List the author under `authors:` in briefgen.yml."
            yield finding("unknown-author", place, f"There is no author `{id_}`.", help_)


def _sources(index: SiteIndex, ids: Iterable[str], place: Place) -> Iterator[Diagnostic]:
    """Check the `sources` of the thing at a place."""
    for i, id_ in enumerate(ids):
        if id_ not in index.sources:
            yield _unknown(index, "source", id_, inside(place, "sources", i), index.sources)


def _treaty(index: SiteIndex, record: Record[Treaty]) -> Iterator[Diagnostic]:
    place, treaty = record.place, record.value
    yield from _sources(index, treaty.sources, place)
    yield from _depositaries(index, treaty, place)
    for i, event in enumerate(treaty.events):
        yield from _sources(index, event.sources, inside(place, "events", i))
        yield from _named_by(index, treaty, event, inside(place, "events", i))
    for i, provision in enumerate(treaty.provisions):
        yield from _sources(index, provision.sources, inside(place, "provisions", i))
    for i, party in enumerate(treaty.parties):
        if party.entity is not None and index.named(party.entity) is None:
            names = [*index.entities, *index.treaties]
            yield _unknown(
                index, "entity", party.entity, inside(place, "parties", i, "entity"), names
            )
    for key, ids in (("replaces", treaty.replaces), ("replaced_by", treaty.replaced_by)):
        for i, id_ in enumerate(ids):
            if id_ not in index.treaties:
                yield _unknown(index, "treaty", id_, inside(place, key, i), index.treaties)


def _depositaries(index: SiteIndex, treaty: Treaty, place: Place) -> Iterator[Diagnostic]:
    """Check each depositary that is written like an id: a name is nobody's concern."""
    names = treaty.depositary or ()
    for i, name in enumerate((names,) if isinstance(names, str) else names):
        if index.named(name) is not None or not _LIKE_AN_ID.fullmatch(name):
            continue
        help_ = meant_by(index, treaty, name)
        if help_:
            keys = ("depositary",) if isinstance(names, str) else ("depositary", i)
            message = f"`{name}` is not the id of an entity, and is shown as a name."
            yield finding("unknown-depositary", inside(place, *keys), message, help_)


def _named_by(
    index: SiteIndex, treaty: Treaty, event: TreatyEvent, place: Place
) -> Iterator[Diagnostic]:
    """Check whom an event names: an id, or the name of one that has no page and is like nobody."""
    listed = {party.key for party in treaty.parties}
    for key, names in (
        ("party", event.parties),
        ("contested_by", event.contested_by),
        ("signatories", event.signatories),
    ):
        for i, name in enumerate(names):
            if name in listed or index.named(name) is not None:
                continue
            help_ = meant_by(index, treaty, name)
            if help_:
                is_single = key == "party" and isinstance(event.party, str)
                keys = (key,) if is_single else (key, i)
                message = (
                    f"`{name}` is not the id of an entity, nor a party that is listed by name."
                )
                cause = index.unread_thing("entity", name)
                help_ = "" if cause and cause not in index.guessed else help_
                one = finding("unknown-entity", inside(place, *keys), message, help_)
                yield following(one, cause)


def meant_by(index: SiteIndex, treaty: Treaty, name: str) -> str:
    """Whom an event may mean by a name that is not known, in words; nothing where it is a name.

    What is written like an id is held against all that is near. A name is not, for names of
    countries and of people differ by a letter: it must be another name of somebody known.
    """
    things: dict[str, Record[Any]] = {**index.entities, **index.treaties}
    listed = (party.key for party in treaty.parties)
    if _LIKE_AN_ID.fullmatch(name):
        found = did_you_mean(name, [*listed, *things])
        return f"{found} One that has no page goes by its name, with a capital." if found else ""
    folded = name.casefold()
    meant = [party.key for party in treaty.parties if party.name == name]
    for id_, record in things.items():
        names = (id_, *(one.text for one in record.value.all_names()))
        if folded in map(str.casefold, names):
            meant.append(id_)
    shown = " or ".join(f"`{id_}`" for id_ in dict.fromkeys(meant))
    return f"Did you mean {shown}?" if shown else ""
