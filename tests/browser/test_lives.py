"""The names in the picture of a treaty's life: none over another, none cut off, at every width."""

from itertools import combinations

import pytest
from demo import HEIGHT

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NAMES = """() => [...document.querySelectorAll(".life svg")].map((svg) => {
  const edges = (one) => {
    const { left, top, right, bottom } = one.getBoundingClientRect();
    return [left, top, right, bottom];
  };
  return [edges(svg), [...svg.querySelectorAll("text")].map((text) => [text.textContent, edges(text)])];
})"""
SLACK = 4  # pixels that the box of a line of text is higher than its letters


@pytest.mark.parametrize("width", [320, 360, 768, 1440, 1920])
@pytest.mark.parametrize("name", ["first-call", "inf-ends", "expiry-ru"])
def test_names_of_events_lie_apart_and_inside_their_picture(chromium, demo, name, width):
    with chromium.new_context(viewport={"width": width, "height": HEIGHT}) as context:
        page = context.new_page()
        page.goto((demo.output.folder / "briefings" / name / "index.html").as_uri())
        pictures = page.evaluate(NAMES)
        order = page.locator(".life text").first.evaluate("one => getComputedStyle(one).paintOrder")
    assert order == "stroke", "the rim of a letter covers the line below it and not the letter"
    assert pictures
    for edges, names in pictures:
        assert len(names) > 1
        for text, (left, top, right, bottom) in names:
            assert edges[0] <= left, text
            assert right <= edges[2], text
            assert edges[1] <= top + SLACK, text
            assert bottom <= edges[3] + SLACK, text
        for (one, a), (other, b) in combinations(names, 2):
            apart = a[3] - SLACK <= b[1] or b[3] - SLACK <= a[1] or a[2] <= b[0] or b[2] <= a[0]
            assert apart, (one, other)


# Those bars of a picture that nothing is to be seen of, were each still to come.
UNSEEN = """() => [...document.querySelectorAll(".life svg rect")].filter((bar) => {
  bar.classList.add("ahead");
  const { fill, stroke } = getComputedStyle(bar);
  return fill === "none" && stroke === "none";
}).map((bar) => bar.getAttribute("class"))"""


def test_what_is_still_to_come_is_drawn(chromium, demo):
    with chromium.new_context(viewport={"width": 1440, "height": HEIGHT}) as context:
        page = context.new_page()
        page.goto((demo.output.folder / "briefings" / "first-call" / "index.html").as_uri())
        assert page.locator(".life .b-force").count() > 1
        assert page.evaluate(UNSEEN) == []
