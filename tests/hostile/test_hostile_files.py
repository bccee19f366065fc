"""Files that are not what they seem: bytes, sizes, names, links on the disk."""

from __future__ import annotations

import errno
import os
import unicodedata
from pathlib import Path

import pytest
from site_tester import SiteTest

HEAD = "---\ntitle: {}\ndate: 2021-01-26\n{}---\n"
TEXT = HEAD.format("T", "") + "Words of the article.\n"
OTHER = HEAD.format("Other", "") + "It leads to [[nowhere-at-all]].\n"
RAW = HEAD.format("T", "article: ../../seeds/x.txt\n")

PLACES = {
    "a briefing": "content/briefings/x.md",
    "a page": "content/pages/x.md",
    "an entity": "content/entities/x.yml",
    "a treaty": "content/treaties/x.md",
    "a topic": "content/topics/x.yml",
    "sources": "content/sources/x.yml",
    "CSL": "content/sources/x.json",
    "BibTeX": "content/sources/x.bib",
    "an article": "seeds/x.txt",
}

BYTES = {
    "bytes of no character": (b"words \xff\n", "file-encoding"),
    "half a pair of UTF-16": (b"words \xed\xa0\x80\n", "file-encoding"),
    "an overlong slash": (b"words \xc0\xaf\n", "file-encoding"),
    "a NUL": (b"words \0\n", "file-nul"),
    "UTF-16": ("words\n".encode("utf-16"), "file-encoding"),
    "UTF-16 without a mark": ("words\n".encode("utf-16-le"), "file-nul"),
    "UTF-32": ("words\n".encode("utf-32"), "file-encoding"),
    "50 MB": (b"words\n" * 8_400_000, "file-too-large"),
}


def site_with(folder: Path, path: str, data: str | bytes) -> SiteTest:
    site = SiteTest(folder).file("content/briefings/other.md", OTHER).file(path, data)
    return site.file("content/briefings/x.md", RAW) if path.startswith("seeds/") else site


def assert_found(site: SiteTest, path: str, code: str) -> None:
    """See that an error is told of the file, and that the other page was checked all the same."""
    assert not site.result.ok
    errors = {(one.place.path, one.code) for one in site.diagnostics if one.level == "error"}
    assert errors == {(path, code), ("content/briefings/other.md", "unknown-link")}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("kind", BYTES)
def test_bytes_that_are_no_text(kind, place, tmp_path):
    data, code = BYTES[kind]
    site = site_with(tmp_path, PLACES[place], data).build(jobs=1)
    assert_found(site, PLACES[place], code)
    assert_found(site.build(jobs=1), PLACES[place], code)  # the cache makes nothing of it


@pytest.mark.parametrize("place", ["a briefing", "an article", "an entity"])
def test_a_file_of_a_terabyte_of_nothing_is_not_read(place, tmp_path):
    site = site_with(tmp_path, PLACES[place], "")
    os.truncate(tmp_path / PLACES[place], 1 << 40)
    for _ in range(2):
        assert_found(site.build(jobs=1), PLACES[place], "file-too-large")


@pytest.mark.parametrize(
    "change",
    [
        lambda text: b"\xef\xbb\xbf" + text,
        lambda text: text.replace(b"\n", b"\r\n"),
        lambda text: text.replace(b"\n", b"\r"),
        lambda text: b"\xef\xbb\xbf" + text.replace(b"\n", b"\r\n"),
    ],
    ids=["a byte order mark", "line ends of Windows", "of old Macs", "both"],
)
@pytest.mark.parametrize("text", [TEXT, RAW])
def test_marks_and_line_ends_make_no_difference(text, change, tmp_path):
    article = "First line\nsecond line.\n\nAnother paragraph.\n"
    pages = []
    for name, changed in (("plain", lambda text: text), ("changed", change)):
        site = SiteTest(tmp_path / name).file("content/briefings/x.md", changed(text.encode()))
        site.file("seeds/x.txt", changed(article.encode())).built(jobs=1)
        pages.append(site.output.read("briefings/x/index.html"))
    assert pages[0] == pages[1]


NFC, NFD = (unicodedata.normalize(form, "café") for form in ("NFC", "NFD"))
PAIRS = {
    "one id": ("a/x", "b/x", "duplicate-id"),
    "one id behind a date": ("2021-01-26-x", "2021-02-03-x", "duplicate-id"),
    "names that differ in case": ("x", "X", "route-collision"),
    "names that differ in Unicode form": (f"a/{NFC}", f"b/{NFD}", "duplicate-id"),
    "a sharp s in two forms": ("straße", "strasse", "route-collision"),
}


@pytest.mark.parametrize("pair", PAIRS)
@pytest.mark.parametrize("kind", ["briefings", "entities", "treaties", "topics", "pages"])
def test_names_that_some_disks_take_for_one(kind, pair, tmp_path):
    first, second, code = PAIRS[pair]
    head = {"briefings": "title: T\ndate: 2021-01-26", "entities": "name: N\nkind: term",
            "pages": "title: T"}.get(kind, "name: N")  # fmt: skip
    site = SiteTest(tmp_path).file("content/briefings/other.md", OTHER)
    paths = [f"content/{kind}/{name}.md" for name in (first, second)]
    for path in paths:
        site.file(path, f"---\n{head}\n---\nWords.\n")
    site.build(jobs=1)
    (found,) = (one for one in site.diagnostics if one.code == code)
    assert found.place.path in paths
    assert any(path in found.message for path in paths)
    assert "unknown-link" in site.codes


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("content/pages/con.md", "invalid-id"),
        ("content/pages/NUL.md", "invalid-id"),
        ("content/pages/com1.x.md", "invalid-id"),
        ("content/pages/a b.md", "invalid-id"),
        ("content/pages/a%2fb.md", "invalid-id"),
        ("content/pages/a\nb.md", "invalid-id"),
        ("content/pages/a<b>.md", "invalid-id"),
        ("content/pages/-rf.md", "invalid-id"),
        (f"content/pages/{'a' * 200}.md", "invalid-id"),
        ("content/pages/404.md", "route-collision"),
        ("content/pages/data.md", "route-collision"),
        ("content/pages/glossary.md", "route-collision"),
        ("content/pages/Feed.xml.md", "route-collision"),
        ("content/static/index.html", "static-collision"),
        ("content/static/INDEX.HTML", "static-collision"),
        ("content/static/briefings", "static-collision"),
        ("content/static/404.html/x", "static-collision"),
        ("content/static/assets/dossier.css", "static-collision"),
        ("content/static/data/mentions.json", "static-collision"),
        ("content/static/briefings/other/index.html/x", "static-collision"),
    ],
)
def test_names_that_are_taken_or_reserved(path, code, tmp_path):
    site = site_with(tmp_path, path, "---\ntitle: T\n---\nWords.\n").build(jobs=1)
    assert_found(site, path, code)


def test_files_of_odd_names_are_copied(tmp_path):
    names = ["a\nb.txt", "'\"<x>&.txt", f"{NFD}.txt", "nul.txt", "..x", "x" * 250]
    site = SiteTest(tmp_path).file("content/briefings/x.md", TEXT)
    for name in names:
        site.file(f"content/static/{name}", name)
    site.built(jobs=1)
    shown = [name for name in names if not name.startswith(".")]
    assert {name for name in shown if site.output.read(name).decode() == name} == set(shown)


LINKS = {
    "a briefing": "content/briefings/x.md",
    "a folder of briefings": "content/briefings/folder",
    "all briefings": "content/briefings",
    "entities": "content/entities/x.yml",
    "a picture": "content/briefings/x.png",
    "a static file": "content/static/x.txt",
    "a static folder": "content/static/folder",
    "all of it": "content/static",
}


@pytest.mark.parametrize("link", LINKS)
def test_a_link_out_of_the_site_is_not_followed(link, tmp_path):
    outside = SiteTest(tmp_path / "outside")
    outside.file("secret.md", TEXT).file("folder/secret.md", TEXT).file("x.yml", "- {id: secret}")
    place = LINKS[link]
    target = outside.root / ("folder" if "." not in place else "secret.md")
    site = SiteTest(tmp_path / "site").file("content/pages/other.md", "---\ntitle: T\n---\n[[x]]")
    (site.root / place).parent.mkdir(parents=True, exist_ok=True)
    (site.root / place).symlink_to(target)
    site.build(jobs=1)
    assert not site.result.ok
    errors = {(one.place.path, one.code) for one in site.diagnostics if one.level == "error"}
    assert errors == {(place, "path-outside-site"), ("content/pages/other.md", "unknown-link")}


@pytest.mark.parametrize("article", ["raw/link.txt", "raw/folder/secret.txt"])
def test_an_article_behind_a_link_out_of_the_site_is_not_read(article, tmp_path):
    SiteTest(tmp_path / "outside").file("secret.txt", "A secret.\n")
    site = SiteTest(tmp_path / "site").file("raw/x.txt", "words")
    (site.root / "raw/link.txt").symlink_to(tmp_path / "outside/secret.txt")
    (site.root / "raw/folder").symlink_to(tmp_path / "outside")
    head = HEAD.format("T", f"article: ../../{article}\n")
    for _ in range(2):
        site.file("content/briefings/x.md", head).build(jobs=1)
        assert not site.result.ok
        errors = [(one.place.path, one.code) for one in site.diagnostics if one.level == "error"]
        assert errors == [(article, "path-outside-site")]


@pytest.mark.parametrize(
    ("article", "code"),
    [
        ("/etc/passwd", "path-outside-site"),
        ("../../../../../../../etc/passwd", "path-outside-site"),
        ("/dev/zero", "path-outside-site"),
        ("../../seeds/../../x.txt", "path-outside-site"),
        (".", "file-unreadable"),
        ("../../seeds/pipe", "file-unreadable"),
        ("../../seeds/round", "file-unreadable"),
        ("a/" * 3000, "file-unreadable"),
        ("a" * 5000, "file-unreadable"),
        ('"a\\0b"', "invalid-value"),
    ],
)
def test_articles_that_are_no_files_of_the_site(article, code, tmp_path):
    site = SiteTest(tmp_path).file("seeds/x.txt", "words")
    os.mkfifo(tmp_path / "seeds/pipe")
    (tmp_path / "seeds/round").symlink_to("round")
    site.file("content/briefings/other.md", OTHER)
    site.file("content/briefings/x.md", HEAD.format("T", f"article: {article}\n"))
    for _ in range(2):  # a pipe must not hold up a build that looks for changes either
        site.build(jobs=1)
        found = {(one.place.path, one.place.line) for one in site.diagnostics if one.code == code}
        assert ("content/briefings/x.md", 4) in found
        assert "unknown-link" in site.codes


def test_links_that_go_round_and_pipes_hold_up_nothing(tmp_path):
    site = SiteTest(tmp_path).file("content/briefings/other.md", OTHER)
    briefings = tmp_path / "content/briefings"
    (briefings / "self.md").symlink_to("self.md")
    (briefings / "up").symlink_to("..")
    (briefings / "nowhere.md").symlink_to("nothing")
    os.mkfifo(briefings / "pipe.md")
    site.build(jobs=1)
    found = {
        one.place.path.rpartition("/")[2] for one in site.diagnostics if one.code[:5] == "file-"
    }
    assert found == {"self.md", "up", "nowhere.md", "pipe.md"}
    assert "unknown-link" in site.codes


def test_folders_nested_by_the_hundreds(tmp_path):
    deep = "a/" * 400  # no more, so that Python's own functions can remove it again
    site = SiteTest(tmp_path).file(f"content/briefings/{deep}x.md", TEXT)
    site.file(f"content/static/{deep}x.txt", "words").built(jobs=1)
    assert (tmp_path / f"site/{deep}x.txt").read_bytes() == b"words"
    assert site.page("briefings/x/").reading_text == "Words of the article."


def test_names_that_are_no_text(tmp_path):
    site = SiteTest(tmp_path).file("content/briefings/other.md", OTHER)
    site.file("content/static/x", "x")
    for folder in (b"briefings", b"static"):
        path = os.fsencode(tmp_path) + b"/content/" + folder + b"/\xff\xfe.md"
        try:
            Path(os.fsdecode(path)).write_text(TEXT, encoding="utf-8")
        except OSError:
            pytest.skip("this disk takes no such names")
    site.build(jobs=1)
    found = [one for one in site.diagnostics if one.code == "file-encoding"]
    assert [one.place.path.isprintable() for one in found] == [True, True]
    assert "unknown-link" in site.codes


@pytest.mark.parametrize("place", PLACES)
def test_files_that_may_not_be_read(place, tmp_path, monkeypatch):
    site = site_with(tmp_path, PLACES[place], "words")
    system_open = os.open

    def refuse(path, *rest, **more):  # as the system does, unless one is its administrator
        if str(path).endswith(PLACES[place]):
            raise PermissionError(errno.EACCES, "Permission denied")
        return system_open(path, *rest, **more)

    monkeypatch.setattr(os, "open", refuse)
    site.build(jobs=1)
    path = "content/briefings/x.md" if place == "an article" else PLACES[place]
    assert_found(site, path, "file-unreadable")


@pytest.mark.parametrize("place", PLACES)
def test_folders_where_files_should_be(place, tmp_path):
    site = site_with(tmp_path, PLACES[place] + "/x", "")
    site.build(jobs=1)
    assert "unknown-link" in site.codes
    if place == "an article":
        assert "file-unreadable" in site.codes
