"""A short cut through Markdown's block structure, for what most documents are made of.

Paragraphs that begin with a letter on every line, and headings of one line, stand between blank
lines and need no search for what else they could be. Here they become tokens at once; all other
lines go through markdown-it, in stretches that hold whatever could belong together. The tokens
are those of `MarkdownIt.parse` but for plain paragraphs, which are read at once; tests hold the
Prose of the two ways against each other.

Why a stretch may be parsed by itself: after a blank line, a line that begins with a letter at the
margin ends every list, block quote, footnote and table (CommonMark 0.31, 5.1 and 5.2), and begins
a paragraph. What could reach over it is left to markdown-it whole: a fence that is open, and a
definition list, whose marker makes a term of the paragraph before it.
"""

from __future__ import annotations

import re
from typing import Any, cast

import msgspec
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from briefgen.parse.fragments import Fragments, name_headings, title_of
from briefgen.parse.rules import OWN_RULE
from briefgen.parse.simple import Piece, parse_simple

_CHUNK = re.compile(r"(?:[^\n]*[^\n \t][^\n]*(?:\n|\Z))+")
_PLAIN = re.compile(r"[^\W\d_][^\n]*(?:\n[^\W\d_][^\n]*)*\n?\Z")
_HEADING = re.compile(r"(#{1,6})[ \t]+([^\n#][^\n#]*?)[ \t]*\n?\Z")
MARKUP = re.compile(r"[\n!&*<\[\\\]_`~]")
"""The characters at which inline markup can begin or end, with the rules that are on."""
_CARRIED = frozenset(":~")
"""What the next chunk may not begin with for a paragraph to be one: a definition's marker."""
_NOT_AGAIN = frozenset({"normalize", "block", name_headings.__name__})
"""The rules of markdown-it that are not run over the whole: done, or done here."""


class Paragraph(msgspec.Struct, gc=False):
    """A paragraph of the plainest markup, already read: it stands in for three tokens."""

    pieces: list[Piece]
    line: int  # 0-based
    end_line: int  # the line after the last
    type: str = "paragraph"
    nesting: int = 0
    hidden: bool = False


class Heading(msgspec.Struct, gc=False):
    """A heading without markup: it stands in for three tokens too."""

    text: str
    level: int
    line: int  # 0-based
    id: str = ""  # its fragment, once all headings before it have theirs
    type: str = "heading"
    nesting: int = 0
    hidden: bool = False


Item = Token | Paragraph | Heading
"""What a text is made of, in order."""


def parse_quick(md: MarkdownIt, source: str, env: dict[str, Any]) -> list[Item]:
    """The tokens of a source, plain paragraphs in short; linear where `md.parse` is."""
    if "```" in source or "~~~" in source or "\t" in source:
        return [*md.parse(source, env)]
    own_syntax = OWN_RULE in md.inline.ruler.get_active_rules()
    items: list[Item] = []
    chunks = [(match.start(), match.group()) for match in _CHUNK.finditer(source)]
    waiting = -1  # where the stretch for markdown-it begins
    counted = line = 0  # the offset up to which lines are counted, and how many there are
    stretch_line = 0
    last = len(chunks) - 1
    for index, (start, chunk) in enumerate(chunks):
        line += source.count("\n", counted, start)
        counted = start
        heading = _HEADING.match(chunk)
        following = chunks[index + 1][1] if index < last else ""
        if heading is None and not _is_paragraph(chunk, following):
            if waiting < 0:
                waiting, stretch_line = start, line
            continue
        if waiting >= 0:
            _parse_stretch(md, source[waiting:start], stretch_line, env, items)
            waiting = -1
        if heading:
            title = heading[2].strip()
            if MARKUP.search(title) is None:
                items.append(Heading(title, len(heading[1]), line))
            else:
                _add(items, "heading", f"h{len(heading[1])}", title, line, heading[1])
            continue
        text = chunk.strip()
        pieces = parse_simple(text) if own_syntax else None
        if pieces is None:
            _add(items, "paragraph", "p", text, line)
        else:
            items.append(Paragraph(pieces, line, line + text.count("\n") + 1))
    if waiting >= 0:
        _parse_stretch(md, source[waiting:], stretch_line, env, items)
    _finish(md, source, env, items)
    return items


def _is_paragraph(chunk: str, following: str) -> bool:
    """Whether a chunk is a paragraph and nothing else, whatever follows."""
    if _PLAIN.match(chunk) is None:
        return False
    return following.lstrip(" ")[:1] not in _CARRIED if following else True


def _add(items: list[Item], kind: str, tag: str, text: str, line: int, markup: str = "") -> None:
    """Append a block of inline content."""
    lines = [line, line + text.count("\n") + 1]
    opening = Token(f"{kind}_open", tag, 1, map=lines, markup=markup, block=True)
    inline = Token("inline", "", 0, map=list(lines), level=1, children=[], content=text, block=True)
    closing = Token(f"{kind}_close", tag, -1, markup=markup, block=True)
    items += (opening, inline, closing)


def _parse_stretch(
    md: MarkdownIt, source: str, line: int, env: dict[str, Any], items: list[Item]
) -> None:
    """Let markdown-it parse the blocks of a stretch that begins on the 0-based line `line`."""
    tokens: list[Token] = []
    md.block.parse(source, md, env, tokens)
    if line:
        for token in tokens:
            if token.map is not None:
                token.map = [token.map[0] + line, token.map[1] + line]
    items += tokens


def _finish(md: MarkdownIt, source: str, env: dict[str, Any], items: list[Item]) -> None:
    """Run the rules that come after the blocks: inline content, joined text, fragments."""
    tokens = [item for item in items if type(item) is Token]
    if tokens:
        state = StateCore(source, md, env, tokens)
        for rule in md.core.ruler.getRules(""):
            if rule.__name__ not in _NOT_AGAIN:
                rule(state)
    fragments = Fragments()
    for index, item in enumerate(items):
        if type(item) is Heading:
            item.id = fragments.of(item.text)
        elif item.type == "heading_open":
            assert isinstance(item, Token)
            item.attrSet("id", fragments.of(title_of(cast("Token", items[index + 1]))))
