"""The course of a treaty: its events and the ends that they foresee, one step at a time.

In: a `Treaty`, whose events are the only thing that is read. Out: its steps in order, and the
condition that the treaty itself is in after each. What a party does never changes the condition,
but where it is in force for a party before any event says so of the treaty, that is not known.
Rows of parties are made in `treaty_parties`, answers for readers in `treaty_status`.

An `until` is a step of its own on its date, which counts only where nothing has replaced it by
then. The dates of steps may be partial; `readings` says which steps may have been taken by a day.
"""

from __future__ import annotations

from collections import deque
from heapq import heappop, heappush
from typing import Literal

import msgspec
from msgspec.structs import replace

from briefgen.model.dates import Day
from briefgen.model.treaty import Treaty, TreatyEvent

State = Literal[
    "unsigned",  # before its signature, which is known
    "signed",  # signed, not in force
    "provisional",  # provisionally applied, not in force
    "in-force",
    "suspended",  # the treaty itself, not one party
    "expired",  # its term ran out
    "terminated",
    "superseded",
    "never-in-force",  # ended before any entry into force
    "unknown",  # no event says so far
]
ENDED: frozenset[State] = frozenset({"expired", "terminated", "superseded", "never-in-force"})
APPLIED: frozenset[State] = frozenset({"provisional", "in-force", "suspended"})

_END_STATES: dict[str, State] = {
    "expired": "expired",
    "terminated": "terminated",
    "superseded": "superseded",
    "withdrew": "terminated",
}


_BEGINNINGS: dict[str, int] = {
    "signed": 0,
    "ratified": 1,
    "acceded": 1,
    "provisionally-applied": 2,
    "in-force": 3,
}
"""What leads up to entry into force, with its rank among events of one date."""


class Step(msgspec.Struct, frozen=True, array_like=True):
    """One event taking effect, or (`is_lapse`) its `until` being reached."""

    at: Day
    index: int  # of the event in Treaty.events
    event: TreatyEvent
    is_lapse: bool = False


class Condition(msgspec.Struct, frozen=True, array_like=True):
    """What a treaty is after a step. Indexes are those of Treaty.events."""

    state: State
    since: Day | None = None  # the day on which this state began
    event: int | None = None  # the event that it rests on
    until: Day | None = None  # the end of the term, while there is one to come
    term: int | None = None  # the event that set the term, with an end or without
    lapses_to: State = "expired"  # when the term runs out
    resumes_to: State = "in-force"  # when a suspension of the treaty itself is over
    signed: Day | None = None
    signed_event: int | None = None
    in_force: Day | None = None  # the first entry into force
    in_force_event: int | None = None
    is_for_some: bool = False  # in force for a party, before any event says so of the treaty

    @property
    def is_in_force(self) -> bool:
        """Whether it is in force, suspended or not: what is applied provisionally is not."""
        return self.in_force is not None and self.state in ("in-force", "suspended")

    @property
    def was_in_force(self) -> bool:
        """Whether it is or was in force, be it for a party alone."""
        return self.in_force is not None or self.is_for_some


class Moment(msgspec.Struct, frozen=True, array_like=True):
    """A step with the treaty's condition before and after it."""

    step: Step
    before: Condition
    after: Condition

    @property
    def told_as(self) -> str:
        """The type of its event; of an `until` what it brings, which is a type or one of its own.

        Of its own is `provisional-over`: the treaty is no longer applied, and not in force.
        """
        if not self.step.is_lapse:
            return self.step.event.type
        if self.before.state == "suspended" and self.after.state not in ENDED:
            return "resumed"
        return "provisional-over" if self.after.state == "signed" else self.after.state


def is_surely_before(one: Day, other: Day) -> bool:
    """Whether every day that `one` may mean is before every day that `other` may."""
    return one.last() < other.first()


def steps_of(treaty: Treaty) -> tuple[Step, ...]:
    """All steps of a treaty by date.

    Where dates leave the order open the file's order holds, but the events of one date that lead
    up to entry into force stand in their order; an `until` comes after the events of its day, so
    that an extension or an end dated that day is what counts. O(n log n).
    """
    events = [Step(event.date, index, event) for index, event in enumerate(treaty.events)]
    events = _with_beginnings_in_order(events)
    lapses = [
        Step(step.event.until, step.index, step.event, is_lapse=True)
        for step in events
        if step.event.until is not None
    ]
    return _in_order([*events, *lapses])


def _with_beginnings_in_order(steps: list[Step]) -> list[Step]:
    """The same, with what leads up to entry into force on one date in the order of its kinds."""
    by_date: dict[Day, list[int]] = {}
    for i, step in enumerate(steps):
        if step.event.type in _BEGINNINGS:
            by_date.setdefault(step.at, []).append(i)
    ordered = list(steps)
    for places in by_date.values():
        in_order = sorted(places, key=lambda i: _BEGINNINGS[steps[i].event.type])
        for place, i in zip(places, in_order, strict=True):
            ordered[place] = steps[i]
    return ordered


def dates_of_steps(treaty: Treaty) -> tuple[Day, ...]:
    """The dates of all steps by date; on two days by which the same have come, all is the same."""
    return tuple(step.at for step in steps_of(treaty))


def _in_order(steps: list[Step]) -> tuple[Step, ...]:
    """Order by date, each time taking the first in the list that no other is surely before."""
    waiting = deque(sorted(range(len(steps)), key=lambda i: steps[i].at.first()))
    ready: list[int] = []
    taken: set[int] = set()
    ordered = []
    for next_over in sorted(range(len(steps)), key=lambda i: steps[i].at.last()):
        limit = steps[next_over].at.last()
        while next_over not in taken:
            while waiting and steps[waiting[0]].at.first() <= limit:
                heappush(ready, waiting.popleft())
            chosen = heappop(ready)
            taken.add(chosen)
            ordered.append(steps[chosen])
    return tuple(ordered)


def readings(steps: tuple[Step, ...], on: Day) -> list[tuple[Step, ...]]:
    """The sequences of steps that may have been taken by the exact day `on`.

    One where all dates are exact. Where partial dates leave open whether steps were taken, the
    first reading takes none of those, and each further one takes the next of them too.
    """
    reached = [step.at.reached(on) for step in steps]
    doubtful = [i for i, is_taken in enumerate(reached) if is_taken is None]
    never = len(doubtful) + 1
    first_taken_in = {i: reading for reading, i in enumerate(doubtful, start=1)}
    first_taken_in.update((i, 0) for i, is_taken in enumerate(reached) if is_taken)
    return [
        tuple(step for i, step in enumerate(steps) if first_taken_in.get(i, never) <= reading)
        for reading in range(len(doubtful) + 1)
    ]


def course(treaty: Treaty, steps: tuple[Step, ...]) -> tuple[Moment, ...]:
    """Follow a treaty through `steps`, which are its own, in order."""
    now = before_all(treaty)
    found = []
    for step in steps:
        after = _lapsed(now, step) if step.is_lapse else _after(now, step)
        found.append(Moment(step, now, after))
        now = after
    return tuple(found)


def before_all(treaty: Treaty) -> Condition:
    """The condition before the first step: unsigned where its signature is a known event."""
    is_signature_known = any(e.type == "signed" and not e.parties for e in treaty.events)
    return Condition("unsigned" if is_signature_known else "unknown")


def _begin(now: Condition, state: State, step: Step) -> Condition:
    return replace(now, state=state, since=step.at, event=step.index)


def _end(now: Condition, state: State, step: Step) -> Condition:
    """End a treaty that has not ended yet: the first end stands."""
    if now.state in ENDED:
        return now
    ended = _begin(now, state if now.was_in_force else "never-in-force", step)
    return replace(ended, until=None, term=None)


def _term(now: Condition, step: Step, lapses_to: State = "expired") -> Condition:
    return replace(now, until=step.event.until, term=step.index, lapses_to=lapses_to)


def _signed(now: Condition, step: Step) -> Condition:
    if now.signed is None:
        now = replace(now, signed=step.at, signed_event=step.index)
    is_first = now.state in ("unsigned", "unknown") and not now.is_for_some
    return _begin(now, "signed", step) if is_first else now


def _entered_for_some(now: Condition, step: Step) -> Condition:
    """In force for a party, and no event says since when for others: the state is not known."""
    if step.event.type != "in-force" or now.in_force is not None or now.state in ENDED:
        return now
    return replace(
        now, state="unknown", since=None, event=None, until=None, term=None, is_for_some=True
    )


def _entered(now: Condition, step: Step) -> Condition:
    if now.in_force is None:
        now = replace(now, in_force=step.at, in_force_event=step.index)
    return _term(_begin(now, "in-force", step), step)


def _after(now: Condition, step: Step) -> Condition:  # noqa: C901, PLR0911 - a row a type
    """The condition after an event; with a `party`, entry into force alone leaves it open."""
    event = step.event
    if event.parties:
        return _entered_for_some(now, step)
    match event.type:
        case "signed":
            return _signed(now, step)
        case "provisionally-applied" if not now.was_in_force and now.state not in ENDED:
            return _term(_begin(now, "provisional", step), step)
        case "in-force":
            return _entered(now, step)
        case "extended" if now.state in APPLIED:
            return _term(now, step)
        case "denounced" if now.state in APPLIED and event.until is not None:
            return _term(now, step, lapses_to="terminated")
        case "suspended" if now.state in ("in-force", "provisional"):
            return replace(_begin(now, "suspended", step), resumes_to=now.state)
        case "resumed" if now.state == "suspended":
            return _begin(now, now.resumes_to, step)
        case "withdrew" | "expired" | "terminated" | "superseded":
            return _end(now, _END_STATES[event.type], step)
        case "ratification-withdrawn" if not now.was_in_force:
            return _end(now, "never-in-force", step)
        case _:  # said too early, too late, or nothing about the treaty's status
            return now


def _lapsed(now: Condition, step: Step) -> Condition:
    """The condition after an `until`, unless a later event has taken its place."""
    if now.state == "suspended" and now.event == step.index:
        return _begin(now, now.resumes_to, step)
    if now.term != step.index or now.state not in APPLIED:
        return now
    if now.in_force is None:  # only its provisional application is over
        return replace(_begin(now, "signed", step), until=None, term=None)
    return _end(now, now.lapses_to, step)
