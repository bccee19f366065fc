"""The treaties as they stand on the day of the build, for home and the list of treaties.

In: the index. Out: their fact boxes by name, each with its life on an axis that all share, where
the day is on it, and the years that are named on it. No other page shows the day of the build.
"""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from briefgen.model.index import SiteIndex
from briefgen.model.questions import Questions
from briefgen.render.factbox import TreatyFacts, life_of
from briefgen.render.pictures.axis import Axis, ticks
from briefgen.render.pictures.life import life_picture
from briefgen.render.view import FactBox, Tick


def present_treaties(
    ask: Questions, index: SiteIndex, href: Callable[[str], str]
) -> tuple[tuple[FactBox, ...], tuple[Tick, ...]]:
    """The boxes of all treaties, and the years on the axis; none where no event is known."""
    facts = TreatyFacts(ask, href)
    records = sorted(index.treaties.values(), key=lambda record: record.value.name.casefold())
    rows = [
        (facts.box(record.id, answer), answer, life_of(ask, record.id, answer))
        for record in records
        if (answer := ask.treaty(record.id))
    ]
    axes = [material.axis for _, _, material in rows if material]
    if not axes:
        return tuple(box for box, _, _ in rows), ()
    axis = Axis(min(one.first for one in axes), max(one.last for one in axes)).wider(index.as_of)
    boxes = []
    for box, answer, material in rows:
        life = None
        if material:
            names = [facts.link(key).text for key in material.parties]
            life = life_picture(material, names, answer.ahead, axis, day=index.as_of)
        boxes.append(msgspec.structs.replace(box, life=life, written=axis.at(index.as_of)))
    return tuple(boxes), ticks(axis)
