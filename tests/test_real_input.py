"""The article that the project began with, annotated in a site that `briefgen init` made.

Its text is not in the project: it is copied into the test's folder when there is one to copy.
"""

from __future__ import annotations

import json
import re

import pytest
from site_tester import SiteTest, squeeze, text_of

from briefgen.annotate.normal import normalise
from briefgen.cli.init import make_site

ARTICLE = "seeds/first-call.txt"
ADDRESS = "briefings/first-call/"

SKIPPED = (1, 2, 4, 6)
"""The lines, from 1, of the breadcrumb, a teaser, the repeated title and the byline."""
HEADINGS = (20, 40)

# Of each annotation: its id, kind and quote.
ACROSS_NAMES = (
    "committee", "context",
    "Kosachev, Chairman of the International Affairs Committee of the Russian Federation Commission, also told RTAs",
)  # fmt: skip
OVERLAPPING = (
    "extension", "update",
    "agreed to extend the New Strategic Arms Reduction Treaty, which is expected to complete",
)  # fmt: skip
OVERLAPPED = (
    "procedures", "definition",
    "which is expected to complete the necessary procedures in the next few days",
)  # fmt: skip
CURLY = (
    "readout", "dispute",
    "Russia’s “targeting the United States and its allies Action”.",
)  # fmt: skip
ACROSS_PARAGRAPHS = (
    "nato", "correction",
    "NATO’s “collective defense” clause. CNN pointed out",
)  # fmt: skip
SOURCE = ("signature", "source", "signed in 2010 and entered into force on February 5, 2011")

IN_ORDER = (OVERLAPPING, OVERLAPPED, CURLY, ACROSS_NAMES, ACROSS_PARAGRAPHS)
"""Those with a note of their own, in the order in which their quotes end: numbers 1 to 5."""

BRIEFING = f"""\
---
title: Biden and Putin hold their first call
date: 2021-01-26
published: 2021-02-04
article: ../../{ARTICLE}
structure:
  skip: [1, 2, 4, by YCPress]
  headings: [{HEADINGS[0]}, {HEADINGS[1]}]
treaties: [new-start]
entities: {{Russia Today: rt}}
sources:
  readout: {{type: report, publisher: The White House, title: Readout of the call}}
  ap-call: {{type: article-newspaper, publisher: Associated Press, url: https://example.org/ap}}
annotations:
  - id: {SOURCE[0]}
    kind: {SOURCE[1]}
    quote: {SOURCE[2]}
    sources: [treaty-page]
  - id: {ACROSS_NAMES[0]}
    quote: {ACROSS_NAMES[2]}
    note: He chaired the committee of the Federation Council. [^treaty-page]
  - id: {OVERLAPPING[0]}
    kind: {OVERLAPPING[1]}
    quote: {OVERLAPPING[2]}
    note: It was extended on 3 February 2021. [@treaty-page, p. 2; @ap-call]
    date: 2021-02-04
  - id: {OVERLAPPED[0]}
    kind: {OVERLAPPED[1]}
    quote: {OVERLAPPED[2]}
    note: Both houses vote, the president signs.
  - id: {CURLY[0]}
    kind: {CURLY[1]}
    quote: {CURLY[2]}
    note: Washington’s own words differ. [^readout]
  - id: {ACROSS_PARAGRAPHS[0]}
    kind: {ACROSS_PARAGRAPHS[1]}
    quote: {ACROSS_PARAGRAPHS[2]}
    note: The clause is Article 5.
    sources: [ap-call]
---
"""

NAMES = {
    "joe-biden": "Joe Biden",
    "vladimir-putin": "Vladimir Putin",
    "konstantin-kosachev": "Konstantin Kosachev",
    "alexei-navalny": "Alexei Navalny",
    "associated-press": "Associated Press",
    "cnn": "CNN",
    "rt": "RT",
    "rossiya-segodnya": "Rossiya Segodnya",
    "ria-novosti": "RIA Novosti",
    "sputnik": "Sputnik",
    "russia": "Russia",
    "germany": "Germany",
}
"""Twelve entities; NATO, its Secretary General and the United States are the starter's."""

ALIASES = {
    "joe-biden": ["Biden"],
    "vladimir-putin": ["Putin"],
    "konstantin-kosachev": ["Kosachev"],
    "alexei-navalny": ["Navaline"],
    "rt": ["Russia Today"],
    "rossiya-segodnya": ["Russia Today"],
    "ria-novosti": ["RTAs"],
    "sputnik": ["Russian satellite news agency"],
}

ORGANISATIONS = ("associated-press", "cnn", "rt", "rossiya-segodnya", "ria-novosti", "sputnik")
PLACES = ("russia", "germany")

NEW_START = """\
---
name: New START
aliases: [New Strategic Arms Reduction Treaty]
description: The last treaty that limited the strategic weapons of the two.
parties: [{entity: united-states}, {entity: russia}]
events:
  - {date: 2010-04-08, type: signed, place: Prague}
  - {date: 2011-02-05, type: in-force, until: 2021-02-05}
  - {date: 2021-02-03, type: extended, until: 2026-02-05}
provisions: [{name: Deployed warheads, limit: 1550, unit: warheads}]
sources: [treaty-page]
---
"""

SOURCES = """\
treaty-page: {type: webpage, publisher: Treaty archive, url: https://example.org/new-start}
"""


def entities_file():
    """The entities as JSON, which is YAML too."""
    return json.dumps(
        [
            {
                "id": id_,
                "kind": "organization" if id_ in ORGANISATIONS
                else "place" if id_ in PLACES else "person",
                "name": name,
                "aliases": ALIASES.get(id_, []),
                "description": f"What {name} is.",
            }
            for id_, name in NAMES.items()
        ]
    )  # fmt: skip


@pytest.fixture(scope="module")
def article(shared):
    """The raw article, as it is."""
    found = sorted((shared / "seeds").glob("*.txt")) if (shared / "seeds").is_dir() else []
    if not found:
        pytest.skip(
            "../shared/seeds is not there: it holds the article, which is not ours to carry"
        )
    return found[0].read_bytes()


@pytest.fixture(scope="module")
def site(article, tmp_path_factory):
    root = tmp_path_factory.mktemp("desk") / "site"
    make_site(root)
    return (
        SiteTest(root)
        .file(ARTICLE, article)
        .file("content/briefings/first-call.md", BRIEFING)
        .file("content/entities/call.yml", entities_file())
        .file("content/treaties/new-start.md", NEW_START)
        .file("content/sources/call.yml", SOURCES)
        .built(base_url="https://example.org/desk/", strict=True)
    )


@pytest.fixture(scope="module")
def page(site):
    return site.page(ADDRESS)


def links_of(page, class_, inside=None):
    return {text_of(a): a.get("href") for a in page.all("a", class_, inside=inside)}


def test_the_reading_text_is_the_file_less_the_skipped_lines(page, article):
    lines = article.decode("utf-8").split("\n")
    kept = [line for number, line in enumerate(lines, 1) if number not in SKIPPED]
    assert page.reading_text == squeeze(" ".join(kept))
    assert "4 lines that are no part of the article were left out." in page.text


def test_the_seed_lies_in_the_site_as_it_was(site, article):
    assert (site.root / ARTICLE).read_bytes() == article


def test_the_lines_named_by_number_are_headings(page, article):
    lines = article.decode("utf-8").split("\n")
    headings = [text_of(e) for e in page.all("h2", inside=page.article)]
    assert headings == [squeeze(lines[number - 1]) for number in HEADINGS]
    contents = page.one("nav", "toc")
    for heading in page.all("h2", inside=page.article):
        assert links_of(page, "", contents)[text_of(heading)] == f"#{heading.get('id')}"


@pytest.mark.parametrize(("number", "annotation"), list(enumerate(IN_ORDER, 1)))
def test_each_annotation_marks_its_quote(page, number, annotation):
    id_, kind, quote = annotation
    assert normalise(page.words_marked(number)).text == normalise(quote).text
    marks = [mark for mark in page.all("mark") if mark.get("data-n") == str(number)]
    assert all(f"k-{kind}" in mark.get("class").split() for mark in marks)
    note = page.by_id(f"note-{id_}")
    assert (note.get("role"), note.get("data-n")) == ("note", str(number))
    marker = page.by_id(f"quote-{id_}")
    assert (text_of(marker), marker.get("href")) == (str(number), f"#note-{id_}")


def test_a_quote_runs_over_paragraphs_names_and_other_quotes(page):
    """A mark is closed and opened again where another element begins or ends."""

    def marks(annotation):
        number = IN_ORDER.index(annotation) + 1
        return [m for m in page.all("mark") if m.get("data-n") == str(number)]

    assert len(marks(ACROSS_PARAGRAPHS)) == 2
    names = [text_of(a) for mark in marks(ACROSS_NAMES) for a in page.all("a", "m", inside=mark)]
    assert names == ["Kosachev", "RTAs"]
    lanes = {m.get("class") for a in (OVERLAPPING, OVERLAPPED) for m in marks(a)}
    assert len(lanes) == 2
    assert any("lane-1" in lane for lane in lanes)


def test_a_note_stands_behind_the_paragraph_in_which_its_quote_ends(page):
    children = list(page.article)
    for id_, _, quote in IN_ORDER:
        note = page.by_id(f"note-{id_}")
        place = next(i for i, child in enumerate(children) if note in list(child.iter()))
        before = text_of(children[place - 1], aside=False)
        ending = normalise(quote).text.rpartition(". ")[2][-20:]
        assert ending in normalise(before).text


def test_footnotes_are_numbered_as_they_are_read_with_a_way_back_for_each_use(page):
    listed = page.all("li", inside=page.one("ol", "sources"))
    assert [text_of(item).split()[0] for item in listed] == ["1", "2", "3"]
    names = ["Treaty archive", "Associated Press", "Readout of the call"]
    for item, name in zip(listed, names, strict=True):
        assert name in text_of(item)
    backs = [
        [a for a in page.all("a", inside=item) if a.get("href").startswith("#fnref-")]
        for item in listed
    ]
    # The treaty's page: the note on the extension, on the committee, the footnote of kind
    # `source`, and the fact box.
    assert [[text_of(a) for a in row] for row in backs] == [["a", "b", "c", "d"], ["a", "b"], ["↑"]]
    for row in backs:
        for back in row:
            number = page.by_id(back.get("href")[1:])
            assert page.has_id(number.get("href")[1:])
    assert "(p. 2)" in text_of(listed[0])


def test_an_annotation_of_kind_source_is_but_a_footnote(page):
    (paragraph,) = (p for p in page.all("p", inside=page.article) if SOURCE[2] in text_of(p))
    footnote = page.by_id(f"note-{SOURCE[0]}")
    assert footnote is page.one("sup", "fn", inside=paragraph)
    assert text_of(paragraph).partition(SOURCE[2])[2].startswith(text_of(footnote))
    number = page.one("a", inside=footnote)
    assert (text_of(number), number.get("href")) == ("1", "#fn-1")


def test_mentions_lead_to_the_right_pages(site, page):
    shown = {}
    for link in page.all("a", "m", inside=page.article):
        shown.setdefault(text_of(link), set()).add(link.get("href"))
    expected = {
        "Biden": "../../entities/joe-biden/",
        "Putin": "../../entities/vladimir-putin/",
        "Kosachev": "../../entities/konstantin-kosachev/",
        "Navaline": "../../entities/alexei-navalny/",
        "RTAs": "../../entities/ria-novosti/",
        "Russia Today": "../../entities/rt/",
        "Russian satellite news agency": "../../entities/sputnik/",
        "Associated Press": "../../entities/associated-press/",
        "CNN": "../../entities/cnn/",
        "NATO": "../../entities/nato/",
        "Stoltenberg": "../../entities/jens-stoltenberg/",
        "New Strategic Arms Reduction Treaty": "../../treaties/new-start/",
        "Russia": "../../entities/russia/",
        "United States": "../../entities/united-states/",
        "Germany": "../../entities/germany/",
    }
    assert {name: {address} for name, address in expected.items()} == shown
    for address in expected.values():
        path, _ = site.output.target(f"{ADDRESS}index.html", address)
        assert f"{path}index.html" in site.output.files


def test_a_shared_name_goes_where_the_page_decides(site):
    """RT has the sentence; the company of the same name is not mentioned, and says so."""
    ours = site.page("entities/rt/")
    assert "pointed out that the position of the new Biden administration" in ours.text
    assert "Not mentioned in any briefing so far." in site.page("entities/rossiya-segodnya/").text


def test_a_shared_name_is_not_guessed(site, tmp_path):
    undecided = BRIEFING.replace("entities: {Russia Today: rt}\n", "")
    other = SiteTest(tmp_path / "other").copy(site.root)
    other.edit("content/briefings/first-call.md", undecided).build()
    (found,) = (d for d in other.diagnostics if d.code == "ambiguous-mention")
    assert (found.place.path, found.place.line) == (ARTICLE, 22)
    assert "rossiya-segodnya" in found.message
    assert "rt" in found.message
    page = other.page(ADDRESS)
    assert "Russia Today" not in links_of(page, "m")


def test_the_glossary_has_everything_that_is_mentioned(page):
    section = page.one("div", "glossary")
    listed = {e.get("id").removeprefix("g-") for e in page.all("div", "g", inside=section)}
    starter = {"nato", "jens-stoltenberg", "united-states", "new-start"}
    assert listed == (set(NAMES) - {"rossiya-segodnya"}) | starter
    for id_ in set(NAMES) & listed:
        assert f"What {NAMES[id_]} is." in text_of(page.by_id(f"g-{id_}"))


def test_the_fact_box_says_what_was_and_what_is(page):
    box = page.one("section", "box")
    fields = {
        text_of(row.find("dt")): text_of(row.find("dd"))
        for row in page.one("dl", inside=box).findall("div")
    }
    assert fields["When written, 26 Jan 2021"] == "In force, due to expire on 5 February 2021"
    assert fields["Now"] == "Expired on 5 February 2026"
    assert fields["Until"] == "5 Feb 2021, then extended to 5 Feb 2026"
    assert fields["Parties"] == "United States, Russia (each: Party until the end)"
    assert "1,550 warheads" in fields["Deployed warheads"]


def test_the_annotations_are_there_as_web_annotations(site, page):
    (address,) = (
        link.get("href")
        for link in page.all("link")
        if link.get("type") == "application/ld+json"
    )  # fmt: skip
    path, _ = site.output.target(f"{ADDRESS}index.html", address)
    items = json.loads(site.output.read(path))["first"]["items"]
    quotes = {id_: quote for id_, _, quote in (*IN_ORDER, SOURCE)}
    assert len(items) == len(quotes)
    for item in items:
        exact, position = item["target"]["selector"]
        id_ = item["id"].partition("#note-")[2]
        assert page.reading_text[position["start"] : position["end"]] == exact["exact"]
        assert normalise(exact["exact"]).text == normalise(quotes[id_]).text
        before = page.reading_text[: position["start"]]
        assert before.endswith(exact["prefix"])
        assert page.reading_text[position["end"] :].startswith(exact["suffix"])


def test_every_address_inside_the_page_leads_somewhere(site, page):
    for address in page.addresses:
        found = site.output.target(f"{ADDRESS}index.html", address)
        if found is None:
            continue
        path, fragment = found
        path += "index.html" if path.endswith("/") or not path else ""
        assert path in site.output.files, address
        if fragment:
            assert site.output.page(path).has_id(fragment), address


def test_json_ld_names_the_briefing(page):
    (script,) = (each for each in page.all("script") if not each.get("src"))
    node = json.loads(script.text)
    assert node["headline"] == "Biden and Putin hold their first call"
    assert node["url"] == f"https://example.org/desk/{ADDRESS}"
    assert not re.search("[<>&]", script.text)
