"""A file that can't be read for one reason, then for another: the reason told is the one of now."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from desk import write_desk
from edits import swap

from briefgen.load.text import BODY_LIMIT

QUIET = "content/briefings/2022-05-01-quiet.md"
ARTICLE = "seeds/deep/a.txt"


def make_file(data: bytes):
    return lambda path: path.write_bytes(data)


REASONS = {
    "missing": lambda _path: None,
    "a folder": Path.mkdir,
    "a pipe": os.mkfifo,
    "a link out of the site": lambda path: path.symlink_to(os.devnull),
    "a link to nothing": lambda path: path.symlink_to("nothing"),
    "too large": make_file(b"x" * (BODY_LIMIT + 1)),
    "not UTF-8": make_file(b"\xff"),
    "not UTF-8 further on": make_file(b"so\xff"),
    "with a NUL": make_file(b"so\0"),
    "readable": make_file(b"Nothing was said.\n"),
}


def take_away(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        path.rmdir()
    else:
        path.unlink(missing_ok=True)


@pytest.mark.parametrize("reason", REASONS)
def test_the_reason_is_that_of_now(reason, tmp_path):
    site = write_desk(tmp_path / "desk")
    swap(QUIET, "title:", f"article: ../../{ARTICLE}\ntitle:")(site)
    article = site.root / ARTICLE
    article.parent.mkdir(parents=True)
    for other, make in REASONS.items():
        REASONS[reason](article)
        site.build(jobs=1)
        take_away(article)
        make(article)
        site.build(jobs=1)
        told = site.diagnostics
        shutil.rmtree(site.root / ".briefgen")
        assert site.build(jobs=1).diagnostics == told, other
        assert site.result.ok == (other == "readable")
        take_away(article)
