"""The dates that a briefing's page speaks of, in order, its own among them.

In: what the page has asked of treaties and entities. Out: rows, made once for all pages that show
them. It asks no question of its own: what is here is on the page already.
"""

from __future__ import annotations

from collections.abc import Iterable

from briefgen.model.answers import EntityCard, TreatyAnswer
from briefgen.model.dates import Day
from briefgen.model.questions import Questions
from briefgen.model.treaty import TreatyEvent
from briefgen.render.factbox import TreatyFacts, life_of
from briefgen.render.view import Dated, Link


def dates_of(
    ask: Questions,
    treaties: Iterable[tuple[str, TreatyAnswer]],
    cast: Iterable[tuple[str, EntityCard]],
    written: Day,
    facts: TreatyFacts,
) -> tuple[Dated, ...]:
    """What happened to treaties, the events among the entities of `cast`, and the day of writing.

    By date; what a partial date may mean begins with its first day. None where the page speaks of
    no other date than its own.
    """
    rows = [row for id_, answer in treaties for row in _of_treaty(ask, id_, answer, facts)]
    rows += [_of_event(ask, id_, card, facts) for id_, card in cast if card.date]
    if not rows:
        return ()
    rows.append(Dated(date=written, type="written"))
    rows.sort(key=_order)
    return tuple(rows)


def _order(row: Dated) -> tuple[Day, int]:
    return row.date.first(), len(row.date)


def _of_treaty(
    ask: Questions, id_: str, answer: TreatyAnswer, facts: TreatyFacts
) -> tuple[Dated, ...]:
    address = facts.href(answer.route)
    name = facts.name(id_, answer.value.name)

    def rows() -> tuple[Dated, ...]:
        link = Link(text=name, href=address)
        material = life_of(ask, id_, answer)
        return tuple(
            Dated(
                date=moment.step.at,
                type=moment.told_as,
                link=link,
                parties=tuple(facts.link(key).text for key in moment.step.event.parties),
                until=None if moment.step.is_lapse else moment.step.event.until,
                note=_note(moment.step.event),
                count=moment.step.event.count if moment.step.event.type == "note" else None,
                is_ahead=moment.step.at in answer.ahead,
            )
            for moment in (material.moments if material else ())
        )

    return ask.derived(f"dated {facts.language} {address}", ("treaty", id_), rows)


def _note(event: TreatyEvent) -> str | None:
    """What a row says in an event's own words, which end no sentence there."""
    return event.note.rstrip(".") if event.type == "note" and event.note else None


def _of_event(ask: Questions, id_: str, card: EntityCard, facts: TreatyFacts) -> Dated:
    address = facts.href(card.route)
    name = facts.name(id_, card.name)

    def row() -> Dated:
        assert card.date is not None
        return Dated(date=card.date, type="event", link=Link(text=name, href=address))

    return ask.derived(f"dated {facts.language} {address}", ("entity", id_), row)
