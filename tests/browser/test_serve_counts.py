"""How much a save makes: `serve` renders the pages that `build` renders, and those are few."""

import json
import re
import shutil

import pytest
from demo import demo_site
from live_server import LiveServer, run, save
from witness import wait_until

pytestmark = pytest.mark.slow

FILE = "content/briefings/2026-02-05-expiry.md"
PAGE = "briefings/expiry/index.html"
LINE = re.compile(rf"{re.escape(FILE)}: (\d+) pages? rendered")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return demo_site(tmp_path_factory.mktemp("counts") / "served").root


@pytest.fixture(scope="module")
def twin(folder, tmp_path_factory):
    """A copy of the site that is built by `briefgen build`."""
    twin = tmp_path_factory.mktemp("counts") / "built"
    shutil.copytree(folder, twin)
    built(twin)
    return twin


def built(folder):
    """Build as a command does; return how many pages were rendered, and all pages."""
    said = run("build", "--format", "json", folder=folder)
    assert said.returncode == 0, said.stderr
    pages = {
        path.relative_to(folder / "site").as_posix(): path.read_bytes()
        for path in (folder / "site").rglob("*.html")
    }
    return json.loads(said.stdout)["pages"]["rendered"], pages


@pytest.fixture(scope="module")
def server(folder, tmp_path_factory):
    with LiveServer(folder, tmp_path_factory.mktemp("private")) as server:
        yield server


@pytest.fixture
def edited(folder, twin, server):
    """Do an edit on both sites; what `serve` rendered, what `build` did, the pages before, after."""

    def edited(old, new):
        _, before = built(twin)
        heard = len(LINE.findall(server.said))
        for root in (folder, twin):
            text = (root / FILE).read_text(encoding="utf-8")
            assert old in text
            save(root / FILE, text.replace(old, new, 1))
        count, after = built(twin)
        wait_until(lambda: len(LINE.findall(server.said)) > heard, lambda: server.said)
        return int(LINE.findall(server.said)[-1]), count, before, after

    return edited


def changed(before, after):
    return {path for path in after if before.get(path) != after[path]}


def test_an_edit_of_a_text_that_no_other_page_shows_renders_one_page(edited, folder):
    text = (folder / FILE).read_text(encoding="utf-8")
    served, count, before, after = edited(text, f"{text}\nSo it stands.\n")
    assert changed(before, after) == {PAGE}
    assert served == count == 1


def test_an_edit_of_a_title_renders_the_pages_that_show_it(edited, folder):
    text = (folder / FILE).read_text(encoding="utf-8")
    title = re.search(r"^title: (.+)$", text, re.MULTILINE)[1].strip("\"'")
    served, count, before, after = edited(title, f"Anew, {title}")
    shows = {path for path, page in after.items() if f"Anew, {title}".encode() in page}
    assert shows == changed(before, after)
    assert served == count == len(shows)
