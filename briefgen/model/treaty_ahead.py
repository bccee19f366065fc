"""What is foreseen of a treaty: its events that have a date after a day, and the end they bring.

In: a `Treaty` and an exact day. Out: what has surely not come by that day, by date. Its status on
that day is that of `treaty_status`, by what has come; this is what a page adds to it, so that no
date to come is told like one that is past. Nothing here knows which day it is.
"""

from __future__ import annotations

import msgspec

from briefgen.model.dates import Day
from briefgen.model.treaty import Treaty
from briefgen.model.treaty_course import ENDED, State, course, steps_of


class Foreseen(msgspec.Struct, frozen=True, array_like=True):
    """What is to come after a day. Indexes are those of Treaty.events."""

    events: tuple[int, ...] = ()  # by date, without those that are but notes
    end: int | None = None  # the one of them that ends the treaty before its term, or on its day
    ends_in: State = "unknown"  # the state that it leads to


def foreseen(treaty: Treaty, on: Day) -> Foreseen:
    """What has surely not come by the exact day `on`.

    `end` is None where no event is known that ends the treaty, or its term runs out before.
    """
    moments = course(treaty, steps_of(treaty))
    ahead = [one for one in moments if one.step.at.reached(on) is False]
    events = tuple(
        one.step.index for one in ahead if not one.step.is_lapse and one.step.event.type != "note"
    )
    ends = (one for one in ahead if one.after.state in ENDED and one.before.state not in ENDED)
    end = next(ends, None)
    if end is None or end.step.is_lapse:
        return Foreseen(events)
    return Foreseen(events, end.step.index, end.after.state)


def dates_ahead(treaty: Treaty, on: Day) -> tuple[Day, ...]:
    """The dates, in order, of events and of ends they foresee that have surely not come by `on`."""
    dates = {step.at for step in steps_of(treaty)}
    return tuple(sorted(date for date in dates if date.reached(on) is False))
