"""What pages claim of dates, order and wholeness, and that they claim no more than is so."""

from __future__ import annotations

import json

import pytest
import yaml
from site_tester import PROJECT, SiteTest, text_of

TREATIES = """
- id: late
  name: Late Pact
  replaces: [early]
- id: early
  name: Early Pact
  events:
    - {date: 2002-01-01, type: in-force}
    - {date: "2001", type: note, note: Talks.}
    - {date: 2001-03-01, type: signed}
    - {date: 2002-01-01, type: note, note: A feast.}
"""
NOTED = """---
title: A talk
date: 2019-12-31
published: 2021-02-04
article: ../../seeds/talk.txt
structure: {skip: [1]}
annotations:
  - {quote: '"good" talks', note: 'Their word. [^wire] [^own]', kind: definition, sources: [paper]}
  - {quote: They had, kind: source, sources: [wire]}
sources: {paper: {title: A paper of 1998}}
---

[^own]: They said it twice.
"""
SEED = "Front page\n\nThey had \u201cgood\u201d talks.\n\nThen they left.\n"
EXCERPT = NOTED.replace("article:", "excerpt: true\narticle:")
EMPTY = "---\ntitle: Nothing\ndate: 2021-01-26\narticle: ../../seeds/blank.txt\n---\n"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    return (
        SiteTest(tmp_path_factory.mktemp("claims"), as_of="2021-06-01")
        .file("content/treaties/all.yml", TREATIES)
        .file("content/sources/all.yml", "wire: {title: A wire}\n")
        .file("seeds/talk.txt", SEED)
        .file("seeds/blank.txt", " \n")
        .file("content/briefings/talk.md", NOTED)
        .file("content/briefings/part.md", EXCERPT.replace("title: A talk", "title: A part"))
        .file("content/briefings/empty.md", EMPTY)
        .built()
    )


def section_of(page, name: str) -> str:
    (found,) = (e for e in page.all("section") if e.get("aria-labelledby") == name)
    return text_of(found)


def test_events_stand_in_the_order_of_their_dates(site):
    page = site.page("treaties/early/")
    (section,) = (e for e in page.all("section") if e.get("aria-labelledby") == "events")
    rows = [text_of(row) for row in page.one("tbody", inside=section)]
    assert [row.split(" ", 3)[-1] if row[0] != "2" else row for row in rows] == [
        "2001 Talks.", "Signed", "In force", "A feast.",
    ]  # fmt: skip


def test_a_treaty_knows_by_which_it_was_replaced(site):
    assert section_of(site.page("treaties/early/"), "lineage").endswith("Replaced by Late Pact")
    rows = json.loads(site.output.read("data/treaties.json"))
    assert [(row["id"], row["replaced_by"]) for row in rows] == [("early", ["late"]), ("late", [])]


@pytest.mark.parametrize(
    ("address", "claim"),
    [
        ("briefings/talk/", "Its words stand here as they were. 1 line that is no part of the"),
        ("briefings/part/", "Only the passages that carry notes stand here, in the words that"),
        ("briefings/empty/", ""),
    ],
)
def test_only_a_whole_article_is_said_to_be_whole(site, address, claim):
    told = section_of(site.page(address), "origin")
    assert claim in told
    assert ("as they were" in told) == ("as they were" in claim)
    assert ("left out" in told) == ("as they were" in claim)


def test_an_undated_note_is_as_old_as_its_briefing_and_quotes_the_article(site):
    page = site.page("annotations/2021/")
    (row, _) = page.all("li", "k-definition")
    assert "4 Feb 2021" in text_of(row)
    assert "\u201cgood\u201d talks" in text_of(row)
    assert "annotations/2019/index.html" not in site.output.files


def test_a_note_is_listed_with_the_sources_that_it_names_and_cites(site):
    page = site.page("annotations/2021/")
    (note, _) = page.all("li", "k-definition")
    assert "Sources: A paper of 1998, A wire" in text_of(note)  # the author's own note is none
    (footnote, _) = page.all("li", "k-source")
    assert "Source: A wire Briefing: A part" in text_of(footnote)
    (link,) = (each for each in page.all("a", inside=footnote) if text_of(each) == "A wire")
    assert link.get("href") == "../../sources/wire/"


@pytest.mark.parametrize("folder", ["content", "briefgen/cli/starter/content"])
def test_no_row_of_parties_speaks_for_many(folder):
    """An event without a party is said of each row; "31 other states" did not all sign that day."""
    treaties = []
    for file in sorted((PROJECT / folder / "treaties").iterdir()):
        text = file.read_text(encoding="utf-8")
        found = yaml.safe_load(text.split("---\n")[1] if file.suffix == ".md" else text)
        treaties += found if isinstance(found, list) else [found]
    assert treaties
    for treaty in treaties:
        assert all(party.keys() == {"entity"} for party in treaty.get("parties", [])), treaty
