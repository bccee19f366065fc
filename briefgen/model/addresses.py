"""Addresses as authors write them: which of them a link may have, and which leave the site.

In: an address from running text, front matter or data. Out: yes or no. This is the one definition
that loading, parsing, checking and rendering share, so that what is checked is what is shown.
Whether the address leads anywhere is not asked here: see `SiteIndex.resolve_address`.
"""

from __future__ import annotations

import re

_SCHEMES = frozenset(("http", "https", "mailto"))
_SCHEME = re.compile(r"([^/?#:]*):")
_DROPPED = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202e\ufeff]")


def scheme_of(address: str) -> str | None:
    """Return the scheme of an address, case folded; None where it has none.

    That is all before a colon that no `/`, `?` or `#` precedes, be it a good scheme or not: a
    relative address may have no such colon (RFC 3986, 4.2). Characters that browsers drop from
    an address don't hide its scheme.
    """
    match = _SCHEME.match(_DROPPED.sub("", address))
    return match[1].casefold() if match else None


def is_allowed(address: str) -> bool:
    """Whether a link may lead there: http, https, mailto, or no scheme at all."""
    scheme = scheme_of(address)
    return scheme is None or scheme in _SCHEMES


def leaves_the_site(address: str) -> bool:
    """Whether an address is no relative one: it has a scheme or a host."""
    return scheme_of(address) is not None or _DROPPED.sub("", address).startswith("//")


def has_dropped(text: str) -> bool:
    """Whether a text holds characters that browsers drop from an address."""
    return _DROPPED.search(text) is not None
