"""A build killed at any moment: no half file is ever seen, and the next build is right."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path

import pytest

from briefgen.write import journal as room
from briefgen.write.journal import read_journal
from briefgen.write.manifest import MANIFEST, read_manifest
from briefgen.write.stage import digest_of

OLD = {
    "index.html": "home",
    "b/index.html": "B",
    "c/d/index.html": "D",
    "file": "F",
    "folder/in": "I",
}
NEW = {
    "index.html": "home!",
    "b/index.html": "B",
    "n/m/index.html": "M",
    "file/in": "F!",
    "folder": "I!",
}

CALLS = ("open", "write", "mkdir", "link", "replace", "rename", "fsync", "unlink", "rmdir")


def _killed_build(site, wanted, n: int) -> bool:
    """Build in a fork that is killed right after its n-th call; False where it got through."""
    child = os.fork()
    if child == 0:
        _die_after(n)
        try:
            site.build(wanted)
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def _die_after(n: int) -> None:
    count = 0
    for name in CALLS:
        real = getattr(os, name)

        def call(*args, _real=real, **kwargs):
            nonlocal count
            count += 1
            is_last = count == n
            try:
                return _real(*args, **kwargs)
            finally:
                if is_last:
                    os.kill(os.getpid(), signal.SIGKILL)

        setattr(os, name, call)


@pytest.mark.parametrize("loses_state", [False, True])
@pytest.mark.parametrize("old", [pytest.param(OLD, marks=pytest.mark.slow), {}])
def test_killed_at_each_call(fast_site, old, loses_state):
    """Then the next build is another one, so that whatever was left must be understood."""
    site = fast_site
    for n in range(1, 200):
        _reset(site, old)
        was_killed = _killed_build(site, NEW, n)
        for path, text in _files(site).items():
            assert text in (old.get(path), NEW.get(path))
        if loses_state:
            shutil.rmtree(site.state, ignore_errors=True)
        wanted = NEW if n % 2 else OLD | {"new.html": "new"}
        site.build(wanted)
        assert _files(site) == wanted
        assert site.stages() == []
        manifest, _ = read_manifest(site.output)
        assert {path: digest_of(text.encode()) for path, text in wanted.items()} == {
            path: entry.digest for path, entry in manifest.files.items()
        }
        if not was_killed:
            break
    assert not was_killed
    assert n > 20


def _files(site) -> dict[str, str]:
    return {
        path: text
        for path, text in site.pages().items()
        if not path.endswith("/") and not path.startswith(".briefgen-")
    }


@pytest.mark.parametrize("old", [pytest.param(OLD, marks=pytest.mark.slow), {}])
def test_beginning_completes_or_forgets(fast_site, old):
    """After `begin`, before anything is staged, the site is wholly the old one or the new one."""
    site, seen = fast_site, []
    for n in range(1, 200):
        _reset(site, old)
        if not _killed_build(site, NEW, n):
            break
        site.begin().abort()
        assert site.pages() in (old, NEW)
        assert site.stages() == []
        seen.append(site.pages() == NEW)
    assert seen == sorted(seen)  # from some moment on it is the new one
    assert {True, False} == set(seen)


def _reset(site, old) -> None:
    shutil.rmtree(site.output, ignore_errors=True)
    if old:
        site.build(old)


def _cut_short(site, steps: int):
    """Leave a commit after so many of its renames, the journal complete."""
    taken = 0
    real = room._move

    def move(source, target):
        nonlocal taken
        if taken == steps:
            os._exit(9)
        taken += 1
        real(source, target)

    child = os.fork()
    if child == 0:
        room._move = move
        try:
            site.build(NEW)
        finally:
            os._exit(0)
    os.waitpid(child, 0)
    return Path(next(stage for stage in site.stages() if (Path(stage) / "journal").exists()))


@pytest.mark.parametrize("damage", [b"", b"\x93", b"\x92\x02\x90", "outside", "source"])
def test_a_journal_that_can_not_be_trusted_is_not_followed(site, tmp_path, damage):
    site.build(OLD)
    stage = _cut_short(site, 1)
    journal = stage / "journal"
    (stage / "files/evil").write_text("evil")
    if damage == "outside":
        room.write_journal(str(stage), (room.Step("add", "../evil", "files/evil"),))
    elif damage == "source":
        (tmp_path / "mine").write_text("mine")
        room.write_journal(str(stage), (room.Step("add", "stolen", "../../mine"),))
        assert (stage / "../../mine").resolve() == tmp_path / "mine"
    else:
        journal.write_bytes(damage)
    assert read_journal(str(stage)) is None
    site.build(NEW)
    assert site.pages() == NEW
    assert site.stages() == []
    assert not (tmp_path / "evil").exists()


def _drop_output(site):
    shutil.rmtree(site.output)


def _clear_away(site):
    for path in site.tree():
        if path != MANIFEST and not path.endswith("/"):
            (site.output / path).unlink()


@pytest.mark.parametrize("steps", [1, 3, 5])
@pytest.mark.parametrize("rearrange", [_drop_output, _clear_away])
def test_an_output_rearranged_since_is_built_anew(site, rearrange, steps):
    site.build(OLD)
    _cut_short(site, steps)
    rearrange(site)
    site.build(NEW)
    assert _files(site) == NEW
    assert site.stages() == []


def test_a_file_put_there_since_is_not_removed(site):
    site.build({"index.html": "home", "old.html": "old"})
    stage = _cut_short(site, 1)
    (stage / "old/0").unlink()  # this journal gives way to another
    steps = (room.Step("remove", "old.html"),)
    room.write_journal(str(stage), steps)
    room.run_forward(str(stage), str(site.output), steps)
    assert not (site.output / "old.html").exists()
    (site.output / "old.html").write_text("mine")
    site.begin().abort()
    assert (site.output / "old.html").read_text() == "mine"


def test_another_output_does_not_touch_the_journal_of_this_one(site):
    site.build(OLD)
    _cut_short(site, 2)
    other = type(site)(site.state.parent)
    other.output = site.output.with_name("public")
    other.build({"x": "x"})
    assert other.pages() == {"x": "x"}
    site.begin().abort()
    assert site.pages() == NEW


@pytest.fixture
def bench(tmp_path):
    """An output and a stage without a transaction, to take single steps."""
    (tmp_path / "out/folder").mkdir(parents=True)
    (tmp_path / "out/folder/mine").write_text("mine")
    (tmp_path / "stage/old").mkdir(parents=True)
    return tmp_path


def _take(bench, *steps: room.Step) -> None:
    room.run_forward(str(bench / "stage"), str(bench / "out"), steps)


def test_a_step_that_removes_a_file_removes_no_folder(bench):
    _take(bench, room.Step("remove", "folder"))
    assert (bench / "out/folder/mine").exists()


def test_a_folder_in_use_is_not_even_moved(bench, monkeypatch):
    monkeypatch.setattr(os, "replace", lambda source, _target: pytest.fail(source))
    _take(bench, room.Step("prune", "folder"))
    assert (bench / "out/folder/mine").exists()


def test_a_folder_that_gets_a_file_just_then_comes_back(bench, monkeypatch):
    answers = [[]]
    real = os.listdir
    monkeypatch.setattr(os, "listdir", lambda path: answers.pop() if answers else real(path))
    _take(bench, room.Step("prune", "folder"))
    assert (bench / "out/folder/mine").exists()


SITE_OF_VERSIONS = """
    import sys
    from pathlib import Path

    from briefgen.write.stage import digest_of
    from briefgen.write.transaction import Transaction

    PAGES = [f"p{i % 7}/{i}/index.html" for i in range(40)]


    def text(path: str, version: int) -> bytes:
        body = f"{path} of version {version} " * (50 + version % 3)
        return f"{digest_of(body.encode())}\\n{body}".encode()


    def pages(version: int) -> dict[str, bytes]:
        # A third of the pages comes and goes, a third changes, a third stays.
        return {
            path: text(path, version if i % 3 == 1 else 0)
            for i, path in enumerate(PAGES)
            if i % 3 or (i + version) % 2
        }


    def build(root: Path, version: int):
        print("beginning", flush=True)
        with Transaction.begin(root / "site", root / "state") as tx:
            for path, data in pages(version).items():
                tx.stage(path, data)
            print("committing", flush=True)
            return tx.commit()


    if __name__ == "__main__":
        version = int(sys.argv[2])
        while True:
            build(Path(sys.argv[1]), version)
            version += 1
"""


class Reader(threading.Thread):
    """Reads all pages, over and over, and counts those that are not whole."""

    def __init__(self, output: Path) -> None:
        super().__init__(daemon=True)
        self.output = output
        self.torn: list[str] = []
        self.reads = 0
        self.is_done = False

    def run(self) -> None:
        while not self.is_done:
            for path in self.output.glob("p*/*/index.html"):
                try:
                    first, _, body = path.read_text().partition("\n")
                except FileNotFoundError:
                    continue
                self.reads += 1
                if digest_of(body.encode()) != first:
                    self.torn.append(str(path))
            time.sleep(0.001)


def _kill_at_random(tmp_path: Path, rounds: int, seed: int) -> None:
    script = tmp_path / "versions.py"
    script.write_text(textwrap.dedent(SITE_OF_VERSIONS))
    names: dict = {"__name__": "versions"}
    exec(compile(script.read_text(), str(script), "exec"), names)
    chance = random.Random(seed)
    reader = Reader(tmp_path / "site")
    reader.start()
    for number in range(rounds):
        command = [sys.executable, "-P", str(script), str(tmp_path), str(number)]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as build:
            word = chance.choice([b"beginning\n", b"committing\n", b"committing\n"])
            while build.stdout.readline() != word:
                pass
            time.sleep(chance.random() * 0.012)
            build.kill()
        if number % 5 == 4:
            names["build"](tmp_path, number)
            tree = {
                path.relative_to(tmp_path / "site").as_posix(): path.read_bytes()
                for path in (tmp_path / "site").glob("*/**/*")
                if path.is_file()
            }
            assert tree == names["pages"](number)
    reader.is_done = True
    reader.join()
    assert reader.torn == []
    assert reader.reads > rounds


@pytest.mark.slow
def test_killed_at_random_moments(tmp_path):
    _kill_at_random(tmp_path, 15, seed=1)


@pytest.mark.soak
def test_killed_at_many_random_moments(tmp_path):
    _kill_at_random(tmp_path, 300, seed=2)
