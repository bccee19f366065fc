"""What a rebuild leaves as it was in a browser: other pages, the reader's place, open notes."""

import json
import re
import time

import pytest
from live_server import save

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PAGE = "briefings/thirty-two-parties/"
OTHER = "entities/nato/"
TOLD_WITHIN = 0.3  # seconds, from one page to all the others

# A template of the site's own, with notes that the reader may open.
FOLDED = """{% extends "briefing.html" %}
{% block end %}{{ super() }}
<details><summary>First</summary><p>folded one</p></details>
<details><summary>Second</summary><p>folded two</p></details>
{% endblock %}
"""


@pytest.fixture(scope="module")
def folder(folder):
    """The site of the live server, with a style sheet and a template of its own."""
    (folder / "content" / "static").mkdir()
    (folder / "content" / "static" / "own.css").write_text("h1 { color: rgb(1, 2, 3); }")
    (folder / "templates").mkdir()
    (folder / "templates" / "folded.html").write_text(FOLDED)
    with (folder / "briefgen.yml").open("a", encoding="utf-8") as file:
        file.write("extra_css: [own.css]\n")
    (briefing,) = (folder / "content" / "briefings").glob("*.md")
    text = briefing.read_text(encoding="utf-8")
    save(briefing, text.replace("title:", "template: folded.html\ntitle:", 1))
    return folder


def mark(page):
    """Leave a mark on a page, which a reload wipes off."""
    page.evaluate("window.isMarked = true")


def is_marked(page):
    """Whether a page has not been reloaded since it was marked."""
    return page.evaluate("window.isMarked === true")


def wait_for_text(page, text):
    page.locator("main", has_text=text).wait_for()


def test_only_pages_that_changed_reload(server, briefing, original, context, page):
    other, lost = context.new_page(), context.new_page()
    page.goto(server.url + PAGE)
    other.goto(server.url + OTHER)
    lost.goto(server.url + "nothing/")
    pages = (page, other, lost)
    for one in pages:
        mark(one)
    save(briefing, original.replace("own reading", "own second reading"))
    wait_for_text(page, "own second reading")
    time.sleep(TOLD_WITHIN)
    assert [is_marked(one) for one in pages] == [False, True, True]
    mark(page)
    entities = briefing.parents[1] / "entities" / "entities.yml"
    text = entities.read_text(encoding="utf-8")
    save(entities, text.replace("description: ", "description: Seen anew. ", 1))
    other.get_by_text("Seen anew.").first.wait_for()
    save(entities, text)
    other.get_by_text("Seen anew.").first.wait_for(state="detached")


def test_a_page_that_was_not_there_is_shown_once_it_is(server, folder, page):
    page.goto(server.url + "late/")
    assert page.get_by_role("heading", level=1).inner_text() != "Late"
    late = folder / "content" / "pages" / "late.md"
    late.parent.mkdir()
    save(late, "---\ntitle: Late\n---\nBut here.\n")
    wait_for_text(page, "But here.")
    late.unlink()
    page.get_by_role("heading", level=1, name="Late").wait_for(state="detached")


def test_a_style_sheet_is_swapped_in_place(server, folder, page):
    page.goto(server.url + PAGE)
    title = page.get_by_role("heading", level=1)
    assert "rgb(1, 2, 3)" in title.evaluate("(one) => getComputedStyle(one).color")
    mark(page)
    sheets = page.locator("link[rel=stylesheet]").count()
    for colour in ("rgb(4, 5, 6)", "rgb(7, 8, 9)"):
        save(folder / "content" / "static" / "own.css", f"h1 {{ color: {colour}; }}")
        page.wait_for_function(
            "(colour) => getComputedStyle(document.querySelector('h1')).color === colour",
            arg=colour,
        )
        page.wait_for_function(
            "(count) => document.querySelectorAll('link[rel=stylesheet]').length === count",
            arg=sheets,
        )
    assert is_marked(page)


def test_a_picture_reloads_any_page_for_any_may_show_it(server, folder, page):
    page.goto(server.url + PAGE)
    mark(page)
    save(folder / "content" / "static" / "picture.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")
    page.wait_for_function("() => window.isMarked === undefined")
    assert page.get_by_role("heading", level=1).is_visible()


@pytest.mark.parametrize("fragment", ["", "#glossary"])
def test_the_reader_stays_where_they_were(server, briefing, original, page, fragment):
    page.set_viewport_size({"width": 600, "height": 500})
    page.goto(server.url + PAGE + fragment)
    page.locator("summary", has_text="Second").click()
    article = page.locator("[data-article]")
    article.evaluate("(one) => scrollTo({top: one.offsetTop + 40, behavior: 'instant'})")
    before = article.bounding_box()["y"]
    line = "One more line, above what is read. "
    save(briefing, original.replace("The desk's own reading", line * 20 + "The desk's own reading"))
    wait_for_text(page, line)
    page.wait_for_load_state()
    page.wait_for_function(
        "(top) => Math.abs(document.querySelector('[data-article]').getBoundingClientRect().top - top) <= 2",
        arg=before,
    )
    opened = page.locator("details").evaluate_all("(all) => all.map((one) => one.open)")
    assert opened[-2:] == [False, True]


def test_a_build_that_takes_long_is_told_of(server, page):
    """The word of it is put into what the server says, so that no test has to build for long."""
    sockets, told = [], []

    def between(socket):
        sockets.append(socket)
        socket.connect_to_server().on_message(
            lambda message: (told.append(message), socket.send(message))
        )

    page.route_web_socket(re.compile("/_briefgen/socket"), between)
    page.goto(server.url + PAGE)
    page.wait_for_function("() => document.readyState === 'complete'")
    wait_until_it_stays(page, lambda: told[-1:])
    socket, message = sockets[-1], told[-1]
    mark(page)
    sign = page.get_by_role("status").filter(has_text="Building")
    assert sign.count() == 0
    socket.send(json.dumps(json.loads(message) | {"building": True}))
    sign.wait_for()
    socket.send(message)
    sign.wait_for(state="detached")
    assert is_marked(page)


def wait_until_it_stays(page, what):
    """Let Playwright hear of what comes, until there is something that stays for a second.

    What the test before this one undid may still be built, and the page be read once more.
    """
    seen = []
    for _ in range(100):
        seen.append(what())
        if len(seen) > 10 and seen[-1] and all(one == seen[-1] for one in seen[-11:]):
            return
        page.wait_for_timeout(100)
    raise AssertionError(seen[-1])
