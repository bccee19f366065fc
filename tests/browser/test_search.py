"""Search as readers have it: the demonstration site with its index, in a folder of a web server."""

import re

import pytest
from demo import demo_site, serving
from site_tester import SiteTest

pytestmark = [pytest.mark.browser, pytest.mark.slow]

FOREIGN = """---
title: Звонок
date: 2021-01-26
lang: ru
---
Стороны обсудили телеметрию.
"""
ACCENTED = """---
title: A visit
date: 2021-03-01
topics: [treaty-endings]
---
They met Viktor Orbán at the Élysée, and dined on 寿司 in 東京都.
"""
ORBAN = "---\nname: Viktor Orbán\nkind: person\naliases: [Orbán]\n---\n"


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """The address of the demonstration site with two briefings more, under `/desk/`."""
    site = demo_site(tmp_path_factory.mktemp("demo"))
    site.file("content/briefings/2021-01-26-zvonok.md", FOREIGN)
    site.file("content/briefings/2021-03-01-visit.md", ACCENTED)
    site.file("content/entities/orban.md", ORBAN)
    site.built()
    served = tmp_path_factory.mktemp("served")
    site.output.folder.rename(served / "desk")
    with serving(served) as address:
        yield f"{address}desk/"


@pytest.fixture
def search(page, address):
    """Open the search page with a question; return the titles that are found, in order."""
    broken = []
    page.on("console", lambda message: broken.append(message.text))
    page.on("pageerror", lambda error: broken.append(str(error)))

    def search(question):
        page.goto(f"{address}search/?{question}")
        page.locator("[role=status]", has_text=re.compile("Results|Nothing")).wait_for()
        return page.locator(".hits a").all_inner_texts()

    yield search
    assert broken == []


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("telemetry", "Verification"),  # of the body
        ("Elysee", "A visit"),
        ("Élysée", "A visit"),
        ("Orban", "A visit"),
        ("orbán", "Viktor Orbán"),  # the page of the entity
        ("寿司", "A visit"),
        ("東京", "A visit"),
        ("телеметрию", "Звонок"),  # of another language's index
    ],
)
def test_found_by_a_word(search, words, title):
    assert title in search(f"q={words}")


def test_a_result_has_its_date_in_words(search, page):
    search("q=telemetry&kind=briefing&year=2023")
    hit = page.locator(".hits li", has_text="Russia suspends its part in New START")
    assert hit.locator(".kind").inner_text() == "Briefing, 28 Feb 2023"


def test_what_is_shown_of_a_page_reads_as_its_text_does(search, page):
    search("q=telemetry")
    hit = page.locator(".hits li", has_text="Russia suspends its part in New START")
    said = hit.locator(".sentence").inner_text()
    # The number of a note stands before the full stop, and is left out.
    assert "telemetry and a Bilateral Consultative Commission. A limit can be kept" in said
    assert said.startswith("… ")
    assert said.endswith("\xa0…")
    assert set(page.locator(".hits mark").all_inner_texts()) == {"telemetry"}
    topic = page.locator(".hits li", has_text="Verification").first.locator(".sentence")
    assert topic.inner_text().endswith("data, notifications and telemetry.")


def test_headings_of_the_theme_are_not_searched(search, page):
    search("q=New+START&kind=treaty")
    shown = " ".join(page.locator(".hits .sentence").all_inner_texts())
    assert "Standing" not in shown
    assert set(search("q=depositary&kind=treaty")) == {"NPT", "Open Skies Treaty"}, "of sources"


def test_found_by_an_alias(search, page):
    found = search("q=Russian+Federation")
    assert "Russia" in found
    page.get_by_role("link", name="Russia", exact=True).first.click()
    page.wait_for_url("**/desk/entities/russia/")


def test_nothing_is_found(search, page):
    assert search("q=zzyzx") == []
    assert page.locator("[role=status]").inner_text() == "Nothing was found."


def test_filter_by_entity(search, page):
    alone = search("kind=briefing&entity=Joe+Biden")
    assert "Biden and Putin meet in Geneva" in alone
    assert "A visit" not in alone
    assert "A visit" in search("kind=briefing&year=2021")
    page.select_option("[name=entity]", "Joe Biden")
    page.wait_for_url("**/desk/search/?kind=briefing&entity=Joe+Biden&year=2021")
    page.get_by_role("link", name="A visit").wait_for(state="detached")


def test_filter_by_topic_year_and_kind(search, page):
    ends = "topic=How+treaties+end"
    assert {"A visit", "New START expires", "The INF Treaty ends", "How treaties end"} <= {
        *search(ends)
    }
    assert "How treaties end" not in search(f"kind=briefing&{ends}")
    assert search(f"kind=topic&{ends}") == ["How treaties end"]
    both = ["A visit", "Russia leaves Open Skies"]
    assert sorted(search(f"{ends}&year=2021")) == both
    assert search("topic=Verification&year=2021&kind=treaty") == []
    page.select_option("[name=kind]", "briefing")
    page.select_option("[name=topic]", "How treaties end")
    page.get_by_role("link", name="A visit").wait_for()
    assert sorted(page.locator(".hits a").all_inner_texts()) == both
    page.select_option("[name=year]", "2019")
    page.get_by_role("link", name="The INF Treaty ends").wait_for()
    assert page.locator(".hits a").all_inner_texts() == ["The INF Treaty ends"]


def test_words_and_filters_together(search):
    assert "A visit" in search("q=They&year=2021&kind=briefing")
    assert search("q=Orban&year=2019") == []


def test_filters_offer_what_there_is(search, page):
    search("q=Orban")

    def offered(name):
        return page.locator(f"[name={name}] option").all_inner_texts()

    assert offered("year") == ["All", "2026", "2023", "2021", "2020", "2019"]
    assert "Viktor Orbán" in offered("entity")
    assert "How treaties end" in offered("topic")
    assert offered("kind") == [
        "All",
        "Briefing",
        "Treaty",
        "Glossary entry",
        "Topic",
        "Source",
        "Page",
    ]


def test_keys(search, page):
    search("q=inspections")

    def has_focus(selector):
        return page.evaluate("selector => document.activeElement.matches(selector)", selector)

    page.keyboard.press("/")
    assert has_focus("[name=q]")
    page.keyboard.press("ArrowDown")
    assert has_focus(".hits li:nth-child(1) a")
    page.keyboard.press("ArrowDown")
    assert has_focus(".hits li:nth-child(2) a")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert has_focus("[name=q]")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    assert has_focus("[name=q]")
    page.keyboard.press("Escape")
    assert has_focus("body")
    assert page.locator("[name=q]").input_value() == "inspections"


def test_a_slash_leads_to_the_search_from_any_page_until_the_keys_are_turned_off(page, address):
    for path in ("", "briefings/first-call/", "404.html"):
        page.goto(address + path)
        page.keyboard.press("/")
        page.wait_for_url(f"{address}search/")
        page.wait_for_function("document.activeElement.name === 'q'")
    page.goto(f"{address}briefings/first-call/")
    page.locator("button.keys").click()
    page.goto(address)
    page.keyboard.press("/")
    page.wait_for_timeout(300)
    assert page.url == address


def test_it_does_without(chromium, address):
    with chromium.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{address}search/")
        assert "Search needs JavaScript." in page.locator("main").inner_text()
        assert page.get_by_role("search").count() == 0
        page.locator("main").get_by_role("link", name="Glossary").click()
        assert page.url == f"{address}glossary/"
    with chromium.new_context() as context:
        context.route("**/pagefind/**", lambda route: route.abort())
        page = context.new_page()
        page.goto(f"{address}search/")
        page.get_by_text("Search does not work here").wait_for()
        assert page.get_by_role("search").count() == 0


GONE = "Search does not work here: this copy of the site has no index, or is read from a disk."


@pytest.mark.parametrize("is_on_disk", [False, True])
def test_a_site_that_was_built_without_pagefind_says_so_and_leads_on(
    page, monkeypatch, tmp_path, is_on_disk
):
    monkeypatch.setattr("briefgen.build.pagefind.find_program", lambda: None)
    site = SiteTest(tmp_path).file("briefgen.yml", "title: Desk\nsearch: true\nurls: file\n")
    assert "search-unavailable" in site.build().codes
    with serving(site.output.folder) as served:
        folder = f"{site.output.folder.as_uri()}/" if is_on_disk else served
        page.goto(f"{folder}search/index.html?q=words")
        page.get_by_text(GONE, exact=True).wait_for()
        assert page.get_by_role("search").count() == 0
        page.locator("main").get_by_role("link", name="Timeline").click()
        page.wait_for_url("**/timeline/index.html")


def test_an_index_on_disk_is_out_of_reach_and_that_is_said(page, tmp_path):
    site = SiteTest(tmp_path).file("briefgen.yml", "title: Desk\nsearch: true\nurls: file\n")
    site.file("content/briefings/visit.md", ACCENTED).built()
    assert "pagefind/pagefind.js" in site.output.files
    page.goto(f"{site.output.folder.as_uri()}/search/index.html")
    page.get_by_text(GONE, exact=True).wait_for()
