"""What pages say of treaties: a standing is not a status, and no date is surer than it is known."""

from __future__ import annotations

import pytest
from site_tester import SiteTest, text_of

ENTITIES = """
- {id: russia, kind: place, name: Russia}
- {id: usa, kind: place, name: United States}
- {id: china, kind: place, name: China}
- {id: ann, kind: person, name: Ann Spox, sources: [of-ann], roles: [
    {title: Clerk, from: 2001, sources: [of-clerk]}, {title: Spokesperson}]}
"""
SOURCES = "".join(
    f"{id_}: {{title: Title of {id_}}}\n"
    for id_ in ("text", "force", "of-ann", "of-clerk", "limit", "prose", "talk", "mended", "none")
)
SEASONS = """
name: Treaty of Seasons
description: On the seasons.
sources: [text]
parties: [{entity: russia}, {entity: usa}]
events:
  - {date: 2010-01-01, type: signed, party: [russia, usa]}
  - {date: 2010-02-01, type: signed, party: china, place: Peking}
  - {date: 2011-01-01, type: ratified, party: [russia, usa]}
  - {date: 2011-02-05, type: in-force, sources: [force]}
  - {date: "2021", type: suspended, party: russia, contested_by: [usa]}
  - {date: "2021", type: withdrew, party: usa}
provisions: [{name: Summers, limit: 3, sources: [limit]}]
"""
TIDES = """
id: tides
name: Treaty of Tides
parties: [{entity: russia}, {entity: usa}, {entity: china}]
events:
  - {date: 2000-01-01, type: signed}
  - {date: 2001-01-01, type: in-force}
  - {date: 2005-01-01, type: acceded, party: china}
  - {date: 2006-01-01, type: suspended, party: russia}
  - {date: 2008-01-01, type: resumed, party: russia}
  - {date: 2010-01-01, type: denounced, party: usa, until: 2030-01-01}
"""
BRIEFING = """---
title: A talk
date: 2021-03-01
treaties: [seasons]
key_points: ["A point. [^talk]"]
corrections: [{date: 2021-03-02, text: "A day was wrong. [^mended]"}]
---
Ann Spox spoke. [^prose]
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    return (
        SiteTest(tmp_path_factory.mktemp("treaties"), as_of="2021-06-01")
        .file("content/entities/all.yml", ENTITIES)
        .file("content/sources/all.yml", SOURCES)
        .file("content/treaties/seasons.md", f"---{SEASONS}---\nIn prose. [^prose]\n")
        .file("content/treaties/tides.yml", "- " + TIDES.strip().replace("\n", "\n  "))
        .file("content/briefings/talk.md", BRIEFING)
        .built()
    )


def box_of(page) -> dict[str, str]:
    """The fact box: what stands under each label, without its footnotes."""
    groups = page.one("section", "box").iter("div")
    return {text_of(one[0]): text_of(one[1], aside=False) for one in groups}


def parties_of(page) -> list[list[str]]:
    """The party table, row by row."""
    table = _table(page, "parties")
    return [[text_of(cell) for cell in row] for row in table]


def _table(page, name: str):
    (section,) = (e for e in page.all("section") if e.get("aria-labelledby") == name)
    return list(page.one("tbody", inside=section))


def test_the_status_says_which_dates_leave_it_open(site):
    now = box_of(site.page("treaties/seasons/"))["Now"]
    assert now == (
        "In force, without an end date "
        "suspended by Russia since 2021, contested by the United States"
        "; whether on this day is not known "
        "left by the United States, 2021; whether on this day is not known"
    )


def test_the_party_table_says_what_is_open_and_what_is_over(site):
    assert parties_of(site.page("treaties/seasons/")) == [
        ["Russia", "1 Jan 2010", "1 Jan 2011",
         "Party or Participation suspended: the dates that are known leave this open"],
        ["United States", "1 Jan 2010", "1 Jan 2011",
         "Party or Left: the dates that are known leave this open"],
        ["China", "1 Feb 2010", "–", "Signatory"],
    ]  # fmt: skip
    assert parties_of(site.page("treaties/tides/")) == [
        ["Russia", "1 Jan 2000", "not known",
         "Party, participation suspended from 1 Jan 2006 to 1 Jan 2008"],
        ["United States", "1 Jan 2000", "not known",
         "Party, notice of leaving given 1 Jan 2010, to take effect 1 Jan 2030"],
        ["China", "–", "acceded 1 Jan 2005", "Party"],
    ]  # fmt: skip


def test_the_box_tells_parties_from_those_that_are_none(site):
    box = box_of(site.page("briefings/talk/"))
    assert box["Parties"] == (
        "Russia (Party or Participation suspended), United States (Party or Left), "
        "China (Signatory)"
    )
    assert box["Signed"] == "1 Jan 2010 (Russia, United States); 1 Feb 2010, Peking (China)"
    assert box_of(site.page("treaties/tides/"))["Parties"] == "Russia, United States, China"


def test_a_party_has_no_part_in_what_was_before_it_joined(site):
    def events(entity):
        return [text_of(row[1]) for row in _table(site.page(f"entities/{entity}/"), "events")]

    assert "Treaty of Tides: Acceded by China" in events("china")
    assert "Treaty of Tides: In force" not in events("china")
    assert "Treaty of Tides: Signed" not in events("china")
    assert "Treaty of Tides: In force" in events("russia")
    assert "Treaty of Tides: Signed" in events("usa")


@pytest.mark.parametrize("address", ["briefings/talk/", "treaties/seasons/", "entities/ann/"])
def test_footnotes_are_numbered_in_the_order_of_the_page(site, address):
    page = site.page(address)
    used = [a for a in page.all("a") if a.get("href", "").startswith("#fn-")]
    assert list(dict.fromkeys(a.get("href") for a in used)) == [
        f"#fn-{number}"
        for number in range(1, len(page.all("li", inside=page.one("ol", "sources"))) + 1)
    ]
    assert page.repeated_ids == []
    orders: dict[str, list[int]] = {}
    for link in used:
        orders.setdefault(link.get("href"), []).append(int(link.get("id").rpartition("-")[2]))
    assert all(uses == [*range(1, len(uses) + 1)] for uses in orders.values())


def test_the_source_of_an_event_is_cited_once_on_the_page_of_its_treaty(site):
    page = site.page("treaties/seasons/")
    (entry,) = (li for li in page.all("li") if "Title of force" in text_of(li))
    assert len(page.all("a", inside=page.one("p", "back", inside=entry))) == 1


def test_a_post_without_a_beginning_may_be_another_time(site):
    roles = [text_of(role) for role in site.page("briefings/talk/").all("span", "role")]
    assert roles == ["Clerk, since 2001.", "Spokesperson (whether on this day is not known)."]


def test_sources_are_counted_wherever_they_are_cited(site):
    listed = {
        li.get("id"): text_of(site.page("sources/").one("p", "back", inside=li))
        for li in site.page("sources/").all("li")
        if li.get("id")
    }
    assert listed["source-prose"] == "1 briefing, 1 other page"
    assert listed["source-force"] == "1 other page"
    assert listed["source-talk"] == "1 briefing"
    assert listed["source-none"] == "not cited so far"


def test_the_page_of_a_source_names_all_that_cite_it(site):
    def cited(source):
        page = site.page(f"sources/{source}/")
        (section,) = (e for e in page.all("section") if e.get("aria-labelledby") == "cited")
        return [(text_of(a), a.get("href")) for a in page.all("a", inside=section)]

    assert ("Treaty of Seasons", "../../treaties/seasons/") in cited("prose")
    assert ("A talk", "../../briefings/talk/") in cited("prose")
    assert cited("of-clerk") == [("Ann Spox", "../../entities/ann/")]
    assert cited("none") == []


def test_the_box_of_a_briefing_shows_the_life_of_its_treaty(site):
    figure = site.page("briefings/talk/").one("figure", "life")
    svg = "{http://www.w3.org/2000/svg}"
    assert [e.text for e in figure.iter(f"{svg}title")] == ["The life of Treaty of Seasons"]
    kinds = {e.get("class") for e in figure.iter(f"{svg}rect")}
    assert kinds == {"b-force", "b-suspended-party"}  # no signature of the treaty itself
    (written,) = (e for e in figure.iter(f"{svg}line") if e.get("class") == "written")
    ends = [e for e in figure.iter(f"{svg}line") if e.get("class") == "endcap"]
    assert 85 < float(written.get("x1").rstrip("%")) < 92  # March of the last of twelve years
    assert ends == []
    names = [(e.text, e.get("text-anchor")) for e in figure.iter(f"{svg}text")]
    assert names == [
        ("In force 5 Feb 2011", "start"),
        ("Suspended by Russia 2021", "end"),
        ("Left by the United States 2021", "end"),
        ("When written, 1 Mar 2021", "end"),
    ]
