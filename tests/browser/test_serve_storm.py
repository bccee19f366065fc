"""Thousands of files that change at once: written, switched by Git, moved and deleted."""

import shutil
import subprocess

import pytest
from live_server import LiveServer, run
from witness import Witness

BRIEFING = """---
title: Report {n}
date: 2024-{month:02}-{day:02}
topics: [talks]
---
Report {n} speaks of {word}, and of [[report-{other}]].
"""


def write(folder, count, word):
    for n in range(count):
        path = folder / f"content/briefings/{n % 50}/report-{n}.md"
        path.parent.mkdir(exist_ok=True)
        month, day = n % 12 + 1, n % 28 + 1
        text = BRIEFING.format(n=n, month=month, day=day, word=word, other=(n + 1) % count)
        path.write_text(text, encoding="utf-8")


def git(folder, *words):
    identity = ("-c", "user.name=Desk", "-c", "user.email=desk@example.org")
    subprocess.run(
        ["git", *identity, *words], cwd=folder, check=True, capture_output=True, timeout=120
    )


@pytest.mark.parametrize(
    "count",
    [
        pytest.param(300, marks=pytest.mark.slow),
        pytest.param(5000, marks=pytest.mark.soak),
    ],
)
def test_a_storm(tmp_path, count):
    folder, temporary = tmp_path / "site", tmp_path / "private"
    temporary.mkdir()
    assert run("init", folder.name, folder=tmp_path).returncode == 0
    git(folder, "init", "-q", "-b", "small")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "Small")
    with LiveServer(folder, temporary) as server:
        witness = Witness(folder, server, temporary, tmp_path / "clean")
        witness.sees_a_clean_build()
        git(folder, "checkout", "-q", "-b", "large")
        write(folder, count, "Vienna")
        witness.sees_a_clean_build()
        git(folder, "add", "-A")
        git(folder, "commit", "-q", "-m", "Large")
        git(folder, "checkout", "-q", "-b", "other")
        write(folder, count, "Geneva")
        git(folder, "commit", "-q", "-a", "-m", "Other")
        for branch in ("large", "small", "other"):
            git(folder, "checkout", "-q", branch)
        witness.sees_a_clean_build()
        git(folder, "checkout", "-q", "large")
        witness.sees_a_clean_build()
        (folder / "content/briefings/7").rename(folder / "content/briefings/seven")
        (folder / "content/briefings/seven").rename(folder / "content/briefings/7")
        shutil.rmtree(folder / "content/briefings")
        git(folder, "checkout", "-q", "-f", "large")
        path = folder / "content/briefings/7/report-7.md"
        path.write_text(path.read_text().replace("Vienna", "Bern"))
        witness.sees_a_clean_build()
        git(folder, "checkout", "-q", "-f", "small")
        witness.sees_a_clean_build()
        assert server.is_running
        assert server.interrupt() == 0
        assert "Traceback" not in server.said
        assert "internal error" not in server.said
