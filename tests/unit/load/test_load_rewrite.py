"""One value of a front matter is rewritten; every other byte of the file stays."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from briefgen.load.rewrite import rewrite_text
from briefgen.load.yaml_nodes import compose

QUOTE = ("annotations", "0", "quote")


def in_file(value, after="    note: N\n"):
    return f"---\ntitle: T\nannotations:\n  - quote: {value}\n{after}---\nBody\n".encode()


@pytest.mark.parametrize(
    ("value", "words", "written"),
    [
        ("old words", "new words", "new words"),
        ("old words  # said twice", "new words", "new words  # said twice"),
        ("'old'", "it's new", "'it''s new'"),
        ('"old"', 'a "new" \\ one', '"a \\"new\\" \\\\ one"'),
        ('"“old” \\u2013 x"', "“new” – y", '"“new” – y"'),
        ("old", "new: words", '"new: words"'),
        ("old", "new # words", '"new # words"'),
        ("old", '"new" he said', "'\"new\" he said'"),
        ("old", "- new", '"- new"'),
        ("old", "null", '"null"'),
        ("old", "~", '"~"'),
        ("old", "1984", "1984"),
        ("old", "new, newer", "new, newer"),
        ("old", "*new*", '"*new*"'),
        ("old", "\ufeffnew \x9c", None),  # what YAML can't hold as it is, and no text should
        ("old", "n\u200bew", "n\u200bew"),
        ('"old"', "n\u200bew", '"n\\U0000200Bew"'),
        ('"𝄞 old"', "𝄞 new", '"𝄞 new"'),
        (">-\n      old\n      words", "new", ">-\n      new"),
        (">-  # why\n      old", "new: # words", ">-  # why\n      new: # words"),
        ("|\n\n      old\n\n", "new", "|\n      new\n\n"),
        (">2\n        old", "new", ">2\n        new"),
        ("old\n      words", "new words", "new words"),
    ],
)
def test_the_value_keeps_its_style_where_that_can_hold_the_words(value, words, written):
    found = rewrite_text(in_file(value), QUOTE, words)
    if written is None:
        assert found is None
        return
    assert found.data.decode() == in_file(written).decode()
    assert (found.line, found.column) == (4, 12)


LONG = "She signed the treaty in Prague on 8 April 2010, and both sides went home content"


@pytest.mark.parametrize("head", ["", "'", '"', ">-\n      ", "|\n      "])
def test_words_that_went_over_lines_are_filled_to_the_same_width(head):
    tail = head if head in ("'", '"') else ""
    old = f"{head}Old words that were here, and before them others,\n      and more{tail}"
    written = rewrite_text(in_file(old), QUOTE, LONG).data.decode()
    value = written.partition("quote: ")[2].partition("\n    note")[0]
    assert 1 <= value.count("\n") < 4
    assert value.startswith(head)
    assert max(map(len, written.splitlines())) <= 66
    assert " ".join(value.removeprefix(head).removesuffix(tail).split()) == LONG


@pytest.mark.parametrize("line_end", [b"\r\n", b"\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("value", ["old", ">-\n      old\n      words", "'old\n      words'"])
def test_line_ends_and_the_byte_order_mark_stay(line_end, mark, value):
    data = mark + in_file(value).replace(b"\n", line_end)
    expected = mark + in_file(value).replace(b"\n", line_end)
    expected = expected.replace(b"old" + line_end + b"      words", b"old").replace(b"old", b"new")
    assert rewrite_text(data, QUOTE, "new").data == expected


@pytest.mark.parametrize(
    ("inside", "written"),
    [
        ("{quote: old, note: N}", "{quote: new, note: N}"),
        ('{note: N, quote: "old"}', '{note: N, quote: "new"}'),
    ],
)
def test_in_a_flow_mapping(inside, written):
    data = f"---\nannotations: [{inside}]\n---\n".encode()
    assert rewrite_text(data, QUOTE, "new").data == data.replace(inside.encode(), written.encode())


def test_a_flow_mapping_needs_quotation_marks_sooner():
    found = rewrite_text(b"---\nannotations: [{quote: old}]\n---\n", QUOTE, "new, newer")
    assert found.data == b'---\nannotations: [{quote: "new, newer"}]\n---\n'


@pytest.mark.parametrize(
    "text",
    [
        "no front matter",
        "---\ntitle: T\n---\n",
        "---\nannotations: []\n---\n",
        "---\nannotations: old\n---\n",
        "---\nannotations: [{quote: [old]}]\n---\n",
        "---\nannotations: [{quote: }]\n---\n",
        "---\nannotations: [{quote: &q old}, {quote: *q}]\n---\n",
        "---\nannotations: [\n---\n",
        "\udcff",
    ],
)
def test_what_can_not_be_replaced_alone_is_left(text):
    assert rewrite_text(text.encode("utf-8", "surrogateescape"), QUOTE, "new") is None


def test_of_several_annotations_the_one_meant_is_rewritten():
    data = b"---\nannotations:\n- quote: old\n- note: x\n  quote: old\n---\nold\n"
    found = rewrite_text(data, ("annotations", "1", "quote"), "new")
    assert found.data == b"---\nannotations:\n- quote: old\n- note: x\n  quote: new\n---\nold\n"
    assert (found.line, found.column) == (5, 10)


@given(
    words=st.text(st.characters(codec="utf-8"), min_size=1).map(
        lambda text: " ".join(text.split())
    ),
    value=st.sampled_from(
        ["old", "'old'", '"old"', ">\n      old", "old\n      words", "|-\n  old"]
    ),
)
@example(words="a : b", value="old")
@example(words="--- x", value="old\n      words")
def test_whatever_is_written_reads_as_the_words(words, value):
    found = rewrite_text(in_file(value), QUOTE, words)
    if found is None:
        return
    text = found.data.decode().split("---\n", 1)[1].rsplit("---\nBody", 1)[0]
    document, problems = compose(text, "")
    assert not problems
    assert document.data["title"] == "T"
    (annotation,) = document.data["annotations"]
    assert annotation["note"] == "N"
    assert " ".join(annotation["quote"].split()) == words
