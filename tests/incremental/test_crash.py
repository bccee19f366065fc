"""Builds killed at any moment: readers see whole pages, and the next build is right."""

from __future__ import annotations

import multiprocessing
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from tempfile import TemporaryFile

import pytest
from desk import CONFIG, write_desk
from site_tester import PROJECT, SiteTest
from world import tree_of

from briefgen.build import pool, processes
from briefgen.build.errors import BuildStop
from briefgen.build.rendering import PageWorker

RUN = """
from briefgen.build import pool
from briefgen.cli.main import main
pool.THRESHOLD = 1  # so that a small site too is built by several processes
raise SystemExit(main())
"""
COMMAND = (sys.executable, "-P", "-c", RUN, "build", "--as-of", "2026-11-24", "--jobs")
COMES_AND_GOES = "content/briefings/2021-05-05-other.md"


def write_version(site: SiteTest, number: int) -> None:
    """Change what every page shows; and a briefing comes and goes."""
    site.file("briefgen.yml", CONFIG.replace("title: Desk", f"title: Desk {number}"))
    if number % 2:
        site.file(COMES_AND_GOES, "---\ntitle: Other\ndate: 2021-05-05\n---\nJoe Biden again.\n")
    elif (site.root / COMES_AND_GOES).exists():
        site.remove(COMES_AND_GOES)


class Reader(threading.Thread):
    """Reads the pages of a site, over and over, and notes what it sees."""

    def __init__(self, output: Path) -> None:
        super().__init__(daemon=True)
        self.output = output
        self.pages: list[str] = []  # those to be read
        self.seen: set[tuple[str, bytes | None]] = set()
        self.reads = 0
        self.is_done = False

    def run(self) -> None:
        while not self.is_done:
            for path in self.pages:
                try:
                    data = (self.output / path).read_bytes()
                except FileNotFoundError:
                    data = None
                self.seen.add((path, data))
                self.reads += 1
            time.sleep(0.002)


class Killer:
    """Starts builds of a site and kills them."""

    def __init__(self, site: SiteTest, seed: int) -> None:
        self.site, self.chance = site, random.Random(seed)
        self.longest_s = 0.5  # that a build has taken so far
        self.kills = 0

    def start_and_kill(self) -> None:
        """Let a build run for a while."""
        jobs, start = self.chance.choice("12"), time.monotonic()
        with (
            TemporaryFile() as errors,
            subprocess.Popen(
                (*COMMAND, jobs),
                cwd=self.site.root,
                env={**os.environ, "PYTHONPATH": str(PROJECT)},
                stdout=subprocess.DEVNULL,
                stderr=errors,
                start_new_session=True,
            ) as build,
        ):
            self._wait(build)
            build.kill()
            code = build.wait()
            wait_for_the_end_of_the_group(build.pid)
            errors.seek(0)
            assert errors.read() == b""
        if code == -signal.SIGKILL:
            self.kills += 1
        else:
            assert code == 0
            self.longest_s = max(self.longest_s, time.monotonic() - start)

    def _wait(self, build: subprocess.Popen[bytes]) -> None:
        """Wait until any moment, or until one at which pages are staged or committed."""
        if self.chance.random() < 0.3:
            time.sleep(self.chance.random() * self.longest_s)
            return
        while build.poll() is None and not stages(self.site.root):
            time.sleep(0.001)
        time.sleep(self.chance.random() * 0.15)


def wait_for_the_end_of_the_group(group: int) -> None:
    """Workers of a build that was killed end by themselves."""
    for _ in range(1000):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return
        time.sleep(0.01)
    os.killpg(group, signal.SIGKILL)
    pytest.fail("workers have outlived their build")


def stages(root: Path) -> list[Path]:
    """What builds have staged, wherever it may lie."""
    return [*root.glob("*stage-*"), *root.glob(".briefgen/*stage-*"), *root.glob("site/*stage-*")]


def built_anew(site: SiteTest, twin: Path) -> dict[str, bytes]:
    """The output of a copy of the site without a past."""
    shutil.rmtree(twin, ignore_errors=True)
    shutil.copytree(site.root, twin, ignore=shutil.ignore_patterns("site", ".briefgen"))
    return tree_of(SiteTest(twin, as_of=str(site.as_of)).built(jobs=1).root / "site")


def kill_builds(folder: Path, rounds: int, seed: int) -> int:
    """Kill so many builds, each compared once the next has ended; returns how often pages were read."""
    site = write_desk(folder / "site-of-the-desk").built(jobs=1)
    reader, killer = Reader(site.root / "site"), Killer(site, seed)
    before = tree_of(site.root / "site")
    reader.start()
    for number in range(1, 4 * rounds):
        write_version(site, number)
        after = built_anew(site, folder / "twin")
        reader.pages = [path for path in before.keys() & after.keys() if path.endswith(".html")]
        killer.start_and_kill()
        if killer.chance.random() < 0.1:
            shutil.rmtree(site.root / ".briefgen")
        site.built(jobs=1)
        assert tree_of(site.root / "site") == after
        assert stages(site.root) == []
        reader.pages = []
        time.sleep(0.005)  # it may be in the middle of them
        torn = {path for path, data in reader.seen if data not in (before[path], after[path])}
        assert torn == set()
        reader.seen.clear()
        before = after
        if killer.kills == rounds:
            break
    reader.is_done = True
    reader.join()
    assert killer.kills == rounds
    return reader.reads


def test_a_worker_that_is_killed_stops_the_run(tmp_path, monkeypatch):
    """As the system does where memory is short; the output is as it was."""
    site = write_desk(tmp_path / "desk").built(jobs=1)
    before = tree_of(site.root / "site")
    write_version(site, 1)

    def die(_worker, _items):
        assert multiprocessing.parent_process() is not None
        os.kill(os.getpid(), signal.SIGKILL)

    with monkeypatch.context() as patch:
        patch.setattr(pool, "THRESHOLD", 1)
        patch.setattr(processes, "_context", lambda: multiprocessing.get_context("fork"))
        patch.setattr(PageWorker, "do", die)
        with pytest.raises(BuildStop, match="was stopped from outside"):
            site.build(jobs=2)
    assert tree_of(site.root / "site") == before
    assert stages(site.root) == []
    assert tree_of(site.built(jobs=1).root / "site") == built_anew(site, tmp_path / "twin")


@pytest.mark.slow
def test_twenty_builds_killed(tmp_path):
    assert kill_builds(tmp_path, 20, seed=1) > 200


@pytest.mark.soak
def test_three_hundred_builds_killed(tmp_path):
    assert kill_builds(tmp_path, 300, seed=random.randrange(1000)) > 3000
