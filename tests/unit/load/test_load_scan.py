from __future__ import annotations

import os

import pytest

from briefgen.load.scan import KINDS, scan
from briefgen.model.site import SiteConfig

CONFIG = SiteConfig("T")


@pytest.fixture
def root(tmp_path):
    (tmp_path / "site").mkdir()
    return tmp_path.resolve() / "site"


def put(root, *paths):
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(b"x")


def paths(listing):
    return {
        kind: [file.path for file in getattr(listing, kind)]
        for kind in KINDS
        if getattr(listing, kind)
    }


def codes(listing):
    return [(d.code, d.place.path) for d in listing.diagnostics]


def test_no_content_is_an_empty_site(root):
    listing = scan(root, CONFIG)
    assert (paths(listing), codes(listing)) == ({}, [])


def test_kinds(root):
    put(
        root,
        "briefgen.yml", "other.md", "content/loose.md", "site/index.html", "themes/x/page.html",
        "content/briefings/b.md", "content/briefings/a.md", "content/briefings/2021/c.md",
        "content/briefings/map.png", "content/briefings/list.yml",
        "content/entities/people.yml", "content/entities/x.yaml", "content/entities/one.MD",
        "content/treaties/new-start.md", "content/topics/t.yml", "content/topics/t.json",
        "content/sources/s.yml", "content/sources/s.json", "content/sources/s.bib",
        "content/sources/s.md", "content/pages/about.md", "content/pages/deep/photo.jpg",
        "content/static/CNAME", "content/static/img/a.md", "seeds/a.txt", "seeds/2021/b",
    )  # fmt: skip
    listing = scan(root, CONFIG)
    assert codes(listing) == []
    assert paths(listing) == {
        "briefings": [
            "content/briefings/2021/c.md",
            "content/briefings/a.md",
            "content/briefings/b.md",
        ],
        "entities": [
            "content/entities/one.MD",
            "content/entities/people.yml",
            "content/entities/x.yaml",
        ],
        "treaties": ["content/treaties/new-start.md"],
        "topics": ["content/topics/t.yml"],
        "sources": ["content/sources/s.bib", "content/sources/s.json", "content/sources/s.yml"],
        "pages": ["content/pages/about.md"],
        "static": ["content/static/CNAME", "content/static/img/a.md"],
        "seeds": ["seeds/2021/b", "seeds/a.txt"],
        "assets": [
            "content/briefings/list.yml",
            "content/briefings/map.png",
            "content/pages/deep/photo.jpg",
            "content/sources/s.md",
            "content/topics/t.json",
        ],
        "strays": ["content/loose.md"],
    }


def test_what_lies_in_no_folder_of_content_is_a_stray(root, tmp_path):
    put(root, "content/Entities/a.yml", "content/docs/pages/b.md", "content/docs/c.md")
    put(root, "content/briefings/d.md", "content/.hidden")
    (root / "content/alias").symlink_to(root / "content/briefings")
    (root / "content/out").symlink_to(tmp_path)
    listing = scan(root, SiteConfig("T", pages=("content/docs/pages",)))
    assert paths(listing)["strays"] == ["content/Entities/a.yml", "content/docs/c.md"]
    assert codes(listing) == []


@pytest.mark.parametrize(
    "name",
    [
        ".a.md", ".a.md.swp", ".#a.md", "#a.md#", "a.md~", "a.md.swp", "a.md.swo", "a.md.tmp",
        "4913", "a.md___jb_tmp___", "a.md___jb_old___", ".DS_Store", ".git/a.md", "Thumbs.db", ".well-known/a.md", "b~/a.md",
    ],
)  # fmt: skip
def test_leftovers_are_passed_over(root, name):
    put(root, f"content/briefings/{name}")
    assert paths(scan(root, CONFIG)) == {}


@pytest.mark.parametrize(
    "name", ["a.md", "4913.md", "a#.md", "a~b.md", "a.swap.md", "tmp.md", "a b.md", "é.md"]
)
def test_what_only_looks_like_a_leftover(root, name):
    put(root, f"content/briefings/{name}")
    assert paths(scan(root, CONFIG)) == {"briefings": [f"content/briefings/{name}"]}


def test_what_servers_want_of_static_files(root):
    put(root, "content/static/.well-known/security.txt", "content/static/.htaccess")
    put(root, "content/static/.env", "content/static/.git/config")
    assert paths(scan(root, CONFIG)) == {
        "static": ["content/static/.htaccess", "content/static/.well-known/security.txt"]
    }


def test_signature(root):
    put(root, "content/briefings/a.md")

    def signature():
        return scan(root, CONFIG).briefings[0].signature

    first, status = signature(), (root / "content/briefings/a.md").stat()
    assert first.size == 1
    assert (first.mtime_ns, first.ctime_ns) == (status.st_mtime_ns, status.st_ctime_ns)
    assert first.inode == status.st_ino
    assert signature() == first
    (root / "content/briefings/a.md").write_bytes(b"xy")
    assert signature() != first


def test_links_inside_the_site_are_followed(root):
    put(root, "shared/one.md", "shared/two.md")
    (root / "content/briefings").mkdir(parents=True)
    (root / "content/briefings/link.md").symlink_to(root / "shared/one.md")
    (root / "content/briefings/folder").symlink_to(root / "shared")
    listing = scan(root, CONFIG)
    assert codes(listing) == []
    assert paths(listing)["briefings"] == [
        "content/briefings/folder/one.md",
        "content/briefings/folder/two.md",
        "content/briefings/link.md",
    ]
    assert listing.briefings[2].signature == listing.briefings[0].signature


def test_a_kind_of_file_that_is_itself_a_link(root):
    put(root, "notes/a.md")
    (root / "content").mkdir()
    (root / "content/briefings").symlink_to(root / "notes")
    (root / "content/entities").symlink_to(root.parent)
    listing = scan(root, CONFIG)
    assert paths(listing) == {"briefings": ["content/briefings/a.md"]}
    assert codes(listing) == [("path-outside-site", "content/entities")]


def test_links_that_are_not_followed(root):
    put(root.parent, "secret/x.md", "site-twin/x.md")
    put(root, "content/briefings/a.md", "content/briefings/sub/b.md")
    folder = root / "content/briefings"
    (folder / "file.md").symlink_to(root.parent / "secret/x.md")
    (folder / "folder").symlink_to(root.parent / "secret")
    (folder / "twin").symlink_to(root.parent / "site-twin")
    (folder / "broken.md").symlink_to(root / "nowhere")
    (folder / "self.md").symlink_to(folder / "self.md")
    (folder / "sub/up").symlink_to(folder)
    (folder / "sub/top").symlink_to(root)
    os.mkfifo(folder / "pipe.md")
    listing = scan(root, CONFIG)
    assert paths(listing)["briefings"] == [
        "content/briefings/a.md",
        "content/briefings/sub/b.md",
    ]
    assert codes(listing) == [
        ("file-unreadable", "content/briefings/broken.md"),
        ("path-outside-site", "content/briefings/file.md"),
        ("path-outside-site", "content/briefings/folder"),
        ("file-unreadable", "content/briefings/pipe.md"),
        ("file-unreadable", "content/briefings/self.md"),
        ("file-unreadable", "content/briefings/sub/top"),
        ("file-unreadable", "content/briefings/sub/up"),
        ("path-outside-site", "content/briefings/twin"),
    ]


def test_folders_that_link_to_one_another(root):
    put(root, "a/x.md", "b/y.md")
    (root / "a/b").symlink_to(root / "b")
    (root / "b/a").symlink_to(root / "a")
    (root / "content").mkdir()
    (root / "content/briefings").symlink_to(root / "a")
    listing = scan(root, CONFIG)
    assert paths(listing)["briefings"] == ["content/briefings/b/y.md", "content/briefings/x.md"]
    assert codes(listing) == [("file-unreadable", "content/briefings/b/a")]


def test_a_name_that_is_no_text(root):
    put(root, "content/briefings/a.md")
    try:
        (root / "content/briefings/b\udcff.md").write_bytes(b"x")
    except OSError:
        pytest.skip("this disk takes no such name")
    listing = scan(root, CONFIG)
    assert paths(listing) == {"briefings": ["content/briefings/a.md"]}
    assert codes(listing) == [("file-encoding", "content/briefings/b\\xff.md")]
    assert listing.diagnostics[0].help == "Rename it, to `bÿ.md` perhaps."


def test_folders_of_pages(root):
    put(root, "content/pages/a.md", "content/pages/sub/b.md", "docs/c.md", "docs/d.png")
    config = SiteConfig("T", pages=("content/pages", "docs", "content/pages/sub", "none"))
    assert paths(scan(root, config)) == {
        "pages": ["content/pages/a.md", "content/pages/sub/b.md", "docs/c.md"],
        "assets": ["docs/d.png"],
    }


def test_by_a_linked_root(root, tmp_path):
    put(root, "content/briefings/a.md")
    (tmp_path / "alias").symlink_to(root)
    assert paths(scan(tmp_path / "alias", CONFIG)) == {"briefings": ["content/briefings/a.md"]}
