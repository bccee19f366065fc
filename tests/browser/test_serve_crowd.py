"""Many browsers at once, of which some drop out all the time: none misses a rebuild, nothing leaks.

The browsers are played: each reads its page, opens its socket, and reads the page again when it is
told of another version, as the script of a page does. At the end ten tabs of a real one.
"""

import asyncio
import contextlib
import json
import random
import re
import sys
import time
from urllib.parse import urlsplit

import pytest
from live_server import LiveServer, run, save
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed
from witness import socket_address, wait_until

of_linux = pytest.mark.skipif(sys.platform != "linux", reason="/proc says what is open")
PAGE = "/briefings/thirty-two-parties/"
DROPPING = 0.2
SEEN_WITHIN = 60  # seconds, until every browser shows a save; far above what it takes


class Browser:
    """One tab that shows a page."""

    def __init__(self, url, dice):
        self._url = url
        self._dice = dice
        self.text = ""
        self.reloads = 0
        self.task = None

    def open(self):
        self.task = asyncio.create_task(self._live())

    async def drop(self):
        """Vanish: politely, or with the line cut."""
        self.task.cancel()
        await asyncio.gather(self.task, return_exceptions=True)
        self.text = ""

    async def _live(self):
        while True:
            version, self.text = await self._load()
            self.reloads += 1
            try:
                await self._wait_for_another(version)
            except (OSError, ConnectionClosed):
                await asyncio.sleep(0.2)

    async def _load(self):
        host = urlsplit(self._url).netloc
        reader, writer = await asyncio.open_connection(*host.split(":"))
        request = f"GET {PAGE} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
        try:
            writer.write(request.encode())
            answer = (await reader.read()).decode()
        finally:
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()
        assert answer.startswith("HTTP/1.1 200"), answer[:100]
        return re.search(r'data-version="([^"]*)"', answer)[1], answer

    async def _wait_for_another(self, version):
        socket = await connect(socket_address(self._url, PAGE), proxy=None, close_timeout=0.2)
        try:
            while json.loads(await socket.recv())["version"] == version:
                pass
        finally:
            if self._dice.random() < 0.5:
                await socket.close()
            else:
                socket.transport.abort()


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "site"
    assert run("init", folder.name, folder=tmp_path).returncode == 0
    return folder


async def crowd(server, folder, count, rebuilds):
    """Let browsers watch rebuilds; return how often pages were loaded."""
    dice = random.Random(5)
    (briefing,) = (folder / "content/briefings").glob("*.md")
    original = briefing.read_text(encoding="utf-8")
    browsers = [Browser(server.url, dice) for _ in range(count)]
    for browser in browsers:
        browser.open()
    for n in range(rebuilds):
        dropped = dice.sample(browsers, int(count * DROPPING))
        half = len(dropped) // 2
        await asyncio.gather(*(browser.drop() for browser in dropped[:half]))
        word = f"reading number {n},"
        save(briefing, original.replace("own reading", f"own {word}"))
        await asyncio.gather(*(browser.drop() for browser in dropped[half:]))
        for browser in dropped:
            browser.open()
        end = time.monotonic() + SEEN_WITHIN
        while missed := [one for one in browsers if word not in one.text]:
            assert not [one.task.exception() for one in missed if one.task.done()]
            assert time.monotonic() < end, (
                f"{len(missed)} of {count} missed rebuild {n}: {server.said[-2000:]}"
            )
            await asyncio.sleep(0.02)
    await asyncio.gather(*(browser.drop() for browser in browsers))
    return sum(browser.reloads for browser in browsers)


@of_linux
@pytest.mark.parametrize(
    ("count", "rebuilds"),
    [
        pytest.param(30, 8, marks=pytest.mark.slow),
        pytest.param(200, 100, marks=pytest.mark.soak),
    ],
)
def test_no_browser_misses_a_rebuild(folder, tmp_path, count, rebuilds):
    (tmp_path / "private").mkdir()
    with LiveServer(folder, tmp_path / "private") as server:
        asyncio.run(crowd(server, folder, 5, 2))  # what is opened once and kept is open now
        # The one that listens, and two that the event loop wakes itself by.
        wait_until(lambda: server.sockets() <= 3, server.sockets)
        before = server.descriptors(), server.threads()
        loads = asyncio.run(crowd(server, folder, count, rebuilds))
        assert loads >= count * rebuilds
        wait_until(
            lambda: server.descriptors() <= before[0] and server.threads() <= before[1] + 4,
            lambda: (before, server.descriptors(), server.threads()),
        )
        assert server.is_running
        assert server.interrupt() == 0
        assert "Traceback" not in server.said


@pytest.mark.browser
@pytest.mark.slow
def test_ten_tabs(folder, tmp_path, context):
    """A browser opens six connections to a host at most; those of sockets don't count."""
    (briefing,) = (folder / "content/briefings").glob("*.md")
    original = briefing.read_text(encoding="utf-8")
    with LiveServer(folder, tmp_path) as server:
        tabs = [context.new_page() for _ in range(10)]
        for tab in tabs:
            tab.goto(server.url.rstrip("/") + PAGE)
        for word in ("second", "third", "fourth"):
            save(briefing, original.replace("own reading", f"own {word} reading"))
            for tab in tabs:
                tab.get_by_text(f"own {word} reading").wait_for()
        tabs[0].goto(server.url)
        tabs[0].get_by_role("heading", level=1).wait_for()
