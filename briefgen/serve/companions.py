"""What pages load beside themselves, learnt from what browsers ask for.

In go requests for style sheets and scripts that name the page they are for, out comes the header
that lets a browser ask for them as soon as it has heard of the page, not only once it has read so
far. They are asked for as ever, so none of them can be out of date. Nothing here reads a page.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote, unquote, urlsplit

_KINDS = ("style", "script")
_MOST_PAGES = 1000
_MOST_OF_A_PAGE = 8


class Companions:
    """The style sheets and scripts of pages that have been shown. For one thread."""

    def __init__(self) -> None:
        self._of: dict[str, dict[str, str]] = {}  # by page, their kind by path

    def note(self, path: str, query: bytes, headers: Mapping[str, str]) -> None:
        """Take a request for a decoded path: it may be for a page of this server's.

        What is asked for in another manner (modules, `crossorigin`) would have to be announced in
        that manner; with a query, it was swapped in place.
        """
        kind = headers.get("sec-fetch-dest", "")
        is_plain = headers.get("sec-fetch-mode") == "no-cors"
        is_own = headers.get("sec-fetch-site") == "same-origin"
        if query or kind not in _KINDS or not is_plain or not is_own:
            return
        page = unquote(urlsplit(headers.get("referer", "")).path)
        if page not in self._of and len(self._of) >= _MOST_PAGES:
            return
        known = self._of.setdefault(page, {})
        if len(known) < _MOST_OF_A_PAGE:
            known[path] = kind

    def header(self, page: str, content: bytes) -> dict[str, str]:
        """The header for the page at a decoded path, of those companions that it still names."""
        said = [
            f"<{quote(path)}>; rel=preload; as={kind}"
            for path, kind in self._of.get(page, {}).items()
            if path.rpartition("/")[2].encode("utf-8", "surrogatepass") in content
        ]
        return {"Link": ", ".join(said)} if said else {}
