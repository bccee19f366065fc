"""Sentences in which links stand that have no words of their own."""

from __future__ import annotations

import re

import pytest

from briefgen.annotate.sentences import SentenceFinder
from briefgen.model.prose import Block, Prose, Ref, RefKind, Sentence

# `<x>` is a link without words; `[…]` is the stretch asked for, which may be such a link.
SENTENCES = {
    "the link itself": ("One. It is in [<x>]. Three.", "It is in [X]."),
    "at the start of a text": ("[<x>] is there. Two.", "[X] is there."),
    "at the end of a text": ("One. See [<x>]", "See [X]"),
    "alone": ("[<x>]", "[X]"),
    "between spaces": ("It says  [<x>]  here.", "It says [X] here."),
    "before the words": ("One. <x> met [Biden].", "X met [Biden]."),
    "right before the words": ("One <x>[Biden] two.", "One X[Biden] two."),
    "right after the words": ("One [Biden]<x>'s two.", "One [Biden]X's two."),
    "in the words": ("One [Bi<x>den] two.", "One [BiXden] two."),
    "after the words": ("He met [Biden] in <x>. Two.", "He met [Biden] in X."),
    "several": ("<x> and [<y>] and <z>. <x> too.", "X and [Y] and Z."),
    "in another sentence": ("In <x>. He met [Biden]. See <y>.", "He met [Biden]."),
    "in another block": ("See <x>\nHe met [Biden]\n<y>", "He met [Biden]"),
    "at the start of a block": ("One\n[<x>] is there\nTwo", "[X] is there"),
    "beside an object that was typed": ("\ufffc and <x> and [Biden] \ufffc.", "\ufffc and X and [Biden] \ufffc."),
    "far before the words": (f"<x> {'word ' * 200}[Biden] <y>.", None),
}  # fmt: skip


def written(row):
    """The Prose of a row, and the stretch asked for."""
    bare = row.replace("[", "").replace("]", "")
    refs = []
    for match in re.finditer("<(.)>", bare):
        refs.append(Ref(RefKind.WIKI, match[1], at=match.start() - 3 * len(refs)))
    text = re.sub("<.>", "", bare)
    blocks, at = [], 0
    for line in text.split("\n"):
        blocks.append(Block("paragraph", at, at + len(line), 1, 2))
        at += len(line) + 1
    start, end = (len(re.sub(r"<.>|\[", "", row[: row.index(mark)])) for mark in "[]")
    return Prose(text, (), tuple(blocks), tuple(refs)), start, end


@pytest.mark.parametrize(("row", "expected"), SENTENCES.values(), ids=SENTENCES)
def test_titles_stand_where_the_links_do(row, expected):
    prose, start, end = written(row)
    found = SentenceFinder(prose).around(start, end).filled(str.upper)
    words = found.text[found.start : found.end]
    shown = f"{found.text[: found.start]}[{words}]{found.text[found.end :]}"
    if expected is None:
        assert shown.startswith("…word word")
        assert shown.endswith("[Biden] Y.")
    else:
        assert shown == expected
    assert found.gaps == ()


def test_a_sentence_without_links_is_as_it_is():
    sentence = Sentence("One two.", 0, 3)
    assert sentence.filled(str.upper) is sentence


def test_a_name_behind_a_link_begins_no_sentence():
    prose, start, _ = written("One. <x> [The] treaty.")
    assert not SentenceFinder(prose).is_start(start)


@pytest.mark.parametrize(
    ("kind", "expected"), [("paragraph", True), ("cell", False), ("heading", False)]
)
def test_running_text(kind, expected):
    prose = Prose("One", (), (Block(kind, 0, 3, 1, 2),))
    assert SentenceFinder(prose).is_running(1) is expected
