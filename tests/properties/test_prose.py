"""Properties of Prose and of the merge, for any Markdown and any layers."""

import re
from html.parser import HTMLParser

from hypothesis import example, given
from hypothesis import strategies as st
from long_way import the_long_way

from briefgen.model.prose import MarkKind
from briefgen.parse.markdown import MarkdownParser
from briefgen.render.compose import Insert, Layer, compose

PLAIN = MarkdownParser(own_syntax=False)
OWN = MarkdownParser()

LINES = [
    "Plain words", "a second line", "*emphasis* and **strong *nested* words**", "`code *x*`",
    "[a link](/u 'title') and [*another*](b.md)", "![image](i.png)", "<https://example.org/>",
    "## Heading", "### Heading ##", "# Heading", "> quoted", "> - item", "- item", "  continued",
    "1. first", "10) tenth", "    indented", "```", "```py", "~~~", "---", "===", "| a | b |",
    "|---|:-:|", "| c `|` | d |", "Term", ": definition", "~ definition", "[ref]: /u", "[ref]",
    "two  ", "spaces\\", '&amp; &lt; < > "', "<b>raw</b>", "~~struck~~", "é 漢字 عربي", "\tTab",
    "***a** b*", '![*alt*](x "y")', "a_b_c", "\\*escaped\\*", "",
    "# Wide space\u3000", "## \xa0Fixed space\xa0", "words\u3000", "\u3000words", "\u3000",
]  # fmt: skip
markdown = st.lists(st.sampled_from(LINES), max_size=14).map("\n".join) | st.text(
    alphabet="ab \n*_`[]()<>!#>-+1.|:~\\&;\"'", max_size=60
)


@given(markdown)
def test_round_trip(source):
    assert "".join(compose(PLAIN.parse(source).prose)) == PLAIN.md.render(source)


@given(markdown)
@example("# Wide space\u3000\n")
@example("words\u3000\n\n## \xa0Fixed space\xa0")
def test_the_short_cut_is_only_shorter(source):
    for parser in (PLAIN, OWN):
        assert parser.parse(source).prose == the_long_way(parser, source)


PIECES = [
    "word", "*em*", "**strong**", "*two words*", "[^n1]", "[[page]]", "[[page|text]]", "[[p|]]",
    " ", "  ", "\n", "!", ".", ",", "(", ")", '"', "'", "*", "**", "_", "`c`", "é", "漢", "—",
    "[^a*b]", "[[a*b]]", "[[x|y*z]]", "***b***", "*a **b** c*", "[x](y)", "[@id, p. 4]", "&amp;",
    "\\*", "](", "![", "1", "0*a*", "*a*b", "(*q*)", "*q*?", "|", "~~s~~", "“*a*”", "a*b*", "\u3000", "\xa0",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=8).map("".join))
def test_the_short_cut_through_a_paragraph_is_only_shorter(source):
    assert OWN.parse(source).prose == the_long_way(OWN, source)


class Reader(HTMLParser):
    """Checks balance, and that no link stands in a link; gathers the reading text."""

    VOID = frozenset({"br", "hr", "img"})

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.open, self.text, self.asides = [], [], 0
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        if tag in self.VOID:
            return
        assert tag != "a" or "a" not in self.open, "a link in a link"
        self.open.append(tag)
        self.asides += tag == "i"

    def handle_startendtag(self, tag, attrs):
        assert tag in self.VOID

    def handle_endtag(self, tag):
        assert self.open.pop() == tag
        self.asides -= tag == "i"

    def handle_data(self, data):
        if not self.asides:
            self.text.append(data)


def reading(text):
    return re.sub(r"\s+", "", text)


@given(st.data())
def test_any_layers_give_balanced_html_with_the_text_of_the_prose(data):
    prose = OWN.parse(data.draw(markdown)).prose
    size = len(prose.text)
    offset = st.integers(0, size)
    span = st.tuples(offset, offset).map(sorted)
    layers = [
        Layer(start, end, '<a href="#">' if is_link else "<mark>", "</a>" if is_link else "</mark>",
              is_link)
        for (start, end), is_link in data.draw(st.lists(st.tuples(span, st.booleans()), max_size=8))
    ]  # fmt: skip
    inserts = [
        Insert(at, '<i><a href="#n">1</a></i>') for at in data.draw(st.lists(offset, max_size=4))
    ]
    tops = data.draw(st.sets(st.integers(0, 6)))
    pieces = compose(prose, layers, inserts, {}, tops)
    for piece in pieces:
        Reader(piece)  # every piece is balanced by itself
    assert reading("".join(Reader("".join(pieces)).text)) == reading(prose.text)


@given(st.data())
def test_the_short_cut_of_the_merge_is_only_shorter(data):
    """An insert ends the short cut; an empty one at each offset leaves nothing to it."""
    source = markdown | st.lists(st.sampled_from(PIECES)).map("".join)
    prose = OWN.parse(data.draw(source)).prose
    refs = {
        mark.ref: '<b><a href="#n">1</a></b>'
        for mark in prose.marks
        if mark.kind == MarkKind.LINK_VOID
    }
    size = len(prose.text)
    edges = st.sampled_from([0, size, *(mark.at for mark in prose.marks)]) | st.integers(0, size)
    layers = [
        Layer(start, end, f'<a id="{start}">', "</a>", True) if is_link
        else Layer(start, end, f'<mark id="{start}">', "</mark>")
        for (start, end), is_link in data.draw(
            st.lists(st.tuples(st.tuples(edges, edges).map(sorted), st.booleans()), max_size=4)
        )
    ]  # fmt: skip
    breaks = [Insert(at, "", is_link=False) for at in range(size + 1)]
    quick, slow = (compose(prose, layers, inserts, refs)[0] for inserts in ((), breaks))
    assert Holding(quick).chars == Holding(slow).chars


class Holding(HTMLParser):
    """Gathers the characters of a page, each with the tags of the elements that hold it."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.open, self.chars = [], []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.open.append(self.get_starttag_text())

    def handle_startendtag(self, tag, attrs):
        self.chars.append((self.get_starttag_text(), sorted(self.open)))

    def handle_endtag(self, tag):
        self.open.pop()

    def handle_data(self, data):
        self.chars += [(char, sorted(self.open)) for char in data]


@given(markdown)
def test_structure_is_never_split_by_a_highlight(source):
    prose = OWN.parse(source).prose
    size = len(prose.text)
    html = "".join(compose(prose, [Layer(size // 3, size, "<mark>", "</mark>")]))
    for name in ("strong", "em"):
        opened = sum(m.kind == MarkKind.OPEN and m.html == f"<{name}>" for m in prose.marks)
        assert html.count(f"<{name}>") == opened


def test_a_highlight_over_half_of_a_link_and_a_word_behind_it():
    prose = PLAIN.parse("see [New START](/t) now").prose
    html = compose(prose, [Layer(8, 17, "<mark>", "</mark>")])[0]
    assert html == ('<p>see <a href="/t">New <mark>START</mark></a><mark> now</mark></p>\n')


def test_a_highlight_inside_of_emphasis_that_another_leaves():
    prose = PLAIN.parse("*one two three* four").prose
    html = compose(prose, [Layer(4, 7, "<mark>", "</mark>"), Layer(8, 18, "<mark>", "</mark>")])[0]
    assert html == ("<p><em>one <mark>two</mark> <mark>three</mark></em><mark> four</mark></p>\n")


def test_overlapping_highlights_close_and_open_again():
    prose = PLAIN.parse("one two three").prose
    layers = [Layer(0, 7, "<mark>", "</mark>"), Layer(4, 13, '<mark class="b">', "</mark>")]
    assert compose(prose, layers)[0] == (
        '<p><mark>one <mark class="b">two</mark></mark><mark class="b"> three</mark></p>\n'
    )


def test_a_marker_in_a_link_stands_outside_of_it():
    prose = PLAIN.parse("[one two](/u)").prose
    html = compose(prose, (), [Insert(3, '<a href="#n">1</a>')])[0]
    assert html == '<p><a href="/u">one</a><a href="#n">1</a><a href="/u"> two</a></p>\n'


def test_a_citation_in_the_label_of_a_link_stands_outside_of_it():
    prose = OWN.parse("[[page|one [^n1] two]]").prose
    html = compose(prose, refs={0: '<a href="/p">', 1: '<a href="#n">1</a>'})[0]
    assert html == '<p><a href="/p">one</a><a href="#n">1</a><a href="/p">  two</a></p>\n'
