"""What a site that is built with drafts says of them, and to whom it does not."""

import pytest

from briefgen.build.options import BuildOptions
from briefgen.build.pipeline import build
from briefgen.model.dates import Day

BRIEFING = """---
title: {}
date: {}
topics: [talks]
{}---
The two leaders of NATO spoke, after [[call]].
"""
NATO = "- {id: nato, kind: organization, name: NATO}\n"


@pytest.fixture
def folder(tmp_path):
    """A site with a briefing, a draft, one that waits, and a plain page that is a draft."""
    folder = tmp_path / "content/briefings"
    folder.mkdir(parents=True)
    for name in ("entities", "pages"):
        (tmp_path / "content" / name).mkdir()
    (tmp_path / "briefgen.yml").write_text("title: Desk\nurl: https://example.org/\n")
    (tmp_path / "content/entities/entities.yml").write_text(NATO)
    page = "---\ntitle: About\ndraft: true\n---\nThis desk.\n"
    (tmp_path / "content/pages/about.md").write_text(page)
    call = BRIEFING.format("Call", "2021-01-26", "").replace("after [[call]]", "at length")
    (folder / "call.md").write_text(call)
    (folder / "second.md").write_text(BRIEFING.format("Second", "2021-01-27", "draft: true\n"))
    (folder / "later.md").write_text(BRIEFING.format("Later", "2031-01-27", ""))
    return tmp_path


def made(folder, **options):
    """Build the site, and return a function that reads a page of it."""
    options = {"as_of": Day("2026-11-24"), "drafts": True, "future": True} | options
    assert build(BuildOptions(root=folder, **options)).ok
    return lambda path: (folder / "site" / path).read_text(encoding="utf-8")


@pytest.fixture
def site(folder):
    made(folder)
    return folder / "site"


LISTS = (
    "index.html",
    "briefings/index.html",
    "topics/talks/index.html",
    "entities/nato/index.html",
)
DRAFT, WAITS = "(Draft)", "(Not yet published)"
NOTICES = ("Draft: this page is not published.", "This page is not published before")


def test_what_is_not_public_says_so_on_its_page_and_in_lists(folder):
    page = made(folder)
    assert NOTICES[0] in page("briefings/second/index.html")
    assert NOTICES[0] in page("about/index.html")
    later = page("briefings/later/index.html")
    assert f"{NOTICES[1]} <time" in later
    assert "2031-01-27" in later
    for path in LISTS:
        assert page(path).count(DRAFT) == 1, path
        assert page(path).count(WAITS) == 1, path
    call = page("briefings/call/index.html")
    assert not [notice for notice in NOTICES if notice in call]
    # Of both it is told that they are related, and that they link here.
    assert (call.count(DRAFT), call.count(WAITS)) == (2, 2)


def test_a_day_that_comes_takes_the_words_away_and_one_gone_back_to_brings_them(folder):
    before = made(folder)
    pages = {path: before(path) for path in (*LISTS, "briefings/later/index.html")}
    after = made(folder, as_of=Day("2031-01-27"))
    for path in pages:
        assert WAITS not in after(path), path
        assert NOTICES[1] not in after(path), path
    again = made(folder)
    assert {path: again(path) for path in pages} == pages


def test_a_site_without_them_says_nothing(folder):
    page = made(folder, drafts=False, future=False)
    for path in ("index.html", "briefings/index.html", "briefings/call/index.html"):
        assert not [words for words in (DRAFT, WAITS, *NOTICES) if words in page(path)], path


@pytest.mark.parametrize("path", ["feed.xml", "sitemap.xml"])
def test_what_is_not_public_is_not_spread(site, path):
    text = (site / path).read_text(encoding="utf-8")
    assert "briefings/call" in text
    assert "briefings/second" not in text
    assert "briefings/later" not in text
