"""Filters of templates that need no language: what they say of an address or a tag.

In: a text. Out: a text, or attributes of HTML. Dates and numbers are worded by `locales`.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from markupsafe import Markup

_WEB_ADDRESS = re.compile(r"(?:https?://[^\s/]|mailto:[^\s])[^\s\x00-\x1f\x7f]*", re.IGNORECASE)


def lang_attributes(language: str | None) -> Markup:
    """Attributes for words in another language than the page's; none without a language."""
    return Markup(' lang="{}" dir="auto"').format(language) if language else Markup()


def domain(url: str) -> str:
    """The host of an address without "www.": what a reader recognises; "" where it has none."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def safe_url(url: str | None) -> str | None:
    """The address, where it is one that a link may lead to (http, https, mailto); else None."""
    return url if url and _WEB_ADDRESS.fullmatch(url) else None
