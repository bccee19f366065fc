"""Words in another language than the page's: each is marked, and names are those of the page's."""

from __future__ import annotations

import re

import pytest
from site_tester import SiteTest

ENTITIES = """\
- {id: russia, kind: place, name: Russia, names: {ru: Россия}, description: A country.}
- {id: joe-biden, kind: person, name: Joe Biden, aliases: [Байден], description: A president.,
   roles: [{title: President, from: 2021-01-20, to: 2025-01-20}]}
"""
TREATY = """\
- id: new-start
  name: New START
  names: {ru: ДСНВ-3}
  formal_name: A long name
  parties: [{entity: russia}]
  events: [{date: 2010-04-08, type: signed, signatories: [joe-biden]}, {date: 2023-02-28, type: suspended, party: russia}]
  provisions: [{name: Warheads, limit: 1550}]
"""
RUSSIAN = """\
---
title: О договоре
summary: Коротко.
date: 2021-02-03
lang: ru
topics: [arms]
treaties: [new-start]
corrections: [{date: 2021-02-05, text: Исправлено.}]
---
Россия и Байден. Подробнее: [[russia]], [[english]].
"""
ENGLISH = "---\ntitle: On the treaty\ndate: 2021-02-03\ntopics: [arms]\ntreaties: [new-start]\n---\nRussia. See [[russian]].\n"


@pytest.fixture
def site(tmp_path):
    """A site in English with a briefing in Russian, and one in English."""
    found = SiteTest(tmp_path).file(
        "briefgen.yml", "title: Desk\nurl: https://example.org/\ndescription: A desk.\n"
    )
    found.file("content/entities/all.yml", ENTITIES).file("content/treaties/all.yml", TREATY)
    found.file("content/briefings/russian.md", RUSSIAN).file(
        "content/briefings/english.md", ENGLISH
    )
    return found.built(jobs=1)


def text(element):
    return " ".join("".join(element.itertext()).split())


def marked(page):
    """The words that are marked to be in another language, with that language."""
    inside = [e for e in page.tree.iter() if e is not page.tree and e.get("lang")]
    return {(e.get("lang"), text(e)) for e in inside if not e.get("hreflang")}


def test_a_page_calls_things_by_their_names_in_its_language(site):
    page = site.page("briefings/russian/")
    box = page.one("section", "box")
    assert text(box).startswith("ДСНВ-3")
    names = [text(dt) for dt in page.all("dt") if dt.find("a") is not None]
    assert names == ["Joe Biden", "Россия", "ДСНВ-3"]
    assert "Подробнее: Россия, On the treaty" in page.text
    assert "ДСНВ-3: Приостановление (Россия)" in page.text
    (why,) = [text(p) for p in page.all("p", "why")]
    assert re.search(r"общие упоминания: .*Россия.*ДСНВ-3|общие упоминания: .*ДСНВ-3.*Россия", why)
    assert "Россия" not in site.page("briefings/english/").text
    assert text(site.page("entities/russia/").one("h1")) == "Russia"


def test_a_topic_is_called_by_its_name_in_the_language_of_the_page(site):
    topic = "- {id: arms, name: Arms, names: {ru: Вооружения}}\n"
    site.file("content/topics/topics.yml", topic.replace("name: Arms, ", "name: Weapons, "))
    site.built(jobs=1)
    assert {"briefings/russian/", "briefings/english/"} <= site.rendered
    russian, english = site.page("briefings/russian/"), site.page("briefings/english/")
    assert text(russian.one("p", "kicker")).endswith("Вооружения")
    assert text(english.one("p", "kicker")).endswith("Weapons")
    assert ("en", "Weapons") not in marked(russian)
    assert '"keywords":["Вооружения"]' in russian.html
    assert text(site.page("topics/arms/").one("h1")) == "Weapons"
    site.file(
        "content/topics/topics.yml",
        topic.replace("name: Arms, ", "name: Weapons, ").replace("Вооружения", "Оружие"),
    )
    site.built(jobs=1)
    assert "briefings/russian/" in site.rendered
    assert "briefings/english/" not in site.rendered


def test_a_name_of_a_topic_is_in_a_language_and_is_text(site):
    site.file("content/topics/topics.yml", "- {id: arms, name: Arms, names: {xx-: A, ru: ''}}\n")
    assert "invalid-value" in site.build().codes


def test_a_month_after_since_has_the_ending_of_its_language(site):
    treaty = TREATY.replace("events: [", "events: [{date: 2011-02, type: provisionally-applied}, ")
    site.file("content/treaties/all.yml", treaty)
    site.built(jobs=1)
    assert "Временно применяется с февраля 2011" in site.page("briefings/russian/").text
    assert "Provisionally applied since February 2011" in site.page("briefings/english/").text


def test_what_is_not_in_the_language_of_the_page_says_in_which_it_is(site):
    assert marked(site.page("briefings/russian/")) == {
        ("en", "Desk"), ("en", "Desk. A desk."), ("en", "Arms"), ("en", "A long name"), ("en", "Warheads"),
        ("en", "Joe Biden"), ("en", "President"), ("en", "A president."), ("en", "A country."), ("en", "On the treaty"),
        ("en", "See О договоре."),
    }  # fmt: skip
    assert {("ru", "О договоре")} <= marked(site.page("briefings/english/"))
    assert marked(site.page("")) == {
        ("ru", "О договоре"),
        ("ru", "Коротко."),
        ("ru", "Исправлено."),
    }
    assert ("ru", "О договоре") in marked(site.page("topics/arms/"))
    assert ("ru", "Россия и Байден.") in marked(site.page("entities/joe-biden/"))
    assert ("ru", "О договоре") in marked(site.page("timeline/"))
    assert marked(site.page("404.html")) == set()
    for id_, title in (("english", "О договоре"), ("russian", "On the treaty")):
        article = site.page(f"briefings/{id_}/").article
        links = {
            text(a): a.get("lang") for a in article.iter("a") if a.get("data-aside") is not None
        }
        assert links[title] == ("ru" if id_ == "english" else "en")
        assert links.get("Россия") is None


def test_a_name_in_a_language_renders_the_pages_of_that_language(site):
    site.edit(
        "content/entities/all.yml", ENTITIES.replace("ru: Россия", "ru: Российская Федерация")
    ).built(jobs=1)
    assert "briefings/english/" not in site.rendered
    site.edit(
        "content/entities/all.yml", ENTITIES.replace("ru: Россия", "ru: Россия, be: Расія")
    ).built(jobs=1)
    assert "briefings/russian/" in site.rendered
    assert "briefings/english/" not in site.rendered


ARTICLE = """\
---
title: An Arabic article
date: 2021-02-03
lang: {lang}
article: ../../seeds/article.txt
origin: {{publisher: A paper, lang: {article}}}
annotations: [{{quote: {quote}, note: Words of the desk., kind: definition}}]
---
"""


@pytest.mark.parametrize(("lang", "article", "classes", "marks"), [
    ("en", "ar", "article rtl", ("ar", "en")), ("en", "ru", "article", ("ru", "en")), ("fa", "ar", "article", ("ar", "fa")),
    ("ar", "en", "article ltr", ("en", "ar")), ("en", "en", "article", (None, None)),
])  # fmt: skip
def test_an_article_is_in_its_own_language_and_its_notes_in_the_page_s(
    tmp_path, lang, article, classes, marks
):
    site = SiteTest(tmp_path).file("seeds/article.txt", "المعاهدة سارية.\n")
    site.file(
        "content/briefings/x.md", ARTICLE.format(lang=lang, article=article, quote="سارية")
    ).built(jobs=1)
    page = site.page("briefings/x/")
    assert page.article.get("class") == classes
    assert (page.article.get("lang"), page.one("div", "notes").get("lang")) == marks
    assert page.tree.get("lang") == lang


def test_the_entry_of_bibtex_is_in_the_language_of_its_page(site):
    for id_, text_ in (("russian", RUSSIAN), ("english", ENGLISH)):
        more = text_.replace("date: 2021-02-03", "date: 2021-02-03\nupdated: 2021-02-06", 1)
        site.file(f"content/briefings/{id_}.md", more)
    site.built(jobs=1)
    notes = {}
    for id_ in ("russian", "english"):
        (entry,) = site.page(f"briefings/{id_}/").all("pre")
        notes[id_] = re.findall(r"note = \{(.*)\}", "".join(entry.itertext()))
    assert notes == {"russian": ["Обновлено 2021-02-06"], "english": ["Updated 2021-02-06"]}


def test_names_of_a_language_are_found_in_its_texts_alone(tmp_path):
    text = "---\ntitle: {}\ndate: 2021-02-03\n{}---\nFishing and La Paix, and Fishing again.\n"
    site = SiteTest(tmp_path)
    site.file(
        "content/entities/all.yml",
        "- {id: port, kind: place, name: The Port, names: {fr: Fishing}}\n"
        "- {id: peace, kind: term, name: Peace, names: {fr-CA: La Paix}, aliases: [La Paix]}\n",
    )
    for id_, more in {
        "english": "", "french": "lang: fr\n", "swiss": "lang: fr-CH\n",
        "quoted": "origin: {lang: fr}\n", "decided": "entities: {Fishing: port}\n",
    }.items():  # fmt: skip
        site.file(f"content/briefings/{id_}.md", text.format(id_.title(), more))
    site.built(jobs=1)
    linked = {
        id_: [a.get("href").split("/")[-2] for a in page.all("a", inside=page.article)]
        for id_ in ("english", "french", "swiss", "quoted", "decided")
        for page in [site.page(f"briefings/{id_}/")]
    }
    both = ["port", "peace"]
    assert linked == {
        "english": ["peace"], "french": both, "swiss": both, "quoted": both, "decided": both,
    }  # fmt: skip
