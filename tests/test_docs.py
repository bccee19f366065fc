"""The documentation says what is: its examples build, its tables are complete, its links lead on.

An example is a fenced block with more than a language behind the fence: the path of the file that
it is ("```yaml content/entities/x.yml"), or the file that it belongs into ("```yaml in a briefing").
All files of one document are one site; a fragment's keys take the place of those in its file.
"""

import re
from functools import cache
from typing import NamedTuple

import click
import pytest
from msgspec import inspect
from site_tester import PROJECT, SiteTest

from briefgen.cli.commands import cli
from briefgen.model.briefing import Briefing, PlainPage, Topic
from briefgen.model.entity import Entity
from briefgen.model.site import SiteConfig
from briefgen.model.source import Source
from briefgen.model.treaty import Treaty
from tools.docs_views import SOURCE, is_page, read_views, template_of
from tools.generate_docs import PARTS, documents, refreshed

DOCS = documents(PROJECT)
GUIDE = PROJECT / "docs" / "authoring.md"
THEMES = PROJECT / "docs" / "themes.md"
PAPERS = [*DOCS, *(PROJECT / f"{name}.md" for name in
          ("README", "ARCHITECTURE", "CONTRIBUTING", "CHANGELOG"))]  # fmt: skip

BRIEFING = "content/briefings/2024-03-07-thirty-two-parties.md"
HOSTS = {"in a briefing": BRIEFING, "in briefgen.yml": "briefgen.yml"}
"""The file into which fragments go."""

FENCED = re.compile(r"^(?P<fence>```+)(?P<info>.*)\n(?P<text>(?:.*\n)*?)(?P=fence)$", re.MULTILINE)
PILE = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9z"/></svg>'


class Example(NamedTuple):
    """A fenced block that is a file or a part of one."""

    place: str
    text: str


@cache
def examples(document):
    """The examples of a document, in order."""
    blocks = FENCED.finditer(document.read_text(encoding="utf-8"))
    found = ((block["info"].strip().partition(" ")[2], block["text"]) for block in blocks)
    return [Example(place, text) for place, text in found if place]


def files(document):
    """The files of a document's site, by path."""
    found = [one for one in examples(document) if one.place not in HOSTS]
    paths = [one.place for one in found]
    assert len(set(paths)) == len(paths), "two examples are one file"
    return dict(found)


def fragments(document):
    return [one for one in examples(document) if one.place in HOSTS]


def guide_site(folder):
    """The site of the authors' guide, with the one picture that it shows."""
    site = SiteTest(folder).file("content/pages/pile.svg", PILE)
    for path, text in files(GUIDE).items():
        site.file(path, text)
    return site


def with_keys(text, fragment):
    """A YAML text whose top-level keys are replaced by those of a fragment."""
    keys = re.findall(r"^([\w-]+):", fragment, re.MULTILINE)
    kept = re.sub(rf"^(?:{'|'.join(keys)}):.*\n(?:[ #-].*\n)*", "", text, flags=re.MULTILINE)
    return kept + fragment


def with_fragment(text, fragment):
    """A file, of YAML or with front matter, with the keys of a fragment."""
    if not text.startswith("---\n"):
        return with_keys(text, fragment)
    _, yaml, body = text.split("---\n", 2)
    return f"---\n{with_keys(yaml, fragment)}---\n{body}"


def test_the_guide_is_a_site_without_a_warning(tmp_path):
    site = guide_site(tmp_path).built(strict=True)
    page = site.page("briefings/thirty-two-parties/")
    assert page.words_marked(1) == "in office since Oct. 1, 2014"
    assert "1 line" not in page.text
    assert "2 lines that are no part of the article were left out" in page.text


@pytest.mark.parametrize("fragment", fragments(GUIDE), ids=lambda one: one.text.split("\n")[0])
def test_each_fragment_of_the_guide_fits_its_file(tmp_path, fragment):
    host = HOSTS[fragment.place]
    changed = with_fragment(files(GUIDE)[host], fragment.text)
    assert fragment.text in changed
    site = guide_site(tmp_path).edit(host, changed).built(strict=True)
    assert not site.codes


def test_the_example_of_the_readme_builds(tmp_path):
    site = guide_site(tmp_path)
    for path, text in files(PROJECT / "README.md").items():
        site.edit(path, text)
    assert not site.built(strict=True).codes


def test_the_examples_of_themes_are_at_work(tmp_path):
    site = guide_site(tmp_path)
    for path, text in files(THEMES).items():
        site.file(path, text)
    about = files(GUIDE)["content/pages/about.md"]
    site.edit("content/pages/about.md", with_fragment(about, "template: letter.html\n"))
    site.built(strict=True)
    briefing = site.page("briefings/thirty-two-parties/")
    assert "".join(briefing.one("p", "counted").itertext()) == "one note, 7 March 2024"
    assert briefing.one("p", "imprint").text == "The desk, 2024"
    assert site.page("about/").one("title").text == "A letter: About this desk | Alliances Desk"
    assert "../../desk.css" in briefing.addresses


KEYS = re.compile(r"<!-- keys: (\w+) -->\n\n\|.*\n\| --- .*\n((?:\|.*\n)+)")
ROW = re.compile(r"\| (?P<keys>.*?) \| (?P<meaning>.*) \|")


def structs_of(types):
    """The structs that authors write, from those of whole files down."""
    found = {}
    waiting = [inspect.type_info(one) for one in types]
    while waiting:
        one = waiting.pop()
        if isinstance(one, inspect.StructType):
            if one.cls.__name__ not in found:
                found[one.cls.__name__] = one
                waiting += [field.type for field in one.fields]
        else:
            for name in ("types", "item_types"):
                waiting += getattr(one, name, ())
            waiting += [getattr(one, n) for n in ("item_type", "value_type") if hasattr(one, n)]
    return found


STRUCTS = structs_of([SiteConfig, Briefing, Entity, Treaty, Source, Topic, PlainPage])
TABLES = dict(KEYS.findall(GUIDE.read_text(encoding="utf-8")))


def test_every_kind_of_mapping_has_its_table():
    assert sorted(TABLES) == sorted(STRUCTS)


@pytest.mark.parametrize("name", sorted(STRUCTS))
def test_the_table_of_a_mapping_has_its_keys_and_tells_which_are_required(name):
    rows = [ROW.fullmatch(line) for line in TABLES[name].splitlines()]
    said = {
        key: row["meaning"].startswith("Required.")
        for row in rows
        for key in re.findall(r"`([^`]+)`", row["keys"])
    }
    assert said == {field.encode_name: field.required for field in STRUCTS[name].fields}


@pytest.mark.parametrize("document", DOCS, ids=lambda file: file.name)
def test_generated_parts_are_fresh(document):
    text = document.read_text(encoding="utf-8")
    assert refreshed(text, PROJECT) == text, "run `make docs`"


def test_every_part_is_somewhere_and_a_stale_one_is_seen():
    whole = "".join(file.read_text(encoding="utf-8") for file in DOCS)
    for name, make in PARTS.items():
        assert f"<!-- generated: {name} -->" in whole
        stale = f"before\n<!-- generated: {name} -->\nold\n<!-- end of {name} -->\nafter\n"
        fresh = refreshed(stale, PROJECT)
        assert "old\n" not in fresh.splitlines(keepends=True)
        assert make(PROJECT).strip() in fresh
        assert (fresh[:7], fresh[-6:]) == ("before\n", "after\n")


def test_every_template_has_a_view_and_every_view_a_template():
    views = read_views((PROJECT / SOURCE).read_text(encoding="utf-8"))
    described = {template_of(view) for view in views.values() if is_page(view, views)}
    folder = PROJECT / "themes" / "dossier" / "templates"
    there = {file.name for file in folder.glob("*.html") if not file.name.startswith("_")}
    assert described == there - {"base.html"}


LINK = re.compile(r"(?<!\!)\[[^\]\n]*\]\((?P<target>[^)\s]+)\)")
ANCHOR = re.compile(r"^#+ (.*)$", re.MULTILINE)


def prose_of(paper):
    """A document without its code blocks."""
    return FENCED.sub("", paper.read_text(encoding="utf-8"))


@cache
def anchors(paper):
    """The fragments of a document's headings, as GitHub makes them."""
    headings = ANCHOR.findall(prose_of(paper))
    return {re.sub(r"[^\w\- ]", "", text.lower()).replace(" ", "-") for text in headings}


@pytest.mark.parametrize("paper", PAPERS, ids=lambda file: file.name)
def test_links_lead_to_files_and_headings(paper):
    for match in LINK.finditer(prose_of(paper)):
        path, _, fragment = match["target"].partition("#")
        if "://" in path or "`" in match[0]:
            continue
        target = (paper.parent / path).resolve() if path else paper
        assert target.exists(), match[0]
        assert not fragment or fragment in anchors(target), match[0]


COMMANDS = {
    name: cli.get_command(click.Context(cli), name)
    for name in cli.list_commands(click.Context(cli))
}
BELOW = [
    below for command in COMMANDS.values() for below in getattr(command, "commands", {}).values()
]
FLAGS = {flag for command in [*COMMANDS.values(), *BELOW] for param in command.params
         for flag in param.opts} | {"--version", "--help"}  # fmt: skip
OF_OTHERS = {"--no-deps", "--wheel-dir", "--find-links", "--update-expected"}
"""Flags of pip and of the project's tests."""

STYLES = (PROJECT / "themes" / "dossier" / "static" / "dossier.css").read_text(encoding="utf-8")


@pytest.mark.parametrize("paper", PAPERS, ids=lambda file: file.name)
def test_commands_and_flags_are_there(paper):
    text = re.sub(r"<!--.*?-->", "", paper.read_text(encoding="utf-8"))
    shells = "".join(block["text"] for block in FENCED.finditer(text) if block["info"] == "sh")
    named = re.findall(r"`briefgen (\w+)", text) + re.findall(
        r"^briefgen (\w+)", shells, re.MULTILINE
    )
    assert COMMANDS.keys() >= set(named)
    flags = set(re.findall(r"(?<![\w-])--[a-z][\w-]*", text))
    assert flags - FLAGS - OF_OTHERS - set(re.findall(r"--[a-z][\w-]*", STYLES)) == set()


PATH = re.compile(r"`((?:\.?[\w-]+/)*[\w.-]+(?:\.py|\.toml|\.html|\.css|/))`")
OF_A_SITE = {"site/", "templates/", "static/", "assets/", "wheels/", "themes/", "/treaties/"}
"""Folders of a site or its output, which the project need not have."""


@pytest.mark.parametrize("name", ["ARCHITECTURE.md", "CONTRIBUTING.md"])
def test_files_that_are_named_are_there(name):
    """A module may be named as the package, or the room that its section is about, has it."""
    text = (PROJECT / name).read_text(encoding="utf-8")
    sections = re.split(r"^#+ (?=.*\n)", text, flags=re.MULTILINE)
    missing = []
    for section in sections:
        rooms = re.findall(r"`(\w+)/`", section.partition("\n")[0])
        around = [PROJECT, PROJECT / "briefgen", *(PROJECT / "briefgen" / room for room in rooms)]
        around += [PROJECT / "tests", PROJECT / "briefgen" / "cli"]
        missing += [
            path
            for path in PATH.findall(section)
            if path not in OF_A_SITE and not any((folder / path).exists() for folder in around)
        ]
    assert missing == []


def test_the_map_has_every_room():
    text = (PROJECT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    rooms = {file.parent.name for file in (PROJECT / "briefgen").glob("*/__init__.py")}
    headings = " ".join(re.findall(r"^### .*", text, re.MULTILINE))
    assert {room for room in rooms if f"`{room}/`" not in headings} == set()
