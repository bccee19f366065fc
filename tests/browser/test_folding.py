"""Long notes are folded: unfolding one moves those below it, and all is printed."""

import pytest
from demo import HEIGHT
from site_tester import SiteTest

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LONG = "One two three four five six seven eight nine ten. " * 9
QUOTES = ("first words", "second words", "third words")
OVERLAPS = """() => {
  const boxes = [...document.querySelectorAll(".note")].map((one) => one.getBoundingClientRect());
  return boxes.slice(1).filter((box, at) => box.top < boxes[at].bottom).length;
}"""


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """The address, on the disk, of a briefing with three long notes on one line."""
    notes = "".join(f'  - {{quote: {one}, kind: definition, note: "{LONG}"}}\n' for one in QUOTES)
    head = f"---\ntitle: T\ndate: 2021-01-26\nannotations:\n{notes}---\n"
    text = f"The {', the '.join(QUOTES)}.\n\n{'Plain words. ' * 300}\n"
    site = SiteTest(tmp_path_factory.mktemp("folding"))
    built = site.file("content/briefings/t.md", head + text).built()
    return (built.output.folder / "briefings" / "t" / "index.html").as_uri()


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("width", [360, 1440])
def test_an_unfolded_note_lies_over_no_other(chromium, address, width, script):
    options = {"java_script_enabled": script, "viewport": {"width": width, "height": HEIGHT}}
    with chromium.new_context(**options) as context:
        page = context.new_page()
        page.goto(address)
        rest = page.locator(".note details p")
        assert [one.is_visible() for one in rest.all()] == [False] * 3
        assert page.evaluate(OVERLAPS) == 0
        summary = page.locator(".note summary").first
        summary.focus()
        page.keyboard.press("Enter")
        rest.first.wait_for()
        page.wait_for_timeout(100)  # notes are placed anew with the next frame
        assert page.evaluate(OVERLAPS) == 0
        assert not rest.nth(1).is_visible()


def test_a_folded_note_is_printed_whole(chromium, address):
    with chromium.new_context(viewport={"width": 1440, "height": HEIGHT}) as context:
        page = context.new_page()
        page.goto(address)
        page.emulate_media(media="print")
        notes = page.locator(".note")
        assert [one.is_visible() for one in page.locator(".note details p").all()] == [True] * 3
        assert not page.locator(".note summary").first.is_visible()
        assert notes.first.inner_text().count("ten.") == 9
