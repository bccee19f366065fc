"""What is taken in the output: by pages, by briefgen's own files, by files that are copied."""

import pytest

from briefgen.build import linking, pipeline
from briefgen.build.options import BuildOptions
from briefgen.link.index import Material, build_index
from briefgen.link.moved import old_path
from briefgen.link.outputs import Taken, check_copies, own_outputs
from briefgen.model.dates import Day
from briefgen.model.site import SiteConfig

AS_OF = Day("2026-11-24")


@pytest.fixture
def index():
    config = SiteConfig("T", url="https://example.org/")
    return build_index(Material(config, AS_OF, ()))[0]


@pytest.mark.parametrize(
    ("taken", "path", "by"),
    [
        ("a/b.png", "a/b.png", "it"),
        ("a/b.png", "a/c.png", ""),
        ("a/B.png", "a/b.png", "it on disks that ignore case"),
        ("stra\u00dfe.png", "STRASSE.png", "it on disks that ignore case"),
        ("caf\u00e9", "cafe\u0301", "it on disks that ignore case"),
        ("a/b/c", "a", "it"),  # a folder
        ("a/b/c", "A/b", "it"),
        ("a", "a/b/c", "it"),  # a file where a folder must be
        ("A", "a/b", "it"),
        ("ab", "a/b", ""),
    ],
)
def test_paths_clash(taken, path, by):
    all_taken = Taken()
    all_taken.add(taken, "it")
    assert all_taken.by(path) == by


def test_of_two_at_one_path_the_first_is_named():
    taken = Taken()
    taken.add("a/b", "the first")
    taken.add("a/b", "the second")
    assert taken.by("a/b") == taken.by("a") == "the first"


@pytest.mark.parametrize(
    ("path", "holder"),
    [
        ("index.html", "the page `home`"),
        ("treaties/index.html", "the page `treaties`"),
        ("Glossary/INDEX.html", "the page `glossary` on disks that ignore case"),
        ("feed.xml", "a file of briefgen's own"),
        ("robots.txt", "a file of briefgen's own"),
        ("data/events.json", "a file of briefgen's own"),
        ("404.html", "a file of briefgen's own"),
        ("assets/x.css", "a file of the theme"),
        ("assets/y.css", None),
        ("data/mine.json", None),
        ("CNAME", None),
        (".well-known/security.txt", None),
    ],
)
def test_a_copy_may_not_take_the_place_of_another_file(index, path, holder):
    source = f"content/static/{path}"
    found = check_copies(index, {source: path}, ["assets/x.css"])
    messages = [f"Its place in the output, `{path}`, is that of {holder}."] if holder else []
    assert [one.message for one in found] == messages
    assert all((one.code, one.place.path) == ("static-collision", source) for one in found)


def test_of_two_copies_at_one_place_the_second_is_reported(index):
    copies = {"content/static/x/a.png": "x/a.png", "content/briefings/x/A.png": "x/A.png"}
    (found,) = check_copies(index, copies, [])
    assert found.place.path == "content/static/x/a.png"
    assert "`content/briefings/x/A.png` on disks" in found.message


ENTITY = "- {id: r, name: Russia, kind: place}\n"
TREATY = "- {id: t, name: New START, events: [{date: 2011-02-05, type: in-force}]}\n"
BRIEFING = """---
title: T
date: 2021-01-26
topics: [arms]
annotations: [{quote: Russia, kind: definition, note: A country., date: 2022-01-01}]
moved_from: [old/, old/page.html]
---
Russia and New START.
"""


@pytest.mark.parametrize("urls", ["directory", "file"])
@pytest.mark.parametrize("url", ["", "url: https://example.org/\n"])
def test_what_a_build_writes_is_known_beforehand(tmp_path, monkeypatch, url, urls):
    feeds = "feeds: [site, topics, entities, treaties]\n"
    files = {
        "briefgen.yml": f"title: T\nurls: {urls}\n{feeds}{url}",
        "content/briefings/x.md": BRIEFING,
        "content/entities/e.yml": ENTITY,
        "content/treaties/t.yml": TREATY,
        "content/sources/s.yml": "ap: {title: T}\n",
        "content/pages/about.md": "---\ntitle: About\n---\nWe.\n",
    }
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    seen = []
    monkeypatch.setattr(linking, "check_files", lambda _, index, __: seen.append(index) or [])
    result = pipeline.build(BuildOptions(root=tmp_path.resolve(), as_of=AS_OF))
    assert result.ok
    output = tmp_path / "site"
    written = {file.relative_to(output).as_posix() for file in output.rglob("*") if file.is_file()}
    redirects = {"old/index.html", "old/page.html"}
    own = {path for path in written if not path.startswith((".briefgen-", "assets/"))} - redirects
    assert redirects < written
    assert {path for path, _ in own_outputs(seen[0])} == own


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("briefings/old/", "briefings/old/"),
        ("briefings/old", "briefings/old/"),
        ("old/page.html", "old/page.html"),
        ("old/index.html", "old/"),
        ("index.html", ""),
        ("old.php", "old.php/"),
        ("a%20b/", "a b/"),
        ("cafe\u0301/", "caf\u00e9/"),
        ("../old/", None),
        ("a/%2e%2e/b", None),
        ("/old/", None),
        ("a//b", None),
    ],
)
def test_an_old_address_has_one_form(address, path):
    assert old_path(address) == path
