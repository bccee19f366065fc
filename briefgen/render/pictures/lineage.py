"""The lives of several treaties on one axis: those that replaced one another, or all of a site.

In: the treaties, the nearest relatives first, with what is asked of each. Out: a `LineagePicture`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from briefgen.model.questions import Questions
from briefgen.render.pictures.axis import Axis, grid, ticks
from briefgen.render.pictures.life import life_material, life_picture
from briefgen.render.view import LineagePicture, LineageRow, Link

ROWS = 8
"""How many treaties are shown at most."""


def lineage_picture(
    ask: Questions, ids: Iterable[str], link: Callable[[str], Link]
) -> LineagePicture | None:
    """The lives of the first of `ids` and of its relatives; None where only one has any event."""
    known = [*ids]
    picture = lives_picture(ask, known, link, own=known[0])
    return picture if picture and len(picture.rows) > 1 else None


def lives_picture(
    ask: Questions, ids: Iterable[str], link: Callable[[str], Link], *, own: str = "",
    most: int = ROWS,
) -> LineagePicture | None:  # fmt: skip
    """The lives of the first `most` of `ids` that have any event, the oldest first; None of none.

    `own` is marked as the one that the page is about.
    """
    found = []
    for id_ in ids:
        answer = ask.treaty(id_)
        material = life_material(answer.value) if answer else None
        if answer and material:
            found.append((min(event.date for event in answer.value.events), id_, material, answer))
    found = sorted(found[:most], key=lambda row: row[:2])
    if not found:
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
        grid=grid(axis),
    )
