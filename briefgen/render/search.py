"""The search page, and what each page can be found by beside its words.

In: the index. Out: the view of the search page; for each page that is searched, its filters and
what a result shows of it. The words themselves are those of the pages that were made.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from briefgen.model.index import LISTS, SiteIndex
from briefgen.model.questions import Questions
from briefgen.render.cards import href_from
from briefgen.render.frame import frame
from briefgen.render.labels import Labels
from briefgen.render.locales import Wording
from briefgen.render.view import SearchView, SiteView

KINDS = ("briefing", "treaty", "entity", "topic", "source", "page")
"""The kinds of pages that are searched; all others only repeat what stands on these."""

Values = tuple[tuple[str, str], ...]
"""Names with values; a name may stand more than once."""


class SearchRecord(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What a page can be filtered by, and what a result shows beside its title and words."""

    path: str  # of the page, from the site's root
    filters: Values
    meta: Values


def search_records(index: SiteIndex) -> Iterator[SearchRecord]:
    """The pages that are searched, in the order of their addresses."""
    wording = Wording(index.config.language)  # that of the search page
    for key, path in sorted(index.routes.items(), key=lambda route: route[1]):
        kind, _, id_ = key.partition(":")
        if kind in KINDS:
            filters = (("kind", kind), *_filters(index, kind, id_))
            yield SearchRecord(path, filters, tuple(_meta(index, kind, id_, wording)))


def _filters(index: SiteIndex, kind: str, id_: str) -> Iterator[tuple[str, str]]:
    if kind == "briefing":
        facts = index.briefings[id_]
        yield "year", str(facts.date.year)
        for topic in dict.fromkeys(facts.topics):
            if topic in index.topics:
                yield "topic", index.topics[topic].value.name
        for fact in index.mentioned.get(id_, ()):
            yield from _named(index, fact.entity)
    elif kind in ("entity", "treaty"):
        yield from _named(index, id_)
    elif kind == "topic":
        yield "topic", index.topics[id_].value.name


def _named(index: SiteIndex, entity: str) -> Iterator[tuple[str, str]]:
    record = index.named(entity)
    if record is not None:
        yield "entity", record.value.name


def _meta(index: SiteIndex, kind: str, id_: str, wording: Wording) -> Iterator[tuple[str, str]]:
    yield "title", index.title_of(f"{kind}:{id_}")
    if kind == "briefing":
        yield "date", wording.day(index.briefings[id_].date)
    yield "kind", kind


def search_view(ask: Questions, index: SiteIndex, site: SiteView, labels: Labels) -> SearchView:
    """The page that searches, and the lists that lead to all that it could find."""
    path = index.routes["list:search"]
    href = href_from(path)
    return SearchView(
        **frame(ask.settings(), site, "search", path, labels.title("search"), section="search"),
        lists=tuple(
            (kind, href(index.routes[f"list:{kind}"]))
            for kind in LISTS
            if kind not in ("home", "search")
        ),
    )
