"""What a commit makes of an output: exactly the pages wanted, and nothing written twice."""

from __future__ import annotations

import os
import stat

import pytest

from briefgen.write.manifest import MANIFEST, read_manifest
from briefgen.write.stage import digest_of
from briefgen.write.transaction import Committed, Transaction

SITE = {"index.html": "home", "a/index.html": "A", "b/c/index.html": "C", "feed.xml": "<feed/>"}

# name: the site afterwards, and written, removed, unchanged
EDITS = {
    "nothing": (SITE, (0, 0, 4)),
    "one page changed": (SITE | {"a/index.html": "A!"}, (1, 0, 3)),
    "changed to the same size": (SITE | {"a/index.html": "B"}, (1, 0, 3)),
    "emptied": (SITE | {"feed.xml": ""}, (1, 0, 3)),
    "added at the top": (SITE | {"z.html": "z"}, (1, 0, 4)),
    "added in a new folder": (SITE | {"x/y/z/index.html": "z"}, (1, 0, 4)),
    "removed, its folders too": ({"index.html": "home", "feed.xml": "<feed/>"}, (0, 2, 2)),
    "moved": ({"index.html": "home", "new/index.html": "A"}, (1, 3, 1)),
    "all replaced": ({"other.html": "o"}, (1, 4, 0)),
    "none left": ({}, (0, 4, 0)),
    "a file becomes a folder": (
        {**SITE, "feed.xml/index.html": "f"} | {"feed.xml": None},
        (1, 1, 3),
    ),
    "a folder becomes a file": (
        {**SITE, "b": "b"} | {"b/c/index.html": None},
        (1, 1, 3),
    ),
    "a folder within becomes a file": (
        {**SITE, "b/c": "c", "b/d/e": "e"} | {"b/c/index.html": None},
        (2, 1, 3),
    ),
    "case changes": ({**SITE, "A/index.html": "A"} | {"a/index.html": None}, (1, 1, 3)),
}


@pytest.mark.parametrize("name", EDITS)
def test_edits(site, name, tmp_path):
    after, counts = EDITS[name]
    wanted = {path: text for path, text in after.items() if text is not None}
    site.build(SITE)
    assert site.build(wanted) == Committed(*counts)
    assert site.pages() == wanted  # no empty folders either
    clean = type(site)(tmp_path / "clean")
    clean.build(wanted)
    assert site.tree() == clean.tree()  # the manifest to the byte
    assert site.stages() == []


def test_first_build_makes_the_folders_above(tmp_path):
    with Transaction.begin(tmp_path / "x/y/site", tmp_path / "s/state") as tx:
        assert tx.previous == {}
        assert tx.stage("a.html", b"a")
        assert not (tmp_path / "x").exists()
        assert tx.commit() == Committed(1, 0, 0)
    assert (tmp_path / "x/y/site/a.html").read_bytes() == b"a"


def test_output_has_the_usual_permissions(site):
    old = os.umask(0o022)
    try:
        site.build(SITE)
    finally:
        os.umask(old)
    assert stat.S_IMODE(site.output.stat().st_mode) == 0o755
    assert stat.S_IMODE((site.output / "a").stat().st_mode) == 0o755
    assert stat.S_IMODE((site.output / "a/index.html").stat().st_mode) == 0o644


def test_an_empty_folder_stays_the_same_folder(site):
    site.output.mkdir(mode=0o700)
    before = site.output.stat()
    assert site.build(SITE) == Committed(4, 0, 0)
    assert site.pages() == SITE
    after = site.output.stat()
    assert (before.st_ino, before.st_mode) == (after.st_ino, after.st_mode)


def test_an_output_that_is_a_link_is_followed(site, tmp_path):
    real = tmp_path / "elsewhere"
    real.mkdir()
    site.output.symlink_to(real)
    site.build(SITE)
    site.build(SITE | {"index.html": "new"})
    assert site.output.is_symlink()
    assert (real / "index.html").read_text() == "new"


def test_no_change_touches_nothing(site):
    def stats():
        return {path: path.stat() for path in sorted(site.output.rglob("*"))}

    site.build(SITE)
    site.build(SITE)
    before, state = stats(), sorted(site.state.iterdir())
    with site.begin() as tx:
        assert all(tx.keep(path) for path in SITE)
        assert tx.commit() == Committed(0, 0, 4)
    assert stats() == before
    assert sorted(site.state.iterdir()) == state


def test_what_is_neither_staged_nor_kept_goes(site):
    site.build(SITE)
    with site.begin() as tx:
        assert tx.keep("index.html")
        assert not tx.keep("never.html")
        assert tx.commit() == Committed(0, 3, 1)
    assert site.pages() == {"index.html": "home"}


def test_a_keep_can_be_taken_back(site):
    site.build(SITE)
    with site.begin() as tx:
        assert all(tx.keep(path) for path in SITE)
        tx.stage("new", b"new")
        for path in ("a/index.html", "new", "never.html"):
            tx.release(path)
        assert tx.commit() == Committed(1, 1, 3)
    assert site.pages().keys() == (SITE.keys() | {"new"}) - {"a/index.html"}


def test_keep_with_a_digest_of_other_bytes_is_refused(site):
    site.build(SITE)
    with site.begin() as tx:
        assert not tx.keep("index.html", digest_of(b"other"))
        assert tx.keep("index.html", digest_of(b"home"))


def test_extra_is_noted_and_read_back(site):
    site.build(SITE, {"search": "1"})
    with site.begin() as tx:
        assert tx.previous_extra == {"search": "1"}
    assert site.build(SITE, {"search": "2"}) == Committed(0, 0, 4)
    manifest, _ = read_manifest(site.output)
    assert manifest.extra == {"search": "2"}


def test_a_path_is_staged_once(site):
    site.build({"a": "0"})
    with site.begin() as tx:
        tx.stage("a", b"1")
        with pytest.raises(ValueError, match="staged twice"):
            tx.stage("a", b"2")
        with pytest.raises(ValueError, match="staged twice"):
            tx.keep("a")


@pytest.mark.parametrize("kind", [ValueError, KeyboardInterrupt])
@pytest.mark.parametrize("is_first", [True, False])
def test_an_exception_leaves_everything_as_it_was(site, kind, is_first):
    if not is_first:
        site.build(SITE)
    before = site.tree()

    def build():
        with site.begin() as tx:
            tx.stage("a/index.html", b"changed")
            tx.stage("n/index.html", b"new")
            assert site.stages()
            raise kind

    with pytest.raises(kind):
        build()
    assert site.tree() == before
    assert site.output.exists() is not is_first
    assert site.stages() == []


def test_two_outputs_of_one_site(site, tmp_path):
    site.build(SITE)
    other = type(site)(tmp_path)
    other.output = tmp_path / "public"
    other.build({"x.html": "x"})
    assert site.build(SITE) == Committed(0, 0, 4)
    assert other.build({"x.html": "x"}) == Committed(0, 0, 1)


def test_a_lost_state_loses_nothing(site):
    import shutil

    site.build(SITE)
    shutil.rmtree(site.state)
    assert site.build(SITE | {"a/index.html": "new"}) == Committed(1, 0, 3)
    assert site.pages() == SITE | {"a/index.html": "new"}


def test_an_older_tools_manifest_is_taken_over(site):
    site.build(SITE)
    file = site.output / MANIFEST
    file.write_bytes(file.read_bytes().replace(b'"tool":"', b'"tool":"0.0.1-old-'))
    clean = file.read_bytes()
    assert site.build(SITE) == Committed(0, 0, 4)
    assert file.read_bytes() != clean


def test_system_calls_do_not_grow_where_they_need_not(site, monkeypatch):
    """Of what is dear: syncs don't grow with the pages, a folder is made once, a keep is one stat."""
    pages = {f"p/{i}.html": str(i) for i in range(50)} | {f"q/{i}.html": str(i) for i in range(50)}
    calls = dict.fromkeys(("fsync", "mkdir", "stat", "open", "replace", "link"), 0)
    for name in calls:
        real = getattr(os, name)

        def counted(*args, _real=real, _name=name, **kwargs):
            calls[_name] += 1
            return _real(*args, **kwargs)

        monkeypatch.setattr(os, name, counted)
    site.build(pages)
    assert calls["fsync"] == 1
    assert calls["mkdir"] <= 12
    assert calls["open"] <= 130
    site.build(pages)  # what was recorded within the clock's grain is recorded again
    calls.update(dict.fromkeys(calls, 0))
    with site.begin() as tx:
        assert all(tx.keep(path) for path in pages)
        assert tx.commit() == Committed(0, 0, 100)
    assert calls["stat"] <= 115
    assert calls["replace"] == calls["link"] == calls["fsync"] == 0
    calls.update(dict.fromkeys(calls, 0))
    site.build({path: text + "!" for path, text in pages.items()})
    assert calls["fsync"] == 3
    assert calls["replace"] <= 105
    assert calls["link"] <= 101
    assert calls["mkdir"] <= 8


def test_an_output_that_does_not_last_is_never_waited_for(site, monkeypatch):
    """A disk that others keep busy may take half a minute for one sync."""

    def refused(_target):
        raise AssertionError("the disk is waited for")

    monkeypatch.setattr(os, "fsync", refused)
    for pages in ({"a/index.html": "1"}, {"a/index.html": "2", "b/index.html": "1"}, {}):
        with Transaction.begin(site.output, site.state, is_lasting=False) as tx:
            for path, text in pages.items():
                tx.stage(path, text.encode())
            tx.commit()
        found = {path: (site.output / path).read_text() for path in pages}
        assert found == pages
    assert not (site.output / "a").exists()
