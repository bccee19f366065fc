"""The site to begin from: it builds without a warning, and nothing is ever overwritten."""

import re

import pytest
import yaml

from briefgen import __version__

AS_OF = ("--as-of", "2025-01-01")


@pytest.fixture
def starter(run, tmp_path):
    assert run("init", "desk").code == 0
    return tmp_path / "desk"


def test_the_starter_builds_strictly_without_a_word(run, starter):
    ended = run("build", "--strict", *AS_OF, folder=starter)
    assert ended.code == 0, ended.out + ended.err
    assert re.fullmatch(r"Built \d+ pages in [\d.]+ s -> site/\n", ended.out)
    page = (starter / "site" / "briefings" / "thirty-two-parties" / "index.html").read_text()
    assert page.count("<mark") == 2, "a note of kind source has no highlight"
    for text in ("Jens Stoltenberg", "It was signed in this city", "A depositary is the state"):
        assert text in page


def test_all_that_there_is_to_say_is_that_it_has_no_address(run, starter):
    told = run("check", "-f", starter / "briefgen.yml", *AS_OF).out
    assert re.findall(r"(?:error|warning|info)\[[\w-]+\]", told) == ["info[no-site-address]"]
    told = run("check", "-u", "https://e.org/desk/", *AS_OF, folder=starter).out
    assert told.startswith("Checked in ")


def test_what_it_is_made_of(starter):
    files = {path.relative_to(starter).as_posix() for path in starter.rglob("*") if path.is_file()}
    assert {
        ".github/workflows/pages.yml",
        ".gitignore",
        "briefgen.yml",
        "requirements.txt",
        "seeds/2024-03-07-thirty-two-parties.txt",
        "content/briefings/2024-03-07-thirty-two-parties.md",
        "content/treaties/north-atlantic-treaty.md",
    } <= files
    lines = (starter / "requirements.txt").read_text().splitlines()
    assert [line for line in lines if not line.startswith("#")] == [
        f"./wheels/briefgen-{__version__}-py3-none-any.whl[search]"
    ]
    entities = yaml.safe_load((starter / "content/entities/entities.yml").read_text())
    assert len(entities) == 3


def test_the_workflow_builds_for_the_address_it_deploys_to(starter):
    workflow = yaml.load((starter / ".github/workflows/pages.yml").read_text(), yaml.BaseLoader)
    assert workflow["permissions"] == {"contents": "read", "pages": "write", "id-token": "write"}
    steps = workflow["jobs"]["deploy"]["steps"]
    actions = [step["uses"].split("@")[0] for step in steps if "uses" in step]
    assert actions == [
        "actions/checkout",
        "actions/setup-python",
        "actions/configure-pages",
        "actions/upload-pages-artifact",
        "actions/deploy-pages",
    ]
    commands = [step["run"] for step in steps if "run" in step]
    assert commands == [
        "pip install -r requirements.txt",
        'briefgen build --strict --site-dir site --base-url "${{ steps.pages.outputs.base_url }}/"',
    ]
    upload = next(s for s in steps if "upload-pages" in s.get("uses", ""))
    assert upload["with"] == {"path": "site"}
    assert next(s["id"] for s in steps if "configure-pages" in s.get("uses", "")) == "pages"


def test_next_steps(run):
    told = run("init", "my desk").out
    assert "  cd 'my desk'\n  briefgen serve --open\n  briefgen build\n" in told
    assert "briefgen is not on PyPI yet: requirements.txt says" in told


def test_an_empty_folder_is_taken_and_may_be_the_one_we_are_in(run, tmp_path):
    (tmp_path / "desk").mkdir()
    told = run("init", ".", folder=tmp_path / "desk").out
    assert (tmp_path / "desk" / "briefgen.yml").is_file()
    assert "  cd " not in told


@pytest.mark.parametrize("name", ["notes.txt", ".git"])
def test_a_folder_with_anything_in_it_is_refused(run, tmp_path, name):
    (tmp_path / "desk").mkdir()
    (tmp_path / "desk" / name).touch()
    ended = run("init", "desk")
    assert ended.code == 2
    assert "desk is not empty, and nothing in it is overwritten" in ended.err
    assert [path.name for path in (tmp_path / "desk").iterdir()] == [name]


def test_a_file_in_the_way(run, tmp_path):
    (tmp_path / "desk").touch()
    ended = run("init", "desk")
    assert (ended.code, "desk is a file" in ended.err) == (2, True)
    assert run("init", "desk/inside").code == 2
