"""Links as authors write them, and where they lead on the pages."""

from __future__ import annotations

import re

import pytest
from site_tester import PROJECT, SiteTest

from briefgen.parse.fragments import slugify

HEAD = "---\ntitle: {}\ndate: 2021-01-26\n{}---\n"

LINKS = """\
The rest is in [[second]]. See [this](</docs/a b%23c%2520d%3F.txt>) and ![a chart](</chart (1).png>).

See [[second#glossary|there]] and [the file](second.md#glossary).
"""


@pytest.fixture(params=["directory", "file"])
def site(request, tmp_path):
    """A site whose names need care, with its pages in folders or as files."""
    return (
        SiteTest(tmp_path)
        .file("briefgen.yml", f"title: T\nurl: https://exämple.org/désk/\nurls: {request.param}\n")
        .file("content/static/docs/a b#c%20d?.txt", "a file")
        .file("content/static/chart (1).png", "a picture")
        .file("content/entities/e.yml", "- {id: jb, kind: person, name: Biden}\n")
        .file("content/briefings/first.md", HEAD.format("First", "") + LINKS)
        .file(
            "content/briefings/second.md",
            HEAD.format("Second “one”", "slug: zwölf\nmoved_from: [old/address/]\n")
            + "| Who |\n|--|\n| Biden |\n\nIt was Biden who wrote.\n\n## Glossary of Biden\n",
        )
        .built()
    )


def test_every_link_leads_to_a_file(site):
    for path in site.output.page_files:
        for address in site.output.page(path).addresses:
            found = site.output.target(path, address)
            if found is not None:
                file, fragment = found
                file += "index.html" if not file or file.endswith("/") else ""
                assert file in site.output.files, (path, address)
                assert not fragment or site.output.page(file).has_id(fragment), (path, address)


def test_canonical_addresses_are_those_of_the_sitemap(site):
    listed = site.output.read("sitemap.xml").decode()
    for path in site.output.page_files:
        if path.startswith(("404", "old/")):
            continue
        (canonical,) = (
            link.get("href")
            for link in site.output.page(path).all("link")
            if link.get("rel") == "canonical"
        )
        assert canonical.isascii()
        assert f"<loc>{canonical}</loc>" in listed


def test_an_old_address_leads_on(site):
    old = site.output.page("old/address/")
    (refresh,) = (meta for meta in old.all("meta") if meta.get("http-equiv") == "refresh")
    address = refresh.get("content").partition("url=")[2]
    file, _ = site.output.target("old/address/index.html", address)
    assert file.startswith("briefings/zwölf/")


def test_a_page_that_is_linked_without_words_shows_its_title_in_the_sentence(site):
    assert "The rest is in Second “one”." in site.page("briefings/zwölf/").text
    site.edit(
        "content/briefings/second.md", HEAD.format("Another title", "slug: zwölf\n") + "Words.\n"
    ).file("content/briefings/first.md", HEAD.format("First", "") + "It is in [[second]].").built()
    assert "It is in Another title." in site.page("briefings/zwölf/").text


def test_a_title_in_a_sentence_changes_with_the_page_that_has_it(site):
    both = "It is in [[second]] and in [[third]]."
    site.file("content/briefings/first.md", HEAD.format("First", "") + both)
    site.file("content/briefings/third.md", HEAD.format("Third", "")).built()
    assert "It is in Second “one” and in Third." in site.page("briefings/zwölf/").text
    site.edit("content/briefings/third.md", HEAD.format("Renamed", "")).built()
    assert "It is in Second “one” and in Renamed." in site.page("briefings/zwölf/").text


def test_a_mention_is_shown_in_a_sentence_rather_than_a_cell(site):
    assert "It was Biden who wrote." in site.page("entities/jb/").text


HEADINGS = """\
# Notes

## Verification

## Fn 1

## Box new-start

## The treaty
"""


def test_a_heading_never_takes_the_fragment_of_another_or_of_a_section(tmp_path):
    """Not that of the raw article's headings, of a note's, of the page's own sections."""
    front = (
        "article: ../../seeds/x.txt\n"
        "structure: {headings: [The treaty, Sources]}\n"
        "sources: {s: {title: S}}\n"
        "annotations: [{quote: Words here, note: '## The treaty\n\n    Words. [^s]', id: '1'}]\n"
    )
    site = (
        SiteTest(tmp_path)
        .file("seeds/x.txt", "The treaty\n\nSources\n\nWords here.\n")
        .file("content/briefings/x.md", HEAD.format("X", front) + HEADINGS)
        .built()
    )
    page = site.page("briefings/x/")
    assert page.repeated_ids == []
    shown = [(h.tag, h.get("id")) for h in page.all("h2", inside=page.article)]
    assert shown == [("h2", "the-treaty-1"), ("h2", "sources-section"), ("h2", None)]
    listed = [a.get("href") for a in page.all("a", inside=page.one("nav", "toc"))][:7]
    assert listed == [
        "#notes-section", "#verification-section", "#fn-1-section", "#box-new-start-section",
        "#the-treaty", "#the-treaty-1", "#sources-section",
    ]  # fmt: skip


def test_the_theme_has_no_section_whose_fragment_a_heading_could_take():
    ids = set()
    for template in (PROJECT / "themes" / "dossier" / "templates").glob("*.html"):
        ids.update(re.findall(r'id="([a-z-]+)"', template.read_text(encoding="utf-8")))
    assert len(ids) > 20
    assert {id_ for id_ in ids if slugify(id_.replace("-", " ")) == id_} == set()


def test_a_colon_behind_a_question_mark_is_no_scheme(tmp_path):
    """What is checked as a link of the site is shown as one; a page has no use for a query."""
    text = "---\ntitle: P\n---\n[q](p.md?q=a:b) and ![i](/a.png?v=1:2)\n"
    site = (
        SiteTest(tmp_path)
        .file("content/static/a.png", "a picture")
        .file("content/pages/p.md", text)
        .built()
    )
    page = site.page("p/")
    (link,) = (a for a in page.all("a") if a.text == "q")
    assert link.get("href") == "../p/"
    assert page.one("img").get("src") == "../a.png"


FRAGMENTS = {
    "second#glossary": True,
    "second#key-points": True,
    "second#one": True,
    "second#note-one": True,
    "second#note-none": False,
    "second#note-": False,
    "second#provisions": False,
    "second#roles": False,
    "jb#roles": True,
    "jb#main": True,
    "jb#provisions": False,
    "jb#note-one": False,
    "t#provisions": True,
    "t#roles": False,
    "t#cite": False,
    "topic:arms#briefings": True,
    "topic:arms#events": False,
    "source:s#cited": True,
    "source:s#sources": False,
    "p#backlinks": True,
    "p#contents": False,
}


def test_a_fragment_is_one_of_that_kind_of_page(tmp_path):
    links = " ".join(f"[[{target}]]" for target in FRAGMENTS)
    lists = " [a](/sources/#own) [b](/sources/#main) [c](/#latest) [d](/#own)"
    more = "topics: [arms]\nannotations: [{quote: Words, note: N, sources: [s], id: one}]\n"
    site = (
        SiteTest(tmp_path)
        .file("content/entities/e.yml", "- {id: jb, kind: person, name: Biden}\n")
        .file("content/treaties/t.yml", "- {id: t, name: Treaty}\n")
        .file("content/sources/s.yml", "s: {title: S}\n")
        .file("content/pages/p.md", "---\ntitle: P\n---\n")
        .file("content/briefings/second.md", HEAD.format("Second", more) + "Words.\n")
        .file("content/briefings/first.md", HEAD.format("First", "") + links + lists)
        .build()
    )
    wrong = [d.message for d in site.diagnostics if d.code == "unknown-fragment"]
    expected = [target.partition("#")[2] for target, is_there in FRAGMENTS.items() if not is_there]
    assert [message.rpartition("#")[2].rstrip("`.") for message in wrong] == [*expected, "own"]


@pytest.mark.parametrize(
    ("address", "is_there"),
    [
        ("/glossary/#g-jb", True),
        ("/glossary/#g-t", True),
        ("/glossary/#g-nobody", False),
        ("/sources/#source-s", True),
        ("/sources/#source-none", False),
        ("/timeline/#y1991", True),
        ("/timeline/#y1992", True),
        ("/timeline/#y2021", True),
        ("/timeline/#y1993", False),
        ("/briefings/#y2021", True),
        ("/briefings/#y1991", False),
        ("/glossary/#y2021", False),
    ],
)
def test_a_fragment_of_a_list_is_an_entry_or_a_year_that_it_has(tmp_path, address, is_there):
    event = "- {id: e, kind: event, name: Event, date: 1992}\n"
    site = (
        SiteTest(tmp_path)
        .file("content/entities/e.yml", "- {id: jb, kind: person, name: Biden}\n" + event)
        .file("content/treaties/t.yml", "- {id: t, name: Treaty, events: [{date: 1991-07-31, "
              "type: signed}]}\n")
        .file("content/sources/s.yml", "s: {title: S}\n")
        .file("content/briefings/first.md",
              "---\ntitle: First\ndate: 2021-01-26\n---\n" + f"[a]({address})\n")
        .build()
    )  # fmt: skip
    assert ("unknown-fragment" not in site.codes) == is_there
    if is_there:
        target, _, fragment = address[1:].partition("#")
        assert site.page(target).has_id(fragment)
