"""Routes: the address of every page, and the faults of addresses.

In: the things of the site. Out: routes by key, and diagnostics for ids and addresses that clash.
An address is a path from the site's root, ending in "/" or, with `urls: file`, in "index.html".
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

import msgspec

from briefgen.model.diagnostics import Diagnostic, Place, finding
from briefgen.model.index import LISTS

FOLDERS = {
    "briefing": "briefings/",
    "entity": "entities/",
    "treaty": "treaties/",
    "source": "sources/",
    "topic": "topics/",
    "page": "",
}
RESERVED = frozenset({
    "404", "404.html", "assets", "data", "entities", "feed.xml", "pagefind", "robots.txt",
    "sitemap.xml", *LISTS,
})  # fmt: skip
"""First parts of addresses that plain pages may not take."""


class Thing(msgspec.Struct, frozen=True, gc=False):
    """What a route is made of."""

    kind: str
    id: str
    slug: str
    place: Place


def folded(path: str) -> str:
    """The form of a path in which disks that ignore case and Unicode form see it."""
    if path.isascii():
        return path.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


def make_routes(
    things: Iterable[Thing], *, as_file: bool, has_search: bool = False
) -> tuple[dict[str, str], list[Diagnostic]]:
    """Give every thing its address, first come first served.

    Emits duplicate-id and route-collision, each naming both files. A thing that clashes gets no
    route.
    """
    ending = "index.html" if as_file else ""
    lists = {kind: path for kind, path in LISTS.items() if has_search or kind != "search"}
    routes: dict[str, str] = {f"list:{kind}": path + ending for kind, path in lists.items()}
    owners: dict[str, tuple[Thing, str]] = {}
    ids: dict[tuple[str, str], Thing] = {}
    faults: list[Diagnostic] = []
    for thing in things:
        space = "entity" if thing.kind == "treaty" else thing.kind
        first = ids.setdefault((space, thing.id), thing)
        if first is not thing:
            faults.append(_clash("duplicate-id", thing, first, f"The id `{thing.id}` is taken"))
            continue
        path = FOLDERS[thing.kind] + thing.slug + "/"
        if thing.kind == "page" and folded(thing.slug) in RESERVED:
            faults.append(
                finding(
                    "route-collision",
                    _named_at(thing, "slug"),
                    f"The address `/{path}` is one of briefgen's own.",
                    "Give the page another `slug:`.",
                )
            )
            continue
        holder = owners.setdefault(folded(path), (thing, path))
        if holder[0] is not thing:
            alike = "" if holder[1] == path else f", which some disks take for `/{holder[1]}`,"
            message = f"The address `/{path}`{alike} is taken"
            faults.append(_clash("route-collision", thing, holder[0], message))
            continue
        routes[f"{thing.kind}:{thing.id}"] = path + ending
    return routes, faults


def _clash(code: str, thing: Thing, first: Thing, message: str) -> Diagnostic:
    line = f":{first.place.line}" if first.place.pointer and first.place.line else ""
    key = "id" if code == "duplicate-id" else "slug"
    is_key = key == "id" and thing.kind == "source"
    help_ = f"Give one of the two another {'key' if is_key else f'`{key}:`'}."
    if thing.kind == "topic" and thing.place.pointer[:1] == ("topics",):  # of a briefing
        help_ = f"Did you mean `{first.id}`? A topic is written alike wherever it is named."
    return finding(
        code,
        _named_at(thing, key),
        f"{message} by `{first.place.path}{line}`.",
        help_,
    )


def _named_at(thing: Thing, key: str) -> Place:
    """Where a thing is given its id or slug; the file as a whole where its name gives it."""
    if thing.kind == "source" and key == "id":
        return thing.place
    name = thing.place.path.rpartition("/")[2].rpartition(".")[0]
    if not thing.place.pointer and thing.id == thing.slug and name.endswith(thing.id):
        return Place(thing.place.path)
    return Place(thing.place.path, pointer=(*thing.place.pointer, key))
