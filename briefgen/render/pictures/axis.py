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


LABELS = 5
"""How many years are named below a picture at most: as many as have room in a fact box."""
_LINES = 10
_STRIDES = (1, 2, 5)
_EDGE = 480  # nearer to an edge than this, a label does not stand across its tick


def round_numbers(first: int, last: int, most: int = LABELS) -> range:
    """The roundest numbers between two, `most` at most: by ones, twos, fives, tens and so on."""
    power = 1
    while True:
        for stride in _STRIDES:
            step = stride * power
            found = range(-(-first // step) * step, last + 1, step)
            if len(found) <= most:
                return found
        power *= 10


def ticks(axis: Axis) -> tuple[Tick, ...]:
    """The round years that are named below a picture, each where it begins."""
    found = []
    for year in round_numbers(axis.first, axis.last):
        at = axis.place(Day(f"{year:04}"))
        anchor = "start" if at < _EDGE else "end" if at > 10000 - _EDGE else "middle"
        found.append(Tick(at=per_cent(at), name=f"{year:04}", anchor=anchor))
    return tuple(found)


def grid(axis: Axis) -> tuple[str, ...]:
    """The round years that have a line in a picture, named or not: of a century each decade."""
    years = round_numbers(axis.first, axis.last, _LINES)
    return tuple(axis.at(Day(f"{year:04}")) for year in years)


def horizon(axis: Axis, years: int) -> int:
    """The last year that an axis may be stretched to by an end that is foreseen."""
    return min(axis.last + years, _LAST_YEAR)
