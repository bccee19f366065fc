"""The sitemap and robots.txt, and how a path of the site becomes a whole address.

In: the site's index and the paths of its pages. Out: XML after sitemaps.org's protocol 0.9, and
plain text, as bytes. Which pages belong into it, and when each last changed, is the caller's to
say: nothing here looks at a page or a clock.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from urllib.parse import quote

from briefgen.model.index import SiteIndex
from briefgen.render.compose import escape

ADDRESSES = 50_000
"""How many addresses the protocol lets one sitemap hold."""
BYTES = 50 * 1024 * 1024
"""How large the protocol lets one sitemap be."""

_FRAME = 512  # bytes kept for the declaration and the root element
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_IS_PLAIN = re.compile(r"[\w./~-]*", re.ASCII).fullmatch  # most paths, which stay as they are
_IN_PATHS = "/%!$&'()*+,;=:@~"  # what a path may hold as it is (RFC 3986, 3.3)


def absolute(url: str, path: str) -> str:
    """Return the whole address of a path of the site, in ASCII, as RFC 3986 wants it.

    `url` is the site's address, ending in a slash; `path` is a plain path from the site's root,
    not yet percent-encoded.
    """
    if not _IS_PLAIN(path):
        path = quote(path)
    return (url if url.isascii() else _in_ascii(url)) + path


def _in_ascii(url: str) -> str:
    scheme, _, rest = url.partition("://")
    host, slash, path = rest.partition("/")
    try:
        host = host.encode("idna").decode("ascii")
    except UnicodeError:
        host = quote(host, safe=":[]")  # no name of the DNS, but an address in form
    return f"{scheme}://{host}{slash}{quote(path, safe=_IN_PATHS)}"


def sitemaps(index: SiteIndex, paths: Sequence[tuple[str, str | None]]) -> dict[str, bytes]:
    """Return the sitemap of a site by its path, or an index of sitemaps with all that it lists.

    Args:
        index: The site; without `url` in its configuration there is no sitemap.
        paths: The path of each page from the site's root, in the order in which it is listed, with
            the moment of its last change (a W3C datetime: a day, or RFC 3339), where that is known.

    Returns:
        `sitemap.xml`; past 50,000 addresses or 50 MiB also `sitemap-1.xml`, `sitemap-2.xml` ...
        Linear in the number of paths.
    """
    url = index.config.url
    if url is None:
        return {}
    alternates = _alternates(index, url)
    rows = [
        _row("url", absolute(url, path), changed, alternates.get(path, ""))
        for path, changed in paths
    ]
    batches = list(_batches(rows))
    if len(batches) <= 1:
        return {"sitemap.xml": _document("urlset", rows, alternates)}
    parts = {f"sitemap-{number}.xml": batch for number, batch in enumerate(batches, 1)}
    listed = [_row("sitemap", absolute(url, name), None) for name in parts]
    found = {"sitemap.xml": _document("sitemapindex", listed)}
    found |= {name: _document("urlset", batch, alternates) for name, batch in parts.items()}
    return found


def robots(index: SiteIndex) -> bytes:
    """Return robots.txt (RFC 9309): all may be read, and where the sitemap is, if there is one."""
    lines = ["User-agent: *", "Allow: /"]
    if index.config.url is not None:
        lines.append(f"Sitemap: {absolute(index.config.url, 'sitemap.xml')}")
    return "".join(f"{line}\n" for line in lines).encode()


def _alternates(index: SiteIndex, url: str) -> dict[str, str]:
    """The links to a page's translations, itself among them, by its path."""
    found = {}
    for id_, others in index.translated.items():
        own = (index.language_of(f"briefing:{id_}"), id_)
        found[index.routes[f"briefing:{id_}"]] = "".join(
            f'<xhtml:link rel="alternate" hreflang="{escape(language)}" '
            f'href="{escape(absolute(url, index.routes[f"briefing:{other}"]))}"/>'
            for language, other in (own, *others)
            if index.is_public(index.briefings[other])
        )
    return found


def _row(tag: str, address: str, changed: str | None, more: str = "") -> str:
    modified = f"<lastmod>{escape(changed)}</lastmod>" if changed else ""
    return f"<{tag}><loc>{escape(address)}</loc>{modified}{more}</{tag}>\n"


def _batches(rows: Iterable[str]) -> Iterator[list[str]]:
    """Cut rows, which are ASCII, into as few sitemaps as the limits allow."""
    batch: list[str] = []
    size = _FRAME
    for row in rows:
        if len(batch) == ADDRESSES or size + len(row) > BYTES:
            yield batch
            batch, size = [], _FRAME
        batch.append(row)
        size += len(row)
    if batch:
        yield batch


def _document(root: str, rows: Iterable[str], alternates: Collection[str] = ()) -> bytes:
    more = ' xmlns:xhtml="http://www.w3.org/1999/xhtml"' if alternates else ""
    head = f'<?xml version="1.0" encoding="utf-8"?>\n<{root} xmlns="{_NAMESPACE}"{more}>\n'
    return f"{head}{''.join(rows)}</{root}>\n".encode()
