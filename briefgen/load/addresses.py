"""Web addresses and old addresses that authors write in front matter and data files.

In: a struct of the model. Out: the struct without the addresses that no link may have, and a
warning for each: no later stage meets a `javascript:` address in data. Addresses in running text
are for `parse`.
"""

from __future__ import annotations

import re
from typing import Any, TypeVar
from urllib.parse import unquote

import msgspec

from briefgen.load.convert import Pointer
from briefgen.load.yaml_nodes import Locate
from briefgen.model.diagnostics import Diagnostic, finding
from briefgen.model.entity import WebLink

S = TypeVar("S", bound=msgspec.Struct)

_SCHEMES = frozenset(("http", "https", "mailto"))
_SCHEME = re.compile(r"([^/?#:]*):")
_IGNORED_BY_BROWSERS = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202e\ufeff]")
_MAX_STEP_BYTES = 240  # of the 255 that a file name may have
_MAX_BYTES, _MAX_STEPS = 1_000, 30  # of an address, for a disk takes paths of some length only
_WEB_FIELDS = ("url", "archive_url")


def is_allowed(address: str) -> bool:
    """Whether a link may lead there: http, https, mailto, or no scheme at all.

    Characters that browsers drop from an address don't hide its scheme.
    """
    match = _SCHEME.match(_IGNORED_BY_BROWSERS.sub("", address))
    return match is None or match[1].casefold() in _SCHEMES


def without_refused(value: S, at: Pointer, locate: Locate) -> tuple[S, list[Diagnostic]]:
    """Return a struct with its refused `url` and `archive_url` left out (refused-scheme)."""
    changes: dict[str, Any] = {}
    found = []
    for name in _WEB_FIELDS:
        address = getattr(value, name, None)
        if address is not None and not is_allowed(address):
            changes[name] = None
            found.append(_refused(name, (*at, name), locate))
    return (msgspec.structs.replace(value, **changes) if changes else value), found


def old_address_problem(address: str) -> str | None:
    """Return why an entry of `moved_from` can't be written as a page, or None where it can.

    It is relative to the site's address, with slashes, and stays inside the site.
    """
    if address.startswith("/"):
        return "begins with a slash; write it from the site's own address on"
    if not is_allowed(address) or _SCHEME.match(address):
        return "is a whole address; write the part after the site's own address"
    path = unquote(address)
    # A space is part of an address where it is written as one: `a%20b/`.
    decoded = path if " " in address else path.replace(" ", "")
    if any(char in path for char in "\\?#") or _IGNORED_BY_BROWSERS.search(decoded):
        return "holds a character that no address of a page has"
    steps = path.removesuffix("/").split("/")
    if any(step in ("", ".", "..") for step in steps):
        return "has an empty part or leaves the site"
    if any(len(step.encode()) > _MAX_STEP_BYTES for step in steps):
        return "has a part that is too long for a file name"
    is_long = len(path.encode()) > _MAX_BYTES or len(steps) > _MAX_STEPS
    return "is too long for the path of a file" if is_long else None


def allowed_links(
    links: tuple[WebLink, ...], at: Pointer, locate: Locate
) -> tuple[tuple[WebLink, ...], list[Diagnostic]]:
    """Return the links that may be followed, and a warning (refused-scheme) for each other."""
    found = [
        _refused("url", (*at, str(i), "url"), locate)
        for i, link in enumerate(links)
        if not is_allowed(link.url)
    ]
    return tuple(link for link in links if is_allowed(link.url)), found


def _refused(name: str, at: Pointer, locate: Locate) -> Diagnostic:
    message = f"`{name}` leads to a scheme that is refused, so it is left out."
    help = "Write an address that begins with https:// or http://."  # noqa: A001
    return finding("refused-scheme", locate(at, False), message, help)
