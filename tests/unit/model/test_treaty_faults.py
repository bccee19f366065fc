from __future__ import annotations

import pytest
from treaties_of_record import ALL, treaty

from briefgen.model.treaty_faults import event_faults, open_notices

FORCE = "2000-01-01 in-force until=2010-01-01"
OPEN = "2000-01-01 in-force"


@pytest.mark.parametrize(
    ("events", "index", "message"),
    [
        (
            ["2000-01-01 in-force until=1999-01-01"],
            0,
            "`until` (1999-01-01) is not after the event's own date (2000-01-01)",
        ),
        (
            ["2000-01-01 in-force until=2000-01-01"],
            0,
            "`until` (2000-01-01) is not after the event's own date (2000-01-01)",
        ),
        (
            [FORCE, "2011-01-01 extended until=2020-01-01"],
            1,
            "`extended` of 2011-01-01: the treaty had ended on 2010-01-01",
        ),
        (
            [OPEN, "2005-01-01 terminated", "2006-01-01 withdrew party=a"],
            2,
            "`withdrew` of 2006-01-01: the treaty had ended on 2005-01-01",
        ),
        (
            ["1999-01-01 signed", "1999-06-01 terminated", "2000-01-01 in-force"],
            2,
            "`in-force` of 2000-01-01: the treaty had ended without being in force on 1999-06-01",
        ),
        (
            [FORCE, "2010-01-02 expired"],
            1,
            "`expired` of 2010-01-02: the treaty had ended on 2010-01-01",
        ),
        (
            [FORCE, "2009-12-31 expired"],
            1,
            "`expired` of 2009-12-31: its term ran until 2010-01-01",
        ),
        (
            [FORCE, "2005-01-01 extended until=2009-01-01"],
            1,
            "`extended` of 2005-01-01: its term ran until 2010-01-01 already",
        ),
        (
            [FORCE, "2005-01-01 extended until=2010-01-01"],
            1,
            "`extended` of 2005-01-01: its term ran until 2010-01-01 already",
        ),
        (
            ["1999-01-01 signed", "1999-06-01 extended until=2005-01-01"],
            1,
            "`extended` of 1999-06-01: the treaty was not in force",
        ),
        ([OPEN, "2005-01-01 resumed"], 1, "`resumed` of 2005-01-01: the treaty was not suspended"),
        (
            [OPEN, "2005-01-01 resumed party=a"],
            1,
            "`resumed` of 2005-01-01: `a` had not suspended, nor given notice",
        ),
        (
            [OPEN, "2004-01-01 suspended party=a", "2005-01-01 resumed"],
            2,
            "`resumed` of 2005-01-01: the treaty was not suspended",
        ),
        (
            [OPEN, "2004-01-01 suspended", "2005-01-01 suspended"],
            2,
            "`suspended` of 2005-01-01: the treaty was suspended already, on 2004-01-01",
        ),
        (
            [OPEN, "2004-01-01 suspended party=a", "2005-01-01 suspended party=a"],
            2,
            "`suspended` of 2005-01-01: `a` had suspended already, on 2004-01-01",
        ),
        (
            ["1999-01-01 signed", "1999-06-01 suspended party=a", OPEN],
            1,
            "`suspended` of 1999-06-01: the treaty was not in force",
        ),
        (
            [OPEN, "2001-01-01 in-force"],
            1,
            "`in-force` of 2001-01-01: the treaty was in force already, since 2000-01-01",
        ),
        (
            [OPEN, "2001-01-01 signed"],
            1,
            "`signed` of 2001-01-01: the treaty was in force before, on 2000-01-01",
        ),
        (
            [OPEN, "2001-01-01 withdrew party=a count=5", "2002-01-01 withdrew party=a"],
            2,
            "`withdrew` of 2002-01-01: `a` had left on 2001-01-01",
        ),
        (
            [OPEN, "2001-01-01 withdrew party=a count=5", "2002-01-01 suspended party=a"],
            2,
            "`suspended` of 2002-01-01: `a` had left on 2001-01-01",
        ),
        (
            [OPEN, "2001-01-01 withdrew party=a"],
            1,
            "Fewer than two parties are left from 2001-01-01, and nothing ends the treaty",
        ),
        (
            [OPEN, "2000-06-01 denounced party=a until=2001-01-01"],
            1,
            "Fewer than two parties are left from 2001-01-01, and nothing ends the treaty",
        ),
        (
            [FORCE, "2005-01-01 withdrew party=b count=1"],  # long before the end of its term
            1,
            "Fewer than two parties are left from 2005-01-01, and nothing ends the treaty",
        ),
        (
            ["1990-01-01 signed", "1991-01-01 in-force", "1926-01-01 terminated"],
            2,
            "`terminated` of 1926-01-01: it ends the treaty before 2 other events, the first of "
            "which is `signed` of 1990-01-01",
        ),
        (
            ["1994-01-01 signed", "1993-01-01 signed", OPEN],
            0,
            "`signed` of 1994-01-01: the treaty was signed already, on 1993-01-01",
        ),
        (
            ["1999-01-01 signed", "2000-01-01 in-force party=a", "2001-01-01 in-force party=b"],
            1,
            "`in-force` of 2000-01-01: it is of parties alone, and nothing says that the treaty "
            "itself was in force",
        ),
        (
            ["2000-01-01 in-force party=a", "2001-01-01 in-force"],
            0,
            "`in-force` of 2000-01-01: it is of parties alone, and nothing says that the treaty "
            "itself was in force",
        ),
        (
            ["1999-01-01 signed", "1998-01-01 withdrew party=a count=5", OPEN],
            1,
            "`withdrew` of 1998-01-01: the treaty was signed only later, on 1999-01-01",
        ),
        (
            ["1999-01-01 signed", "1998-01-01 denounced party=a", OPEN],
            1,
            "`denounced` of 1998-01-01: the treaty was signed only later, on 1999-01-01",
        ),
        (
            ["1999-01-01 signed party=a", "1999-06-01 signed party=b", "1998 ratified party=b"],
            2,
            "`ratified` of 1998: the treaty was signed only later, on 1999-01-01",
        ),
        (
            [
                "1999-01-01 signed party=a",
                "1999-06-01 signed party=b",
                "1999-03-01 ratified party=b",
            ],
            2,
            "`ratified` of 1999-03-01: `b` signed only later, on 1999-06-01",
        ),
        (
            [
                "1999-01-01 signed party=a",
                "1999-06-01 signed party=b",
                "1999-03-01 withdrew party=b",
                "2000-01-01 in-force count=5",
            ],
            2,
            "`withdrew` of 1999-03-01: `b` joined only later, on 1999-06-01",
        ),
        (
            ["1999-01-01 signed", "1998-01-01 ratified"],
            1,
            "`ratified` of 1998-01-01: the treaty was signed only later, on 1999-01-01",
        ),
        ([OPEN, OPEN], 1, "`in-force` of 2000-01-01: the event is listed twice"),
        (
            [OPEN, "2001-01-01 note", "2001-01-01 note"],
            2,
            "`note` of 2001-01-01: the event is listed twice",
        ),
    ],
)
def test_contradictions(events: list[str], index: int, message: str) -> None:
    (found,) = event_faults(treaty("T", "a b", *events))
    assert (found.index, found.message) == (index, f"{message}.")
    assert found.help


@pytest.mark.parametrize(
    "events",
    [
        [FORCE, "2010-01-01 extended until=2020-01-01"],  # on the last possible day
        [FORCE, "2010-01-01 expired"],
        [FORCE, "2010-01-01 superseded"],
        [FORCE, "2005-01-01 terminated"],
        [FORCE, "2005-01-01 extended"],
        [OPEN, "2005-01-01 terminated", "2005-01-01 withdrew party=a"],  # of one day
        [OPEN, "2005-01-01 terminated", "2006-01-01 note"],
        [OPEN, "2005-01-01 withdrew party=a", "2006-01-01 acceded party=a"],
        [OPEN, "2004-01-01 suspended party=a", "2005-01-01 suspended party=b"],
        ["1999-01-01 signed", "1999-01-01 provisionally-applied", "1999-06-01 suspended party=a"],
        ["1999-01-01 signed", OPEN, "2005-01-01 signed place=Lisbon"],  # a protocol, say
        [FORCE, "2010 extended until=2020-01-01"],  # its year leaves it open
        ["2000 in-force until=2000-06-01"],
        ["1993-01-01 signed party=a", "1994-01-01 signed party=b", OPEN],
        ["1993-01-01 signed place=Rome", "1993-01-01 signed place=Oslo", OPEN],  # in two capitals
        [OPEN, "2005-01-01 ratification-withdrawn party=a"],  # its ratification may be unlisted
        [OPEN, "2001-01-01 withdrew party=a count=32"],  # there are others
        [OPEN, "2001-01-01 withdrew party=a", "2001-01-01 terminated"],
        [OPEN, "2000-06-01 denounced party=a until=2001-01-01", "2001-01-01 terminated"],
        [OPEN, "2000-06-01 denounced party=a until=2001-01-01 count=2"],
        [OPEN, "2001-01-01 withdrew party=a", "2001-02-01 acceded party=c"],
        [FORCE, "2010-01-01 withdrew party=a"],  # as its term ends
        ["1999 signed", "1999-06-01 ratified party=a"],  # its year leaves it open
        ["1999-01-01 signed", "1999-01-01 ratified party=a"],
        [
            "1999-01-01 signed",
            "1999-02-01 ratified party=a",
            "2001-01-01 withdrew party=a",
            "2005-01-01 signed party=a",
            "2006-01-01 ratified party=a",
        ],  # anew
        [OPEN, "2001-01-01 denounced party=a until=2002-01-01", "2001-06-01 resumed party=a"],
        [OPEN, "2000-01-01 signed"],  # on one day the kinds make the order
        [OPEN, "2000-01-01 provisionally-applied", "2000-01-01 ratified", "2000-01-01 signed"],
        [OPEN, "2001-01-01 in-force party=a"],  # it joined later
        ["2000-01-01 in-force party=a+b", OPEN],  # on one day
        ["2000 in-force party=a", OPEN],
        [OPEN, "2001-01-01 denounced party=a"],  # without a day on which it leaves
    ],
)
def test_no_contradiction(events: list[str]) -> None:
    assert event_faults(treaty("T", "a b", *events)) == ()


@pytest.mark.parametrize("name", sorted(set(ALL) - {"revival"}))
def test_the_record_does_not_contradict_itself(name: str) -> None:
    assert event_faults(ALL[name]) == ()


def test_a_treaty_whose_parties_are_not_listed_may_be_left() -> None:
    assert event_faults(treaty("T", "a", OPEN, "2001-01-01 withdrew party=a")) == ()


def test_one_fault_an_event_in_the_order_of_the_file() -> None:
    found = event_faults(
        treaty("T", "a b", OPEN, "2005-01-01 resumed", "2004-01-01 resumed party=a+b")
    )
    assert [fault.index for fault in found] == [1, 2]


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ([OPEN, "2001-01-01 denounced party=a"], (1,)),
        ([OPEN, "2001-01-01 denounced party=a until=2002-01-01"], ()),
        ([OPEN, "2001-01-01 denounced party=a", "2002-01-01 withdrew party=a"], ()),
        ([OPEN, "2001-01-01 denounced party=a", "2002-01-01 terminated"], ()),
        ([OPEN, "2001-01-01 denounced"], (1,)),
        ([OPEN, "2001-01-01 denounced until=2002-01-01"], ()),
        ([FORCE, "2001-01-01 denounced party=a"], (1,)),  # its term says nothing of the notice
        (["2001-01-01 denounced party=a", FORCE, "2010-01-01 expired"], (0,)),
        ([FORCE, "2001-01-01 denounced"], (1,)),
        ([FORCE, "2001-01-01 denounced party=a", "2002-01-01 resumed party=a"], ()),
        ([FORCE, "2001-01-01 denounced party=a until=2002-01-01"], ()),
        ([FORCE, "2001-01-01 denounced party=a", "2002-01-01 withdrew party=a"], ()),
        ([FORCE, "2001-01-01 denounced party=a", "2002-01-01 superseded"], ()),
        ([FORCE, "2011-01-01 denounced party=a"], ()),  # `event-order` tells of it
        ([OPEN, "2001-01-01 terminated", "2002-01-01 denounced party=a"], ()),
        ([FORCE, "2011-01-01 in-force", "2012-01-01 denounced party=b"], (2,)),
    ],
)
def test_notices_of_which_no_day_is_known(events: list[str], expected: tuple[int, ...]) -> None:
    assert open_notices(treaty("T", "a b", *events)) == expected


def test_an_end_that_is_not_before_most_events_is_not_the_one_at_fault() -> None:
    events = ["1999-01-01 signed", OPEN, "2005-01-01 terminated", "2006-01-01 extended",
              "2007-01-01 extended"]  # fmt: skip
    assert [fault.index for fault in event_faults(treaty("T", "a b", *events))] == [3, 4]
