"""Rules on treaties: contradictory events, facts without a source, treaties that ended.

In: records of treaties, facts of briefings. Out: diagnostics, each at the event or provision it is
about, or at the briefing. Whether ids are known, and what a schema can say, is not looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from briefgen.check.places import inside
from briefgen.model.dates import Day
from briefgen.model.diagnostics import Diagnostic, Place, finding
from briefgen.model.facts import AnnotationFact, BriefingFacts, Record
from briefgen.model.treaty import Treaty
from briefgen.model.treaty_status import TreatyStatus, event_faults, open_notices, status_on

_ENDINGS = {
    "expired": "expired",
    "terminated": "ended",
    "superseded": "was superseded",
    "never-in-force": "ended without having been in force",
}


def check_event_order(treaties: Iterable[Record[Treaty]]) -> tuple[Diagnostic, ...]:
    """Report (event-order) what contradicts what in each treaty's events."""
    return tuple(
        finding(
            "event-order",
            inside(record.place, "events", fault.index, *filter(None, [fault.key])),
            fault.message,
            fault.help,
        )
        for record in treaties
        for fault in event_faults(record.value)
    )


def check_notices(treaties: Iterable[Record[Treaty]]) -> tuple[Diagnostic, ...]:
    """Report (notice-without-day) each notice of leaving of which no day is known."""
    return tuple(
        finding(
            "notice-without-day",
            inside(record.place, "events", index),
            f"`denounced` of {record.value.events[index].date}: "
            "it is not said from when it counts.",
            "Add `until`, the day on which it takes effect, or the event that followed.",
        )
        for record in treaties
        for index in open_notices(record.value)
    )


def check_fact_sources(treaties: Iterable[Record[Treaty]]) -> tuple[Diagnostic, ...]:
    """Report (fact-unsourced) each event and provision of a treaty without any source.

    A treaty's own `sources` serve all that has none.
    """
    found = []
    for record in treaties:
        treaty = record.value
        if treaty.sources:
            continue
        facts = [
            (("events", i), f"The event `{event.type}` of {event.date}")
            for i, event in enumerate(treaty.events)
            if not event.sources
        ]
        facts += [
            (("provisions", i), f"The provision “{provision.name}”")
            for i, provision in enumerate(treaty.provisions)
            if not provision.sources
        ]
        found += [_unsourced(record.place, keys, fact) for keys, fact in facts]
    return tuple(found)


def _unsourced(place: Place, keys: tuple[str, int], fact: str) -> Diagnostic:
    return finding(
        "fact-unsourced",
        inside(place, *keys),
        f"{fact} has no source, and neither has the treaty.",
        "Add `sources:` here, or to the treaty for all that has none of its own.",
    )


def check_ended(
    briefings: Iterable[BriefingFacts], treaties: Mapping[str, Record[Treaty]], as_of: Day
) -> tuple[Diagnostic, ...]:
    """Report (treaty-ended) treaties of fact boxes that ended between writing and `as_of`.

    A note of kind `update` dated on the end or later says that the desk has seen it.
    """
    now = {id_: status_on(record.value, as_of) for id_, record in treaties.items()}
    return tuple(
        _ended(briefing, index, treaties[id_].value.name, now[id_])
        for briefing in briefings
        for index, id_ in enumerate(briefing.treaties)
        if id_ in now and _ended_since(now[id_], briefing.date)
        and not _is_updated(briefing.annotations, now[id_])
    )  # fmt: skip


def _ended_since(now: TreatyStatus, written: Day) -> bool:
    if now.since is None or now.state not in _ENDINGS or not now.is_certain:
        return False
    return now.since.reached(written) is False


def _is_updated(annotations: Iterable[AnnotationFact], now: TreatyStatus) -> bool:
    return any(
        note.kind == "update" and note.date and now.since and note.date >= now.since
        for note in annotations
    )


def _ended(briefing: BriefingFacts, index: int, name: str, now: TreatyStatus) -> Diagnostic:
    return finding(
        "treaty-ended",
        Place(briefing.path, pointer=("treaties", str(index))),
        f"{name} {_ENDINGS[now.state]} on {now.since}, after the briefing was written.",
        "The fact box says so; add a dated note of kind `update` where the text needs one too.",
    )
