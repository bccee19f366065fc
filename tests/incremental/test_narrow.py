"""The narrow way: the index that it thaws is the one that was frozen, and it renders as little."""

import shutil

import pytest
from desk import write_desk
from edits import swap
from site_tester import PROJECT, SiteTest

from briefgen.build import linking, narrow, pipeline, publish
from briefgen.build.cache import Cache
from briefgen.build.options import BuildOptions
from briefgen.link.frozen import freeze, thaw
from briefgen.model.dates import Day
from briefgen.render.dossier import LATEST

MAPPINGS = (
    "briefings", "entities", "treaties", "sources", "topics", "pages", "writings", "routes",
    "addresses", "mentioned", "mentions", "backlinks", "cited_by", "by_topic", "related", "files",
    "paths", "moved",
)  # fmt: skip


@pytest.fixture
def desk(tmp_path):
    for name in ("content", "seeds"):
        shutil.copytree(PROJECT / name, tmp_path / name)
    shutil.copy(PROJECT / "briefgen.yml", tmp_path)
    return tmp_path


def build(root):
    """Build as `serve` does: a build that indexes pages for search takes the whole way."""
    options = BuildOptions(root=root, as_of=Day("2026-11-24"), infos=False, search=False)
    return pipeline.build(options)


def test_a_thawed_index_is_the_index(desk, monkeypatch):
    seen = {}
    link = linking.build_index

    def linked(material):
        seen["material"] = material
        seen["index"], faults = link(material)
        return seen["index"], faults

    monkeypatch.setattr(linking, "build_index", linked)
    assert build(desk).ok
    index = seen["index"]
    again = thaw(freeze(index), seen["material"], lambda id_: index.briefings[id_])
    for name in MAPPINGS:
        expected, found = getattr(index, name), getattr(again, name)
        assert list(found) == list(expected) or name in ("paths", "mentions"), name
        assert {key: found[key] for key in found} == dict(expected), name
    assert len(index.mentions) > 20
    assert len(index.backlinks) > 5


def edit(root, old, new):
    path = root / "content/briefings/2026-02-05-expiry.md"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture
def taken(monkeypatch):
    calls = []
    publish_some = narrow.publish_some

    def noted(*arguments):
        calls.append(1)
        return publish_some(*arguments)

    monkeypatch.setattr(narrow, "publish_some", noted)
    return calls


def first_paragraph(root):
    text = (root / "content/briefings/2026-02-05-expiry.md").read_text(encoding="utf-8")
    body = text.split("---\n", 2)[2]
    return next(p for p in body.split("\n\n") if p[:1].isalpha()).split("\n")[0]


def at_rest(root):
    """Let the clock of the disk pass on, so that the build may trust what it sees."""
    import time

    time.sleep(0.08)
    return root


def test_an_edit_of_a_text_goes_the_narrow_way(desk, taken):
    assert build(at_rest(desk)).ok
    line = first_paragraph(desk)
    edit(desk, line, f"{line} So it is.")
    result = build(at_rest(desk))
    assert taken == [1]
    assert "briefings/expiry/index.html" in result.stats.reasons
    assert result.stats.rendered == 3  # its own page, and two that show its first sentence
    assert "So it is." in (desk / "site/briefings/expiry/index.html").read_text(encoding="utf-8")


def test_an_edit_reads_no_study_that_it_does_not_need(desk, monkeypatch):
    """What it costs does not grow with what all other briefings say."""
    assert build(at_rest(desk)).ok
    asked = []
    studies = Cache.studies

    def noted(cache, paths=None):
        asked.append(paths)
        return studies(cache, paths)

    monkeypatch.setattr(Cache, "studies", noted)
    line = first_paragraph(desk)
    for number in range(3):  # each stands on what the one before has left
        edit(desk, line, f"{line} So it is, {number}.")
        result = build(at_rest(desk))
        assert result.ok
        assert result.stats.studies_made == 1
    assert asked
    assert None not in asked
    page = (desk / "site/briefings/expiry/index.html").read_text(encoding="utf-8")
    assert "So it is, 2." in page


def test_what_was_studied_and_not_published_is_no_ground_for_an_edit(desk, monkeypatch):
    assert build(at_rest(desk)).ok
    edit(desk, "title: ", "title: Again, ")
    with monkeypatch.context() as patch:
        patch.setattr(publish, "publish", interrupted)
        with pytest.raises(KeyboardInterrupt):
            build(at_rest(desk))
    assert "briefings/expiry/index.html" in build(at_rest(desk)).stats.reasons
    assert "Again, " in (desk / "site/briefings/expiry/index.html").read_text(encoding="utf-8")


def test_of_many_mentions_a_dossier_has_the_newest_sentences(tmp_path):
    """An edit of one that it has makes the dossier anew, an edit of an older one does not."""
    site = SiteTest(tmp_path).file("briefgen.yml", "title: Desk\n")
    site.file("content/entities/oslo.yml", "- {id: oslo, kind: place, name: Oslo}\n")
    names = [f"content/briefings/b{number:02}.md" for number in range(LATEST + 2)]
    for number, name in enumerate(names):
        date = f"2020-{number // 28 + 1:02}-{number % 28 + 1:02}"
        site.file(name, f"---\ntitle: Note {number}\ndate: {date}\n---\nThey met in Oslo.\n")
    assert build(at_rest(site.root)).ok
    for name, dossier in ((names[0], set()), (names[-1], {"entities/oslo/index.html"})):
        path = site.root / name
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("They met", "They all met"), encoding="utf-8")
        reasons = build(at_rest(site.root)).stats.reasons
        assert set(reasons) == {f"briefings/{path.stem}/index.html"} | dossier
    page = site.root / "site/entities/oslo/index.html"
    found = page.read_bytes()
    shutil.rmtree(site.root / "site")
    shutil.rmtree(site.root / ".briefgen")
    build(site.root)
    assert page.read_bytes() == found
    assert found.count(b"They all met") == 1


def interrupted(*_arguments, **_more):
    raise KeyboardInterrupt


def test_a_text_that_was_saved_as_it_was_goes_the_narrow_way(desk, taken):
    assert build(at_rest(desk)).ok
    (desk / "content/briefings/2026-02-05-expiry.md").touch()
    result = build(at_rest(desk))
    assert taken == [1]
    assert result.stats.rendered == result.stats.written == 0
    (desk / "site/glossary/index.html").unlink()
    (desk / "content/briefings/2026-02-05-expiry.md").touch()
    assert "glossary/index.html" in build(at_rest(desk)).stats.reasons


def test_an_edit_that_others_see_does_not(desk, taken):
    assert build(at_rest(desk)).ok
    edit(desk, "title: ", "title: Again, ")
    result = build(at_rest(desk))
    assert taken == []
    assert "index.html" in result.stats.reasons


def test_a_lost_file_of_the_output_is_restored(desk, taken):
    assert build(at_rest(desk)).ok
    (desk / "site/glossary/index.html").unlink()
    line = first_paragraph(desk)
    edit(desk, line, f"{line} So it is.")
    result = build(at_rest(desk))
    assert "glossary/index.html" in result.stats.reasons
    assert (desk / "site/glossary/index.html").is_file()


def test_what_a_failed_build_has_read_is_not_forgotten(desk, taken):
    assert build(at_rest(desk)).ok
    broken = desk / "content/briefings/2019-08-02-inf-ends.md"
    text = broken.read_text(encoding="utf-8")
    broken.write_text(text.replace("quote: ", "quote: Not there: ", 1), encoding="utf-8")
    assert not build(at_rest(desk)).ok
    line = first_paragraph(desk)
    edit(desk, line, f"{line} So it is.")
    assert not build(at_rest(desk)).ok  # one text is edited, another is still in error
    broken.write_text(text.replace("title: ", "title: Again, ", 1), encoding="utf-8")
    result = build(at_rest(desk))
    assert result.ok
    assert "index.html" in result.stats.reasons
    assert "briefings/expiry/index.html" in result.stats.reasons
    assert taken == []


def test_lines_of_the_configuration_are_those_it_has_now(desk, taken):
    config = desk / "briefgen.yml"
    text = config.read_text(encoding="utf-8") + "extra_css: [gone.css]\n"
    config.write_text(text, encoding="utf-8")
    first = build(at_rest(desk)).diagnostics
    config.write_text("# a line more\n" + text, encoding="utf-8")
    line = first_paragraph(desk)
    edit(desk, line, f"{line} So it is.")
    second = build(at_rest(desk)).diagnostics
    assert [one.place.line + 1 for one in first] == [one.place.line for one in second]
    assert first


def test_a_briefing_that_is_the_article_of_another(tmp_path):
    """An edit of the one is an edit of both."""
    site = write_desk(tmp_path)
    site.file(
        "content/briefings/2020-11-22-open-skies-end.md",
        "---\ntitle: Open skies end\ndate: 2020-11-22\narticle: 2022-05-01-quiet.md\n---\n",
    )
    for _ in range(2):
        at_rest(site.root)
        site.built(jobs=1)
    swap("content/briefings/2022-05-01-quiet.md", "was said", "was truly said")(site)
    site.built(jobs=1)
    assert "was truly said" in site.page("briefings/open-skies-end/").html
    assert site.rendered == {"briefings/open-skies-end/", "briefings/quiet/"}
