from __future__ import annotations

import os

import pytest

from briefgen.load.text import SiteReader, decode, read


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"", ""),
        (b"plain\n", "plain\n"),
        (b"\xef\xbb\xbfwith a mark\n", "with a mark\n"),
        (b"a\r\nb\rc\n", "a\nb\nc\n"),
        ("é ж 核 🕊".encode(), "é ж 核 🕊"),
        (b"a\xef\xbb\xbfb", "a\ufeffb"),  # a mark in the middle is a character
    ],
)
def test_decode(data, text):
    assert decode(data, "x.md", 100) == (text, ())


@pytest.mark.parametrize(
    ("data", "limit", "code", "line", "column", "words"),
    [
        (b"ab\xffc", 100, "file-encoding", 1, 3, "0xFF at offset 2"),
        (b"a\r\nb\n\xc3(", 100, "file-encoding", 3, 1, "0xC3 at offset 5"),
        (b"\xef\xbb\xbfa\x80", 100, "file-encoding", 1, 2, "0x80 at offset 4"),
        ("é".encode()[:1], 100, "file-encoding", 1, 1, "0xC3 at offset 0"),
        (b"\xed\xa0\x80", 100, "file-encoding", 1, 1, "offset 0"),  # a surrogate
        ("text".encode("utf-16"), 100, "file-encoding", 1, 1, "UTF-16"),
        ("text".encode("utf-16-le"), 100, "file-nul", 1, 2, "NUL"),
        (b"one\ntwo\0", 100, "file-nul", 2, 4, "NUL"),
        (b"x" * 11, 10, "file-too-large", 0, 0, "11 bytes; at most 10"),
    ],
)
def test_decode_fault(data, limit, code, line, column, words):
    text, (found,) = decode(data, "x.md", limit)
    assert text == ""
    assert (found.code, found.place.line, found.place.column) == (code, line, column)
    assert words in found.message


@pytest.fixture
def site(tmp_path):
    root = tmp_path.resolve() / "site"
    (root / "content").mkdir(parents=True)
    (root / "content/a.md").write_bytes(b"inside")
    (root.parent / "secret.txt").write_bytes(b"outside")
    (root.parent / "site-twin").mkdir()
    (root.parent / "site-twin/a.md").write_bytes(b"outside")
    (root / "out").symlink_to(root.parent / "secret.txt")
    (root / "outdir").symlink_to(root.parent)
    (root / "in").symlink_to(root / "content/a.md")
    (root / "loop").symlink_to(root / "loop")
    os.mkfifo(root / "pipe")
    return root


@pytest.mark.parametrize("path", ["content/a.md", "in", "content/../content/a.md", "./in"])
def test_read(site, path):
    assert read(site, path, 6) == (b"inside", ())


@pytest.mark.parametrize("path", ["content/a.md", "in", "content/../content/a.md", "./in"])
def test_a_reader_reads_alike_whatever_it_has_read_before(site, path):
    read = SiteReader(site).read
    assert [read(path, 6), read(path, 6)] == [(b"inside", ())] * 2


def test_read_by_a_linked_root(site, tmp_path):
    (tmp_path / "alias").symlink_to(site)
    assert read(tmp_path / "alias", "content/a.md", 6) == (b"inside", ())
    assert SiteReader(tmp_path / "alias").read("content/a.md", 6) == (b"inside", ())


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("content/b.md", "file-unreadable"),
        ("content/a.md/b", "file-unreadable"),
        ("content", "file-unreadable"),
        ("", "file-unreadable"),
        ("loop", "file-unreadable"),
        ("pipe", "file-unreadable"),  # and it does not hang
        ("a\0b", "file-unreadable"),
        ("a\udcff", "file-unreadable"),
        ("x" * 300, "file-unreadable"),
        ("out", "path-outside-site"),
        ("outdir/secret.txt", "path-outside-site"),
        ("../secret.txt", "path-outside-site"),
        ("../site-twin/a.md", "path-outside-site"),
        ("/etc/passwd", "path-outside-site"),
        ("content/../../secret.txt", "path-outside-site"),
    ],
)
def test_read_refuses(site, path, code):
    data, (found,) = read(site, path, 100)
    assert (data, found.code) == (b"", code)
    found.message.encode()  # it can be printed
    reader = SiteReader(site)
    for known in ("content/a.md", "in"):
        reader.read(known, 100)  # which remembers their folders
    assert reader.read(path, 100) == (data, (found,))


def test_a_reader_sees_a_file_that_became_a_link_out(site):
    reader = SiteReader(site)
    reader.read("content/a.md", 100)
    (site / "content/a.md").unlink()
    (site / "content/a.md").symlink_to(site.parent / "secret.txt")
    assert reader.read("content/a.md", 100) == read(site, "content/a.md", 100)


def test_read_stops_at_the_limit(site):
    data, (found,) = read(site, "content/a.md", 5)
    assert (data, found.code) == (b"", "file-too-large")
    assert SiteReader(site).read("content/a.md", 5) == (data, (found,))
