"""A fault in one file stands before what comes of it in others, and nothing is held back."""

import pytest
from site_tester import SiteTest

from briefgen.build.options import BuildOptions
from briefgen.build.pipeline import build

GOOD = {
    "briefgen.yml": "title: Desk\nurl: https://example.org/\nnav: [briefings, about]\n",
    "content/sources/all.yml": "pact: {title: The pact, publisher: Pact}\n",
    "content/sources/more.bib": "@book{Pact1949, title={The Pact}, year={1949}}\n",
    "content/sources/more.json": '[{"id": "csl", "type": "book", "title": "The Book"}]\n',
    "content/treaties/pact.md": "---\nname: Pact\nsources: [pact]\n"
    "events: [{date: 1949-04-04, type: signed, signatories: [jane]}]\n---\n",
    "content/entities/all.yml": "- {id: jane, kind: person, name: Jane, sources: [pact]}\n",
    "content/pages/about.md": "---\ntitle: About\n---\nWords.\n",
    "content/briefings/first.md": "---\ntitle: First\ndate: 2021-01-26\ntreaties: [pact]\n"
    "entities: {Janet: jane}\n---\nJanet, [[jane]], [[second]] and [it](second.md), "
    "[[about]]. [^pact] [^Pact1949] [^csl]\n",
    "content/briefings/second.md": "---\ntitle: Second\ndate: 2021-01-27\n---\nWords.\n",
}
FIRST = "content/briefings/first.md"


@pytest.fixture
def site(tmp_path):
    found = SiteTest(tmp_path)
    for path, text in GOOD.items():
        found.file(path, text)
    return found.built(jobs=1)


def told(site):
    """Where each finding is, its code and its cause, in order."""
    return [
        (one.place.path, one.code, one.cause)
        for one in site.diagnostics
        if one.level in ("error", "warning")
    ]


@pytest.mark.parametrize(
    ("path", "old", "new", "cause", "following"),
    [
        ("content/sources/all.yml", "{title", "{{title", "yaml-syntax", 3),
        ("content/sources/more.json", "[{", "[{{", "yaml-syntax", 1),
        ("content/treaties/pact.md", "---\nname", "name", "front-matter-missing", 1),
        ("content/entities/all.yml", "Jane,", "Jane: ,", "yaml-syntax", 2),
        ("content/entities/all.yml", "Jane,", "Jane\0,", "file-nul", 2),
        ("content/entities/all.yml", ", name: Jane", "", "missing-key", 2),
        ("content/pages/about.md", "title: About\n", "", "missing-key", 2),
        ("content/briefings/second.md", "---\nWords", "Words", "front-matter-missing", 2),
        ("content/briefings/second.md", "title: Second\n", "", "missing-key", 2),
    ],
)
def test_a_cause_stands_before_what_follows_from_it(site, path, old, new, cause, following):
    site.file(path, GOOD[path].replace(old, new)).build(jobs=1)
    first, *others = told(site)
    assert first == (path, cause, "")
    behind = [one for one in others if one[2]]
    assert behind == others[len(others) - len(behind) :]  # at the end, all together
    assert {one[2] for one in behind} == {path}
    assert len(behind) == following
    advice = f"`{path}` has it, and is in error itself: mend that file first."
    # Where the file can't be parsed, the name that is near is told as well.
    near = "\nDid you mean `Pact1949`?" if path == "content/sources/all.yml" else ""
    assert {one.help for one in site.diagnostics if one.cause} == {advice + near}


def test_what_is_missing_for_another_reason_is_told_as_ever(site):
    site.file(FIRST, GOOD[FIRST].replace("Janet: jane", "Janet: jnae"))
    site.file("content/entities/all.yml", "- {id: jane, name: J: }\n").build(jobs=1)
    assert told(site) == [
        ("content/entities/all.yml", "yaml-syntax", ""),
        (FIRST, "unknown-entity", ""),
        (FIRST, "unknown-link", "content/entities/all.yml"),
    ]


LISTED = """# - id: old
- id: bob
  kind: person
  extra: {wikidata: {id: q7184}}
  # id: older
- kind: person
  extra:
    id: q7185
  note: |
    id: q7186
  id: 'eve'
- {kind: person, extra: {id: q7187}, id: fay} # {id: gil}
-
  id: hal
  name: J: {bad}
"""


@pytest.mark.parametrize("bad", ["J: {bad}", ""])  # parsed or not, `kind` is missing
def test_only_what_a_file_gives_an_entry_as_its_id_counts(site, bad):
    names = ["old", "older", "q7184", "q7185", "q7186", "q7187", "gil", "bob", "eve", "fay", "hal"]
    links = " ".join(f"[[{name}]]" for name in names)
    site.file("content/briefings/second.md", f"---\ntitle: S\ndate: 2021-01-27\n---\n{links}\n")
    text = LISTED.replace("J: {bad}", bad)
    site.file("content/entities/more.yml", text).build(jobs=1)
    path = "content/entities/more.yml"
    given = {one.message.split("`")[1] for one in site.diagnostics if one.cause == path}
    assert given == {"[[bob]]", "[[eve]]", "[[fay]]", "[[hal]]"}


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("content/treaties/t.md", "---\nname: a: b\n---\nid: jnae\n"),
        ("content/treaties/t.md", "---\nextra:\n  id: jnae\n---\n"),
        ("content/treaties/t.md", "---\nname: a: b\n# id: jnae\n---\n"),
        ("content/treaties/t.md", "name: a\n\nid: jnae\n"),
        ("content/entities/t.yml", "- {id: x, name: J: , extra: {id: jnae}}\n"),
        ("content/entities/t.yml", "- {id: x, name: Jane, extra: {id: jnae}}\n"),
        ("content/sources/t.json", '[{"id": "x", "author": [{"id": "jnae"}]]'),
        ("content/sources/t.bib", "@comment{jnae, of old}\n@book{x, title={T}\n"),
    ],
)
def test_what_stands_elsewhere_in_a_file_is_no_id(site, path, text):
    site.file(path, text)
    site.file(FIRST, GOOD[FIRST].replace("[[jane]]", "[[jnae]] [^jnae]")).build(jobs=1)
    assert any(one.place.path == path and one.level == "error" for one in site.diagnostics)
    told = [one for one in site.diagnostics if "`[[jnae]]`" in one.message]
    assert [one.help for one in told] == ["Did you mean `jane`?"]
    assert not any(one.cause for one in site.diagnostics if one.place.path == FIRST)


@pytest.mark.parametrize(
    ("entry", "near"),
    [
        ("{id: jnae, name: J: }", "\nDid you mean `jane`?"),  # what was found in text may be none
        ("{id: jnae, name: J}", ""),
    ],
)
def test_a_near_name_is_told_too_where_the_cause_is_uncertain(site, entry, near):
    site.file("content/entities/more.yml", f"- {entry}\n")
    site.file(FIRST, GOOD[FIRST].replace("[[jane]]", "[[jnae]]")).build(jobs=1)
    (one,) = (one for one in site.diagnostics if one.place.path == FIRST and one.level == "error")
    path = "content/entities/more.yml"
    assert one.help == f"`{path}` has it, and is in error itself: mend that file first.{near}"


def test_an_emptied_file_stands_before_the_ids_that_are_missing(site):
    site.file("content/entities/all.yml", "").build(jobs=1)
    assert told(site)[0] == ("content/entities/all.yml", "file-empty", "")
    assert not any(cause for _, _, cause in told(site))  # no id stands there


def test_the_order_is_that_of_a_clean_build_with_any_number_of_processes(site):
    for i in range(30):
        site.file(f"content/briefings/more-{i}.md", GOOD[FIRST].replace("Janet:", f"J{i}:"))
    site.file("content/entities/all.yml", GOOD["content/entities/all.yml"].replace("Jane,", "J: ,"))
    site.build(jobs=1)
    first = site.diagnostics
    for options in ({"jobs": 1}, {"jobs": 2}, {"jobs": 2, "clean": True}, {"clean": True}):
        assert site.build(**options).diagnostics == first
    checked = build(BuildOptions(root=site.root, as_of=site.as_of), write=False)
    assert checked.diagnostics == first


def test_a_name_in_an_event_that_is_near_to_others_follows_too(site):
    others = "- {id: jan, kind: person, name: Jan}\n"
    site.file("content/entities/others.yml", others).built(jobs=1)
    site.file("content/entities/all.yml", GOOD["content/entities/all.yml"].replace("Jane,", "J: ,"))
    site.build(jobs=1)
    event = ("content/treaties/pact.md", "unknown-entity", "content/entities/all.yml")
    assert event in told(site)


def test_a_draft_that_the_navigation_names(site):
    page = GOOD["content/pages/about.md"].replace("title", "draft: true\ntitle")
    site.file("content/pages/about.md", page).build(jobs=1)
    (found,) = (one for one in site.diagnostics if one.place.path == "briefgen.yml")
    assert found.message == "`about` is a draft, so there is no page to lead to."
