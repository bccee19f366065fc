"""The theme `dossier`: its pages are valid, load nothing, and link to what is there."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from gzip import compress

import pytest
from msgspec.structs import replace
from theme_pages import TEMPLATES, THEME, page, section, text, tree_of
from theme_views import BOX, BRIEFING, PAGES, SITE, TREATY

from briefgen.model.index import SECTIONS

COMPLETE = ("briefing", "home", "briefings", "glossary", "treaties", "timeline", "moved", "404")


@pytest.mark.parametrize("kind", PAGES)
def test_page_is_sound(kind: str) -> None:
    tree = page(kind)
    found = list(tree.iter())
    ids = Counter(e.get("id") for e in found if e.get("id"))
    assert [name for name, count in ids.items() if count > 1] == []
    assert [e.tag for e in found if e.get("title") or e.get("style") or e.get("onclick")] == []
    assert [
        e.tag
        for e in found
        if e.tag == "style"
        or (e.tag == "script" and e.text and e.get("type") != "application/ld+json")
    ] == []
    assert [
        e.get("aria-labelledby")
        for e in found
        if e.get("aria-labelledby", "main") not in {*ids, "main"}
    ] == []
    assert tree.find("head/title") is not None
    assert tree.get("lang") == "en"
    assert tree.get("dir") == "ltr"
    empty = [
        e.tag for e in found if e.tag in ("li", "dd", "dt", "h1", "h2", "h3", "a") and not text(e)
    ]
    assert empty == []


@pytest.mark.parametrize("kind", [kind for kind in PAGES if kind != "moved"])
def test_headings_and_landmarks(kind: str) -> None:
    tree = page(kind)
    levels = [int(e.tag[1]) for e in tree.iter() if re.fullmatch("h[1-6]", str(e.tag))]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    assert [len(list(tree.iter(tag))) for tag in ("main", "footer")] == [1, 1]
    assert next(e for e in tree.iter("a")).get("href") == "#main"


@pytest.mark.parametrize("kind", COMPLETE)
def test_links_within_the_page_lead_somewhere(kind: str) -> None:
    ids = {e.get("id") for e in page(kind).iter()}
    hrefs = [e.get("href", "") for e in page(kind).iter("a")]
    assert {h for h in hrefs if h.startswith("#") and h[1:] not in ids} == (
        {"#fnref-1-1"} if kind == "" else set()
    )


@pytest.mark.parametrize("kind", PAGES)
def test_page_loads_nothing_from_elsewhere(kind: str) -> None:
    loaded = [e.get("src") or e.get("href") for e in page(kind).iter()
              if e.tag in ("img", "script", "link") and e.get("rel") not in ("canonical", "alternate")]  # fmt: skip
    assert [url for url in loaded if url and re.match("(https?:)?//", url)] == []
    hrefs = [e.get("href", "") for e in page(kind).iter("a")]
    assert [h for h in hrefs if re.match(r"(?!https?:|mailto:)[a-z]+:", h)] == []


def test_policy_is_strict_and_opens_for_search_alone() -> None:
    def policy(kind: str) -> str:
        tree = tree_of(replace(PAGES[kind], site=replace(SITE, search="search/")))
        return next(e.get("content", "") for e in tree.iter("meta") if e.get("http-equiv"))

    assert policy("page").startswith("default-src 'self'; img-src 'self' data:;")
    assert [kind for kind in PAGES if "unsafe" in policy(kind)] == ["search"]
    assert "script-src 'self' 'wasm-unsafe-eval';" in policy("search")


def test_head_of_a_briefing() -> None:
    links = {
        (e.get("rel"), e.get("type") or e.get("hreflang"), e.get("href"))
        for e in page("briefing").iter("link")
    }
    assert links == {
        ("canonical", None, "https://example.org/desk/briefings/first-call/"),
        ("alternate", "ru", "../first-call-ru/"),
        ("alternate", "application/atom+xml", "feed.xml"),
        ("alternate", "application/atom+xml", "../../feed.xml"),
        ("alternate", "application/ld+json", "annotations.jsonld"),
        ("icon", None, "data:,"),
        ("stylesheet", None, "../../static/dossier.css"),
    }
    script, data = page("briefing").iter("script")
    assert (script.get("src"), script.get("defer")) == ("../../static/dossier.js", "")
    assert data.text == '{"@context": "https://schema.org", "@type": "Article"}'


def test_a_bare_briefing_has_no_empty_sections() -> None:
    bare = replace(
        BRIEFING, description="", updated=None, authors=(), topics=(), key_points=(), origin=None, is_raw=False,
        is_excerpt=False, boxes=(), analysis=(), notes=(), note_kinds=(), contents=(), glossary=(), footnotes=(),
        related=(), backlinks=(), corrections=(), dates=(), source_summary=None, canonical=None, annotations=None, feed=None, json_ld=None,
    )  # fmt: skip
    tree = tree_of(bare)
    assert [e.get("aria-labelledby") for e in tree.iter("section")] == ["cite"]


def test_treaty_shows_the_refs_of_an_event_once() -> None:
    """In the table of all events: its box has the same views, and is of the same page."""
    same = replace(TREATY, events=BOX.signed)
    (row,) = section(tree_of(same), "events").iter("tbody")
    shown = [e for e in tree_of(same).iter() if e.get("id") == "fnref-3-1"]
    assert [e.get("id") for e in row.iter() if e.get("id")] == [e.get("id") for e in shown]
    assert len(shown) == 1


def test_every_macro_and_page_is_escaped() -> None:
    evil = '"><script>alert(1)</script>'
    view = replace(
        BRIEFING, title=evil, description=evil, site=replace(SITE, title=evil, description=evil)
    )
    assert b"<script>alert" not in TEMPLATES.render(view)


def test_style_sheet_is_small_and_loads_nothing() -> None:
    css = (THEME / "static" / "dossier.css").read_text()
    assert len(compress(css.encode())) < 14_000
    assert re.findall(r"url\((?!\"data:)|@import|http://(?!www\.w3\.org)|https://", css) == []
    assert css.count("{") == css.count("}")


def test_sections_that_links_may_name_are_those_of_each_kind_of_page() -> None:
    sources = [file.read_text(encoding="utf-8") for file in (THEME / "templates").glob("*.html")]
    fixed = {name for source in sources for name in re.findall(r'id="([a-z-]+)"', source)}
    for kind in PAGES:
        if kind not in ("moved", "404"):  # which no link may name
            shown = {e.get("id") for e in page(kind).iter()} & fixed
            assert SECTIONS.get(kind, frozenset()) == shown - {"main"}, kind
