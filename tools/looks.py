"""Takes every kind of page of the demonstration site, to be looked at. Run by `make looks`.

In: the built site, a Chromium that the machine has. Out: `.briefgen/looks/`, which Git ignores: a
PNG of each page, whole, in three widths and two schemes, and a PDF as it prints. Names given as
arguments choose among the pages: `python -m tools.looks briefing treaty`.
"""

from __future__ import annotations

import os
import sys

from playwright.sync_api import Browser, sync_playwright

from tools.screenshots import PROJECT, browser_program, serving

LOOKS = PROJECT / ".briefgen" / "looks"
PAGES = {
    "home": "",
    "briefing": "briefings/first-call/",
    "raw": "briefings/expiry/",
    "translation": "briefings/expiry-ru/",
    "entity": "entities/joe-biden/",
    "treaty": "treaties/new-start/",
    "treaties": "treaties/",
    "source": "sources/tass-extension-law/",
    "sources": "sources/",
    "topic": "topics/arms-control/",
    "glossary": "glossary/",
    "timeline": "timeline/",
    "annotations": "annotations/",
    "search": "search/?q=telemetry",
    "page": "methodology/",
    "404": "404.html",
}
"""The name of each picture, and the address of its page."""
WIDTHS = (360, 768, 1440)
SCHEMES = ("light", "dark")
TALLEST = 16000  # pixels of a picture: what Chromium takes; what is below can be seen in the PDF


def take(browser: Browser, address: str, name: str) -> None:
    """Take one page, in all widths and schemes and as a PDF."""
    page = browser.new_page(locale="en", reduced_motion="reduce")
    # The page for what is not found links from the root of its host, which is not where we serve.
    page.route(
        f"{address}desk/**", lambda it: it.continue_(url=it.request.url.replace("/desk", ""))
    )
    page.goto(address + PAGES[name], wait_until="networkidle")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        for scheme in SCHEMES:
            page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            height = min(page.evaluate("document.documentElement.scrollHeight"), TALLEST)
            page.screenshot(
                path=LOOKS / f"{name}-{width}-{scheme}.png",
                full_page=True,
                clip={"x": 0, "y": 0, "width": width, "height": height},
            )
    page.emulate_media(media="print")
    page.pdf(path=LOOKS / f"{name}.pdf", prefer_css_page_size=True)
    page.close()
    sys.stdout.write(f"{name}\n")


def main() -> None:
    """Take the pages that are named, else all."""
    names = sys.argv[1:] or list(PAGES)
    if unknown := [name for name in names if name not in PAGES]:
        sys.exit(f"There is no page {unknown[0]}: it is one of {', '.join(PAGES)}.")
    LOOKS.mkdir(parents=True, exist_ok=True)
    # Chromium's sandbox refuses to run for root, as in a container.
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with serving() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_program(), args=arguments)
        for name in names:
            take(browser, address, name)
        browser.close()


if __name__ == "__main__":
    main()
