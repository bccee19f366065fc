from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace
from treaties_of_record import ALL, FICTION, RECORD, treaty

from briefgen.model import codec
from briefgen.model.dates import Day
from briefgen.model.treaty_status import (
    Departure,
    PartyCount,
    Suspension,
    TreatyStatus,
    status_on,
)

# treaty, day, state, since, until ("-": none; "indefinite": in force without an end)
RECORDED = """
new-start  2010-04-07 unsigned -          -
new-start  2010-04-08 provisional 2010-04-08 -
new-start  2011-02-04 provisional 2010-04-08 -
new-start  2011-02-05 in-force 2011-02-05 2021-02-05
new-start  2011-02-06 in-force 2011-02-05 2021-02-05
new-start  2018-02-05 in-force 2011-02-05 2021-02-05
new-start  2021-01-26 in-force 2011-02-05 2021-02-05
new-start  2021-02-02 in-force 2011-02-05 2021-02-05
new-start  2021-02-03 in-force 2011-02-05 2026-02-05
new-start  2021-02-05 in-force 2011-02-05 2026-02-05
new-start  2023-02-27 in-force 2011-02-05 2026-02-05
new-start  2023-02-28 in-force 2011-02-05 2026-02-05
new-start  2026-02-04 in-force 2011-02-05 2026-02-05
new-start  2026-02-05 expired  2026-02-05 -
new-start  2026-02-06 expired  2026-02-05 -
start-i    1991-07-30 unsigned -          -
start-i    1991-07-31 signed   1991-07-31 -
start-i    1992-05-23 signed   1991-07-31 -
start-i    1994-12-04 signed   1991-07-31 -
start-i    1994-12-05 in-force 1994-12-05 2009-12-05
start-i    2009-12-04 in-force 1994-12-05 2009-12-05
start-i    2009-12-05 expired  2009-12-05 -
start-i    2009-12-06 expired  2009-12-05 -
start-ii   1993-01-02 unsigned -          -
start-ii   1993-01-03 signed   1993-01-03 -
start-ii   1996-01-26 signed   1993-01-03 -
start-ii   2000-04-14 signed   1993-01-03 -
start-ii   2002-06-13 signed   1993-01-03 -
start-ii   2002-06-14 never-in-force 2002-06-14 -
start-ii   2002-06-15 never-in-force 2002-06-14 -
sort       2002-05-23 unsigned -          -
sort       2002-05-24 signed   2002-05-24 -
sort       2003-05-31 signed   2002-05-24 -
sort       2003-06-01 in-force 2003-06-01 2012-12-31
sort       2011-02-04 in-force 2003-06-01 2012-12-31
sort       2011-02-05 superseded 2011-02-05 -
sort       2012-12-31 superseded 2011-02-05 -
sort       2013-01-01 superseded 2011-02-05 -
inf        1987-12-07 unsigned -          -
inf        1987-12-08 signed   1987-12-08 -
inf        1988-05-31 signed   1987-12-08 -
inf        1988-06-01 in-force 1988-06-01 indefinite
inf        2019-02-01 in-force 1988-06-01 indefinite
inf        2019-02-02 in-force 1988-06-01 indefinite
inf        2019-08-01 in-force 1988-06-01 indefinite
inf        2019-08-02 terminated 2019-08-02 -
inf        2019-08-03 terminated 2019-08-02 -
npt        1968-06-30 unsigned -          -
npt        1968-07-01 signed   1968-07-01 -
npt        1970-03-04 signed   1968-07-01 -
npt        1970-03-05 in-force 1970-03-05 1995-05-11
npt        1995-05-10 in-force 1970-03-05 1995-05-11
npt        1995-05-11 in-force 1970-03-05 indefinite
npt        1995-05-12 in-force 1970-03-05 indefinite
npt        2026-11-24 in-force 1970-03-05 indefinite
open-skies 1992-03-23 unsigned -          -
open-skies 1992-03-24 provisional 1992-03-24 -
open-skies 2001-12-31 provisional 1992-03-24 -
open-skies 2002-01-01 in-force 2002-01-01 indefinite
open-skies 2020-11-22 in-force 2002-01-01 indefinite
open-skies 2021-12-18 in-force 2002-01-01 indefinite
ctbt       1996-09-23 unsigned -          -
ctbt       1996-09-24 signed   1996-09-24 -
ctbt       2023-11-01 signed   1996-09-24 -
ctbt       2023-11-02 signed   1996-09-24 -
ctbt       2026-11-24 signed   1996-09-24 -
north-atlantic 1949-04-03 unsigned -      -
north-atlantic 1949-04-04 signed 1949-04-04 -
north-atlantic 1949-08-23 signed 1949-04-04 -
north-atlantic 1949-08-24 in-force 1949-08-24 indefinite
north-atlantic 2024-03-07 in-force 1949-08-24 indefinite
"""

INVENTED = """
pause    2004-12-31 in-force  2001-01-01 2011-01-01
pause    2005-01-01 suspended 2005-01-01 2011-01-01
pause    2005-12-31 suspended 2005-01-01 2011-01-01
pause    2006-01-01 in-force  2006-01-01 2011-01-01
pause    2010-12-31 in-force  2006-01-01 2011-01-01
pause    2011-01-01 expired   2011-01-01 -
recess   2005-12-31 suspended 2005-01-01 indefinite
recess   2006-01-01 in-force  2006-01-01 indefinite
fade     2010-12-31 suspended 2010-01-01 2011-01-01
fade     2011-01-01 expired   2011-01-01 -
notice   2004-12-31 in-force  2001-01-01 indefinite
notice   2005-01-01 in-force  2001-01-01 2006-01-01
notice   2006-01-01 terminated 2006-01-01 -
trial    2000-06-01 provisional 2000-06-01 2001-06-01
trial    2001-05-31 provisional 2000-06-01 2001-06-01
trial    2001-06-01 signed    2001-06-01 -
trial    2003-01-01 never-in-force 2003-01-01 -
revival  2000-12-31 unknown   -          -
revival  2006-01-01 expired   2006-01-01 -
revival  2007-12-31 expired   2006-01-01 -
revival  2008-01-01 in-force  2008-01-01 indefinite
silent   2020-01-01 unknown   -          -
notes    2020-01-01 unknown   -          -
"""


def rows(table: str) -> list[list[str]]:
    return [line.split() for line in table.strip().splitlines()]


@pytest.mark.parametrize("row", rows(RECORDED) + rows(INVENTED), ids=" ".join)
def test_state_on_a_day(row: list[str]) -> None:
    name, day, state, since, until = row
    found = status_on(ALL[name], Day(day))
    shown = "indefinite" if found.is_indefinite else found.until or "-"
    assert (found.state, found.since or "-", shown) == (state, since, until)
    assert found.is_certain
    assert found.may_be == ()


def test_there_are_enough_rows_on_record() -> None:
    assert len(rows(RECORDED)) >= 60
    assert {row[0] for row in rows(RECORDED)} == set(RECORD)


# The year alone is known: its first day and its last decide where the answer is open.
@pytest.mark.parametrize(
    ("day", "state", "may_be"),
    [
        ("1989-12-31", "unsigned", ()),
        ("1990-01-01", "unsigned", ("signed",)),
        ("1990-12-30", "unsigned", ("signed",)),
        ("1990-12-31", "signed", ()),
        ("1991-05-31", "signed", ()),
        ("1991-06-01", "signed", ("in-force",)),
        ("1991-06-30", "in-force", ()),
        ("2000-12-31", "in-force", ()),
        ("2001-01-01", "in-force", ("expired",)),
        ("2001-12-31", "expired", ()),
    ],
)
def test_partial_dates_leave_the_state_open(day: str, state: str, may_be: tuple[str, ...]) -> None:
    found = status_on(FICTION["dim"], Day(day))
    assert (found.state, found.may_be, found.is_certain) == (state, may_be, not may_be)


def test_a_partial_date_is_kept_as_it_is_known() -> None:
    assert status_on(FICTION["dim"], Day("2005-01-01")).since == "2001"


def test_several_open_dates_are_read_in_order() -> None:
    quick = treaty("Quick", "a b", "1990 signed", "1990 in-force", "1990-06-01 suspended party=b")
    found = status_on(quick, Day("1990-03-01"))
    assert (found.state, found.may_be) == ("unsigned", ("signed", "in-force"))


def test_an_open_extension_leaves_the_end_open() -> None:
    lent = treaty("Lent", "a b", "1990-01-01 in-force until=1999-01-01", "1995 extended until=2005")
    found = status_on(lent, Day("1995-03-01"))
    assert (found.state, found.is_certain, found.may_be) == ("in-force", False, ())


@pytest.mark.parametrize(
    ("name", "day", "expected"),
    [
        ("new-start", "2023-02-27", ()),
        (
            "new-start",
            "2023-02-28",
            (Suspension("russia", Day("2023-02-28"), ("united-states",), 5),),
        ),
        (
            "new-start",
            "2026-02-04",
            (Suspension("russia", Day("2023-02-28"), ("united-states",), 5),),
        ),
        ("new-start", "2026-02-05", ()),  # what has ended can't be suspended
        ("inf", "2019-02-01", ()),
        ("inf", "2019-02-02", (Suspension("united-states", Day("2019-02-02"), (), 2),)),
        ("inf", "2019-08-02", ()),
        ("waver", "2003-12-31", (Suspension("sylvania", Day("2003-01-01"), (), 2),)),
        ("waver", "2004-01-01", ()),
        (
            "waver",
            "2005-12-31",
            (
                Suspension("freedonia", Day("2005-01-01"), (), 4, until=Day("2006-01-01")),
                Suspension("sylvania", Day("2005-01-01"), (), 4, until=Day("2006-01-01")),
            ),
        ),
        ("waver", "2006-01-01", ()),
        ("dim", "1995-01-01", (Suspension("sylvania", Day("1995"), (), 2, is_certain=False),)),
        ("dim", "1995-12-31", (Suspension("sylvania", Day("1995"), (), 2),)),
        ("pause", "2005-06-01", ()),  # the treaty itself, no party
    ],
)
def test_parties_that_suspended(name: str, day: str, expected: tuple[Suspension, ...]) -> None:
    assert status_on(ALL[name], Day(day)).suspended == expected


@pytest.mark.parametrize(
    ("name", "day", "expected"),
    [
        ("open-skies", "2020-11-21", ()),
        ("open-skies", "2020-11-22", (Departure("united-states", Day("2020-11-22")),)),
        (
            "open-skies",
            "2021-12-18",
            (
                Departure("united-states", Day("2020-11-22")),
                Departure("russia", Day("2021-12-18")),
            ),
        ),
        ("start-ii", "2002-06-14", (Departure("russia", Day("2002-06-14")),)),
        ("waver", "2009-12-31", (Departure("sylvania", Day("2009-01-01")),)),
        ("waver", "2010-01-01", ()),  # it came back
    ],
)
def test_parties_that_left(name: str, day: str, expected: tuple[Departure, ...]) -> None:
    assert status_on(ALL[name], Day(day)).left == expected


@pytest.mark.parametrize(
    ("name", "day", "expected"),
    [
        ("open-skies", "2001-12-31", None),
        ("open-skies", "2020-11-21", PartyCount(34, Day("2002-01-01"), 2)),
        ("open-skies", "2020-11-22", PartyCount(33, Day("2020-11-22"), 4)),
        ("open-skies", "2021-12-18", PartyCount(32, Day("2021-12-18"), 6)),
        ("north-atlantic", "2024-03-06", None),
        ("north-atlantic", "2024-03-07", PartyCount(32, Day("2024-03-07"), 2)),
    ],
)
def test_a_party_count_carries_its_date(name: str, day: str, expected: PartyCount | None) -> None:
    assert status_on(ALL[name], Day(day)).party_count == expected


@pytest.mark.parametrize(
    ("events", "day", "expected"),
    [
        ((), "2027-03-31", (34, "2001-01-01")),
        ((), "2027-04-01", (33, "2027-04-01")),
        (("2027-02-01 withdrew party=a count=30",), "2027-04-01", (30, "2027-02-01")),
        (("2027-04-01 withdrew party=a",), "2027-04-01", (33, "2027-04-01")),
    ],
)
def test_the_count_of_a_notice_holds_once_it_takes_effect(
    events: tuple[str, ...], day: str, expected: tuple[int, str]
) -> None:
    left = treaty("Left", "a b", "2001-01-01 in-force count=34",
                  "2026-10-01 denounced party=a until=2027-04-01 count=33", *events)  # fmt: skip
    found = status_on(left, Day(day)).party_count
    assert found is not None
    assert (found.count, found.since) == expected


def test_the_count_of_a_notice_of_the_treaty_itself_holds_from_its_end() -> None:
    over = treaty("Over", "a b", "2001-01-01 in-force", "2005-01-01 denounced until=2006 count=0")
    counts = [status_on(over, Day(day)).party_count for day in ("2005-06-01", "2006-12-31")]
    assert counts == [None, PartyCount(0, Day("2006"), 1, is_current=False)]


@pytest.mark.parametrize(
    ("event", "is_current"),
    [
        ("2026-01-01 withdrew party=a", False),
        ("2025-01-01 denounced party=a until=2026-01-01", False),
        ("2026 withdrew party=a", False),  # perhaps by this day
        ("2026-01-01 acceded party=c", False),
        ("2026-01-01 terminated", False),
        ("2026-01-01 note", True),
        ("2026-01-01 suspended party=a", True),
        ("2026-07-01 withdrew party=a", True),  # still to come
        ("2015-01-01 ratified party=b", True),  # of its day
        ("2014-06-01 acceded party=c", True),
    ],
)
def test_a_count_is_of_its_day_once_parties_join_or_leave(event: str, *, is_current: bool) -> None:
    some = treaty("Some", "a b", "2014-01-01 signed", "2015-01-01 in-force count=12", event)
    found = status_on(some, Day("2026-06-30")).party_count
    assert found == PartyCount(12, Day("2015-01-01"), 1, is_current)


@pytest.mark.parametrize(
    ("late", "day", "state", "since"),
    [
        ("2012-01-01 extended until=2020-01-01", "2012-01-01", "expired", "2010-01-01"),
        ("2012-01-01 superseded", "2012-01-01", "expired", "2010-01-01"),
        ("2012-01-01 suspended", "2012-01-01", "expired", "2010-01-01"),
        ("2012-01-01 provisionally-applied", "2012-01-01", "expired", "2010-01-01"),
        ("2012-01-01 signed", "2012-01-01", "expired", "2010-01-01"),
    ],
)
def test_the_first_end_stands(late: str, day: str, state: str, since: str) -> None:
    over = treaty("Over", "a b", "2000-01-01 in-force until=2010-01-01", late)
    found = status_on(over, Day(day))
    assert (found.state, found.since, found.until, found.is_indefinite) == (
        state,
        since,
        None,
        False,
    )


@pytest.mark.parametrize("kind", ["withdrew", "expired", "terminated", "superseded"])
def test_an_end_before_entry_into_force(kind: str) -> None:
    dropped = treaty("Dropped", "a b", "2000-01-01 signed", f"2001-01-01 {kind}")
    assert status_on(dropped, Day("2001-01-01")).state == "never-in-force"


def test_what_happened_on_paper_only_changes_nothing() -> None:
    plain = treaty(
        "Plain", "a b", "2000-01-01 signed", "2000-06-01 ratified", "2000-07-01 suspended"
    )
    assert status_on(plain, Day("2001-01-01")).state == "signed"


def test_the_events_that_an_answer_rests_on() -> None:
    found = status_on(RECORD["new-start"], Day("2022-01-01"))
    assert (found.event, found.term, found.signed_event, found.in_force_event) == (2, 4, 0, 2)
    assert (found.signed, found.in_force) == ("2010-04-08", "2011-02-05")
    assert status_on(RECORD["start-i"], Day("2010-01-01")).event == 2  # the term that ran out


def day_before(day: Day) -> Day:
    return Day((day.to_date() - timedelta(days=1)).isoformat())


@pytest.mark.parametrize("name", ALL)
def test_events_of_parties_never_change_the_state(name: str) -> None:
    whole = ALL[name]
    bare = replace(whole, events=tuple(e for e in whole.events if not e.parties))
    for event in whole.events:
        for day in (event.date.first(), day_before(event.date.first())):
            full, rest = status_on(whole, day), status_on(bare, day)
            assert (full.state, full.since, full.until) == (rest.state, rest.since, rest.until)


@pytest.mark.parametrize(
    ("day", "state"),
    [
        ("2014-12-31", "signed"),
        ("2015-01-01", "unknown"),  # not `signed`, which is told as not in force
        ("2019-12-31", "unknown"),
        ("2020-01-01", "terminated"),  # not `never-in-force`
    ],
)
def test_in_force_for_parties_alone_leaves_the_state_open(day: str, state: str) -> None:
    some = treaty("Some", "a b c", "2014-01-01 signed", "2015-01-01 in-force party=a+b",
                  "2018-01-01 in-force party=c", "2019-01-01 provisionally-applied",
                  "2019-06-01 signed", "2020-01-01 terminated")  # fmt: skip
    found = status_on(some, Day(day))
    assert (found.state, found.in_force) == (state, None)


def test_on_one_day_a_treaty_is_signed_before_it_is_in_force() -> None:
    day = ["2014-01-01 in-force", "2014-01-01 ratified party=a", "2014-01-01 signed"]
    found = status_on(treaty("T", "a b", *day), Day("2014-01-01"))
    turned = status_on(treaty("T", "a b", *reversed(day)), Day("2014-01-01"))
    assert (found.state, found.signed, found.since) == ("in-force", "2014-01-01", "2014-01-01")
    assert (turned.state, turned.signed, turned.since) == (found.state, found.signed, found.since)


def test_other_events_of_one_day_keep_the_order_of_the_file() -> None:
    again = treaty(
        "T", "a b", "2000-01-01 in-force", "2005-01-01 terminated", "2005-01-01 in-force"
    )
    assert status_on(again, Day("2005-01-01")).state == "in-force"


@pytest.mark.parametrize("name", RECORD)
def test_the_order_of_the_file_does_not_matter(name: str) -> None:
    whole = RECORD[name]
    # A reversed file keeps the order of events of one day, which is the author's to say.
    turned = replace(
        whole, events=tuple(sorted(whole.events, key=lambda e: e.date.year, reverse=True))
    )
    for event in whole.events:
        first, second = status_on(whole, event.date), status_on(turned, event.date)
        assert (first.state, first.since, first.until) == (second.state, second.since, second.until)


def test_an_answer_survives_the_cache() -> None:
    found = status_on(RECORD["new-start"], Day("2024-01-01"))
    assert codec.decoder(TreatyStatus).decode(codec.encode(found)) == found
