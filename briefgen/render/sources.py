"""The views of the list of sources, and of each source's page: who cites it."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from briefgen.model.citing import other_pages_citing
from briefgen.model.facts import Record
from briefgen.model.index import SiteIndex
from briefgen.model.questions import Questions
from briefgen.model.source import Source
from briefgen.render.cards import Href, briefing_link, cards_among, href_from, listed_once
from briefgen.render.footnotes import in_style
from briefgen.render.frame import frame
from briefgen.render.labels import Labels
from briefgen.render.view import Link, SiteView, SourcePageView, SourcesView, SourceView


def sources_view(ask: Questions, index: SiteIndex, site: SiteView, labels: Labels) -> SourcesView:
    """All sources of the site, and those of single pages."""
    path = index.routes["list:sources"]
    href = href_from(path)
    others = other_pages_citing(index)
    shared = [
        _source(ask, index, record, href, len(others.get(record.id, ())))
        for record in index.sources.values()
    ]
    own = [
        (
            SourceView(id=id_, value=value, cited=_cited(ask, id_, facts.id)),
            briefing_link(index, facts, href),
        )
        for facts in index.briefings.values()
        for id_, value in facts.sources.items()
    ]
    return SourcesView(
        **frame(ask.settings(), site, "sources", path, labels.title("sources"), section="sources"),
        sources=tuple(sorted(shared, key=_source_order)),
        page_sources=tuple(own),
    )


def _source_order(source: SourceView) -> tuple[str, str, str]:
    value: Source = source.value
    return ((value.publisher or value.name).casefold(), value.published or "", source.id)


def _cited(ask: Questions, source: str, briefing: str = "") -> Markup | None:
    return in_style(ask, None, source, briefing) if ask.settings().is_styled else None


def _source(
    ask: Questions, index: SiteIndex, record: Record[Source], href: Href, others: int
) -> SourceView:
    return SourceView(
        id=record.id,
        value=record.value,
        href=href(index.routes[f"source:{record.id}"]),
        count=len(listed_once(index, index.cited_by.get(record.id, ()))),
        others=others,
        cited=_cited(ask, record.id),
    )


def source_view(
    ask: Questions, index: SiteIndex, site: SiteView, record: Record[Source],
    others: Sequence[str],
) -> SourcePageView:  # fmt: skip
    """One source, the briefings that cite it, and the keys of the `others` that do, by name."""
    path = index.routes[f"source:{record.id}"]
    href = href_from(path)
    return SourcePageView(
        **frame(ask.settings(), site, "source", path, record.value.name, section="sources",
                description=record.value.descriptor or ""),
        source=_source(ask, index, record, href, len(others)),
        briefings=cards_among(ask, index, index.cited_by.get(record.id, ()), path),
        others=tuple(
            sorted(
                (Link(text=index.title_of(key), href=href(index.routes[key])) for key in others),
                key=lambda link: (link.text.casefold(), link.href or ""),
            )
        ),
    )  # fmt: skip
