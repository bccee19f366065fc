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
from collections.abc import Sequence
from typing import Any, cast

import msgspec
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from briefgen.parse.fragments import Fragments, name_headings, title_of
from briefgen.parse.rules import OWN_RULE
from briefgen.parse.simple import Piece, parse_simple

_HASHES = re.compile("#{1,6}(?= )").match
MARKUP = re.compile(r"[\n!&*<\[\\\]_`~]")
"""The characters at which inline markup can begin or end, with the rules that are on."""
_CARRIED = (":", "~")
"""What the next chunk may not begin with for a paragraph to be one: a definition's marker."""
_FENCES = ("```", "~~~")
_NOT_AGAIN = frozenset({"normalize", "block", name_headings.__name__})
"""The rules of markdown-it that are not run over the whole: done, or done here."""


class Paragraph(msgspec.Struct, gc=False):
    """A paragraph of the plainest markup, already read: it stands in for three tokens."""

    pieces: list[str | Piece]
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
    # One character is sought much quicker than three.
    if "\t" in source or any(fence[0] in source and fence in source for fence in _FENCES):
        return [*md.parse(source, env)]
    own_syntax = OWN_RULE in md.inline.ruler.get_active_rules()
    items: list[Item] = []
    lines = source.split("\n")
    chunks = _chunks(lines)
    waiting = -1  # the line at which the stretch for markdown-it begins
    last = len(chunks) - 1
    for index, (line, end) in enumerate(chunks):
        first = lines[line]
        heading = _heading(first) if first[0] == "#" and end == line + 1 else None
        following = lines[chunks[index + 1][0]] if index < last else ""
        if heading is None and not _is_paragraph(lines, line, end, following):
            if waiting < 0:
                waiting = line
            continue
        if waiting >= 0:
            stretch = "\n".join(lines[waiting:line]) + "\n"
            _parse_stretch(md, stretch, waiting, env, items)
            waiting = -1
        if heading:
            hashes, title = heading
            if MARKUP.search(title) is None:
                items.append(Heading(title, len(hashes), line))
            else:
                _add(items, "heading", f"h{len(hashes)}", title, line, hashes)
            continue
        text = (first if end == line + 1 else "\n".join(lines[line:end])).strip()
        pieces = parse_simple(text) if own_syntax else None
        if pieces is None:
            _add(items, "paragraph", "p", text, line)
        else:
            items.append(Paragraph(pieces, line, end))
    if waiting >= 0:
        _parse_stretch(md, "\n".join(lines[waiting:]), waiting, env, items)
    _finish(md, source, env, items)
    return items


def _chunks(lines: Sequence[str]) -> list[tuple[int, int]]:
    """The stretches of lines between blank ones: the first line of each, and the one after."""
    found = []
    start = -1
    for at, line in enumerate(lines):
        if line and (line[0] != " " or line.strip(" ")):
            if start < 0:
                start = at
        elif start >= 0:
            found.append((start, at))
            start = -1
    if start >= 0:
        found.append((start, len(lines)))
    return found


def _heading(line: str) -> tuple[str, str] | None:
    """The hashes and the title of a heading; None of anything else, or with hashes at its end."""
    hashes = _HASHES(line)
    if hashes is None or "#" in line[hashes.end() :]:
        return None
    title = line[hashes.end() :].strip()
    return (hashes[0], title) if title else None


def _is_paragraph(lines: Sequence[str], start: int, end: int, following: str) -> bool:
    """Whether a chunk is a paragraph and nothing else, whatever follows."""
    if not lines[start][0].isalpha() or following.lstrip(" ").startswith(_CARRIED):
        return False
    return end == start + 1 or all(line[0].isalpha() for line in lines[start + 1 : end])


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
