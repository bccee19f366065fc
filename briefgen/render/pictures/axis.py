"""An axis of time: from dates to places on a picture.

In: the years it must show, and dates. Out: per cents of the picture's width, as text with two
decimals at most. Counting is done in whole numbers, so that every machine says the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import msgspec

from briefgen.model.dates import Day
from briefgen.render.view import Tick

LEFT, RIGHT = 150, 9700
"""Where an axis begins and ends, in hundredths of a per cent: round marks must not be cut off."""

_LAST_YEAR = 9999  # of the calendar


def per_cent(hundredths: int) -> str:
    """A number of hundredths of a per cent as SVG wants it: "12.5"."""
    whole, part = divmod(hundredths, 100)
    return f"{whole}.{part:02}".rstrip("0").rstrip(".")


class Axis(msgspec.Struct, frozen=True):
    """Whole years, from the first day of `first` to the last of `last`."""

    first: int
    last: int

    @classmethod
    def over(cls, days: Iterable[Day]) -> Axis:
        """The shortest axis that shows all days, of which there must be one."""
        years = [day.year for day in days]
        return cls(min(years), max(years))

    def wider(self, day: Day) -> Axis:
        """The same axis, or one that is just long enough to show a day too."""
        return Axis(min(self.first, day.year), max(self.last, day.year))

    def place(self, day: Day, *, is_end: bool = False) -> int:
        """Where a day is, in hundredths of a per cent; what lies outside is at the nearer end.

        A partial date is at the first day that it may mean, with `is_end` at the last.
        """
        start = date(self.first, 1, 1).toordinal()
        days = date(self.last, 12, 31).toordinal() - start
        at = date.fromisoformat(day.last() if is_end else day.first()).toordinal() - start
        return LEFT + (RIGHT - LEFT) * min(max(at, 0), days) // days

    def at(self, day: Day) -> str:
        """The same as a per cent."""
        return per_cent(self.place(day))


_LABELS = 4  # as many as have room on a telephone
_EDGE = 480  # nearer to an edge than this, a label does not stand across its tick


def ticks(axis: Axis) -> tuple[Tick, ...]:
    """The years that are named below a picture, each where it begins."""
    stride = -(-(axis.last - axis.first + 1) // _LABELS)
    found = []
    for year in range(axis.first, axis.last + 1, stride):
        at = axis.place(Day(f"{year:04}"))
        anchor = "start" if at < _EDGE else "end" if at > 10000 - _EDGE else "middle"
        found.append(Tick(at=per_cent(at), name=f"{year:04}", anchor=anchor))
    return tuple(found)


def horizon(axis: Axis, years: int) -> int:
    """The last year that an axis may be stretched to by an end that is foreseen."""
    return min(axis.last + years, _LAST_YEAR)
