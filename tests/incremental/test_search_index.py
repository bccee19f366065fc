"""The search index is made anew where what is searched has changed, and else left alone."""

from __future__ import annotations

import shutil

import pytest
from site_tester import SiteTest

from briefgen.build import search
from briefgen.build.errors import BuildStop

CALL = "content/briefings/call.md"
BRIEFING = "---\ntitle: The call\ndate: 2021-01-26\n---\nThe two leaders spoke.\n"
SEARCHED = "title: Desk\nsearch: true\n"


@pytest.fixture
def runs(monkeypatch):
    """The runs of Pagefind, which are real."""
    made = []
    run = search.run_pagefind

    def counted(*arguments, **options):
        made.append(arguments)
        run(*arguments, **options)

    monkeypatch.setattr(search, "run_pagefind", counted)
    return made


@pytest.fixture
def site(tmp_path):
    return SiteTest(tmp_path).file("briefgen.yml", SEARCHED).file(CALL, BRIEFING)


def index_of(site):
    return {path: site.output.read(path) for path in site.output.files if "pagefind/" in path}


def test_made_only_where_a_page_has_changed(site, runs):
    site.built()
    first = index_of(site)
    assert "pagefind/pagefind.js" in first
    assert len(runs) == 1
    site.built()
    site.built(clean=True)
    site.file("content/static/notes.txt", "x").built()
    assert len(runs) == 1, "no page has changed"
    assert index_of(site) == first
    site.edit(CALL, BRIEFING.replace("spoke", "wrote")).built()
    assert site.rendered == {"briefings/call/"}
    assert len(runs) == 2
    assert index_of(site) != first


def test_an_index_that_was_damaged_is_made_anew(site, runs):
    first = index_of(site.built())
    (site.output.folder / "pagefind" / "pagefind.js").unlink()
    site.built()
    assert len(runs) == 2
    assert index_of(site).keys() >= {"pagefind/pagefind.js", "pagefind/pagefind-entry.json"}
    assert len(index_of(site)) == len(first)


def test_the_same_sources_make_the_same_index(site, runs):
    for year in range(1990, 2006):  # a filter has a value for each
        text = BRIEFING.replace("2021", str(year)).replace("The call", f"A call of {year}")
        site.file(f"content/briefings/call-{year}.md", text)
    first = index_of(site.built())
    shutil.rmtree(site.output.folder)
    site.built(clean=True)
    assert len(runs) == 2
    assert index_of(site) == first


def test_taken_away_with_search(site, runs):
    site.built()
    site.edit("briefgen.yml", "title: Desk\n").built()
    assert index_of(site) == {}
    assert "search/index.html" not in site.output.files
    assert len(runs) == 1


def test_never_where_pages_are_served(site, runs):
    site.built(search=False)
    assert runs == []
    assert index_of(site) == {}
    assert "search/index.html" in site.output.files


def test_pages_are_published_where_pagefind_fails(site, monkeypatch, tmp_path):
    program = tmp_path / "broken"
    program.write_text("#!/bin/sh\necho 'out of luck' >&2\nexit 3\n")
    program.chmod(0o755)
    with monkeypatch.context() as patched:
        patched.setattr("briefgen.build.pagefind.find_program", lambda: program)
        with pytest.raises(BuildStop, match="could not index them for search: out of luck"):
            site.build()
    assert (site.root / "site" / "briefings" / "call" / "index.html").is_file()
    assert "pagefind/pagefind.js" in index_of(site.built())
