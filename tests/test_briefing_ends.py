"""What a briefing ends with beside its glossary: its dates, its sources as a whole, how to cite it."""

from __future__ import annotations

import pytest
from site_tester import SiteTest, text_of

from briefgen.model.dates import Day

TREATIES = """
- id: seasons
  name: Treaty of Seasons
  parties: [{entity: russia}, {entity: usa}]
  events:
    - {date: 2010-01-01, type: signed, place: Prague}
    - {date: 2011-02, type: in-force, until: 2021-02-05}
    - {date: 2020-05-01, type: note, note: Talks began.}
    - {date: 2021-02-03, type: extended, until: 2026-02-05}
    - {date: 2021-06-01, type: suspended, party: usa}
- id: tides
  name: Treaty of Tides
  events:
    - {date: 2000, type: in-force}
    - {date: 2015-01-01, type: extended}
"""
ENTITIES = """
- {id: russia, kind: place, name: Russia}
- {id: usa, kind: place, name: United States}
- {id: summit, kind: event, name: Prague summit, date: 2019-03-03}
- {id: fair, kind: event, name: Village fair}
- {id: moot, kind: event, name: Other moot, date: 2018-01-01}
"""
BRIEFING = """---
title: A talk & more
date: 2021-01-26
published: 2021-02-04
updated: 2021-03-01
treaties: [seasons, tides]
authors: [ed]
source_summary: |
  The **core** is official. [@law]

  The rest is not.
---
They met at the Prague summit and at the Village fair. [@talk]
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    return (
        SiteTest(tmp_path_factory.mktemp("ends"), as_of="2022-01-01")
        .file("briefgen.yml", "title: A site\nauthors: {ed: {name: The editors}}\n")
        .file("content/treaties/all.yml", TREATIES)
        .file("content/entities/all.yml", ENTITIES)
        .file("content/sources/all.yml", "law: {title: The law}\ntalk: {title: The talk}\n")
        .file("content/briefings/talk.md", BRIEFING)
        .file("content/briefings/bare.md", "---\ntitle: Bare\ndate: 2021-01-01\n---\nWords.\n")
        .built()
    )


def section_of(page, name):
    (found,) = (e for e in page.all("section") if e.get("aria-labelledby") == name)
    return found


def test_dates_stand_in_order_with_that_of_the_writing_among_them(site):
    page = site.page("briefings/talk/")
    rows = [text_of(row) for row in page.one("ol", inside=section_of(page, "timeline"))]
    assert rows == [
        "2000 Treaty of Tides: In force",
        "1 Jan 2010 Treaty of Seasons: Signed",
        "Feb 2011 Treaty of Seasons: In force, until 5 Feb 2021",
        "1 Jan 2015 Treaty of Tides: Made indefinite",
        "3 Mar 2019 Prague summit",
        "1 May 2020 Treaty of Seasons: Talks began",
        "26 Jan 2021 The article was written",
        "3 Feb 2021 Treaty of Seasons: Extended, until 5 Feb 2026",
        "1 Jun 2021 Treaty of Seasons: Suspended by the United States",
        "5 Feb 2026 Treaty of Seasons: Expired (foreseen)",
    ]


def test_the_picture_of_a_treatys_life_is_told_in_words_and_says_what_is_foreseen(site):
    page = site.page("briefings/talk/")
    svg = "{http://www.w3.org/2000/svg}"
    told = {e.get("id"): text_of(e) for e in page.tree.iter(f"{svg}desc")}
    described = {e.get("aria-describedby") for e in page.tree.iter(f"{svg}svg")}
    assert told.keys() == {"life-tides-d", "life-seasons-d"} <= described
    assert told["life-tides-d"] == "In force 2000; Made indefinite 1 Jan 2015"
    assert told["life-seasons-d"].endswith("; Expired 5 Feb 2026 (foreseen)")


def test_the_source_summary_stands_above_the_sources_and_cites_last(site):
    page = site.page("briefings/talk/")
    section = section_of(page, "sources")
    (summary,) = (e for e in page.all("div", "summary"))
    assert text_of(summary) == "Source summary The core is official.2 The rest is not."
    assert text_of(section).index("The rest is not.") < text_of(section).index("The talk")


def test_how_to_cite_it(site):
    page = site.page("briefings/talk/")
    section = section_of(page, "cite")
    assert (
        "The editors. “A talk & more.” A site, 4 February 2021, updated 1 March 2021."
        in text_of(section)
    )
    assert "title = {{A talk \\& more}}," in text_of(page.one("pre", inside=section))


def test_a_page_without_dates_and_sources_has_neither_section(site):
    page = site.page("briefings/bare/")
    names = {e.get("aria-labelledby") for e in page.all("section")}
    assert not names & {"timeline", "sources"}
    assert "#timeline" not in {e.get("href") for e in page.all("a")}


CHANGED = """---
title: {title}
date: 2020-01-01
updated: {updated}
annotations:
  - {{quote: Some, kind: definition, note: A word., date: 2020-01-02, id: one}}
  - {{quote: words, kind: definition, note: A word., date: 2021-05-05, id: two}}
  - {{quote: here, kind: definition, note: A word., date: 2021-05-05, id: three}}
corrections: {corrections}
---
Some words here.
"""


def test_home_tells_what_changed_the_latest_first(tmp_path):
    site = SiteTest(tmp_path, as_of="2022-01-01")
    wrong = '[{date: 2021-06-01, text: "A *date* was wrong."}, {date: 2020-03-01, text: First.}]'
    for name, updated, corrections in (
        ("a", "2021-05-05", "[]"), ("b", "2021-06-01", wrong), ("c", "2021-04-04", "[]")
    ):  # fmt: skip
        text = CHANGED.format(title=name.upper(), updated=updated, corrections=corrections)
        site.file(f"content/briefings/{name}.md", text)
    page = site.built().page("")
    rows = page.one("ol", inside=section_of(page, "changes"))
    assert [text_of(row) for row in rows] == [
        "1 Jun 2021, B A date was wrong.",
        "5 May 2021, A 2 notes added or revised",
        "4 Apr 2021, C Updated",
        "1 Mar 2020, B First.",
    ]
    assert [a.get("href") for a in page.all("a", inside=rows)] == [
        "briefings/b/#corrections", "briefings/a/#note-two", "briefings/c/", "briefings/b/#corrections",
    ]  # fmt: skip


def test_a_briefing_names_the_notes_that_came_later(tmp_path):
    site = SiteTest(tmp_path, as_of="2022-01-01")
    wrong = "[{date: 2020-03-01, text: First.}]"
    site.file(
        "content/briefings/a.md", CHANGED.format(title="A", updated="2021-05-05", corrections=wrong)
    )
    later = CHANGED.format(title="B", updated="2021-05-05", corrections="[]")
    site.file("content/briefings/b.md", later.replace("2020-01-01\n", "2021-05-05\n", 1))
    page = site.built().page("briefings/a/")
    section = section_of(page, "corrections")
    assert [text_of(row) for row in page.one("ol", inside=section)] == [
        "5 May 2021 2 notes added or revised: 2 Definition, 3 Definition",
        "1 Mar 2020 First.",
        "2 Jan 2020 1 note added or revised: 1 Definition",
    ]
    assert [a.get("href") for a in page.all("a", inside=section)] == [
        "#note-two", "#note-three", "#note-one",
    ]  # fmt: skip
    assert "#corrections" not in {a.get("href") for a in site.page("briefings/b/").all("a")}


def test_home_of_a_site_where_nothing_changed(tmp_path):
    page = (
        SiteTest(tmp_path)
        .file("content/briefings/x.md", "---\ntitle: X\ndate: 2020-01-01\n---\nX.\n")
        .built()
        .page("")
    )
    assert "What changed" not in page.text


def test_links_may_name_the_dates(site):
    body = BRIEFING.replace("They met", "They [[talk#timeline|met]] then")
    site.edit("content/briefings/talk.md", body).built()


def test_what_is_foreseen_has_come_when_its_day_has(site):
    site.as_of = Day("2026-02-05")
    page = site.built().page("briefings/talk/")
    assert "5 Feb 2026 Treaty of Seasons: Expired" in page.text
    assert "foreseen" not in page.text
