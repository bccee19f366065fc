from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest
from facts_of_a_desk import PAGE, briefing

from briefgen.check.dates import check_dates

UTC = ZoneInfo("UTC")


@pytest.mark.parametrize(
    ("published", "updated", "keys"),
    [
        ("2021-01-26T00:00:00Z", None, []),
        ("2021-02-04T00:00:00Z", "2021-02-04", []),
        ("2021-01-25T00:00:00Z", None, ["published"]),
        ("2021-02-04T00:00:00Z", "2021-02-03", ["updated"]),
        ("2021-01-25T00:00:00Z", "2021-01-24", ["published", "updated"]),
    ],
)
def test_dates_in_order(published: str, updated: str | None, keys: list[str]) -> None:
    found = list(check_dates([briefing(published=published, updated=updated)], UTC))
    assert [(d.code, d.level, d.place.path, d.place.pointer) for d in found] == [
        ("date-order", "warning", PAGE, (key,)) for key in keys
    ]


def test_days_are_those_of_the_site() -> None:
    page = briefing(published="2021-01-25T23:00:00Z")
    assert list(check_dates([page], ZoneInfo("Europe/Berlin"))) == []
    assert len(list(check_dates([page], UTC))) == 1
