"""Takes the screenshots of the demonstration site that README shows. Run by `make screenshots`.

In: the built site, a Chromium that the machine has. Out: `docs/images/*.png`, each small enough to
be kept in Git. Nothing is fetched: the site is served to the browser from this process.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from playwright.sync_api import sync_playwright

PROJECT = Path(__file__).resolve().parent.parent
SITE = PROJECT / "site"
IMAGES = PROJECT / "docs" / "images"

PAGES = {
    "briefing": ("briefings/first-call/", ".divider"),
    "treaty": ("treaties/new-start/", ".masthead"),
}
"""The name of each image, the address of its page, and the element that stands at its top."""

WIDTH, HEIGHT = 1440, 700
MOST = 250_000  # bytes of an image

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)


class Quiet(SimpleHTTPRequestHandler):
    """Serves files without a line for each."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def browser_program() -> str:
    """The path of a Chromium: the one that CHROMIUM names, else one that is installed."""
    found = [os.environ.get("CHROMIUM"), *map(shutil.which, BROWSERS)]
    found += [place for place in PLACES if Path(place).is_file()]
    program = next(filter(None, found), None)
    if program is None:
        sys.exit(f"There is no browser: install one of {', '.join(BROWSERS)}, or set CHROMIUM.")
    return program


def take(address: str) -> None:
    """Take all screenshots of the site that is served at an address."""
    # Chromium's sandbox refuses to run for root, as in a container.
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_program(), args=arguments)
        page = browser.new_page(
            viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light", locale="en"
        )
        for name, (path, top) in PAGES.items():
            answer = page.goto(address + path, wait_until="networkidle")
            if answer is None or not answer.ok:
                sys.exit(
                    f"The demonstration site has no page {path}: correct tools/screenshots.py."
                )
            page.locator(top).evaluate("element => element.scrollIntoView({behavior: 'instant'})")
            image = page.screenshot()
            if len(image) > MOST:
                sys.exit(f"The image of {path} has {len(image)} bytes, more than {MOST}.")
            (IMAGES / f"{name}.png").write_bytes(image)
            sys.stdout.write(f"docs/images/{name}.png written, {len(image)} bytes\n")
        browser.close()


@contextmanager
def serving(answer: type[Quiet] = Quiet) -> Iterator[str]:
    """Serve the built site; the address is that of its root."""
    if not (SITE / "index.html").is_file():
        sys.exit("The demonstration site is not built: run `make site`.")
    handler = partial(answer, directory=str(SITE))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def main() -> None:
    """Serve the built site to a browser, and take the screenshots."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with serving() as address:
        take(address)


if __name__ == "__main__":
    main()
