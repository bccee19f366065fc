"""From markdown-it's tokens to Prose: one walk, which renders the structure as marks.

The HTML of a mark is what markdown-it's own renderer makes of the token, so that a Prose
composed without layers is its rendering, byte for byte.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeAlias, cast

from briefgen.model.prose import Block, Mark, MarkKind, Prose, Ref, RefKind
from briefgen.parse.citations import close_up
from briefgen.parse.quick import Heading, Item, Paragraph
from briefgen.parse.simple import Piece

if TYPE_CHECKING:
    from markdown_it.token import Token

Html: TypeAlias = "Callable[[Sequence[Token], int], str]"
"""What markdown-it renders for one token."""

_KINDS = {
    "paragraph_open": "paragraph",
    "heading_open": "heading",
    "th_open": "cell",
    "td_open": "cell",
    "dt_open": "term",
}
MOST_NESTED = 32
"""How many inline elements may stand in one another; those further in are left out, their words
stay. All that are open are looked at for every piece of text, so a text must not nest at will."""

_LEAF_OPEN, _LEAF_CLOSE = int(MarkKind.LEAF_OPEN), int(MarkKind.LEAF_CLOSE)
_OPEN, _CLOSE = int(MarkKind.OPEN), int(MarkKind.CLOSE)
_LINK_OPEN, _LINK_CLOSE = int(MarkKind.LINK_OPEN), int(MarkKind.LINK_CLOSE)
_LINK_VOID = int(MarkKind.LINK_VOID)
_CITE, _WIKI = int(RefKind.CITE), int(RefKind.WIKI)

_CODE_END, _INLINE_CODE_END = "</code></pre>\n", "</code>"


class LinksTooLong(Exception):  # noqa: N818 - it says what is wrong with the text
    """The links and images of a text have more HTML than they may; `line` is where that shows."""

    def __init__(self, line: int) -> None:
        """Make it with the line, 1-based, of the block that was too much."""
        super().__init__(line)
        self.line = line


class Walk:
    """One walk over the tokens of one text; made, run once and dropped."""

    def __init__(self, html: Html, first_line: int, allowance: int | None = None) -> None:
        """`allowance` is how many characters of HTML links and images may have; None: no links.

        A definition of a link is written out wherever it is used, so that a text may grow by the
        square of its length; everything else grows with it.
        """
        self.html, self.first_line = html, first_line
        self.allowance = allowance
        self.text: list[str] = []
        self.size = 0
        self.marks: list[Mark] = []
        self.blocks: list[Block] = []
        self.refs: list[Ref] = []
        self.line = first_line
        self.nested = 0  # inline elements that are open
        self.cited: list[int] = []  # which of the marks are citations

    def prose(self) -> Prose:
        """The finished Prose."""
        text = "".join(self.text)
        close_up(text, self.marks, self.cited)
        return Prose(text, tuple(self.marks), tuple(self.blocks), tuple(self.refs))

    def add(self, text: str) -> None:
        """Append reading text."""
        self.text.append(text)
        self.size += len(text)

    def run(self, items: Sequence[Item]) -> Prose:
        """Walk over the blocks of a text, footnote definitions left out. Raises LinksTooLong."""
        depth = quoted = 0
        top = -1
        tokens = cast("Sequence[Token]", items)  # what markdown-it asks of them both have
        for index, token in enumerate(items):
            if isinstance(token, Paragraph):
                top += 1
                self._paragraph(token, top)
                continue
            if isinstance(token, Heading):
                top += 1
                self._heading(token, top)
                continue
            nesting = token.nesting
            if nesting == -1:
                depth -= 1
                quoted -= token.type == "blockquote_close"
                self._close(tokens, index)
                continue
            if depth == 0:
                top += token.type != "inline"
            if token.type == "inline":
                self._leaf(token, tokens[index - 1], top, is_quoted=quoted > 0)
            elif nesting == 1:
                depth += 1
                quoted += token.type == "blockquote_open"
                self._open(tokens, index)
            elif token.type in ("fence", "code_block"):
                self._code(tokens, index, top, is_quoted=quoted > 0)
            else:
                self.marks.append(Mark(self.size, MarkKind.VOID, self.html(tokens, index)))
        return self.prose()

    def _paragraph(self, paragraph: Paragraph, top: int) -> None:
        """A paragraph of the plainest markup."""
        words, marks = self.text, self.marks
        if self.blocks:
            words.append("\n")
            self.size += 1
        start = size = self.size
        line = self.line = paragraph.line + self.first_line
        marks.append(Mark(start, _LEAF_OPEN, "<p>"))
        for piece in paragraph.pieces:
            if type(piece) is str:
                words.append(piece)
                size += len(piece)
                continue
            assert isinstance(piece, Piece)
            self.size = size
            kind, text = piece.kind, piece.text
            if kind == "cite" or not text:
                if kind == "cite":
                    self.cited.append(len(marks))
                ref = self._ref(_CITE if kind == "cite" else _WIKI, piece.target, piece.raw)
                marks.append(Mark(size, _LINK_VOID, "", ref))
                continue
            closing = None
            if kind != "link":
                marks.append(Mark(size, _OPEN, f"<{kind}>"))
                closing = _CLOSE, f"</{kind}>"
            elif self.allowance is not None:
                ref = self._ref(_WIKI, piece.target, piece.raw, label="labelled")
                marks.append(Mark(size, _LINK_OPEN, "<a>", ref))
                closing = _LINK_CLOSE, "</a>"
            words.append(text)
            size += len(text)
            if closing:
                marks.append(Mark(size, *closing))
        self.size = size
        marks.append(Mark(size, _LEAF_CLOSE, "</p>\n"))
        end_line = paragraph.end_line + self.first_line
        self.blocks.append(Block("paragraph", start, size, line, end_line, top))

    def _heading(self, heading: Heading, top: int) -> None:
        """A heading without markup."""
        self._separate()
        start, level, id_ = self.size, heading.level, heading.id
        line = self.line = heading.line + self.first_line
        opening = f'<h{level} id="{id_}">' if id_ else f"<h{level}>"
        self.marks.append(Mark(start, _LEAF_OPEN, opening))
        self.add(heading.text)
        self.marks.append(Mark(self.size, _LEAF_CLOSE, f"</h{level}>\n"))
        self.blocks.append(Block("heading", start, self.size, line, line + 1, top, level, id_))

    def _separate(self) -> None:
        """Begin a block: one newline between it and the one before."""
        if self.blocks:
            self.add("\n")

    def _open(self, tokens: Sequence[Token], index: int) -> None:
        if tokens[index + 1].type == "inline":
            self._separate()
            kind = MarkKind.LEAF_OPEN
        else:
            kind = MarkKind.BLOCK_OPEN
        self.marks.append(Mark(self.size, kind, self.html(tokens, index)))

    def _close(self, tokens: Sequence[Token], index: int) -> None:
        leaf = tokens[index - 1].type == "inline"
        kind = MarkKind.LEAF_CLOSE if leaf else MarkKind.BLOCK_CLOSE
        self.marks.append(Mark(self.size, kind, self.html(tokens, index)))

    def _block(self, kind: str, start: int, token: Token, top: int, *, is_quoted: bool) -> None:
        level, id_ = 0, ""
        if kind == "heading":
            level, id_ = int(token.tag[1]), str(token.attrs.get("id", ""))
        first, last = token.map or (0, 0)
        line = first + self.first_line
        end_line = last + self.first_line
        self.blocks.append(
            Block(kind, start, self.size, line, end_line, top, level, id_, is_quoted)
        )

    def _leaf(self, token: Token, opening: Token, top: int, *, is_quoted: bool) -> None:
        """A block's inline content."""
        start = self.size
        self.line = (token.map[0] if token.map else 0) + self.first_line
        if token.children:
            self._inline(token.children)
        kind = _KINDS.get(opening.type, "paragraph")
        opening.map = opening.map or token.map
        self._block(kind, start, opening, top, is_quoted=is_quoted)

    def _code(self, tokens: Sequence[Token], index: int, top: int, *, is_quoted: bool) -> None:
        """A code block: its content is text, not markup."""
        token = tokens[index]
        self._separate()
        html = self.html(tokens, index)
        before = html[: len(html) - len(_CODE_END) - len(_escaped(token.content))]
        start = self.size
        self.marks.append(Mark(start, MarkKind.LEAF_OPEN, before))
        self.add(token.content)
        self.marks.append(Mark(self.size, MarkKind.LEAF_CLOSE, _CODE_END))
        self._block("code", start, token, top, is_quoted=is_quoted)

    def _inline(self, tokens: Sequence[Token]) -> None:
        marks = self.marks
        for index, token in enumerate(tokens):
            kind = token.type
            if kind == "text":
                self.add(token.content)
            elif kind == "softbreak":
                html = self.html(tokens, index)
                if html != "\n":
                    marks.append(Mark(self.size, MarkKind.VOID, html[:-1]))
                self.add("\n")
            elif self.allowance is None and kind in ("link_open", "link_close", "image"):
                continue
            elif kind == "link_open":
                marks.append(self._link(tokens, index))
            elif kind == "link_close":
                marks.append(Mark(self.size, MarkKind.LINK_CLOSE, "</a>"))
            elif token.nesting:
                self._edge(tokens, index)
            else:
                self._void(tokens, index)

    def _edge(self, tokens: Sequence[Token], index: int) -> None:
        """The opening or closing of an inline element."""
        is_opening = tokens[index].nesting == 1
        self.nested += is_opening
        if self.nested <= MOST_NESTED:
            kind = MarkKind.OPEN if is_opening else MarkKind.CLOSE
            self.marks.append(Mark(self.size, kind, self.html(tokens, index)))
        self.nested -= not is_opening

    def _ref(self, kind: int, target: str, raw: str = "", title: str = "", label: str = "") -> int:
        self.refs.append(Ref(kind, target, raw, self.line, self.size, title, label))
        return len(self.refs) - 1

    def _link(self, tokens: Sequence[Token], index: int) -> Mark:
        token = tokens[index]
        if "target" in token.meta:
            ref = self._ref(RefKind.WIKI, token.meta["target"], token.meta["raw"], label="labelled")
            return Mark(self.size, MarkKind.LINK_OPEN, "<a>", ref)
        href = str(token.attrs.get("href", ""))
        ref = self._ref(RefKind.LINK, href, href, title=str(token.attrs.get("title", "")))
        return Mark(self.size, MarkKind.LINK_OPEN, self._spent(self.html(tokens, index)), ref)

    def _spent(self, html: str) -> str:
        """HTML of a link or an image, taken from the allowance. Raises LinksTooLong."""
        assert self.allowance is not None
        self.allowance -= len(html)
        if self.allowance < 0:
            raise LinksTooLong(self.line)
        return html

    def _void(self, tokens: Sequence[Token], index: int) -> None:
        """What has no closing token: code, breaks, images, briefgen's own references."""
        token, marks = tokens[index], self.marks
        if token.type == "code_inline":
            html = self.html(tokens, index)
            before = html[: len(html) - len(_INLINE_CODE_END) - len(_escaped(token.content))]
            marks.append(Mark(self.size, MarkKind.OPEN, before))
            self.add(token.content)
            marks.append(Mark(self.size, MarkKind.CLOSE, _INLINE_CODE_END))
        elif token.type == "hardbreak":
            marks.append(Mark(self.size, MarkKind.VOID, self.html(tokens, index)[:-1]))
            self.add("\n")
        elif token.type == "image":
            html = self._spent(self.html(tokens, index))
            target, title = str(token.attrs.get("src", "")), str(token.attrs.get("title", ""))
            ref = self._ref(RefKind.IMAGE, target, target, title, str(token.attrs.get("alt", "")))
            marks.append(Mark(self.size, MarkKind.VOID, html, ref))
        elif token.type == "cite":
            self.cited.append(len(marks))
            ref = self._ref(
                RefKind.CITE, token.meta["target"], token.content, label=token.meta["label"]
            )
            marks.append(Mark(self.size, MarkKind.LINK_VOID, "", ref))
        elif token.type == "wiki":
            ref = self._ref(RefKind.WIKI, token.meta["target"], token.meta["raw"])
            marks.append(Mark(self.size, MarkKind.LINK_VOID, "", ref))
        else:
            marks.append(Mark(self.size, MarkKind.VOID, self.html(tokens, index)))


def _escaped(text: str) -> str:
    """Text as markdown-it writes it into HTML."""
    from markdown_it.common.utils import escapeHtml  # noqa: PLC0415  (only a token has needed it)

    return escapeHtml(text)
