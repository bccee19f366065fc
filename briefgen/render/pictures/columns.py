"""Counts over time: equal spans of months or years side by side, and what falls into each.

In: months. Out: views of columns, their scale and its ticks, in per cents of the picture's width.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cached_property

import msgspec

from briefgen.model.dates import Day
from briefgen.render.pictures.axis import LEFT, RIGHT, per_cent, round_numbers
from briefgen.render.view import Column, Scale, Tick

MOST = 96
"""How many columns a picture has at most: on a telephone each is still three pixels wide."""
TALLEST = 40
"""The height of the tallest bar, in pixels."""

_DASH = "\N{EN DASH}"
_YEAR = 12  # all is counted in months
_YEARS = (_YEAR, 10 * _YEAR, 100 * _YEAR)
_WIDEST = 300  # of a bar, in hundredths of a per cent
_MONTHS = 3  # as many as have room on a telephone: they are words
_EDGE = 120  # nearer to an edge than this for each letter, a label is not across its tick


class Spans(msgspec.Struct, frozen=True, dict=True):
    """Spans of `step` months each; the first begins `first` spans after the year 0."""

    first: int
    count: int
    step: int

    @classmethod
    def over(
        cls, months: Collection[int], *, most: int = MOST, may_be_months: bool = False
    ) -> Spans:
        """The shortest spans that show all months, of which there must be one.

        Spans of a month only where they are asked for, and few.
        """
        low, high = min(months), max(months)
        steps: tuple[int, ...] = _YEARS
        if may_be_months and high - low < 3 * _YEAR:
            steps = (1, *_YEARS)
        fit = (step for step in steps if high // step - low // step < most)
        step = next(fit, steps[-1])
        return cls(low // step, high // step - low // step + 1, step)

    def place(self, month: int) -> int:
        """In which span a month is, counted from 0."""
        return month // self.step - self.first

    def name(self, place: int) -> str:
        """A span in figures: "2021-03", "2021", "1990–1999"."""  # noqa: RUF002 - a dash of years
        month = (self.first + place) * self.step
        year = month // _YEAR
        if self.step < _YEAR:
            return f"{year:04}-{month % _YEAR + 1:02}"
        if self.step == _YEAR:
            return f"{year:04}"
        return f"{year:04}{_DASH}{year + self.step // _YEAR - 1:04}"

    def _edge(self, halves: int) -> int:
        return LEFT + (RIGHT - LEFT) * halves // (2 * self.count)

    def _width(self) -> int:
        """The width of a bar: there is a gap between two, and none is a wall."""
        return min((RIGHT - LEFT) * 4 // (5 * self.count), _WIDEST)

    def scale(self) -> Scale:
        """The spans of a picture, and those that are named below it."""
        if self.step < _YEAR:
            named = range(0, self.count, -(-self.count // _MONTHS))
        else:  # round years, or decades
            round_ = round_numbers(self.first, self.first + self.count - 1)
            named = range(round_.start - self.first, self.count, round_.step)
        return Scale(
            first=self.name(0),
            last=self.name(self.count - 1),
            width=per_cent(self._width()),
            years=self.step // _YEAR,
            ticks=tuple(map(self._tick, named)),
        )

    def _tick(self, place: int) -> Tick:
        at = self._edge(2 * place + 1)
        name = self.name(place).partition(_DASH)[0]
        edge = _EDGE * len(name)
        anchor = "start" if at < edge else "end" if at > 10000 - edge else "middle"
        return Tick(at=per_cent(at), name=name, anchor=anchor)

    @cached_property
    def _bars(self) -> tuple[tuple[str, str], ...]:
        """Where the bar of each span begins, and the span's name."""
        half = self._width() // 2
        return tuple(
            (per_cent(self._edge(2 * place + 1) - half), self.name(place))
            for place in range(self.count)
        )

    def columns(
        self, counts: Mapping[int, int], *, full: int | None = None, tallest: int = TALLEST
    ) -> tuple[Column, ...]:
        """The spans that have anything, of what each has; the tallest bar is that of `full` things.

        Without `full` it is that of the fullest span.
        """
        most = full or max(counts.values(), default=1)
        return tuple(
            Column(
                left=self._bars[place][0],
                name=self._bars[place][1],
                count=count,
                height=-(-count * tallest // most),
            )
            for place, count in sorted(counts.items())
        )


def month_of(day: Day) -> int:
    """A day's month, counted from the year 0; of a year alone, the first."""
    return int(day[:4]) * _YEAR + int(day[5:7] or 1) - 1


def year_of(month: int) -> int:
    """The year of a month that is so counted."""
    return month // _YEAR
