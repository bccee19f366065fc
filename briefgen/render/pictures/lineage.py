"""The picture of a lineage: the lives of treaties that replaced one another, on one axis.

In: the treaties, the nearest relatives first, with what is asked of each. Out: a `LineagePicture`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from briefgen.model.questions import Questions
from briefgen.render.pictures.axis import Axis, ticks
from briefgen.render.pictures.life import life_material, life_picture
from briefgen.render.view import LineagePicture, LineageRow, Link

ROWS = 8
"""How many treaties are shown at most."""


def lineage_picture(
    ask: Questions, ids: Iterable[str], link: Callable[[str], Link]
) -> LineagePicture | None:
    """The lives of the first of `ids` and of its relatives; None where only one has any event."""
    found = []
    own = None
    for id_ in ids:
        own = own or id_
        answer = ask.treaty(id_)
        material = life_material(answer.value) if answer else None
        if answer and material:
            found.append((min(event.date for event in answer.value.events), id_, material, answer))
    found = sorted(found[:ROWS], key=lambda row: row[:2])
    if len(found) < 2:
        return None
    axis = Axis(
        min(material.axis.first for _, _, material, _ in found),
        max(material.axis.last for _, _, material, _ in found),
    )
    return LineagePicture(
        rows=tuple(
            LineageRow(
                link=link(id_),
                life=life_picture(
                    material, [link(key).text for key in material.parties], answer.ahead, axis
                ),
                is_own=id_ == own,
            )
            for _, id_, material, answer in found
        ),
        ticks=ticks(axis),
    )
