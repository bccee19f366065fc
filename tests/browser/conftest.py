"""A real browser, and a live server for it to look at.

The browser is one that the machine has, driven through Playwright. None is ever downloaded.
"""

import os
import shutil
from pathlib import Path

import pytest
from demo import DESK, HEIGHT, demo_site, serving
from live_server import LiveServer, run, save
from witness import WAITED

NAMES = ("chromium", "chromium-browser", "google-chrome")
PLACES = (
    *(f"/usr/bin/{name}" for name in NAMES),
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
QUIETLY = (
    "--no-sandbox",  # tests run as root in containers
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


SHOWN_WITHIN = 30_000  # milliseconds; far above what it takes, for machines that are busy


def pytest_collection_modifyitems(items):
    """Mark all of this folder: a page or a server that has to show something within seconds."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.alone)


def pytest_terminal_summary(terminalreporter):
    """Say how long servers took to show what a clean build makes of what was done to the files."""
    if WAITED:
        terminalreporter.section(
            "seconds until the served tree was a clean build's, or errors showed"
        )
        for test, seconds in WAITED.items():
            name = test.partition("::")[2]
            terminalreporter.line(" ".join(f"{one:.2f}" for one in seconds) + f"  {name:.80}")


def do_without(missing):
    """Skip the test for want of something, but fail it in CI, where everything has to be there."""
    (pytest.fail if os.environ.get("CI") else pytest.skip)(missing)


@pytest.fixture(scope="session")
def browser_program():
    """The path of a Chromium."""
    found = [*map(shutil.which, NAMES), *(place for place in PLACES if Path(place).is_file())]
    path = next(filter(None, found), None)
    if path is None:
        do_without(f"there is no browser: none of {', '.join(NAMES)} is installed")
    return path


# Not for the whole session: while it is open, Playwright's event loop counts as running, and the
# tests of other folders that call asyncio.run would fail.
@pytest.fixture(scope="module")
def chromium(browser_program):
    """A running Chromium; `chromium.new_context()` is a reader of its own."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        do_without("Playwright is not installed: it is in the dev extra")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_program, args=list(QUIETLY))
        yield browser
        browser.close()


@pytest.fixture
def context(chromium):
    """A reader of the live server, in a window of a common size."""
    with chromium.new_context(viewport={"width": 1280, "height": 800}) as context:
        context.set_default_timeout(SHOWN_WITHIN)
        yield context


@pytest.fixture
def page(context):
    """A tab of that reader."""
    return context.new_page()


@pytest.fixture(scope="session")
def demo(tmp_path_factory):
    """The demonstration site, built for the root of a server."""
    return demo_site(tmp_path_factory.mktemp("demo")).built(
        strict=True, base_url="https://example.org/"
    )


@pytest.fixture(scope="session")
def site(demo):
    """Its address."""
    with serving(demo.output.folder) as address:
        yield address


@pytest.fixture
def window(chromium, site):
    """Open a window of a width in CSS pixels, on the demonstration site, without JavaScript."""
    contexts = []

    def opened(width=DESK, **options):
        options = {"java_script_enabled": False, "reduced_motion": "reduce"} | options
        size = {"width": width, "height": HEIGHT}
        context = chromium.new_context(base_url=site, viewport=size, **options)
        context.set_default_timeout(SHOWN_WITHIN)
        contexts.append(context)
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A site made by `briefgen init`."""
    folder = tmp_path_factory.mktemp("serve") / "site"
    made = run("init", folder.name, folder=folder.parent)
    assert made.returncode == 0, made.stderr
    return folder


@pytest.fixture(scope="module")
def briefing(folder):
    """The file of the site's only briefing."""
    (found,) = (folder / "content" / "briefings").glob("*.md")
    return found


@pytest.fixture
def original(briefing):
    """The text of the briefing, which is saved again after the test."""
    text = briefing.read_text(encoding="utf-8")
    yield text
    save(briefing, text)


@pytest.fixture(scope="module")
def server(folder):
    """The site, served live."""
    with LiveServer(folder, folder.parent) as server:
        yield server
