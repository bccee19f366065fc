"""Contradictions between the events of a treaty's parties.

In: a `Treaty` and the moments of its course. Out: what contradicts what, in words for its author.
What partial dates leave open is given the benefit of the doubt.
"""

from __future__ import annotations

from collections.abc import Iterator

from briefgen.model.dates import Day
from briefgen.model.treaty import Treaty
from briefgen.model.treaty_course import APPLIED, ENDED, Moment, Step, is_surely_before
from briefgen.model.treaty_fault import EventFault, fault_at
from briefgen.model.treaty_parties import PartyRow, RowChange, counting_moments, row_changes

_LEAVING = frozenset({"withdrew", "denounced"})
_FEWEST = 2  # parties that a treaty is between


def faults_of_parties(treaty: Treaty, moments: tuple[Moment, ...]) -> Iterator[EventFault]:
    """What is wrong with the events of single parties, given where each stood by then."""
    for change in row_changes(treaty, moments):
        step = change.moment.step
        if step.is_lapse or step.event.type == "note" or not step.event.parties:
            continue
        wrong = _of_party(change) or _of_entry(treaty, change.moment)
        if wrong:
            yield fault_at(step, *wrong)


def _of_party(change: RowChange) -> tuple[str, str] | None:
    """What is wrong with an event of a party, given where it stood by then."""
    row, kind = change.before, change.moment.step.event.type
    if row.standing == "left" and kind in _LEAVING | {"suspended", "resumed"}:
        return f"`{row.party}` had left on {row.left}", "Correct the date, or remove the event."
    if kind == "suspended":
        return _of_suspension(row, change.moment)
    if kind == "resumed" and row.standing != "suspended":
        return f"`{row.party}` had not suspended", "Add its `suspended` event, or correct the date."
    return None


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
