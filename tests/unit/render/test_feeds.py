from __future__ import annotations

import xml.etree.ElementTree as ET

import msgspec
import pytest
from indexes import HOSTILE, URL, briefing, config, record, site, site_with

from briefgen.model.briefing import Topic
from briefgen.model.dates import Instant
from briefgen.model.entity import Entity
from briefgen.model.site import Author
from briefgen.render.feeds import entity_feed, entry_id, feed_path, site_feed, topic_feed

ATOM = "{http://www.w3.org/2005/Atom}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def parsed(data: bytes | None) -> ET.Element:
    assert data is not None
    return ET.fromstring(data)


def texts(element: ET.Element, tag: str) -> list[str | None]:
    return [child.text for child in element.findall(ATOM + tag)]


def links(element: ET.Element) -> dict[str | None, str | None]:
    return {link.get("rel"): link.get("href") for link in element.findall(f"{ATOM}link")}


def entry(root: ET.Element, id: str) -> ET.Element:
    return next(e for e in root.iter(f"{ATOM}entry") if texts(e, "id")[0].endswith(f"/{id}"))


def test_the_site():
    root = parsed(site_feed(site()))
    assert root.tag == f"{ATOM}feed"
    assert root.get(LANG) == "en"
    assert texts(root, "id") == [URL]
    assert texts(root, "title") == ["Desk & Co"]
    assert texts(root, "subtitle") == ["Of treaties"]
    assert links(root) == {"self": f"{URL}feed.xml", "alternate": URL}
    assert texts(root.find(f"{ATOM}author"), "name") == ["Desk & Co"]
    ids = [texts(one, "id")[0] for one in root.iter(f"{ATOM}entry")]
    assert ids == [  # newest published first
        "tag:example.org,2021-06-16:/desk/briefings/summit-day",
        "tag:example.org,2021-01-26:/desk/briefings/first-call",
        "tag:example.org,2021-02-03:/desk/briefings/extension",
    ]


def test_an_entry():
    one = entry(parsed(site_feed(site())), "first-call")
    assert texts(one, "title") == ["Title of first-call"]
    assert texts(one, "summary") == ["Two talk."]
    assert links(one) == {"alternate": f"{URL}briefings/the-first-call/"}
    assert [category.attrib for category in one.findall(f"{ATOM}category")] == [
        {"term": "arms-control", "label": "Arms control"},
        {"term": "us-russia", "label": "Us russia"},
    ]
    authors = [[(c.tag, c.text) for c in a] for a in one.findall(f"{ATOM}author")]
    assert authors == [
        [(f"{ATOM}name", "The editors"), (f"{ATOM}uri", "https://example.org/ed")],
        [(f"{ATOM}name", "guest")],
    ]


@pytest.mark.parametrize(("lang", "shown"), [(None, None), ("en", None), ("ru", "ru")])
def test_the_language_of_an_entry(lang, shown):
    index = site_with("first-call", lang=lang)
    assert entry(parsed(site_feed(index)), "first-call").get(LANG) == shown


def test_a_topic_that_stands_twice_is_one():
    index = site_with("first-call", topics=("us-russia", "us-russia"))
    one = entry(parsed(site_feed(index)), "first-call")
    assert len(one.findall(f"{ATOM}category")) == 1


@pytest.mark.parametrize(
    ("published", "updated", "expected"),
    [
        ("2021-02-04T00:00:00Z", None, "2021-02-04T00:00:00Z"),
        ("2021-02-04T00:00:00Z", "2021-03-01", "2021-03-01T00:00:00Z"),
        ("2021-02-04T00:00:00Z", "2021-03-01T10:00:00+03:00", "2021-03-01T07:00:00Z"),
        ("2021-02-04T18:00:00Z", "2021-02-04", "2021-02-04T18:00:00Z"),  # not before it came out
    ],
)
def test_when_an_entry_was_updated(published, updated, expected):
    instant = Instant.parse(updated) if updated else None
    root = parsed(site_feed(site_with("first-call", published=published, updated=instant)))
    one = entry(root, "first-call")
    assert texts(one, "published") == [published]
    assert texts(one, "updated") == [expected]


def test_a_feed_is_as_new_as_the_newest_of_its_entries():
    index = site_with("extension", updated=Instant("2022-01-01"))
    assert texts(parsed(site_feed(index)), "updated") == ["2022-01-01T00:00:00Z"]
    assert texts(parsed(topic_feed(index, "us-russia")), "updated") == ["2021-06-16T00:00:00Z"]


def test_a_feed_without_entries_needs_no_clock():
    root = parsed(site_feed(site(briefings=())))
    assert texts(root, "updated") == ["1970-01-01T00:00:00Z"]


@pytest.mark.parametrize(
    "change",
    [
        {"slug": "elsewhere"},
        {"title": "Other"},
        {"published": "2023-01-01T00:00:00Z"},
        {"updated": Instant("2023-01-01")},
    ],
    ids=lambda change: next(iter(change)),
)
def test_the_id_of_an_entry_stays(change):
    facts = briefing("first-call")
    assert entry_id(URL, msgspec.structs.replace(facts, **change)) == entry_id(URL, facts)


@pytest.mark.parametrize(
    ("url", "id", "expected"),
    [
        (URL, "a", "tag:example.org,2021-01-26:/desk/briefings/a"),
        ("http://EXAMPLE.org:8080/desk/", "a", "tag:example.org,2021-01-26:/desk/briefings/a"),
        ("https://example.org/other/", "a", "tag:example.org,2021-01-26:/other/briefings/a"),
        ("https://пример.рф/", "é", "tag:xn--e1afmkfd.xn--p1ai,2021-01-26:/briefings/%C3%A9"),
    ],
)
def test_the_id_of_an_entry(url, id, expected):
    assert entry_id(url, briefing(id)) == expected


def test_a_topic():
    root = parsed(topic_feed(site(), "arms-control"))
    assert texts(root, "id") == [f"{URL}topics/arms-control/"]
    assert texts(root, "title") == ["Arms control | Desk & Co"]
    assert texts(root, "subtitle") == ["Of arms."]
    assert links(root)["self"] == f"{URL}topics/arms-control/feed.xml"
    assert [texts(e, "title") for e in root.iter(f"{ATOM}entry")] == [["Title of first-call"]]


@pytest.mark.parametrize(
    ("id", "page", "feed", "titles"),
    [
        ("joe-biden", "entities/biden/", "entities/joe-biden/", ["first-call", "extension"]),
        ("new-start", "treaties/new-start/", "treaties/new-start/", ["first-call"]),
        ("summit", "entities/summit/", "entities/summit/", ["first-call"]),
    ],
)
def test_an_entity_or_a_treaty(id, page, feed, titles):
    root = parsed(entity_feed(site(), id))
    assert texts(root, "id") == [URL + feed]
    assert links(root) == {"self": f"{URL}{page}feed.xml", "alternate": URL + page}
    found = [texts(e, "title")[0] for e in root.iter(f"{ATOM}entry")]
    assert found == [f"Title of {title}" for title in titles]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, [True, True, True, True]),
        ({"url": None}, [False, False, False, False]),
        ({"feeds": ()}, [False, False, False, False]),
        ({"feeds": ("site",)}, [True, False, False, False]),
        ({"feeds": ("topics",)}, [False, True, False, False]),
        ({"feeds": ("entities",)}, [False, False, True, False]),
        ({"feeds": ("treaties",)}, [False, False, False, True]),
    ],
)
def test_which_feeds_there_are(changes, expected):
    index = site(config=config(**changes))
    found = [
        site_feed(index),
        topic_feed(index, "us-russia"),
        entity_feed(index, "joe-biden"),
        entity_feed(index, "new-start"),
    ]
    assert [data is not None for data in found] == expected


@pytest.mark.parametrize("make", [topic_feed, entity_feed])
def test_of_nothing_there_is_no_feed(make):
    with pytest.raises(KeyError):
        make(site(), "nothing")


def test_a_feed_holds_the_latest_50():
    many = tuple(
        briefing(f"b{n:02}", f"2021-01-{n % 28 + 1:02}", topics=("t",), mentions={"joe-biden": 1})
        for n in range(60)
    )
    index = site(briefings=many)
    latest = [facts.title for facts in list(index.briefings.values())[:50]]
    for data in (site_feed(index), topic_feed(index, "t"), entity_feed(index, "joe-biden")):
        assert [texts(e, "title")[0] for e in parsed(data).iter(f"{ATOM}entry")] == latest


def test_hostile_text():
    index = site(
        config=config(
            title=HOSTILE, description=HOSTILE, authors={"ed": Author(HOSTILE, f"https://x/{HOSTILE}")}
        ),
        briefings=(
            briefing(
                "x", title=HOSTILE, summary=HOSTILE, topics=("t",), authors=("ed",),
                mentions={"e": 1},
            ),
        ),
        topics=(record("t", Topic(HOSTILE, description=HOSTILE)),),
        entities=(record("e", Entity(name=HOSTILE, kind="term", description=HOSTILE)),),
    )  # fmt: skip
    clean = "a ]]> b </script><!-- & \"c\" 'd' \x7f \U0001f600"
    for data in (site_feed(index), topic_feed(index, "t"), entity_feed(index, "e")):
        root = parsed(data)
        assert clean in texts(root, "title")[0]
        assert texts(root, "subtitle") == [clean]
        one = root.find(f"{ATOM}entry")
        assert texts(one, "title") == texts(one, "summary") == [clean]
        assert one.find(f"{ATOM}category").get("label") == clean
        assert texts(one.find(f"{ATOM}author"), "name") == [clean]


@pytest.mark.parametrize(
    ("route", "expected"),
    [
        ("", "feed.xml"),
        ("index.html", "feed.xml"),
        ("topics/a/", "topics/a/feed.xml"),
        ("topics/a/index.html", "topics/a/feed.xml"),
    ],
)
def test_feed_path(route, expected):
    assert feed_path(route) == expected


def test_the_same_site_gives_the_same_bytes():
    assert site_feed(site()) == site_feed(site())


def test_a_draft_and_what_waits_for_its_day_are_in_no_feed():
    for changes in ({"is_draft": True}, {"published": "2999-01-01T00:00:00Z"}):
        index = site_with("first-call", **changes)
        ids = [texts(one, "id")[0] for one in parsed(site_feed(index)).iter(f"{ATOM}entry")]
        assert len(ids) == 2
        assert not any(one.endswith("/first-call") for one in ids)
