"""What the theme's script does, in a browser: notes beside their lines, cards, and keys."""

import json
from itertools import pairwise

import pytest
from site_tester import SiteTest

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WIDTHS = (320, 360, 480, 600, 768, 992, 1024, 1280, 1312, 1440, 1920)  # CSS pixels
NOTES_BESIDE = 992  # the least width with a margin for notes: 62em
HEIGHT = 900
GAP = 14  # between two notes, in CSS pixels
COUNT, PARAGRAPHS = 40, 3
FILE = "briefings/x/index.html"


def dense_briefing():
    """A briefing of three paragraphs with forty notes, one mention, one footnote."""
    words = [f"passage {n:02} has words that a note is about" for n in range(COUNT)]
    notes = [
        {"quote": text, "kind": ("context", "dispute", "definition")[n % 3], "date": "2022-01-01",
         "note": f"Note {n:02}. " + "It says what the passage leaves out. " * (n % 4 + 1)}
        for n, text in enumerate(words)
    ]  # fmt: skip
    size = -(-COUNT // PARAGRAPHS)
    blocks = [
        f"Russia and {', then '.join(words[at : at + size])}.[@law]" for at in range(0, COUNT, size)
    ]
    head = f"title: Dense\ndate: 2021-01-26\nannotations: {json.dumps(notes)}\n"
    return f"---\n{head}---\n" + "\n\n".join(blocks) + "\n"


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """The dense briefing, as it is opened from disk."""
    site = SiteTest(tmp_path_factory.mktemp("dense"))
    site.file("content/briefings/x.md", dense_briefing())
    site.file(
        "content/entities/places.yml",
        "- {id: russia, kind: place, name: Russia, description: A country in Europe and Asia.}\n",
    )
    site.file(
        "content/sources/sources.yml",
        "law: {type: webpage, title: The law, publisher: Gazette, url: 'https://example.org/law'}\n",
    )
    site.built(jobs=1)
    return (site.output.folder / FILE).as_uri()


@pytest.fixture
def window(chromium, address):
    """Open the briefing in a window of a width."""
    contexts = []

    def opened(width=1440, **options):
        size = {"width": width, "height": HEIGHT}
        context = chromium.new_context(viewport=size, reduced_motion="reduce", **options)
        context.set_default_timeout(5000)
        contexts.append(context)
        page = context.new_page()
        page.goto(address)
        return page

    yield opened
    for context in contexts:
        context.close()


# Edges of each note, the top of its quote, and those of the fact boxes; the width that is there.
GEOMETRY = """() => {
  const edges = (one) => { const r = one.getBoundingClientRect();
    return [r.left, r.top + scrollY, r.right, r.bottom + scrollY]; };
  return {
    notes: [...document.querySelectorAll(".article .note")].map((note) => [...edges(note),
      document.querySelector(`mark[data-n="${note.dataset.n}"]`).getClientRects()[0].top + scrollY]),
    boxes: [...document.querySelectorAll(".rail > *, .article > p")].map(edges),
    width: document.documentElement.clientWidth,
    excess: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    bottom: document.documentElement.scrollHeight,
  };
}"""


def share(one, other):
    """Whether two boxes lie over each other by more than a pixel."""
    return (
        min(one[2], other[2]) - max(one[0], other[0]) > 1
        and min(one[3], other[3]) - max(one[1], other[1]) > 1
    )


@pytest.mark.parametrize("width", WIDTHS)
def test_forty_notes_have_each_a_place(window, width):
    seen = window(width).evaluate(GEOMETRY)
    notes = seen["notes"]
    assert len(notes) == COUNT
    assert seen["excess"] <= 0
    for at, note in enumerate(notes):
        assert note[0] >= 0, at
        assert note[2] <= seen["width"], at
        assert note[3] <= seen["bottom"], at
        assert not [other for other in notes[:at] if share(note, other)], at
        assert not [box for box in seen["boxes"] if share(note, box)], at
    if width < NOTES_BESIDE:
        return
    assert abs(notes[0][1] - notes[0][4]) < 2
    for before, note in pairwise(notes):
        assert abs(note[1] - max(note[4], before[3] + GAP)) < 2


def test_without_a_script_notes_begin_beside_their_paragraph_or_below_the_notes_before(window):
    page = window(java_script_enabled=False)
    firsts = page.locator(".article > .notes").all()
    assert len(firsts) == PARAGRAPHS
    free = 0  # below the notes of the paragraphs before
    for notes in firsts:
        words = notes.locator("xpath=preceding-sibling::p[1]").bounding_box()
        box = notes.bounding_box()
        assert box["x"] > words["x"] + words["width"] / 2
        assert -2 < box["y"] - max(words["y"], free) < 40
        free = box["y"] + box["height"]
    assert page.locator(".note:visible").count() == COUNT
    assert page.locator(".js-only:visible").count() == 0
    assert page.evaluate(GEOMETRY)["excess"] <= 0


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


def test_a_card_opens_on_focus_and_escape_dismisses_it(window):
    page = window()
    page.locator(".article").evaluate("one => { one.tabIndex = -1; one.focus(); }")
    page.keyboard.press("Tab")
    page.locator(CARD).wait_for()
    assert page.locator(MENTION).first.evaluate("one => one === document.activeElement")
    page.keyboard.press("Escape")
    page.locator(CARD).wait_for(state="detached")
    assert page.locator(MENTION).first.evaluate("one => one === document.activeElement")


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
    for at, words in enumerate(("\u201cDense.\u201d", "title = {{Dense}}")):
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
