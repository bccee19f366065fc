"""Contradictions between the events of a treaty.

In: a `Treaty`. Out: what contradicts what, in words for its author. What partial dates leave open
is given the benefit of the doubt. An event at fault is still read as `treaty_course` says.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from briefgen.model.dates import Day
from briefgen.model.treaty import Treaty, TreatyEvent
from briefgen.model.treaty_course import (
    APPLIED,
    ENDED,
    Moment,
    course,
    is_surely_before,
    steps_of,
)
from briefgen.model.treaty_fault import EventFault, before_signature, fault_at
from briefgen.model.treaty_parties import rows_after
from briefgen.model.treaty_party_faults import deserted, faults_of_parties

_ONLY_WHILE_APPLIED = frozenset({"extended", "suspended"})
_AFTER_SIGNATURE = frozenset({"ratified", "acceded", "provisionally-applied", "denounced"})


def event_faults(treaty: Treaty) -> tuple[EventFault, ...]:
    """The contradictions between a treaty's events, in the file's order; at most one an event."""
    moments = course(treaty, steps_of(treaty))
    found: dict[int, EventFault] = {}
    for fault in (
        *_duplicates(treaty),
        *_bad_terms(treaty),
        *_of_treaty(treaty, moments),
        *faults_of_parties(treaty, moments),
        *deserted(treaty, moments),
    ):
        found.setdefault(fault.index, fault)
    return tuple(sorted(found.values()))


def open_notices(treaty: Treaty) -> tuple[int, ...]:
    """The notices without a day on which they take effect, of which no event says what followed.

    That a term runs out says nothing of it; an event that ends the treaty otherwise does.
    """
    moments = course(treaty, steps_of(treaty))
    ends = [i for i, one in enumerate(moments) if _ends_otherwise(one)]
    last_end = ends[-1] if ends else -1
    leaving = {
        (key, row.notice)
        for key, row in rows_after(treaty, filter(_is_of_its_life, moments)).items()
        if row.is_leaving and row.leaves is None
    }
    found = (
        step.index
        for step in (one.step for one in moments[last_end + 1 :] if one.before.state not in ENDED)
        if step.event.type == "denounced" and step.event.until is None
        and (
            not step.event.parties
            or any((key, step.event.date) in leaving for key in step.event.parties)
        )
    )  # fmt: skip
    return tuple(sorted(found))


def _ends_otherwise(moment: Moment) -> bool:
    """Whether it ends the treaty otherwise than by the end of its term."""
    is_end = moment.after.state in ENDED and moment.before.state not in ENDED
    return is_end and moment.told_as != "expired"


def _is_of_its_life(moment: Moment) -> bool:
    """Whether it is of a party, or before the treaty ended: what ended is no longer left."""
    return bool(moment.step.event.parties) or moment.after.state not in ENDED


def _duplicates(treaty: Treaty) -> Iterator[EventFault]:
    seen: set[TreatyEvent] = set()
    for index, event in enumerate(treaty.events):
        bare = replace(event, sources=())
        if bare in seen:
            yield EventFault(
                index,
                f"`{event.type}` of {event.date}: the event is listed twice.",
                "Remove one of the two; one event may have several `sources`.",
            )
        seen.add(bare)


def _bad_terms(treaty: Treaty) -> Iterator[EventFault]:
    for index, event in enumerate(treaty.events):
        until = event.until
        if until and (until == event.date or is_surely_before(until, event.date)):
            yield EventFault(
                index,
                f"`until` ({until}) is not after the event's own date ({event.date}).",
                "`until` is the first day on which the event no longer holds.",
                "until",
            )


def _of_treaty(treaty: Treaty, moments: tuple[Moment, ...]) -> Iterator[EventFault]:
    too_early = _too_early(moments)
    if too_early:
        yield too_early
    for moment in moments:
        step = moment.step
        if step.is_lapse or step.event.type == "note":
            continue
        wrong = _late(moment)
        if wrong and too_early and moment.before.event == too_early.index:
            continue
        if wrong is None and not step.event.parties:
            wrong = _out_of_turn(moment)
            if wrong is None and step.event.type in _AFTER_SIGNATURE:
                wrong = before_signature(treaty, step.at)
        if wrong:
            yield fault_at(step, *wrong)


def _too_early(moments: tuple[Moment, ...]) -> EventFault | None:
    """The end that stands before most of the treaty's events: its date must be the wrong one."""
    told = [one for one in moments if not one.step.is_lapse and one.step.event.type != "note"]
    late = [one for one in told if _late(one)]
    end = next((one for one in told if late and one.step.index == late[0].before.event), None)
    if end is None or len(late) <= max(1, told.index(end)):
        return None
    first = late[0].step
    message = (
        f"it ends the treaty before {len(late)} other events, the first of which is "
        f"`{first.event.type}` of {first.at}"
    )
    return fault_at(end.step, message, "Correct its date, or theirs.")


def _late(moment: Moment) -> tuple[str, str] | None:
    """What is wrong with an event that stands after the end of the treaty."""
    now, step = moment.before, moment.step
    if now.state not in ENDED or now.since is None or not is_surely_before(now.since, step.at):
        return None
    ended = "had ended without being in force" if now.state == "never-in-force" else "had ended"
    advice = "Correct the date, or make it a `note`."
    if step.event.type == "extended":
        advice = (
            "An extension comes before the end it moves: correct its date or the earlier `until`."
        )
    elif step.event.type == "expired":
        advice = "Make the `until` of the event that set the term the day on which it expired."
    return f"the treaty {ended} on {now.since}", advice


def _out_of_turn(moment: Moment) -> tuple[str, str] | None:
    """What is wrong with an event of the treaty itself, given what the treaty was by then."""
    now, step = moment.before, moment.step
    kind = step.event.type
    if kind in _ONLY_WHILE_APPLIED and now.state not in APPLIED:
        return "the treaty was not in force", "Add the `in-force` event, or correct the date."
    if kind == "suspended" and now.state == "suspended":
        return f"the treaty was suspended already, on {now.since}", "Remove one of the two."
    if kind == "resumed" and now.state != "suspended":
        return (
            "the treaty was not suspended",
            "Add the `suspended` event, or name the `party` that resumed.",
        )
    if kind == "in-force" and now.is_in_force:
        return (
            f"the treaty was in force already, since {now.in_force}",
            "Use `extended` where its term was prolonged.",
        )
    return _signed_again(moment) if kind == "signed" else _wrong_term(moment)


def _signed_again(moment: Moment) -> tuple[str, str] | None:
    """What is wrong with a signature by all parties; in force, a protocol may be signed."""
    now = moment.before
    if now.state == "signed" and now.signed not in (None, moment.step.at):
        return (
            f"the treaty was signed already, on {now.signed}",
            "Correct one of the dates, or say with `party` who signed on which day.",
        )
    if now.in_force and now.signed is None:
        return f"the treaty was in force before, on {now.in_force}", "Correct one of the dates."
    return None


def _wrong_term(moment: Moment) -> tuple[str, str] | None:
    """What is wrong between an event and the term that the treaty had by then."""
    step, until = moment.step, moment.before.until
    if until is None:
        return None
    if step.event.type == "expired" and is_surely_before(step.at, until):
        return (
            f"its term ran until {until}",
            "Correct one of the dates, or use `terminated` for an end before the term.",
        )
    longer = step.event.until
    if step.event.type == "extended" and longer and not _may_be_later(longer, until):
        return f"its term ran until {until} already", "Give an `until` that is later."
    return None


def _may_be_later(one: Day, other: Day) -> bool:
    return one.last() > other.first()
