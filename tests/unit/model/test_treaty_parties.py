from __future__ import annotations

import pytest
from treaties_of_record import ALL, RECORD, treaty

from briefgen.model.dates import Day
from briefgen.model.treaty_parties import PartyRow, party_rows


def row(name: str, party: str, day: str) -> PartyRow:
    return next(found for found in party_rows(ALL[name], Day(day)) if found.party == party)


@pytest.mark.parametrize(
    ("name", "party", "day", "standing", "since"),
    [
        ("new-start", "russia", "2010-04-07", "none", None),
        ("new-start", "russia", "2010-04-08", "signatory", "2010-04-08"),
        ("new-start", "russia", "2011-02-04", "signatory", "2010-04-08"),
        ("new-start", "russia", "2011-02-05", "party", "2011-02-05"),
        ("new-start", "russia", "2023-02-27", "party", "2011-02-05"),
        ("new-start", "russia", "2023-02-28", "suspended", "2023-02-28"),
        ("new-start", "united-states", "2023-02-28", "party", "2011-02-05"),
        ("new-start", "russia", "2026-02-05", "former-party", "2026-02-05"),
        ("new-start", "united-states", "2026-02-05", "former-party", "2026-02-05"),
        ("start-i", "ukraine", "2000-01-01", "party", "1994-12-05"),
        ("start-i", "ukraine", "2009-12-05", "former-party", "2009-12-05"),
        ("start-ii", "united-states", "1996-01-25", "signatory", "1993-01-03"),
        ("start-ii", "united-states", "1996-01-26", "ratified", "1996-01-26"),
        ("start-ii", "russia", "2002-06-13", "ratified", "2000-04-14"),
        ("start-ii", "russia", "2002-06-14", "left", "2002-06-14"),
        ("start-ii", "united-states", "2002-06-14", "ratified", "1996-01-26"),
        ("sort", "russia", "2011-02-05", "former-party", "2011-02-05"),
        ("inf", "united-states", "2019-02-02", "suspended", "2019-02-02"),
        ("inf", "united-states", "2019-08-02", "left", "2019-08-02"),
        ("inf", "russia", "2019-08-01", "party", "1988-06-01"),
        ("inf", "russia", "2019-08-02", "former-party", "2019-08-02"),
        ("open-skies", "united-states", "2020-05-22", "party", "2002-01-01"),
        ("open-skies", "united-states", "2020-11-21", "party", "2002-01-01"),
        ("open-skies", "united-states", "2020-11-22", "left", "2020-11-22"),
        ("open-skies", "russia", "2021-12-17", "party", "2002-01-01"),
        ("open-skies", "russia", "2021-12-18", "left", "2021-12-18"),
        ("open-skies", "canada", "2026-01-01", "party", "2002-01-01"),
        ("ctbt", "united-states", "2026-01-01", "signatory", "1996-09-24"),
        ("ctbt", "russia", "2023-11-01", "signatory", "1996-09-24"),
        ("ctbt", "russia", "2023-11-02", "ratification-withdrawn", "2023-11-02"),
        ("waver", "sylvania", "2003-01-01", "suspended", "2003-01-01"),
        ("waver", "sylvania", "2004-01-01", "party", "2004-01-01"),
        ("waver", "sylvania", "2009-01-01", "left", "2009-01-01"),
        ("waver", "sylvania", "2010-01-01", "party", "2010-01-01"),
        ("waver", "freedonia", "2006-01-01", "party", "2006-01-01"),
        ("waver", "ruritania", "2008-01-01", "party", "2008-01-01"),
        ("pause", "freedonia", "2005-06-01", "party", "2001-01-01"),
        ("revival", "freedonia", "2007-01-01", "former-party", "2006-01-01"),
        ("revival", "freedonia", "2008-01-01", "party", "2008-01-01"),
        ("silent", "freedonia", "2020-01-01", "unknown", None),
    ],
)
def test_standing(name: str, party: str, day: str, standing: str, since: str | None) -> None:
    found = row(name, party, day)
    assert (found.standing, found.since) == (standing, since)
    assert found.is_certain


def test_dates_of_what_happened_and_nothing_later() -> None:
    late = row("new-start", "russia", "2026-02-05")
    assert (late.signed, late.in_force, late.suspended) == (
        "2010-04-08",
        "2011-02-05",
        "2023-02-28",
    )
    assert late.contested_by == ("united-states",)
    assert late.events == (5,)
    early = row("new-start", "russia", "2011-02-05")
    assert (early.in_force, early.suspended, early.contested_by) == ("2011-02-05", None, ())


def test_a_notice_names_the_day_on_which_it_takes_effect() -> None:
    found = row("open-skies", "russia", "2021-06-18")
    assert (found.notice, found.leaves, found.left) == ("2021-06-18", "2021-12-18", None)


def test_a_notice_takes_effect_by_the_calendar() -> None:
    left = treaty(
        "T", "a b", "2001-01-01 in-force", "2005-01-01 denounced party=a until=2005-07-01"
    )
    standings = [
        [found.standing for found in party_rows(left, Day(day))]
        for day in ("2005-06-30", "2005-07-01")
    ]
    assert standings == [["party", "party"], ["left", "party"]]


def test_a_ratification_withdrawn_leaves_the_signature() -> None:
    assert row("ctbt", "russia", "2023-11-02").signed == "1996-09-24"


def test_a_party_that_only_events_name_comes_with_its_first_event() -> None:
    names = [
        [found.party for found in party_rows(ALL["waver"], Day(day)) if not found.is_listed]
        for day in ("2007-12-31", "2008-01-01")
    ]
    assert names == [[], ["ruritania"]]


def test_entry_into_force_does_not_bind_a_party_that_joins_later() -> None:
    late = treaty(
        "T", "a b c", "2000-01-01 signed", "2001-01-01 in-force", "2005-01-01 ratified party=b",
        "2006-01-01 acceded party=c",
    )  # fmt: skip
    found = party_rows(late, Day("2004-01-01"))
    assert [(r.standing, r.signed, r.in_force) for r in found] == [
        ("party", "2000-01-01", "2001-01-01"),
        ("signatory", "2000-01-01", None),
        ("none", None, None),  # who accedes has not signed
    ]
    assert [r.standing for r in party_rows(late, Day("2006-01-01"))] == ["party"] * 3


def test_entry_into_force_does_not_bind_a_party_with_a_later_one_of_its_own() -> None:
    late = treaty("T", "a b", "2000-01-01 signed", "2001-01-01 in-force",
                  "2005-01-01 in-force party=b")  # fmt: skip
    standings = [
        [(r.standing, r.in_force) for r in party_rows(late, Day(day))]
        for day in ("2004-12-31", "2005-01-01")
    ]
    assert standings[0] == [("party", "2001-01-01"), ("signatory", None)]
    assert standings[1] == [("party", "2001-01-01"), ("party", "2005-01-01")]


@pytest.mark.parametrize("leaving", ["withdrew", "denounced until=2016-06-01", "terminated"])
def test_a_party_that_joins_anew_keeps_its_first_membership(leaving: str) -> None:
    kind, _, until = leaving.partition(" ")
    back = treaty("T", "a b", "2014-01-01 signed", "2015-01-01 in-force",
                  f"2016-01-01 {kind} party=b {until}", "2018-01-01 acceded party=b")  # fmt: skip
    found = [
        next(row for row in party_rows(back, Day(day)) if row.party == "b")
        for day in ("2014-06-01", "2015-06-01", "2017-01-01", "2018-01-01")
    ]
    assert [row.standing for row in found] == ["signatory", "party", "left", "party"]
    assert (found[3].signed, found[3].in_force, found[3].left, found[3].acceded) == (
        "2014-01-01", "2015-01-01", found[2].since, "2018-01-01",
    )  # fmt: skip


def test_a_notice_is_taken_back_before_its_day() -> None:
    stays = treaty("T", "a b", "2001-01-01 in-force", "2005-01-01 denounced party=a until=2005-07-01",
                   "2005-03-01 resumed party=a")  # fmt: skip
    found = [
        next(row for row in party_rows(stays, Day(day)) if row.party == "a")
        for day in ("2005-02-28", "2005-03-01", "2005-07-01")
    ]
    assert [(row.standing, row.leaves, row.is_leaving) for row in found] == [
        ("party", "2005-07-01", True), ("party", None, False), ("party", None, False),
    ]  # fmt: skip
    assert (found[2].notice, found[2].left, found[2].resumed) == (None, None, None)


def test_a_suspension_that_is_over_leaves_the_notice() -> None:
    still = treaty("T", "a b", "2001-01-01 in-force", "2004-01-01 suspended party=a",
                   "2005-01-01 denounced party=a until=2005-07-01",
                   "2005-03-01 resumed party=a")  # fmt: skip
    standings = [party_rows(still, Day(day))[0].standing for day in ("2005-03-01", "2005-07-01")]
    assert standings == ["party", "left"]


def test_a_party_named_by_its_ratification_alone_is_bound_by_entry() -> None:
    open_treaty = treaty("T", "", "2000-01-01 ratified party=a", "2001-01-01 in-force")
    assert [r.standing for r in party_rows(open_treaty, Day("2001-01-01"))] == ["party"]


@pytest.mark.parametrize(
    ("day", "standing", "may_be"),
    [
        ("1994-12-31", "party", ()),
        ("1995-01-01", "party", ("suspended",)),
        ("1995-12-30", "party", ("suspended",)),
        ("1995-12-31", "suspended", ()),
    ],
)
def test_a_year_leaves_the_standing_open(day: str, standing: str, may_be: tuple[str, ...]) -> None:
    found = row("dim", "sylvania", day)
    assert (found.standing, found.may_be, found.is_certain) == (standing, may_be, not may_be)


def test_a_party_that_may_have_come_is_shown() -> None:
    maybe = treaty("T", "a", "2000-01-01 in-force", "2005 acceded party=b")
    found = party_rows(maybe, Day("2005-06-01"))[1]
    assert (found.party, found.standing, found.may_be) == ("b", "none", ("party",))


def test_listed_parties_come_first_in_the_order_of_the_file() -> None:
    found = party_rows(RECORD["start-i"], Day("2000-01-01"))
    assert [r.party for r in found] == [p.key for p in RECORD["start-i"].parties]
