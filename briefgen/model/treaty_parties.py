"""The party table of a treaty: what each party did, and where it stands, on a day.

In: a `Treaty` and moments of its course. Out: one row for each party. A party's standing is not
the treaty's status: it comes from the events that name it, and from those of the treaty itself
that concern every listed party (signed, ratified, in force, the end).

Two types of event about leaving: `denounced` is notice given, and its `until`, where there is
one, the day on which it takes effect; `withdrew` is the day on which the party leaves. `resumed`
before that day takes the notice back, where the party has not suspended its part.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Literal

import msgspec
from msgspec.structs import replace

from briefgen.model.dates import Day
from briefgen.model.treaty import Treaty
from briefgen.model.treaty_course import (
    ENDED,
    Moment,
    Step,
    course,
    is_surely_before,
    readings,
    steps_of,
)

Standing = Literal[
    "none",  # nothing so far, though later events concern it
    "signatory",
    "ratified",  # ratified or acceded, the treaty not in force
    "party",
    "suspended",
    "left",
    "ratification-withdrawn",
    "former-party",  # it was a party when the treaty ended
    "unknown",  # no event says
]
BOUND: frozenset[Standing] = frozenset({"party", "suspended"})
_JOINING = frozenset({"signed", "acceded"})
BINDING = frozenset({"signed", "ratified", "acceded", "in-force"})
LEAVING = frozenset({
    "withdrew", "denounced", "expired", "terminated", "superseded", "ratification-withdrawn",
})  # fmt: skip


class PartyRow(msgspec.Struct, frozen=True, array_like=True):
    """A party on a day. Dates are of what had happened by then; None where nothing is known."""

    party: str  # the id of its entity, or its name
    is_listed: bool  # under `parties`; else an event alone names it
    standing: Standing
    since: Day | None = None  # the day on which this standing began
    signed: Day | None = None
    ratified: Day | None = None
    acceded: Day | None = None
    provisional: Day | None = None  # its own provisional application
    in_force: Day | None = None
    suspended: Day | None = None
    contested_by: tuple[str, ...] = ()  # who contests the suspension
    resumed: Day | None = None
    notice: Day | None = None  # of leaving
    leaves: Day | None = None  # the day on which the notice takes effect
    left: Day | None = None
    ratification_withdrawn: Day | None = None
    events: tuple[int, ...] = ()  # the events that concern it, notes included, in order
    suspension: int | None = None  # the event of its last suspension
    is_certain: bool = True  # False where a partial date leaves the standing open
    may_be: tuple[Standing, ...] = ()  # what else it may be, in order of time

    @property
    def is_leaving(self) -> bool:
        """Whether its notice of leaving has not taken effect; one that joined anew gave another."""
        if self.notice is None or self.standing in ("left", "former-party"):
            return False
        return self.left is None or is_surely_before(self.left, self.notice)


class RowChange(msgspec.Struct, frozen=True, array_like=True):
    """A row before and after a moment; the two may be equal."""

    moment: Moment
    before: PartyRow
    after: PartyRow


def party_rows(treaty: Treaty, on: Day) -> tuple[PartyRow, ...]:
    """The party table on the exact day `on`.

    Listed parties come first, in the file's order; then those that only events name, in order
    of date, once such an event has come. Where partial dates leave a standing open, the row is
    the one in which what is open has not happened yet.
    """
    found = readings(steps_of(treaty), on)
    return merge_rows([rows_after(treaty, course(treaty, steps)) for steps in found])


def merge_rows(tables: Sequence[dict[str, PartyRow]]) -> tuple[PartyRow, ...]:
    """One table of what several readings of the dates give; the first is the one shown."""
    merged: dict[str, PartyRow] = {}
    for table in tables:
        for key, row in table.items():
            shown = merged.setdefault(key, row if table is tables[0] else _nothing_yet(row))
            if row.standing not in (shown.standing, *shown.may_be):
                merged[key] = replace(shown, is_certain=False, may_be=(*shown.may_be, row.standing))
    return tuple(merged.values())


def _nothing_yet(row: PartyRow) -> PartyRow:
    return PartyRow(row.party, row.is_listed, "none")


def rows_after(treaty: Treaty, moments: Iterable[Moment]) -> dict[str, PartyRow]:
    """The row of each party after `moments`, which are of this treaty and in order."""
    rows = {party.key: _first_row(treaty, party.key) for party in treaty.parties}
    rows.update((change.after.party, change.after) for change in row_changes(treaty, moments))
    return rows


def row_changes(treaty: Treaty, moments: Iterable[Moment]) -> Iterator[RowChange]:
    """Each row before and after each moment that concerns it, in order."""
    rows = {party.key: _first_row(treaty, party.key) for party in treaty.parties}
    joining = own_joining(treaty)
    for moment in moments:
        parties = moment.step.event.parties
        for key in parties or tuple(rows):
            before = rows.get(key) or PartyRow(key, is_listed=False, standing="none")
            if parties:
                rows[key] = _after_own(before, moment)
            else:
                rows[key] = _after_common(before, moment, joining.get(key, ()))
            yield RowChange(moment, before, rows[key])


def shared_events(treaty: Treaty) -> tuple[frozenset[str], ...]:
    """For each event of the treaty itself the keys of the parties, listed or not, that had a part.

    In the order of `Treaty.events`, and empty for events of single parties. A party has a part in
    what came once it had joined, where that is known, also after it left.
    """
    found: list[set[str]] = [set() for _ in treaty.events]
    for change in row_changes(treaty, course(treaty, steps_of(treaty))):
        step = change.moment.step
        if not step.is_lapse and not step.event.parties and change.after.standing != "none":
            found[step.index].add(change.after.party)
    return tuple(frozenset(keys) for keys in found)


def counting_moments(treaty: Treaty, moments: Sequence[Moment]) -> tuple[Moment, ...]:
    """Those of `moments` from which an event's `count` holds, where it states one; in order.

    Of a notice with the day on which it takes effect it is that day, if it did.
    """
    left = {
        change.moment.step.index
        for change in row_changes(treaty, moments)
        if change.moment.step.is_lapse and change.after.left == change.moment.step.at
    }
    return tuple(one for one in moments if _is_counting(one, left))


def _is_counting(moment: Moment, left: Collection[int]) -> bool:
    """Whether the `count` of its event holds from it; `left` are the notices that took effect."""
    step = moment.step
    if not step.is_lapse:
        return step.event.type != "denounced" or step.event.until is None
    if step.event.type != "denounced":
        return False
    return step.index in left if step.event.parties else moment.after.state in ENDED


def _first_row(treaty: Treaty, key: str) -> PartyRow:
    is_concerned = any(
        key in e.parties or (not e.parties and e.type in ("signed", "ratified", "in-force"))
        for e in treaty.events
    )
    return PartyRow(key, is_listed=True, standing="none" if is_concerned else "unknown")


def joined_by_events(treaty: Treaty) -> frozenset[str]:
    """The parties, listed or not, of which an event of their own says that they joined."""
    return frozenset(key for e in treaty.events if e.type in BINDING for key in e.parties)


def own_joining(treaty: Treaty) -> dict[str, list[tuple[str, Day]]]:
    """By party, the events of its own by which it first joins: their type and date.

    One after it had left says that it joined anew, hence nothing of how it joined at first.
    """
    found: dict[str, list[tuple[str, Day]]] = {}
    gone: dict[str, Day] = {}
    for step in steps_of(treaty):
        event = step.event
        for key in () if step.is_lapse else event.parties:
            if event.type in LEAVING:
                gone.setdefault(key, event.date)
            elif event.type in BINDING and not (
                key in gone and is_surely_before(gone[key], event.date)
            ):
                found.setdefault(key, []).append((event.type, event.date))
    return found


def _stand(row: PartyRow, standing: Standing, since: Day | None) -> PartyRow:
    return row if row.standing == standing else replace(row, standing=standing, since=since)


def _after_own(row: PartyRow, moment: Moment) -> PartyRow:  # noqa: C901, PLR0911 - a row a type
    """The row after an event that names the party."""
    step, at = moment.step, moment.step.at
    if step.is_lapse:
        return _after_own_until(row, step)
    row = replace(row, events=(*row.events, step.index))
    bound: Standing = "party" if moment.after.is_in_force else "ratified"
    match step.event.type:
        case "signed":
            signed = replace(row, signed=row.signed or at)
            is_first = row.standing in ("none", "unknown")
            return _stand(signed, "signatory", at) if is_first else signed
        case "ratified":
            return _stand(replace(row, ratified=at), bound, at)
        case "acceded":
            return _stand(replace(row, acceded=at), bound, at)
        case "provisionally-applied":
            return replace(row, provisional=at)
        case "in-force":
            return _stand(replace(row, in_force=at), "party", at)
        case "suspended" if row.standing != "left" and moment.before.state not in ENDED:
            row = replace(
                row, suspended=at, resumed=None, suspension=step.index,
                contested_by=step.event.contested_by,
            )  # fmt: skip
            return _stand(row, "suspended", at)
        case "resumed":
            return _resumed(row, at)
        case "denounced":
            return replace(row, notice=at, leaves=step.event.until)
        case "withdrew" | "expired" | "terminated" | "superseded":
            return _stand(replace(row, left=at), "left", at)
        case "ratification-withdrawn":
            return _stand(replace(row, ratification_withdrawn=at), "ratification-withdrawn", at)
        case _:
            return row


def _resumed(row: PartyRow, at: Day) -> PartyRow:
    """The row after its suspension is over, else after its notice of leaving is taken back."""
    if row.standing == "suspended":
        return _stand(replace(row, resumed=at), "party", at)
    return replace(row, notice=None, leaves=None) if row.is_leaving else row


def _after_own_until(row: PartyRow, step: Step) -> PartyRow:
    """The row after the `until` of an event that names the party."""
    if step.event.type == "denounced" and row.leaves == step.at and row.standing != "left":
        return _stand(replace(row, left=step.at), "left", step.at)
    if row.standing == "suspended" and row.suspension == step.index:
        return _stand(replace(row, resumed=step.at), "party", step.at)
    return row


def _after_common(
    row: PartyRow, moment: Moment, own_joining: Sequence[tuple[str, Day]]
) -> PartyRow:
    """The row after an event of the treaty itself, or its end by the calendar."""
    step, at = moment.step, moment.step.at
    if moment.after.state in ENDED:
        is_bound = row.standing in BOUND
        return _stand(row, "former-party", moment.after.since) if is_bound else row
    if step.is_lapse:
        return row
    match step.event.type:
        case "signed" if row.is_listed and not _JOINING.intersection(t for t, _ in own_joining):
            signed = replace(row, signed=row.signed or at)
            is_first = row.standing in ("none", "unknown")
            return _stand(signed, "signatory", at) if is_first else signed
        case "ratified" if row.is_listed and row.standing in ("none", "unknown", "signatory"):
            return _stand(replace(row, ratified=at), "ratified", at)
        case "in-force" if _is_bound_by_entry(row, at, own_joining):
            return _stand(replace(row, in_force=row.in_force or at), "party", at)
        case _:
            return row


def _is_bound_by_entry(row: PartyRow, at: Day, own_joining: Sequence[tuple[str, Day]]) -> bool:
    """Whether the treaty's entry into force makes it a party: not one that joins later."""
    if row.standing in ("left", "ratification-withdrawn", "suspended"):
        return False
    joins_later = any(kind != "signed" and is_surely_before(at, date) for kind, date in own_joining)
    return not joins_later and (row.is_listed or row.standing == "ratified")
