"""Search as readers have it: the demonstration site with its index, in a folder of a web server."""

import re

import pytest
from demo import demo_site, serving

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
---
They met at the Élysée, and dined on 寿司 in 東京都.
"""


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """The address of the demonstration site with two briefings more, under `/desk/`."""
    site = demo_site(tmp_path_factory.mktemp("demo"))
    site.file("content/briefings/2021-01-26-zvonok.md", FOREIGN)
    site.file("content/briefings/2021-03-01-visit.md", ACCENTED)
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
        ("東京", "A visit"),
        ("телеметрию", "Звонок"),  # of another language's index
    ],
)
def test_found_by_a_word(search, words, title):
    assert title in search(f"q={words}")


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
