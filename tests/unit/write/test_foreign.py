"""What is not briefgen's is never written over, removed, or written through."""

from __future__ import annotations

import os

import pytest

from briefgen.write.faults import ForeignOutput, OutputFault
from briefgen.write.manifest import MANIFEST
from briefgen.write.plan import plan_commit
from briefgen.write.stage import Destination
from briefgen.write.transaction import Committed

SITE = {"index.html": "home", "a/index.html": "A"}


def test_a_folder_in_use_is_refused(site):
    site.output.mkdir()
    for name in ("z", "b", "c", "a"):
        (site.output / name).write_text(name)
    before = site.tree()
    with pytest.raises(ForeignOutput, match="`a`, `b`, `c` and 1 more"):
        site.begin()
    assert site.tree() == before


@pytest.mark.parametrize("damage", [b"{", b'{"files": {"../x": {"digest": "", "size": 0}}}'])
def test_a_damaged_list_makes_it_foreign(site, damage):
    site.build(SITE)
    (site.output / MANIFEST).write_bytes(damage)
    with pytest.raises(ForeignOutput, match="damaged"):
        site.begin()
    assert site.pages() == SITE


def test_a_damaged_list_alone_is_no_site(site):
    site.output.mkdir()
    (site.output / MANIFEST).write_bytes(b"{")
    site.build(SITE)
    assert site.build(SITE) == Committed(0, 0, 2)


def test_a_fresh_worktree_counts_as_empty(site):
    site.output.mkdir()
    (site.output / ".git").write_text("gitdir: elsewhere")
    site.build(SITE)
    site.build({"index.html": "new"})
    assert site.pages() == {".git": "gitdir: elsewhere", "index.html": "new"}


def test_foreign_files_stay(site):
    site.build(SITE)
    (site.output / "CNAME").write_text("example.org")
    (site.output / "a/mine.txt").write_text("mine")
    (site.output / "empty").mkdir()
    (site.output / "out").symlink_to("/nowhere")
    site.build({"index.html": "new", "b/index.html": "B"})
    tree = site.tree()
    del tree[MANIFEST]
    assert tree == {
        "index.html": b"new",
        "b/index.html": b"B",
        "CNAME": b"example.org",
        "a/mine.txt": b"mine",
        "empty/": b"",
        "out": b"-> /nowhere",
    }


def _file(path, text="mine"):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def _link(path, target):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(target)


# name: what is put by hand, the site to build, what stands in the way
OBSTACLES = {
    "a file": (lambda out: _file(out / "b/index.html"), {"b/index.html": "B"}, "b/index.html"),
    "a link": (lambda out: _link(out / "b.html", "index.html"), {"b.html": "home"}, "b.html"),
    "a pipe": (lambda out: os.mkfifo(out / "b.html"), {"b.html": "B"}, "b.html"),
    "a file where a folder must go": (lambda out: _file(out / "b"), {"b/x/i.html": "B"}, "b"),
    "a folder where a file must go": (lambda out: _file(out / "b/x/mine"), {"b": "B"}, "b/x/mine"),
    "a file in a folder of ours": (lambda out: _file(out / "a/mine"), {"a": "A"}, "a/mine"),
    "a link in a folder of ours": (lambda out: _link(out / "a/up", ".."), {"a": "A"}, "a/up"),
    "a page in that folder": (lambda _: None, {"a": "A", "a/index.html": "A"}, "a/index.html"),
    "a page above": (lambda _: None, {"a/index.html": "A", "a/index.html/b": "B"}, "a/index.html"),
    "two new pages": (lambda _: None, {"n": "N", "n/b": "B"}, "n"),
}


@pytest.mark.parametrize("name", OBSTACLES)
def test_an_obstacle_is_named_and_left(site, name):
    put, wanted, obstacle = OBSTACLES[name]
    site.build(SITE)
    put(site.output)
    before = site.tree() if "pipe" not in name else None
    with pytest.raises(OutputFault) as caught:
        site.build({"index.html": "new", **wanted})
    assert f"/{obstacle}` is " in caught.value.message
    assert any(f"/{path}` can't" in caught.value.message for path in wanted)
    if before:
        assert site.tree() == before
    assert (site.output / "index.html").read_text() == "home"
    assert site.stages() == []


def test_two_pages_in_one_place_of_a_first_build(site):
    with pytest.raises(OutputFault, match="where a folder must go"):
        site.build({"n": "N", "n/b": "B"})
    with pytest.raises(OutputFault, match="where a file must go"):
        site.build({"n/b": "B", "n": "N"})
    assert not site.output.exists()


def test_the_very_bytes_are_taken_over(site):
    site.build(SITE)
    _file(site.output / "CNAME", "example.org")
    before = (site.output / "CNAME").stat()
    assert site.build(SITE | {"CNAME": "example.org"}) == Committed(0, 0, 3)
    assert (site.output / "CNAME").stat() == before
    assert site.build(SITE) == Committed(0, 1, 2)  # from now on it is briefgen's


@pytest.mark.parametrize(
    "wanted",
    [
        {"index.html": "home", "a/index.html": "changed"},
        {"index.html": "home", "a/index.html": "A", "a/new.html": "N"},
    ],
)
def test_a_folder_replaced_by_a_link_is_not_written_through(site, tmp_path, wanted):
    site.build(SITE)
    _move_out(site, tmp_path)
    with pytest.raises(OutputFault, match="symbolic link"):
        site.build(wanted)
    assert [path.name for path in (tmp_path / "outside").iterdir()] == ["index.html"]
    assert (tmp_path / "outside/index.html").read_text() == "A"


def test_nothing_is_removed_through_a_link(site, tmp_path):
    site.build(SITE)
    _move_out(site, tmp_path)
    assert site.build({"index.html": "home"}) == Committed(0, 0, 1)
    assert (tmp_path / "outside/index.html").read_text() == "A"


def _move_out(site, tmp_path):
    (site.output / "a").rename(tmp_path / "outside")
    (site.output / "a").symlink_to(tmp_path / "outside")


def test_a_stale_page_replaced_by_a_folder_is_left(site):
    site.build(SITE)
    (site.output / "a/index.html").unlink()
    _file(site.output / "a/index.html/mine")
    assert site.build({"index.html": "home"}) == Committed(0, 0, 1)
    assert (site.output / "a/index.html/mine").read_text() == "mine"


def test_a_file_under_another_case_is_the_same_file_on_some_disks(site):
    """Played with a hard link, which is one file under two names too."""
    site.build(SITE | {"Foo/index.html": "old"})
    (site.output / "foo").mkdir()
    os.link(site.output / "Foo/index.html", site.output / "foo/index.html")
    assert site.build(SITE | {"foo/index.html": "new"}) == Committed(1, 1, 2)
    assert site.pages() == SITE | {"foo/index.html": "new"}


@pytest.mark.parametrize(
    ("stale", "new"),
    [("Foo/i", "foo/i"), ("FOO", "foo/i"), ("Foo/i", "foo"), ("caf\u00e9", "cafe\u0301")],
)
def test_what_a_disk_may_take_for_one_is_removed_first(site, stale, new):
    """On such a disk, removing it afterwards would remove the new one."""
    site.build({stale: "old"})
    entry = site.begin().previous[stale]
    to = Destination.of(site.output, site.state)
    plan = plan_commit(to, {stale: entry}, {new: entry}, {new: "1"})
    actions = [step.action for step in plan.steps if step.action in ("remove", "add")]
    assert actions == ["remove", "add"]


def test_an_output_that_is_a_file_is_refused(site):
    site.output.write_text("mine")
    with pytest.raises(OutputFault, match="a file stands where a folder must go"):
        site.begin()
    assert site.output.read_text() == "mine"


def test_an_output_under_a_file_is_refused(site):
    site.output.write_text("mine")
    site.output /= "below"
    with pytest.raises(OutputFault, match="a file stands where a folder must go"):
        site.build(SITE)
