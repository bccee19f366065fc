from __future__ import annotations

from briefgen.model.diagnostics import Place
from briefgen.model.facts import Record
from briefgen.model.lineage import Lineage, lineages
from briefgen.model.treaty import Treaty


def record(id_: str, **fields: tuple[str, ...]) -> Record[Treaty]:
    return Record(id_, id_, Treaty(name=id_, **fields), Place())


def test_each_treaty_knows_what_the_other_says() -> None:
    treaties = [
        record("a", replaced_by=("b",)),
        record("b", replaces=("gone",)),
        record("c", replaces=("b", "a")),
    ]
    assert lineages({one.id: one for one in treaties}) == {
        "a": Lineage((), ("b", "c")),
        "b": Lineage(("gone", "a"), ("c",)),
        "c": Lineage(("b", "a"), ()),
    }


def test_what_both_say_stands_once() -> None:
    treaties = {"a": record("a", replaced_by=("b",)), "b": record("b", replaces=("a",))}
    assert lineages(treaties) == {"a": Lineage((), ("b",)), "b": Lineage(("a",), ())}
