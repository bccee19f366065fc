from __future__ import annotations

import msgspec
import pytest

from briefgen.check.parties import check_parties
from briefgen.link.index import Material, build_index
from briefgen.model.codec import from_text
from briefgen.model.dates import Day
from briefgen.model.diagnostics import Diagnostic, Place
from briefgen.model.entity import Entity
from briefgen.model.facts import Record
from briefgen.model.site import SiteConfig
from briefgen.model.treaty import Treaty

ENTITIES = {
    "usa": Entity(name="United States", kind="place", aliases=("America",)),
    "russia": Entity(name="Russia", kind="place"),
    "joe-biden": Entity(name="Joe Biden", kind="person"),
}
LISTED = [{"entity": "usa"}, {"name": "Freedonia"}]
LEFT = {"date": "2002", "type": "withdrew", "party": "russia"}


def found_in(**fields: object) -> list[Diagnostic]:
    treaty = msgspec.convert({"name": "Pact", **fields}, Treaty, strict=False, dec_hook=from_text)
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
    return check_parties(index)


@pytest.mark.parametrize(
    ("fields", "pointer", "message"),
    [
        (
            {"parties": LISTED, "events": [LEFT]},
            ("events", "0", "party"),
            "`russia` is not among the `parties`, and no event says that it joined.",
        ),
        (
            {"parties": LISTED, "events": [{**LEFT, "party": ["usa", "Kestria"]}]},
            ("events", "0", "party", "1"),
            "`Kestria` is not among the `parties`, and no event says that it joined.",
        ),
        (
            {"events": [{**LEFT, "party": "joe-biden"}]},
            ("events", "0", "party"),
            "`joe-biden` is a person, and no party to a treaty.",
        ),
        (
            {"parties": [*LISTED, {"entity": "joe-biden"}]},
            ("parties", "2"),
            "`joe-biden` is a person, and no party to a treaty.",
        ),
        (
            {"parties": [*LISTED, {"name": "America"}]},
            ("parties", "2"),
            "`America` is listed twice, first as `usa`.",
        ),
        (
            {"parties": [*LISTED, {"name": "Freedonia"}]},
            ("parties", "2"),
            "`Freedonia` is listed twice, first as `Freedonia`.",
        ),
        ({"replaces": ["pact"]}, ("replaces", "0"), "`pact` is this treaty itself."),
        ({"replaced_by": ["pact"]}, ("replaced_by", "0"), "`pact` is this treaty itself."),
        (
            {"replaces": ["old"], "replaced_by": ["new", "old"]},
            ("replaced_by", "1"),
            "`old` is said to be replaced by this treaty, and to replace it.",
        ),
    ],
)
def test_what_is_unclear(fields: dict[str, object], pointer: tuple[str, ...], message: str) -> None:
    (found,) = found_in(**fields)
    assert (found.place.pointer, found.message, found.level) == (pointer, message, "warning")


@pytest.mark.parametrize(
    "fields",
    [
        {"events": [LEFT]},  # nobody is listed
        {"parties": LISTED, "events": [{**LEFT, "party": ["usa", "Freedonia"]}]},
        {"parties": LISTED, "events": [LEFT, {"date": "2001", "type": "acceded",
                                              "party": "russia"}]},
        {"parties": LISTED, "events": [{**LEFT, "type": "note"}]},
        {"parties": LISTED, "events": [{**LEFT, "party": "freedonia"}]},  # told as no entity
        {"replaces": ["old"], "replaced_by": ["new"]},
    ],
)  # fmt: skip
def test_what_is_clear(fields: dict[str, object]) -> None:
    assert found_in(**fields) == []
