"""`--navigate`: browsers go to the page that is made of what was saved, and only then."""

import time

import pytest
from live_server import LiveServer, save

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PAGE = "briefings/thirty-two-parties/"
TOLD_WITHIN = 0.5  # seconds, from one page to all the others


@pytest.fixture(scope="module")
def server(folder):
    (folder / "content/pages").mkdir()
    (folder / "content/pages/about.md").write_text("---\ntitle: About\n---\nThis desk.\n")
    with LiveServer(folder, folder.parent, "--navigate") as server:
        yield server


def wait_for(page, address, text):
    page.wait_for_url(address)
    page.locator("main", has_text=text).wait_for()


def test_browsers_go_to_the_page_that_was_saved(server, folder, briefing, original, context, page):
    page.goto(server.url)
    other = context.new_page()
    other.goto(server.url + "about/")
    save(briefing, original.replace("own reading", "own second reading"))
    for one in (page, other):
        wait_for(one, server.url + PAGE, "own second reading")
    about = folder / "content/pages/about.md"
    save(about, "---\ntitle: About us\n---\nThis desk, and more.\n")
    for one in (page, other):
        wait_for(one, server.url + "about/", "and more")
    save(briefing, original.replace("title: The", "title: Behold, the"))
    for one in (page, other):
        wait_for(one, server.url + PAGE, "Behold, the North")
    treaty = folder / "content/treaties/north-atlantic-treaty.md"
    text = treaty.read_text()
    save(treaty, text.rstrip() + "\n\nOne more line.\n")
    wait_for(page, server.url + "treaties/north-atlantic-treaty/", "One more line")
    save(
        folder / "content/entities/more.yml",
        "- {id: un, kind: organization, name: United Nations}\n",
    )
    wait_for(page, server.url + "entities/un/", "United Nations")
    new = folder / "content/briefings/2024-05-01-late.md"
    save(new, "---\ntitle: Late\ndate: 2024-05-01\n---\nWords of May.\n")
    wait_for(page, server.url + "briefings/late/", "Words of May.")
    new.unlink()


def test_who_has_gone_there_may_go_on(server, briefing, original, page):
    page.goto(server.url)
    time.sleep(2)  # what the test before this one undid is built first
    save(briefing, original.replace("own reading", "own third reading"))
    wait_for(page, server.url + PAGE, "own third reading")
    page.goto(server.url + "about/")
    time.sleep(TOLD_WITHIN)
    assert page.url == server.url + "about/"
    page.reload()
    time.sleep(TOLD_WITHIN)
    assert page.url == server.url + "about/"
    page.go_back()
    wait_for(page, server.url + PAGE, "own third reading")


def test_a_template_and_many_edits_at_once_leave_browsers_where_they_are(
    server, folder, briefing, original, page
):
    about = folder / "content/pages/about.md"
    page.goto(server.url + "about/")
    (folder / "templates").mkdir()
    base = '{% extends "!base.html" %}{% block end %}{{ super() }}<p>At the end of {{ page.title }}</p>{% endblock %}'
    try:
        save(folder / "templates/page.html", base.replace("!base", "base"))
        page.get_by_text("At the end").wait_for()
        assert page.url == server.url + "about/"
        save(briefing.with_name("2024-05-02-a.md"), "---\ntitle: A\ndate: 2024-05-02\n---\nA.\n")
        save(briefing.with_name("2024-05-03-b.md"), "---\ntitle: B\ndate: 2024-05-03\n---\nB.\n")
        save(about, "---\ntitle: All anew\n---\nWords.\n")
        page.get_by_text("At the end of All anew").wait_for()
        time.sleep(TOLD_WITHIN)
        assert page.url == server.url + "about/"
    finally:
        (folder / "templates/page.html").unlink()
        (folder / "templates").rmdir()
