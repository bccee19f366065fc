"""What the theme's script does, in a browser: cards, keys, and what lights up together."""

import pytest
from demo import HEIGHT
from dense import dense_site

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """The dense briefing, as it is opened from disk."""
    site = dense_site(tmp_path_factory.mktemp("dense")).built(jobs=1)
    return (site.output.folder / "briefings" / "dense" / "index.html").as_uri()


@pytest.fixture
def window(chromium, address):
    """Open the briefing in a window of a width."""
    contexts = []

    def opened(width=1440, height=HEIGHT, **options):
        size = {"width": width, "height": height}
        context = chromium.new_context(viewport=size, reduced_motion="reduce", **options)
        context.set_default_timeout(5000)
        contexts.append(context)
        page = context.new_page()
        page.goto(address)
        return page

    yield opened
    for context in contexts:
        context.close()


MENTION, CARD = ".article a.m", ".card"


def test_a_card_opens_on_hover_stays_under_the_pointer_and_leaves_with_it(window):
    page = window()
    page.locator(MENTION).first.hover()
    card = page.locator(CARD)
    card.wait_for()
    assert "A country in Europe and Asia." in card.inner_text()
    card.hover()
    page.wait_for_timeout(600)  # longer than a card waits before it leaves
    assert card.is_visible()
    page.mouse.move(2, HEIGHT - 2)
    card.wait_for(state="detached")


@pytest.mark.parametrize("scrolled", [0, 250])
@pytest.mark.parametrize("name", ["Russia", "Organisation for the"])
def test_a_card_hides_no_line_of_its_link_and_stays_in_the_window(window, name, scrolled):
    page = window(360, height=700)
    link = page.locator(MENTION, has_text=name).first
    top = link.evaluate("one => one.getClientRects()[0].top")
    page.mouse.wheel(0, top - 600 + scrolled * 2)
    link.hover()
    card = page.locator(CARD)
    card.wait_for()
    lines = link.evaluate(
        "one => [...one.getClientRects()].map(({left, top, right, bottom}) => [left, top, right, bottom])"
    )
    box = card.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= 700
    for _, top, _, bottom in lines:
        assert bottom <= box["y"] or top >= box["y"] + box["height"]


def test_a_card_opens_on_focus_and_escape_dismisses_it(window):
    page = window()
    page.locator(".article").evaluate("one => { one.tabIndex = -1; one.focus(); }")
    page.keyboard.press("Tab")
    page.locator(CARD).wait_for()
    assert page.locator(MENTION).first.evaluate("one => one === document.activeElement")
    page.keyboard.press("Escape")
    page.locator(CARD).wait_for(state="detached")
    assert page.locator(MENTION).first.evaluate("one => one === document.activeElement")


# Lays a link of the same kind below a card: what a reader may find there.
BELOW = """(card) => {
  const {left, top, width, height} = card.getBoundingClientRect();
  const link = document.querySelectorAll(".article a.m")[0];
  const cover = link.cloneNode(true);
  cover.className = "m cover";
  cover.style.cssText = `position: fixed; left: ${left}px; top: ${top}px; width: ${width}px; height: ${height}px`;
  document.querySelector(".article").append(cover);
}"""


def test_a_card_that_is_dismissed_opens_none_below_the_resting_pointer(window):
    page = window()
    page.locator(MENTION).last.hover()
    card = page.locator(CARD)
    card.wait_for()
    card.evaluate(BELOW)
    box = card.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.wait_for_timeout(100)
    page.keyboard.press("Escape")
    page.wait_for_timeout(700)  # longer than a card takes to open
    assert card.count() == 0
    page.mouse.move(x - 2000, y - 2000)
    page.mouse.move(x + 4, y)
    card.wait_for()


def test_the_first_tap_opens_a_card_and_the_second_follows_its_link(window):
    page = window(360, has_touch=True)
    here = page.url
    page.locator(MENTION).first.tap()
    page.locator(CARD).wait_for()
    assert page.url == here
    page.locator(MENTION).first.tap()
    page.wait_for_url("**/russia/**")


def test_a_footnotes_card_shows_its_source(window):
    page = window()
    page.locator(".article .fn a").first.hover()
    page.locator(CARD).wait_for()
    assert "The law" in page.locator(CARD).inner_text()


def test_n_and_p_step_through_the_notes(window):
    page = window()
    focused = "document.activeElement.dataset.n"
    reached = []
    for key in "nnnp":
        page.keyboard.press(key)
        reached.append(page.evaluate(focused))
    assert reached == ["1", "2", "3", "2"]
    page.locator("button.keys").click()
    page.keyboard.press("n")
    assert page.evaluate(focused) is None


def test_the_words_to_cite_a_page_by_are_copied_and_that_is_told(window):
    page = window(permissions=["clipboard-read", "clipboard-write"])
    page.get_by_text("BibTeX").click()
    for at, words in enumerate(("\u201cDense ", "title = {{Dense ")):
        button = page.locator(".copied .copy").nth(at)
        button.focus()
        page.keyboard.press("Enter")
        page.locator(".copied [role=status]").nth(at).get_by_text("Copied").wait_for()
        assert words in page.evaluate("navigator.clipboard.readText()")
        assert button.evaluate("one => one === document.activeElement")


def test_what_cannot_be_copied_is_selected(window):
    page = window()
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(); }")
    page.locator(".copied .copy").first.click()
    page.wait_for_function("String(getSelection()).includes('Dense')")
    assert page.locator(".copied [role=status]").first.inner_text() == ""
