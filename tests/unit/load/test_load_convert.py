from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen.load.convert import convert
from briefgen.model.briefing import Briefing, PlainPage, Topic
from briefgen.model.diagnostics import Place
from briefgen.model.entity import Entity, Role
from briefgen.model.site import SiteConfig
from briefgen.model.source import Source
from briefgen.model.treaty import Treaty


def at(pointer, at_key):
    return Place("x.md", pointer=pointer + (("key",) if at_key else ()))


def converted(data, kind=Briefing):
    """The value, and each finding as its code and its pointer joined by dots."""
    value, found = convert(data, kind, at)
    return value, [(d.code, ".".join(d.place.pointer)) for d in found]


def fault(data, kind=Briefing):
    """The one thing that is wrong with a briefing that has these keys more."""
    _, (found,) = convert({"title": "T", "date": "2021-01-26", **data}, kind, at)
    return found


BASE = {"title": "T", "date": "2021-01-26"}


@pytest.mark.parametrize(
    ("data", "kind", "expected"),
    [
        ({**BASE, "title": "1984"}, Briefing, {"title": "1984"}),
        ({**BASE, "draft": "true"}, Briefing, {"draft": True}),
        ({**BASE, "draft": "FALSE"}, Briefing, {"draft": False}),
        ({**BASE, "draft": None, "topics": None, "summary": None}, Briefing, {"topics": ()}),
        ({**BASE, "extra": None, "structure": None}, Briefing, {"extra": {}}),
        ({**BASE, "entities": {"Bush": None, "x": "y"}}, Briefing, {"entities": {"Bush": None, "x": "y"}}),
        ({**BASE, "extra": {"a": {"b": None, "c": ["d"]}}}, Briefing, {"extra": {"a": {"b": None, "c": ["d"]}}}),
        ({**BASE, "topics": None, "entities": {"Bush": None}}, Briefing, {"entities": {"Bush": None}}),
        ({**BASE, "topics": None, "extra": {"a": ["b"]}}, Briefing, {"extra": {"a": ["b"]}}),
        ({"name": "N", "kind": "person", "aliases": ["a", {"text": "b", "case": "any"}]}, Entity, {"kind": "person"}),
        ({"title": "T", "from": "2021", "to": None}, Role, {"from_": "2021", "to": None}),
        ({"author": "A"}, Source, {"author": "A"}),
        ({"author": ["A", "B"], "url_status": None}, Source, {"author": ("A", "B"), "url_status": "live"}),
        ({"title": "T", "nav": ["a", {"B": "https://b"}]}, SiteConfig, {"nav": ("a", {"B": "https://b"})}),
    ],
)  # fmt: skip
def test_what_is_right(data, kind, expected):
    value, found = convert(data, kind, at)
    assert found == ()
    assert {name: getattr(value, name) for name in expected} == expected


@pytest.mark.parametrize(
    ("data", "code", "words", "advice"),
    [
        ({"titel": "x"}, "unknown-key", "`titel` is not a known key.", "Did you mean `title`?"),
        ({"Key-Points": []}, "unknown-key", "`Key-Points`", "Did you mean `key_points`?"),
        ({"tags": []}, "unknown-key", "`tags`", "Did you mean `topics`?"),
        ({"lastmod": "x"}, "unknown-key", "`lastmod`", "Did you mean `updated`?"),
        ({"zzz": "x"}, "unknown-key", "`zzz`", "The keys here are annotations, article,"),
        ({"sumary": "x"}, "unknown-key", "`sumary`", "goes under `extra:`"),
        ({"origin": {"pubisher": "x"}}, "unknown-key", "in `origin`", "`publisher`"),
        ({"topics": "arms-control"}, "invalid-value", "`topics` takes a list, not text.", "Write `topics: [arms-control]`."),
        ({"topics": {"a": "b"}}, "invalid-value", "takes a list, not a mapping", "`topics: [first, second]`"),
        ({"topics": ["a", None]}, "invalid-value", "Item 2 of `topics` takes text; it has no value.", ""),
        ({"topics": ["a", ["b"]]}, "invalid-value", "Item 2 of `topics` takes text, not a list.", ""),
        ({"draft": "yes"}, "invalid-value", "`draft` takes true or false, not `yes`.", "`draft: true`"),
        ({"draft": ["true"]}, "invalid-value", "takes true or false, not a list", "`draft: true`"),
        ({"summary": ["a"]}, "invalid-value", "`summary` takes text, not a list.", "`summary: some words`"),
        ({"origin": "TASS"}, "invalid-value", "`origin` takes keys of its own", "the keys are publisher,"),
        ({"entities": ["a"]}, "invalid-value", "`entities` takes a mapping, not a list.", "{key: value}"),
        ({"sources": ["a"]}, "invalid-value", "`sources` takes a mapping, not a list.", "`sources: {id: {"),
        ({"lang": ["en"]}, "invalid-value", "`lang` takes text, not a list.", "`lang: en`"),
        ({"entities": {"a": ["b"]}}, "invalid-value", "`a` takes text, not a list.", ""),
        ({"sources": {"a": None}}, "invalid-value", "`a` takes keys of its own; it has no value.", ""),
        ({"sources": {"a": {"author": {"b": "c"}}}}, "invalid-value", "`author` takes text or a list, not a mapping.", ""),
        ({"sources": {"2021": "x"}}, "invalid-value", "`2021` takes keys of its own", ""),
        ({"updated": " " * 50 + "2021-01-26"}, "invalid-value", "is not a date", ""),
        ({"annotations": {"quote": "x"}}, "invalid-value", "takes a list", "`annotations: [{quote: ...}]`"),
        ({"annotations": [{"quote": "x", "kind": "contxt"}]}, "invalid-value", "one of context, correction,", "Did you mean `context`?"),
        ({"annotations": [{"quote": "x", "occurrence": "two"}]}, "invalid-value", "a whole number, not `two`", "`occurrence: 2`"),
        ({"annotations": [{"quote": "x", "occurrence": "9" * 10_000}]}, "invalid-value", "a whole number, not `999", ""),
        ({"annotations": [{"note": "x"}]}, "missing-key", "`quote` is missing in item 1 of `annotations`.", "`quote: some words`"),
        ({"annotations": [{"quote": None}]}, "missing-key", "`quote` has no value in item 1", ""),
        ({"updated": "2021-02-30"}, "invalid-value", "`updated`: '2021-02-30' is not a date", ""),
        ({"updated": "26 January 2021"}, "invalid-value", "write a day (2021-01-26)", ""),
        ({"updated": "9" * 10_000}, "invalid-value", "is not a date", ""),
        ({"updated": ["2021"]}, "invalid-value", "`updated` takes a date, not a list.", "`updated: 2021-01-26`"),
    ],
)  # fmt: skip
def test_what_is_wrong(data, code, words, advice):
    found = fault(data)
    assert found.code == code
    assert words in found.message
    assert advice in found.help
    for part in (found.message, found.help):
        assert len(part) < 400
        for jargon in ("$", "array", "object", "str`", "`int`", "Expected", "null"):
            assert jargon not in part


def test_a_treaty_among_entities():
    _, (found,) = convert({"name": "N", "kind": "treaty"}, Entity, at)
    assert "content/treaties/" in found.help


@pytest.mark.parametrize(
    ("data", "kind", "words"),
    [
        (["a"], Briefing, "Here is a list"),
        ("a", Briefing, "Here is text"),
        (None, Topic, "`name` is missing."),
        ({"name": None}, Topic, "`name` has no value."),
    ],
)
def test_no_record_at_all(data, kind, words):
    value, (found, *_) = convert(data, kind, at)
    assert value is None
    assert words in found.message


def test_all_problems_in_one_run():
    value, found = converted(
        {
            "titel": "x",
            "title": ["T"],
            "topics": "a",
            "sources": {"s": {"published": "2021-13", "x": "y"}, "t": {"title": "T"}},
            "annotations": [
                {"quote": "q", "date": "?"},
                {"note": "n"},
                {"quote": "r", "kind": "k"},
            ],
        }
    )
    assert value is None
    assert found == [
        ("unknown-key", "titel.key"),
        ("invalid-value", "title"),
        ("invalid-value", "topics"),
        ("invalid-value", "sources.s.published"),
        ("unknown-key", "sources.s.x.key"),
        ("invalid-value", "annotations.0.date"),
        ("missing-key", "annotations.1"),
        ("invalid-value", "annotations.2.kind"),
        ("missing-key", ""),
    ]


def test_what_is_left_is_kept():
    value, found = converted(
        {
            **BASE,
            "bogus": "x",
            "topics": "a",
            "summary": "kept",
            "sources": {"s": {"published": "never", "title": "kept"}, "t": "bad"},
            "annotations": [{"quote": "a", "date": "never"}, {"quote": "b"}],
            "corrections": [{"date": "2021", "text": "fine"}, {"date": "2021"}],
        }
    )
    assert len(found) == 6
    assert (value.summary, value.topics, value.corrections) == ("kept", (), ())
    assert value.sources == {"s": Source(title="kept")}
    # Items are never left out, for messages count them.
    assert [annotation.quote for annotation in value.annotations] == ["a", "b"]


DATA = st.recursive(
    st.none() | st.sampled_from(["", "x", "2021", "2021-01-26", "true", "7", "9" * 30, "person"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "title",
                    "date",
                    "name",
                    "kind",
                    "topics",
                    "draft",
                    "annotations",
                    "quote",
                    "note",
                    "occurrence",
                    "sources",
                    "origin",
                    "url",
                    "aliases",
                    "text",
                    "case",
                    "roles",
                    "from",
                    "events",
                    "type",
                    "count",
                    "parties",
                    "extra",
                    "entities",
                    "a",
                    "b",
                ]
            ),
            inner,
            max_size=6,
        )
    ),
    max_leaves=25,
)


@pytest.mark.parametrize(
    ("word", "meant"),
    [("entered", "in-force"), ("Entered into force", "in-force"), ("left", "withdrew")],
)
def test_an_event_said_otherwise(word, meant):
    data = {"name": "A", "events": [{"date": "2020", "type": word}]}
    _, (found,) = convert(data, Treaty, at)
    assert found.help == f"Did you mean `{meant}`?"


@given(DATA, st.sampled_from([Briefing, Entity, Treaty, Source, Topic, PlainPage, SiteConfig]))
def test_any_data_gives_a_value_or_a_diagnostic(data, kind):
    value, found = convert(data, kind, at)
    assert value is not None or found
    assert value is None or isinstance(value, msgspec.Struct)
