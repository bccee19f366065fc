"""Briefings as lists show them, and the sentences that links and mentions stand in."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable
from zoneinfo import ZoneInfo

import msgspec

from briefgen.model.answers import BacklinkRow
from briefgen.model.dates import Day
from briefgen.model.facts import BriefingFacts
from briefgen.model.index import MentioningFact, SiteIndex
from briefgen.model.prose import Sentence
from briefgen.model.questions import Questions
from briefgen.render import view
from briefgen.render.frame import root_of
from briefgen.render.view import Backlink, Card, Link, MentionView, Version

Href = Callable[[str], str]
"""From a path from the site's root to an address, as seen from the page."""

_ANY_DAY = Day("2000")

MOST = 20_000
"""How many cards are kept; past that they are made anew."""


def href_from(path: str) -> Href:
    """What leads from the page at a path to others."""
    root = root_of(path)
    return lambda route: root + route or "./"


def sentence(fact: Sentence) -> view.Sentence:
    """A sentence in three parts, its words in the middle."""
    text = fact.text
    return view.Sentence(
        before=text[: fact.start], words=text[fact.start : fact.end], after=text[fact.end :]
    )


def other_lang(index: SiteIndex, facts: BriefingFacts) -> str:
    """The language of a briefing, where it is not the site's."""
    return facts.lang if facts.lang is not None and facts.lang != index.config.language else ""


def briefing_link(index: SiteIndex, facts: BriefingFacts, href: Href) -> Link:
    """A link to a briefing, on a page in the site's language."""
    route = index.routes[f"briefing:{facts.id}"]
    return Link(text=facts.title, href=href(route), lang=other_lang(index, facts))


def versions(
    index: SiteIndex, id_: str, href: Href, among: Container[str] | None = None
) -> tuple[Version, ...]:
    """The other languages that a briefing stands in, in their order; `among` some briefings."""
    found = []
    for language, other in index.translated.get(id_, ()):
        if among is not None and other not in among:
            continue
        facts, route = index.briefings[other], index.routes[f"briefing:{other}"]
        unpublished = index.unpublished(facts)
        found.append(
            Version(title=facts.title, href=href(route), lang=language, unpublished=unpublished)
        )
    return tuple(found)


def told_once(
    index: SiteIndex, ids: Iterable[str], day_of: Callable[[BriefingFacts], Day]
) -> list[str]:
    """The briefings of a list, in order, without those that stand with another one of the list.

    A text in several languages that came in all of them on one day is one entry, which leads to
    each: that of the site's language, else the first. One that came later has an entry of its own.
    """
    listed = [*ids]
    if not index.translated:
        return listed
    days = {id_: day_of(index.briefings[id_]) for id_ in listed if id_ in index.translated}

    def rank(id_: str) -> tuple[bool, str]:
        return index.language_of(f"briefing:{id_}") != index.config.language, id_

    def stands_with_another(id_: str) -> bool:
        return any(
            days.get(other) == days[id_]
            and rank(other) < rank(id_)
            and any(found == id_ for _, found in index.translated[other])
            for _, other in index.translated[id_]
        )

    return [id_ for id_ in listed if id_ not in days or not stands_with_another(id_)]


def mentions_once(index: SiteIndex, id_: str) -> tuple[MentioningFact, ...]:
    """Who mentions an entity, the translations of one text together, whenever each of them came."""
    rows = index.mentions.get(id_, ())
    if not index.translated:
        return rows
    first = frozenset(told_once(index, (row.briefing for row in rows), lambda _facts: _ANY_DAY))
    return tuple(row for row in rows if row.briefing in first)


class Cards:
    """Briefings in the lists of all pages that are equally far from the site's root.

    Each is made once, since a source and a topic are two of many that list the same briefings.
    """

    def __init__(self, index: SiteIndex, root: str) -> None:
        self._index, self._root = index, root
        self._made: dict[str, Card] = {}

    def of(self, ids: Iterable[str]) -> tuple[Card, ...]:
        """The cards of these briefings."""
        made = self._made
        if len(made) >= MOST:
            made.clear()
        return tuple(made.get(id_) or self._make(id_) for id_ in ids)

    def _make(self, id_: str) -> Card:
        index, root = self._index, self._root
        facts = index.briefings[id_]
        card = self._made[id_] = Card(
            title=facts.title,
            href=root + index.routes[f"briefing:{id_}"],
            date=facts.date,
            summary=facts.summary or "",
            topics=tuple(
                Link(
                    text=index.topics[topic].value.name, href=root + index.routes[f"topic:{topic}"]
                )
                for topic in dict.fromkeys(facts.topics)
                if topic in index.topics
            ),
            notes=sum(1 for note in facts.annotations if note.has_note()),
            unpublished=index.unpublished(facts),
            lang=other_lang(index, facts),
            versions=versions(index, id_, lambda route: root + route),
        )
        return card


def listed_once(index: SiteIndex, ids: Iterable[str]) -> list[str]:
    """The briefings that a list of cards has of these: see `told_once`. Counts are of them."""
    zone = ZoneInfo(index.config.timezone)
    return told_once(index, ids, lambda facts: facts.published_day(zone))


def cards(ask: Questions, index: SiteIndex, ids: Iterable[str], path: str) -> tuple[Card, ...]:
    """Several briefings in a list of the page at a path, a text that is in several languages once.

    See `told_once`.
    """
    root = root_of(path)
    shown = listed_once(index, ids)
    # Whatever shows cards is digested as a whole.
    return ask.derived("cards", (root,), lambda: Cards(index, root)).of(shown)


def cards_among(
    ask: Questions, index: SiteIndex, ids: Iterable[str], path: str
) -> tuple[Card, ...]:
    """The same, without those of other languages that are not among `ids`."""
    listed = [*ids]
    shown = cards(ask, index, listed, path)
    if not any(card.versions for card in shown):
        return shown
    among, href = frozenset(listed), href_from(path)
    return tuple(
        msgspec.structs.replace(card, versions=versions(index, id_, href, among))
        for card, id_ in zip(shown, listed_once(index, listed), strict=True)
    )


def mention(
    index: SiteIndex, fact: MentioningFact, href: Href, among: Container[str], *, full: bool
) -> MentionView:
    """A briefing in the list of those that mention an entity, with its sentence if `full`.

    `among` are all that mention it; those of other languages stand below it.
    """
    facts = index.briefings[fact.briefing]
    words = fact.mention.sentence if full else None
    return MentionView(
        title=facts.title,
        href=href(index.routes[f"briefing:{facts.id}"]),
        date=facts.date,
        count=fact.mention.count,
        unpublished=index.unpublished(facts),
        sentence=sentence(words.filled(index.title_at)) if words else None,
        lang=other_lang(index, facts),
        versions=versions(index, facts.id, href, among),
    )


def backlinks(rows: Iterable[BacklinkRow], href: Href, lang: str) -> tuple[Backlink, ...]:
    """The pages that link to a page in `lang`, each with the sentence of its first link."""
    return tuple(
        Backlink(
            title=row.title,
            href=href(row.route),
            date=row.date,
            sentence=sentence(row.sentence),
            unpublished=row.unpublished,
            lang=row.language if row.language != lang else "",
        )
        for row in rows
    )
