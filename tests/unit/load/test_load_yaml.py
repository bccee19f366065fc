from __future__ import annotations

import subprocess
import sys
import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen.load.yaml_nodes import children, compose, places
from briefgen.model.diagnostics import Place


def faults(text, first_line=1):
    _, found = compose(text, "x.yml", first_line)
    return [(d.code, d.place.line, d.place.column) for d in found]


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("", None),
        ("# a comment\n", None),
        ("---\na: b\n", {"a": "b"}),
        # what was typed is what it is
        ("title: 1984", {"title": "1984"}),
        ("id: 007", {"id": "007"}),
        ("lang: no", {"lang": "no"}),
        ("draft: off", {"draft": "off"}),
        ("a: 2021-01-26", {"a": "2021-01-26"}),
        ("a: 12:30:45", {"a": "12:30:45"}),
        ("a: 0x1F", {"a": "0x1F"}),
        ("a: 1_000", {"a": "1_000"}),
        ("a: .inf", {"a": ".inf"}),
        ("a: <<", {"a": "<<"}),
        ("1: a", {"1": "a"}),
        ("no: a", {"no": "a"}),
        ("~: a", {"~": "a"}),
        # no value
        ("a:", {"a": None}),
        ("a: ~", {"a": None}),
        ("a: null", {"a": None}),
        ("a: Null", {"a": None}),
        ("a: NULL", {"a": None}),
        ("a: nuLL", {"a": "nuLL"}),
        ("a: # c", {"a": None}),
        ("[a, ~, ]", ["a", None]),
        ("{a, b: }", {"a": None, "b": None}),
        # quoted, it is text
        ("a: 'null'", {"a": "null"}),
        ('a: "~"', {"a": "~"}),
        ("a: ''", {"a": ""}),
        ("a: |\n  null\n", {"a": "null\n"}),
        ("a: >-\n  ~\n", {"a": "~"}),
        # what YAML does to text
        ("a: x\n  y", {"a": "x y"}),
        ('a: "\\u00e9\\t"', {"a": "é\t"}),
        ("a: AT&T, R*D & x*", {"a": "AT&T, R*D & x*"}),
        ("a: x#y", {"a": "x#y"}),
        ("a: 'it''s'", {"a": "it's"}),
        ("a: x\u2028y\x85z", {"a": "x y z"}),
        ("a: &n [x]\nb: *n", {"a": ["x"], "b": ["x"]}),
        ("a: 🕊", {"a": "🕊"}),
    ],
)
def test_scalars_are_text(text, data):
    document, found = compose(text, "x.yml")
    assert (document.data, found) == (data, ())


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        ("a: b\ntitle: Talks: a call", 2, 13, "colon"),
        ("a: b\n  c: d", 2, 4, "colon"),
        ("a:\n\tb: c", 2, 1, "tab"),
        ("a:\n  - b\n\t- c", 3, 1, "tab"),
        ("a: >\n\tb", 2, 1, "tab"),
        ("a: b\nc: 'it's'", 2, 8, "not a `key: value`"),
        ("a: b\nc: 'd", 2, 4, "never closed"),
        ('a: "b\nc: d', 1, 4, "never closed"),
        ("a: [b, c\nd: e", 1, 4, "`[...]`"),
        ("a: {b: c\nd: e", 1, 4, "`{...}`"),
        ("a: @b", 1, 4, "`@`"),
        ("a: `b`", 1, 4, "``"),
        ("a: %b", 1, 4, "`%`"),
        ("a: *b* c", 1, 6, "`*`"),
        ("a: *b", 1, 4, "`*`"),
        ("a: & b", 1, 5, "`&`"),
        ("a: &b c", 1, 4, "`&b`"),
        ("a: [&b c, *b, &d e]", 1, 15, "`&d`"),
        ("a: !b c", 1, 4, "`!b`"),
        ("a: !!str c", 1, 4, "tag"),
        ("a: !!python/object/apply:os.system [x]", 1, 4, "tag"),
        ("a: !b!c d", 1, 4, "tag"),
        ("a: b\nc\nd: e", 3, 1, "colon with a space"),
        ("- a\nb: c", 2, 1, "list"),
        ("a: - b", 1, 4, "`- `"),
        ('a: "\\q"', 1, 5, "`\\`"),
        ("a: |x", 1, 5, "`|`"),
        ("a: b\n---\nc: d", 2, 1, "second document"),
        ("a: b\n...\nc: d", 3, 1, "after the end"),
        ("? [a]\n: b", 1, 3, "key"),
        ("{a: b}: c", 1, 1, "key"),
        ("a: b\nc: d\x07e", 2, 5, "U+0007"),
        ("a: x\x92y", 1, 5, "U+0092"),
        ("a: x\ufffe", 1, 5, "U+FFFE"),
    ],
)
def test_syntax(text, line, column, words):
    _, (found,) = compose(text, "x.yml")
    assert (found.code, found.place.line, found.place.column) == ("yaml-syntax", line, column)
    assert words in found.message
    assert found.help


def test_lines_are_those_of_the_file():
    assert faults("a: b\nc: d: e", first_line=2) == [("yaml-syntax", 3, 5)]
    assert faults("a: \u2028\u2028x\nc: d: e") == [("yaml-syntax", 2, 5)]


def test_a_key_that_stands_twice():
    document, found = compose("a: 1\nb:\n  c: 2\n  c: 3\na: 4\na: 5", "x.yml")
    assert document.data == {"a": "1", "b": {"c": "2"}}
    assert [(d.code, d.place.line, d.message) for d in found] == [
        ("yaml-duplicate-key", 4, "`c` stands twice: on line 3 already."),
        ("yaml-duplicate-key", 5, "`a` stands twice: on line 1 already."),
        ("yaml-duplicate-key", 6, "`a` stands twice: on line 1 already."),
    ]


def test_control_characters_by_escapes_are_left_out():
    document, (found,) = compose('a: "x\\0y\\x07\\u0085\\n"', "x.yml")
    assert (document.data, found.code) == ({"a": "xy\n"}, "invalid-value")


def test_keys_are_read_as_values_are():
    document, found = compose("\"x\\0\": a\n!t y: b\n'null': c\n", "x.yml")
    assert document.data == {"x": "a", "y": "b", "null": "c"}
    assert [(d.code, d.place.line) for d in found] == [("invalid-value", 1), ("yaml-syntax", 2)]


def test_depth():
    assert faults("[" * 50 + "x" + "]" * 50) == []
    assert faults("[" * 51 + "x" + "]" * 51) == [("yaml-limit", 1, 51)]
    assert faults("- " * 50 + "x") == []
    assert faults("- " * 51 + "x")[0][0] == "yaml-limit"


LAUGHS = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]\n" for i in range(1, 20)
)
LONG = "a: &a " + "x" * 60_000 + "\nb: [" + "*a, " * 60_000 + "]"
KEYS = "a: &a {" + "x" * 1_000 + ": y}\nb: [" + "*a, " * 60_000 + "]"
CHAIN = "a0: &a0 " + "[" * 40 + "]" * 40 + "\na1: " + "[" * 30 + "*a0" + "]" * 30


@pytest.mark.parametrize(
    "text",
    [
        "a: &a [*a]",
        "a: &a {b: *a}",
        "&a [x, [y, *a]]",
        "a: &a\n  b: [*a, *a, *a]",
        LAUGHS,
        LONG,
        KEYS,
        CHAIN,
    ],
    ids=["list", "mapping", "root", "thrice", "laughs", "long", "keys", "chain"],
)
def test_aliases_are_capped(text):
    assert [code for code, _, _ in faults(text)] == ["yaml-limit"]


def test_aliases_of_a_small_file_are_not():
    text = "a: &a [" + "x, " * 50 + "]\n" + "".join(f"b{i}: *a\n" for i in range(20))
    assert faults(text) == []


HOSTILE = {
    "flow lists": "'[' * 200_000",
    "flow mappings": "'{a: ' * 200_000",
    "lists on a line": "'- ' * 200_000",
    "keys on a line": "'? ' * 200_000",
    "indented": "''.join(' ' * i + 'a:\\n' for i in range(2_000))",
    "lists and keys": "'- ? ' * 100_000",
    "quotation marks": "'\"' * 200_000",
    "anchors": "'&a ' * 200_000",
    "aliases": "'[&a x' + ', *a' * 200_000 + ']'",
    "tags": "'!' * 200_000",
    "commas": "'[' + ',' * 200_000",
    "brackets closed": "'[]' * 100_000",
    "many keys": "''.join(f'k{i}: v\\n' for i in range(20_000))",
    "one key": "'k: v\\n' * 3_000",
}


def test_hostile_yaml_neither_crashes_nor_hangs():
    """In a process of its own: what goes wrong here is a crash of the interpreter."""
    cases = "".join(f"({name!r}, {text}),\n" for name, text in HOSTILE.items())
    program = textwrap.dedent(
        """
        from briefgen.load.yaml_nodes import compose
        for name, text in cases:
            compose(text, "x.yml")
            print(name, flush=True)
        """
    )
    run = subprocess.run(
        [sys.executable, "-c", f"cases = [{cases}]\n{program}"],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert run.stdout.splitlines() == list(HOSTILE), run.stderr[-500:]


@given(st.text(alphabet="ab:-[]{},&*!|>'\"%@`#?\n\t ~\\0é\u2028\x07", max_size=40))
def test_any_text_gives_data_or_a_diagnostic(text):
    document, found = compose(text, "x.yml")
    assert document is not None or found
    for diagnostic in found:
        assert 1 <= diagnostic.place.line <= text.count("\n") + 2
        assert diagnostic.place.column >= 1


@pytest.mark.parametrize(
    ("pointer", "at_key", "place"),
    [
        ((), False, (2, 1)),
        (("a",), False, (2, 4)),
        (("a",), True, (2, 1)),
        (("b", "1", "c"), False, (5, 8)),
        (("b", "1", "c"), True, (5, 5)),
        (("b", "1"), False, (5, 5)),
        (("b", "1", "missing"), False, (5, 5)),
        (("b", "9"), False, (4, 3)),
        (("b", "x"), False, (4, 3)),
        (("a", "deeper"), True, (2, 1)),
        (("missing", "deeper"), False, (2, 1)),
        (("f", "g"), False, (6, 8)),
    ],
)
def test_places(pointer, at_key, place):
    document, _ = compose("a: é\nb:\n  - x\n  - c: d\nf: {g: h}", "x.md", 2)
    found = places(document, "x.md")(pointer, at_key)
    assert (found.line, found.column) == place


def test_places_in_nothing():
    document, _ = compose("", "x.md", 2)
    assert places(document, "x.md")(("a",), False) == Place("x.md", 2, 1)


def test_children():
    def found(text, *pointer):
        document, _ = compose(text, "x.yml")
        for step, child in children(document):
            place = places(child, "x.yml")(pointer, not pointer)
            yield step, child.data, (place.line, place.column)

    assert list(found("a:\n  x: y\nb: [c]\na: again\n")) == [
        ("a", {"x": "y"}, (1, 1)),
        ("b", ["c"], (3, 1)),
    ]
    assert list(found("- a\n-\n- {b: c}", "b")) == [
        ("0", "a", (1, 3)),
        ("1", None, (2, 2)),
        ("2", {"b": "c"}, (3, 7)),
    ]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('title: "A call\ndate: 2021\nnotes:\n  - quote: "they spoke"\n    note: y\n', (1, 8)),
        ('a: 1\ntitle: "A call\ndate: 2021\nsummary: "x"\n', (2, 8)),
        ("title: 'A call\ndate: 2021\nsummary: it's good\n", (1, 8)),
        ('notes:\n  - quote: "they\n    note: y\n  - quote: "spoke"\n', (2, 12)),
        ('summary: "Long\n  text: here\n  and on" more\n', (3, 11)),  # closed, and goes on
    ],
)
def test_a_quotation_mark_that_is_not_closed_is_reported_where_it_opens(text, place):
    _, (found,) = compose(text, "x.md")
    assert found.code == "yaml-syntax"
    assert (found.place.line, found.place.column) == place


@pytest.mark.parametrize(
    ("value", "is_told"),
    [
        ("#3 of five", True),
        ("#Brexit", True),
        ("#TODOS of the state", True),
        ("#TODO write this", False),
        ("#FIXME", False),
        ("#XXX: what", False),
        ("#NOTE", False),
        ("# to be written", False),
        ("#-----", False),
        ("Talks no # 3", True),
        ("Talks no #TODO", True),  # what is there is cut off
    ],
)
def test_a_comment_in_the_place_of_a_text(value, is_told):
    _, found = compose(f"summary: {value}\n", "x.md")
    assert [one.code for one in found] == ["comment-in-text"] * is_told
