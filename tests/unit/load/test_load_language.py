"""Languages are named as BCP 47 names them; other words for them say which is meant."""

import pytest

from briefgen.load.language import is_language, right_language


@pytest.mark.parametrize("tag", ["en", "EN", "pt-BR", "zh-Hans", "zh-Hant-TW", "yue", "ru"])
def test_a_language(tag):
    assert is_language(tag)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("english", "en"), ("deutsch", "de"), ("Русский", "ru"), ("eng", "en"), ("ger", "de"),
        ("en_US", "en-US"), ("eng-US", "en-US"), ("iw", "he"),
        ("xx", None), ("klingon", None), ("", None),
    ],
)  # fmt: skip
def test_no_language(text, meant):
    assert not is_language(text)
    said = right_language(text)
    assert said == (f"Did you mean `{meant}`?" if meant else said)
    assert said.startswith("Did you mean" if meant else "Write a language's short name")
