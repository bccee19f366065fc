"""The theme `dossier`: what its pages say is what their views say, in words that readers know."""

from __future__ import annotations

from xml.etree.ElementTree import Element

import pytest
from msgspec.structs import replace
from theme_pages import page, section, text, tree_of, with_class
from theme_views import (
    BARE_BOX,
    BOX,
    BRIEFING,
    FOOTNOTES,
    LEFT,
    LIFE,
    NOTES,
    PAGES,
    SUSPENSION,
    TREATY,
    event,
    status,
)

from briefgen.model.dates import Day
from briefgen.render import view as v

STATUSES = [
    (status("in-force", until=Day("2021-02-05")), "In force, due to expire on 5 February 2021"),
    (status("in-force", until=Day("2021-02")), "In force, due to expire in February 2021"),
    (status("in-force", is_indefinite=True), "In force, without an end date"),
    (status("in-force"), "In force"),
    (status("expired", since=Day("2026-02-05")), "Expired on 5 February 2026"),
    (status("expired", since=Day("2009")), "Expired in 2009"),
    (status("terminated", since=Day("2019-08-02")), "Terminated on 2 August 2019"),
    (status("superseded", since=Day("2011-02-05")), "Superseded on 5 February 2011"),
    (status("never-in-force"), "Never in force"),
    (status("never-in-force", since=Day("2002-06-14")), "Never in force given up, 14 June 2002"),
    (status("suspended", since=Day("2020-01-01")), "Suspended since 1 January 2020"),
    (status("provisional", since=Day("1992-03-24")), "Provisionally applied since 24 March 1992, not in force"),
    (status("signed", since=Day("1996-09-24")), "Signed on 24 September 1996, not in force"),
    (status("signed"), "Signed, not in force"),
    (status("unsigned"), "Not signed"),
    (status("unknown"), "Not known"),
    (status("expired", since=Day("2009"), is_certain=False), "Expired in 2009 the dates that are known leave this open"),
    (status("in-force", until=Day("2026-02-05"), suspended=(SUSPENSION,)),
     ("In force, due to expire on 5 February 2026 "
     "suspended by Russia since 28 February 2023, contested by the United States")),
    (status("in-force", suspended=(replace(SUSPENSION, is_certain=False),), left=(replace(LEFT[0], is_certain=False),)),
     ("In force suspended by Russia since 28 February 2023, contested by the United States; whether on this day "
     "is not known left by the United States, 22 November 2020; whether on this day is not known")),
    (status("in-force", is_indefinite=True, left=LEFT,
            count=(32, Day("2021-12-18"))),
     ("In force, without an end date left by the United States, 22 November 2020 "
     "left by Russia, 18 December 2021 32 parties since 18 December 2021")),
]  # fmt: skip


@pytest.mark.parametrize(
    ("status", "expected"), STATUSES, ids=[expected for _, expected in STATUSES]
)
def test_status_is_worded_by_its_consequence(status: v.StatusView, expected: str) -> None:
    home = replace(PAGES["home"], treaties=(replace(BARE_BOX, now=status),))
    item = with_class(tree_of(home), "tri")[0][0]
    assert " ".join(text(e) for e in item.iter("p")) == expected


@pytest.mark.parametrize(("event", "head", "rest"), [
    (LIFE[0], "Signed3", "Prague, by Barack Obama and Dmitry Medvedev."),
    (LIFE[1], "Provisionally applied", "The provisions listed in Part Eight."),
    (LIFE[2], "In force3", "Until 5 Feb 2021."),
    (LIFE[3], "Extended3", "Until 5 Feb 2026."),
    (replace(LIFE[3], until=None, refs=()), "Made indefinite", ""),
    (LIFE[4], "Suspended by Russia, contested by the United States3", "Law 38-FZ."),
    (LIFE[5], "32 parties from this day on. 32 parties from then on.", None),
    (replace(LIFE[5], note=None), "32 parties from then on.", None),
    (replace(LIFE[5], note=None, count=None), "Note", ""),
    (LIFE[6], "Expired", ""),
])  # fmt: skip
def test_event_is_worded(event: v.EventView, head: str, rest: str | None) -> None:
    tree = tree_of(replace(TREATY, events=(event,), box=BARE_BOX))
    table = section(tree, "events")
    cells = [text(cell) for cell in table.iter("td")]
    assert cells == ([head] if rest is None else [head, rest])


def test_fact_box_is_one_list_that_says_what_is_not_known() -> None:
    full, bare = with_class(page("briefing"), "box")
    assert len(list(full.iter("dl"))) == 1
    rows = [(text(div[0]), " ".join(text(dd) for dd in div[1:])) for div in next(full.iter("dl"))]
    assert rows == [
        ("When written, 26 Jan 2021", "In force, due to expire on 5 February 2021"),
        ("Now", "Expired on 5 February 2026"),
        ("Formal name", BOX.formal_name),
        ("Parties", "United States (Party until the end), Russia (Participation suspended)"),
        ("Signed", "8 Apr 2010, Prague3"),
        ("In force", "5 Feb 20113"),
        ("Until", "5 Feb 2021, then extended to 5 Feb 20263"),
        ("Depositary", "not known"),
        ("Verification", "not known"),
        (
            "Warheads on deployed missiles and heavy bombers4",
            "1,550 warheads A heavy bomber counts as one.",
        ),
        ("Deployed ICBMs, SLBMs and heavy bombers4", "700"),
        ("Bilateral Consultative Commission", "no figure"),
        ("All else", "from source 3"),
    ]
    unknown = [text(div[0]) for div in next(bare.iter("dl")) if with_class(div, "quiet")]
    assert unknown == [
        "Now",
        "Formal name",
        "Parties",
        "Signed",
        "In force",
        "Depositary",
        "Verification",
        "Provisions",
    ]


def test_date_of_the_build_stands_on_home_and_treaties_alone() -> None:
    shown = {
        kind
        for kind, tree in ((kind, page(kind)) for kind in PAGES)
        if any(e.get("datetime") == "2026-11-24" for e in tree.iter("time"))
    }
    assert shown == {"home", "treaties"}


def test_reading_text_is_the_article_less_what_is_aside() -> None:
    def reading(element: Element) -> str:
        inner = "".join(reading(child) for child in element)
        own = "" if element.get("data-aside") is not None else (element.text or "") + inner
        return own + (element.tail or "")

    article = next(e for e in page("briefing").iter() if e.get("data-article") is not None)
    found = " ".join(reading(article).split())
    assert found.startswith("WASHINGTON / MOSCOW, Jan. 26 — Joe Biden and Vladimir Putin spoke")
    assert "due to lapse. Both sides said" in found
    assert "Update" not in found
    assert len(list(article.iter("mark"))) == 5


def test_notes_stand_behind_their_block_and_lead_back() -> None:
    notes = with_class(page("briefing"), "note")
    assert [(n.get("id"), n.get("aria-label")) for n in notes] == [
        ("note-1", "Note 1, Update"), ("note-2", "Note 2, Context"), ("note-3", "Note 3, Dispute"),
        ("note-4", "Note 4, Definition"), ("note-5", "Note 5, Correction"),
    ]  # fmt: skip
    assert [with_class(n, "num")[0].get("href") for n in notes] == [
        f"#q-{n.number}" for n in NOTES if n.number
    ]
    groups = with_class(page("briefing"), "notes")
    assert [len(group) for group in groups] == [2, 1, 1, 1]
    assert {group.get("data-aside") for group in groups} == {""}


def test_footnotes_are_written_out() -> None:
    items = with_class(page("briefing"), "sources")[0]
    assert [item.get("id") for item in items] == [note.id for note in FOOTNOTES]
    assert [text(item) for item in items] == [
        ("1A. B., C. D. Report on the passage of the extension. TASS, Jan 2021. tass.com, read on 1 Feb 2021. "
        "Archived copy, 1 Feb 2021. B 1 Usually reliable; confirmed. State agency; exact on dates and on the vote. "
        "↑ a b (p. 4)"),
        "2Nobody. javascript:alert(1). – 6 truth cannot be judged. ↑",
        ("3Text of the treaty <and its protocol>. Department of Defense. Archived copy, 2020. "
        "The original no longer answers: acq.osd.mil. A 1 Completely reliable; confirmed. ↑"),
        "4The limits had to be met by 5 February 2018.↑ a b",
        ("5A. B., C. D. Report on the passage of the extension. TASS, Jan 2021. tass.com, read on 1 Feb 2021. "
        "Archived copy, 1 Feb 2021. B 1 Usually reliable; confirmed. State agency; exact on dates and on the vote."),
    ]  # fmt: skip
    assert (
        next(a.get("href") for a in items[2].iter("a"))
        == "https://web.archive.org/web/https://www.acq.osd.mil/"
    )


def test_rest_of_a_briefing() -> None:
    tree = page("briefing")
    sections = {e.get("aria-labelledby"): text(e) for e in tree.iter("section")}
    assert sections["origin"] == (
        "Where the article comes from Biden and Putin agree. YCPress, 26 Jan 2021. ycpress.example, taken over on "
        "27 Jan 2021. Archived copy, 28 Jan 2021. With permission. Only the passages that carry notes stand here, in "
        "the words that they had."
    )
    assert [text(why) for why in with_class(tree, "why")] == [
        "22 Nov 2020. Linked from here; also mentions NATO, New START.",
        "16 Jun 2021. Also mentions Joe Biden.",
        "3 Jan 2022. Linked from here.",
    ]
    assert sections["backlinks"].endswith(
        "What the January call had settled took eight days to become law."
    )
    assert sections["corrections"] == "Corrections 2 Feb 2021A date was wrong."
    assert [text(role) for role in with_class(tree, "role")] == [
        "President of the United States, since 20 Jan 2021.",
        "Prime Minister (from 2008 to 2012; whether on this day is not known).",
    ]


UNTIL = [
    (event("2011-02-05", "in-force", until=Day("2021-02-05")), (), "5 Feb 2021"),
    (event("2011-02-05", "in-force"), (), "no end date"),
    (event("2011-02-05", "in-force", until=Day("2021-02-05")),
     (event("2021-02-03", "extended", until=Day("2026-02-05")),), "5 Feb 2021, then extended to 5 Feb 2026"),
    (event("1970-03-05", "in-force", until=Day("1995-03-05")), (event("1995-05-11", "extended"),),
     "5 Mar 1995, then made indefinite, 11 May 1995"),
    (event("1988-06-01", "in-force"), (event("2019-08-02", "terminated"),), "no end date, then Terminated, 2 Aug 2019"),
]  # fmt: skip


@pytest.mark.parametrize(("in_force", "ends", "expected"), UNTIL, ids=[row[2] for row in UNTIL])
def test_end_of_a_treaty(
    in_force: v.EventView, ends: tuple[v.EventView, ...], expected: str
) -> None:
    box = replace(BARE_BOX, in_force=in_force, ends=ends)
    rows = {
        text(div[0]): text(div[1])
        for div in with_class(tree_of(replace(BRIEFING, boxes=(box,))), "box")[0].iter("div")
    }
    assert rows["Until"] == expected


POSTS = [
    ({}, "Clerk (whether on this day is not known)."),
    ({"begin": Day("2008")}, "Clerk (from 2008; whether on this day is not known)."),
    ({"end": Day("2012")}, "Clerk (to 2012; whether on this day is not known)."),
]


@pytest.mark.parametrize(("dates", "expected"), POSTS)
def test_a_post_that_may_be_held(dates: dict[str, Day], expected: str) -> None:
    role = v.RoleView(title="Clerk", **{"begin": None, "end": None, **dates}, is_certain=False)
    (group, *_) = BRIEFING.glossary
    group = replace(group, entries=(replace(group.entries[0], roles=(role,)),))
    tree = tree_of(replace(BRIEFING, glossary=(group,)))
    assert [text(role) for role in with_class(tree, "role")] == [expected]


CITED = [
    (True, (), "Cited in 5 Feb"),
    (True, ("Russia",), "Also on Russia"),
    (False, ("Russia", "NATO"), "Cited in On Russia, NATO"),
    (False, (), "Cited in No page cites it so far."),
]


@pytest.mark.parametrize(("has_briefings", "others", "expected"), CITED)
def test_where_a_source_is_cited(
    has_briefings: bool, others: tuple[str, ...], expected: str
) -> None:
    page = PAGES["source"]
    shown = replace(
        page,
        briefings=page.briefings if has_briefings else (),
        others=tuple(v.Link(text=name, href="x/") for name in others),
    )
    words = text(section(tree_of(shown), "cited"))
    assert expected in words
    assert ("Also on" in words) == (has_briefings and bool(others))
