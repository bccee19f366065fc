"""A file is unchanged if it is really there with the bytes listed; whatever befell it is mended."""

from __future__ import annotations

import os
import time
from pathlib import Path

import msgspec
import pytest

from briefgen.write.manifest import Entry
from briefgen.write.record import Record
from briefgen.write.stage import digest_of
from briefgen.write.transaction import Committed

SITE = {"index.html": "home", "a/index.html": "AAAA"}
PAGE = "a/index.html"


def _alter_quietly(page):
    status = page.stat()
    page.write_text("BBBB")
    os.utime(page, ns=(status.st_atime_ns, status.st_mtime_ns))


def _replace_by_link(page):
    page.unlink()
    page.symlink_to("../index.html")


def _replace_by_pipe(page):
    page.unlink()
    os.mkfifo(page)


def _replace_by_folder(page):
    page.unlink()
    (page / "empty/within").mkdir(parents=True)


def _drop_folder(page):
    page.unlink()
    page.parent.rmdir()


def _swap_in_another(page):
    other = page.with_name("other")
    other.write_text("BBBB")
    os.utime(other, ns=(page.stat().st_atime_ns, page.stat().st_mtime_ns))
    other.replace(page)


HARMS = {
    "deleted": lambda page: page.unlink(),
    "deleted with its folder": _drop_folder,
    "cut short": lambda page: page.write_text("A"),
    "grown": lambda page: page.write_text("AAAAA"),
    "altered to the same size": lambda page: page.write_text("BBBB"),
    "altered, its time restored": _alter_quietly,
    "another moved over it": _swap_in_another,
    "made a symbolic link": _replace_by_link,
    "made a pipe": _replace_by_pipe,
    "made an empty folder": _replace_by_folder,
}


@pytest.mark.parametrize("has_settled", [True, False])
@pytest.mark.parametrize("harm", HARMS)
def test_harm_is_seen_and_mended(site, harm, has_settled):
    site.build(SITE)
    clean = site.tree()
    if has_settled:  # past the clock's grain, so that the record is relied upon
        time.sleep(0.02)
        site.build(SITE)
    HARMS[harm](site.output / PAGE)
    with site.begin() as tx:
        assert tx.keep("index.html")
        assert not tx.keep(PAGE)
        assert tx.stage(PAGE, b"AAAA")
        assert tx.commit() == Committed(1, 0, 1)
    assert site.tree() == clean


@pytest.mark.parametrize("harm", HARMS)
def test_staging_the_listed_bytes_mends_too(site, harm):
    site.build(SITE)
    clean = site.tree()
    HARMS[harm](site.output / PAGE)
    assert site.build(SITE) == Committed(1, 0, 1)
    assert site.tree() == clean


def test_a_file_only_touched_is_not_written(site):
    site.build(SITE)
    page = site.output / PAGE
    os.utime(page, ns=(1, 1))
    assert site.build(SITE) == Committed(0, 0, 2)
    assert page.stat().st_mtime_ns == 1


def test_a_harmed_file_that_is_no_longer_wanted_goes(site):
    site.build(SITE)
    (site.output / PAGE).write_text("altered")
    assert site.build({"index.html": "home"}) == Committed(0, 1, 1)
    assert site.pages() == {"index.html": "home"}


def _entry(text: str) -> Entry:
    return Entry(digest_of(text.encode()), len(text))


@pytest.fixture
def known(tmp_path, monkeypatch):
    """A file with its record saved, past the clock's grain; reading it is counted."""
    reads = []
    from briefgen.write import record as room

    real = room.digest_of_file
    monkeypatch.setattr(room, "digest_of_file", lambda file: reads.append(file) or real(file))
    (tmp_path / "page").write_text("text")
    time.sleep(0.02)
    record = Record.load(tmp_path / "seen.msgpack", str(tmp_path))
    assert record.is_intact("page", _entry("text"))
    record.save({"page": _entry("text")})
    assert len(reads) == 1
    reads.clear()
    return tmp_path, reads


def test_a_recorded_file_is_not_read(known):
    folder, reads = known
    record = Record.load(folder / "seen.msgpack", str(folder))
    assert record.is_intact("page", _entry("text"))
    assert not record.is_intact("page", _entry("else"))  # known to be other bytes
    assert reads == []


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"\x80",
        b"\xff" * 40,
        msgspec.msgpack.encode([2, {}]),
        msgspec.msgpack.encode([1, {"page": 3}]),
    ],
)
def test_a_damaged_record_costs_a_reading(known, damage):
    folder, reads = known
    (folder / "seen.msgpack").write_bytes(damage)
    record = Record.load(folder / "seen.msgpack", str(folder))
    assert record.is_intact("page", _entry("text"))
    assert len(reads) == 1


def test_a_record_of_another_format_costs_a_reading(known):
    folder, reads = known
    saved = msgspec.msgpack.decode((folder / "seen.msgpack").read_bytes())
    (folder / "seen.msgpack").write_bytes(msgspec.msgpack.encode([2, *saved[1:]]))
    assert Record.load(folder / "seen.msgpack", str(folder)).is_intact("page", _entry("text"))
    assert len(reads) == 1


@pytest.mark.parametrize(("later_ns", "count"), [(0, 1), (1, 0)])
def test_what_is_as_young_as_the_record_is_not_trusted(known, monkeypatch, later_ns, count):
    """A file altered within the tick of its record, to the same size, would look the same."""
    folder, reads = known
    page, saved = folder / "page", folder / "seen.msgpack"
    page.write_text("text")
    _record_at(monkeypatch, page.stat().st_ctime_ns + later_ns)
    record = Record.load(saved, str(folder))
    assert record.is_intact("page", _entry("text"))
    record.save({"page": _entry("text")})
    reads.clear()
    assert Record.load(saved, str(folder)).is_intact("page", _entry("text"))
    assert len(reads) == count


def _record_at(monkeypatch, time_ns: int) -> None:
    """Let the disk's clock stand still, or jump ahead, when a record is saved."""
    real = Path.touch

    def touch(path):
        real(path)
        os.utime(path, ns=(time_ns, time_ns))

    monkeypatch.setattr(Path, "touch", touch)


def test_what_was_just_written_is_recorded(site, monkeypatch):
    _record_at(monkeypatch, time.time_ns() + 10**12)
    site.build(SITE)
    monkeypatch.setattr("briefgen.write.record.digest_of_file", pytest.fail)
    assert site.build(SITE) == Committed(0, 0, 2)
    site.build(SITE | {PAGE: "B"})
    assert site.build(SITE | {PAGE: "B"}) == Committed(0, 0, 2)


def test_only_an_ordinary_file_is_intact(tmp_path):
    (tmp_path / "copy").write_text("text")
    (tmp_path / "link").symlink_to("copy")
    os.mkfifo(tmp_path / "pipe")
    record = Record.load(tmp_path / "seen.msgpack", str(tmp_path))
    assert record.is_intact("copy", _entry("text"))
    assert not record.is_intact("link", _entry("text"))
    assert not record.is_intact("pipe", _entry(""))


def test_a_record_that_can_not_be_saved_is_dropped(known, monkeypatch):
    folder, _ = known
    (folder / "page").write_text("new!")
    record = Record.load(folder / "seen.msgpack", str(folder))
    assert record.is_intact("page", _entry("new!"))
    (folder / "seen.part").mkdir()
    record.save({"page": _entry("new!")})
    assert not (folder / "seen.msgpack").exists()
