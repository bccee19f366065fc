"""Moments in UTC."""

from zoneinfo import ZoneInfo

import pytest

from briefgen.model.dates import Instant


@pytest.mark.parametrize(
    ("instant", "zone", "expected"),
    [
        ("2021-02-04", "UTC", "2021-02-04T00:00:00Z"),
        ("2021-02-04", "Europe/Berlin", "2021-02-03T23:00:00Z"),
        ("2021-07-04", "Europe/Berlin", "2021-07-03T22:00:00Z"),
        ("2021-02-04T10:00:00Z", "Europe/Berlin", "2021-02-04T10:00:00Z"),
        ("2021-02-04 10:00:00Z", "Europe/Berlin", "2021-02-04T10:00:00Z"),
        ("2021-02-04T10:00:00", "Europe/Berlin", "2021-02-04T09:00:00Z"),
        ("2021-02-04T10:00:00.5+03:00", "Europe/Berlin", "2021-02-04T07:00:00Z"),
        ("0001-01-01", "Europe/Berlin", "0001-01-01T00:00:00Z"),
        ("9999-12-31T23:00:00-05:00", "UTC", "9999-12-31T23:00:00Z"),
    ],
)
def test_utc(instant, zone, expected):
    assert Instant.parse(instant).utc(ZoneInfo(zone)) == expected
