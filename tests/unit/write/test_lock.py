"""One build at a time; who waits is told for whom; a killed holder holds nothing."""

from __future__ import annotations

import errno
import os
import platform
import shutil
import subprocess
import sys
from datetime import UTC, datetime

import pytest

from briefgen.write import lock as room
from briefgen.write.faults import OutputFault
from briefgen.write.lock import HOLDER, Holder, Locked, build_lock

HOLD = """
import os, sys, time
from pathlib import Path
from briefgen.write.lock import build_lock

with build_lock(Path(sys.argv[1])):
    if len(sys.argv) > 2 and os.fork() == 0:
        time.sleep(20)  # a worker that outlives its build
        os._exit(0)
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def hold(tmp_path):
    """Start a process that holds the lock until its input is closed, or it is killed."""
    started = []

    def start(*more: str) -> subprocess.Popen:
        process = subprocess.Popen(
            [sys.executable, "-P", "-c", HOLD, str(tmp_path / "state"), *more],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
        started.append(process)
        assert process.stdout.readline() == b"held\n"
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()
        process.stdin.close()
        process.stdout.close()


def test_the_state_folder_is_made_and_kept_out_of_git(tmp_path):
    state = tmp_path / "a/state"
    with build_lock(state):
        assert (state / ".gitignore").read_text() == "*\n"
        assert (state / HOLDER).exists()
    assert not (state / HOLDER).exists()
    (state / ".gitignore").write_text("mine")
    with build_lock(state):
        assert (state / ".gitignore").read_text() == "mine"


def test_a_second_build_is_told_who_holds_it(tmp_path, hold):
    process = hold()
    with pytest.raises(Locked) as caught, build_lock(tmp_path / "state", wait_s=0.05):
        pass
    holder = caught.value.holder
    assert (holder.pid, holder.host) == (process.pid, platform.node())
    assert abs((datetime.now(UTC) - holder.since).total_seconds()) < 60
    assert f"process {process.pid} on {platform.node()}, since 20" in str(caught.value)


def test_two_in_one_process(tmp_path):
    with (
        build_lock(tmp_path),
        pytest.raises(Locked, match=f"process {os.getpid()}"),
        build_lock(tmp_path, wait_s=0),
    ):
        pass
    with build_lock(tmp_path, wait_s=0):
        pass


def test_who_waits_is_notified_once_and_then_served(tmp_path, hold, monkeypatch):
    monkeypatch.setattr(room, "NOTICE_S", 0.05)
    process = hold()
    notices = []

    def notify(holder):
        notices.append(holder)
        process.stdin.close()

    with build_lock(tmp_path / "state", wait_s=10, notify=notify):
        assert [holder.pid for holder in notices] == [process.pid]


def test_no_notice_without_a_wait(tmp_path):
    notices = []
    with build_lock(tmp_path, notify=notices.append):
        pass
    assert notices == []


@pytest.mark.parametrize("more", [(), ("with a worker",)])
def test_a_killed_holder_holds_nothing(tmp_path, hold, more):
    process = hold(*more)
    process.kill()
    process.wait()
    with (
        build_lock(tmp_path / "state", wait_s=10),
        pytest.raises(Locked, match=f"process {os.getpid()}"),
        build_lock(tmp_path / "state", wait_s=0),
    ):
        pass


def test_a_lock_file_that_was_removed_locks_nothing(tmp_path, monkeypatch):
    """One who waits has the file open that the holder, `briefgen clean`, takes away."""
    real, tries = room._try_lock, []

    def try_lock(descriptor):
        tries.append(descriptor)
        if len(tries) == 1:
            shutil.rmtree(tmp_path / "state")
        return real(descriptor)

    monkeypatch.setattr(room, "_try_lock", try_lock)
    with build_lock(tmp_path / "state", wait_s=1):
        assert len(tries) == 2
        with pytest.raises(Locked), build_lock(tmp_path / "state", wait_s=0):
            pass


def test_a_disk_without_locks_lets_build(tmp_path, monkeypatch):
    def flock(_descriptor, _how):
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(room.fcntl, "flock", flock)
    with build_lock(tmp_path / "state", wait_s=0), build_lock(tmp_path / "state", wait_s=0):
        assert (tmp_path / "state" / HOLDER).is_file(), "who builds is told all the same"
    assert not (tmp_path / "state" / HOLDER).exists()


def test_nothing_stays_open(tmp_path):
    with build_lock(tmp_path, wait_s=0):
        with pytest.raises(Locked), build_lock(tmp_path, wait_s=0):
            pass
        (held,) = room._DESCRIPTORS
    assert not room._DESCRIPTORS
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.fstat(held)


@pytest.mark.parametrize("text", ["", "{", '{"pid": "x"}', None])
def test_a_holder_that_can_not_be_told(tmp_path, hold, text):
    hold()
    holder = tmp_path / "state" / HOLDER
    if text is None:
        holder.unlink()
    else:
        holder.write_text(text)
    with (
        pytest.raises(Locked, match=r"is under way\.") as caught,
        build_lock(tmp_path / "state", wait_s=0),
    ):
        pass
    assert caught.value.holder is None


def test_the_lock_is_released_by_an_exception(tmp_path):
    with pytest.raises(KeyError), build_lock(tmp_path):
        raise KeyError
    with build_lock(tmp_path, wait_s=0):
        pass


def test_a_state_folder_that_can_not_be_made(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputFault, match="a file stands"), build_lock(tmp_path / "file/state"):
        pass


def test_a_holder_in_words():
    since = datetime(2021, 1, 26, 18, 0, 5, tzinfo=UTC)
    assert str(Holder(7, "desk", since)) == "process 7 on desk, since 2021-01-26 18:00:05 UTC"
    assert str(Holder(7, "desk")) == "process 7 on desk"
