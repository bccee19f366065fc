"""The demonstration site in a browser, as its readers have it.

All of it without JavaScript but where a test says so: the site needs none.
"""

from itertools import combinations

import pytest
from colours import TEXTS, contrast
from demo import BRIEFING, DESK, HEIGHT, PAGES, PHONE, SCHEMES

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PICTURED = ("", BRIEFING, "timeline/", "entities/icbm/", "treaties/", "treaties/new-start/")
"""Pages with a picture each."""


# How far the page can be moved sideways, and the elements that stick out.
SIDEWAYS = """() => {
  const root = document.documentElement;
  const excess = root.scrollWidth - root.clientWidth;
  const out = excess < 1 ? [] : [...document.body.querySelectorAll("*")]
    .filter((one) => one.getBoundingClientRect().right > root.clientWidth + 1)
    .map((one) => one.tagName + "." + one.className);
  return [excess, out.slice(0, 5)];
}"""


def test_no_page_scrolls_sideways(window):
    page = window()
    wide = []
    for path in PAGES:
        page.goto(path)
        for width in (320, PHONE, 768, DESK):
            page.set_viewport_size({"width": width, "height": HEIGHT})
            excess, elements = page.evaluate(SIDEWAYS)
            if excess > 0:
                wide.append((path, width, excess, elements))
    assert wide == []


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_no_gap_shows_before_a_number_that_stands_apart_in_the_text(window, width):
    page = window(width)
    page.goto("briefings/first-call/")
    gaps = page.locator(".unspaced").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().width)"
    )
    assert gaps
    assert set(gaps) == {0}


# Names and edges of what must lie side by side: notes, fact boxes, the blocks of the article.
LAID_OUT = """() => [...document.querySelectorAll(".note, .box, .article > :not(.notes)")]
  .map((one) => {
    const {left, top, right, bottom} = one.getBoundingClientRect();
    return [one.id || one.textContent.slice(0, 30), one.matches(".note"), left, top, right, bottom];
  })"""


def overlap(one, other):
    """The width and height of what two boxes share, in CSS pixels; negative where they don't."""
    (_, _, left, top, right, bottom), (_, _, left_2, top_2, right_2, bottom_2) = one, other
    return min(right, right_2) - max(left, left_2), min(bottom, bottom_2) - max(top, top_2)


@pytest.mark.parametrize("width", [PHONE, 1024, DESK, 1920])
def test_notes_lie_over_nothing(window, width):
    page = window(width)
    count = 0
    for path in ("first-call", "extension-completed", "geneva-summit", "suspension", "inf-ends"):
        page.goto(f"briefings/{path}/")
        boxes = page.evaluate(LAID_OUT)
        count += sum(is_note for _, is_note, *_ in boxes)
        over = [
            (path, one[0], other[0])
            for one, other in combinations(boxes, 2)
            if (one[1] or other[1]) and min(overlap(one, other)) > 1
        ]
        assert over == []
    assert count > 15


@pytest.mark.parametrize("width", [1024, DESK, 1920])
def test_notes_stand_in_the_margin_beside_their_words(window, width):
    page = window(width)
    page.goto(BRIEFING)
    for note in page.locator(".note").all():
        number = note.get_attribute("data-n")
        words = page.locator(f"mark[data-n='{number}']").first.bounding_box()
        box = note.bounding_box()
        assert box["x"] > words["x"] + words["width"], number
        assert abs(box["y"] - words["y"]) < HEIGHT, f"note {number} is out of sight of its words"


# Edges of all that a picture says and draws, and of the picture.
DRAWN = """() => [...document.querySelectorAll("svg.pic")].map((svg) =>
  [svg, ...svg.querySelectorAll("text"), ...svg.querySelectorAll("rect, line")].map((one) => {
    const {left, top, right, bottom} = one.getBoundingClientRect();
    return [one.textContent, one.matches("text"), left, top, right, bottom];
  }))"""


@pytest.mark.parametrize("width", [320, PHONE, 768, DESK])
def test_pictures_keep_their_words_apart_and_inside(window, width):
    page = window(width)
    for path in PICTURED:
        page.goto(path)
        pictures = page.evaluate(DRAWN)
        assert pictures, path
        for (*_, left, top, right, bottom), *parts in pictures:
            for part in parts:
                assert left - 1 <= part[2] <= part[4] <= right + 1, (path, part)
                assert top - 1 <= part[3] <= part[5] <= bottom + 1, (path, part)
            words = [part for part in parts if part[1]]
            over = [
                (path, one[0], other[0])
                for one in words
                for other in parts
                if one is not other and min(overlap(one, other)) > 0
            ]
            assert over == []


def see(page, target):
    """See that a link has led to an element of the page: it is in sight, and the address says so."""
    id_ = target.get_attribute("id")
    page.wait_for_url(f"**#{id_}")
    box = target.bounding_box()
    assert box["y"] >= 0, id_
    assert box["y"] + min(box["height"], HEIGHT / 2) <= HEIGHT, id_


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_a_mention_leads_to_the_page_of_its_entity(window, width):
    page = window(width)
    page.goto(BRIEFING)
    page.locator("[data-article] a.m", has_text="Joe Biden").first.click()
    page.wait_for_url("**/entities/joe-biden/")
    assert page.get_by_role("heading", level=1).inner_text() == "Joe Biden"
    page.get_by_role("link", name="Biden and Putin hold their first call").first.click()
    page.wait_for_url(f"**/{BRIEFING}")


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_a_number_leads_to_its_note_and_back_to_the_words(window, width):
    page = window(width)
    page.goto(BRIEFING)
    marks = page.locator("a.ref").all()
    assert len(marks) > 5
    for mark in marks:
        mark.click()
        note = page.locator(mark.get_attribute("href"))
        see(page, note)
        note.locator(".num").click()
        see(page, mark)


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_a_footnotes_number_leads_to_the_source_and_back(window, width):
    page = window(width)
    page.goto(BRIEFING)
    citations = page.locator(".article p sup.fn a").all()[:6]
    assert len(citations) == 6
    for citation in citations:
        citation.click()
        source = page.locator(citation.get_attribute("href"))
        see(page, source)
        source.locator(f".back a[href='#{citation.get_attribute('id')}']").click()
        see(page, citation)


LEAST_CONTRAST = 4.5  # WCAG 2.2, success criterion 1.4.3, for text of body size


@pytest.mark.parametrize("scheme", SCHEMES)
def test_all_text_stands_out_from_what_is_behind_it(window, scheme):
    page = window(color_scheme=scheme)
    faint = []
    for path in PAGES:
        page.goto(path)
        for name, colour, layers in page.evaluate(TEXTS):
            ratio = contrast(colour, layers)
            if ratio < LEAST_CONTRAST:
                faint.append((path, name, round(ratio, 2)))
    assert faint == []


def test_the_dark_scheme_has_colours_of_its_own(window):
    looks = []
    for scheme in SCHEMES:
        page = window(color_scheme=scheme)
        page.goto(BRIEFING)
        looks.append(page.evaluate(TEXTS))
    light, dark = looks
    assert [name for name, *_ in light] == [name for name, *_ in dark]
    same = [one for one, other in zip(light, dark, strict=True) if one[1:] == other[1:]]
    assert same == []
    (_, ink, (*_, paper)), *_ = dark
    assert max(paper[:3]) < 64 < min(ink[:3]), "the dark scheme is light on dark"


def test_what_is_folded_on_the_screen_is_printed(window):
    page = window()
    page.goto("treaties/new-start/")
    folded = page.locator("details table")
    shown = "one => one.checkVisibility({contentVisibilityAuto: true})"
    assert [one.evaluate(shown) for one in folded.all()] == [False, False]
    page.emulate_media(media="print")
    assert [one.evaluate(shown) for one in folded.all()] == [True, True]
    assert [one.is_visible() for one in page.locator("summary").all()] == [False, False]


# The links and buttons that are shown, and which of them has the focus.
REACHED = """() => {
  const all = [...document.querySelectorAll("a[href], button, input, select, summary")]
    .filter((one) => one.checkVisibility({contentVisibilityAuto: true, visibilityProperty: true}));
  return [all.length, all.indexOf(document.activeElement)];
}"""


def test_the_keyboard_reaches_every_link_and_in_order(window):
    page = window()
    page.goto("entities/joe-biden/")
    count, _ = page.evaluate(REACHED)
    assert count > 25
    reached = []
    for _ in range(count):
        page.keyboard.press("Tab")
        reached.append(page.evaluate(REACHED)[1])
    assert reached == list(range(count))


def test_no_entry_of_the_menu_stands_alone_on_a_phone(window):
    page = window(360)
    page.goto("")
    tops = page.locator(".masthead li").evaluate_all(
        "all => all.map(one => Math.round(one.getBoundingClientRect().top))"
    )
    assert min(tops.count(top) for top in tops) > 1


def test_the_links_at_the_foot_stand_beside_its_text(window):
    page = window()
    for path in ("", "topics/arms-control/", BRIEFING):  # with one link, two and three
        page.goto(path)
        text = page.locator(".colophon p").first.bounding_box()
        links = page.locator(".colophon .links").bounding_box()
        assert links["x"] >= text["x"] + text["width"], path
        assert links["y"] < text["y"] + text["height"], path


def test_what_matters_most_comes_first_and_the_text_is_one_step_away(window):
    page = window()
    page.goto(BRIEFING)

    def tops(*parts):
        return [page.locator(part).first.bounding_box()["y"] for part in parts]

    for width in (PHONE, 768, 1024):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        parts = (".head", ".meta", ".keypoints", ".onward", ".box", ".toc", ".article")
        assert tops(*parts) == sorted(tops(*parts)), width
    page.locator(".onward a").click()
    assert abs(page.locator(".article").first.bounding_box()["y"]) < HEIGHT / 2
    page.set_viewport_size({"width": DESK, "height": HEIGHT})
    assert not page.locator(".onward").is_visible()
    box, points = tops(".box", ".keypoints")
    assert box == pytest.approx(points, abs=1), "beside each other"


def test_no_year_or_letter_of_a_list_to_jump_by_stands_alone_on_a_line(window):
    page = window()
    for path in ("timeline/", "glossary/"):
        page.goto(path)
        for width in (PHONE, 768, DESK):
            page.set_viewport_size({"width": width, "height": HEIGHT})
            lines = [one.bounding_box()["y"] for one in page.locator(".jump li").all()]
            assert lines.count(lines[-1]) > 1, (path, width)
