"""What an author may have meant: the same for keys, ids, files, rules and templates."""

import pytest

from briefgen.model.nearest import did_you_mean, nearest

KEYS = ["title", "entities", "date", "url", "archive_url", "url_status"]


@pytest.mark.parametrize(
    ("name", "known", "expected"),
    [
        ("titel", KEYS, ["title"]),
        ("TITLE", KEYS, ["title"]),
        ("url-status", KEYS, ["url_status"]),
        ("arch", KEYS, ["archive_url"]),
        ("ur", KEYS, ["url"]),
        ("weather", KEYS, []),
        ("", KEYS, []),
        ("title", [], []),
        ("x" * 100_000, KEYS, []),
        ("abcd", ["abce", "abcf", "abcg", "abch"], ["abce", "abcf", "abcg"]),
        ("unsourced", ["fact-unsourced", "unsourced-annotation"], ["unsourced-annotation", "fact-unsourced"]),
    ],
)  # fmt: skip
def test_nearest(name, known, expected):
    assert nearest(name, known) == expected


def test_sentence():
    assert did_you_mean("titel", KEYS) == "Did you mean `title`?"
    assert did_you_mean("ab", ["abc", "abd"]) == "Did you mean `abc` or `abd`?"
    assert did_you_mean("weather", KEYS) == ""
