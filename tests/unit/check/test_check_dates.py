from __future__ import annotations

from zoneinfo import ZoneInfo

import msgspec
import pytest
from facts_of_a_desk import PAGE, briefing, note

from briefgen.check.dates import check_dates
from briefgen.model.dates import Day

UTC = ZoneInfo("UTC")
TODAY = Day("2021-06-01")


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
    found = list(check_dates([briefing(published=published, updated=updated)], UTC, TODAY))
    assert [(d.code, d.level, d.place.path, d.place.pointer) for d in found] == [
        ("date-order", "warning", PAGE, (key,)) for key in keys
    ]


def test_days_are_those_of_the_site() -> None:
    page = briefing(published="2021-01-25T23:00:00Z")
    assert list(check_dates([page], ZoneInfo("Europe/Berlin"), TODAY)) == []
    assert len(list(check_dates([page], UTC, TODAY))) == 1


@pytest.mark.parametrize(
    ("dates", "fields", "told"),
    [
        (["2021-02-04", "2021-03-01"], {"updated": "2021-03-01"}, []),
        (["2021-02-04", "2021-03-01"], {"updated": "2021-02-04"}, [("date-order", "updated")]),
        (["2021-03"], {"updated": "2021-03-01"}, []),  # nothing says that it is older
        (["2021-01-25"], {}, [("date-order", "date")]),
        (["2021-01"], {}, []),
        (["2021"], {}, []),
        (["2021-06-02"], {}, []),  # which it may be where the author is
        (["2021-06-03"], {}, [("date-ahead", "date")]),
        (["2021-06-03"], {"published": "2021-07-01T00:00:00Z"}, []),  # a look at what waits
        ([], {"updated": "2021-07-01"}, [("date-ahead", "updated")]),
    ],
)
def test_dates_of_notes(
    dates: list[str], fields: dict[str, str], told: list[tuple[str, str]]
) -> None:
    page = briefing(annotations=tuple(note("context", one) for one in dates), **fields)
    found = check_dates([page], UTC, TODAY)
    assert [(one.code, one.place.pointer[-1]) for one in found] == told


def test_an_update_wants_a_date() -> None:
    page = briefing(annotations=(note("update"), note("context"), note("update", "2021-03-01")))
    found = list(check_dates([page], UTC, TODAY))
    assert [(one.code, one.place.pointer) for one in found] == [
        ("update-undated", ("annotations", "0", "kind"))
    ]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("2021-01-26-call.md", 0),
        ("2021-01-25-call.md", 0),  # elsewhere it was that day
        ("2021-02-04-call.md", 0),  # of publication
        ("2016-01-26-call.md", 1),
        ("2021-13-26-call.md", 0),  # no date
        ("call-2016-01-26.md", 0),
    ],
)
def test_the_date_of_a_files_name(name: str, told: int) -> None:
    page = msgspec.structs.replace(briefing(), path=f"content/briefings/2000-01-01-x/{name}")
    assert len(list(check_dates([page], UTC, TODAY))) == told
