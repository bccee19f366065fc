"""What only follows from a file that can't be read is not told beside it."""

import pytest
from site_tester import SiteTest

SOURCES = "pact: {title: The pact, publisher: Pact}\n"
TREATIES = "- {id: pact, name: Pact, sources: [pact]}\n"
ENTITIES = "- {id: jane, kind: person, name: Jane, sources: [pact]}\n"
BRIEFING = (
    "---\ntitle: First\ndate: 2021-01-26\ntreaties: [pact]\n---\n[[jane]] and [[second]]. [^pact]\n"
)
SECOND = "---\ntitle: Second\ndate: 2021-01-27\n---\nWords.\n"
GOOD = {
    "content/sources/all.yml": SOURCES,
    "content/treaties/all.yml": TREATIES,
    "content/entities/all.yml": ENTITIES,
    "content/briefings/first.md": BRIEFING,
    "content/briefings/second.md": SECOND,
}


@pytest.fixture
def site(tmp_path):
    found = SiteTest(tmp_path).file("briefgen.yml", "title: Desk\n")
    for path, text in GOOD.items():
        found.file(path, text)
    return found.built(jobs=1)


@pytest.mark.parametrize(
    ("path", "old", "new", "code"),
    [
        ("content/sources/all.yml", "pact: {", "pact: {{", "yaml-syntax"),
        ("content/treaties/all.yml", "{id", "{id: {", "yaml-syntax"),
        ("content/treaties/all.yml", ", name: Pact", "", "missing-key"),
        ("content/entities/all.yml", "Jane,", "Jane: ,", "yaml-syntax"),
        ("content/briefings/second.md", "---\nWords", "Words", "front-matter-missing"),
        ("content/briefings/second.md", "title: Second\n", "", "missing-key"),
    ],
)
def test_the_mistake_is_told_alone(site, path, old, new, code):
    site.file(path, GOOD[path].replace(old, new)).build(jobs=1)
    assert not site.result.ok
    errors = [one for one in site.diagnostics if one.level == "error"]
    assert [(one.place.path, one.code) for one in errors] == [(path, code)]


def test_what_is_missing_for_another_reason_is_told(site):
    site.file("content/briefings/first.md", BRIEFING.replace("[pact]", "[pakt]"))
    site.file("content/sources/all.yml", SOURCES.replace("{", "{{")).build(jobs=1)
    assert site.codes == {"unknown-treaty", "yaml-syntax"}


def test_all_is_told_once_the_file_can_be_read(site):
    site.file("content/treaties/all.yml", TREATIES.replace("id: pact", "id: other")).build(jobs=1)
    assert site.codes == {"unknown-treaty"}
