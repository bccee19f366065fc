"""A short cut through Markdown's block structure, for what most documents are made of.

Paragraphs that begin with a letter (or a bracket or quotation mark) on every line, and headings of
one line, stand between blank lines and need no search for what else they could be. Here they are
read at once; all other lines go through markdown-it, in stretches that hold whatever could belong
together. The tokens are those of `MarkdownIt.parse` but for plain paragraphs and headings; tests
hold the Prose of the two ways against each other. A text of nothing else needs no markdown-it.

Why a stretch may be parsed by itself: after a blank line, a line that begins so at the margin ends
every list, block quote, footnote and table (CommonMark 0.31, 5.1 and 5.2), and begins a paragraph.
What could reach over it is left to markdown-it whole: a fence that is open, and a definition list,
whose marker makes a term of the paragraph before it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias, cast

import msgspec

from briefgen.parse.fragments import Fragments, title_of
from briefgen.parse.simple import Piece, parse_simple

if TYPE_CHECKING:
    from markdown_it.token import Token

    from briefgen.parse.commonmark import Markdown

_HASHES = re.compile("#{1,6}(?= )").match
MARKUP = re.compile(r"[\n!&*<\[\\\]_`~]")
"""The characters at which inline markup can begin or end, with the rules that are on."""
_CARRIED = (":", "~")
"""What the next chunk may not begin with for a paragraph to be one: a definition's marker."""
_BEFORE_TEXT = frozenset("(\"'“‘„«")  # noqa: RUF001 (the marks as they are)
"""What a paragraph may begin with beside letters: marks that begin no block of another kind."""
_FENCES = ("```", "~~~")


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


Item: TypeAlias = "Token | Paragraph | Heading"
"""What a text is made of, in order."""


def parse_quick(
    markdown: Callable[[], Markdown], source: str, env: dict[str, Any], *, has_own_syntax: bool
) -> list[Item]:
    """The tokens of a source, plain paragraphs in short; linear where `Markdown.parse` is.

    `markdown` gives the parser for what is not plain. A text without briefgen's own syntax has no
    paragraphs that are read at once.
    """
    # One character is sought much quicker than three.
    if "\t" in source or any(fence[0] in source and fence in source for fence in _FENCES):
        return [*markdown().parse(source, env)]
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
            items += markdown().parse_blocks(stretch, waiting, env)
            waiting = -1
        if heading:
            items += _titled(markdown, *heading, line)
            continue
        text = (first if end == line + 1 else "\n".join(lines[line:end])).strip()
        pieces = parse_simple(text) if has_own_syntax else None
        if pieces is None:
            items += markdown().leaf("paragraph", "p", text, line)
        else:
            items.append(Paragraph(pieces, line, end))
    if waiting >= 0:
        items += markdown().parse_blocks("\n".join(lines[waiting:]), waiting, env)
    tokens = [item for item in items if not isinstance(item, Paragraph | Heading)]
    if tokens:
        markdown().finish(source, tokens, env)
    _name_headings(items)
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


def _titled(markdown: Callable[[], Markdown], hashes: str, title: str, line: int) -> Sequence[Item]:
    """The heading that begins on a line, in short where its title is without markup."""
    if MARKUP.search(title) is None:
        return [Heading(title, len(hashes), line)]
    return markdown().leaf("heading", f"h{len(hashes)}", title, line, hashes)


def _is_paragraph(lines: Sequence[str], start: int, end: int, following: str) -> bool:
    """Whether a chunk is a paragraph and nothing else, whatever follows."""
    if not _begins_text(lines[start]) or following.lstrip(" ").startswith(_CARRIED):
        return False
    return end == start + 1 or all(map(_begins_text, lines[start + 1 : end]))


def _begins_text(line: str) -> bool:
    """Whether a line begins as no block but a paragraph can, nor a continuation of another."""
    return line[0].isalpha() or line[0] in _BEFORE_TEXT


def _name_headings(items: Sequence[Item]) -> None:
    """Give the headings of a text their fragments, in order."""
    fragments = Fragments()
    for index, item in enumerate(items):
        if isinstance(item, Heading):
            item.id = fragments.of(item.text)
        elif item.type == "heading_open" and not isinstance(item, Paragraph):
            item.attrSet("id", fragments.of(title_of(cast("Token", items[index + 1]))))
