"""The picture of the timeline: how much falls into each span of years, and a table by decade.

In: the entries of the timeline, in order. Out: a `YearsPicture`, places without words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from briefgen.render.pictures.columns import Spans, month_of
from briefgen.render.view import Decade, TimelineEntry, YearsPicture


def years_picture(rows: Sequence[TimelineEntry]) -> YearsPicture:
    """The picture of what is dated, and its table; `rows` are in order, one at the least."""
    months = [month_of(row.date) for row in rows]
    spans = Spans.over(months)
    briefings, events = Counter[int](), Counter[int]()
    for row, month in zip(rows, months, strict=True):
        (briefings if row.kind == "briefing" else events)[spans.place(month)] += 1
    return YearsPicture(
        scale=spans.scale(),
        events=spans.columns(events),
        briefings=spans.columns(briefings),
        decades=tuple(_decades(rows)),
    )


def _decades(rows: Sequence[TimelineEntry]) -> Iterator[Decade]:
    for start, found in groupby(rows, lambda row: row.date.year // 10 * 10):
        kinds = [(row.kind, row.date.year) for row in found]
        briefings = sum(kind == "briefing" for kind, _ in kinds)
        yield Decade(
            name=f"{start:04}\N{EN DASH}{start + 9:04}",
            first=kinds[0][1],
            events=len(kinds) - briefings,
            briefings=briefings,
        )
