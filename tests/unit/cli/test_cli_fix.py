"""`briefgen check --fix`: what drifted is rewritten where one passage is meant, all else stays."""

import json
import os

import pytest

from briefgen.cli import fix as room
from briefgen.cli.replace import ChangedError, replace_bytes

ARTICLE = """\
The two presidents agreed to extend the New START treaty for five years.

It limits each side to 1,550 deployed warheads. It was signed in Prague on 8 April 2010.

Talks on a treaty of 2011 failed on 3 March. Talks on a treaty of 2012 failed on 4 March.
"""
BRIEFING = """\
---
title: A call   # kept as it is
date: 2021-01-26
article: ../../seeds/a.txt
annotations:
{annotations}
---
"""
NOTE = "    kind: definition\n    note: A note."
PATH = "content/briefings/x.md"


def annotation(quote, *more):
    lines = [f"  - quote: {quote}", *(f"    {line}" for line in more), NOTE]
    return "\n".join(lines)


@pytest.fixture
def desk(tmp_path):
    """Write a briefing of these annotations; return its file."""

    def write(*annotations, text=BRIEFING):
        (tmp_path / "seeds").mkdir(exist_ok=True)
        (tmp_path / "seeds/a.txt").write_text(ARTICLE)
        file = tmp_path / PATH
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text.format(annotations="\n".join(annotations)))
        return file

    return write


@pytest.mark.parametrize(
    ("old", "more", "new"),
    [
        ("agreed to extends the New START treaty", [], "agreed to extend the New START treaty"),
        ("'agreed to extend a New START treaty'", [], "'agreed to extend the New START treaty'"),
        ("each side to 1550 deployed warheads", [], "each side to 1,550 deployed warheads"),
        ("AGREED to Extend the New Start Treaty", [], "agreed to extend the New START treaty"),
        ("for five years. It limit each side", [], "for five years. It limits each side"),
        (
            "singed in Prague on 8 April 2010",
            ["prefix: It was"],
            "signed in Prague on 8 April 2010",
        ),
    ],
)
def test_a_drifted_quote_is_rewritten(run, desk, old, more, new):
    file = desk(annotation(old, *more))
    before = file.read_bytes()
    file.chmod(0o640)
    ended = run("check", "--fix")
    assert ended.code == 0, ended.out
    assert file.read_bytes() == before.replace(f" {old}\n".encode(), f" {new}\n".encode())
    assert file.stat().st_mode & 0o777 == 0o640
    assert ended.out.startswith(f"{PATH}:6:12: the quote is rewritten (")
    assert f"    old: {old.strip(chr(39))}\n    new: {new.strip(chr(39))}\n" in ended.out
    assert "1 quote rewritten in 1 file\n" in ended.out
    assert [one.name for one in file.parent.iterdir()] == ["x.md"]


@pytest.mark.parametrize(
    ("old", "more"),
    [
        ("Talks on a treaty of 2013 failed on 5 March", []),  # two that are as near
        ("They shook hands and went home for tea", []),  # none that is
        ("The presidents decided to prolong the New START pact for ten years", []),  # edited a lot
        ("singed in Prague on 8 April 2010", ["prefix: It is"]),  # not where it is wanted
        ("singed in Prague on 8 April 2010", ["occurrence: 2"]),
        ("each side to 1,560 deployed warheads", []),  # another figure
        ("signed in Prague on 9 April 2010", []),  # another day
        ("signed in Praga on 8 April 2010", []),  # another name, perhaps
        ("agreed to extend the New START treaty for nine years", []),
        ("agreed not to extend the New START treaty", []),
        ("two presidents agreed to extend the START treaty", []),  # a word was left out
    ],
)
def test_what_is_not_clear_is_left(run, desk, old, more):
    file = desk(annotation(old, *more))
    before = file.read_bytes()
    ended = run("check", "--fix")
    assert ended.code == 1
    assert file.read_bytes() == before
    assert "No quote was rewritten\n1 quote is left: no one passage" in ended.out
    assert "error[quote-not-found]" in ended.out


def test_without_fix_nothing_is_written(run, desk):
    file = desk(annotation("agreed to extends the New START treaty"))
    before = file.read_bytes()
    assert run("check").code == 1
    assert file.read_bytes() == before


def test_the_raw_article_is_never_written(run, desk, tmp_path):
    desk(annotation("agreed to extends the New START treaty"))
    seed = tmp_path / "seeds/a.txt"
    before = seed.read_bytes(), seed.stat()
    assert run("check", "--fix").code == 0
    assert (seed.read_bytes(), seed.stat()) == before


def test_several_in_one_file_with_one_that_is_left(run, desk):
    folded = ">-\n      was singed in\n      Prague on 8 April, 2010"
    desk(
        annotation("agreed to extends the New START treaty"),
        annotation(folded),
        annotation("Talks on a treaty of 2013 failed on 5 March"),
        annotation("each side to 1550 deployed warheads"),
    )
    ended = run("check", "--fix")
    assert ended.code == 1
    told = [line.partition(": ")[0] for line in ended.out.splitlines() if "rewritten (" in line]
    assert told == [f"{PATH}:6:12", f"{PATH}:9:12", f"{PATH}:17:12"]
    assert "3 quotes rewritten in 1 file\n1 quote is left" in ended.out


@pytest.mark.parametrize("excerpt", ["true", "false"])
def test_in_markdown_and_in_an_excerpt(run, desk, tmp_path, excerpt):
    text = BRIEFING.replace("article: ../../seeds/a.txt", f"excerpt: {excerpt}")
    file = desk(annotation("both agree to extend it for five years"), text=text)
    body = "Words.\n\nThey *both* agreed to **extend** it for five years.\n"
    file.write_text(file.read_text() + body)
    assert run("check", "--fix").code == 0
    assert "quote: both agreed to extend it for five years\n" in file.read_text()
    assert file.read_text().endswith(body)


def test_what_changed_is_told_in_json(run, desk):
    desk(annotation("agreed to extends the New START treaty"))
    told = json.loads(run("check", "--fix", "--format", "json").out)
    (fixed,) = told["fixed"]
    assert fixed == {
        "file": PATH, "line": 6, "column": 12, "likeness": fixed["likeness"],
        "old": "agreed to extends the New START treaty", "new": "agreed to extend the New START treaty",
    }  # fmt: skip
    assert "fixed" not in json.loads(run("check", "--format", "json").out)


def test_a_file_that_somebody_saves_meanwhile_is_left(run, desk, monkeypatch):
    file = desk(annotation("agreed to extends the New START treaty"))
    theirs = file.read_bytes() + b"Saved meanwhile.\n"

    def meanwhile(data, path, root):
        file.write_bytes(theirs)
        return find(data, path, root)

    find = room.find_drifts
    monkeypatch.setattr(room, "find_drifts", meanwhile)
    ended = run("check", "--fix")
    assert ended.code == 1
    assert file.read_bytes() == theirs
    assert f"{PATH} was saved by somebody else just now" in ended.err
    assert [one.name for one in file.parent.iterdir()] == ["x.md"]


def test_a_file_that_can_not_be_written_is_left(run, desk, monkeypatch):
    file = desk(annotation("agreed to extends the New START treaty"))
    before = file.read_bytes()
    monkeypatch.setattr(os, "access", lambda _path, _mode: False)
    ended = run("check", "--fix")
    assert ended.code == 1
    assert file.read_bytes() == before
    assert ended.err == f"briefgen: {PATH} can't be written: permission denied. It is as it was.\n"


def test_a_link_stays_a_link(tmp_path):
    file, link = tmp_path / "file", tmp_path / "link"
    file.write_bytes(b"old")
    link.symlink_to(file)
    replace_bytes(link, b"old", b"new")
    assert link.is_symlink()
    assert file.read_bytes() == b"new"


def test_a_file_is_replaced_only_where_it_is_what_it_was(tmp_path):
    file = tmp_path / "file"
    file.write_bytes(b"theirs")
    with pytest.raises(ChangedError):
        replace_bytes(file, b"old", b"new")
    assert file.read_bytes() == b"theirs"
    assert [one.name for one in tmp_path.iterdir()] == ["file"]
