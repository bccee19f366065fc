"""The site that the machine edits, and the words that it edits it with."""

from __future__ import annotations

from typing import Any

from site_tester import png
from world import Article, Document, Documents

PARAGRAPHS = (
    "Ada met Cato in Bern.",
    "The Pact of Bern was kept.",
    "Nothing was said at all.",
    "Dover is far. So is Bern.",
    "As [[b1]] says, it was late.",
    "More is in [[b2|another note]].",
    "She is [[ada]], they say.",
    "The [[pact|treaty]] holds.",
    "So it was reported. [^wire]",
    "It is in the book. [@book, p. 4]",
    "See [the page](/about/), at any rate.",
    "![A picture](pic.png) It shows Dover.",
    "## A heading\n\nUnder it stands Ada.",
    "Eve and Oslo were there, oslo too.",
    "Compare [the second](b2.md), they say.",
    "By [its file](../pages/about.md), it was so.",
    "By [[about]], at any rate.",
    "It was defined.[^own]\n\n[^own]: By Cato, in [[b1]].",
    "It was [so](/entities/x/), at any rate.",
)

DAYS = ("2024-01-01", "2024-01-02", "2024-06-30", "2024-07-01", "2025-01-01")
"""Days on which the site is read: a treaty ends on one of them, a briefing is published."""

OPTIONS: dict[str, tuple[Any, Any]] = {
    "drafts": (False, True),
    "future": (False, True),
    "infos": (False, True),
    "base_url": (None, "https://example.org/elsewhere/"),
}
"""Options of a run, beside the day."""

FIELDS: dict[str, tuple[Any, ...]] = {
    "title": ("One", "Two", "A note on <Ada>", "Ünïcode & co"),
    "date": ("2021-01-01", "2022-02-03", "2023-06-01T12:00:00Z", "2024-06-30"),
    "published": (None, "2023-01-01", "2024-07-01"),
    "updated": (None, "2023-05-05"),
    "summary": (None, "In short.", "In short, more."),
    "topics": ([], ["arms"], ["arms", "talks"], ["talks"]),
    "authors": ([], ["ed"], ["ed", "jo"]),
    "treaties": ([], ["pact"], ["accord", "pact"]),
    "slug": (None, "elsewhere"),
    "moved_from": ([], ["old/place/"]),
    "lang": (None, "ru"),
    "translations": ({}, {"ru": "b2"}, {"de": "b3"}),
    "draft": (False, True),
    "template": (None, "special.html"),
    "key_points": ([], ["Ada was there. [^book]"]),
    "sources": ({}, {"own": {"title": "Its own", "url": "https://example.org/own"}}),
    "entities": ({}, {"Ada": None}, {"the book": "cato"}),
    "annotations": (
        [],
        [{"quote": "was", "note": "Was it? [^wire]", "occurrence": 1, "author": "jo"}],
        [{"id": "n", "quote": "it was", "sources": ["book"], "kind": "source", "occurrence": 1}],
    ),
    "ignore": ([], ["ambiguous-mention"]),
    "image": (None, "pic.png"),
    "article": (None, "../../seeds/raw.txt", "b3.md"),
    "excerpt": (False, True),
    "id": (None, "b9"),
    "origin": (
        {},
        {"publisher": "The Wire", "published": "2020-12-31T23:00:00Z", "lang": "ru"},
        {"title": "As it was", "url": "https://example.org/o", "retrieved": "2021-01-01"},
    ),
    "structure": ({}, {"skip": ["Nothing was said."]}, {"headings": ["1"]}),
    "corrections": (
        [],
        [{"date": "2023-02-02", "text": "It was not so."}],
        [{"date": "2023-02-02", "text": "It was otherwise."}],
        [{"date": "2023-02-02", "text": "She was not [[ada]]. [^wire]"}],
    ),
    "source_summary": (None, "All of it is by the wire. [^wire]", "All of it is by Cato."),
    "extra": ({}, {"colour": "red"}, {"colour": "blue"}),
}
"""What the front matter of a briefing may say; empty values are left out."""

OF_NAMED: dict[str, tuple[Any, ...]] = {
    "names": ({}, {"ru": "Ада"}, {"de": "Dover", "ru": "Эва"}),
    "wikidata": (None, "Q42"),
    "links": ([], [{"url": "https://example.org/e", "title": "More"}]),
    "image": (None, "../briefings/pic.png"),
    "moved_from": ([], ["old/thing/"]),
    "template": (None, "special.html"),
    "ignore": ([], ["entity-unmentioned"]),
    "extra": ({}, {"colour": "red"}, {"colour": "blue"}),
}
"""What entities and treaties may say, beside what they are tested with in more ways."""

ENTITY_FIELDS: dict[str, tuple[Any, ...]] = {
    "name": ("Ada", "Cato", "Bern", "Oslo", "Nothing"),
    "aliases": ([], ["Eve"], [{"text": "oslo", "case": "any"}], ["late", "Ada"], ["unheard of"]),
    "description": (None, "A person.", "A place, perhaps."),
    "roles": ([], [{"title": "Head", "from": "2021", "to": "2022-02-03"}]),
    "date": (None, "1999"),
    "sources": ([], ["book"]),
    "slug": (None, "x"),
    "kind": ("person", "place", "event", "weapon"),
    **OF_NAMED,
}
ENTITIES = ("ada", "cato", "bern", "dover", "oslo", "eve")

SIGNED = {"date": "1990-01-01", "type": "signed", "signatories": ["ada", "oslo"]}
IN_FORCE = {"date": "1991-01-01", "type": "in-force", "until": "2024-01-02"}
EXTENDED = {"date": "2023-12-01", "type": "extended", "until": "2024-06-30", "sources": ["wire"]}
LEFT = {"date": "2022-02-02", "type": "withdrew", "party": "bern"}
TREATY_FIELDS: dict[str, tuple[Any, ...]] = {
    "name": ("Pact of Bern", "Accord"),
    "aliases": ([], ["the Pact"]),
    "parties": ([], [{"entity": "bern"}], [{"name": "oslo"}, {"entity": "dover"}]),
    "events": ([], [SIGNED], [SIGNED, IN_FORCE], [IN_FORCE, EXTENDED], [IN_FORCE, LEFT]),
    "depositary": (None, "oslo", "bern"),
    "sources": ([], ["book"]),
    "replaces": ([], ["accord"]),
    "replaced_by": ([], ["accord"]),
    "slug": (None, "x"),
    "description": (None, "A treaty.", "A pact, perhaps."),
    "formal_name": (None, "The Treaty on All"),
    "provisions": ([], [{"name": "Pens", "limit": "700", "sources": ["wire"]}]),
    "verification": (None, "By looking."),
    **OF_NAMED,
}
TREATIES = ("pact", "accord")

SOURCE_FIELDS: dict[str, tuple[Any, ...]] = {
    "title": ("A report", "A book"),
    "publisher": (None, "The Wire"),
    "url": (None, "https://example.org/1"),
    "published": (None, "2020", "2025-01-01"),
    "type": (None, "book", "webpage"),
    "author": (None, "Carl", ["Carl", "Ada"]),
    "accessed": (None, "2023-01-01"),
    "archive_url": (None, "https://example.org/a"),
    "archive_date": (None, "2023-01-02"),
    "url_status": (None, "dead"),
    "reliability": (None, "A", "C"),
    "credibility": (None, "1", "3"),
    "descriptor": (None, "of the state"),
    "lang": (None, "ru"),
    "slug": (None, "other"),
    "moved_from": ([], ["old/source/"]),
    "extra": ({}, {"colour": "red"}),
}
SOURCES = ("wire", "book", "more")

TOPIC_FIELDS: dict[str, tuple[Any, ...]] = {
    "name": ("Arms", "Talks", "Ä"),
    "names": ({}, {"ru": "Оружие"}, {"ru": "Переговоры"}),
    "slug": (None, "x"),
    "description": (None, "Of arms."),
    "moved_from": ([], ["old/topic/"]),
    "template": (None, "special.html"),
    "extra": ({}, {"colour": "red"}),
}

CONFIG_FIELDS: dict[str, tuple[Any, ...]] = {
    "title": ("Desk", "Room"),
    "description": ("Of pacts.", "On pacts."),
    "url": (None, "https://example.org/", "https://example.org/desk/"),
    "language": (None, "de"),
    "authors": (
        {"ed": {"name": "Ed"}, "jo": {"name": "Jo"}},
        {"ed": {"name": "E."}, "jo": {"name": "Jo"}},
    ),
    "feeds": (["site"], ["topics", "entities"], ["site", "treaties"]),
    "linking": (
        {},
        {"mentions": "all"},
        {"mentions": "off"},
        {"mentions": "first", "headings": True},
    ),
    "timezone": (None, "Asia/Tokyo"),
    "urls": (None, "file"),
    "nav": (["briefings"], ["glossary", "about", {"Out": "https://example.org/"}]),
    "check": ({}, {"rules": {"ambiguous-mention": "off", "entity-unmentioned": "warning"}}),
    "extra": ({}, {"colour": "red"}, {"colour": "blue", "more": [1]}),
    "search": (None, True),
    "extra_css": ([], ["own.css"]),
    "extra_js": ([], ["own.js"]),
    "logo": (None, "mark.svg"),
    "pages": (["content/pages"], ["content/pages", "content/more"]),
    "theme": (None, "plain"),
}


def labels(**said: str) -> str:
    """A catalogue of labels."""
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'
    return head + "".join(f'\nmsgid "{one}"\nmsgstr "{other}"\n' for one, other in said.items())


TEMPLATES: dict[str, tuple[str | None, ...]] = {
    "templates/source.html": (
        None,
        '{% extends "!default/source.html" %}{% block end %}A source.{% endblock %}',
        '{% extends "!theme/source.html" %}{% block end %}{{ site.extra }}{% endblock %}',
    ),
    "templates/topic.html": (
        None,
        '{% extends "!theme/topic.html" %}{% block end %}'
        "{% for key, value in site.extra.items() %}{{ key }} {{ value }}{% endfor %}{% endblock %}",
        '{% extends "!theme/topic.html" %}{% block end %}{{ site.extra.colour }}{% endblock %}',
    ),
    "templates/briefing.html": (
        None,
        '{% extends "!default/briefing.html" %}{% block end %}{{ page.extra }}{% endblock %}',
        '{% extends "!theme/briefing.html" %}'
        '{% block end %}{% include "_end.html" ignore missing %}{% endblock %}',
    ),
    "templates/entity.html": (
        None,
        '{% extends "!default/entity.html" %}{% block end %}'
        '{% include ["_" ~ page.entity_kind ~ ".html", "_end.html"] ignore missing %}{% endblock %}',
    ),
    "templates/_end.html": (None, "<p>The end.</p>", "<p>The end!</p>"),
    "templates/_person.html": (None, "<p>A person.</p>"),
    "templates/special.html": ("<p>{{ page.title }}</p>", "<h1>{{ page.title }}</h1>"),
    "themes/dossier/templates/source.html": (
        None,
        '{% extends "!default/source.html" %}{% block title %}Source{% endblock %}',
    ),
    "themes/dossier/templates/base.html": (
        None,
        '{% extends "!default/base.html" %}{% block colophon %}<p>Below.</p>{% endblock %}',
    ),
    "locale/en.po": (None, labels(Glossary="Who is who"), labels(Sources="Cited", Home="Front")),
    "themes/dossier/locale/de.po": (None, labels(Glossary="Glossar"), labels(Sources="Quellen")),
    "themes/plain/templates/source.html": ("<p>{{ page.title }}</p>", "<i>{{ page.title }}</i>"),
    "themes/plain/static/dossier.css": (None, "p {}"),
    "themes/dossier/static/dossier.css": (None, "p {}", "q {}"),
    "themes/dossier/static/more.css": (None, "b {}"),
}
"""The files of templates, of labels and of the theme, and what each may hold; None: it is not there."""

STATIC: dict[str, tuple[bytes | None, ...]] = {
    "content/static/robot.txt": (None, b"one", b"two"),
    "content/static/deep/er/file.bin": (None, b"\0"),
    "content/briefings/pic.png": (png(4, 3), png(3, 4), png(4, 3) + b"!", b"\x89PNG"),
    "content/briefings/unused.png": (None, b"\x89PNG"),
    "content/static/mark.svg": (b"<svg/>", b"<svg width='60' height='20'/>"),
    "content/static/own.css": (b"p {}", b"b {}"),
    "content/static/own.js": (b"1;", b"2;"),
    "seeds/raw.txt": (b"It was Ada.\n\nNothing was said.\n", b"It was Cato.\n\nIn Bern it was.\n"),
}

ONLY_NAMED: dict[str, Document] = {
    "content/entities/oslo.yml": [{"id": "oslo", "kind": "place", "name": "Christiania"}],
    "content/entities/eve.yml": [{"id": "eve", "kind": "person", "name": "Evelyn"}],
    "content/topics/talks.yml": [{"id": "talks", "name": "Talks of all kinds"}],
    "content/treaties/accord.yml": [{"id": "accord", "name": "The Accord"}],
}
"""What others may name whether it is described or not, by the file that describes it."""

BROKEN: tuple[Document, ...] = (
    "---\ntitle: [\n---\n",
    "{",
    "{% block x %}",
    b"\xff\xfe",
    "title: x\0",
    "",
)


def briefing(number: int, *paragraphs: int, **front: Any) -> tuple[str, Article]:
    """A briefing with its path."""
    fields = {"title": f"Note {number}", "date": f"2021-0{number}-01", **front}
    text = tuple(PARAGRAPHS[index] for index in paragraphs)
    return f"content/briefings/b{number}.md", Article(fields, text)


def entity(id_: str, kind: str, **fields: Any) -> tuple[str, list[dict[str, Any]]]:
    """An entity in a file of its own."""
    return f"content/entities/{id_}.yml", [{"id": id_, "kind": kind, "name": id_.title(), **fields}]


def first_documents() -> Documents:
    """The site as it is at first."""
    return dict(
        [
            (
                "briefgen.yml",
                {
                    "title": "Desk",
                    "description": "Of pacts.",
                    "output": "public",
                    "authors": {"ed": {"name": "Ed"}, "jo": {"name": "Jo"}},
                },
            ),
            briefing(1, 0, 5, 8, topics=["arms"], authors=["ed"], treaties=["pact"]),
            briefing(2, 1, 4, 9, topics=["arms", "talks"]),
            briefing(3, 2),
            entity("ada", "person", description="A person."),
            entity("cato", "person"),
            entity("bern", "place"),
            entity("dover", "place"),
            (
                "content/treaties/pact.yml",
                [
                    {
                        "id": "pact",
                        "name": "Pact of Bern",
                        "events": [SIGNED, IN_FORCE],
                        "depositary": "oslo",
                    }
                ],
            ),
            ("content/treaties/accord.yml", [{"id": "accord", "name": "Accord"}]),
            (
                "content/sources/all.yml",
                {"wire": {"title": "A report"}, "book": {"title": "A book"}},
            ),
            ("content/topics/arms.md", Article({"name": "Arms"}, (PARAGRAPHS[0],))),
            ("content/pages/about.md", Article({"title": "About"}, (PARAGRAPHS[4],))),
            ("content/briefings/pic.png", png(4, 3)),
            ("content/static/own.css", b"p {}"),
            ("content/static/own.js", b"1;"),
            ("content/static/mark.svg", b"<svg/>"),
            ("seeds/raw.txt", b"It was Ada.\n\nNothing was said.\n"),
            ("templates/special.html", "<p>{{ page.title }}</p>"),
            ("themes/plain/templates/source.html", "<p>{{ page.title }}</p>"),
        ]
    )
