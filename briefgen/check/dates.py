"""Rules on the dates of a briefing: in which order it was written, published and updated.

In: facts of briefings. Out: diagnostics. Whether each is a date at all the schema says.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import tzinfo

from briefgen.model.diagnostics import Diagnostic, Place, finding
from briefgen.model.facts import BriefingFacts


def check_dates(briefings: Iterable[BriefingFacts], zone: tzinfo) -> Iterator[Diagnostic]:
    """Report (date-order) briefings published before they were written, or updated before that.

    Days are compared, in `zone`, that of the site.
    """
    for briefing in briefings:
        published = briefing.published_day(zone)
        if published < briefing.date:
            yield finding(
                "date-order",
                Place(briefing.path, pointer=("published",)),
                f"`published` ({published}) lies before `date` ({briefing.date}).",
                "`date` is the day on which the article was written, `published` the day on which "
                "the briefing went public; correct one of them.",
            )
        updated = briefing.updated.day(zone) if briefing.updated else None
        if updated and updated < published:
            yield finding(
                "date-order",
                Place(briefing.path, pointer=("updated",)),
                f"`updated` ({updated}) lies before the day on which the briefing went public "
                f"({published}).",
                "`updated` is the day of the last change after that; correct it, or take it out.",
            )
