"""Rules on sources: copies that outlive them, their dates, and how many a briefing rests on.

In: sources as loaded, facts of briefings. Out: diagnostics. Whether an id is known, whether a
source is cited, and whether an address answers, is not looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import tzinfo

from briefgen.check.places import inside
from briefgen.model.dates import Day
from briefgen.model.diagnostics import Diagnostic, Place, finding
from briefgen.model.facts import BriefingFacts, Record
from briefgen.model.source import Source


def check_archives(
    sources: Iterable[Record[Source]], briefings: Iterable[BriefingFacts]
) -> tuple[Diagnostic, ...]:
    """Report (archive-missing) sources with an address and no archived copy of it.

    The sources of the site come first, then each briefing's own.
    """
    placed = [(record.id, record.value, record.place) for record in sources]
    placed += [
        (id_, source, Place(briefing.path, pointer=("sources", id_)))
        for briefing in briefings
        for id_, source in briefing.sources.items()
    ]
    return tuple(
        finding(
            "archive-missing",
            inside(place, "url"),
            f"The source `{id_}` has no archived copy.",
            "Have the address archived; add `archive_url` and `archive_date`.",
        )
        for id_, source, place in placed
        if source.url and not source.archive_url
    )


def check_newer(
    briefings: Iterable[BriefingFacts], sources: Mapping[str, Source], zone: tzinfo
) -> tuple[Diagnostic, ...]:
    """Report (source-newer) sources published after the briefing that cites them last changed.

    `sources` are those of the site, by id; `zone` is the site's. Once for each source of a
    briefing, where it is first cited; a partial date counts only where all of it is later.
    """
    return tuple(found for briefing in briefings for found in _newer(briefing, sources, zone))


def last_changed(briefing: BriefingFacts, zone: tzinfo) -> Day:
    """The latest of the days, in `zone`, on which it was written, published and updated."""
    days = [briefing.date, briefing.published_day(zone)]
    if briefing.updated is not None:
        days.append(briefing.updated.day(zone))
    return max(days)


def _newer(
    briefing: BriefingFacts, sources: Mapping[str, Source], zone: tzinfo
) -> Iterator[Diagnostic]:
    changed = last_changed(briefing, zone)
    first_cites = {cite.source: cite.place for cite in reversed(briefing.writing.cites)}
    for id_, place in sorted(first_cites.items(), key=lambda item: item[1]):
        source = briefing.sources.get(id_) or sources.get(id_)
        if source and source.published and source.published.first() > changed:
            yield finding(
                "source-newer",
                place,
                f"The source `{id_}` was published on {source.published}, after the briefing "
                f"last changed ({changed}).",
                "Set `updated:` to the day on which it was added, or correct one of the dates.",
            )


def check_single_source(briefings: Iterable[BriefingFacts]) -> tuple[Diagnostic, ...]:
    """Report (single-source) briefings all of whose citations lead to one source."""
    found = []
    for briefing in briefings:
        cites = briefing.writing.cites
        if len({cite.source for cite in cites}) == 1:
            found.append(
                finding(
                    "single-source",
                    cites[0].place,
                    f"All citations lead to one source, `{cites[0].source}`.",
                    "Look for a second one that does not rest on the first.",
                )
            )
    return tuple(found)
