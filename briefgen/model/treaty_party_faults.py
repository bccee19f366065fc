"""Contradictions between the events of a treaty's parties.

In: a `Treaty` and the moments of its course. Out: what contradicts what, in words for its author.
What partial dates leave open is given the benefit of the doubt.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from briefgen.model.dates import Day
from briefgen.model.treaty import Treaty
from briefgen.model.treaty_course import APPLIED, ENDED, Moment, Step, is_surely_before
from briefgen.model.treaty_fault import EventFault, before_signature, fault_at
from briefgen.model.treaty_parties import (
    BINDING,
    LEAVING,
    PartyRow,
    RowChange,
    counting_moments,
    own_joining,
    row_changes,
)

_AFTER_JOINING = frozenset({"withdrew", "denounced", "suspended", "resumed"})
_FEWEST = 2  # parties that a treaty is between


def faults_of_parties(treaty: Treaty, moments: tuple[Moment, ...]) -> Iterator[EventFault]:
    """What is wrong with the events of single parties, given where each stood by then."""
    joining = own_joining(treaty)
    for change in row_changes(treaty, moments):
        step = change.moment.step
        if step.is_lapse or step.event.type == "note" or not step.event.parties:
            continue
        wrong = (
            _of_party(change)
            or _too_early(treaty, change, joining.get(change.before.party, ()))
            or _of_entry(treaty, change.moment)
        )
        if wrong:
            yield fault_at(step, *wrong)


def _of_party(change: RowChange) -> tuple[str, str] | None:
    """What is wrong with an event of a party, given where it stood by then."""
    row, kind = change.before, change.moment.step.event.type
    if row.standing == "left" and kind in _AFTER_JOINING:
        return f"`{row.party}` had left on {row.left}", "Correct the date, or remove the event."
    if kind == "suspended":
        return _of_suspension(row, change.moment)
    if kind == "resumed" and row.standing != "suspended" and not row.is_leaving:
        return (
            f"`{row.party}` had not suspended, nor given notice",
            "Add its `suspended` or `denounced` event, or correct the date.",
        )
    return None


def _too_early(
    treaty: Treaty, change: RowChange, joining: Sequence[tuple[str, Day]]
) -> tuple[str, str] | None:
    """What is wrong with an event before the treaty, or its party, had signed, or had joined.

    `joining` are the events by which the party first joined: their type and date.
    """
    row, step = change.before, change.moment.step
    if step.event.type == "signed":
        return None
    wrong = before_signature(treaty, step.at)
    if wrong:
        return wrong
    signed = [day for kind, day in joining if kind == "signed"]
    if signed and row.signed is None and all(is_surely_before(step.at, day) for day in signed):
        return f"`{row.party}` signed only later, on {signed[0]}", "Correct one of the dates."
    if step.event.type in LEAVING and row.is_listed and row.standing == "none":
        return _left_first(treaty, row.party, step.at)
    return None


def _left_first(treaty: Treaty, party: str, at: Day) -> tuple[str, str] | None:
    """What is wrong with the departure of a listed party of which nothing was told by then."""
    joined = [
        event.date for event in treaty.events if event.type in BINDING and party in event.parties
    ]
    if not joined or not all(is_surely_before(at, day) for day in joined):
        return None
    first = min(joined, key=lambda day: day.first())
    return f"`{party}` joined only later, on {first}", "Correct one of the dates."


def _of_entry(treaty: Treaty, moment: Moment) -> tuple[str, str] | None:
    """What is wrong with the first entry into force for a party: it says nothing of the treaty."""
    if moment.before.is_for_some or not moment.after.is_for_some:
        return None
    at = moment.step.at
    entries = [e.date for e in treaty.events if e.type == "in-force" and not e.parties]
    if any(not is_surely_before(at, entry) for entry in entries):
        return None
    advice = (
        "Take `party` out of the event with which the treaty entered into force: without it, it "
        "holds for every party listed but those with a later one of their own."
    )
    return "it is of parties alone, and nothing says that the treaty itself was in force", advice


def deserted(treaty: Treaty, moments: tuple[Moment, ...]) -> Iterator[EventFault]:
    """A departure after which fewer than two parties are left, where nothing ends the treaty."""
    standings: dict[str, str] = dict.fromkeys((party.key for party in treaty.parties), "unknown")
    if len(standings) < _FEWEST:
        return  # they are not listed
    last: Step | None = None
    for change in row_changes(treaty, moments):
        standings[change.after.party] = change.after.standing
        if len(standings) - list(standings.values()).count("left") >= _FEWEST:
            last = None
        elif last is None:
            last = change.moment.step
    if last and not _has_ended(moments, last.at) and not _has_others(treaty, moments):
        yield EventFault(
            last.index,
            f"Fewer than two parties are left from {last.at}, and nothing ends the treaty.",
            "Add a `terminated` event on the day on which it ended, or is to end. Where there are "
            "others, who are not listed, say with `count:` how many parties are left.",
        )


def _has_ended(moments: tuple[Moment, ...], left: Day) -> bool:
    """Whether an event ends the treaty, or its term was over when the party left."""
    ends = (one.step for one in moments if one.after.state in ENDED)
    first = next(ends, None)
    return first is not None and not (first.is_lapse and is_surely_before(left, first.at))


def _has_others(treaty: Treaty, moments: tuple[Moment, ...]) -> bool:
    """Whether the latest number of parties that an event states is of more than one."""
    counts = [one.step.event.count for one in counting_moments(treaty, moments)]
    return next((count for count in reversed(counts) if count is not None), 0) >= _FEWEST


def _of_suspension(row: PartyRow, moment: Moment) -> tuple[str, str] | None:
    if row.standing == "suspended":
        return f"`{row.party}` had suspended already, on {row.suspended}", "Remove one of the two."
    if moment.before.state not in APPLIED and moment.before.state != "unknown":
        return "the treaty was not in force", "Add the `in-force` event, or correct the date."
    return None
