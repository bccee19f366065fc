"""The list in the output: the same bytes for the same list, and trusted wholly or not at all."""

from __future__ import annotations

import json

import pytest

from briefgen import __version__
from briefgen.write.manifest import FORMAT, MANIFEST, Entry, Manifest, read_manifest

A, B = Entry("aa" * 16, 1), Entry("bb" * 16, 2)
GOOD = {"format": FORMAT, "tool": "0", "extra": {}, "files": {"a": {"digest": "d", "size": 1}}}


def test_bytes_do_not_depend_on_order():
    one = Manifest(files={"a": A, "b": B}, extra={"x": "1", "y": "2"})
    two = Manifest(files={"b": B, "a": A}, extra={"y": "2", "x": "1"})
    assert one.to_bytes() == two.to_bytes()


def test_reads_back_what_was_written(tmp_path):
    manifest = Manifest(files={"ä/b c.html": A}, extra={"search": "00"})
    (tmp_path / MANIFEST).write_bytes(manifest.to_bytes())
    assert read_manifest(tmp_path) == (manifest, False)
    assert manifest.tool == __version__


def test_none_where_there_is_none(tmp_path):
    assert read_manifest(tmp_path) == (None, False)
    assert read_manifest(tmp_path / "missing") == (None, False)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b'{"files": {"a": 1}}',
        json.dumps(GOOD).encode()[:-3],
        json.dumps(GOOD | {"format": FORMAT + 1}).encode(),
        *(
            json.dumps(GOOD | {"files": {path: {"digest": "d", "size": 1}}}).encode()
            for path in ("../a", "/a", "a/../../b", "a//b", "a/./b", "", "a\0b", MANIFEST)
        ),
    ],
)
def test_damage_is_no_manifest(tmp_path, data):
    (tmp_path / MANIFEST).write_bytes(data)
    assert read_manifest(tmp_path) == (None, True)


def test_the_undamaged_one_of_that_table_is_read(tmp_path):
    (tmp_path / MANIFEST).write_text(json.dumps(GOOD))
    found, is_damaged = read_manifest(tmp_path)
    assert found is not None
    assert list(found.files) == ["a"]
    assert not is_damaged


def test_a_folder_of_its_name_is_damage(tmp_path):
    (tmp_path / MANIFEST).mkdir()
    assert read_manifest(tmp_path) == (None, True)
