"""Which addresses a link may lead to: http, https, mailto, and relative ones."""

from __future__ import annotations

import re

_SCHEME = re.compile(r"\s*([a-zA-Z][a-zA-Z0-9+.\-]*):")
_ALLOWED = frozenset({"http", "https", "mailto"})


def is_allowed(address: str) -> bool:
    """True where the address is relative or of a scheme on the allowlist (RFC 3986, 3.1)."""
    match = _SCHEME.match(address)
    return match is None or match[1].lower() in _ALLOWED


def is_external(address: str) -> bool:
    """True where the address leaves the site: it has a scheme or a host."""
    return address.startswith("//") or _SCHEME.match(address) is not None
