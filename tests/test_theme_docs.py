"""docs/themes.md says what there is: blocks, macros, fields, filters, custom properties.

Held against the program itself and Jinja's own reading of the templates, not against the tool that
writes the document.
"""

from __future__ import annotations

import re

import pytest
from jinja2 import nodes
from jinja2.defaults import DEFAULT_FILTERS
from site_tester import PROJECT, SiteTest

from briefgen.render import view as views
from briefgen.render.environment import Templates

THEME = PROJECT / "themes" / "dossier"
DOCUMENT = (PROJECT / "docs" / "themes.md").read_text(encoding="utf-8")
TEMPLATES = Templates([THEME / "templates"])
NAMES = sorted(name for name in TEMPLATES.names() if not name.startswith("!"))
ENVIRONMENT = TEMPLATES._environment("en")
TREES = {name: TEMPLATES._parsed(name) for name in NAMES}
VIEWS = [
    one for one in vars(views).values()
    if isinstance(one, type) and issubclass(one, views.View) and one is not views.View
]  # fmt: skip


def generated(part):
    """A generated part of the document."""
    return re.search(
        rf"<!-- generated: {part} -->\n(.*?)<!-- end of {part} -->", DOCUMENT, re.DOTALL
    )[1]


def section(name):
    """The section of a view, up to the next one."""
    return re.search(rf"^### {name}\n(.*?)(?=^#|\Z)", DOCUMENT, re.DOTALL | re.MULTILINE)[1]


def test_every_template_and_its_blocks():
    told = dict(
        re.findall(
            r"^- `([\w.]+\.html)`: .*? Blocks: (.*)\.$", generated("templates"), re.MULTILINE
        )
    )
    pages = {name: tree for name, tree in TREES.items() if not name.startswith("_")}
    assert told.keys() == pages.keys()
    for name, tree in pages.items():
        blocks = {block.name for block in tree.find_all(nodes.Block)}
        assert set(re.findall(r"`(\w+)`", told[name])) == blocks, name


def test_a_block_that_a_page_fills_is_one_of_its_frame():
    assert [(name, TEMPLATES.unseen(name)) for name in NAMES if TEMPLATES.unseen(name)] == []


def test_every_partial_and_its_macros():
    parts = re.split(r"^\*\*`([\w.]+)`\*\*", generated("partials"), flags=re.MULTILINE)[1:]
    told = dict(zip(parts[::2], parts[1::2], strict=True))
    partials = {name: tree for name, tree in TREES.items() if name.startswith("_")}
    assert told.keys() == partials.keys()
    for name, tree in partials.items():
        macros = {(one.name, *(arg.name for arg in one.args)) for one in tree.find_all(nodes.Macro)}
        listed = re.findall(r"^- `(\w+)\((.*?)\)`", told[name], re.MULTILINE)
        said = {(call, *re.findall(r"(\w+)(?:=[^,]*)?(?:, |$)", args)) for call, args in listed}
        assert said == macros, name


@pytest.mark.parametrize("view", VIEWS, ids=lambda one: one.__name__)
def test_every_field_of_a_view(view):
    own = set(view.__struct_fields__)
    for base in view.__bases__:
        own -= set(getattr(base, "__struct_fields__", ()))
    assert set(re.findall(r"^- `(\w+)` \(", section(view.__name__), re.MULTILINE)) == own


def test_every_filter_and_nothing_else():
    used = DOCUMENT[
        DOCUMENT.index("## What a template can use") : DOCUMENT.index("## Templates and their")
    ]
    told = set(re.findall(r"^- `(\w+)`:", used, re.MULTILINE)) | {"same"}
    assert "value|same" in used
    assert set(ENVIRONMENT.filters) - set(DEFAULT_FILTERS) == told
    known = set(ENVIRONMENT.filters) & set(DEFAULT_FILTERS)
    assert known == set(DEFAULT_FILTERS) - {"random"}


def test_every_custom_property_is_documented_and_every_one_used_is_set():
    sheets = [file.read_text(encoding="utf-8") for file in (THEME / "static").glob("*.css")]
    text = re.sub(r"/\*.*?\*/", "", "\n".join(sheets), flags=re.DOTALL)
    scripts = "\n".join(
        file.read_text(encoding="utf-8") for file in (THEME / "static").glob("*.js")
    )
    told = set(re.findall(r"^\| `(--[\w-]+)` \|", generated("properties"), re.MULTILINE))
    root = re.search(r"^:root \{(.*?)^\}", text, re.DOTALL | re.MULTILINE)[1]
    assert told == set(re.findall(r"(--[\w-]+)\s*:", root))
    used = set(re.findall(r"var\((--[\w-]+)", text))
    found = set(re.findall(r"(--[\w-]+)\s*:", text)) | set(
        re.findall(r'setProperty\("(--[\w-]+)"', scripts)
    )
    assert used - found == set()
    assert told - used == set()


def test_what_an_author_of_a_theme_reads_there_works(tmp_path):
    """A block, a partial, a property, a script, a template for one page, each as the document says."""
    site = (
        SiteTest(tmp_path)
        .file("briefgen.yml", "title: Desk\ntheme: own\nextra_css: [a.css]\nextra_js: [a.js]\n")
        .file("content/static/a.css", ":root { --measure: 30rem; }\n")
        .file("content/static/a.js", "document.title = 1;\n")
        .file("content/briefings/x.md", "---\ntitle: X\ndate: 2021-01-01\n---\nWords. [@s]\n")
        .file("content/briefings/y.md", "---\ntitle: Y\ndate: 2021-01-01\ntemplate: letter.html\n---\nWords.\n")
        .file("content/sources/s.yml", "s: {title: S}\n")
        .file("themes/own/templates/_footnotes.html",
              '{% from "!default/_footnotes.html" import source as its_source %}\n'
              "{% set source = its_source %}\n"
              "{% macro footnotes(list, summary=none) %}<p>MY {{ list|length }}</p>{% endmacro %}\n")
        .file("themes/own/templates/base.html",
              '{% extends "!default/base.html" %}{% block colophon %}{{ super() }}THEME{% endblock %}\n')
        .file("themes/own/static/more.css", "p { margin: 0 }\n")
        .file("templates/letter.html",
              '{% extends "!theme/briefing.html" %}{% block title %}A letter{% endblock %}\n')
    ).built(strict=True)  # fmt: skip
    first, second = site.page("briefings/x/"), site.page("briefings/y/")
    assert "MY 1" in first.text
    for name in "xy":
        assert b"THEME" in site.output.read(f"briefings/{name}/index.html")
    assert [e.text for e in second.all("title")] == ["A letter"]
    assert [e.get("href") for e in first.all("link") if e.get("rel") == "stylesheet"] == [
        "../../assets/dossier.css", "../../a.css",
    ]  # fmt: skip
    assert "../../a.js" in [e.get("src") for e in first.all("script")]
    assert site.output.read("assets/more.css") == b"p { margin: 0 }\n"
