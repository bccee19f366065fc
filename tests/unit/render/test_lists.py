from __future__ import annotations

import pytest
from indexes import briefing, config, note, record, site

from briefgen.model.diagnostics import Place
from briefgen.model.entity import Entity, Role
from briefgen.model.facts import CiteFact, Writing
from briefgen.model.questions import Questions
from briefgen.model.source import Source
from briefgen.render.frame import site_view
from briefgen.render.labels import Labels
from briefgen.render.lists import annotations_view, briefings_view
from briefgen.render.sources import source_view, sources_view


@pytest.mark.parametrize(("zone", "year"), [("Europe/Moscow", 2021), ("UTC", 2020)])
def test_a_briefing_stands_under_the_year_that_it_was_in_the_zone_of_the_site(
    zone: str, year: int
) -> None:
    late = briefing("late", "2020-12-30", published="2020-12-31T21:00:00Z")
    index = site(config=config(timezone=zone), briefings=(late,))
    view = briefings_view(Questions(index), index, site_view(index), Labels())
    assert [one for one, _ in view.years] == [year]


def test_annotations_name_their_authors() -> None:
    notes = (note("a", author="ed"), note("b", author="stranger"), note("c"))
    index = site(briefings=(briefing("x", annotations=notes),))
    view = annotations_view(Questions(index), index, site_view(index), Labels())
    assert [row.author for row in view.rows] == ["The editors", "stranger", None]


def test_a_source_is_cited_by_facts_and_by_other_pages_too() -> None:
    ann = Entity(
        name="Ann", kind="person", sources=("s", "s"), roles=(Role("Clerk", sources=("t",)),)
    )
    index = site(
        entities=(record("ann", ann),),
        sources=tuple(record(id_, Source(title=id_)) for id_ in ("s", "t", "u", "ap")),
        writings={"page:about": Writing(cites=(CiteFact("t", Place()),))},
    )
    ask, view = Questions(index), site_view(index)
    counts = {
        one.id: (one.count, one.others) for one in sources_view(ask, index, view, Labels()).sources
    }
    assert counts == {"s": (0, 2), "t": (0, 2), "u": (0, 0), "ap": (1, 0)}  # New START cites s
    page = source_view(ask, index, view, index.sources["t"], ("page:about", "entity:ann"))
    assert [link.text for link in page.others] == ["About", "Ann"]
    assert page.source.others == 2
