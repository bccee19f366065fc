from __future__ import annotations

import json

import pytest
from indexes import HOSTILE, briefing, config, record, site

from briefgen.model.briefing import Topic
from briefgen.model.dates import Day
from briefgen.model.entity import Entity
from briefgen.model.treaty import Provision, Treaty, TreatyEvent
from briefgen.render.data_files import data_files, to_json

FILES = ["briefings", "entities", "events", "mentions", "treaties"]


def data(index, name: str) -> list[dict]:
    return json.loads(data_files(index)[f"data/{name}.json"])


def test_the_files():
    assert sorted(data_files(site())) == [f"data/{name}.json" for name in FILES]


def test_entities():
    first, second = data(site(), "entities")
    assert first == {
        "id": "joe-biden",
        "kind": "person",
        "name": "Joe Biden",
        "names": {},
        "aliases": ["Biden", "POTUS"],
        "description": "A politician.",
        "wikidata": "Q6279",
        "links": [{"url": "https://joe.example/", "title": "Site"}],
        "sources": [],
        "url": "entities/biden/",
        "briefings": 2,
        "date": None,
        "roles": [{"title": "President", "from": "2021-01-20", "to": "2025-01-20", "sources": []}],
    }
    assert (second["id"], second["date"], second["briefings"]) == ("summit", "2021-06", 1)


def test_treaties():
    (treaty,) = data(site(), "treaties")
    assert list(treaty) == [
        "id", "kind", "name", "names", "aliases", "description", "wikidata", "links", "sources",
        "url", "briefings", "formal_name", "parties", "events", "provisions", "verification",
        "depositary", "replaces", "replaced_by",
    ]  # fmt: skip
    assert treaty["url"] == "treaties/new-start/"
    assert treaty["depositary"] == ["Nobody"]
    assert treaty["parties"] == [
        {"entity": "united-states", "name": None},
        {"entity": None, "name": "Russia"},
    ]
    assert treaty["events"][2] == {
        "date": "2023",
        "type": "suspended",
        "until": None,
        "parties": ["russia"],
        "contested_by": ["united-states"],
        "count": None,
        "place": None,
        "signatories": [],
        "note": None,
        "sources": [],
    }


def test_events():
    rows = data(site(), "events")
    assert [(row["date"], row["type"], row["id"]) for row in rows] == [
        ("2010-04-08", "signed", "new-start"),
        ("2011-02-05", "in-force", "new-start"),
        ("2021-06", "event", "summit"),
        ("2023", "suspended", "new-start"),
    ]
    assert rows[0] == {
        "date": "2010-04-08",
        "type": "signed",
        "until": None,
        "parties": [],
        "contested_by": [],
        "count": None,
        "place": "Prague",
        "signatories": ["joe-biden"],
        "note": None,
        "sources": ["s"],
        "id": "new-start",
        "kind": "treaty",
        "name": "New START",
        "url": "treaties/new-start/",
    }
    assert list(rows[2]) == list(rows[0])
    assert (rows[2]["kind"], rows[2]["note"]) == ("event", "A meeting.")


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        (["2021-02-01", "2020-12-31"], ["2020-12-31", "2021-02-01"]),
        (["2021-01-01", "2021-01", "2021"], ["2021", "2021-01", "2021-01-01"]),
        (["2021-02", "2021-01-15", "2021"], ["2021", "2021-01-15", "2021-02"]),
    ],
)
def test_events_stand_in_the_order_of_their_dates(dates, expected):
    events = tuple(TreatyEvent(Day(date), "note") for date in dates)
    index = site(treaties=(record("new-start", Treaty(name="T", events=events)),), entities=())
    assert [row["date"] for row in data(index, "events")] == expected


def test_events_of_one_day_stand_in_the_order_of_ids_and_files():
    both = tuple(TreatyEvent(Day("2021"), kind) for kind in ("signed", "note"))
    treaties = tuple(record(one, Treaty(name=one, events=both)) for one in ("z", "new-start"))
    rows = data(site(treaties=treaties, entities=()), "events")
    assert [(row["id"], row["type"]) for row in rows] == [
        ("new-start", "signed"),
        ("new-start", "note"),
        ("z", "signed"),
        ("z", "note"),
    ]


def test_mentions():
    rows = [tuple(row.values()) for row in data(site(), "mentions")]
    assert rows == [
        ("summit", "first-call", 1, "2021-01-26", "briefings/the-first-call/"),
        ("joe-biden", "first-call", 3, "2021-01-26", "briefings/the-first-call/"),
        ("new-start", "first-call", 1, "2021-01-26", "briefings/the-first-call/"),
        ("joe-biden", "extension", 1, "2021-02-03", "briefings/extension/"),
    ]
    assert list(data(site(), "mentions")[0]) == ["entity", "briefing", "count", "date", "url"]


def test_briefings():
    rows = data(site(), "briefings")
    assert [row["id"] for row in rows] == ["summit-day", "first-call", "extension"]
    assert rows[1] == {
        "id": "first-call",
        "title": "Title of first-call",
        "date": "2021-01-26",
        "published": "2021-02-04T00:00:00Z",
        "updated": None,
        "summary": "Two talk.",
        "topics": ["arms-control", "us-russia"],
        "authors": ["ed", "guest"],
        "treaties": ["new-start"],
        "lang": "en",
        "url": "briefings/the-first-call/",
        "annotations": 0,
        "mentions": 3,
    }
    assert (rows[0]["lang"], rows[2]["updated"]) == ("ru", "2021-03-01")


@pytest.mark.parametrize("changes", [{"url": None}, {"url": "https://other.example/"}])
def test_the_data_hold_wherever_the_site_lies(changes):
    assert data_files(site(config=config(**changes))) == data_files(site())


def test_the_data_do_not_depend_on_the_day():
    assert data_files(site(as_of=Day("2030-01-01"))) == data_files(site())


def test_the_data_do_not_depend_on_the_order_of_files():
    index = site()
    turned = site(
        entities=tuple(reversed(list(index.entities.values()))),
        briefings=tuple(reversed(list(index.briefings.values()))),
    )
    assert data_files(turned) == data_files(index)


def test_hostile_text():
    index = site(
        briefings=(briefing("x", title=HOSTILE, summary=HOSTILE, topics=("t",), authors=(HOSTILE,)),),
        topics=(record("t", Topic(HOSTILE)),),
        entities=(record("e", Entity(name=HOSTILE, kind="event", date=Day("2021"), aliases=(HOSTILE,))),),
        treaties=(
            record("y", Treaty(name=HOSTILE, provisions=(Provision(HOSTILE),), depositary=(HOSTILE,))),
        ),
    )  # fmt: skip
    assert data(index, "briefings")[0]["title"] == HOSTILE
    assert data(index, "entities")[0]["aliases"] == [HOSTILE]
    assert data(index, "events")[0]["name"] == HOSTILE
    assert data(index, "treaties")[0]["provisions"][0]["name"] == HOSTILE


def test_what_has_no_form_in_json_is_told():
    with pytest.raises(TypeError):
        to_json({"a": object()})
