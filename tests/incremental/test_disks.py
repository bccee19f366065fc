"""Disks that are full or can only be read: a clear word, the last good site as it was.

The disks are real: small ones in memory, which the system lets root alone mount.
"""

from __future__ import annotations

import os
import subprocess
import time
from contextlib import suppress
from pathlib import Path

import pytest
from desk import copy_of, write_desk
from edits import append, swap
from world import tree_of

from briefgen.build.errors import BuildStop
from briefgen.cli.main import main

KIB = 1024
QUIET = "content/briefings/2022-05-01-quiet.md"


@pytest.fixture
def disk(tmp_path):
    """Mount a disk of so many KiB, or the same folder once more, to be read only."""
    mounted = []

    def mount(folder: Path, *how: str) -> Path:
        folder.mkdir(parents=True, exist_ok=True)
        command = ["mount", *how, str(folder)]
        try:
            done = subprocess.run(command, capture_output=True, text=True, check=False)
        except FileNotFoundError:
            pytest.skip("there is no `mount` here")
        if done.returncode:
            pytest.skip(f"no disk can be mounted here: {done.stderr.strip()}")
        if "remount" not in " ".join(how):
            mounted.append(folder)
        return folder

    yield mount
    for folder in reversed(mounted):
        subprocess.run(["umount", "-l", str(folder)], check=False)


def small(kib: int) -> tuple[str, ...]:
    return ("-t", "tmpfs", "-o", f"size={kib}k", "none")


def make_read_only(mount, folder: Path) -> None:
    """Let nobody write to a folder any more, not even root."""
    mount(folder, "--bind", str(folder))
    mount(folder, "-o", "remount,bind,ro")


def fill(folder: Path, leave: int) -> Path:
    """Fill a disk with a file, up to so many bytes."""
    filler = folder / ".filler"
    free = os.statvfs(folder).f_bavail * os.statvfs(folder).f_frsize
    filler.write_bytes(b"x" * max(0, free - leave))
    return filler


def edit(site) -> None:
    """Change what every page shows, and one text."""
    swap("briefgen.yml", "title: Desk", "title: Office")(site)
    append(QUIET, "And no more.\n")(site)


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    return write_desk(tmp_path_factory.mktemp("desk")).built(jobs=1)


@pytest.fixture(scope="module")
def edited(desk, tmp_path_factory):
    """The site after the edit, built anew on a disk with room."""
    site = copy_of(desk, tmp_path_factory.mktemp("edited"))
    edit(site)
    return tree_of(site.built(clean=True, jobs=1).root / "site")


ROOM = [0, 8 * KIB, 40 * KIB, 150 * KIB, 400 * KIB, 800 * KIB]


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("room", ROOM)
def test_a_full_disk_under_the_output(room, jobs, desk, edited, disk, tmp_path):
    site = copy_of(desk, tmp_path / "desk")
    output = disk(tmp_path / "disk", *small(6000)) / "public"
    site.built(output=output)
    before = tree_of(output)
    filler = fill(tmp_path / "disk", room)
    edit(site)
    site.build(output=output, jobs=jobs)
    if site.result.ok:
        assert tree_of(output) == edited
    else:
        (error,) = [one for one in site.diagnostics if one.level == "error"]
        assert error.code == "output-unwritable"
        assert "the disk is full" in error.message
        assert "Make room" in error.help
        assert tree_of(output) == before
    assert site.result.ok == (room >= 400 * KIB)
    filler.unlink()
    site.built(output=output)
    assert tree_of(output) == edited
    assert [path.name for path in (tmp_path / "disk").iterdir()] == ["public"]


@pytest.mark.parametrize("room", ROOM)
def test_a_full_disk_under_the_cache(room, desk, edited, disk, tmp_path):
    """The site is published all the same, unless not even the staged pages have room."""
    site = copy_of(desk, tmp_path / "desk")
    cache = disk(tmp_path / "disk", *small(6000))
    site.built(cache_dir=cache)
    filler = fill(cache, room)
    edit(site)
    site.built(cache_dir=cache)
    assert tree_of(site.root / "site") == edited
    filler.unlink()
    site.built(cache_dir=cache)
    assert tree_of(site.root / "site") == edited


@pytest.mark.parametrize("room", ROOM)
def test_a_full_disk_under_all(room, desk, edited, disk, tmp_path):
    site = copy_of(desk, disk(tmp_path / "disk", *small(12000)))
    site.built(jobs=1)
    before = tree_of(site.root / "site")
    edit(site)
    filler = fill(site.root, room)
    with suppress(BuildStop):
        site.build(jobs=1)
    assert tree_of(site.root / "site") in (before, edited)
    if room < 150 * KIB:
        assert tree_of(site.root / "site") == before
    filler.unlink()
    site.built(jobs=1)
    assert tree_of(site.root / "site") == edited


def test_an_output_that_can_only_be_read(desk, disk, tmp_path):
    site = copy_of(desk, tmp_path / "desk")
    output = site.root / "site"
    time.sleep(0.1)
    site.built()
    make_read_only(disk, output)
    before = tree_of(output)
    assert site.built().rendered == set(), "what is as it was needs no writing"
    edit(site)
    site.build()
    (error,) = [one for one in site.diagnostics if one.level == "error"]
    assert (error.code, error.place.path) == ("output-unwritable", "site")
    assert "the disk can only be read" in error.message
    assert "--site-dir" in error.help
    assert tree_of(output) == before


def test_a_site_that_can_only_be_read(desk, edited, disk, tmp_path, capsys, monkeypatch):
    """Its pages and its cache go elsewhere; a message names the flag for each."""
    site = copy_of(desk, tmp_path / "desk")
    edit(site)
    make_read_only(disk, site.root)
    monkeypatch.chdir(site.root)
    command = ["build", "--as-of", str(site.as_of), "--site-dir", str(tmp_path / "public")]
    assert main(command) == 1
    said = capsys.readouterr().err
    assert "can't be written: the disk can only be read." in said
    assert "`--cache-dir`" in said
    command += ["--cache-dir", str(tmp_path / "cache")]
    assert main(command) == 0
    assert tree_of(tmp_path / "public") == edited
    capsys.readouterr()
    assert main([*command, "--stats"]) == 0
    assert "6 from the cache" in capsys.readouterr().out


@pytest.mark.parametrize("most", [0, 2 * KIB, 12 * KIB, 100 * KIB, 1000 * KIB])
def test_files_that_may_not_grow(most, desk, edited, tmp_path):
    """As with a quota of the account's: it needs no mount, so it is tested everywhere."""
    resource = pytest.importorskip("resource")
    site = copy_of(desk, tmp_path / "desk")
    before = tree_of(site.root / "site")
    edit(site)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, hard))
    try:
        site.build(jobs=1)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    if site.result.ok:
        assert tree_of(site.root / "site") == edited
    else:
        (error,) = [one for one in site.diagnostics if one.level == "error"]
        assert error.code == "output-unwritable"
        assert error.help
        assert tree_of(site.root / "site") == before
    assert site.result.ok == (most >= 100 * KIB)
    site.built(jobs=1)
    assert tree_of(site.root / "site") == edited
