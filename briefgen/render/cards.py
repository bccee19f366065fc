"""Briefings as lists show them, and the sentences that links and mentions stand in."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from briefgen.model.facts import BriefingFacts
from briefgen.model.index import MentioningFact, SiteIndex
from briefgen.model.prose import Sentence
from briefgen.model.questions import BacklinkRow
from briefgen.render import view
from briefgen.render.frame import root_of
from briefgen.render.view import Backlink, Card, Link, MentionView

Href = Callable[[str], str]
"""From a path from the site's root to an address, as seen from the page."""


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


def card(index: SiteIndex, facts: BriefingFacts, href: Href) -> Card:
    """A briefing in a list."""
    return Card(
        title=facts.title,
        href=href(index.routes[f"briefing:{facts.id}"]),
        date=facts.date,
        summary=facts.summary or "",
        topics=topic_links(index, facts, href),
        notes=sum(1 for note in facts.annotations if note.note),
        is_draft=facts.is_draft,
    )


def cards(index: SiteIndex, ids: Iterable[str], href: Href) -> tuple[Card, ...]:
    """Several briefings in a list."""
    return tuple(card(index, index.briefings[id_], href) for id_ in ids)


def topic_links(index: SiteIndex, facts: BriefingFacts, href: Href) -> tuple[Link, ...]:
    """The topics of a briefing."""
    return tuple(
        Link(text=index.topics[id_].value.name, href=href(index.routes[f"topic:{id_}"]))
        for id_ in dict.fromkeys(facts.topics)
        if id_ in index.topics
    )


def mention(index: SiteIndex, fact: MentioningFact, href: Href, *, full: bool) -> MentionView:
    """A briefing in the list of those that mention an entity, with its sentence if `full`."""
    facts = index.briefings[fact.briefing]
    words = fact.mention.sentence if full else None
    return MentionView(
        title=facts.title,
        href=href(index.routes[f"briefing:{facts.id}"]),
        date=facts.date,
        count=fact.mention.count,
        sentence=sentence(words.filled(index.title_at)) if words else None,
    )


def backlinks(rows: Iterable[BacklinkRow], href: Href) -> tuple[Backlink, ...]:
    """The pages that link to a page, each with the sentence of its first link."""
    return tuple(
        Backlink(
            title=row.title, href=href(row.route), date=row.date, sentence=sentence(row.sentence)
        )
        for row in rows
    )
