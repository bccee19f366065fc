"""What pages say of what is to come of a treaty: never as of what is past."""

from __future__ import annotations

import pytest
from site_tester import SiteTest, text_of

TREATIES = """
- id: term
  name: Term Treaty
  parties: [{entity: tolmark}, {entity: arden}]
  depositary: [arden, The Harbour Office]
  events:
    - {date: 2027-01-15, type: terminated}
    - {date: 2016-10-01, type: in-force, until: 2022-10-01}
    - {date: 2022-09-01, type: extended, until: 2027-10-01}
- id: leaving
  name: Leaving Treaty
  parties: [{entity: tolmark}, {entity: arden}, {name: Veyra}]
  events:
    - {date: 2016-10-01, type: in-force}
    - {date: 2026-04-01, type: denounced, party: tolmark, until: 2027-03-01}
    - {date: 2026-04-02, type: denounced, party: arden}
    - {date: 2027-05-01, type: withdrew, party: Veyra}
    - {date: 2027-02-01, type: suspended, party: Veyra, until: 2027-04-01}
- id: ended
  name: Ended Treaty
  events:
    - {date: 2016-10-01, type: in-force}
    - {date: 2026-04-01, type: denounced, until: 2027-10-01}
- id: paused
  name: Paused Treaty
  events:
    - {date: 2016-10-01, type: in-force, until: 2030-01-01}
    - {date: 2026-03-01, type: suspended, until: 2027-06-01}
- id: tried
  name: Tried Treaty
  events:
    - {date: 2025-01-01, type: signed}
    - {date: 2025-10-01, type: provisionally-applied, until: 2027-10-01}
    - {date: "2028", type: in-force}
"""
IDS = ("term", "leaving", "ended", "paused", "tried")
BRIEFING = f"""---
title: A talk
date: 2026-11-30
treaties: [{", ".join(IDS)}]
---
They spoke.
"""


def site_of(folder, as_of: str) -> SiteTest:
    return (
        SiteTest(folder, as_of=as_of)
        .file("content/entities/all.yml",
              "- {id: tolmark, kind: place, name: Tolmark}\n- {id: arden, kind: place, name: Arden}")
        .file("content/treaties/all.yml", TREATIES)
        .file("content/briefings/talk.md", BRIEFING)
        .built()
    )  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    return site_of(tmp_path_factory.mktemp("ahead"), "2026-11-30")


def box_of(page) -> dict[str, str]:
    groups = page.one("section", "box").iter("div")
    return {text_of(one[0]): text_of(one[1], aside=False) for one in groups}


def events_of(page) -> list[str]:
    (section,) = (e for e in page.all("section") if e.get("aria-labelledby") == "events")
    return [" ".join(map(text_of, row)).strip() for row in page.one("tbody", inside=section)]


def dates_of(page) -> list[str]:
    return [text_of(e, aside=False) for e in page.one("ol", "dated")]


def test_the_status_tells_the_nearest_end_that_is_known(site, tmp_path):
    box = box_of(site.page("treaties/term/"))
    assert box["Now"] == "In force; terminates on 15 January 2027"
    assert box["Until"].endswith("then Terminated, 15 Jan 2027 (foreseen)")
    assert box_of(site.page("treaties/ended/"))["Now"] == "In force; terminates on 1 October 2027"
    later = box_of(site_of(tmp_path, "2027-01-15").page("treaties/term/"))
    assert later["Now"] == "Terminated on 15 January 2027"
    assert later["Until"].endswith("then Terminated, 15 Jan 2027")


def test_a_notice_of_leaving_is_part_of_the_status(site):
    assert box_of(site.page("treaties/leaving/"))["Now"] == (
        "In force, without an end date "
        "notice given by Tolmark, which leaves on 1 March 2027 "
        "notice of leaving given by Arden, 2 April 2026 "
        "still to come, 1 February 2027: Suspended by Veyra, until 1 April 2027 "
        "still to come, 1 May 2027: Left by Veyra"
    )


def test_no_name_is_written_small_with_the_word_before_it(site):
    box = site.page("treaties/leaving/").one("section", "box")
    small = [text_of(e) for e in box.iter("span") if "lower" in (e.get("class") or "").split()]
    assert small == ["Suspended", "Left"]


def test_a_pause_that_ends_by_itself_moves_no_end_of_the_treaty(site):
    box = box_of(site.page("treaties/paused/"))
    assert box["Now"] == (
        "Suspended since 1 March 2026 until 1 June 2027 due to expire on 1 January 2030"
    )
    assert box["Until"] == "1 Jan 2030"
    tried = box_of(site.page("treaties/tried/"))
    assert "Until" not in tried
    assert tried["Now"] == (
        "Provisionally applied since 1 October 2025, not in force until 1 October 2027 "
        "still to come, 2028: In force"
    )


def test_events_to_come_say_so_wherever_they_are_told(site):
    assert events_of(site.page("treaties/term/"))[-1] == "15 Jan 2027 Terminated (foreseen)"
    assert "2 Apr 2026 Denounced by Arden" in events_of(site.page("treaties/leaving/"))[2]
    of_arden = events_of(site.page("entities/arden/"))
    assert [row for row in of_arden if "(foreseen)" in row] == [
        "15 Jan 2027 Term Treaty: Terminated (foreseen)"
    ]
    timeline = site.page("timeline/").text
    assert timeline.count("(foreseen)") >= len(["term", "leaving", "tried"])
    assert "15 Jan 2027 Term Treaty: Terminated (foreseen)." in timeline
    dates = dates_of(site.page("briefings/talk/"))
    assert "15 Jan 2027 Term Treaty: Terminated (foreseen)" in dates
    assert "1 Jun 2027 Paused Treaty: Resumed (foreseen)" in dates
    assert "1 Oct 2027 Tried Treaty: Provisional application over (foreseen)" in dates


def test_the_key_of_a_picture_tells_what_is_to_come_where_something_is(site, tmp_path):
    key = "Hollow: still to come."
    for address in ("", "treaties/", "timeline/", "briefings/talk/"):
        assert key in site.page(address).text, address
    later = site_of(tmp_path, "2031-01-01")
    for address in ("", "treaties/", "timeline/", "briefings/talk/"):
        text = later.page(address).text
        assert "Solid: in force." in text, address
        assert key not in text, address


def test_a_notice_takes_effect_on_its_day(site):
    assert events_of(site.page("treaties/leaving/"))[1] == (
        "1 Apr 2026 Denounced by Tolmark With effect from 1 Mar 2027."
    )
    dates = dates_of(site.page("briefings/talk/"))
    assert "1 Apr 2026 Leaving Treaty: Denounced by Tolmark, with effect from 1 Mar 2027" in dates
    assert "Denounced by Tolmark. With effect from 1 Mar 2027." in site.page("timeline/").text


def test_a_depositary_that_is_an_entity_is_a_link(site):
    page = site.page("treaties/term/")
    assert box_of(page)["Depositary"] == "Arden, The Harbour Office"
    (group,) = (e for e in page.one("section", "box").iter("div") if text_of(e[0]) == "Depositary")
    assert [e.get("href") for e in group[1].iter("a")] == ["../../entities/arden/"]


def test_a_treaty_with_no_other_around_it_has_no_rows_for_them(site):
    text = site.page("treaties/term/").text
    assert "Replaces" not in text
    assert "No treaty is named here that it replaces or that replaces it." in text


def test_a_term_stands_until_its_extension_has_come(tmp_path):
    """The end of 2027 is that of the extended treaty; on this day nobody could count on it."""
    assert box_of(site_of(tmp_path, "2022-01-01").page("treaties/term/"))["Now"] == (
        "In force, due to expire on 1 October 2022 "
        "still to come, 1 September 2022: Extended, until 1 October 2027 "
        "still to come, 15 January 2027: Terminated"
    )


COUNTED = """
- id: counted
  name: Counted Treaty
  parties: [{name: Tolmark}, {name: Arden}]
  events:
    - {date: "DATE", type: in-force, count: 12}
    - {date: 2026-01-01, type: withdrew, party: Tolmark}
"""


@pytest.mark.parametrize(
    ("lang", "date", "told"),
    [
        ("en", "2015-01-01", "12 parties on 1 January 2015"),
        ("en", "2015", "12 parties in 2015"),
        ("ru", "2015-01-01", "12 участников на 1 января 2015"),
        ("ru", "2015-03", "12 участников на март 2015"),
    ],
)
def test_a_count_of_parties_is_of_its_day_once_one_has_left(tmp_path, lang, date, told):
    page = (
        SiteTest(tmp_path, as_of="2026-11-30")
        .file("briefgen.yml", f"title: Desk\nurl: https://example.org/\nlanguage: {lang}\n")
        .file("content/treaties/all.yml", COUNTED.replace("DATE", date))
        .file("content/briefings/talk.md", "---\ntitle: A talk\ndate: 2026-11-30\n---\nThey spoke.\n")
        .built()
        .page("treaties/counted/")
    )  # fmt: skip
    now = text_of(next(page.one("section", "box").iter("dd")), aside=False)
    assert now.endswith(told)
