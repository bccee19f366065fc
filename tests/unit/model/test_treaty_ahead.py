from __future__ import annotations

import pytest
from treaties_of_record import treaty

from briefgen.model.dates import Day
from briefgen.model.treaty_status import Foreseen, Notice, dates_ahead, foreseen, status_on

TERM = "2016-10-01 in-force until=2027-10-01"
ON = Day("2026-11-30")


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ([TERM], Foreseen()),
        ([TERM, "2027-01-15 terminated"], Foreseen((1,), 1, "terminated")),
        ([TERM, "2027-01-15 superseded"], Foreseen((1,), 1, "superseded")),
        # The term runs out first; the event contradicts that, and is told as what is to come.
        ([TERM, "2028-01-15 terminated"], Foreseen((1,))),
        # What may have come is not foreseen, and what is but a note is no event to come.
        ([TERM, "2026 terminated"], Foreseen()),
        ([TERM, "2027 note"], Foreseen()),
        ([TERM, "2027-02-01 withdrew party=a", "2027-01-01 extended"], Foreseen((2, 1))),
        (["2016-10-01 in-force", "2026-11-30 terminated"], Foreseen()),
        (["2016-10-01 in-force", "2026-12-01 terminated"], Foreseen((1,), 1, "terminated")),
    ],
)
def test_what_is_to_come(events: list[str], expected: Foreseen) -> None:
    assert foreseen(treaty("X", "a b", *events), ON) == expected


def test_dates_ahead_are_those_that_have_surely_not_come() -> None:
    dim = treaty("X", "a b", "2026 signed", "2026-11-30 ratified", "2026-12 in-force", "2027 note")
    assert dates_ahead(dim, ON) == ("2026-12", "2027")


def test_a_notice_lasts_until_its_party_has_left() -> None:
    one = treaty(
        "X",
        "a b c",
        "2000-01-01 in-force",
        "2010-01-01 denounced party=a until=2011-01-01",
        "2012-01-01 acceded party=a",
        "2020-01-01 denounced party=a",
        "2030-01-01 withdrew party=a",
    )

    def notices(day: str) -> tuple[Notice, ...]:
        return status_on(one, Day(day)).notices

    assert notices("2009-12-31") == ()
    assert notices("2010-12-31") == (Notice("a", Day("2010-01-01"), Day("2011-01-01")),)
    assert notices("2011-01-01") == notices("2019-12-31") == ()  # it has left, and joined anew
    assert notices("2020-01-01") == (Notice("a", Day("2020-01-01"), None),)
    assert notices("2030-01-01") == ()


def test_a_notice_of_the_treaty_itself_without_a_day_leaves_its_end_open() -> None:
    one = treaty("X", "a b", "2000-01-01 in-force", "2010-01-01 denounced", "2015-01-01 extended")
    noticed = status_on(one, Day("2010-01-01"))
    assert noticed.notices == (Notice(None, Day("2010-01-01"), None),)
    assert not noticed.is_indefinite
    made_indefinite = status_on(one, Day("2015-01-01"))
    assert made_indefinite.notices == ()
    assert made_indefinite.is_indefinite


def test_a_status_says_what_its_end_leads_to_and_until_when_a_pause_lasts() -> None:
    one = treaty(
        "X",
        "a b",
        "2000-01-01 in-force",
        "2010-01-01 denounced until=2030-01-01",
        "2011-01-01 suspended until=2012-01-01",
    )
    found = status_on(one, Day("2011-06-01"))
    assert (found.until, found.lapses_to) == ("2030-01-01", "terminated")
    assert found.pauses_until == "2012-01-01"
    assert status_on(one, Day("2012-01-01")).pauses_until is None
