"""Labels: the catalogues of the built-in theme, and what a site's own catalogues do to its pages."""

from __future__ import annotations

import re

import pytest
from site_tester import SiteTest

from briefgen.load.catalogue import load_catalogue
from tools import labels

CATALOGUES = sorted(labels.LOCALE.glob("*.po"))
BRIEFING = "---\ntitle: {}\ndate: 2021-02-03\nlang: {}\n---\nThe treaty was extended.\n"


@pytest.mark.parametrize("number", range(1 + len(CATALOGUES)))
def test_catalogues_have_the_labels_there_are(number):
    file, text = [*labels.files()][number]
    assert file.read_text(encoding="utf-8") == text, "run `make labels`, then translate what is new"


@pytest.mark.parametrize("file", CATALOGUES, ids=lambda file: file.stem)
def test_every_label_is_translated(file):
    catalogue, faults = load_catalogue(file.name, file.read_bytes())
    assert faults == ()
    names = {m.id if isinstance(m.id, str) else m.id[0] for m in labels.template() if m.id}
    assert names - {label for label, _ in catalogue.labels} == set()
    assert len(catalogue.labels) == len([m for m in labels.template() if m.id])
    texts = re.findall(
        r'^msgstr(?:\[\d\])? "(.+)"$', file.read_text(encoding="utf-8"), re.MULTILINE
    )
    assert [text for text in texts if re.search(r'[<>&"]', text)] == []  # they stand in attributes


def test_there_is_a_second_language():
    assert "ru" in {file.stem for file in CATALOGUES}


@pytest.fixture
def site(tmp_path):
    """A site in English with a briefing in each of four languages."""
    found = SiteTest(tmp_path).file("briefgen.yml", "title: Desk\nurl: https://example.org/\n")
    for lang in ("en", "ru", "pt-BR", "ga"):
        found.file(f"content/briefings/{lang}.md", BRIEFING.format(f"In {lang}", lang))
    return found.built(jobs=1)


def heading(site, lang):
    """The heading of a briefing's contents."""
    return "".join(site.page(f"briefings/{lang}/").by_id("contents").itertext())


def label(text, translation):
    return f'msgid "{text}"\nmsgstr "{translation}"\n'


def test_a_page_has_the_labels_of_its_language(site):
    found = {lang: heading(site, lang) for lang in ("en", "ru", "pt-BR", "ga")}
    assert found == {
        "en": "On this page", "ru": "На этой странице", "pt-BR": "On this page", "ga": "On this page",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("catalogue", "page"), [("ru", "ru"), ("pt_BR", "pt-BR"), ("pt", "pt-BR"), ("ga", "ga")]
)
def test_a_catalogue_renders_the_pages_of_its_language(site, catalogue, page):
    file = f"locale/{catalogue}.po"
    site.file(file, label("On this page", "Here")).built(jobs=1)
    assert site.rendered == {f"briefings/{page}/"}
    assert heading(site, page) == "Here"
    assert site.built(jobs=1).rendered == set()
    site.edit(file, "# A note of the translator's.\n" + label("On this page", "Here")).built(jobs=1)
    assert site.rendered == set()
    site.edit(file, label("On this page", "There")).built(jobs=1)
    assert site.rendered == {f"briefings/{page}/"}
    site.remove(file).built(jobs=1)
    assert site.rendered == {f"briefings/{page}/"}
    assert heading(site, page) == ("На этой странице" if page == "ru" else "On this page")


def test_a_site_has_its_own_words_for_its_own_language(site):
    site.file(
        "locale/en.po",
        label("Cite this briefing", "Quote us") + label("Timeline", "What happened when"),
    )
    site.built(jobs=1)
    assert {"", "timeline/", "briefings/en/", "404.html"} <= site.rendered
    assert "briefings/ru/" not in site.rendered
    assert site.page("timeline/").text.startswith("What happened when")
    assert "Quote us" in site.page("briefings/en/").html


def test_what_a_layer_lacks_comes_from_the_one_below(site):
    site.file("briefgen.yml", "title: Desk\nurl: https://example.org/\ntheme: gazette\n")
    site.file(
        "themes/gazette/locale/ru.po", label("On this page", "theme") + label("Sources", "theme")
    )
    site.file("locale/ru.po", label("On this page", "site")).built(jobs=1)
    html = site.page("briefings/ru/").html
    assert heading(site, "ru") == "site"
    assert "Как сослаться на эту справку" in html


def test_labels_of_a_site_s_own_templates(site):
    site.file("templates/briefing.html", (
        '{% extends "!default/briefing.html" %}{% block end %}<p class="own">'
        '{{ _("%(day)s, a day of %(title)s", day=page.date, title=page.title) }}; '
        '{{ ngettext("%(num)d ship", "%(num)d ships", page.title|length) }}; '
        '{% trans title=page.title %}Not {{ title }}{% endtrans %}</p>{% endblock %}'))  # fmt: skip
    site.file("content/briefings/ru.md", BRIEFING.format("'<b>'", "ru"))
    site.file("locale/ru.po", label("%(day)s, a day of %(title)s", "%(title)s: %(day)s, %(title)s")
              + label("Not %(title)s", "Не %(title)s")
              + 'msgid "%(num)d ship"\nmsgid_plural "%(num)d ships"\n'
              'msgstr[0] "%(num)d корабль"\nmsgstr[1] "%(num)d корабля"\nmsgstr[2] "%(num)d кораблей"\n')  # fmt: skip
    site.built(jobs=1)
    own = "".join(site.page("briefings/ru/").one("p", "own").itertext())
    assert own == "<b>: 2021-02-03, <b>; 3 корабля; Не <b>"
    own = "".join(site.page("briefings/en/").one("p", "own").itertext())
    assert own == "2021-02-03, a day of In en; 5 ships; Not In en"
    assert site.codes == set()
    site.edit("locale/ru.po", label("%(num)d ships", "x")).build(jobs=1)
    assert site.codes == {"unknown-label"}


def test_a_translation_may_hold_any_character(site):
    words = "<\"A\" & 'B'>"
    file = label("On this page", words) + label(
        "Note %(number)s, %(kind)s", words + "%(number)s%(kind)s"
    )
    file += label("Timeline", words) + label("Site", words)
    file += f'msgid "%(num)d note"\nmsgid_plural "%(num)d notes"\nmsgstr[0] "{words}"\nmsgstr[1] "{words}"\n'
    site.file("locale/en.po", file.replace(words, words.replace('"', '\\"'))).file("content/briefings/en.md", (
        "---\ntitle: X\ndate: 2021-02-03\nannotations:\n  - {quote: extended, note: So it was.}\n---\nIt was extended.\n"))  # fmt: skip
    site.built(jobs=1)
    page = site.page("briefings/en/")
    assert heading(site, "en") == words
    assert page.one("a", "ref").get("aria-label") == f"{words}1Context"
    assert page.one("div", "note").get("aria-label") == f"{words}1Context"
    assert page.all("nav")[0].get("aria-label") == words
    assert site.page("timeline/").one("title").text == f"{words} | Desk"
    assert words in "".join(site.page("briefings/").one("p", "tags").itertext())


def test_words_in_a_script_and_in_marks_are_of_the_page_s_language(tmp_path):
    site = SiteTest(tmp_path).file(
        "content/briefings/x.md",
        (
            "---\ntitle: X\ndate: 2021-02-03\nlang: ru\nannotations:\n"
            "  - {quote: extended, kind: update, note: Since then it expired.}\n---\nThe treaty was extended.\n"
        ),
    )
    page = site.built(jobs=1).page("briefings/x/")
    assert page.one("a", "ref").get("aria-label") == "Примечание 1, Обновление"
    assert page.one("div", "note").get("aria-label") == "Примечание 1, Обновление"
    assert page.one("button", "theme").get("data-dark") == "Тёмные"


def test_a_whole_site_in_another_language(tmp_path):
    site = SiteTest(tmp_path).file("briefgen.yml", "title: Стол\nlanguage: ru\nsearch: true\n")
    site.file(
        "content/briefings/x.md", "---\ntitle: Справка\ndate: 2021-02-03\n---\nДоговор продлён.\n"
    )
    site.built(jobs=1, search=False)
    english = re.compile(r"[A-Za-z]{2,}")
    for path in site.output.page_files:
        page = site.page(path)
        code = [
            word for pre in page.all("pre") for word in english.findall("".join(pre.itertext()))
        ]
        found = set(english.findall(page.text)) - {"Escape", "JavaScript", "BibTeX", *code}
        assert found == set(), path
        assert page.tree.get("lang") == "ru"
        labelled = [e.get("aria-label", "") for e in page.tree.iter()]
        assert [one for one in labelled if english.search(one)] == []
    titles = {
        "briefings/": "Справки",
        "sources/": "Источники",
        "search/": "Поиск",
        "404.html": "Страница не найдена",
    }
    assert {
        path: site.page(path).text.split("  ")[0][: len(title)] for path, title in titles.items()
    } == titles


def test_catalogues_are_the_same_for_any_number_of_processes(site, tmp_path):
    site.file("locale/ga.po", label("On this page", "Ar an leathanach seo")).built(
        clean=True, jobs=1
    )
    one = {path: site.output.read(path) for path in site.output.files}
    site.built(clean=True, jobs=2)
    assert {path: site.output.read(path) for path in site.output.files} == one
    assert heading(site, "ga") == "Ar an leathanach seo"
