from __future__ import annotations

import pytest
from facts_of_a_desk import PAGE, briefing, note, treaty_record

from briefgen.check.treaties import check_ended, check_event_order, check_fact_sources
from briefgen.model.dates import Day
from briefgen.model.facts import AnnotationFact

FORCE = {"date": "2000-01-01", "type": "in-force", "until": "2010-01-01"}


def test_event_order_points_at_the_event_in_its_record() -> None:
    record = treaty_record("3", events=[FORCE, {"date": "2011-01-01", "type": "extended"}])
    (found,) = check_event_order([record])
    assert (found.code, found.level) == ("event-order", "warning")
    assert found.place.path == "content/treaties/t.yml"
    assert found.place.pointer == ("3", "events", "1")
    assert found.message == "`extended` of 2011-01-01: the treaty had ended on 2010-01-01."


def test_event_order_points_at_the_date_that_is_wrong() -> None:
    record = treaty_record(events=[{**FORCE, "until": "1999-01-01"}])
    (found,) = check_event_order([record])
    assert found.place.pointer == ("events", "0", "until")


def test_events_in_order() -> None:
    assert check_event_order([treaty_record(events=[FORCE])]) == ()


def test_facts_without_a_source() -> None:
    record = treaty_record(
        "0",
        events=[FORCE, {**FORCE, "type": "signed", "sources": ["s"]}],
        provisions=[{"name": "Warheads", "sources": ["s"]}, {"name": "Launchers"}],
    )
    found = check_fact_sources([record])
    assert [(d.code, d.place.pointer) for d in found] == [
        ("fact-unsourced", ("0", "events", "0")),
        ("fact-unsourced", ("0", "provisions", "1")),
    ]
    assert "`in-force` of 2000-01-01" in found[0].message
    assert "“Launchers”" in found[1].message


def test_sources_of_the_treaty_serve_all_its_facts() -> None:
    record = treaty_record(events=[FORCE], provisions=[{"name": "Warheads"}], sources=["s"])
    assert check_fact_sources([record]) == ()


@pytest.mark.parametrize(
    ("written", "as_of", "notes", "is_reported"),
    [
        ("2009-12-31", "2010-01-01", (), True),
        ("2009-12-31", "2009-12-31", (), False),  # not yet
        ("2010-01-01", "2020-01-01", (), False),  # written when it had ended
        ("2009-12-31", "2020-01-01", (note("update", "2010-01-01"),), False),
        ("2009-12-31", "2020-01-01", (note("update", "2009-12-31"),), True),
        ("2009-12-31", "2020-01-01", (note("update"),), True),
        ("2009-12-31", "2020-01-01", (note("context", "2011-01-01"),), True),
    ],
)
def test_a_treaty_that_has_ended_since(
    written: str, as_of: str, notes: tuple[AnnotationFact, ...], is_reported: bool
) -> None:
    page = briefing(date=written, treaties=("other", "pact"), annotations=notes)
    found = check_ended([page], {"pact": treaty_record(events=[FORCE])}, Day(as_of))
    assert [(d.code, d.level, d.place.path, d.place.pointer, d.message) for d in found] == [
        (
            "treaty-ended", "info", PAGE, ("treaties", "1"),
            "Pact expired on 2010-01-01, after the briefing was written.",
        )
    ][: int(is_reported)]  # fmt: skip


def test_an_end_that_dates_leave_open_is_not_reported() -> None:
    record = treaty_record(events=[{**FORCE, "until": "2010"}])
    page = briefing(date="2010-03-01", treaties=("pact",))
    assert check_ended([page], {"pact": record}, Day("2010-06-01")) == ()
    # Written in the year of its end: whether it had ended by then can't be told.
    assert check_ended([page], {"pact": record}, Day("2011-01-01")) == ()


def test_an_end_that_may_have_been_undone_is_not_reported() -> None:
    record = treaty_record(events=[FORCE, {"date": "2012", "type": "in-force"}])
    page = briefing(date="2005-01-01", treaties=("pact",))
    assert len(check_ended([page], {"pact": record}, Day("2011-12-31"))) == 1
    assert check_ended([page], {"pact": record}, Day("2012-06-01")) == ()
