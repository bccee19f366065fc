"""Web addresses and old addresses that authors write in front matter and data files.

In: a struct of the model. Out: the struct without the addresses that no link may have, and a
warning for each: no later stage meets a `javascript:` address in data. Addresses in running text
are for `parse`; what both refuse is said in `model.addresses`.
"""

from __future__ import annotations

import re
from typing import Any, TypeVar
from urllib.parse import unquote

import msgspec

from briefgen.load.convert import Pointer
from briefgen.load.yaml_nodes import Locate
from briefgen.model.addresses import has_dropped, is_allowed, scheme_of
from briefgen.model.diagnostics import Diagnostic, finding
from briefgen.model.entity import WebLink

__all__ = ["allowed_links", "is_allowed", "old_address_problem", "without_refused"]

S = TypeVar("S", bound=msgspec.Struct)

_MAX_STEP_BYTES = 240  # of the 255 that a file name may have
_MAX_BYTES, _MAX_STEPS = 1_000, 30  # of an address, for a disk takes paths of some length only
_SHOWN = 80  # characters of an address in a help
_SPACE = re.compile(r"\s")
_WEB_FIELDS = ("url", "archive_url")


def without_refused(value: S, at: Pointer, locate: Locate) -> tuple[S, list[Diagnostic]]:
    """Return a struct with its refused `url` and `archive_url` left out (refused-scheme)."""
    changes: dict[str, Any] = {}
    found = []
    for name in _WEB_FIELDS:
        address = getattr(value, name, None)
        if address is not None and not _is_address(address):
            changes[name] = None
            found.append(_told(name, address, (*at, name), locate))
    return (msgspec.structs.replace(value, **changes) if changes else value), found


def old_address_problem(address: str) -> str | None:
    """Return why an entry of `moved_from` can't be written as a page, or None where it can.

    It is relative to the site's address, with slashes, and stays inside the site.
    """
    if address.startswith("/"):
        return "begins with a slash; write it from the site's own address on"
    if scheme_of(address) is not None:
        return "is a whole address; write the part after the site's own address"
    path = unquote(address)
    # A space is part of an address where it is written as one: `a%20b/`.
    decoded = path if " " in address else path.replace(" ", "")
    if any(char in path for char in "\\?#") or has_dropped(decoded):
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
        _told("url", link.url, (*at, str(i), "url"), locate)
        for i, link in enumerate(links)
        if not _is_address(link.url)
    ]
    return tuple(link for link in links if _is_address(link.url)), found


def _is_address(address: str) -> bool:
    """Whether an address of data may be a link: it has a scheme that is allowed, or a `/` first.

    One like `tass.com/politics/1` would lead to a page of the site's own, and what holds a space
    is no address but a slip.
    """
    has_start = scheme_of(address) is not None or address.startswith("/")
    return is_allowed(address) and has_start and not _SPACE.search(address)


def _told(name: str, address: str, at: Pointer, locate: Locate) -> Diagnostic:
    if not is_allowed(address):
        return refused(name, at, locate)
    if _SPACE.search(address):
        message = f"`{name}` holds a space, as no address does, so it is left out."
        advice = "Copy the address from the browser again; a space in it is written `%20`."
    else:
        message = f"`{name}` has no `https://` before it, so it is no address and is left out."
        advice = f"Write `https://{address[:_SHOWN]}`, if that is meant."
    return finding("refused-scheme", locate(at, False), message, advice)


def refused(name: str, at: Pointer, locate: Locate) -> Diagnostic:
    """Return the warning (refused-scheme) for the address at a pointer; `name` is what holds it."""
    message = f"`{name}` leads to a scheme that is refused, so it is left out."
    help = "Write an address that begins with https:// or http://."  # noqa: A001
    return finding("refused-scheme", locate(at, False), message, help)
