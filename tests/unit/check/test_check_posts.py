from __future__ import annotations

import msgspec
import pytest

from briefgen.check.posts import check_posts
from briefgen.model.codec import from_text
from briefgen.model.diagnostics import Place
from briefgen.model.entity import Entity
from briefgen.model.facts import Record


def person(id_: str, **role: str) -> Record[Entity]:
    data = {"name": id_.title(), "kind": "person", "roles": [{"title": "Minister", **role}]}
    value = msgspec.convert(data, Entity, strict=False, dec_hook=from_text)
    return Record(id_, id_, value, Place("content/entities/all.yml", pointer=(id_,)))


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        ({"from": "2020-01-01", "to": "2026-03-15"}, {"from": "2026-01-01"}, True),
        ({"from": "2020-01-01"}, {"from": "2026-01-01"}, True),
        ({"from": "2020-01-01", "to": "2026-01-01"}, {"from": "2026-01-01"}, False),
        ({"from": "2020-01-01", "to": "2026"}, {"from": "2026"}, False),
        ({"from": "2020", "to": "2026-03"}, {"from": "2026-01"}, True),
        ({"to": "2026-03-15"}, {"from": "2026-01-01"}, False),  # nobody knows when it began
        ({"from": "2020-01-01"}, {"from": "2026-01-01", "title": "Minister of State"}, False),
    ],
)
def test_two_at_once(first: dict[str, str], second: dict[str, str], told: bool) -> None:
    found = list(check_posts([person("oduya", **second), person("marechal", **first)]))
    assert [(one.code, one.level, one.place.pointer) for one in found] == (
        [("post-shared", "info", ("oduya", "roles", "0", "title"))] if told else []
    )


def test_one_who_held_it_between_hides_nobody() -> None:
    people = (
        person("long", **{"from": "2020-01-01"}),
        person("short", **{"from": "2021-01-01", "to": "2021-02-01"}),
        person("last", **{"from": "2022-01-01"}),
    )
    assert [one.place.pointer[0] for one in check_posts(people)] == ["short", "last"]
