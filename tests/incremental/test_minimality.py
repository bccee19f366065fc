"""How many pages an edit costs: exactly those that show it, and where it is more, why."""

from __future__ import annotations

import shutil
import time
from collections.abc import Set as AbstractSet
from typing import NamedTuple

import pytest
from desk import BRIEFINGS, copy_of, write_desk
from edited_site import labels
from edits import Edit, append, as_of, move, nothing, remove, swap, write
from site_tester import png

from briefgen.build import labels as build_labels
from briefgen.build.theme import built_in_theme

FIRST = "content/briefings/2021-01-26-first-call.md"
EXTENSION = "content/briefings/2021-02-03-extension.md"
SUSPENSION = "content/briefings/2023-02-28-suspension.md"
QUIET = "content/briefings/2022-05-01-quiet.md"
PEOPLE = "content/entities/people.yml"
OTHERS = "content/entities/others.yml"
NEW_START = "content/treaties/new-start.md"
SOURCES = "content/sources/sources.yml"
ABOUT = "content/pages/about.md"

NPT = "- {id: npt, name: NPT, events: [{date: 1968-07-01, type: signed}]}\n"

NONE: frozenset[str] = frozenset()
LISTS = {"", "briefings/", "timeline/"}
"""The pages that show every briefing."""

RELATED_TO_SUSPENSION = {"briefings/first-call/", "briefings/extension/"}
SHOW_NEW_START = {"briefings/first-call/", "briefings/suspension/", "treaties/new-start/"}
PARTIES = {"entities/russia/", "entities/united-states/"}
SOURCE_PAGES = {f"sources/{name}/" for name in ("atlas", "gazette", "state", "tass")}
STANDALONE = {"old/suspension/"}
"""The page of an old address, which has no navigation."""

CARD = (built_in_theme() / "templates/_entity_card.html").read_text(encoding="utf-8")


class Case(NamedTuple):
    """An edit and the pages that are rendered for it, by their addresses."""

    edit: Edit
    pages: AbstractSet[str] | None  # None: every page but those `without`
    spare: AbstractSet[str] | None = NONE  # those of them that come out as they were,
    why: str = ""  # and why they are rendered all the same
    without: AbstractSet[str] = NONE


OWN = "a line that moves is among the facts of its file"
CASES = {
    "nothing": Case(nothing, NONE),
    "a briefing's text": Case(append(QUIET, "And no more.\n"), {"briefings/quiet/"}),
    "a sentence that names an entity": Case(
        swap(EXTENSION, "It limits warheads", "It limits all warheads"),
        {"briefings/extension/", "entities/warhead/"},
    ),
    "a sentence that links": Case(
        swap(ABOUT, "See [[", "Do see [["), {"about/", "briefings/first-call/"}
    ),
    "a name more": Case(
        append(QUIET, "Geneva was closed.\n"),
        {"briefings/quiet/", "entities/geneva/", "glossary/"}
        | {"briefings/geneva-summit/"},  # which is related by it
    ),
    "a title": Case(
        swap(QUIET, "A quiet month", "A very quiet month"), LISTS | {"briefings/quiet/"}
    ),
    "a title that others show": Case(
        swap(EXTENSION, "Extension done", "Extension complete"),
        LISTS
        | {"briefings/extension/", "topics/arms-control/"}
        | {"briefings/first-call/", "briefings/suspension/"}  # as a related briefing
        | {"entities/russia/", "entities/warhead/", "treaties/new-start/"}  # as a mention
        | {"about/"},  # in the sentence of a backlink
    ),
    "a summary": Case(
        swap(EXTENSION, "Five more years", "Five years more"),
        LISTS | {"briefings/extension/", "topics/arms-control/"},
    ),
    "a date": Case(
        swap(SUSPENSION, "2023-02-28", "2023-02-27"),
        LISTS
        | RELATED_TO_SUSPENSION
        | {"briefings/suspension/", "entities/russia/", "treaties/new-start/"},
    ),
    "a topic more": Case(
        swap(EXTENSION, "[arms-control]", "[arms-control, us-russia]"),
        {"", "briefings/", "topics/", "topics/arms-control/", "topics/us-russia/"}
        | {"briefings/extension/", "briefings/first-call/", "briefings/geneva-summit/"},
    ),
    "a note": Case(
        swap(FIRST, "Notes were", "Notes, they say, were"),
        {"briefings/first-call/", "annotations/", "annotations/2021/"},
    ),
    "a correction": Case(
        swap(QUIET, "title:", "corrections: [{date: 2022-06-01, text: A day.}]\ntitle:"),
        {"", "briefings/quiet/"},
    ),
    "a comment in the front matter": Case(
        swap(QUIET, "title:", "# for now\ntitle:"), {"briefings/quiet/"}, {"briefings/quiet/"}, OWN
    ),
    "a slug": Case(swap(QUIET, "title:", "slug: silence\ntitle:"), LISTS | {"briefings/silence/"}),
    "a file renamed": Case(
        move(QUIET, "content/briefings/2022-05-01-still.md"), LISTS | {"briefings/still/"}
    ),
    "a file moved": Case(
        move(QUIET, "content/briefings/2022/2022-05-01-quiet.md"),
        {"briefings/quiet/"},
        {"briefings/quiet/"},
        "the path of its file is among its facts",
    ),
    "a new briefing": Case(
        write("content/briefings/new.md", "---\ntitle: New\ndate: 2022-06-01\n---\nRussia.\n"),
        LISTS
        | {"briefings/new/", "briefings/extension/", "briefings/suspension/"}  # related by Russia
        | {"entities/russia/", "glossary/"},
    ),
    "a briefing deleted": Case(remove(QUIET), LISTS),
    "a briefing that becomes a draft": Case(
        swap(SUSPENSION, "title:", "draft: true\ntitle:"),
        LISTS | RELATED_TO_SUSPENSION | {"entities/russia/", "treaties/new-start/", "glossary/"},
    ),
    "an entity's description": Case(
        swap(PEOPLE, "An American", "A man from Delaware"),
        {"briefings/first-call/", "briefings/geneva-summit/", "entities/joe-biden/", "glossary/"},
    ),
    "an entity's name": Case(
        swap(OTHERS, "name: warhead", "name: nuclear warhead"),
        {"briefings/extension/", "entities/warhead/", "glossary/"}
        | {"entities/russia/", "treaties/new-start/"},  # with whom it appears
    ),
    "an alias that one text has": Case(
        swap(OTHERS, "meeting,", "meeting, aliases: [Helsinki],"),
        {"briefings/quiet/", "entities/reykjavik/", "glossary/"},
    ),
    "an alias that no text has": Case(
        swap(OTHERS, "meeting,", "meeting, aliases: [Hofdi],"),
        {"entities/reykjavik/", "glossary/"},  # which list it
    ),
    "an alias that no text has, of what is mentioned": Case(
        swap(OTHERS, "[warheads]", "[warheads, bombs]"), {"entities/warhead/", "glossary/"}
    ),
    "a role": Case(
        swap(PEOPLE, "title: President", "title: Head of state"),
        {"briefings/first-call/", "briefings/geneva-summit/", "entities/joe-biden/"},
    ),
    "the end of a role": Case(
        swap(PEOPLE, "to: 2025-01-20", "to: 2025-01-21"),
        {"briefings/first-call/", "briefings/geneva-summit/", "entities/joe-biden/"},
        {"briefings/first-call/", "briefings/geneva-summit/"},
        "all roles are part of the card; which were held that day is found out while rendering",
    ),
    "an entity's own text": Case(
        append("content/entities/geneva.md", "It rains.\n"), {"entities/geneva/"}
    ),
    "a new entity that no text names": Case(
        write("content/entities/oslo.yml", "- {id: oslo, kind: place, name: Oslo}\n"),
        {"entities/oslo/", "glossary/"},
    ),
    "a new entity that a treaty named": Case(
        write("content/entities/b.yml", "- {id: belgium, kind: place, name: Belgium}\n"),
        SHOW_NEW_START | {"", "treaties/", "entities/belgium/", "glossary/"},
        {"", "treaties/"},
        "their boxes hold all facts of a treaty, of which they show the status alone",
    ),
    "an event of a treaty": Case(
        swap(NEW_START, "until: 2026-12-01", "until: 2026-12-24"),
        SHOW_NEW_START | PARTIES | {"", "treaties/", "timeline/"},
    ),
    "a treaty's own text": Case(append(NEW_START, "So it was.\n"), {"treaties/new-start/"}),
    "an alias of a treaty that no text has": Case(
        swap(NEW_START, "[Prague treaty]", "[Prague treaty, Prague deal]"),
        {"treaties/new-start/", "glossary/"},
    ),
    "a treaty's description": Case(
        swap(NEW_START, "It limits warheads.", "It limits all."),
        {"briefings/first-call/", "briefings/extension/", "briefings/suspension/"}  # in glossaries
        | {"treaties/new-start/", "glossary/"},
    ),
    "a new treaty that no text names": Case(
        write("content/treaties/npt.yml", NPT),
        {"", "glossary/", "timeline/", "treaties/", "treaties/npt/"},
    ),
    "an entity's address": Case(
        swap(OTHERS, "id: warhead,", "id: warhead, slug: bomb,"),
        {"briefings/extension/", "entities/bomb/", "glossary/"}
        | {"entities/russia/", "treaties/new-start/"},  # with whom it appears
    ),
    "an entity's item of Wikidata": Case(
        swap(OTHERS, "id: warhead,", "id: warhead, wikidata: Q42,"),
        {"briefings/extension/", "entities/warhead/"},
    ),
    "a new source that nothing cites": Case(
        append(SOURCES, "new: {title: A new source}\n"), {"sources/", "sources/new/"}
    ),
    "a source of a briefing's own": Case(
        swap(FIRST, "title: A readout", "title: The readout"),
        {"briefings/first-call/", "sources/", "annotations/", "annotations/2021/"},
    ),
    "a new topic that no briefing has": Case(
        append("content/topics/topics.yml", "- {id: new, name: New}\n"), {"topics/", "topics/new/"}
    ),
    "a source's title": Case(
        swap(SOURCES, "At the lake", "By the lake"),
        {"briefings/geneva-summit/", "sources/", "sources/gazette/"},
    ),
    "the title of a source that nothing cites": Case(
        swap(SOURCES, "An atlas", "The atlas"), {"sources/", "sources/atlas/"}
    ),
    "a topic's name": Case(
        swap("content/topics/topics.yml", "Arms control", "Control of arms"),
        {"briefings/first-call/", "briefings/extension/"}
        | {"topics/", "topics/arms-control/"}
        | {"", "briefings/", "topics/us-russia/", "sources/state/", "sources/tass/"}  # on cards
        | {"annotations/", "annotations/2021/"},  # their filter names it
    ),
    "a topic's description": Case(
        swap(
            "content/topics/topics.yml", "name: Arms control", "name: Arms control, description: x"
        ),
        {"topics/arms-control/"},
    ),
    "a new page": Case(write("content/pages/more.md", "---\ntitle: More\n---\nMore.\n"), {"more/"}),
    "the title of a page of the navigation": Case(
        swap(ABOUT, "title: About", "title: About us"),
        None,
        STANDALONE,
        "every template is given it",
    ),
    "a picture more": Case(
        swap(QUIET, "Nothing was", "![A plane](plane.png) Nothing was"), {"briefings/quiet/"}
    ),
    "an old address": Case(
        swap(QUIET, "title:", "moved_from: [old/quiet/]\ntitle:"),
        {"briefings/quiet/", "old/quiet/"},
        {"briefings/quiet/"},
        "its old addresses are among its facts",
    ),
    "a translation": Case(
        swap(QUIET, "title:", "lang: ru\ntranslations: {en: first-call}\ntitle:"),
        LISTS | {"briefings/quiet/", "briefings/first-call/"},
    ),
    "a page's text": Case(append(ABOUT, "That is all.\n"), {"about/"}),
    "the template of one kind": Case(
        write(
            "templates/source.html",
            '{% extends "!default/source.html" %}{% block end %}More.{% endblock %}',
        ),
        {"sources/atlas/", "sources/gazette/", "sources/state/", "sources/tass/"},
    ),
    "a part of a template": Case(
        write("templates/_entity_card.html", CARD.replace('class="glossary"', 'class="cast"')),
        BRIEFINGS,
        {"briefings/quiet/"},
        "a template that is used may use any part that it loads",
    ),
    "the labels of a language that no page has": Case(
        write("locale/fr.po", labels(Glossary="Glossaire")), NONE
    ),
    "the theme's styles": Case(write("themes/dossier/static/dossier.css", "p {}"), NONE),
    "a raw article that nothing uses": Case(write("seeds/x.txt", "x"), NONE),
    "a new static file": Case(write("content/static/new.txt", "x"), NONE),
    "a static file": Case(append("content/static/robot.txt", "!"), NONE),
    "an image": Case(append("content/briefings/plane.png", "!"), NONE),
    "an image of another size": Case(
        write("content/briefings/plane.png", png(40, 31)), {"briefings/open-skies-end/", "about/"}
    ),
    "an image that tells no size any more": Case(
        write("content/briefings/plane.png", b"?"), {"briefings/open-skies-end/", "about/"}
    ),
    "the site's description": Case(
        swap("briefgen.yml", "Of treaties", "On treaties"),
        None,
        STANDALONE,
        "every template is given it",
    ),
    "the site's address": Case(
        swap("briefgen.yml", "example.org/desk/", "example.org/room/"), None
    ),
    "the time zone": Case(
        swap("briefgen.yml", "title:", "timezone: Asia/Tokyo\ntitle:"), BRIEFINGS
    ),
    "the feeds": Case(
        swap("briefgen.yml", "[site, topics]", "[site]"),
        {"topics/arms-control/", "topics/us-russia/"},
    ),
    "a level of a rule": Case(
        swap("briefgen.yml", "title:", "check: {rules: {overlinked: 'off'}}\ntitle:"), NONE
    ),
    "how often names are linked, where none comes twice": Case(
        swap("briefgen.yml", "title:", "linking: {mentions: all}\ntitle:"), NONE
    ),
    "what no template shows": Case(
        swap("briefgen.yml", "title:", "extra: {colour: red}\ntitle:"), NONE
    ),
    "a search page": Case(
        swap("briefgen.yml", "title:", "search: true\ntitle:"),
        None,
        STANDALONE,
        "every template is given it",
    ),
    "an author who has written nothing": Case(
        swap("briefgen.yml", "jo: {name: Jo Field}", "jo: {name: Jo Field}\n  al: {name: Al}"), NONE
    ),
    "an author's name": Case(
        swap("briefgen.yml", "Jo Field", "Joanna Field"),
        {"briefings/first-call/", "annotations/", "annotations/2021/"},
    ),
    "the navigation": Case(
        swap("briefgen.yml", "[briefings, glossary,", "[briefings,"),
        None,
        STANDALONE,
        "every template is given it",
    ),
    "a label of every page": Case(
        write("locale/en.po", 'msgid "Skip to the text"\nmsgstr "To the text"\n'),
        None,
        without=STANDALONE,
    ),
    "a label of one page": Case(
        write("locale/en.po", 'msgid "To the home page"\nmsgstr "Home"\n'), {"404.html"}
    ),
    "a label of a kind of page": Case(
        write("locale/en.po", 'msgid "The work"\nmsgstr "What it is"\n'),
        SOURCE_PAGES,
    ),
    "a label of a language that no page is in": Case(
        write("locale/fr.po", 'msgid "Notes"\nmsgstr "Remarques"\n'), NONE
    ),
    "the language": Case(swap("briefgen.yml", "title:", "language: de\ntitle:"), None),
    "a comment in the configuration": Case(swap("briefgen.yml", "title:", "# x\ntitle:"), NONE),
    "a day later": Case(as_of("2026-11-25"), {"", "treaties/"}),
    "the day on which a treaty ends": Case(
        as_of("2026-12-01"),
        SHOW_NEW_START | {"", "treaties/"} | {"timeline/"},  # its life
    ),
    "a page of the output deleted": Case(
        remove("site/briefings/quiet/index.html"),
        {"briefings/quiet/"},
        {"briefings/quiet/"},
        "it comes back",
    ),
    "a page of the output altered": Case(
        append("site/about/index.html", "mine"), {"about/"}, {"about/"}, "it comes back"
    ),
    "the annotations of a page deleted": Case(
        remove("site/briefings/first-call/annotations.json"),
        {"briefings/first-call/"},
        {"briefings/first-call/"},
        "the two are made together",
    ),
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """The site, built."""
    return write_desk(tmp_path_factory.mktemp("desk")).built(jobs=1)


def pages_of(site) -> dict[str, bytes]:
    return {
        path.removesuffix("index.html"): site.output.read(path) for path in site.output.page_files
    }


def known_copy(desk, root):
    """A copy that was built once more with all of it at rest, so that short ways are open."""
    site = copy_of(desk, root)
    time.sleep(0.06)
    assert site.built(jobs=1).rendered == NONE
    return site


@pytest.mark.parametrize("copied", [copy_of, known_copy])
@pytest.mark.parametrize("name", CASES)
def test_renders_the_pages_that_show_it(name, copied, desk, tmp_path):
    case, site = CASES[name], copied(desk, tmp_path)
    case.edit(site)
    site.built(jobs=1)
    before, after = pages_of(desk), pages_of(site)
    changed = {page for page, html in after.items() if before.get(page) != html}
    spare = after.keys() if case.spare is None else case.spare
    assert site.rendered == (after.keys() - case.without if case.pages is None else case.pages)
    assert changed == site.rendered - spare
    assert bool(spare) == bool(case.why)


@pytest.mark.parametrize(
    ("shown", "rendered"),
    [
        ("{{ site.extra.colour }}", {"red": NONE, "blue": SOURCE_PAGES}),
        ("{{ site.extra|length }}", {"red": SOURCE_PAGES, "blue": SOURCE_PAGES}),
        (
            "{% for key, value in site.extra.items() %}{{ key }}: {{ value }}{% endfor %}",
            {"red": SOURCE_PAGES, "blue": SOURCE_PAGES},
        ),
        ("{{ site.extra['get']('colour') }}", {"red": SOURCE_PAGES, "blue": SOURCE_PAGES}),
    ],
    ids=["one", "any", "all", "by a method"],
)
def test_what_a_template_of_the_sites_own_shows(shown, rendered, desk, tmp_path):
    """Of `extra`, the keys that stand in a template, or all of them."""
    site = copy_of(desk, tmp_path)
    site.file(
        "templates/source.html",
        '{% extends "!default/source.html" %}{% block content %}{{ super() }}'
        + shown
        + "{% endblock %}",
    )
    config = site.root / "briefgen.yml"
    text = config.read_text(encoding="utf-8")
    site.file("briefgen.yml", "extra: {colour: green, other: red}\n" + text).built(jobs=1)
    site.file("briefgen.yml", "extra: {colour: green, other: blue}\n" + text).built(jobs=1)
    assert site.rendered == rendered["red"]
    site.file("briefgen.yml", "extra: {colour: blue, other: blue}\n" + text).built(jobs=1)
    assert site.rendered == rendered["blue"]
    fresh = pages_of(site)
    shutil.rmtree(site.root / "site")
    assert pages_of(site.built(clean=True, jobs=1)) == fresh


def test_the_table_is_of_a_site_where_each_page_counts(desk):
    assert desk.rendered == pages_of(desk).keys()
    assert desk.rendered.issuperset(BRIEFINGS)


def test_without_the_cache_nothing_is_written_that_is_there(desk, tmp_path):
    site = copy_of(desk, tmp_path)
    shutil.rmtree(site.root / ".briefgen")
    site.built(jobs=1)
    assert site.rendered == pages_of(site).keys()
    stats = site.result.stats
    assert (stats.written, stats.removed) == (0, 0)


def test_what_changes_nothing_that_others_see_writes_one_file(desk, tmp_path):
    site = copy_of(desk, tmp_path)
    append(QUIET, "And no more.\n")(site)
    assert site.built(jobs=1).result.stats.written == 1


def test_a_deleted_page_is_removed(desk, tmp_path):
    site = copy_of(desk, tmp_path)
    site.remove(QUIET).built(jobs=1)
    assert site.result.stats.removed == 1
    assert not (site.root / "site/briefings/quiet").exists()


def test_a_catalogue_is_read_once(desk, tmp_path, monkeypatch):
    site, read = copy_of(desk, tmp_path), []
    load = build_labels.load_catalogue

    def noted(path, data):
        read.append(path)
        return load(path, data)

    monkeypatch.setattr(build_labels, "load_catalogue", noted)
    site.file("locale/en.po", labels(Glossary="Who is who")).built(jobs=1)
    append(QUIET, "And no more.\n")(site)
    swap(PEOPLE, "An American", "A man from Delaware")(site)
    site.built(jobs=1)
    assert site.rendered
    assert read == ["locale/en.po"]
