"""What a page costs and asks for while it loads: policy, weight, shifts of its layout, from disk."""

import gzip
import time
from contextlib import suppress
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from demo import BRIEFING, DESK, PAGES, PHONE, TABLET, Quiet, demo_site, serving
from site_tester import SiteTest, png

pytestmark = [pytest.mark.browser, pytest.mark.slow]

COMMON = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'; report-uri /reports; "
)
STRICT = COMMON + "script-src 'self'; require-trusted-types-for 'script'"
SEARCHING = COMMON + "script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'"
"""What the search page needs: Pagefind fetches its index, and reads it by WebAssembly in a worker."""


class Guarded(Quiet):
    """Sends a strict policy with each page, and keeps what browsers report of it."""

    reports: list[str] = []  # noqa: RUF012 - shared by all requests, as the server makes one each

    def end_headers(self):
        is_search = urlsplit(self.path).path.startswith(("/search/", "/pagefind/"))
        self.send_header("Content-Security-Policy", SEARCHING if is_search else STRICT)
        super().end_headers()

    def do_POST(self):  # noqa: N802 - as http.server names it
        size = int(self.headers["Content-Length"])
        self.reports.append(self.rfile.read(size).decode())
        self.send_response(204)
        self.end_headers()


@pytest.fixture
def guarded(demo):
    """The demonstration site under the strict policy: its address, and the reports so far."""
    Guarded.reports.clear()
    with serving(demo.output.folder, Guarded) as address:
        yield address, Guarded.reports


def test_no_page_breaks_a_strict_policy(guarded, page):
    address, reports = guarded
    refused = []
    page.on("console", lambda message: refused.append(message.text))
    for path in PAGES:
        page.goto(address + path)
    page.goto(f"{address}search/?q=telemetry", wait_until="networkidle")
    page.locator(".hits a").first.wait_for()
    page.goto(address + BRIEFING)
    page.locator("[data-article] a.m").first.hover()
    page.locator(".card").wait_for()
    page.locator(".kinds button").first.click()
    page.locator("button.theme").click()
    page.wait_for_load_state("networkidle")
    assert reports == []
    assert refused == []


def test_what_breaks_the_policy_is_reported(guarded, page):
    address, reports = guarded
    page.goto(address)
    with page.expect_request("**/reports"):
        page.evaluate("document.body.setAttribute('style', 'color: red')")
    page.wait_for_load_state("networkidle")
    assert "style-src" in "".join(reports)


MOST_BYTES = 60_000  # of a briefing with its styles and its script, compressed


@pytest.mark.parametrize("path", [BRIEFING, "briefings/suspension/", "briefings/expiry/"])
def test_a_briefing_weighs_little(window, demo, path):
    page = window(java_script_enabled=True)
    asked = []
    page.on("response", lambda response: asked.append(urlsplit(response.url).path))
    page.goto(path, wait_until="networkidle")
    files = [name + "index.html" if name.endswith("/") else name for name in asked if name != "/"]
    assert sum(name.endswith(".html") for name in files) == 1
    assert {Path(name).suffix for name in files} == {".html", ".css", ".js"}
    bytes_ = sum(len(gzip.compress(demo.output.read(name.lstrip("/")))) for name in files)
    assert 5_000 < bytes_ < MOST_BYTES


SHIFTS = """
globalThis.shifts = [];
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) {
    shifts.push([entry.value, entry.sources.map(({node}) => node?.outerHTML?.slice(0, 80))]);
  }
}).observe({type: "layout-shift", buffered: true});
"""


def shifts(page, address):
    """What moved by itself while a page was loaded and read to its end."""
    page.goto(address, wait_until="networkidle")
    for _ in range(4):
        page.mouse.wheel(0, 1500)
        page.wait_for_timeout(60)
    return page.evaluate("shifts")


@pytest.mark.parametrize("width", [PHONE, TABLET, DESK])
def test_nothing_moves_by_itself(chromium, site, width):
    moved = {}
    with chromium.new_context(viewport={"width": width, "height": 900}) as context:
        context.add_init_script(SHIFTS)
        page = context.new_page()
        for path in (*PAGES, "search/?q=telemetry"):
            moved[path] = shifts(page, site + path)
    assert [found for found in moved.items() if found[1]] == []


@pytest.fixture(scope="module")
def disk(tmp_path_factory):
    """The published folder of the demonstration site, made to be read from a disk."""
    site = demo_site(tmp_path_factory.mktemp("disk"))
    site.file("briefgen.yml", (site.root / "briefgen.yml").read_text() + "urls: file\n")
    return site.built(strict=True).output.folder


# The address of every link and of all that is loaded, and how many notes the script has placed.
LINKED = """() => ({
  links: [...document.querySelectorAll("[href], [src]")].map((one) => one.href || one.src),
  isAtWork: document.querySelector(".theme").checkVisibility(),
  placed: document.querySelectorAll(".article.placed .note").length,
})"""


def fault_of(page, request):
    """A request that failed, but not for that the page was left before a lazy image had come."""
    if request.failure != "net::ERR_ABORTED":
        yield page.url, request.url, request.failure


def test_a_copy_on_a_disk_is_whole(disk, page):
    """A browser is led to every file that the pages link to, and finds the places they name."""
    page.set_default_timeout(60_000)  # a machine that is busy may be slow with one of so many
    faults = []
    page.on("console", lambda message: faults.append((page.url, message.text)))
    page.on("pageerror", lambda error: faults.append((page.url, str(error))))
    page.on("requestfailed", lambda request: faults.extend(fault_of(page, request)))
    waiting, seen, links, placed = [(disk / "index.html").as_uri()], set(), set(), 0
    while waiting:
        address = waiting.pop()
        page.goto(address)
        found = page.evaluate(LINKED)
        assert found["isAtWork"], address
        placed += found["placed"]
        links.update(found["links"])
        for link in found["links"]:
            file = link.partition("#")[0]
            if file.startswith("file:") and file.endswith(".html") and file not in seen:
                seen.add(file)
                waiting.append(file)
    assert faults == []
    assert len(seen) > 100
    assert placed > 30
    own = {link.partition("#")[0] for link in links if link.startswith("file:")}
    assert [link for link in own if not Path(unquote(urlsplit(link).path)).is_file()] == []


def test_on_a_disk_a_reader_follows_links_and_has_cards(disk, page):
    page.goto((disk / "index.html").as_uri())
    page.get_by_role("link", name="Biden and Putin hold their first call").first.click()
    mention = page.locator("[data-article] a.m", has_text="Joe Biden").first
    mention.hover()
    card = page.locator(".card")
    card.wait_for()
    card.locator("a").first.click()
    page.wait_for_url("file://**/entities/joe-biden/index.html")
    page.get_by_role("link", name="Search").first.click()
    status = page.locator("[role=status]")
    status.get_by_text("read from a disk").wait_for()
    assert page.get_by_role("link", name="Glossary").last.is_visible()


WORDS = "It was said, and then it was said again by others who had heard it.\n\n" * 6


class Slow(Quiet):
    """Sends images late, when all else has long been there."""

    def do_GET(self):  # noqa: N802 - as http.server names it
        if self.path.endswith((".png", ".svg")):
            time.sleep(0.4)
        with suppress(BrokenPipeError):  # the page was left before
            super().do_GET()


@pytest.fixture(scope="module")
def illustrated(tmp_path_factory):
    """The address of a site with a logo, and with images between its words."""
    site = SiteTest(tmp_path_factory.mktemp("images"))
    site.file("briefgen.yml", "title: A desk\nlanguage: en\nlogo: mark.png\n")
    site.file("content/static/mark.png", png(90, 60))
    site.file("content/briefings/map.png", png(900, 500))
    site.file(
        "content/briefings/chart.svg", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 3"/>'
    )
    shown = f'![A map](map.png "Of the desk")\n\n{WORDS}![A chart](chart.svg)\n\n{WORDS}'
    site.file("content/briefings/a.md", f"---\ntitle: A\ndate: 2021-01-01\n---\n{shown}")
    with serving(site.built().output.folder, Slow) as address:
        yield address


@pytest.mark.parametrize("width", [PHONE, TABLET, DESK])
def test_an_image_that_comes_late_moves_nothing(chromium, illustrated, width):
    with chromium.new_context(viewport={"width": width, "height": 900}) as context:
        context.add_init_script(SHIFTS)
        page = context.new_page()
        page.goto(f"{illustrated}briefings/a/", wait_until="domcontentloaded")
        places = "[...document.images].map((one) => one.getBoundingClientRect().toJSON())"
        before = page.evaluate(places)
        page.wait_for_load_state("networkidle")
        assert page.evaluate("[...document.images].every((one) => one.naturalWidth > 0)")
        assert page.evaluate(places) == before
        assert all(place["width"] > 20 and place["height"] > 20 for place in before)
        assert page.evaluate("document.documentElement.scrollWidth") == width
        assert shifts(page, f"{illustrated}briefings/a/") == []
