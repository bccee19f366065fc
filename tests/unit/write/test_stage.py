"""Staging by the transaction, by workers, from files; in the state folder or near the output."""

from __future__ import annotations

import errno
import os
import pickle
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from briefgen.write import stage as room
from briefgen.write.faults import OutputFault, SourceFault
from briefgen.write.stage import Destination, digest_of, stage_into
from briefgen.write.transaction import Committed

SITE = {"index.html": "home", "a/b/index.html": "B"}


def test_workers_stage_and_the_transaction_adopts(site):
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        for text, done in (("1", (2, 0, 0)), ("1", (0, 0, 2)), ("2", (2, 0, 0))):
            with site.begin() as tx:
                pages = {path: text.encode() for path in SITE}
                names = {path: tx.name_for(path) for path in pages}
                staged = {
                    path: pool.submit(stage_into, tx.stage_dir, names[path], data).result()
                    for path, data in pages.items()
                }
                for path, (digest, size) in staged.items():
                    assert (digest, size) == (digest_of(text.encode()), 1)
                    tx.adopt(path, names[path], digest, size)
                assert tx.commit() == Committed(*done)
            assert site.pages() == dict.fromkeys(SITE, text)
    assert site.stages() == []


@pytest.mark.parametrize("is_first", [True, False])
@pytest.mark.parametrize("name", ["a/b/index.html", "flat", "x/y"])
def test_any_name_in_the_stage_will_do(site, is_first, name):
    if not is_first:
        site.build({"index.html": "home"})
    with site.begin() as tx:
        tx.adopt("a/b/index.html", name, *stage_into(tx.stage_dir, name, b"B"))
        tx.stage("index.html", b"home")
        tx.commit()
    assert {path: text for path, text in site.pages().items() if "x" not in path[:2]} == SITE


def test_adopting_what_is_there_is_no_change(site):
    site.build(SITE)
    with site.begin() as tx:
        assert tx.keep("index.html")
        staged = stage_into(tx.stage_dir, "1", b"B")
        assert not tx.adopt("a/b/index.html", "1", *staged)
        assert tx.commit() == Committed(0, 0, 2)


def test_a_worker_that_outlives_its_build_leaves_nothing(site):
    tx = site.begin()
    folder = tx.stage_dir
    tx.abort()
    with pytest.raises(OutputFault):
        stage_into(folder, "a/b.html", b"late")
    assert site.stages() == []


def test_a_fault_in_a_worker_names_the_page_and_is_pickled(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputFault, match=r"`briefings/x/index\.html`") as caught:
        stage_into(str(tmp_path), "file/1", b"", "briefings/x/index.html")
    assert pickle.loads(pickle.dumps(caught.value)).diagnostic == caught.value.diagnostic


def test_partial_writes_are_completed(site, monkeypatch):
    real = os.write
    monkeypatch.setattr(os, "write", lambda target, data: real(target, bytes(data[:3])))
    site.build({"a": "0123456789"})
    assert site.pages() == {"a": "0123456789"}


def test_static_files(site, tmp_path, monkeypatch):
    monkeypatch.setattr(room, "CHUNK_BYTES", 4)
    source = tmp_path / "photo.png"

    def build():
        with site.begin() as tx:
            tx.stage_file("img/photo.png", source)
            return tx.commit()

    # text, written: first, the same, other of the same size, longer, empty
    for text, written in (
        ("012345678", 1),
        ("012345678", 0),
        ("876543210", 1),
        ("0" * 21, 1),
        ("", 1),
    ):
        source.write_text(text)
        assert build().written == written
        assert site.pages() == {"img/photo.png": text}
        assert site.begin().previous["img/photo.png"].digest == digest_of(text.encode())


@pytest.mark.parametrize("make", [lambda _: None, Path.mkdir, os.mkfifo])
@pytest.mark.parametrize("is_first", [True, False])
def test_a_static_file_that_can_not_be_read(site, tmp_path, make, is_first):
    source = tmp_path / "source"
    if not is_first:
        site.build({"a": "A"})
    make(source)
    with site.begin() as tx, pytest.raises(SourceFault, match="can't be read") as caught:
        tx.stage_file("a", source)
    assert caught.value.diagnostic.code == "file-unreadable"
    assert caught.value.diagnostic.place.path == str(source)
    with site.begin() as tx, pytest.raises(SourceFault) as caught:
        tx.stage_file("a", source, "content/static/a")
    assert caught.value.diagnostic.place.path == "content/static/a"
    assert caught.value.message.startswith("`content/static/a` can't be read: ")


def test_the_folder_that_refuses_is_named(tmp_path):
    to = Destination.of(tmp_path / "out", tmp_path / "state", "site")
    inside, staged = f"{to.output}/briefings/call/index.html", f"{to.state}/stage/1"

    def named(code, *paths):
        source, target = (*paths, None)[:2]
        return to.named_in(OSError(code, os.strerror(code), source, None, target))

    assert named(errno.EACCES, staged, inside) == "site/briefings/call"
    assert named(errno.EROFS, inside) == "site/briefings/call"
    assert named(errno.EACCES, inside, staged) == "site/briefings/call"
    assert named(errno.EPERM, staged, f"{to.output}/index.html") == "site"
    assert named(errno.EACCES, staged, to.output) == "site"
    assert named(errno.EACCES, staged) == to.state
    to = Destination.of(tmp_path / "site", tmp_path / ".briefgen", "site")
    assert named(errno.EACCES, f"{to.state}/stage/1") == ".briefgen"
    assert named(errno.ENOSPC, inside) == "site"


@pytest.fixture(params=["one mount", "two mounts", "two disks"])
def placed(site, fast_site, request, monkeypatch):
    """A site whose state folder lies where renames to the output are refused, or not."""
    if request.param == "two mounts":
        real = os.rename

        def rename(source, target):
            if str(source).startswith(f"{site.state}/"):
                raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))
            real(source, target)

        monkeypatch.setattr(os, "rename", rename)
    elif request.param == "two disks":
        memory = fast_site.state.parent
        if memory.stat().st_dev == site.output.parent.stat().st_dev:
            pytest.skip("one disk only")
        site.state = fast_site.state
    return site


@pytest.mark.parametrize("is_there", [True, False])
def test_wherever_the_state_lies(placed, is_there):
    if is_there:
        placed.output.mkdir()
    assert placed.build(SITE) == Committed(2, 0, 0)
    assert placed.build(SITE | {"index.html": "new", "n/n": "n"}) == Committed(2, 0, 1)
    assert placed.pages() == SITE | {"index.html": "new", "n/n": "n"}
    assert placed.build(SITE) == Committed(1, 1, 1)
    assert placed.stages() == []


def test_leftovers_are_cleared_wherever_they_lie(placed):
    placed.build(SITE)
    tx = placed.begin()
    tx.stage("index.html", b"half")  # and the process is killed
    assert placed.stages()
    assert placed.build(SITE) == Committed(0, 0, 2)
    assert placed.stages() == []
