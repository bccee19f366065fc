"""The life of a treaty in stretches of time, for a picture of it.

In: a `Treaty`. Out: segments over all its events, those to come included, whatever the day is.
Nothing here knows how they are drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import msgspec
from msgspec.structs import replace

from briefgen.model.dates import Day
from briefgen.model.treaty import Treaty
from briefgen.model.treaty_course import (
    Moment,
    State,
    course,
    steps_of,
)
from briefgen.model.treaty_parties import row_changes

SegmentKind = Literal[
    "signed",  # signed, not in force
    "provisional",
    "force",  # up to the end of its first term
    "extension",
    "suspended",  # the treaty itself, over `force` or `extension`
    "suspended-party",
]


class LifeSegment(msgspec.Struct, frozen=True, array_like=True):
    """A stretch of a treaty's life, half-open; `end` is None where none is known."""

    kind: SegmentKind
    start: Day
    end: Day | None
    event: int  # the event that began it: index in Treaty.events
    party: str | None = None  # of `suspended-party`


_SHOWN: dict[State, SegmentKind] = {
    "signed": "signed",
    "provisional": "provisional",
    "suspended": "suspended",
}


def life(treaty: Treaty) -> tuple[LifeSegment, ...]:
    """The segments of a treaty's life, by start; those of parties after the treaty's own."""
    moments = course(treaty, steps_of(treaty))
    own = [*_states(moments), *_force(moments)]
    parties = _party_suspensions(treaty, moments)
    return (
        *sorted(own, key=lambda segment: segment.start),
        *sorted(parties, key=lambda segment: segment.start),
    )


def _states(moments: Sequence[Moment]) -> list[LifeSegment]:
    """What it was before it was in force, and while it was suspended."""
    begun = [
        m for m in moments if (m.after.state, m.after.since) != (m.before.state, m.before.since)
    ]
    ends: list[Day | None] = [m.step.at for m in begun[1:]]
    return [
        LifeSegment(_SHOWN[m.after.state], m.step.at, end, m.step.index)
        for m, end in zip(begun, [*ends, None], strict=False)
        if m.after.state in _SHOWN and m.step.at != end
    ]


def _force(moments: Sequence[Moment]) -> list[LifeSegment]:
    """When it was in force, cut where each extension begins to count."""
    found: list[LifeSegment] = []
    open_pieces: list[LifeSegment] = []
    for moment in moments:
        step, before, after = moment.step, moment.before, moment.after
        if after.is_in_force and not before.is_in_force:
            open_pieces = [LifeSegment("force", step.at, None, step.index)]
        elif before.is_in_force and not after.is_in_force:
            found += _close(open_pieces, step.at)
            open_pieces = []
        elif after.is_in_force and after.term != before.term and step.event.type == "extended":
            start = before.until or step.at  # what was made indefinite was so from that day
            open_pieces.append(LifeSegment("extension", start, None, step.index))
    return found + _close(open_pieces, None)


def _close(pieces: Sequence[LifeSegment], end: Day | None) -> list[LifeSegment]:
    """End each piece where the next begins, the last at `end`; drop what was not reached."""
    starts: list[Day | None] = [piece.start for piece in pieces[1:]]
    closed = []
    for piece, next_start in zip(pieces, [*starts, end], strict=False):
        piece_end = end if next_start is None or (end and end < next_start) else next_start
        if piece_end is None or piece.start < piece_end:
            closed.append(replace(piece, end=piece_end))
    return closed


def _party_suspensions(treaty: Treaty, moments: Sequence[Moment]) -> list[LifeSegment]:
    """When each party had suspended its part."""
    found: list[LifeSegment] = []
    running: dict[str, LifeSegment] = {}
    for change in row_changes(treaty, moments):
        step, key = change.moment.step, change.after.party
        is_suspended = change.after.standing == "suspended"
        if is_suspended and key not in running:
            running[key] = LifeSegment("suspended-party", step.at, None, step.index, key)
        elif not is_suspended and key in running:
            found.append(replace(running.pop(key), end=step.at))
    return [*found, *running.values()]
