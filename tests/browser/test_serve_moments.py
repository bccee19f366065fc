"""A save may come at any moment: while an earlier one is shown or built, or while the server sleeps."""

import json
import random
import signal
import sys
import time
from contextlib import ExitStack

import pytest
from live_server import LiveServer, run, save
from websockets.sync.client import connect
from witness import Witness, socket_address

pytestmark = pytest.mark.slow

BRIEFING = """---
title: {title}
date: 2024-03-{day:02}
topics: [talks]
---
The delegation met in Vienna, as said the time before. See [[report-{other}]].

What was typed is {word}.
"""
COUNT = 60  # briefings


def report(n, word, title=""):
    return BRIEFING.format(
        title=title or f"Report {n}", day=n % 28 + 1, other=(n + 1) % COUNT, word=word
    )


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "site"
    assert run("init", folder.name, folder=tmp_path).returncode == 0
    for n in range(COUNT):
        path = folder / f"content/briefings/report-{n}.md"
        path.write_text(report(n, "nothing yet"), encoding="utf-8")
    return folder


@pytest.fixture
def temporary(tmp_path):
    (tmp_path / "private").mkdir()
    return tmp_path / "private"


@pytest.mark.parametrize("longest", [0.05, 0.4, 0.9])
def test_saves_at_any_moment(folder, temporary, longest):
    """Pauses up to some time after which what was shown ahead of its build is built."""
    seed = random.randrange(10**6)
    print(f"seed {seed}")  # noqa: T201 - to do it again
    dice = random.Random(seed)
    with LiveServer(folder, temporary) as server:
        witness = Witness(folder, server, temporary, temporary.with_name("clean"))
        for number in range(40):
            n = dice.randrange(4)  # so few that one is often saved again while it is built
            title = f"Title {number}" if dice.random() < 0.2 else ""
            word = f"[[nobody-{number}]]" if dice.random() < 0.1 else f"word {number}"
            save(folder / f"content/briefings/report-{n}.md", report(n, word, title))
            time.sleep(dice.uniform(0, longest))
        for n in range(4):
            save(folder / f"content/briefings/report-{n}.md", report(n, f"the last of {n}"))
            time.sleep(dice.uniform(0, longest))
        witness.sees_a_clean_build()
        assert server.interrupt() == 0
        assert "internal error" not in server.said


def is_told_of_another(page, version):
    """Fail unless an open page is told of another version of it."""
    while json.loads(page.recv(20))["version"] == version:
        pass


@pytest.mark.skipif(sys.platform == "win32", reason="no process can be stopped there")
def test_a_server_that_slept(folder, temporary):
    """As a computer does: pages that were open all the while are told of what was saved then."""
    with LiveServer(folder, temporary) as server, ExitStack() as held:
        witness = Witness(folder, server, temporary, temporary.with_name("clean"))
        witness.sees_a_clean_build()
        for save_first in (False, True):
            address = socket_address(server.url, "/briefings/report-7/")
            page = held.enter_context(connect(address, proxy=None))
            before = json.loads(page.recv())["version"]
            if save_first:  # it falls asleep over the work
                save(folder / "content/briefings/report-8.md", report(8, "begun"))
            server.signal(signal.SIGSTOP)
            save(folder / "content/briefings/report-7.md", report(7, f"asleep {save_first}"))
            (folder / f"content/briefings/{save_first}").mkdir()
            path = folder / f"content/briefings/{save_first}/report-{COUNT + save_first}.md"
            path.write_text(report(COUNT, "new"), encoding="utf-8")
            (folder / f"content/briefings/report-{20 + save_first}.md").rename(
                folder / f"content/briefings/{save_first}/report-{20 + save_first}.md"
            )
            time.sleep(2)
            server.signal(signal.SIGCONT)
            is_told_of_another(page, before)
            witness.sees_a_clean_build()
        assert server.interrupt() == 0
