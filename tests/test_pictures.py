"""Pictures that are made of many pages: what they show is what the site has, and no more."""

from __future__ import annotations

import pytest
from site_tester import SiteTest, text_of

from briefgen.render.pictures.axis import round_numbers

SVG = "{http://www.w3.org/2000/svg}"
ENTITIES = """
- {id: ann, kind: person, name: Ann Spox}
- {id: bob, kind: person, name: Bob Reader}
- {id: moot, kind: event, name: A moot, date: 1999-05}
"""
DATED = {"one": "2020-03-01", "two": "2021-01-01", "three": "2021-07-01"}


def site_with(folder, dated, bodies=None):
    site = SiteTest(folder, as_of="2022-06-01").file("content/entities/all.yml", ENTITIES)
    for name, date in dated.items():
        body = (bodies or {}).get(name, "Nobody spoke.")
        site.file(
            f"content/briefings/{name}.md", f"---\ntitle: {name}\ndate: {date}\n---\n{body}\n"
        )
    return site.built()


def bar(rect):
    """Its class, and where it begins and ends."""
    at, width = (float(rect.get(name).rstrip("%")) for name in ("x", "width"))
    return rect.get("class"), at, pytest.approx(at + width, abs=0.02)


def drawn(figure, class_):
    """Places and heights of the bars of a class."""
    return [
        (float(one.get("x").rstrip("%")), int(one.get("height")))
        for one in figure.iter(f"{SVG}rect")
        if one.get("class") == class_
    ]


def test_the_timeline_counts_events_and_briefings_by_year(tmp_path):
    page = site_with(tmp_path, DATED).page("timeline/")
    figure, table = page.one("figure", "graph"), page.one("details", "figures")
    assert [height for _, height in drawn(figure, "c-event")] == [40]
    (first, half), (second, whole) = drawn(figure, "c-briefing")
    assert (half, whole) == (20, 40)
    assert 88 < first < second < 97
    (desc,) = figure.iter(f"{SVG}desc")
    assert desc.text == "1999–2021. Most events: 1999 (1). Most briefings: 2021 (2)."
    assert [one.text for one in figure.iter(f"{SVG}text")] == [
        "2000",
        "2005",
        "2010",
        "2015",
        "2020",
    ]
    assert "A column is 1 year." in text_of(figure)
    rows = [[text_of(cell) for cell in row] for row in table.iter("tr")]
    assert rows == [
        ["Years", "Events", "Briefings"],
        ["1990–1999", "1", "0"],
        ["2020–2029", "0", "3"],
    ]
    assert [a.get("href") for a in table.iter("a")] == ["#y1999", "#y2020"]


def test_centuries_are_columns_of_ten_years(tmp_path):
    dated = {"old": "1648-10-24", "new": "2021-01-01", "newer": "2022-01-01"}
    figure = site_with(tmp_path, dated).page("timeline/").one("figure", "graph")
    assert [height for _, height in drawn(figure, "c-briefing")] == [20, 40]
    assert "most in 2020–2029 (2). A column is 10 years." in text_of(figure)


@pytest.mark.parametrize("dated", [{}, {"one": "1999-01-01"}])
def test_one_year_makes_no_picture(tmp_path, dated):
    assert site_with(tmp_path, dated).page("timeline/").all("figure", "graph") == []


BODIES = {
    "one": "Ann Spox met Bob Reader.",
    "two": "Ann Spox spoke.",
    "three": "Bob Reader met Ann Spox.",
}


def test_a_dossier_shows_when_it_is_mentioned_and_with_whom(tmp_path):
    page = site_with(tmp_path, DATED | {"one": "2017-03-01"}, BODIES).page("entities/ann/")
    (early, one), (late, two) = drawn(page.one("figure", "graph"), "c-briefing")
    assert (one, two) == (20, 40)
    assert early < 50 < late
    row, axis = page.all("li", inside=page.one("ul", "together"))
    assert text_of(row).startswith("Bob Reader2")
    assert drawn(row, "c-event") == [(early, 8), (late, 8)]  # on the scale of all her mentions
    assert [one.text for one in axis.iter(f"{SVG}text")] == ["2017", "2018", "2019", "2020", "2021"]
    figures = page.one("details", "figures")
    assert text_of(page.all("td", inside=figures)[0]) == "2017 (1), 2021 (1)"


def test_a_short_time_is_shown_by_month(tmp_path):
    dates = {"one": "2020-12-31", "two": "2021-01-01", "three": "2021-02-28"}
    page = site_with(tmp_path, dates, BODIES).page("entities/bob/")
    words = [one.text for one in page.one("figure", "graph").iter(f"{SVG}text")]
    assert words == ["Dec 2020", "Jan 2021", "Feb 2021"]


def test_mentions_of_one_month_are_a_list_alone(tmp_path):
    page = site_with(tmp_path, {"one": "2020-12-01", "three": "2020-12-31"}, BODIES).page(
        "entities/bob/"
    )
    assert page.all("figure", "graph") == []
    assert [text_of(li) for li in page.all("li", inside=page.one("ul", "companions"))] == [
        "Ann Spox 2"
    ]


TREATIES = """
- {id: first, name: First Pact, replaced_by: [second], events: [
    {date: 1990-01-01, type: signed}, {date: 1991-01-01, type: in-force},
    {date: 2000-01-01, type: expired}]}
- {id: second, name: Second Pact, events: [{date: 2000-01-02, type: in-force}]}
- {id: third, name: Third Pact, replaces: [second], events: [{date: 2009-01-01, type: signed}]}
- {id: alone, name: Lone Pact, events: [{date: 2009-01-01, type: signed}]}
"""


def test_the_page_of_a_treaty_shows_the_lives_of_all_before_and_after_it(tmp_path):
    site = SiteTest(tmp_path, as_of="2022-06-01").file("content/treaties/all.yml", TREATIES)
    site.built()
    for id_, own in (("first", "First Pact"), ("third", "Third Pact")):
        page = site.page(f"treaties/{id_}/")
        *rows, axis = page.all("li", inside=page.one("ol", "together"))
        names = [next(row.iter(f"{SVG}title")).text.removeprefix("The life of ") for row in rows]
        assert names == ["First Pact", "Second Pact", "Third Pact"]
        assert [text_of(row.find(".//b")) for row in rows if row.find(".//b") is not None] == [own]
        ((start, _),) = drawn(rows[1], "b-force")
        assert 48 < start < 52  # of 1990 to 2009
        assert [one.text for one in axis.iter(f"{SVG}text")] == ["1990", "1995", "2000", "2005"]
        told = text_of(page.all("td", inside=page.one("details", "figures"))[0])
        assert told == "Signed 1 Jan 1990; In force 1 Jan 1991; Expired 1 Jan 2000"
    assert site.page("treaties/alone/").all("ol", "together") == []


def test_the_timeline_has_the_lives_of_all_treaties_by_decade(tmp_path):
    site = SiteTest(tmp_path, as_of="2022-06-01").file("content/treaties/all.yml", TREATIES)
    page = site.built().page("timeline/")
    *rows, axis = page.all("li", inside=page.one("ol", "together"))
    assert [text_of(row.find("a")) for row in rows] == [
        "First Pact", "Second Pact", "Lone Pact", "Third Pact",
    ]  # fmt: skip
    assert [one.text for one in axis.iter(f"{SVG}text")] == ["1990", "1995", "2000", "2005"]
    lines = [one for one in rows[0].iter(f"{SVG}line") if one.get("class") == "grid"]
    assert len(lines) == 10  # each second year
    assert "The same in words" in page.text
    many = "".join(
        f"- {{id: t{i}, name: Pact {i}, events: [{{date: {1950 + i}-01-01, type: signed}}]}}\n"
        for i in range(41)
    )
    page = site.file("content/treaties/all.yml", many).built().page("timeline/")
    assert page.all("ol", "together") == []
    assert page.all("figure", "graph")


@pytest.mark.parametrize(
    ("first", "last", "most", "found"),
    [
        (1949, 2026, 5, [1960, 1980, 2000, 2020]),
        (1949, 2026, 10, [*range(1950, 2021, 10)]),
        (2010, 2026, 5, [2010, 2015, 2020, 2025]),
        (2020, 2021, 5, [2020, 2021]),
        (1999, 1999, 5, [1999]),
        (1, 9999, 5, [2000, 4000, 6000, 8000]),
        (164, 202, 5, [170, 180, 190, 200]),
    ],
)
def test_round_numbers_are_few_and_more_than_one(first, last, most, found):
    assert [*round_numbers(first, last, most)] == found


def test_of_any_years_two_round_ones_are_named_at_least():
    for first in range(1850, 1875):
        for last in range(first + 1, first + 400):
            assert 2 <= len(round_numbers(first, last)) <= 5


LIVES = """
- {id: old, name: Old Pact, events: [{date: 1990-01-01, type: in-force, until: 2000-01-01}]}
- {id: new, name: New Pact, events: [{date: 2001-01-01, type: in-force}]}
- {id: dim, name: Dim Pact}
"""


@pytest.mark.parametrize("address", ["", "treaties/"])
def test_the_lives_of_all_treaties_stand_on_one_axis_with_the_day_of_the_build(tmp_path, address):
    site = SiteTest(tmp_path, as_of="2010-07-01").file("content/treaties/all.yml", LIVES)

    def places():
        """Of each picture its title and bars; the places of the upright lines; the years."""
        page = site.built().page(address)
        pictures = {
            text_of(svg[0]): [bar(one) for one in svg.iter(f"{SVG}rect")]
            for svg in page.tree.iter(f"{SVG}svg")
            if svg.get("role") == "img"
        }
        lines = [
            one.get("x1") for one in page.tree.iter(f"{SVG}line") if one.get("class") == "written"
        ]
        return pictures, lines, [one.text for one in page.tree.iter(f"{SVG}text")]

    pictures, lines, years = places()
    assert list(pictures) == ["The life of New Pact", "The life of Old Pact"]
    (new,), (old,) = pictures.values()
    assert old[:2] == ("b-force", 1.5)
    assert 45 < new[1] < 55, "2001 is half way from 1990 to 2010"
    assert len(set(lines)) == 1
    assert len(lines) == 2
    day = float(lines[0].rstrip("%"))
    assert 93 < day < 97
    assert new[2] == day, "of an end nothing is known"
    assert years == ["1990", "1995", "2000", "2005", "2010"]
    site.as_of = type(site.as_of)("2030-07-01")
    later = places()[0]
    assert later["The life of New Pact"][0][1] < 30


TO_COME = """
- id: pact
  name: A Pact
  parties: [{entity: ann}, {entity: bob}]
  events:
    - {date: 2000-01-01, type: in-force, until: 2010-01-01}
    - {date: 2002-01-01, type: suspended, party: ann}
    - {date: 2006-01-01, type: resumed, party: ann}
    - {date: 2004-01-01, type: suspended, party: bob}
    - {date: 2008-06-01, type: suspended, party: ann}
    - {date: 2003-01-01, type: note, count: 7}
    - {date: 2008-01-01, type: note, note: The desk meets.}
"""


def test_what_is_to_come_of_a_life_looks_foreseen(tmp_path):
    site = SiteTest(tmp_path, as_of="2005-01-01").file("content/treaties/all.yml", TO_COME)
    site.file("content/entities/all.yml", ENTITIES)
    page = site.built().page("treaties/")
    (svg,) = [one for one in page.tree.iter(f"{SVG}svg") if one.get("role") == "img"]
    (day,) = [
        float(one.get("x1")[:-1]) for one in svg.iter(f"{SVG}line") if one.get("class") == "written"
    ]
    bars = [bar(one) for one in svg.iter(f"{SVG}rect")]
    assert [one[0] for one in bars] == [
        "b-force", "b-force ahead",
        "b-suspended-party", "b-suspended-party ahead",
        "b-suspended-party", "b-suspended-party ahead", "b-suspended-party ahead",
    ]  # fmt: skip
    assert all(at >= day - 0.02 for name, at, _ in bars if name.endswith("ahead"))
    assert all(end == day for name, _, end in bars if not name.endswith("ahead"))
    assert "Hollow: still to come." in text_of(page.tree)
    assert "7 parties from then on, 1 Jan 2003" in text_of(svg)
    events = text_of(site.page("treaties/pact/").tree)
    assert "7 parties from then on. " in events
    assert "The desk meets (foreseen)." in events
