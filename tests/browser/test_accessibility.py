"""axe-core on a page of every kind: nothing that it knows against WCAG 2.2 AA, as readers have it."""

import pytest
from demo import BRIEFING, DESK, PAGES, PHONE, SCHEMES, TABLET

pytestmark = [pytest.mark.browser, pytest.mark.slow]

RULES = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
FEW = {(PHONE, "light"), (DESK, "dark")}
COMBINATIONS = [
    pytest.param(width, scheme, marks=() if (width, scheme) in FEW else pytest.mark.soak)
    for width in (PHONE, TABLET, DESK)
    for scheme in SCHEMES
]
"""Windows and schemes; `make test` takes two of them, `make soak` the rest."""

RUN = """async (rules) => {
  const found = await axe.run({runOnly: rules, resultTypes: ["violations"]});
  return found.violations.map((one) => [one.id, one.nodes.map((node) => node.html.slice(0, 200))]);
}"""


@pytest.fixture(scope="module")
def axe():
    """The source of axe-core."""
    from axe_playwright_python.sync_playwright import Axe

    return Axe().axe_script


@pytest.fixture
def violations(axe):
    """What axe finds on a page that is open, as rules with the elements that break them."""

    def found(page):
        page.evaluate(axe)
        return page.evaluate(RUN, RULES)

    return found


@pytest.mark.parametrize(("width", "scheme"), COMBINATIONS)
def test_no_page_breaks_a_rule(window, violations, width, scheme):
    page = window(width, color_scheme=scheme, java_script_enabled=True, bypass_csp=True)
    broken = []
    for path in PAGES:
        page.goto(path)
        if path == "search/":
            page.locator("form.search").wait_for()
        broken += [(path, *one) for one in violations(page)]
    assert broken == []


def test_axe_is_at_work(window, violations):
    page = window(java_script_enabled=True, bypass_csp=True)
    page.goto(BRIEFING)
    page.evaluate("document.querySelector('.deck').style.color = '#ccc'")
    assert [rule for rule, _ in violations(page)] == ["color-contrast"]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_what_the_script_shows_breaks_no_rule(window, violations, scheme):
    page = window(color_scheme=scheme, java_script_enabled=True, bypass_csp=True)
    page.goto(BRIEFING)
    page.locator(".kinds button").first.click()
    page.keyboard.press("n")
    for trigger in ("[data-article] a.m", ".article .fn a"):
        page.locator(trigger).first.hover()
        page.locator(".card").wait_for()
        assert violations(page) == [], trigger
        page.keyboard.press("Escape")
    page.goto("search/?q=telemetry")
    page.locator(".hits li").first.wait_for()
    assert violations(page) == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_who_asks_for_more_contrast_gets_that_of_level_aaa(window, axe, scheme):
    page = window(
        PHONE, color_scheme=scheme, java_script_enabled=True, bypass_csp=True, contrast="more"
    )
    page.goto(BRIEFING)
    page.evaluate(axe)
    assert page.evaluate(RUN, {"type": "rule", "values": ["color-contrast-enhanced"]}) == []
