from __future__ import annotations

from datetime import UTC
from zoneinfo import ZoneInfo

import pytest
from facts_of_a_desk import PAGE, briefing, source, source_record

from briefgen.check.sources import check_archives, check_newer, check_single_source, last_changed


@pytest.mark.parametrize(
    ("fields", "is_reported"),
    [
        ({"url": "https://example.org/a"}, True),
        ({"url": "https://example.org/a", "archive_url": "https://example.com/a"}, False),
        ({}, False),  # nothing to archive
    ],
)
def test_archives_of_the_sites_sources(fields: dict[str, str], is_reported: bool) -> None:
    found = check_archives([source_record("s", **fields)], [])
    assert [(d.code, d.level, d.place.path, d.place.pointer) for d in found] == [
        ("archive-missing", "info", "content/sources/s.yml", ("s", "url"))
    ][: int(is_reported)]


def test_archives_of_a_pages_own_sources() -> None:
    page = briefing(sources={"ap": source(url="https://example.org/a"), "book": source()})
    (found,) = check_archives([], [page])
    assert (found.place.path, found.place.pointer) == (PAGE, ("sources", "ap", "url"))
    assert found.message == "The source `ap` has no archived copy."


@pytest.mark.parametrize(
    ("updated", "source_date", "is_reported"),
    [
        (None, "2021-02-04", False),
        (None, "2021-02-05", True),
        ("2023-03-01", "2023-03-01", False),
        ("2023-03-01", "2023-03-02", True),
        ("2020-01-01", "2021-02-04", False),  # an older update does not undo publication
        (None, "2021-02", False),  # part of the month was before
        (None, "2021", False),
        (None, "2022", True),
    ],
)
def test_sources_newer_than_the_briefing(
    updated: str | None, source_date: str, is_reported: bool
) -> None:
    page = briefing(updated=updated, cites=(("s", 9), ("s", 12)))
    found = check_newer([page], {"s": source(published=source_date)}, UTC)
    assert [(d.code, d.level, d.place.line) for d in found] == [("source-newer", "info", 9)][
        : int(is_reported)
    ]


def test_a_pages_own_source_is_the_one_cited() -> None:
    page = briefing(sources={"s": source(published="2030-01-01")}, cites=(("s", 9),))
    assert len(check_newer([page], {"s": source(published="2000-01-01")}, UTC)) == 1


def test_newer_sources_in_the_order_of_their_citations() -> None:
    late = source(published="2030-01-01")
    page = briefing(cites=(("b", 3), ("a", 5), ("b", 7), ("unknown", 8)))
    found = check_newer([page], {"a": late, "b": late}, UTC)
    assert [d.place.line for d in found] == [3, 5]


@pytest.mark.parametrize(
    ("published", "updated", "expected"),
    [
        ("2021-02-03T21:00:00Z", None, "2021-02-04"),  # midnight there
        ("2021-02-03T20:59:59Z", None, "2021-02-03"),
        ("2021-02-03T21:00:00Z", "2023-03-01T23:30:00-05:00", "2023-03-02"),
    ],
)
def test_last_changed_reads_moments_in_the_zone_of_the_site(
    published: str, updated: str | None, expected: str
) -> None:
    page = briefing(published=published, updated=updated)
    assert last_changed(page, ZoneInfo("Europe/Moscow")) == expected


@pytest.mark.parametrize(
    ("cites", "is_reported"),
    [
        ((), False),
        ((("s", 3),), True),
        ((("s", 3), ("s", 4)), True),
        ((("s", 3), ("t", 4)), False),
    ],
)
def test_a_briefing_on_one_source(cites: tuple[tuple[str, int], ...], is_reported: bool) -> None:
    found = check_single_source([briefing(cites=cites)])
    assert [(d.code, d.level, d.place.path, d.message) for d in found] == [
        ("single-source", "info", PAGE, "All citations lead to one source, `s`.")
    ][: int(is_reported)]
