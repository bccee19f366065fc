"""The Big List of Naughty Strings, each in every field that shows words."""

from __future__ import annotations

import json

import pytest
from hostile_pages import quoted, strange_tags
from site_tester import SiteTest

REFUSED = {"invalid-value", "missing-key", "yaml-syntax", "unknown-link"}
"""What an author is told of strings that hold no words, a control character, or a dead link."""


@pytest.fixture(scope="module")
def strings(shared):
    found = json.loads((shared / "conformance" / "blns.json").read_text(encoding="utf-8"))
    assert len(found) == 515
    return found


def write_fields(site: SiteTest, number: int, text: str) -> None:
    """Write a string as title, summary, body, note, alias, topic and the like."""
    words = quoted(text)
    site.file(
        f"content/briefings/b{number}.md",
        f"---\ntitle: {words}\ndate: 2021-01-26\nsummary: {words}\nkey_points: [{words}]\n"
        f"topics: [t{number}]\nsources: {{own: {{title: {words}, publisher: {words}}}}}\n"
        f"annotations:\n- {{quote: the anchor, note: {words}, sources: [own, s{number}]}}\n"
        f"corrections: [{{date: 2021-02-02, text: {words}}}]\n---\n"
        f"Words after the anchor.\n\n{text}\n",
    )
    site.file(
        f"content/entities/e{number}.yml",
        f"- {{id: e{number}, kind: term, name: Name {number}, aliases: [{words}],"
        f" description: {words}}}\n",
    )
    site.file(f"content/topics/t{number}.yml", f"- {{id: t{number}, name: {words}}}\n")
    site.file(f"content/sources/s{number}.yml", f"s{number}: {{title: {words}}}\n")


@pytest.mark.slow
def test_words_of_any_kind_are_shown_as_words(strings, tmp_path, vocabulary):
    site = SiteTest(tmp_path)
    for number, text in enumerate(strings):
        write_fields(site, number, text)
    site.build(jobs=1)
    errors = [one for one in site.diagnostics if one.level == "error"]
    assert {one.code for one in errors} <= REFUSED
    assert all(one.place.line for one in errors)
    wrong = {one.place.path.rpartition("/")[2][1:].partition(".")[0] for one in errors}
    assert len(wrong) < 20
    for number in wrong:
        for path in ("briefings/b{}.md", "entities/e{}.yml", "topics/t{}.yml", "sources/s{}.yml"):
            site.remove("content/" + path.format(number))
    site.built(jobs=1)
    output = site.output
    assert sum(path.startswith("briefings/") for path in output.page_files) > 490
    for path in output.page_files:
        assert strange_tags(output.read(path).decode(), vocabulary) == [], path
    for path in output.files:
        if path.endswith(".json"):
            json.loads(output.read(path))


def test_an_id_of_any_kind_is_an_address_or_an_error(strings, tmp_path, vocabulary):
    site = SiteTest(tmp_path)
    for number, text in enumerate(strings):
        site.file(
            f"content/pages/p{number}.md", f"---\ntitle: T\nid: {quoted(text)}\n---\nWords.\n"
        )
    site.build(jobs=1)
    errors = [one for one in site.diagnostics if one.level == "error"]
    codes = {one.code for one in errors}
    assert codes == {"duplicate-id", "invalid-id", "invalid-value", "route-collision"}
    assert all(one.place.path for one in errors)
    for path in {one.place.path for one in errors}:
        site.remove(path)
    site.built(jobs=1)
    assert site.output.read("undefined/index.html")
    for path in site.output.page_files:
        assert strange_tags(site.output.read(path).decode(), vocabulary) == [], path


KEYS = {
    "topic": (
        "content/briefings/x{n}.md",
        "---\ntitle: T\ndate: 2021-01-26\ntopics: [{id}]\n---\nW.\n",
    ),
    "entity": ("content/entities/x{n}.yml", "- {{id: {id}, kind: term, name: Name}}\n"),
    "source": ("content/sources/x{n}.yml", "{id}: {{title: T}}\n"),
    "annotation": (
        "content/briefings/x{n}.md",
        "---\ntitle: T\ndate: 2021-01-26\nannotations: [{{id: {id}, quote: W, note: N}}]\n---\nW.\n",
    ),
}
"""Where else an author writes an id, the strings being read as YAML has them."""


@pytest.mark.slow
@pytest.mark.parametrize("kind", KEYS)
def test_an_id_of_any_kind_of_thing_is_an_address_or_an_error(kind, strings, tmp_path, vocabulary):
    site = SiteTest(tmp_path).file(
        "content/briefings/y.md", "---\ntitle: T\ndate: 2021-01-26\n---\n"
    )
    path, text = KEYS[kind]
    for number, words in enumerate(strings):
        site.file(path.format(n=number), text.format(id=quoted(words)))
    site.build(jobs=1)
    errors = [one for one in site.diagnostics if one.level == "error"]
    assert {one.code for one in errors} <= {
        "duplicate-id", "invalid-id", "invalid-value", "missing-key", "route-collision", "yaml-syntax",
    }  # fmt: skip
    assert len({one.place.path for one in errors}) > 300
    for wrong in {one.place.path for one in errors}:
        site.remove(wrong)
    site.built(jobs=1)
    for page in site.output.page_files:
        assert strange_tags(site.output.read(page).decode(), vocabulary) == [], page


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<p>Words.</p>", []),
        ('<p>See <a href="../x/">x</a></p>', []),
        ("<p>See <b<i></p>", ["1 `<` that begin no tag"]),
        ("<p onclick=x></p>", ["1 `<` that begin no tag"]),
        ('<p onclick="x"></p>', ["<p onclick>"]),
        ('<a href="javascript:x">x</a>', ['<a href="javascript:x">']),
        ("<iframe></iframe>", ["<iframe >", "<iframe >"]),
    ],
)
def test_what_is_strange_is_seen(html, found, vocabulary):
    assert strange_tags(html, vocabulary) == found
