"""`serve --open`: a browser is opened at the site's address, and nobody waits for it."""

import os
import sys

import pytest
from live_server import LiveServer, run
from witness import wait_until

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name != "posix", reason="the browser is a script with an interpreter"),
]

# As browsers do it asks for the page first, and ends when its window is closed.
SCRIPT = """#!{python}
import os, sys, time, urllib.request
from pathlib import Path
page = urllib.request.urlopen(sys.argv[1], timeout=60).read().decode()
Path({seen!r}).write_text(" ".join(sys.argv[1:]) + "\\n" + page)
server = os.getppid()
while os.getppid() == server:
    time.sleep(0.05)
"""


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "site"
    assert run("init", folder.name, folder=tmp_path).returncode == 0
    (tmp_path / "private").mkdir()
    return folder


@pytest.mark.parametrize("path", ["", "caf%C3%A9%20au%20lait/"])
def test_the_browser_that_is_named_gets_the_address_and_the_page(
    folder, tmp_path, monkeypatch, path
):
    seen, browser = tmp_path / "seen.txt", tmp_path / "browser"
    browser.write_text(SCRIPT.format(python=sys.executable, seen=str(seen)))
    browser.chmod(0o755)
    monkeypatch.setenv("BROWSER", str(browser))
    address = f"https://example.org/{path}"
    with LiveServer(folder, tmp_path / "private", "--open", "--base-url", address) as server:
        wait_until(
            lambda: seen.exists() and "</html>" in seen.read_text(), lambda: server.said, seconds=30
        )
        asked, _, page = seen.read_text().partition("\n")
        assert asked == server.url
        assert asked.endswith(f"/{path}")
        assert "<h1" in page
        assert "Not built yet" not in page
        assert server.interrupt() == 0
        assert "Traceback" not in server.said
        assert "warning" not in server.said


def test_where_there_is_no_browser_it_says_so_and_serves(folder, tmp_path, monkeypatch):
    empty = tmp_path / "empty"
    empty.mkdir()
    monkeypatch.setenv("PATH", str(empty))
    monkeypatch.setenv("BROWSER", str(tmp_path / "missing"))
    with LiveServer(folder, tmp_path / "private", "--open") as server:
        server.wait_for_line("warning: no browser could be opened", 30)
        assert server.interrupt() == 0
        assert "Traceback" not in server.said
