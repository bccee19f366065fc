"""Putting other words into one value of a front matter, and leaving all else of the file alone.

In: the bytes of a Markdown file, a pointer to a text in its front matter, the words to put there.
Out: the new bytes, which differ in that value only. They are read again and compared, value by
value, before they are given away, so YAML's rules on what may stand where are not repeated here.
Nothing is written to the disk.
"""

from __future__ import annotations

import io
import re
import textwrap
from collections.abc import Iterator
from typing import Any, NamedTuple

from yaml import MappingNode, Mark, Node, ScalarNode, SequenceNode

from briefgen.load.front_matter import YAML_LINE, FrontMatter, split
from briefgen.load.text import PAGE_LIMIT, decode
from briefgen.load.yaml_nodes import Document, compose

_BLOCK = re.compile(
    r"(?P<header>[^\r\n]*)(?P<end>\r\n|\r|\n)(?P<words>.*?)(?P<rest>\s*)\Z", re.DOTALL
)
_INDENT = re.compile(r"[ \t]*(?=\S)")
_LEAST_WIDTH = 40  # characters, to which words are filled where they went over several lines


class Rewritten(NamedTuple):
    """The bytes of a file with one value rewritten, and where that begins, 1-based."""

    data: bytes
    line: int
    column: int


class _Read(NamedTuple):
    """A file's front matter as it is read."""

    parts: FrontMatter
    document: Document
    problems: int


class _Old(NamedTuple):
    """A scalar as it stands in the file."""

    written: str
    style: str  # of YAML: "" plain, or its first character
    column: int  # 0-based

    @property
    def is_block(self) -> bool:
        return self.style in ("|", ">")

    @property
    def line_end(self) -> str:
        """The line end in it; empty where it stands on one line."""
        found = re.search(r"\r\n|\r|\n", self.written)
        return found.group() if found else ""


def rewrite_text(data: bytes, pointer: tuple[str, ...], words: str) -> Rewritten | None:
    """Put `words` in place of the text at `pointer` in the front matter of a Markdown file.

    `words` are on one line, white space single; where the old text went over several lines they
    are filled to its width. The value keeps its style (plain, quoted, block) if that can hold
    the words, else it is quoted; all other bytes stay. None where there is no text to replace, or
    where it can't be replaced alone, as where an alias of YAML repeats it.
    """
    before = _read(data)
    node = _node_at(before.document.node, pointer) if before else None
    if before is None or not isinstance(node, ScalarNode):
        return None
    raw = data.decode()
    start, end = _offset(raw, node.start_mark), _offset(raw, node.end_mark)
    old = _Old(raw[start:end], node.style or "", node.start_mark.column)
    for written in _ways(old, words):
        after = (raw[:start] + written + raw[end:]).encode()
        if _differs_only_there(before, _read(after), pointer, words):
            return Rewritten(after, node.start_mark.line + YAML_LINE, old.column + 1)
    return None


def _read(data: bytes) -> _Read | None:
    text, found = decode(data, "", PAGE_LIMIT)
    parts = None if found else split(text)
    if parts is None:
        return None
    document, problems = compose(parts.yaml_text, "", YAML_LINE)
    return _Read(parts, document, len(problems)) if document else None


def _node_at(node: Node | None, pointer: tuple[str, ...]) -> Node | None:
    """The node at a pointer; of a key that stands twice, the first, as it is read."""
    for step in pointer:
        if isinstance(node, SequenceNode):
            node = next(iter(node.value[int(step) :]), None)
        elif isinstance(node, MappingNode):
            node = next((value for key, value in node.value if key.value == step), None)
        else:
            return None
    return node


def _offset(raw: str, mark: Mark) -> int:
    """Where a mark of the YAML stands in the file's text, line ends and byte order mark included.

    Lines are counted, not characters, since a line end may be two of these.
    """
    line_number = mark.line + YAML_LINE - 1
    lines = io.StringIO(raw, newline="")
    return sum(len(line) for _, line in zip(range(line_number), lines, strict=False)) + mark.column


def _ways(old: _Old, words: str) -> Iterator[str]:
    """The ways to write the words, the one most like the old way first."""
    if old.is_block:
        yield from _as_block(old, words)
        return
    plainest = '"' if '"' not in words and "\\" not in words else "'"
    for style in dict.fromkeys((old.style, plainest, '"')):
        yield _filled(_quoted(words, style), old)


def _quoted(words: str, style: str) -> str:
    if style == "'":
        return "'" + words.replace("'", "''") + "'"
    if style == '"':
        return '"' + "".join(map(_escaped, words)) + '"'
    return words


def _escaped(character: str) -> str:
    if character in '"\\':
        return "\\" + character
    return character if character.isprintable() else f"\\U{ord(character):08X}"


def _filled(written: str, old: _Old) -> str:
    """Break a text into lines where the old one was; YAML reads each line end as a space."""
    if not old.line_end:
        return written
    first, *others = re.split(r"\r\n|\r|\n", old.written)
    indent = next((_INDENT.match(line) for line in others if line.strip()), None)
    lines = textwrap.wrap(
        written,
        max(_LEAST_WIDTH, old.column + len(first), *map(len, others)),
        initial_indent=" " * old.column,
        subsequent_indent=indent.group() if indent else "",
        break_long_words=False,
        break_on_hyphens=False,
    )
    return old.line_end.join(lines).removeprefix(" " * old.column)


def _as_block(old: _Old, words: str) -> Iterator[str]:
    """A block scalar with its header and what follows it kept; none where it is empty."""
    found = _BLOCK.match(old.written)
    if found is None or not found["words"]:
        return
    lines = re.split(r"\r\n|\r|\n", found["words"])
    indent = next(match.group() for line in lines if (match := _INDENT.match(line)))
    filled = textwrap.wrap(
        words,
        max(_LEAST_WIDTH, *map(len, lines)),
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
    yield found["header"] + found["end"] + found["end"].join(filled) + found["rest"]


def _differs_only_there(
    before: _Read, after: _Read | None, pointer: tuple[str, ...], words: str
) -> bool:
    if after is None or after.parts.body != before.parts.body or after.problems > before.problems:
        return False
    found = _node_at(after.document.node, pointer)
    if not isinstance(found, ScalarNode) or " ".join(found.value.split()) != words:
        return False
    return bool(
        _with(after.document.data, pointer, words) == _with(before.document.data, pointer, words)
    )


def _with(data: Any, pointer: tuple[str, ...], value: str) -> Any:
    """The data with the value at `pointer`, which is there, replaced."""
    if not pointer:
        return value if isinstance(data, str) else data
    step, rest = pointer[0], pointer[1:]
    if isinstance(data, list):
        at = int(step)
        return [*data[:at], _with(data[at], rest, value), *data[at + 1 :]]
    return {**data, step: _with(data[step], rest, value)}
