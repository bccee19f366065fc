from __future__ import annotations

import pytest

from briefgen.check.references import check_references
from briefgen.link.index import Material, build_index
from briefgen.model.dates import Day
from briefgen.model.diagnostics import Diagnostic, Place
from briefgen.model.entity import Entity
from briefgen.model.facts import Record
from briefgen.model.site import SiteConfig
from briefgen.model.treaty import Party, Treaty, TreatyEvent

ENTITIES = {
    "russia": Entity(name="Russia", kind="place", aliases=("Russian Federation",)),
    "usa": Entity(name="United States", kind="place"),
    "joe-biden": Entity(name="Joe Biden", kind="person"),
}
PARTIES = (Party(entity="russia"), Party(name="Freedonia"), Party(entity="usa", name="America"))


def found_in(event: TreatyEvent) -> list[Diagnostic]:
    """What is reported of a treaty with one event, the second of its file."""
    treaty = Treaty(name="Pact", parties=PARTIES, events=(TreatyEvent(Day("2000"), "note"), event))
    index, faults = build_index(
        Material(
            SiteConfig(title="T"),
            Day("2024-01-01"),
            (),
            entities=tuple(Record(id_, id_, e, Place("e.yml")) for id_, e in ENTITIES.items()),
            treaties=(Record("pact", "pact", treaty, Place("t.yml")),),
        )
    )
    assert not faults
    return check_references(index)


@pytest.mark.parametrize(
    ("fields", "pointer", "wrong", "nearest"),
    [
        ({"party": "rusia"}, ("party",), "rusia", "russia"),
        ({"party": ("usa", "rusia")}, ("party", "1"), "rusia", "russia"),
        ({"contested_by": ("uas",)}, ("contested_by", "0"), "uas", "usa"),
        ({"signatories": ("jo-biden",)}, ("signatories", "0"), "jo-biden", "joe-biden"),
        ({"signatories": ("Joe Biden",)}, ("signatories", "0"), "Joe Biden", "joe-biden"),
        ({"party": "Russian Federation"}, ("party",), "Russian Federation", "russia"),
        ({"party": "USA"}, ("party",), "USA", "usa"),
        ({"party": "America"}, ("party",), "America", "usa"),
        ({"party": "freedonia"}, ("party",), "freedonia", "Freedonia"),
    ],
)
def test_an_event_names_nobody_that_there_is(
    fields: dict[str, object], pointer: tuple[str, ...], wrong: str, nearest: str
) -> None:
    (found,) = found_in(TreatyEvent(Day("2001"), "note", **fields))
    assert (found.code, found.place.pointer) == ("unknown-entity", ("events", "1", *pointer))
    assert f"`{wrong}`" in found.message
    assert found.help.startswith(f"Did you mean `{nearest}`")


@pytest.mark.parametrize(
    "fields",
    [
        {"party": "russia"},
        {"party": ("Freedonia", "usa")},  # listed by name; by an entity
        {"party": "Sylvania"},  # it has no page, and resembles nobody
        {"party": "Iran", "contested_by": ("Prussia",)},  # a name may resemble another
        {"signatories": ("joe-biden", "George H. W. Bush")},
        {"party": "pact"},  # a treaty may be named too
    ],
)
def test_an_event_names_who_is_there_or_has_no_page(fields: dict[str, object]) -> None:
    assert found_in(TreatyEvent(Day("2001"), "note", **fields)) == []
