"""Which page `--navigate` goes to."""

import pytest

from briefgen.build.reasons import BRIEFING_PARTS
from briefgen.serve.jump import page_to_show
from briefgen.serve.versions import Versions

OWN = f"{BRIEFING_PARTS[-1]} has changed"
BEFORE = Versions({"index.html": "1", "briefings/x/index.html": "1", "404.html": "1", "a.css": "1"})


def after(*changed):
    return Versions(BEFORE.files | dict.fromkeys(changed, "2"))


X, Y, HOME = "briefings/x/index.html", "briefings/y/index.html", "index.html"
NATO, UN = "entities/nato/index.html", "entities/un/index.html"


@pytest.mark.parametrize(
    ("pages", "reasons", "changed", "shown"),
    [
        ((), {}, ("content/briefings/x.md",), None),
        (("a.css", "404.html", "data/x.json"), {}, ("content/static/a.css",), None),
        ((X, HOME, Y), {X: OWN}, ("content/briefings/2024-01-01-renamed.md",), "briefings/x/"),
        ((X, HOME, Y), {}, ("content/briefings/2024-01-02-x.md",), "briefings/x/"),
        ((X, HOME), {X: OWN, Y: OWN}, ("content/briefings/q.md",), "briefings/x/"),
        ((X, HOME, Y), {X: OWN, Y: OWN}, ("content/briefings/x.md",), None),
        ((X, Y), {}, ("content/briefings/q.md",), None),
        ((X, NATO, HOME), {}, ("content/entities/entities.yml",), "entities/nato/"),
        ((X, NATO, UN), {}, ("content/entities/entities.yml",), None),
        ((X, NATO, UN), {}, ("content/entities/un.md",), "entities/un/"),
        ((X, HOME), {}, ("seeds/article.txt",), "briefings/x/"),
        ((X, Y), {}, ("briefgen.yml",), None),
        ((HOME,), {}, ("briefgen.yml",), ""),
        (("about.html",), {}, ("content/pages/about.md",), "about.html"),
        (("de/briefings/x/index.html", HOME), {}, ("content/briefings/x.md",), "de/briefings/x/"),
    ],
)
def test_the_page_to_show(pages, reasons, changed, shown):
    assert page_to_show(BEFORE, after(*pages), reasons, changed) == shown
