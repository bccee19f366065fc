"""What a treaty is on a day, by its events alone: the questions that pages ask.

In: a `Treaty` and an exact day. Out: frozen answers, and nothing of the day itself but its
consequences. Nothing here knows which day it is.

An event holds from its day on, and an `until` is the first day on which something no longer
holds. An event with `party` changes that party's row, never the state of the treaty: with all
such events taken away the state is the same. Past `until` without a further event a treaty has
expired; an end before any entry into force is `never-in-force`. Where a partial date leaves it
open whether something had happened by the day, the answer is the one without it, says that it is
not certain, and names what else may be (`may_be`).

This module is the one door: the party table, the picture of a treaty's life and the contradictions
between its events are made in modules of their own, and asked for here.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from briefgen.model.dates import Day
from briefgen.model.treaty import Treaty
from briefgen.model.treaty_course import (
    Moment,
    State,
    before_all,
    course,
    readings,
    steps_of,
)
from briefgen.model.treaty_faults import EventFault, event_faults
from briefgen.model.treaty_life import LifeSegment, life
from briefgen.model.treaty_parties import (
    PartyRow,
    Standing,
    party_rows,
    rows_after,
    shared_events,
)

__all__ = [
    "Departure",
    "EventFault",
    "LifeSegment",
    "PartyCount",
    "PartyRow",
    "Standing",
    "State",
    "Suspension",
    "TreatyStatus",
    "dates_ahead",
    "event_faults",
    "life",
    "party_rows",
    "shared_events",
    "status_on",
]


class Suspension(msgspec.Struct, frozen=True, array_like=True):
    """A party that has suspended its part in a treaty."""

    party: str
    since: Day
    contested_by: tuple[str, ...]
    event: int  # index in Treaty.events
    is_certain: bool = True


class Departure(msgspec.Struct, frozen=True, array_like=True):
    """A party that has left a treaty."""

    party: str
    since: Day
    is_certain: bool = True


class PartyCount(msgspec.Struct, frozen=True, array_like=True):
    """How many parties there are from a day on."""

    count: int
    since: Day
    event: int


class TreatyStatus(msgspec.Struct, frozen=True, array_like=True):
    """A treaty on a day. Indexes are those of Treaty.events: views word and cite by them."""

    state: State
    since: Day | None  # the day on which this state began
    until: Day | None  # the end that is foreseen; None: indefinite, or not known
    is_indefinite: bool  # in force, without an end that is foreseen
    is_certain: bool  # False where a partial date leaves state, since or until open
    may_be: tuple[State, ...]  # the other states it may be in, in order of time
    event: int | None  # the event that the state rests on
    term: int | None  # the event that set the term
    signed: Day | None
    signed_event: int | None
    in_force: Day | None  # the first entry into force
    in_force_event: int | None
    suspended: tuple[Suspension, ...]  # while the treaty lasts
    left: tuple[Departure, ...]
    party_count: PartyCount | None


def status_on(treaty: Treaty, on: Day) -> TreatyStatus:
    """The status of a treaty on the exact day `on`."""
    courses = [course(treaty, steps) for steps in readings(steps_of(treaty), on)]
    return _status(treaty, courses, [rows_after(treaty, moments) for moments in courses])


def _status(
    treaty: Treaty,
    courses: Sequence[Sequence[Moment]],
    tables: Sequence[dict[str, PartyRow]],
) -> TreatyStatus:
    """The status that the readings of the dates give, each a course with its party table."""
    ends = [moments[-1].after if moments else before_all(treaty) for moments in courses]
    now = ends[0]
    return TreatyStatus(
        state=now.state,
        since=now.since,
        until=now.until,
        is_indefinite=now.is_in_force and now.until is None,
        is_certain=len({(end.state, end.since, end.until) for end in ends}) == 1,
        may_be=tuple(dict.fromkeys(end.state for end in ends if end.state != now.state)),
        event=now.event,
        term=now.term,
        signed=now.signed,
        signed_event=now.signed_event,
        in_force=now.in_force,
        in_force_event=now.in_force_event,
        suspended=_suspensions(tables),
        left=_departures(tables),
        party_count=_party_count(courses[0]),
    )


def _suspensions(tables: Sequence[dict[str, PartyRow]]) -> tuple[Suspension, ...]:
    """Who has suspended its part, in any reading."""
    found: dict[str, list[PartyRow]] = {}
    for table in tables:
        for key, row in table.items():
            if row.standing == "suspended":
                found.setdefault(key, []).append(row)
    return tuple(
        Suspension(
            key, rows[0].suspended, rows[0].contested_by, rows[0].suspension,
            is_certain=len(rows) == len(tables),
        )
        for key, rows in found.items()
        if rows[0].suspended is not None and rows[0].suspension is not None
    )  # fmt: skip


def _departures(tables: Sequence[dict[str, PartyRow]]) -> tuple[Departure, ...]:
    """Who has left, in any reading, and has not come back."""
    found: dict[str, list[Day]] = {}
    for table in tables:
        for key, row in table.items():
            if row.standing == "left" and row.left is not None:
                found.setdefault(key, []).append(row.left)
    return tuple(
        Departure(key, days[0], is_certain=len(days) == len(tables)) for key, days in found.items()
    )


def _party_count(moments: Sequence[Moment]) -> PartyCount | None:
    """The latest number of parties that an event states."""
    for moment in reversed(moments):
        step = moment.step
        if step.event.count is not None and not step.is_lapse:
            return PartyCount(step.event.count, step.at, step.index)
    return None


def dates_ahead(treaty: Treaty, on: Day) -> tuple[Day, ...]:
    """The dates, in order, of events and of ends they foresee that had not surely come by `on`."""
    dates = {step.at for step in steps_of(treaty)}
    return tuple(sorted(date for date in dates if not date.reached(on)))
