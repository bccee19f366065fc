"""Excerpts: the annotated blocks alone, with their anchors, and gaps where something is left out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen.annotate.excerpt import excerpt
from briefgen.model.prose import AnchorSpan
from briefgen.parse.markdown import MarkdownParser
from briefgen.render.compose import compose

PARSER = MarkdownParser()
SOURCE = """First [link](/a) words.

Second paragraph with [[page]] in it.

- item *one*
- item two

## Heading

Last [other](/b) words."""


def anchor(prose, words, number=0):
    start = prose.text.index(words)
    return AnchorSpan(start, start + len(words), number)


CASES = [
    (["First"], "First link words."),
    (["words"], "First link words."),
    (["Second", "Last"], "Second paragraph with  in it.\nLast other words."),
    (["item two"], "item one\nitem two"),
    (["First", "Last other"], "First link words.\nLast other words."),
    ([], ""),
]


@pytest.mark.parametrize(("quotes", "text"), CASES)
def test_kept_text(quotes, text):
    prose = PARSER.parse(SOURCE).prose
    cut, anchors = excerpt(prose, [anchor(prose, quote, i) for i, quote in enumerate(quotes)])
    assert cut.text == text
    assert [cut.text[a.start : a.end] for a in anchors] == quotes


def test_gaps_show_before_between_and_after():
    prose = PARSER.parse("a\n\nb\n\nc\n\nd\n\ne").prose
    cut, _ = excerpt(prose, [anchor(prose, "b"), anchor(prose, "d")])
    gap = '<p class="gap" data-aside>[…]</p>\n'
    assert "".join(compose(cut)) == f"{gap}<p>b</p>\n{gap}<p>d</p>\n{gap}"
    whole, _ = excerpt(prose, [AnchorSpan(0, len(prose.text), 0)])
    assert "".join(compose(whole)) == "".join(compose(prose))


def test_references_of_what_is_left_out_are_gone():
    prose = PARSER.parse(SOURCE).prose
    cut, _ = excerpt(prose, [anchor(prose, "Last")])
    assert [ref.target for ref in cut.refs] == ["/b"]
    assert cut.text[cut.refs[0].at :].startswith("other")


@given(st.data())
def test_any_excerpt_composes_and_keeps_its_quotes(data):
    lines = st.sampled_from(
        ["Some *words* here", "> quoted", "- item", "---", "`code`", "", "## H"]
    )
    source = "\n\n".join(data.draw(st.lists(lines, max_size=10)))
    prose = PARSER.parse(source).prose
    anchors = []
    for block in prose.blocks:
        if block.end > block.start and data.draw(st.booleans()):
            anchors.append(AnchorSpan(block.start, block.end, len(anchors)))
    cut, moved = excerpt(prose, anchors)
    assert [cut.text[a.start : a.end] for a in moved] == [
        prose.text[a.start : a.end] for a in anchors
    ]
    tops = {block.top for block in cut.blocks}
    assert len(compose(cut, cuts=tops)) == len(tops) + 1
