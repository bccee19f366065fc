"""Scripts in the words of every field: on the pages they are words."""

from __future__ import annotations

import json
from xml.etree import ElementTree as ET

import pytest
from hostile_pages import quoted, strange_in, strange_tags
from hostile_site import ADDRESSES, PAYLOADS, write_site
from site_tester import BuiltPage, SiteTest

BRIEFING = "---\ntitle: T\ndate: 2021-01-26\n{}---\n{}\n"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    return write_site(SiteTest(tmp_path_factory.mktemp("payloads"))).built(jobs=1)


def test_every_tag_of_every_page_is_the_themes(site, vocabulary):
    assert len(site.output.page_files) > 6 * len(PAYLOADS)
    for path in site.output.page_files:
        assert strange_tags(site.output.read(path).decode(), vocabulary) == [], path


@pytest.mark.slow
def test_a_browser_finds_no_element_and_no_attribute_but_the_themes(site, vocabulary):
    for path in site.output.page_files:
        page = BuiltPage(site.output.read(path).decode())  # parsed strictly
        assert strange_in(page, vocabulary) == [], path


def test_a_browser_shows_the_words_as_they_were_written(site):
    for number, words in enumerate(PAYLOADS):
        page = site.page(f"briefings/b{number}/")
        assert page.one("h1").text == words
        assert " ".join(words.split()) in page.reading_text
        assert strange_in(page, {*_pairs(page)}) == []


def _pairs(page):
    for element in page.tree.iter():
        yield element.tag, ""
        yield from ((element.tag, name) for name in element.attrib)


def test_other_files_are_what_their_endings_say(site):
    kinds = {path.rpartition(".")[2] for path in site.output.files}
    assert {"html", "json", "xml", "png"} <= kinds
    for path in site.output.files:
        if path.endswith(".json"):
            json.loads(site.output.read(path))
        if path.endswith(".xml"):
            root = ET.fromstring(site.output.read(path))
            assert {e.tag.partition("}")[2] for e in root.iter()}.isdisjoint({"script", "img"})


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("[words](java\tscript:alert(1))", set()),  # no address of CommonMark's: it stays text
        ("[words](<java\tscript:alert(1)>)", {"refused-scheme"}),
        ("[words](java&#10;script:alert(1))", {"refused-scheme"}),
        ("[words](java&Tab;script&colon;alert(1))", {"refused-scheme"}),
        ("[words](&#106;avascript:alert(1))", {"refused-scheme"}),
        ("[words](javascript&colon;alert(1))", {"refused-scheme"}),
        ("<javascript:alert(1)>", {"refused-scheme"}),
        ("![words](javascript:alert(1))", {"refused-scheme"}),
        ("![words](data:image/svg+xml,<svg/onload=alert(1)>)", {"refused-scheme"}),
        ("[words][r]\n\n[r]: JAVASCRIPT:alert(1)", {"refused-scheme"}),
        ("[[javascript:alert(1)]]", {"unknown-link"}),
        ("[[javascript:alert(1)|words]]", {"unknown-link"}),
        ("[^javascript:alert(1)]", {"unknown-citation"}),
        ('[^"onclick="x]', {"unknown-citation"}),
        ("[@javascript:x, p. <b>]", {"unknown-citation"}),
        ("![words](../../../../../etc/passwd)", {"image-missing"}),
        ("[words](/../../etc/passwd)", {"unknown-link"}),
    ],
)
def test_no_spelling_of_an_address_hides_its_scheme(words, codes, tmp_path, vocabulary):
    site = SiteTest(tmp_path).file(
        "content/briefings/x.md", BRIEFING.format("", f"Read this. {words}")
    )
    site.build(jobs=1)
    assert site.codes == codes
    if site.result.ok:
        assert strange_in(site.page("briefings/x/"), vocabulary) == []


KEYS_OF_NO_WORDS = {
    "id": "invalid-id",
    "slug": "invalid-id",
    "topics": "invalid-id",
    "lang": "invalid-value",
    "translations": "invalid-value",
    "authors": "unknown-author",
    "treaties": "unknown-treaty",
    "article": "file-unreadable",
    "date": "invalid-value",
    "published": "invalid-value",
    "draft": "invalid-value",
    "ignore": "unknown-key",
    "moved_from": "invalid-value",
    "template": "unknown-template",
}
"""Keys that take no words, and what is said of words there."""


@pytest.mark.parametrize("key", KEYS_OF_NO_WORDS)
def test_a_key_that_takes_no_words_refuses_them(key, tmp_path):
    words = quoted(PAYLOADS[0])
    value = {"topics": f"[{words}]", "authors": f"[{words}]", "treaties": f"[{words}]",
             "ignore": f"[{words}]", "translations": f"{{{words}: x}}",
             "moved_from": f"[{quoted('a b' + PAYLOADS[0])}]"}.get(key, words)  # fmt: skip
    head = f"title: T\ndate: 2021-01-26\n{key}: {value}\n"
    if key == "date":
        head = f"title: T\ndate: {words}\n"
    site = SiteTest(tmp_path).file("content/briefings/x.md", f"---\n{head}---\nWords.\n")
    site.build(jobs=1)
    assert not site.result.ok
    assert KEYS_OF_NO_WORDS[key] in site.codes


@pytest.mark.parametrize("address", [a for a in ADDRESSES if "script:alert(1)" in a[:25].lower()])
@pytest.mark.parametrize("field", ["nav: [{Words: %s}]", "authors: {a: {name: A, url: %s}}"])
def test_the_configuration_links_to_no_scheme_that_is_refused(field, address, tmp_path, vocabulary):
    site = SiteTest(tmp_path).file("briefgen.yml", f"title: T\n{field % quoted(address)}\n")
    site.file("content/briefings/x.md", BRIEFING.format("authors: [a]\n" * ("a:" in field), "W."))
    site.built(jobs=1)
    assert "refused-scheme" in site.codes
    for path in site.output.page_files:
        assert strange_tags(site.output.read(path).decode(), vocabulary) == [], path
