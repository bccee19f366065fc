"""What earlier builds left is damaged or lost: the next build is right all the same, and quiet."""

from __future__ import annotations

import gc
import pickle
import random
import shutil
import sqlite3
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
from desk import copy_of, write_desk
from edits import append, swap
from world import tree_of

from briefgen.build import versions
from briefgen.build.errors import BuildStop
from briefgen.build.options import BuildOptions
from briefgen.build.pipeline import build
from briefgen.write.manifest import MANIFEST

QUIET = "content/briefings/2022-05-01-quiet.md"
CACHE = ".briefgen/cache.db"


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """The site, built twice: the second time everything was at rest, and is known to be."""
    site = write_desk(tmp_path_factory.mktemp("desk")).built(jobs=1)
    time.sleep(0.1)
    return site.built(jobs=1)


def edit(site) -> None:
    """Change what every page shows, and one text."""
    swap("briefgen.yml", "title: Desk", "title: Office")(site)
    append(QUIET, "And no more.\n")(site)


@pytest.fixture(scope="module")
def edited(desk, tmp_path_factory):
    """The same after the edit, built anew."""
    site = copy_of(desk, tmp_path_factory.mktemp("edited"))
    edit(site)
    return site.built(clean=True, jobs=1)


class Evil:
    """Whoever unpickles it opens a file."""

    def __reduce__(self):
        return (open, ("executed", "w"))


def flip(seed: int):
    """Flip some bits, in the head or anywhere."""

    def harm(file: Path) -> None:
        chance, data = random.Random(seed), bytearray(file.read_bytes())
        for _ in range(chance.choice([1, 10, 1000])):
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        file.write_bytes(data)

    return harm


def cut(share: float):
    """Keep a part of it, from the beginning."""
    return lambda file: file.write_bytes(file.read_bytes()[: int(file.stat().st_size * share)])


def spoil(old: bytes, new: bytes):
    """Put as many other bytes where it says `old`, the first time."""

    def harm(file: Path) -> None:
        data = file.read_bytes()
        assert old in data
        file.write_bytes(data.replace(old, new, 1))

    return harm


def hold(data: bytes):
    """Let it hold something else."""
    return lambda file: file.write_bytes(data)


def query(statement: str, *values: object):
    """Change it by SQL, so that it is whole as a database."""

    def harm(file: Path) -> None:
        database = sqlite3.connect(file)
        database.execute(statement, values)
        database.commit()
        database.close()

    return harm


def make_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()
    (file / "in it").touch()


def make_loop(file: Path) -> None:
    """A link to itself can't be read by anybody."""
    file.unlink()
    make_loop_at(file)


def make_loop_at(path: Path) -> None:
    path.symlink_to(path.name)


def make_unreadable(file: Path) -> None:
    file.chmod(0)


def leave_a_journal(file: Path) -> None:
    file.with_name("cache.db-journal").write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + b"x" * 600)


HARMS = {
    **{f"flipped bits {seed}": flip(seed) for seed in range(12)},
    **{f"cut to {share:.0%}": cut(share) for share in (0, 0.001, 0.3, 0.5, 0.9, 0.999)},
    "a schema that is not UTF-8": spoil(b"CREATE TABLE meta", b"CREATE \xd4ABLE meta"),
    "other versions": query("UPDATE meta SET value = 'briefgen 0.0' WHERE name = 'header'"),
    "no header": query("DELETE FROM meta"),
    "a pickle": hold(pickle.dumps(Evil())),
    "a pickle for a body": query("UPDATE bodies SET body = ?", pickle.dumps(Evil())),
    "a pickle for facts": query("UPDATE studies SET row = ?", pickle.dumps(Evil())),
    "text": hold(b"This is no database. " * 500),
    "a folder": make_folder,
    "a link to itself": make_loop,
    "unreadable": make_unreadable,
    "a journal of another": leave_a_journal,
    "no bodies": query("DELETE FROM bodies"),
    "no files": query("DELETE FROM files"),
    "a table less": query("DROP TABLE pages"),
    "a column less": query("ALTER TABLE records DROP COLUMN loaded"),
    "a signature that is none": query("UPDATE files SET signature = 7"),
    "a digest that is text": query("UPDATE files SET digest = 'x'"),
    "no study": query("UPDATE studies SET row = NULL"),
    "another's study": query("UPDATE studies SET row = (SELECT row FROM studies LIMIT 1)"),
    "another's body": query("UPDATE bodies SET body = (SELECT body FROM bodies LIMIT 1)"),
    "a path that is not UTF-8": query(
        "UPDATE files SET path = CAST(x'ff' AS TEXT) WHERE path LIKE '%quiet%'"
    ),
    "a snapshot that is none": query("UPDATE meta SET value = 'x' WHERE name = 'snapshot'"),
    "a question that nobody can ask": query("UPDATE pages SET asked = x'00'"),
}


@pytest.mark.parametrize("name", HARMS)
def test_a_damaged_cache_costs_time_alone(name, desk, edited, tmp_path, monkeypatch, capfd):
    monkeypatch.chdir(tmp_path)
    unchanged, changed = copy_of(desk, tmp_path / "a"), copy_of(desk, tmp_path / "b")
    edit(changed)
    for site, wanted in ((unchanged, desk), (changed, edited)):
        HARMS[name](site.root / CACHE)
        for _ in range(2):  # and what is kept now is right too
            site.built(jobs=1)
            assert tree_of(site.root / "site") == tree_of(wanted.root / "site")
            assert site.diagnostics == wanted.diagnostics
    assert not (tmp_path / "executed").exists()
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("name", ["flipped bits 1", "a folder", "no bodies", "a table less"])
def test_looking_for_faults_leaves_a_damaged_cache_as_it_is(name, desk, tmp_path):
    site = copy_of(desk, tmp_path)
    HARMS[name](site.root / CACHE)
    before = tree_of(site.root / ".briefgen")
    result = build(BuildOptions(root=site.root, as_of=site.as_of), write=False)
    assert result.diagnostics == desk.diagnostics
    assert tree_of(site.root / ".briefgen") == before


def test_a_cache_that_can_not_be_written_is_done_without(desk, edited, tmp_path, monkeypatch):
    """As on a disk that is full."""
    site = copy_of(desk, tmp_path)
    edit(site)
    connect = sqlite3.connect

    def connect_to_a_full_disk(path, **options):
        database = connect(path, **options)
        if path != ":memory:":
            database.execute("PRAGMA max_page_count = 1")
        return database

    monkeypatch.setattr(sqlite3, "connect", connect_to_a_full_disk)
    site.built(jobs=2)
    assert tree_of(site.root / "site") == tree_of(edited.root / "site")


def vanish(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


@pytest.mark.parametrize("has_output", [True, False])
@pytest.mark.parametrize("lost", [".briefgen", CACHE, "site"])
@pytest.mark.parametrize("stage", ["scan", "load", "study", "link", "check", "render", "write"])
def test_what_is_lost_halfway(stage, lost, has_output, desk, edited, tmp_path):
    """The build goes through, or says why not and leaves the output; the next one is right."""
    site = copy_of(desk, tmp_path)
    edit(site)
    if not has_output:
        shutil.rmtree(site.root / "site")
    before = tree_of(site.root / "site")

    def lose(name: str, done: int, _total: int) -> None:
        if name == stage and not done:
            vanish(site.root / lost)

    result = build(BuildOptions(root=site.root, as_of=site.as_of, jobs=1), progress=lose)
    if result.ok:
        assert tree_of(site.root / "site") == tree_of(edited.root / "site")
    else:
        assert {one.code for one in result.diagnostics if one.level == "error"} == {
            "output-unwritable"
        }
        assert tree_of(site.root / "site") == ({} if lost == "site" else before)
    site.built(jobs=1)
    assert tree_of(site.root / "site") == tree_of(edited.root / "site")


@pytest.mark.parametrize(
    "data",
    [b"", b"{", b"[]", b'{"files": {}, "format": 99}', b'{"files": {"../x": {"digest": "", "size": 1}}}', None],
)  # fmt: skip
def test_with_a_damaged_manifest_nothing_is_touched(data, desk, tmp_path):
    """Whose files these are can't be told any more."""
    site = copy_of(desk, tmp_path)
    edit(site)
    manifest = site.root / "site" / MANIFEST
    if data is None:
        make_folder(manifest)
    else:
        manifest.write_bytes(data)
    before = tree_of(site.root / "site")
    site.build(jobs=1)
    assert not site.result.ok
    assert site.codes == {"output-foreign"}
    assert tree_of(site.root / "site") == before


def test_a_manifest_of_other_digests_has_its_files_written_anew(desk, tmp_path):
    site = copy_of(desk, tmp_path)
    manifest = site.root / "site" / MANIFEST
    manifest.write_bytes(manifest.read_bytes().replace(b'"digest":"', b'"digest":"0'))
    site.built(jobs=1)
    assert tree_of(site.root / "site") == tree_of(desk.root / "site")


@pytest.mark.parametrize("harm", [hold(b""), hold(b"\x93junk"), cut(0.5), flip(1), make_folder])
def test_a_damaged_record_of_the_output_costs_reading(harm, desk, edited, tmp_path):
    site = copy_of(desk, tmp_path)
    site.built(jobs=1)
    for record in (site.root / ".briefgen").glob("seen-*.msgpack"):
        harm(record)
    site.built(jobs=1)
    assert tree_of(site.root / "site") == tree_of(desk.root / "site")
    edit(site)
    site.built(jobs=1)
    assert tree_of(site.root / "site") == tree_of(edited.root / "site")


@pytest.mark.parametrize("path", [".briefgen", ".briefgen/build.lock"])
def test_a_state_folder_that_can_not_be_used_stops_the_run(path, desk, tmp_path):
    site = copy_of(desk, tmp_path)
    vanish(site.root / path)
    if path == ".briefgen":
        (site.root / path).write_text("a file")
    else:
        (site.root / path).mkdir()
    with pytest.raises(BuildStop, match="can't be written"):
        site.build(jobs=1)


def test_an_output_that_links_to_itself(desk, tmp_path):
    site = copy_of(desk, tmp_path)
    vanish(site.root / "site")
    make_loop_at(site.root / "site")
    site.build(jobs=1)
    (error,) = [one for one in site.diagnostics if one.level == "error"]
    assert (error.code, error.place.path) == ("output-unwritable", "site")
    assert "symbolic link" in error.message


def test_a_cache_folder_that_links_to_itself(desk, tmp_path):
    site = copy_of(desk, tmp_path)
    make_loop_at(site.root / "cache")
    with pytest.raises(BuildStop, match=r"symbolic link.*--cache-dir"):
        site.build(jobs=1, cache_dir=site.root / "cache")


def test_a_citation_style_that_links_to_itself(desk, tmp_path):
    site = copy_of(desk, tmp_path)
    make_loop_at(site.root / "own.csl")
    swap("briefgen.yml", "title:", "citations: {style: own.csl}\ntitle:")(site)
    site.build(jobs=1)
    (error,) = [one for one in site.diagnostics if one.level == "error"]
    assert error.code == "citation-style"
    assert "own.csl" not in error.help


@pytest.mark.parametrize(("folder", "is_told"), [("src", True), ("site-packages", False)])
def test_a_cache_of_an_installation_that_was_edited_since_is_made_anew(
    folder, is_told, desk, tmp_path, monkeypatch
):
    """An installed package changes with its version; one that is edited in place does not."""
    package = tmp_path / folder / "briefgen"
    (package / "build").mkdir(parents=True)
    (package / "build/study.py").write_text("one = 1\n")
    own = SimpleNamespace(__version__="1", __file__=str(package / "__init__.py"))
    monkeypatch.setattr(versions, "briefgen", own)
    site = copy_of(desk, tmp_path / "desk").built(jobs=1)
    site.built(jobs=1)
    assert site.rendered == set()
    (package / "build/study.py").write_text("another = 1\n")
    site.built(jobs=1)
    assert bool(site.rendered) is is_told


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="no list of open files in /proc")
def test_nothing_of_the_cache_stays_open(desk, tmp_path):
    """Else a server would hold a file more after each build, and on Windows none could be removed."""
    site = copy_of(desk, tmp_path)
    gc.disable()
    try:
        for number in range(2):
            site.file("content/static/robot.txt", str(number)).built(jobs=1)
            append(QUIET, "And no more.\n")(site)
            site.built(jobs=1)
            links = [one for one in Path("/proc/self/fd").iterdir() if one.is_symlink()]
            assert not [one for one in links if str(tmp_path) in str(one.readlink())]
    finally:
        gc.enable()
