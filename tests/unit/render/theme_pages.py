"""The pages of the theme, rendered from the views of `theme_views` and parsed, for its tests."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
from theme_views import PAGES

from briefgen.render.environment import Templates
from briefgen.render.view import PageView

THEME = Path(__file__).parents[3] / "themes" / "dossier"
TEMPLATES = Templates([THEME / "templates"])


def tree_of(view: PageView) -> Element:
    """The tree of a page; fails on any parse error of the HTML standard."""
    html = TEMPLATES.render(view).decode()
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(html)


@cache
def page(kind: str) -> Element:
    """The tree of the page of that kind."""
    return tree_of(PAGES[kind])


def text(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def with_class(tree: Element, name: str) -> list[Element]:
    return [e for e in tree.iter() if name in str(e.get("class", "")).split()]


def section(tree: Element, name: str) -> Element:
    """The section that is named by the heading with that id."""
    return next(e for e in tree.iter("section") if e.get("aria-labelledby") == name)
