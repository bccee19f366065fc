"""What the keys of one record mean together, which its schema can't say.

In: a value of the model and a way to find places. Out: diagnostics, the value being complete
enough to go on with. Other records, files and the article are not looked at.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping

from briefgen.load import addresses, identity
from briefgen.load.convert import Pointer
from briefgen.load.language import is_language, right_language
from briefgen.load.yaml_nodes import Locate
from briefgen.model.briefing import Annotation, Briefing, Origin, PlainPage, Topic
from briefgen.model.dates import Day
from briefgen.model.diagnostics import Diagnostic, Place, finding
from briefgen.model.entity import Entity, Named
from briefgen.model.source import Source
from briefgen.model.treaty import Treaty

_LARGEST_NUMBER = 1_000_000
_MOST_TOPICS = 100
_LONGEST_NAME = 1_000
_ITEM = re.compile(r"Q[1-9][0-9]*")
_NEGATIVE = re.compile(r"[-\u2212\u2013]\s*\d")
_SHA256 = re.compile(r"[0-9a-fA-F]{64}")


def check_briefing(value: Briefing, locate: Locate) -> Iterator[Diagnostic]:
    """Yield what is wrong in the front matter of a briefing beyond its schema."""
    yield from _check_name(value.title, ("title",), locate)
    yield from _check_moves(value.moved_from, locate)
    yield from _check_languages(value.lang, value.translations, locate)
    if value.origin is not None:
        yield from _check_origin(value.origin, locate)
    for id_, source in value.sources.items():
        yield from check_id(id_, ("sources", id_), locate, at_key=True)
        yield from check_source(source, ("sources", id_), locate)
    for i, topic in enumerate(value.topics):  # which is a page, with or without a file
        yield from check_id(topic, ("topics", str(i)), locate)
    if len(value.topics) > _MOST_TOPICS:  # each one's page shows all topics of its briefings
        yield finding(
            "invalid-value",
            locate(("topics", str(_MOST_TOPICS)), False),
            f"A briefing has at most {_MOST_TOPICS} topics, and this one {len(value.topics):,}.",
            "Keep those under which a reader would look for it.",
        )
    seen: set[str] = set()
    for i, annotation in enumerate(value.annotations):
        yield from _check_annotation(annotation, ("annotations", str(i)), seen, locate)


def check_named(value: Entity | Treaty, locate: Locate) -> Iterator[Diagnostic]:
    """Yield what is wrong in an entity or a treaty beyond its schema."""
    yield from _check_name(value.name, ("name",), locate)
    yield from _check_moves(value.moved_from, locate)
    yield from _check_languages(None, value.names, locate, key="names")
    yield from _check_other_names(value, locate)
    if value.wikidata is not None and not _ITEM.fullmatch(value.wikidata):
        digits = value.wikidata.lstrip("qQ")
        known = digits.isascii() and digits.isdecimal() and not digits.startswith("0")
        yield finding(
            "invalid-value",
            locate(("wikidata",), False),
            f"`wikidata` takes the number of an item with its Q, and `{value.wikidata[:40]}` is "
            "none.",
            f"Write `wikidata: Q{digits[:40]}`." if known else "Write it as in `wikidata: Q7184`.",
        )
    if isinstance(value, Treaty):
        yield from _check_treaty(value, locate)
        return
    for i, role in enumerate(value.roles):
        if role.from_ and role.to and _is_before(role.to, role.from_):
            yield finding(
                "invalid-value",
                locate(("roles", str(i), "to"), False),
                f"`to` ({role.to}) lies before `from` ({role.from_}).",
                "`from` is the first day of the role, `to` the first day after it.",
            )


def check_source(value: Source, at: Pointer, locate: Locate) -> Iterator[Diagnostic]:
    """Yield what is wrong in a source beyond its schema; `at` leads to it in its file."""
    if not (value.title or "").strip() and not (value.publisher or "").strip():
        yield finding(
            "missing-key",
            locate(at, True),
            "A source needs `title` or `publisher`, and here are neither.",
            "Add the one that a reader would look for it by.",
        )
    yield from _check_moves(value.moved_from, locate, at)
    yield from _check_languages(value.lang, {}, locate, at=at)
    yield from _check_archive(value, at, locate)


def check_page(value: PlainPage, locate: Locate) -> Iterator[Diagnostic]:
    """Yield what is wrong in the front matter of a plain page beyond its schema."""
    yield from _check_name(value.title, ("title",), locate)
    yield from _check_moves(value.moved_from, locate)
    yield from _check_languages(value.lang, {}, locate)


def check_topic(value: Topic, locate: Locate) -> Iterator[Diagnostic]:
    """Yield what is wrong in a topic beyond its schema."""
    yield from _check_name(value.name, ("name",), locate)
    yield from _check_moves(value.moved_from, locate)
    yield from _check_languages(None, value.names, locate, key="names")
    yield from _check_names(value.names, locate)


def check_id(
    id: str, at: Pointer, locate: Locate, *, at_key: bool = False, noun: str = "id"
) -> Iterator[Diagnostic]:
    """Yield the diagnostic (invalid-id) of an id or slug that can't be part of an address."""
    normal = identity.normalise(id)
    problem = identity.problem(normal)
    if problem is not None:
        yield finding(
            "invalid-id",
            locate(at, at_key),
            f"The {noun} `{id[: identity.MAX_CHARACTERS]}` {problem}, so no address can hold it.",
            f"Use letters, digits, `.`, `_` and `-`: `{identity.suggestion(normal)}`.",
        )


def check_file_name(id: str, locate: Locate) -> Iterator[Diagnostic]:
    """Yield the diagnostic (invalid-id) of an id that comes of the name of a file, or of a key."""
    place = locate((), True)
    name = posixpath.basename(place.path)
    if not name.casefold().endswith(".md"):  # a source's key, which is no file's name
        yield from check_id(id, (), locate, at_key=True)
        return
    problem = identity.problem(id)
    if problem is not None:
        renamed = identity.new_name(name)
        yield finding(
            "invalid-id",
            Place(place.path),
            f"The name of the file gives the id `{id[: identity.MAX_CHARACTERS]}`, which "
            f"{problem}, so no address can hold it.",
            f"Rename the file to `{renamed}`, or write `id: {identity.id_of_path(renamed)}` in it.",
        )


def _check_annotation(
    value: Annotation, at: Pointer, seen: set[str], locate: Locate
) -> Iterator[Diagnostic]:
    yield from _check_text(value.quote, (*at, "quote"), locate)
    if not (value.note or "").strip() and not value.sources:
        yield finding(
            "missing-key",
            locate(at, False),
            "An annotation needs `note` or `sources`, and here are neither.",
            "Say what there is to say about the quote in `note`, or name a source for it.",
        )
    if value.occurrence is not None and not 1 <= value.occurrence <= _LARGEST_NUMBER:
        yield _number((*at, "occurrence"), "counts from 1: `occurrence: 2` is the second", locate)
    if value.id is None:
        return
    yield from check_id(value.id, (*at, "id"), locate)
    if value.id in seen:
        yield finding(
            "duplicate-id",
            locate((*at, "id"), False),
            f"Two annotations of this page have the id `{value.id}`.",
            "Give one of them another `id:`, or leave it out.",
        )
    seen.add(value.id)


def _check_origin(value: Origin, locate: Locate) -> Iterator[Diagnostic]:
    yield from _check_archive(value, ("origin",), locate)
    yield from _check_languages(value.lang, {}, locate, at=("origin",))
    if value.sha256 is not None and not _SHA256.fullmatch(value.sha256):
        yield finding(
            "invalid-value",
            locate(("origin", "sha256"), False),
            "`sha256` takes the 64 hexadecimal digits of a SHA-256 digest.",
            "`sha256sum FILE` prints them.",
        )


def _check_other_names(value: Named, locate: Locate) -> Iterator[Diagnostic]:
    for i, alias in enumerate(value.aliases):
        text = alias if isinstance(alias, str) else alias.text
        yield from _check_text(text, ("aliases", str(i)), locate)
    yield from _check_names(value.names, locate)


def _check_names(names: Mapping[str, str], locate: Locate) -> Iterator[Diagnostic]:
    for lang, name in names.items():
        yield from _check_text(name, ("names", lang), locate)


def _check_treaty(value: Treaty, locate: Locate) -> Iterator[Diagnostic]:
    for i, party in enumerate(value.parties):
        if not party.entity and not party.name:
            yield finding(
                "missing-key",
                locate(("parties", str(i)), False),
                "A party needs `entity` or `name`.",
                "Write `{entity: united-states}`, or `{name: ...}` where it is no entity.",
            )
    for i, provision in enumerate(value.provisions):
        if provision.limit is not None and _NEGATIVE.match(provision.limit):
            yield finding(
                "invalid-value",
                locate(("provisions", str(i), "limit"), False),
                f"`limit` is how many there may be, and `{provision.limit[:40]}` is below none.",
                "Write the number without a sign, or take it out.",
            )
    for i, event in enumerate(value.events):
        if event.count is not None and not 0 <= event.count <= _LARGEST_NUMBER:
            at = ("events", str(i), "count")
            yield _number(at, "is the number of parties from then on", locate)


def _check_archive(value: Source | Origin, at: Pointer, locate: Locate) -> Iterator[Diagnostic]:
    if value.archive_url is None and value.archive_date is None:
        return
    missing = [
        name for name in ("archive_url", "archive_date", "url") if getattr(value, name) is None
    ]
    if missing:
        given = "archive_date" if value.archive_url is None else "archive_url"
        yield finding(
            "archive-incomplete",
            locate((*at, given), False),
            f"`{given}` is given without {' and '.join(f'`{name}`' for name in missing)}.",
            "An archived copy is shown with its date, beside the original address: add what is "
            "missing.",
        )


def _check_text(text: str, at: Pointer, locate: Locate) -> Iterator[Diagnostic]:
    if not text.strip():
        name = f"An item of `{at[-2]}`" if at[-1].isdecimal() else f"`{at[-1]}`"
        yield finding("invalid-value", locate(at, False), f"{name} is blank.", "Write it out.")


def _check_name(text: str, at: Pointer, locate: Locate) -> Iterator[Diagnostic]:
    """The same for what a page is called: it is shown wherever the page is listed or linked."""
    yield from _check_text(text, at, locate)
    if len(text) > _LONGEST_NAME:
        yield finding(
            "invalid-value",
            locate(at, False),
            f"`{at[-1]}` has {len(text):,} characters; lists and links show {_LONGEST_NAME:,}.",
            "Shorten it; there is room for more in `summary` or `description`.",
        )


def _check_moves(moves: Iterable[str], locate: Locate, at: Pointer = ()) -> Iterator[Diagnostic]:
    for i, address in enumerate(moves):
        problem = addresses.old_address_problem(address)
        if problem is not None:
            yield finding(
                "invalid-value",
                locate((*at, "moved_from", str(i)), False),
                f"The old address `{address[:100]}` {problem}.",
                "Write it as in `moved_from: [briefings/old-name/]`.",
            )


def _check_languages(
    lang: str | None,
    by_language: Iterable[str],
    locate: Locate,
    *,
    at: Pointer = (),
    key: str = "translations",
) -> Iterator[Diagnostic]:
    wrong = [((*at, key, tag), tag) for tag in by_language if not is_language(tag)]
    if lang is not None and not is_language(lang):
        wrong.insert(0, ((*at, "lang"), lang))
    for pointer, tag in wrong:
        yield finding(
            "invalid-value",
            locate(pointer, True),
            f"`{tag[:40]}` is no language.",
            right_language(tag[:40]),
        )


def _is_before(end: Day, start: Day) -> bool:
    """Whether it is certain that `end` lies before `start`, however coarse they are."""
    return end.last() < start.first()


def _number(at: Pointer, meaning: str, locate: Locate) -> Diagnostic:
    message = f"`{at[-1]}` {meaning}, and goes up to {_LARGEST_NUMBER:,}."
    return finding("invalid-value", locate(at, False), message, "Write a number such as 2.")
