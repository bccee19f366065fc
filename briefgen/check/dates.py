"""Rules on the dates of a briefing: in which order it was written, published, annotated, updated.

In: facts of briefings. Out: diagnostics. Whether each is a date at all the schema says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date, timedelta, tzinfo

from briefgen.model.dates import Day
from briefgen.model.diagnostics import Diagnostic, Place, finding
from briefgen.model.facts import BriefingFacts

_DATE = re.compile(r"\d{4}-\d\d-\d\d(?=-)", re.ASCII).match


def check_dates(
    briefings: Iterable[BriefingFacts], zone: tzinfo, as_of: Day
) -> Iterator[Diagnostic]:
    """Report dates that contradict each other (date-order) or have not come yet (date-ahead).

    And notes of kind `update` without a date (update-undated). Days are compared, in `zone`, that
    of the site. Nothing is ahead of the day on which a briefing is to go public.
    """
    latest = _day_after(as_of)
    for briefing in briefings:
        published = briefing.published_day(zone)
        updated = briefing.updated.day(zone) if briefing.updated else None
        yield from _file_name(briefing, (briefing.date, published, updated or published))
        if published < briefing.date:
            yield finding(
                "date-order",
                Place(briefing.path, pointer=("published",)),
                f"`published` ({published}) lies before `date` ({briefing.date}).",
                "`date` is the day on which the article was written, `published` the day on which "
                "the briefing went public; correct one of them.",
            )
        if updated and updated < published:
            yield finding(
                "date-order",
                Place(briefing.path, pointer=("updated",)),
                f"`updated` ({updated}) lies before the day on which the briefing went public "
                f"({published}).",
                "`updated` is the day of the last change after that; correct it, or take it out.",
            )
        if updated or briefing.annotations or briefing.corrections:
            yield from _changes(briefing, updated, published, max(latest, published))


def _file_name(briefing: BriefingFacts, days: Sequence[Day]) -> Iterator[Diagnostic]:
    """Report (date-order) a file whose name begins with a date that is none of the briefing's."""
    named = _DATE(briefing.path.rpartition("/")[2])
    if named is None or any(named[0] == day for day in days):
        return
    with suppress(ValueError):
        day = Day.parse(named[0])
        if all(abs((day.to_date() - one.to_date()).days) > 1 for one in days):  # in any time zone
            yield finding(
                "date-order",
                Place(briefing.path, pointer=("date",)),
                f"`date` is {briefing.date}, and the name of the file says {day}.",
                "Correct one of the two; the name may also have the day of `published`.",
            )


def _changes(
    briefing: BriefingFacts, updated: Day | None, published: Day, latest: Day
) -> Iterator[Diagnostic]:
    """What is wrong with the dates of notes and corrections, and with `updated` beside them."""
    path = briefing.path
    dated: list[tuple[str, Day, Place]] = []
    for number, note in enumerate(briefing.annotations):
        pointer = ("annotations", str(number))
        if note.date is not None:
            dated.append(("note", note.date, Place(path, pointer=(*pointer, "date"))))
        elif note.kind == "update":
            yield finding(
                "update-undated",
                Place(path, pointer=(*pointer, "kind")),
                "A note of kind `update` has no date, so it counts as one of the day on which the "
                f"briefing went public ({published}).",
                "Add the day on which it was written: `date: 2021-02-04`.",
            )
    for number, correction in enumerate(briefing.corrections):
        at = Place(path, pointer=("corrections", str(number), "date"))
        dated.append(("correction", correction.date, at))
    for what, day, place in dated:
        if day.last() < briefing.date:
            message = f"The {what} is dated {day}, before the article was written: `date` is "
            yield finding(
                "date-order", place, f"{message}{briefing.date}.", "Correct one of the two."
            )
    newest = max(((day.first(), what) for what, day, _ in dated), default=None)
    if updated and newest and updated < newest[0]:
        yield finding(
            "date-order",
            Place(path, pointer=("updated",)),
            f"`updated` ({updated}) lies before the newest {newest[1]} ({newest[0]}).",
            f"Write `updated: {newest[0]}`, or correct the date of the {newest[1]}.",
        )
    if updated:
        dated.append(("update", updated, Place(path, pointer=("updated",))))
    yield from (
        finding(
            "date-ahead",
            place,
            f"The {what} is dated {day}, which has not come yet.",
            "Correct the date; a briefing that waits for its day is `published` on it.",
        )
        for what, day, place in dated
        if day.first() > latest
    )


def _day_after(day: Day) -> Day:
    """The day after, which it may be where the author is; the same where the calendar ends."""
    if day >= "9999-12-31":
        return day
    return Day((date.fromisoformat(day) + timedelta(days=1)).isoformat())
