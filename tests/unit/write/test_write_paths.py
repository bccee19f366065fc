"""Paths stay inside the output, and a fault says in words what is wrong with one."""

from __future__ import annotations

import errno
import pickle

import pytest

from briefgen.write.faults import OutputFault, foreign_output, output_fault
from briefgen.write.paths import ancestors, check_path, fold

GOOD = (
    "index.html",
    "a/b/c.html",
    ".nojekyll",
    "a/.well-known/x",
    "ä b/日本.html",
    "a..b/c...",
    "x" * 255,
)


@pytest.mark.parametrize("path", GOOD)
def test_good_paths(path):
    assert check_path(path) is None


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("", "leads out"),
        ("/etc/passwd", "leads out"),
        ("../x", "leads out"),
        ("a/../../x", "leads out"),
        ("a/..", "leads out"),
        ("a//b", "leads out"),
        ("a/", "leads out"),
        ("./a", "leads out"),
        ("a\0b", "leads out"),
        (".briefgen-manifest.json", "briefgen's own"),
        (".briefgen-stage-x/y", "briefgen's own"),
        ("a/\udcff.png", "not Unicode"),
        ("a/" + "x" * 256, "too long"),
        ("é" * 128 + "/a", "too long"),
    ],
)
def test_bad_paths(path, words):
    with pytest.raises(OutputFault, match=words) as caught:
        check_path(path)
    assert caught.value.help
    caught.value.message.encode()  # can be printed


def test_ancestors():
    assert list(ancestors("a/b/c")) == ["a/b", "a"]
    assert list(ancestors("a")) == []


def test_fold_joins_what_a_disk_may_join():
    assert fold("Caf\u00e9/X") == fold("cafe\u0301/x")
    assert fold("a") != fold("b")


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (errno.ENOSPC, "disk is full"),
        (errno.EROFS, "can only be read"),
        (errno.EACCES, "may not write"),
        (errno.ENAMETOOLONG, "too long"),
        (errno.EIO, "input/output error"),
    ],
)
def test_faults_are_worded_placed_and_pickled(code, words):
    import os

    fault = output_fault("site/a", OSError(code, os.strerror(code)))
    assert words in fault.message
    assert fault.diagnostic.code == "output-unwritable"
    assert fault.diagnostic.place.path == "site/a"
    again = pickle.loads(pickle.dumps(fault))
    assert (type(again), again.diagnostic) == (OutputFault, fault.diagnostic)


def test_a_foreign_folder_is_described():
    fault = foreign_output("out", ("a", "b", "c", "d", "e"), is_damaged=False)
    assert "`a`, `b`, `c` and 2 more" in str(fault)
    assert fault.diagnostic.code == "output-foreign"
    assert "damaged" in str(foreign_output("out", ("a",), is_damaged=True))
