"""`--explain` and `--stats`: what a build did with which page, and why."""

import json
import time

import pytest

from briefgen.cli.init import make_site

BRIEFING = "content/briefings/2024-03-07-thirty-two-parties.md"
PAGE = "site/briefings/thirty-two-parties/index.html"
KEPT = "its text, its template and the answers to its 15 questions are as they were"
AS_OF = ("--as-of", "2026-11-24")  # the briefing is public by then
VIEW_KEPT = "what it shows and its template are as they were"


@pytest.fixture
def desk(tmp_path, run):
    """A site that was built, in the folder `desk`."""
    folder = tmp_path / "desk"
    make_site(folder)
    config = folder / "briefgen.yml"
    config.write_text(config.read_text() + "\nurl: https://e.org/desk/\n")
    assert run("build", *AS_OF, folder=folder).code == 0
    return folder


@pytest.fixture
def explained(run, desk):
    """Build and return the lines on the pages asked about."""

    def explain(*asked, folder=desk):
        arguments = [part for one in asked for part in ("--explain", one)]
        ended = run("build", *AS_OF, *arguments, "-f", desk / "briefgen.yml", folder=folder)
        assert ended.code == 0, ended.out
        return ended.out.splitlines()[:-1]

    return explain


def edit(file, old, new):
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


@pytest.mark.parametrize(
    "asked",
    [
        "/briefings/thirty-two-parties/", "briefings/thirty-two-parties", PAGE, BRIEFING,
        "briefings/thirty-two-parties/index.html",
        "https://e.org/desk/briefings/thirty-two-parties/#note-1",
        "/desk/briefings/thirty-two-parties/", "seeds/2024-03-07-thirty-two-parties.txt",
        f"./{BRIEFING}",
    ],
)  # fmt: skip
def test_a_page_by_any_of_its_names(explained, asked):
    assert explained(asked) == [f"{PAGE}: not rendered: {KEPT}"]


def test_from_another_folder_files_are_named_as_they_are_there(explained, desk, tmp_path):
    assert (
        explained(f"desk/{BRIEFING}", f"desk/{PAGE}", desk / PAGE, folder=tmp_path)
        == [f"desk/{PAGE}: not rendered: {KEPT}"] * 2  # the last two are one
    )


def test_it_is_asked_though_a_build_sees_at_once_that_nothing_has_changed(run, desk, explained):
    time.sleep(0.06)  # from then on the files count as at rest, so that they need no second look
    same = ("build", *AS_OF, "-f", desk / "briefgen.yml")
    run(*same, folder=desk)
    assert "  scan " in run(*same, "--stats", folder=desk).out.splitlines()[-1]
    assert explained(BRIEFING) == [f"{PAGE}: not rendered: {KEPT}"]


@pytest.mark.parametrize(
    ("asked", "files"),
    [
        ("/", ["index.html"]),
        ("site/index.html", ["index.html"]),
        ("404.html", ["404.html"]),
        ("/treaties/", ["treaties/index.html"]),
        (
            "content/entities/entities.yml",
            [f"entities/{one}/index.html" for one in ("nato", "jens-stoltenberg", "united-states")],
        ),
    ],
)
def test_pages_that_are_no_briefing(explained, asked, files):
    assert explained(asked) == [f"site/{file}: not rendered: {VIEW_KEPT}" for file in files]


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ("/xyzzy/", ""),
        ("../xyzzy", ""),
        (
            "Briefings/Thirty-Two-Parties/",
            ". Did you mean `briefings/thirty-two-parties/`?",
        ),
        ("briefings/thirty-to-parties", ". Did you mean `briefings/thirty-two-parties/`?"),
        (BRIEFING.upper(), f". Did you mean `{BRIEFING}`?"),
        ("..", ", for it lies outside of the site"),
        ("/dev/null", ", for it lies outside of the site"),
        ("content", ", for it is a folder; name a file in it"),
        ("site", ", for it is a folder; name a file in it"),
        ("content/entities/", ", for it is a folder; name a file in it"),
        ("briefgen.yml", ", nor is one made of it alone; name a page that may show it"),
        (
            "site/robots.txt",
            "; this one is made or copied in every build, and written where it differs",
        ),
        ("content/briefings/idea.md", ", for it is a draft; `--drafts` shows it"),
        ("/briefings/idea/", ", for it is a draft; `--drafts` shows it"),
        ("content/briefings/later.md", ", for it waits for 2031-01-01; `--future` shows it"),
        ("briefings/later", ", for it waits for 2031-01-01; `--future` shows it"),
    ],
)
def test_what_is_no_page(explained, desk, asked, why):
    text = "---\ntitle: x\ndate: 2021-01-01\ndraft: true\n---\nSo.\n"
    (desk / "content/briefings/idea.md").write_text(text)
    text = text.replace("draft: true", "published: 2031-01-01")
    (desk / "content/briefings/later.md").write_text(text)
    told = [line for line in explained(asked) if line.startswith(f"{asked}:")]
    assert told == [f"{asked}: no page has this address or file{why}"]


@pytest.mark.parametrize(
    ("file", "old", "new", "reason"),
    [
        (BRIEFING, "summary: ", "summary: More. ", "its own text has changed"),
        (
            "content/treaties/north-atlantic-treaty.md", "description: ", "description: More. ",
            "the answer to its question `entity north-atlantic-treaty` has changed "
            "(the name, description, roles or page of north-atlantic-treaty)",
        ),
        (
            "briefgen.yml", "\nurl: https://e.org/", "\nurl: https://e.org/new/",
            "the answer to its question `settings` has changed "
            "(the site's title, address, language or time zone)",
        ),
        (
            "briefgen.yml", "\nurl:", "\nnav: [treaties]\nurl:",
            "what every page shows of the configuration has changed",
        ),
    ],
)  # fmt: skip
def test_a_page_that_was_rendered(explained, desk, file, old, new, reason):
    edit(desk / file, old, new)
    assert explained(BRIEFING) == [f"{PAGE}: rendered: {reason}"]
    assert explained(BRIEFING)[0].startswith(f"{PAGE}: not rendered: ")


def test_a_template(explained, desk):
    (desk / "templates").mkdir()
    (desk / "templates/briefing.html").write_text('{% extends "!theme/briefing.html" %}')
    assert explained(BRIEFING, "/treaties/") == [
        f"{PAGE}: rendered: its template, one that this includes, or a label, has changed",
        f"site/treaties/index.html: not rendered: {VIEW_KEPT}",
    ]


def test_what_another_page_shows(explained, desk):
    edit(desk / BRIEFING, "title: ", "title: More. ")
    (line,) = explained("/briefings/")
    assert line == "site/briefings/index.html: rendered: what it shows has changed"


def test_an_output_that_was_altered_and_one_that_is_new(explained, desk):
    (desk / PAGE).write_text("altered")
    (desk / "content/pages").mkdir()
    (desk / "content/pages/about.md").write_text("---\ntitle: About\n---\nWords.\n")
    assert explained(PAGE, "/about/") == [
        f"{PAGE}: rendered: its file in the output was gone, or not as it was written",
        "site/about/index.html: rendered: no earlier build is known to have made it",
    ]


def test_a_build_that_failed(run, desk):
    edit(desk / BRIEFING, "quote: signed", "quote: Signed")
    ended = run("build", *AS_OF, "--explain", "/briefings/", folder=desk)
    assert ended.code == 1
    assert "/briefings/: not rendered: no page was, because of what is said above" in ended.out


def test_asking_changes_nothing(explained, desk):
    before = (desk / PAGE).stat()
    explained(BRIEFING)
    assert (desk / PAGE).stat() == before


def test_explanations_in_json(run, desk):
    asked = ["--explain", "/", "--explain", "nowhere"]
    told = json.loads(run("build", *AS_OF, *asked, "--format", "json", folder=desk).out)[
        "explained"
    ]
    assert told == [
        {"asked": "/", "file": "index.html", "is_rendered": False, "reason": VIEW_KEPT},
        {"asked": "nowhere", "file": "", "is_rendered": False, "reason": told[1]["reason"]},
    ]


def test_stats_of_a_build(run, desk):
    edit(desk / BRIEFING, "summary: ", "summary: More. ")
    lines = run("build", *AS_OF, "--stats", folder=desk).out.splitlines()
    total = int(lines[0].split()[1])
    assert lines[1].startswith(f"  pages      {total} in all, ")
    rendered, reused = (int(lines[1].split()[index]) for index in (4, 6))
    assert rendered + reused == total
    assert 0 < rendered < total
    assert lines[2].startswith("  files      ")
    assert lines[3] == "  briefings  1 read and annotated, 0 from the cache"
    assert {line.split()[0] for line in lines[4:]} >= {"load", "study", "link", "render", "write"}


@pytest.mark.parametrize("how", [[], ["--explain", "/"]])
def test_stats_of_a_build_with_nothing_to_do(run, desk, how):
    lines = run("build", *AS_OF, "--stats", *how, folder=desk).out.splitlines()
    assert any(line.endswith(" in all, 0 rendered, 18 reused") for line in lines)
    assert "  briefings  0 read and annotated, 1 from the cache" in lines
    assert "  files      0 written, 0 removed" in lines


def test_stats_in_json(run, desk):
    told = json.loads(run("build", *AS_OF, "--stats", "--format", "json", folder=desk).out)
    assert told["pages"]["reused"] == told["pages"]["total"] > 0
    assert told["studies"] == {"made": 0, "reused": 1}
    assert all(isinstance(took, float) for took in told["stages"].values())
    assert told["stages"]
    plain = json.loads(run("build", *AS_OF, "--format", "json", folder=desk).out)
    assert not {"studies", "stages", "explained", "fixed"} & plain.keys()
