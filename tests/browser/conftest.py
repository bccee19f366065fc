"""A real browser: one that the machine has, driven through Playwright. None is ever downloaded."""

import os
import shutil
from pathlib import Path

import pytest

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


@pytest.fixture(scope="session")
def browser_program():
    """The path of a Chromium. Where there is none its tests skip, but fail in CI."""
    found = [*map(shutil.which, NAMES), *(place for place in PLACES if Path(place).is_file())]
    path = next(filter(None, found), None)
    if path is None:
        missing = f"there is no browser: none of {', '.join(NAMES)} is installed"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(missing)
    return path


# Not for the whole session: while it is open, Playwright's event loop counts as running, and the
# tests of other folders that call asyncio.run would fail.
@pytest.fixture(scope="module")
def chromium(browser_program):
    """A running Chromium; `chromium.new_context()` is a reader of its own."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is in the dev extra")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_program, args=list(QUIETLY))
        yield browser
        browser.close()
