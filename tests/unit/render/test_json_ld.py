from __future__ import annotations

import json

import msgspec
import pytest
from html5lib import parse
from indexes import BIDEN, HOSTILE, MATERIAL, URL, briefing, config, record, site, site_with

from briefgen.model.briefing import Briefing, Origin, Topic
from briefgen.model.dates import Day, Instant
from briefgen.model.entity import KINDS, Entity
from briefgen.model.questions import Questions
from briefgen.model.source import Source
from briefgen.model.treaty import Treaty, TreatyEvent
from briefgen.render.json_ld import ABOUT, TYPES, briefing_ld, entity_ld, site_ld, treaty_ld

ORIGIN = Origin(
    publisher="YCPress", title="They talk", author="A. Writer", url="https://yc.example/1",
    published=Instant("2021-01-26T23:30:00-05:00"), lang="en",
)  # fmt: skip
DESK = {"@type": "Organization", "name": "Desk & Co", "url": URL}


def front(**changes) -> Briefing:
    return Briefing("Title", Instant("2021-01-26"), **changes)


def of_briefing(index, id="first-call", **changes) -> dict:
    return json.loads(briefing_ld(Questions(index), index.briefings[id], front(**changes)))


def test_a_briefing():
    assert of_briefing(site(), origin=ORIGIN) == {
        "@context": "https://schema.org",
        "@type": "AnalysisNewsArticle",
        "@id": f"{URL}briefings/the-first-call/",
        "url": f"{URL}briefings/the-first-call/",
        "headline": "Title of first-call",
        "description": "Two talk.",
        "datePublished": "2021-02-04T00:00:00Z",
        "dateModified": "2021-02-04T00:00:00Z",
        "inLanguage": "en",
        "keywords": ["Arms control", "Us russia"],
        "author": [{"name": "The editors", "url": "https://example.org/ed"}, {"name": "guest"}],
        "publisher": DESK,
        "about": [
            {
                "@type": "Legislation",
                "@id": f"{URL}treaties/new-start/",
                "name": "New START",
            },
            {
                "@type": "Person",
                "@id": f"{URL}entities/biden/",
                "name": "Joe Biden",
                "sameAs": "https://www.wikidata.org/entity/Q6279",
            },
            {
                "@type": "Event",
                "@id": f"{URL}entities/summit/",
                "name": "Geneva summit",
            },
        ],
        "isBasedOn": {
            "@type": "Article",
            "@id": "https://yc.example/1",
            "url": "https://yc.example/1",
            "headline": "They talk",
            "author": {"name": "A. Writer"},
            "publisher": {"@type": "Organization", "name": "YCPress"},
            "datePublished": "2021-01-27",
            "inLanguage": "en",
        },
        "citation": [
            {
                "@type": "NewsArticle",
                "name": "Call",
                "url": "https://ap.example/1",
                "archivedAt": "https://archive.example/1",
                "publisher": {"@type": "Organization", "name": "AP"},
                "datePublished": "2021-01",
            },
            {"@type": "Report", "name": "Own", "url": "https://own.example/"},
        ],
    }


def test_a_bare_briefing():
    assert of_briefing(site(config=config(url=None)), "summit-day") == {
        "@context": "https://schema.org",
        "@type": "AnalysisNewsArticle",
        "headline": "Title of summit-day",
        "datePublished": "2021-06-16T00:00:00Z",
        "dateModified": "2021-06-16T00:00:00Z",
        "inLanguage": "ru",
        "keywords": ["Us russia"],
        "author": {"@type": "Organization", "name": "Desk & Co"},
        "publisher": {"@type": "Organization", "name": "Desk & Co"},
    }


def test_when_a_briefing_changed():
    assert of_briefing(site(), "extension")["dateModified"] == "2021-03-01T00:00:00Z"


@pytest.mark.parametrize("origin", [None, Origin(title="No address")])
def test_an_article_without_an_address(origin):
    assert "isBasedOn" not in of_briefing(site(), origin=origin)


def test_a_briefing_is_about_those_it_mentions_most():
    names = [f"e{number:02}" for number in range(15)]
    index = site(
        briefings=(briefing("x", mentions={name: i % 5 + 1 for i, name in enumerate(names)}),),
        entities=tuple(record(name, Entity(name=name, kind="term")) for name in names),
    )
    about = [node["name"] for node in of_briefing(index, "x")["about"]]
    assert about == ["e04", "e09", "e14", "e03", "e08", "e13", "e02", "e07", "e12", "e01"]
    assert len(about) == ABOUT


def test_every_kind_has_a_type():
    assert TYPES.keys() == set(KINDS)


def test_a_person():
    assert json.loads(entity_ld(site(), "joe-biden")) == {
        "@context": "https://schema.org",
        "@type": "Person",
        "@id": f"{URL}entities/biden/",
        "url": f"{URL}entities/biden/",
        "name": "Joe Biden",
        "alternateName": ["Biden", "POTUS"],
        "description": "A politician.",
        "sameAs": "https://www.wikidata.org/entity/Q6279",
    }


@pytest.mark.parametrize(
    ("entity", "expected"),
    [
        (Entity(name="X", kind="event", date=Day("2021-06")), {"startDate": "2021-06"}),
        (Entity(name="X", kind="event"), {}),
        (Entity(name="X", kind="term"), {"inDefinedTermSet": f"{URL}glossary/"}),
        (Entity(name="X", kind="place", date=Day("2021")), {}),
        (Entity(name="X", kind="weapon"), {}),
    ],
)
def test_an_entity(entity, expected):
    index = site(entities=(record("x", entity),))
    address = f"{URL}entities/x/"
    assert json.loads(entity_ld(index, "x")) == {
        "@context": "https://schema.org",
        "@type": TYPES[entity.kind],
        "@id": address,
        "url": address,
        "name": "X",
        **expected,
    }


@pytest.mark.parametrize("item", ["", "6279", "Q", "Q0", "Q1 ", "https://x/Q1", "Q1</script>"])
def test_what_is_no_item_of_wikidata(item):
    value = msgspec.structs.replace(BIDEN, wikidata=item)
    assert "sameAs" not in json.loads(entity_ld(site(entities=(record("x", value),)), "x"))


def test_a_treaty():
    assert json.loads(treaty_ld(site(), "new-start")) == {
        "@context": "https://schema.org",
        "@type": "Legislation",
        "@id": f"{URL}treaties/new-start/",
        "url": f"{URL}treaties/new-start/",
        "name": "New START",
        "alternateName": ["Treaty on Measures", "SNV-III"],
        "legislationType": "treaty",
        "legislationDate": "2010-04-08",
    }


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ([("2010-04-08", "signed", None)], "2010-04-08"),
        ([("2011-02-05", "in-force", None)], None),
        ([("2010", "signed", None), ("2009-01-01", "signed", "joe-biden")], "2010"),  # a party's
        ([("2012", "signed", None), ("2010-04", "signed", None)], "2010-04"),
    ],
)
def test_when_a_treaty_was_signed(events, expected):
    value = Treaty(
        name="T", events=tuple(TreatyEvent(Day(d), kind, party=party) for d, kind, party in events)
    )
    index = site(treaties=(record("new-start", value),))
    assert json.loads(treaty_ld(index, "new-start")).get("legislationDate") == expected


def test_a_topic_that_stands_twice_is_one():
    index = site_with("first-call", topics=("us-russia", "us-russia"))
    assert of_briefing(index)["keywords"] == ["Us russia"]


def test_the_site():
    assert json.loads(site_ld(site())) == {
        "@context": "https://schema.org",
        "@type": "WebSite",
        "@id": URL,
        "url": URL,
        "name": "Desk & Co",
        "description": "Of treaties",
        "inLanguage": "en",
        "publisher": DESK,
    }


def test_hostile_text():
    index = site(
        config=config(title=HOSTILE, description=HOSTILE, authors={}),
        briefings=(
            briefing(
                "x", title=HOSTILE, summary=HOSTILE, topics=("t",), authors=(HOSTILE,),
                cites=("s",), mentions={"e": 1}, lang=HOSTILE,
            ),
        ),
        topics=(record("t", Topic(HOSTILE)),),
        entities=(
            record("e", Entity(name=HOSTILE, kind="term", description=HOSTILE, aliases=(HOSTILE + "2",))),
        ),
        treaties=(record("y", Treaty(name=HOSTILE, formal_name=HOSTILE)),),
        sources=(record("s", Source(title=HOSTILE, url=f"https://x/{HOSTILE}", publisher=HOSTILE)),),
    )  # fmt: skip
    hostile = Origin(title=HOSTILE, url=f"https://x/{HOSTILE}", publisher=HOSTILE, author=HOSTILE)
    texts = [
        briefing_ld(Questions(index), index.briefings["x"], front(origin=hostile)),
        entity_ld(index, "e"),
        treaty_ld(index, "y"),
        site_ld(index),
    ]
    for text in texts:
        assert not set("<>&\u2028\u2029\x00").intersection(text)
        values = json.loads(text)
        assert HOSTILE in (values.get("headline"), values.get("name"))
        page = f'<script type="application/ld+json">{text}</script><p>'
        scripts = list(parse(page, namespaceHTMLElements=False).iter("script"))
        assert [script.text for script in scripts] == [text]


def test_the_same_site_gives_the_same_text():
    one, two = Questions(site()), Questions(site())
    facts = MATERIAL.briefings[0]
    assert briefing_ld(one, facts, front()) == briefing_ld(two, facts, front())
