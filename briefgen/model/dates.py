"""Dates as authors know them: to the day, the month or the year.

A `Day` is an ISO 8601 calendar date, possibly cut short ("2021", "2021-01", "2021-01-26"); an
`Instant` is a day or a timestamp. Both are strings, so that they order, hash and serialise as
themselves.
"""

from __future__ import annotations

import calendar
import re
from contextlib import suppress
from datetime import UTC, date, datetime, tzinfo

_UTC_LENGTH = len("2021-01-26T18:00:00Z")
_DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)


class Day(str):
    """A calendar date known to the day, the month or the year, in ISO 8601."""

    __slots__ = ()

    @classmethod
    def parse(cls, text: str) -> Day:
        """Return the date that `text` writes.

        Raises ValueError, with a message for the author, where it is not a date of the calendar.
        """
        match = _DAY.fullmatch(text)
        if match is None:
            raise ValueError(f"{text!r} is not a date: write 2021, 2021-01 or 2021-01-26")
        year, month, day = match.groups()
        if year == "0000":
            raise ValueError(f"{text!r} is not a date: the calendar has no year 0")
        if month and not 1 <= int(month) <= 12:
            raise ValueError(f"{text!r} is not a date: there is no month {month}")
        if day and not 1 <= int(day) <= calendar.monthrange(int(year), int(month))[1]:
            raise ValueError(f"{text!r} is not a date: {year}-{month} has no day {day}")
        return cls(text)

    @property
    def is_exact(self) -> bool:
        """True where the date is known to the day."""
        return len(self) == 10

    @property
    def year(self) -> int:
        """The year, always known."""
        return int(self[:4])

    def first(self) -> Day:
        """The earliest day that the date may mean."""
        return self if len(self) == 10 else Day(self + "-01-01"[len(self) - 10 :])

    def last(self) -> Day:
        """The latest day that the date may mean."""
        if len(self) == 10:
            return self
        if len(self) == 4:
            return Day(self + "-12-31")
        return Day(f"{self}-{calendar.monthrange(int(self[:4]), int(self[5:7]))[1]:02}")

    def reached(self, on: Day) -> bool | None:
        """Whether this date has come by the exact day `on`; None where that can't be told."""
        if on >= self.last():
            return True
        return None if on >= self.first() else False

    def to_date(self) -> date:
        """The earliest day it may mean, as a `datetime.date`."""
        return date.fromisoformat(self.first())


class Instant(str):
    """A day ("2021-01-26") or a timestamp ("2021-01-26T18:00:00+03:00"), in ISO 8601."""

    __slots__ = ()

    @classmethod
    def parse(cls, text: str) -> Instant:
        """Return the instant that `text` writes; ValueError, for the author, where it is none."""
        if len(text) == 10 and _DAY.fullmatch(text):
            return cls(Day.parse(text))
        try:
            datetime.fromisoformat(text)
        except ValueError:
            pass
        else:
            if len(text) > 10 and _DAY.fullmatch(text[:10]):
                return cls(text)
        raise ValueError(
            f"{text!r} is not a date: write a day (2021-01-26) or a timestamp "
            "(2021-01-26T18:00:00Z)"
        )

    def moment(self, zone: tzinfo) -> datetime:
        """The instant as an aware datetime; a bare day is its midnight in `zone`."""
        found = datetime.fromisoformat(self)
        return found if found.tzinfo else found.replace(tzinfo=zone)

    @property
    def _is_utc(self) -> bool:
        """Whether it is written in UTC to the second, as most are."""
        return len(self) == _UTC_LENGTH and self[10] == "T" and self[-1] == "Z"

    def day(self, zone: tzinfo) -> Day:
        """The calendar day of the instant in `zone`; as written where the calendar ends there."""
        if len(self) == 10 or (self._is_utc and str(zone) == "UTC"):
            return Day(self[:10])
        moment = self.moment(zone)
        with suppress(OverflowError):  # before the first day of the calendar, after its last
            moment = moment.astimezone(zone)
        return Day(moment.date().isoformat())

    def utc(self, zone: tzinfo) -> str:
        """The moment in UTC to the second (RFC 3339), so that texts order as moments do.

        A bare day is its midnight in `zone`.
        """
        if self._is_utc:
            return str(self)
        moment = self.moment(zone)
        with suppress(OverflowError):  # before the first day of the calendar, after its last
            moment = moment.astimezone(UTC)
        return moment.replace(tzinfo=None, microsecond=0).isoformat() + "Z"
