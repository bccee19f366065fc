from __future__ import annotations

import pytest

from briefgen.load.front_matter import is_opened, split


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("---\na: b\n---\nbody\n", ("a: b\n", "body\n", 4)),
        ("---\na: b\n...\nbody", ("a: b\n", "body", 4)),
        ("---\na: b\n---", ("a: b\n", "", 4)),
        ("---\na: b\n---\n", ("a: b\n", "", 4)),
        ("---\n---\nbody", ("", "body", 3)),
        ("---\n---", ("", "", 3)),
        ("--- \t\na: b\n---  \nbody", ("a: b\n", "body", 4)),
        ("---\na: |\n  ---\n---\nb", ("a: |\n  ---\n", "b", 5)),
        ("---\na: x---y\n----\n---\n---\n", ("a: x---y\n----\n", "---\n", 5)),
        ("---\na: b\n---\n\n\nbody", ("a: b\n", "\n\nbody", 4)),
    ],
)
def test_split(text, parts):
    assert split(text) == parts


@pytest.mark.parametrize(
    ("text", "opened"),
    [
        ("", False),
        ("body", False),
        (" ---\na: b\n---\n", False),
        ("\n---\na: b\n---\n", False),
        ("----\na: b\n---\n", False),
        ("---a\n---\n", False),
        ("---", True),
        ("---\na: b\n", True),
        ("---\na: b\n --- \n", True),
        ("---\na: b\n---x", True),
    ],
)
def test_split_finds_none(text, opened):
    assert split(text) is None
    assert is_opened(text) is opened
