"""Addresses that a build takes away are told once, with what leads from them to the new page."""

import json

import pytest

CALL = "content/briefings/call.md"
TEXT = "---\ntitle: Call\ndate: 2021-01-20\n{}---\nWords.\n"


@pytest.fixture
def desk(tmp_path, run):
    """A site of one briefing, built."""
    folder = tmp_path / "desk"
    (folder / "content/briefings").mkdir(parents=True)
    (folder / "briefgen.yml").write_text("title: Desk\n")
    (folder / CALL).write_text(TEXT.format(""))
    assert "any more" not in run("build", folder=folder).out
    return folder


def move(desk, front_matter=""):
    (desk / CALL).unlink()
    (desk / "content/briefings/first-call.md").write_text(TEXT.format(front_matter))


def test_the_address_of_a_page_that_was_renamed_is_told_once(run, desk):
    move(desk)
    told = (
        "/briefings/call/ has no page any more: one that has moved says "
        "`moved_from: [briefings/call/]` where it is now\n"
    )
    assert told in run("build", folder=desk).out
    assert "any more" not in run("build", folder=desk).out
    assert "any more" not in run("build", "--clean", folder=desk).out


def test_a_clean_build_tells_the_same(run, desk):
    move(desk)
    assert "/briefings/call/ has no page any more" in run("build", "--clean", folder=desk).out


def test_an_address_that_leads_on_is_not_gone(run, desk):
    move(desk, "moved_from: [briefings/call/]\n")
    assert "any more" not in run("build", folder=desk).out
    assert (desk / "site/briefings/call/index.html").exists()


def test_what_is_told_to_be_left_out_is_no_loss(run, desk):
    (desk / CALL).write_text(TEXT.format("draft: true\n"))
    ended = run("build", folder=desk).out
    assert "1 draft\n" in ended
    assert "any more" not in ended
    assert not (desk / "site/briefings/call").exists()


WITH_SLUG = "slug: the-call\nmoved_from: [briefings/older/, old.html]\ntopics: [arms]\n"


@pytest.mark.parametrize("clean", [(), ("--clean",)])
@pytest.mark.parametrize("left_out", ["draft: true\n", "published: 2099-01-01\n"])
def test_nor_is_it_by_its_slug_with_its_redirects_and_its_topic(run, desk, left_out, clean):
    (desk / CALL).write_text(TEXT.format(WITH_SLUG))
    run("build", folder=desk)
    assert (desk / "site/topics/arms").exists()
    (desk / CALL).write_text(TEXT.format(WITH_SLUG + left_out))
    assert "any more" not in run("build", *clean, folder=desk).out
    assert not (desk / "site/briefings/the-call").exists()
    assert not (desk / "site/briefings/older").exists()


def test_nor_is_a_page_that_became_a_draft(run, desk):
    (desk / "content/pages").mkdir()
    (desk / "content/pages/us.md").write_text("---\ntitle: Us\nslug: about\n---\nWords.\n")
    run("build", folder=desk)
    (desk / "content/pages/us.md").write_text(
        "---\ntitle: Us\nslug: about\ndraft: true\n---\nWords.\n"
    )
    assert "any more" not in run("build", folder=desk).out
    assert not (desk / "site/about").exists()


@pytest.mark.parametrize("clean", [(), ("--clean",)])
def test_only_pages_of_things_are_missed(run, desk, clean):
    (desk / "briefgen.yml").write_text("title: Desk\nsearch: true\n")
    (desk / CALL).write_text(TEXT.format("moved_from: [briefings/older/, before/]\n"))
    (desk / "content/static/shown").mkdir(parents=True)
    (desk / "content/static/shown/page.html").write_text("<p>Words</p>")
    run("build", folder=desk)
    assert (desk / "site/search/index.html").exists()
    assert (desk / "site/before/index.html").exists()
    (desk / "briefgen.yml").write_text("title: Desk\n")
    (desk / CALL).write_text(TEXT.format(""))
    (desk / "content/static/shown/page.html").unlink()
    assert "any more" not in run("build", *clean, folder=desk).out
    assert not (desk / "site/search/index.html").exists()
    assert not (desk / "site/before").exists()


def test_programs_are_told_all(run, desk):
    assert json.loads(run("build", "--format", "json", folder=desk).out)["gone"] == []
    (desk / "content/entities").mkdir()
    (desk / "content/entities/all.yml").write_text("- {id: jane, kind: person, name: Jane}\n")
    run("build", folder=desk)
    (desk / "content/entities/all.yml").unlink()
    move(desk)
    told = json.loads(run("build", "--format", "json", folder=desk).out)
    assert told["gone"] == ["/briefings/call/", "/entities/jane/"]


def test_of_many_some_are_named(run, desk):
    for number in range(5):
        (desk / f"content/briefings/b{number}.md").write_text(TEXT.format(""))
    run("build", folder=desk)
    for number in range(5):
        (desk / f"content/briefings/b{number}.md").unlink()
    assert (
        "/briefings/b0/, /briefings/b1/, /briefings/b2/ and 2 more have no pages any more: "
        in run("build", folder=desk).out
    )
    assert "any more" not in run("build", "--quiet", folder=desk).out
