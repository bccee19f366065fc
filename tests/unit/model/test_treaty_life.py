from __future__ import annotations

import pytest
from treaties_of_record import ALL, treaty

from briefgen.model.treaty_life import life


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "new-start",
            """
            provisional 2010-04-08 2011-02-05
            force 2011-02-05 2021-02-05
            extension 2021-02-05 2026-02-05
            suspended-party 2023-02-28 2026-02-05 russia
            """,
        ),
        ("start-i", "signed 1991-07-31 1994-12-05\nforce 1994-12-05 2009-12-05"),
        ("start-ii", "signed 1993-01-03 2002-06-14"),
        ("sort", "signed 2002-05-24 2003-06-01\nforce 2003-06-01 2011-02-05"),
        (
            "inf",
            """
            signed 1987-12-08 1988-06-01
            force 1988-06-01 2019-08-02
            suspended-party 2019-02-02 2019-08-02 united-states
            """,
        ),
        (
            "npt",
            """
            signed 1968-07-01 1970-03-05
            force 1970-03-05 1995-05-11
            extension 1995-05-11 -
            """,
        ),
        ("open-skies", "provisional 1992-03-24 2002-01-01\nforce 2002-01-01 -"),
        ("ctbt", "signed 1996-09-24 -"),
        (
            "pause",
            """
            signed 2000-01-01 2001-01-01
            force 2001-01-01 2011-01-01
            suspended 2005-01-01 2006-01-01
            """,
        ),
        (
            "waver",
            """
            signed 2000-01-01 2001-01-01
            force 2001-01-01 -
            suspended-party 2003-01-01 2004-01-01 sylvania
            suspended-party 2005-01-01 2006-01-01 sylvania
            suspended-party 2005-01-01 2006-01-01 freedonia
            """,
        ),
        (
            "trial",
            """
            signed 2000-01-01 2000-06-01
            provisional 2000-06-01 2001-06-01
            signed 2001-06-01 2003-01-01
            """,
        ),
        ("revival", "force 2001-01-01 2006-01-01\nforce 2008-01-01 -"),
        ("dim", "signed 1990 1991-06\nforce 1991-06 2001\nsuspended-party 1995 2001 sylvania"),
        ("silent", ""),
    ],
)
def test_segments(name: str, expected: str) -> None:
    found = [
        " ".join(filter(None, (s.kind, s.start, s.end or "-", s.party))) for s in life(ALL[name])
    ]
    assert found == [line.strip() for line in expected.strip().splitlines()]


def test_an_extension_that_was_not_reached_is_not_drawn() -> None:
    cut = treaty(
        "T", "a b", "2000-01-01 in-force until=2010-01-01", "2005-01-01 extended until=2015-01-01",
        "2007-01-01 terminated",
    )  # fmt: skip
    assert [(s.kind, s.end) for s in life(cut)] == [("force", "2007-01-01")]


def test_what_is_prolonged_before_it_is_in_force_is_no_extension() -> None:
    early = treaty(
        "T", "a b", "2000-01-01 provisionally-applied until=2002-01-01",
        "2001-01-01 extended until=2003-01-01",
    )  # fmt: skip
    assert [(s.kind, s.start, s.end) for s in life(early)] == [
        ("provisional", "2000-01-01", "2003-01-01"),
        ("signed", "2003-01-01", None),
    ]


def test_two_extensions() -> None:
    twice = treaty(
        "T", "a b", "2000-01-01 in-force until=2005-01-01", "2004-01-01 extended until=2010-01-01",
        "2009-01-01 extended until=2015-01-01",
    )  # fmt: skip
    assert [(s.start, s.end, s.event) for s in life(twice)] == [
        ("2000-01-01", "2005-01-01", 0),
        ("2005-01-01", "2010-01-01", 1),
        ("2010-01-01", "2015-01-01", 2),
    ]


def test_a_segment_points_at_the_event_that_began_it() -> None:
    assert [s.event for s in life(ALL["new-start"])] == [1, 2, 4, 5]
