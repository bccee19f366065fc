"""The rule on topics that are like a declared one: a letter more or less makes a page of its own.

In: records of topics. Out: diagnostics, where a briefing names the topic first. A topic needs no
file, and two that are alike may both be meant, so the finding is information.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from briefgen.model.briefing import Topic
from briefgen.model.diagnostics import Diagnostic, finding
from briefgen.model.facts import Record

_SHORTEST = 4  # letters of an id that is compared
_LONG = 8  # letters from which on two may differ
_FIGURES = re.compile(r"\d+")


def check_topics(topics: Iterable[Record[Topic]]) -> Iterator[Diagnostic]:
    """Report (topic-misspelt) each topic without a file whose id is nearly that of one with a file.

    Nearly is one letter added, left out, changed or swapped with the next; two in a long id.
    """
    known: list[str] = []
    bare: list[Record[Topic]] = []
    for record in topics:
        # Of a topic without a file the place is where a briefing names it.
        if record.place.pointer[:1] == ("topics",):
            bare.append(record)
        else:
            known.append(record.id)
    if not known:
        return
    for record in bare:
        meant = _nearest(record.id, known)
        if meant is not None:
            yield finding(
                "topic-misspelt",
                record.place,
                f"The topic `{record.id}` is nearly `{meant}`, and has a page of its own.",
                f"Did you mean `{meant}`? If not, give it an entry in `content/topics/` too.",
            )


def _nearest(id_: str, known: list[str]) -> str | None:
    from rapidfuzz import process  # noqa: PLC0415 - few sites declare topics and name others
    from rapidfuzz.distance import OSA  # noqa: PLC0415

    if len(id_) < _SHORTEST:
        return None
    most = 2 if len(id_) >= _LONG else 1
    found = process.extract(id_, known, scorer=OSA.distance, score_cutoff=most)
    alike = (one for one, _, _ in found if _FIGURES.findall(one) == _FIGURES.findall(id_))
    return next(alike, None)
