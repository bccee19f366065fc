"""A system call that fails, whichever: the last good site stands, to the byte, or the new one."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from briefgen.write.faults import OutputFault

OLD = {
    "index.html": "home", "a/index.html": "A", "b/index.html": "B", "c/d/index.html": "D",
    "file": "F", "folder/in.html": "I",
}  # fmt: skip
NEW = {
    "index.html": "home!", "a/index.html": "A", "b/index.html": "B!", "n/m/index.html": "M",
    "file/in.html": "F!", "folder": "I!",
}  # fmt: skip

opened = os.open
GROWING = ("open", "write", "mkdir", "link")  # what a full disk refuses; `open` only to create
ALL = (*GROWING, "replace", "rename", "fsync", "unlink", "rmdir")


@pytest.fixture
def site(fast_site):
    return fast_site


class Fault:
    """From its `first`-th call on, `count` calls of the named functions of `os` fail."""

    def __init__(self, monkeypatch, names, code) -> None:
        self.calls = 0
        self.first = self.count = 0
        self.code = code
        for name in names:
            monkeypatch.setattr(os, name, self._failing(getattr(os, name)))

    def _failing(self, real: Callable) -> Callable:
        def call(*args, **kwargs):
            if real is opened and not args[1] & os.O_CREAT:
                return real(*args, **kwargs)
            self.calls += 1
            if self.first and self.first <= self.calls < self.first + self.count:
                raise OSError(self.code, os.strerror(self.code))
            return real(*args, **kwargs)

        return call

    def arm(self, first: int, count: int) -> None:
        self.calls, self.first, self.count = 0, first, count

    def disarm(self) -> None:
        self.first = 0


@pytest.mark.parametrize("is_first", [False, True])
@pytest.mark.parametrize(
    ("names", "code", "count"),
    [
        (("write",), errno.ENOSPC, 10**6),
        (GROWING, errno.ENOSPC, 10**6),
        (ALL, errno.EIO, 1),
        pytest.param(ALL, errno.EIO, 3, marks=pytest.mark.slow),
    ],
)
def test_any_call_may_fail(site, monkeypatch, names, code, count, is_first):
    """One call, three in a row, or all from then on; undoing meets the same."""
    old = {} if is_first else OLD
    fault = Fault(monkeypatch, names, code)
    failures = 0
    for n in range(1, 400):
        _reset(site, old)
        before = site.tree()
        fault.arm(n, count)
        failures += _fails(site)
        is_through = fault.calls < n
        fault.disarm()
        can_be_undone = names != ALL or count == 1
        if _files(site) != NEW and can_be_undone:
            assert site.tree() == before
            assert site.output.exists() is not is_first
            assert names == ALL or site.stages() == []  # clearing away may fail too
        assert _is_whole(site, old)
        site.build(NEW)  # whatever was left, the next build is right
        assert _files(site) == NEW
        assert site.stages() == []
        if is_through:
            break
    assert is_through
    assert failures > 5


def _fails(site) -> bool:
    try:
        site.build(NEW)
    except OutputFault:  # and nothing else
        return True
    return False


def _reset(site, old) -> None:
    shutil.rmtree(site.output, ignore_errors=True)
    if old:
        site.build(old)


def _is_whole(site, old) -> bool:
    """Every file that is there is one of the old site or one of the new."""
    return all(text in (old.get(path), NEW.get(path)) for path, text in _files(site).items())


def _files(site) -> dict[str, str]:
    """The pages without the folders left empty, where the one call that failed was their removal."""
    return {path: text for path, text in site.pages().items() if not path.endswith("/")}


def test_a_full_disk_is_said_so(site, monkeypatch):
    site.build(OLD)
    fault = Fault(monkeypatch, ("write",), errno.ENOSPC)
    fault.arm(1, 1)
    with pytest.raises(OutputFault, match="the disk is full") as caught:
        site.build(NEW)
    assert "Make room" in caught.value.help
    assert "site/" in caught.value.path


@pytest.mark.parametrize("code", [errno.EROFS, errno.EACCES])
@pytest.mark.parametrize("is_first", [False, True])
def test_a_read_only_output_is_said_before_anything_is_staged(site, monkeypatch, code, is_first):
    old = {} if is_first else OLD
    if old:
        site.build(old)
    before = site.tree()
    real = os.rename

    def rename(source, target):
        if not str(target).startswith(f"{site.state}/"):
            raise OSError(code, os.strerror(code))
        real(source, target)

    monkeypatch.setattr(os, "rename", rename)
    with site.begin() as tx, pytest.raises(OutputFault, match=r"only be read|may not write"):
        tx.stage("index.html", b"new")
    assert site.tree() == before
    assert site.stages() == []


def test_a_file_that_fails_when_closed_is_not_taken_for_written(site, monkeypatch):
    site.build(OLD)
    before = site.tree()
    real = os.close

    def close(target):
        is_staged = "/files/" in str(Path(f"/proc/self/fd/{target}").readlink())
        real(target)
        if is_staged:
            raise OSError(errno.EDQUOT, os.strerror(errno.EDQUOT))

    with site.begin() as tx:
        folder = tx.stage_dir
        monkeypatch.setattr(os, "close", close)
        with pytest.raises(OutputFault, match="share of the disk"):
            tx.stage("index.html", b"new")
        monkeypatch.setattr(os, "close", real)
        assert folder
    assert site.tree() == before


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_without_permission(site):
    site.build(OLD)
    before = site.tree()
    (site.output / "b").chmod(0o500)
    try:
        with pytest.raises(OutputFault, match="may not write"):
            site.build(NEW)
        assert site.tree() == before
    finally:
        (site.output / "b").chmod(0o700)


def test_a_disk_without_links_is_served_by_copies(site, monkeypatch):
    def link(*_args, **_kwargs):
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(os, "link", link)
    fault = Fault(monkeypatch, ("replace",), errno.EIO)
    for n in range(1, 40):
        _reset(site, OLD)
        before = site.tree()
        fault.arm(n, 1)
        try:
            site.build(NEW)
        except OutputFault:
            assert site.tree() == before
        if fault.calls < n:
            break
    assert site.pages() == NEW


@pytest.mark.parametrize("n", range(1, 12))
def test_an_interrupt_during_the_commit_undoes_it(site, monkeypatch, n):
    site.build(OLD)
    before = site.tree()
    real = os.replace
    calls = []

    def replace(source, target):
        real(source, target)
        calls.append(target)
        if len(calls) == n:
            raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", replace)
    with pytest.raises(KeyboardInterrupt):
        site.build(NEW)
    monkeypatch.setattr(os, "replace", real)
    if n == 1:  # the journal was just complete: the next build follows it
        site.begin().abort()
        assert site.pages() == NEW
    else:
        assert site.tree() == before
    assert site.stages() == []
