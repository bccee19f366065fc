"""What a treaty is on a day, by its events alone: the questions that pages ask.

In: a `Treaty` and an exact day. Out: frozen answers, and nothing of the day itself but its
consequences. Nothing here knows which day it is.

An event holds from its day on, and an `until` is the first day on which something no longer
holds. An event with `party` changes that party's row, never the state of the treaty: with all
such events taken away the state is the same. Past `until` without a further event a treaty has
expired; an end before any entry into force is `never-in-force`. Where a partial date leaves it
open whether something had happened by the day, the answer is the one without it, says that it is
not certain, and names what else may be (`may_be`).

This module is the one door: the party table, the picture of a treaty's life, what is foreseen and
the contradictions between its events are made in modules of their own, and asked for here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec
from msgspec.structs import replace

from briefgen.model.dates import Day
from briefgen.model.treaty import Treaty
from briefgen.model.treaty_ahead import Foreseen, dates_ahead, foreseen
from briefgen.model.treaty_course import (
    APPLIED,
    ENDED,
    Condition,
    Moment,
    State,
    before_all,
    course,
    is_surely_before,
    readings,
    steps_of,
)
from briefgen.model.treaty_fault import EventFault
from briefgen.model.treaty_faults import event_faults, open_notices
from briefgen.model.treaty_life import LifeSegment, life
from briefgen.model.treaty_parties import (
    BOUND,
    PartyRow,
    Standing,
    counting_moments,
    joined_by_events,
    party_rows,
    row_changes,
    rows_after,
    shared_events,
)

__all__ = [
    "Departure",
    "EventFault",
    "Foreseen",
    "LifeSegment",
    "Notice",
    "PartyCount",
    "PartyRow",
    "Standing",
    "State",
    "Suspension",
    "TreatyStatus",
    "dates_ahead",
    "event_faults",
    "foreseen",
    "joined_by_events",
    "life",
    "open_notices",
    "party_rows",
    "shared_events",
    "status_on",
]


_SETS_TERM = frozenset({"in-force", "extended", "denounced"})


class Suspension(msgspec.Struct, frozen=True, array_like=True):
    """A party that has suspended its part in a treaty."""

    party: str
    since: Day
    contested_by: tuple[str, ...]
    event: int  # index in Treaty.events
    is_certain: bool = True
    until: Day | None = None  # the day on which it is over by itself


class Notice(msgspec.Struct, frozen=True, array_like=True):
    """A notice of leaving that has not taken effect."""

    party: str | None  # None: it ends the treaty itself, on a day that is not known
    since: Day
    leaves: Day | None  # the day on which it takes effect, where it is known
    is_certain: bool = True


class Departure(msgspec.Struct, frozen=True, array_like=True):
    """A party that has left a treaty."""

    party: str
    since: Day
    is_certain: bool = True


class PartyCount(msgspec.Struct, frozen=True, array_like=True):
    """How many parties there are from a day on, or were on it."""

    count: int
    since: Day
    event: int
    is_current: bool = True  # False where parties have joined or left since, or the treaty ended


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
    lapses_to: State = "expired"  # what it is from `until` on
    notices: tuple[Notice, ...] = ()
    pauses_until: Day | None = None  # when what is suspended or applied provisionally is over


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
    notices = (*_common_notice(treaty, now, courses[0]), *_notices(tables))
    has_end = now.until is not None or any(one.party is None for one in notices)
    return TreatyStatus(
        state=now.state,
        since=now.since,
        until=now.until,
        is_indefinite=now.is_in_force and not has_end,
        is_certain=len({(end.state, end.since, end.until) for end in ends}) == 1,
        may_be=tuple(dict.fromkeys(end.state for end in ends if end.state != now.state)),
        event=now.event,
        term=now.term,
        signed=now.signed,
        signed_event=now.signed_event,
        in_force=now.in_force,
        in_force_event=now.in_force_event,
        suspended=_suspensions(treaty, tables),
        left=_departures(tables),
        party_count=_party_count(treaty, courses),
        lapses_to=now.lapses_to,
        notices=notices,
        pauses_until=_pauses_until(treaty, now),
    )


def _pauses_until(treaty: Treaty, now: Condition) -> Day | None:
    if now.event is None or now.state not in ("suspended", "provisional"):
        return None
    return treaty.events[now.event].until


def _suspensions(treaty: Treaty, tables: Sequence[dict[str, PartyRow]]) -> tuple[Suspension, ...]:
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
            until=treaty.events[rows[0].suspension].until,
        )
        for key, rows in found.items()
        if rows[0].suspended is not None and rows[0].suspension is not None
    )  # fmt: skip


def _notices(tables: Sequence[dict[str, PartyRow]]) -> Iterator[Notice]:
    """Who has given notice of leaving, in any reading, and is still there."""
    found: dict[str, list[PartyRow]] = {}
    for table in tables:
        for key, row in table.items():
            if row.is_leaving:
                found.setdefault(key, []).append(row)
    for key, rows in found.items():
        notice = rows[0].notice
        if notice is not None:
            yield Notice(key, notice, rows[0].leaves, is_certain=len(rows) == len(tables))


def _common_notice(treaty: Treaty, now: Condition, moments: Sequence[Moment]) -> Iterator[Notice]:
    """The notice that ends the treaty as a whole, where no day is known on which it does."""
    if now.state not in APPLIED:
        return
    for moment in reversed(moments):
        event = treaty.events[moment.step.index]
        if event.parties or event.type not in _SETS_TERM:
            continue
        if event.type == "denounced" and event.until is None:
            yield Notice(None, event.date, None)
        return


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


def _party_count(treaty: Treaty, courses: Sequence[Sequence[Moment]]) -> PartyCount | None:
    """The latest number of parties that an event states, from the day from which it holds."""
    counts = [_count_after(treaty, moments) for moments in courses]
    if counts[0] is None or all(count == counts[0] for count in counts):
        return counts[0]
    return replace(counts[0], is_current=False)


def _count_after(treaty: Treaty, moments: Sequence[Moment]) -> PartyCount | None:
    for moment in reversed(counting_moments(treaty, moments)):
        step = moment.step
        if step.event.count is not None:
            last = _last_change(treaty, moments)
            is_current = last is None or last == step.at or is_surely_before(last, step.at)
            has_ended = moments[-1].after.state in ENDED
            return PartyCount(
                step.event.count, step.at, step.index, is_current=is_current and not has_ended
            )
    return None


def _last_change(treaty: Treaty, moments: Sequence[Moment]) -> Day | None:
    """The date of the last of `moments` that changed who is a party, as far as events say so."""
    days = (
        change.moment.step.at
        for change in row_changes(treaty, moments)
        if (change.before.standing in BOUND) != (change.after.standing in BOUND)
    )
    return max(days, key=lambda day: day.last(), default=None)
