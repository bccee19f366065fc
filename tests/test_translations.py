"""Briefings in several languages: what leads from one to the other, and in which language each is."""

from __future__ import annotations

import json

import pytest
from site_tester import SiteTest, text_of

PAGE = "---\ntitle: {title}\ndate: 2021-02-03\n{more}---\nThe treaty was extended.\n"
URL = "https://example.org/desk/"


def desk(root, **briefings):
    """A site in English, whose briefings have these lines of front matter."""
    site = SiteTest(root).file("briefgen.yml", f"title: Desk\nurl: {URL}\nfeeds: [site]\n")
    for id_, more in briefings.items():
        site.file(f"content/briefings/{id_}.md", PAGE.format(title=id_.title(), more=more))
    return site


@pytest.fixture
def site(tmp_path):
    """Three briefings of one text, of which but two lines say that they belong together."""
    return desk(
        tmp_path, english="translations: {ru: russian}\n", russian="lang: ru\n",
        arabic="lang: ar\ntranslations: {ru: russian}\n", other="",
    ).built(jobs=1)  # fmt: skip


def shown(site, id_):
    """The links to other languages that a reader sees: language, words, address."""
    page = site.page(f"briefings/{id_}/")
    return [
        (a.get("lang"), "".join(a.itertext()), a.get("href"))
        for a in page.all("a")
        if a.get("hreflang")
    ]


ENGLISH, RUSSIAN, ARABIC = (
    ("en", "English", "../../briefings/english/"), ("ru", "Русский", "../../briefings/russian/"), ("ar", "العربية", "../../briefings/arabic/"),
)  # fmt: skip


def test_each_leads_to_all_others_by_the_names_that_languages_have(site):
    assert shown(site, "english") == [ARABIC, RUSSIAN]
    assert shown(site, "russian") == [ARABIC, ENGLISH]
    assert shown(site, "arabic") == [ENGLISH, RUSSIAN]
    assert shown(site, "other") == []
    assert site.codes == set()


@pytest.mark.parametrize("id_", ["english", "russian", "arabic"])
def test_search_engines_are_told_in_the_head_and_in_the_sitemap(site, id_):
    all_ = [
        (lang, f"{URL}briefings/{id_}/")
        for lang, id_ in (("ar", "arabic"), ("en", "english"), ("ru", "russian"))
    ]
    head = [
        (link.get("hreflang"), link.get("href"))
        for link in site.page(f"briefings/{id_}/").all("link")
        if link.get("hreflang")
    ]
    assert sorted(head) == all_
    sitemap = site.output.read("sitemap.xml").decode()
    (row,) = [row for row in sitemap.splitlines() if f"<loc>{URL}briefings/{id_}/</loc>" in row]
    for lang, address in all_:
        assert f'<xhtml:link rel="alternate" hreflang="{lang}" href="{address}"/>' in row
    assert sitemap.count("xhtml:link ") == 9
    assert 'xmlns:xhtml="http://www.w3.org/1999/xhtml"' in sitemap


def test_without_translations_the_sitemap_is_as_it_was(tmp_path):
    assert b"xhtml" not in desk(tmp_path, a="").built(jobs=1).output.read("sitemap.xml")


def test_a_page_is_in_its_language(site):
    site.file(
        "content/briefings/arabic.md",
        PAGE.format(title="Arabic", more="lang: ar\nmoved_from: [old/]\n"),
    )
    site.built(jobs=1)
    page = site.page("briefings/arabic/")
    assert (page.tree.get("lang"), page.tree.get("dir")) == ("ar", "rtl")
    (data,) = [e.text for e in page.all("script") if e.get("type") == "application/ld+json"]
    assert '"inLanguage":"ar"' in json.dumps(json.loads(data), separators=(",", ":"))
    assert (site.page("old/").tree.get("lang"), site.page("old/").tree.get("dir")) == ("ar", "rtl")
    feed = site.output.read("feed.xml").decode()
    assert '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">' in feed
    assert '<entry xml:lang="ru">' in feed


def test_a_translation_that_comes_or_goes_is_seen_on_the_pages_of_the_others(site):
    site.file(
        "content/briefings/german.md",
        PAGE.format(title="G", more="lang: de\ntranslations: {en: english}\n"),
    )
    site.built(jobs=1)
    assert shown(site, "arabic") == [("de", "Deutsch", "../../briefings/german/"), ENGLISH, RUSSIAN]
    assert {
        f"briefings/{id_}/" for id_ in ("english", "russian", "arabic", "german")
    } <= site.rendered
    site.remove("content/briefings/german.md").built(jobs=1)
    assert shown(site, "arabic") == [ENGLISH, RUSSIAN]
    site.edit("content/briefings/other.md", PAGE.format(title="Other", more="") + "More.\n").built(
        jobs=1
    )
    assert site.rendered == {"briefings/other/"}
    site.edit(
        "content/briefings/arabic.md",
        PAGE.format(title="Arabic", more="lang: ar\ntranslations: {ru: russian}\n") + "More.\n",
    )
    assert site.built(jobs=1).rendered == {"briefings/arabic/"}
    assert shown(site, "arabic") == [ENGLISH, RUSSIAN]


def test_of_several_in_a_language_the_one_that_is_named_counts(tmp_path):
    site = desk(
        tmp_path, first="lang: ru\ntranslations: {en: english}\n", second="lang: ru\n",
        english="translations: {ru: second}\n",
    ).built(jobs=1)  # fmt: skip
    assert shown(site, "english") == [("ru", "Русский", "../../briefings/second/")]
    assert shown(site, "first") == [("en", "English", "../../briefings/english/")]


def test_a_language_that_the_page_does_not_have_is_told(tmp_path):
    site = desk(tmp_path, english="translations: {de: russian}\n", russian="lang: ru\n").build(
        jobs=1
    )
    assert [one for one in site.findings if "warning" in one] == [
        "content/briefings/english.md:4: warning[translation-language]: The page of the briefing "
        "`russian` is in the language `ru`, not in `de`."
    ]
    assert shown(site, "english") == [RUSSIAN]


def test_a_draft_is_no_translation_to_be_found(tmp_path):
    site = desk(
        tmp_path, english="", russian="lang: ru\ndraft: true\ntranslations: {en: english}\n"
    ).built(jobs=1)
    assert shown(site, "english") == []
    site.built(jobs=1, drafts=True)
    assert shown(site, "english") == [RUSSIAN]
    assert b"briefings/russian" not in site.output.read("sitemap.xml")


def test_without_an_address_the_head_leads_there_all_the_same(tmp_path):
    site = desk(tmp_path, english="translations: {ru: russian}\n", russian="lang: ru\n")
    site.edit("briefgen.yml", "title: Desk\n").built(jobs=1)
    links = [
        e.get("href") for e in site.page("briefings/english/").all("link") if e.get("hreflang")
    ]
    assert links == ["../../briefings/russian/"]


def test_a_text_is_related_in_one_language_and_never_to_itself(tmp_path):
    about = "topics: [treaties]\n"
    site = desk(
        tmp_path, english=f"translations: {{ru: russian}}\n{about}", russian=f"lang: ru\n{about}",
        visit=about, besuch=f"lang: de\n{about}",
    ).built(jobs=1)  # fmt: skip

    def others(id_):
        found = site.page(f"briefings/{id_}/")
        (section,) = (e for e in found.all("section") if e.get("aria-labelledby") == "related")
        return sorted("".join(a.itertext()) for a in found.all("a", "t", inside=section))

    assert others("english") == ["Besuch", "Visit"]
    assert others("russian") == ["Besuch", "Visit"]
    assert others("visit") == ["Besuch", "English"]  # and not the same in Russian
    assert others("besuch") == ["English", "Russian", "Visit"]  # in no language that it has


def entries(page):
    """The entries of a list: the title of each, and the titles in other languages below it."""
    found = []
    for item in page.one("ol", "briefs").findall("li"):
        titles = [text for a in item.iter("a") if (text := "".join(a.itertext())) != "Arms"]
        found.append(" / ".join(titles))
    return found


LISTS = ["", "briefings/", "topics/arms/"]


@pytest.mark.parametrize("path", LISTS)
def test_a_text_that_came_in_several_languages_at_once_is_one_entry(tmp_path, path):
    more = "topics: [arms]\n"
    site = desk(
        tmp_path, russian=f"{more}lang: ru\ntranslations: {{en: english}}\n", english=more,
        arabic=f"{more}lang: ar\ntranslations: {{en: english}}\n", other=more,
    ).built(jobs=1)  # fmt: skip
    page = site.page(path)
    assert entries(page) == ["English / Arabic / Russian", "Other"]
    links = [(a.get("hreflang"), a.get("lang")) for a in page.all("a") if a.get("hreflang")]
    assert links == [("ar", "ar"), ("ru", "ru")]
    assert "Русский: Russian" in page.text
    if path == "":
        assert "All 2" in page.text
    rows = site.page("timeline/").all("li", "e-briefing")
    assert len(rows) == 2


@pytest.mark.parametrize("path", LISTS)
def test_a_translation_that_came_later_has_an_entry_of_its_own(tmp_path, path):
    more = "topics: [arms]\n"
    site = desk(
        tmp_path,
        russian=f"{more}lang: ru\npublished: 2021-03-01\ntranslations: {{en: english}}\n",
        english=more,
        arabic=f"{more}lang: ar\npublished: 2021-03-01\ntranslations: {{en: english}}\n",
    ).built(jobs=1)
    assert entries(site.page(path)) == ["Arabic / English / Russian", "English / Arabic / Russian"]
    assert "English: English" in site.page(path).text


def test_nothing_is_left_out_where_translations_name_one_another_crosswise(tmp_path):
    site = desk(
        tmp_path, first="translations: {ru: russe}\n", second="translations: {ru: russe}\n",
        russe="lang: ru\ntranslations: {en: second}\n", ruski="lang: ru\ntranslations: {en: first}\n",
    ).built(jobs=1)  # fmt: skip
    shown = " / ".join(entries(site.page("")))
    assert {"First", "Second", "Russe", "Ruski"} == set(shown.split(" / "))


def test_the_title_of_a_translation_is_on_the_lists_that_show_it(tmp_path):
    site = desk(tmp_path, english="", russian="lang: ru\ntranslations: {en: english}\n")
    site.built(jobs=1)
    text = PAGE.format(title="Another", more="lang: ru\ntranslations: {en: english}\n")
    site.edit("content/briefings/russian.md", text).built(jobs=1)
    assert entries(site.page("")) == ["English / Another"]
    assert {"", "briefings/", "timeline/"} <= site.rendered


def test_an_entity_is_mentioned_once_by_a_text_in_several_languages(tmp_path):
    site = desk(
        tmp_path,
        english="translations: {ru: russian, de: german}\n",
        russian="lang: ru\npublished: 2021-05-01\n",
        german="lang: de\nentities: {treaty: null}\n",
        other="",
    )
    site.file(
        "content/entities/all.yml",
        "- {id: pact, kind: document, name: The Pact, aliases: [treaty]}\n"
        "- {id: day, kind: term, name: extended}\n",
    ).built(jobs=1)
    page = site.page("entities/pact/")
    assert "Mentioned in 2 briefings" in page.text
    (section,) = (one for one in page.all("section") if one.get("aria-labelledby") == "mentions")
    rows = [text_of(row) for row in page.all("li", inside=section)]
    assert [row.startswith("3 Feb 2021 ") for row in rows] == [True, True]
    (english,) = (row for row in rows if "English" in row)
    assert "Русский: Russian" in english
    assert "German" not in english  # which does not mention it
    assert "extended 2" in page.text
    assert "2 briefings" in text_of(site.page("glossary/").by_id("g-pact"))
    russian = site.page("entities/day/")
    assert "Mentioned in 2 briefings" in russian.text


def test_a_text_in_several_languages_counts_once_everywhere(tmp_path):
    cited = "topics: [arms]\nkey_points: ['So it is. [@work]']\n"
    site = desk(
        tmp_path,
        english=f"translations: {{ru: russian, de: german}}\n{cited}",
        russian=f"lang: ru\n{cited}",
        german="lang: de\n",
        other="topics: [arms]\n",
    )
    site.file("content/sources/all.yml", "work: {title: Work}\n")
    site.file(
        "content/treaties/all.yml", "- {id: pact, name: The Pact, aliases: [treaty]}\n"
    ).built(jobs=1)
    assert "1 briefing" in text_of(site.page("sources/").by_id("source-work"))
    assert entries(site.page("sources/work/")) == ["English / Russian"]
    assert entries(site.page("topics/arms/")) == ["English / Russian", "Other"]
    assert "2 briefings" in site.page("topics/").text
    assert "All 2" in site.page("").text
    assert "2 briefings" in site.page("treaties/pact/").text
    data = json.loads(site.output.read("data/treaties.json"))
    assert '"briefings": 2' in json.dumps(data)
