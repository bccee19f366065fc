"""A build is a function of its inputs: where, when and by how many processes it runs is none."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from desk import copy_of, write_desk
from site_tester import PROJECT
from world import tree_of

from briefgen.build import pool

MANY = 210
"""Briefings beside the desk's own: with them the work is shared among processes."""

RUN = "from briefgen.cli.main import main; raise SystemExit(main())"
BUILD = ("build", "--as-of", "2026-11-24", "--format", "json", "--verbose")

AT_HOME = {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C"}
RUNS = {
    "another hash seed, two processes": ({"PYTHONHASHSEED": "1"}, {"jobs": 2}),
    "another time zone and folder": ({"TZ": "Pacific/Kiritimati"}, {"elsewhere": True}),
    "another language, eight processes": ({"LC_ALL": "de_DE.UTF-8", "LANG": "tr_TR.UTF-8"}, {"jobs": 8}),
    "a random seed, a tight umask": ({"PYTHONHASHSEED": "random", "TZ": ""}, {"umask": 0o077}),
}  # fmt: skip


def run(root, environment, *, jobs=1, elsewhere=False, umask=0o022):
    """What a build by a process of its own says, and the output."""
    where = root.parent if elsewhere else root
    named = ["--config-file", f"{root.name}/briefgen.yml"] if elsewhere else []
    command = [sys.executable, "-P", "-c", RUN, *BUILD, "--jobs", str(jobs), *named]
    kept = {"PATH": os.environ["PATH"], "PYTHONPATH": str(PROJECT), **AT_HOME, **environment}
    done = subprocess.run(
        command, cwd=where, env=kept, umask=umask, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    told = json.loads(done.stdout)
    return told["pages"], told["diagnostics"], tree_of(root / "site")


def many_briefings(site):
    """Write so many briefings that processes share the work; some have something to report."""
    for number in range(MANY):
        others = f"[[n{number * 7 % MANY}]] and [[first-call]]" if number % 3 else "Geneva"
        date, topics = f"20{number % 17 + 10}-01-02", [f"topic-{number % 5}"]
        site.file(
            f"content/briefings/many/n{number}.md",
            f"---\ntitle: Number {number}\ndate: {date}\ntopics: {topics}\n"
            f"entities: {{No such name: joe-biden}}\n---\n"
            f"Joe Biden spoke of New START, see {others}. [^tass]\n",
        )
    return site


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """The large site, not built."""
    return many_briefings(write_desk(tmp_path_factory.mktemp("desk") / "desk"))


@pytest.fixture(scope="module")
def at_home(desk, tmp_path_factory):
    """What one process says of it, and the output."""
    return run(copy_of(desk, tmp_path_factory.mktemp("home") / "desk").root, {})


def test_the_work_is_enough_to_be_shared(at_home):
    pages, diagnostics, _ = at_home
    assert pages["rendered"] > MANY > pool.THRESHOLD
    assert len(diagnostics) > MANY


@pytest.mark.slow
@pytest.mark.parametrize("name", RUNS)
def test_the_same_wherever_it_runs(name, desk, at_home, tmp_path):
    environment, how = RUNS[name]
    _, diagnostics, tree = run(copy_of(desk, tmp_path / "desk").root, environment, **how)
    assert diagnostics == at_home[1]
    assert tree == at_home[2]


def test_a_process_with_another_seed_renders_nothing_anew(tmp_path):
    """What a set holds must not get into a key in the order in which it comes."""
    site = write_desk(tmp_path)
    _, diagnostics, _ = run(site.root, {"PYTHONHASHSEED": "0"})
    for seed in ("1", "2", "3"):
        site.file("content/static/robot.txt", f"so that there is something to look at: {seed}")
        pages, again, _ = run(site.root, {"PYTHONHASHSEED": seed})
        assert (pages["rendered"], pages["written"]) == (0, 1)
        assert again == diagnostics


@pytest.mark.parametrize("jobs", [2, 8])
def test_the_same_by_so_many_processes_step_by_step(jobs, tmp_path, monkeypatch):
    """On a small site, made to share its work: built, edited, broken and mended."""
    alone = write_desk(tmp_path / "alone")
    together = write_desk(tmp_path / "together")
    quiet = "content/briefings/2022-05-01-quiet.md"
    text = (alone.root / quiet).read_text()
    for edit in (
        text,
        text.replace("Nothing", "Geneva, nothing"),
        text.replace("title:", "titel:"),
        text.replace("Nothing", "[[nowhere]]"),
        text.replace("A quiet month", "No quiet month"),
    ):
        alone.edit(quiet, edit).build(jobs=1)
        with monkeypatch.context() as patch:
            patch.setattr(pool, "THRESHOLD", 1)
            together.edit(quiet, edit).build(jobs=jobs)
        assert together.result.ok == alone.result.ok
        assert together.diagnostics == alone.diagnostics
        assert together.rendered == alone.rendered
        assert tree_of(together.root / "site") == tree_of(alone.root / "site")
