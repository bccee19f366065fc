"""`briefgen serve` and a browser: what an author sees from one save to the next."""

import re
import sys
import time

import pytest
from live_server import LiveServer, run, save
from witness import wait_until

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TITLE = "The North Atlantic Treaty counts 32 parties"
PAGE = "briefings/thirty-two-parties/"


def wait_for_title(page, title):
    page.get_by_role("heading", level=1, name=title, exact=True).wait_for()


def test_a_save_is_on_the_page_by_itself(server, briefing, original, context, page):
    page.goto(server.url + PAGE)
    wait_for_title(page, TITLE)
    home = context.new_page()
    home.goto(server.url)
    text = original.replace(f"title: {TITLE}", "title: A new title")
    save(briefing, text.replace("The desk's own reading", "What was typed just now"))
    wait_for_title(page, "A new title")
    assert "What was typed just now stands here" in page.locator("main").inner_text()
    assert page.title().startswith("A new title")
    home.get_by_role("link", name="A new title").first.wait_for()


def test_a_fault_lies_over_the_last_good_page_until_it_is_mended(
    server, briefing, original, context, page
):
    faults = []
    page.on("console", lambda message: faults.append(message.text))
    page.goto(server.url + PAGE)
    wait_for_title(page, TITLE)
    time.sleep(2)  # what was shown ahead is built: until then, the last good page is the one before
    broken = original.replace(f"title: {TITLE}", "title: [never closed")
    save(briefing, broken.replace("own reading", "own better reading"))
    overlay = page.get_by_role("alert")
    overlay.wait_for()
    said = overlay.inner_text()
    assert re.search(rf"content/briefings/{re.escape(briefing.name)}:\d+:\d+", said), said
    assert "[never closed" in said
    assert "yaml-syntax" in said
    wait_for_title(page, TITLE)
    other = context.new_page()
    assert other.goto(server.url).status == 200
    other.get_by_role("alert").wait_for()
    save(briefing, original)
    overlay.wait_for(state="detached")
    other.get_by_role("alert").wait_for(state="detached")
    wait_for_title(page, TITLE)
    assert "own better reading" not in page.locator("main").inner_text()
    assert faults == []


def test_a_site_that_was_never_built_says_why_and_comes_by_itself(folder, tmp_path, page):
    (briefing,) = (folder / "content" / "briefings").glob("*.md")
    original = briefing.read_text(encoding="utf-8")
    save(briefing, original.replace("signed in this city", "signed in that town"))
    try:
        with LiveServer(folder, tmp_path) as server:
            assert page.goto(server.url).status == 503
            overlay = page.get_by_role("alert")
            overlay.get_by_text("quote-not-found").wait_for()
            assert "the one before" not in overlay.inner_text()
            assert page.get_by_text("quote-not-found").count() == 1
            help_ = overlay.locator(".help")
            # The overlay's style sheet, which parts the lines, may be late.
            wait_until(lambda: len(help_.inner_text().splitlines()) == 2, help_.inner_text)
            save(briefing, original.replace("title:", "titel:", 1))
            overlay.get_by_text("missing-key").wait_for()
            save(briefing, original)
            page.get_by_role("heading", level=1, name="My briefings").wait_for()
            overlay.wait_for(state="detached")
    finally:
        save(briefing, original)


def test_an_address_that_leads_nowhere(server, page):
    answer = page.goto(server.url + "briefings/nothing/")
    assert answer.status == 404
    assert "There is no page at this address" in page.locator("main").inner_text()
    page.get_by_role("link", name="To the home page").click()
    page.wait_for_url(server.url)


def test_a_port_that_is_taken_is_told_with_one_that_is_free(server, folder):
    address = re.search(r"127\.0\.0\.1:\d+", server.url)[0]
    port = address.partition(":")[2]
    ended = run("serve", "--dev-addr", address, folder=folder)
    assert ended.returncode == 2
    assert f"port {port} of 127.0.0.1 is taken by " in ended.stderr
    if sys.platform == "linux":
        assert f"(process {server.process}, in {folder})" in ended.stderr
    free = re.search(r"--dev-addr 127\.0\.0\.1:(\d+)", ended.stderr)
    assert free[1] != port
    assert len(ended.stderr.strip().splitlines()) == 1


def test_ctrl_c_ends_at_once_and_leaves_nothing_behind(folder, tmp_path, page):
    with LiveServer(folder, tmp_path) as server:
        page.goto(server.url)  # its socket is open while the server ends
        assert list(tmp_path.glob("briefgen-serve-*"))
        assert server.interrupt() == 0
        assert "Traceback" not in server.said
    assert list(tmp_path.iterdir()) == []
    assert not (folder / "site").exists()
