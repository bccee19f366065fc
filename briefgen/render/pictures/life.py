"""The picture of a treaty's life: what it was, from when to when, and the events on its way.

In: a treaty, the dates that have not come yet, and an axis. Out: a `Life`, places without words.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

import msgspec

from briefgen.model.dates import Day
from briefgen.model.treaty import Treaty
from briefgen.model.treaty_course import ENDED, Moment, course, steps_of
from briefgen.model.treaty_status import LifeSegment, life
from briefgen.render.pictures.axis import Axis, horizon, per_cent
from briefgen.render.pictures.naming import labels
from briefgen.render.view import Bar, Life, Mark

FORESEEN = 50
"""An end that is more years ahead of all that happened than this is not on the axis."""


class LifeMaterial(msgspec.Struct, frozen=True):
    """What is true of a treaty's life on any axis."""

    axis: Axis  # the shortest that shows all of it
    segments: tuple[LifeSegment, ...]
    moments: tuple[Moment, ...]  # the events by date, and the terms that ran out
    parties: tuple[str, ...]  # that its events name: keys


def life_material(treaty: Treaty) -> LifeMaterial | None:
    """What a picture of a treaty's life is made of; None where no event is known."""
    if not treaty.events:
        return None
    moments = tuple(
        moment
        for moment in course(treaty, steps_of(treaty))
        if not moment.step.is_lapse or moment.before.state != moment.after.state
    )
    axis = Axis.over(edge for event in treaty.events for edge in (event.date, event.date.last()))
    limit = horizon(axis, FORESEEN)
    for event in treaty.events:
        if event.until is not None and event.until.year <= limit:
            axis = axis.wider(event.until)
    parties = dict.fromkeys(key for event in treaty.events for key in event.parties)
    return LifeMaterial(axis, life(treaty), moments, tuple(parties))


def life_picture(
    material: LifeMaterial,
    names: Sequence[str],
    ahead: Collection[Day],
    axis: Axis,
    *,
    is_named: bool = False,
    day: Day | None = None,
) -> Life:
    """The life on an axis that shows all of it: `names` are those of `material.parties`.

    With `is_named` there are names of its events below it. With `day`, which the axis shows, what
    is known of the time beyond it is still to come.
    """
    called = dict(zip(material.parties, names, strict=True))
    marks = tuple(_mark(moment, called, ahead, axis) for moment in material.moments)
    places = [axis.place(moment.step.at) for moment in material.moments]
    bars = [
        (segment, bar) for segment in material.segments for bar in _bars(segment, ahead, axis, day)
    ]
    return Life(
        bars=tuple(bar for segment, bar in bars if segment.party is None),
        partial=tuple(_merged(bar for segment, bar in bars if segment.party is not None)),
        marks=marks,
        labels=labels(list(zip(places, marks, strict=True))) if is_named else (),
    )


def _bars(
    segment: LifeSegment, ahead: Collection[Day], axis: Axis, day: Day | None
) -> Iterator[Bar]:
    """A stretch of time, parted at the day, if any.

    One of no known end goes on to the day, or where there is none, to the end of the axis.
    """
    is_ahead = segment.start in ahead
    start, today = axis.place(segment.start), None if day is None else axis.place(day)
    is_open = segment.end is None or segment.end.year > axis.last
    if segment.end is not None:
        end = axis.place(segment.end)
    else:
        end = axis.place(Day(f"{axis.last:04}-12-31")) if today is None or is_ahead else today
    edges = [start, max(start, end)]
    if today is not None and not is_ahead and start < today < end:
        edges.insert(1, today)
    for at, to in pairwise(edges):
        yield Bar(
            kind=segment.kind,
            at=per_cent(at),
            width=per_cent(to - at),
            is_open=is_open and to == edges[-1],
            is_ahead=is_ahead or at > start,
        )


def _merged(bars: Iterator[Bar]) -> Iterator[Bar]:
    """Bars without those that are drawn already: two parties may have suspended on one day."""
    return iter(dict.fromkeys(bars))


def _mark(moment: Moment, called: dict[str, str], ahead: Collection[Day], axis: Axis) -> Mark:
    step, event = moment.step, moment.step.event
    last = None if step.at.is_exact else axis.place(step.at, is_end=True)
    return Mark(
        at=axis.at(step.at),
        to=None if last is None else per_cent(last),
        date=step.at,
        type=moment.told_as,
        note=(event.note or "").rstrip(".") if event.type == "note" else "",
        count=event.count if event.type == "note" else None,
        parties=tuple(called[key] for key in event.parties),
        until=None if step.is_lapse else event.until,
        is_end=moment.after.state in ENDED and moment.before.state not in ENDED,
        is_ahead=step.at in ahead,
    )
