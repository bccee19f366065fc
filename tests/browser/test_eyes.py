"""Pages for eyes that need more than a page has by itself: large letters, colours of their own.

And what authors write that is wider than its place.
"""

import pytest
from demo import BRIEFING, DESK, HEIGHT, PAGES, PHONE, SCHEMES, serving
from site_tester import SiteTest

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SMALLEST = 320  # CSS pixels
LARGE = 32  # pixels of a letter's size, twice the usual

CELLS = " | ".join(f"Averylongwordinacell{n}" for n in range(6))
WIDE = f"""---
title: Wide
date: 2021-01-26
annotations: [{{quote: said before it, kind: definition, note: A note beside the table.}}]
---
What is said before it.

| {CELLS} |
|{" --- |" * 6}
| {CELLS} |

---

After it.
"""


@pytest.mark.parametrize("scheme", SCHEMES)
def test_quoted_words_have_the_colour_of_the_text_where_the_reader_sets_it(window, scheme):
    page = window(forced_colors="active", color_scheme=scheme)
    page.goto(BRIEFING)
    words = page.locator(".article mark.hl")
    assert words.count() > 0
    colours = words.evaluate_all(
        "all => all.map((one) => [one, one.closest('p')].map((it) => getComputedStyle(it).color))"
    )
    assert [pair for pair in colours if pair[0] != pair[1]] == []


def test_no_page_scrolls_sideways_with_letters_twice_as_large(window):
    page = window(SMALLEST)
    sizes = {"standard": LARGE, "fixed": LARGE}
    page.context.new_cdp_session(page).send("Page.setFontSizes", {"fontSizes": sizes})
    wide = []
    for path in PAGES:
        page.goto(path)
        assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == f"{LARGE}px"
        excess = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if excess > 0:
            wide.append((path, excess))
    assert wide == []


def test_a_table_that_is_too_wide_scrolls_in_its_place(chromium, tmp_path):
    site = SiteTest(tmp_path).file("content/briefings/wide.md", WIDE).built()
    with serving(site.output.folder) as address, chromium.new_context() as context:
        page = context.new_page()
        page.goto(f"{address}briefings/wide/")
        for width in (PHONE, 768, 1024, DESK):
            page.set_viewport_size({"width": width, "height": HEIGHT})
            box = page.locator(".article table").locator("..")
            text, line = (page.locator(f".article > {name}").first for name in ("p", "hr"))
            edges = [one.bounding_box() for one in (box, text, line)]
            assert len({round(edge["x"]) for edge in edges}) == 1, width
            assert len({round(edge["width"]) for edge in edges}) == 1, width
            assert box.evaluate("one => one.scrollWidth > one.clientWidth"), width
