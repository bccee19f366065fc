from __future__ import annotations

import pytest

from briefgen.load.identity import id_of_path, normalise, problem, suggestion


@pytest.mark.parametrize(
    ("path", "id_"),
    [
        ("content/briefings/2021-01-26-first-call.md", "first-call"),
        ("content/briefings/deep/er/2021-01-26-first-call.md", "first-call"),
        ("content/pages/about.md", "about"),
        ("2021-01-26.md", "2021-01-26"),
        ("2021-01-26-.md", "2021-01-26-"),
        ("2021-01-26-2022-01-26-x.md", "2022-01-26-x"),
        ("21-1-6-x.md", "21-1-6-x"),
        ("a.b.md", "a.b"),
        ("cafe\u0301.md", "café"),
        ("٢٠٢١-٠١-٢٦-x.md", "٢٠٢١-٠١-٢٦-x"),
    ],
)
def test_id_of_path(path, id_):
    assert id_of_path(path) == id_


@pytest.mark.parametrize(
    "id_",
    [
        "a",
        "7",
        "new-start",
        "New_START.2",
        "café",
        "договор",
        "核兵器",
        "संधि",  # with vowel signs, which are marks
        "معاهدة",
        "x" * 100,
        "console",
        "com10",
        "a--b..c",
    ],
)
def test_an_id_that_is_fine(id_):
    assert problem(id_) is None


@pytest.mark.parametrize(
    ("id_", "words"),
    [
        ("", "empty"),
        ("a b", "a space"),
        ("a/b", "`/`"),
        ("a\\b", "`\\`"),
        ("..", "begin"),
        (".hidden", "begin"),
        ("-a", "begin"),
        ("_a", "begin"),
        ("\u0301a", "begin"),
        ("a.", "full stop"),
        ("a?b", "`?`"),
        ("a#b", "`#`"),
        ("a%2e", "`%`"),
        ("a\nb", "U+000A"),
        ("a\u202eb", "U+202E"),
        ("a\u200bb", "U+200B"),
        ("<script>", "begin"),
        ("🕊", "begin"),
        ("a🕊", "`🕊`"),
        ("con", "reserves"),
        ("NUL", "reserves"),
        ("aux.txt", "reserves"),
        ("com1", "reserves"),
        ("lpt9.a.b", "reserves"),
        ("com¹", "reserves"),
        ("x" * 101, "longer"),
        ("核" * 81, "longer"),
    ],
)
def test_an_id_that_is_not(id_, words):
    assert words in problem(id_)


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("New START", "new-start"),
        ("  U.S./Russia! ", "u.s.-russia"),
        ("cafe\u0301 au lait", "café-au-lait"),
        ("Договор", "договор"),
        ("???", "a-name"),
        ("con", "a-name"),
        ("x" * 300, "x" * 100),
        ("核" * 300, "a-name"),
    ],
)
def test_suggestion(text, id_):
    assert suggestion(text) == id_
    assert problem(id_) is None


def test_normalise():
    assert normalise("cafe\u0301") == "café"
