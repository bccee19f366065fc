"""YAML as it was typed: plain data in which every scalar is text, with the place of each value.

In: the text of a front matter or a data file. Out: a `Document` of dicts, lists, text and None, in
which every value can be found again by its pointer. No type is guessed from how a scalar looks;
`convert` decides by the schema. One pass of PyYAML's C parser does the reading: its composer
recurses in C and would overrun the stack on hostile nesting, but it announces each level to
`descend_resolver`, where depth is capped.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from yaml import Node, ScalarNode, SequenceNode, YAMLError
from yaml._yaml import CParser

from briefgen.load.yaml_comments import COMMENT, find_cut_texts
from briefgen.model.diagnostics import Diagnostic, Place, finding

Data = dict[str, Any] | list[Any] | str | None
"""What YAML gives: mappings, lists, text, and None where a value is left out."""

Locate = Callable[[tuple[str, ...], bool], Place]
"""The place of the value at a pointer, or (with True) of its key."""

_Child = tuple[Node | None, Node]  # a key, in a mapping, and its value
_Indexes = dict[int, dict[str, _Child]]  # of nodes, by their identity

DEPTH_LIMIT = 50
_ALIAS_ALLOWANCE = 4096  # characters that aliases may add to a small file
_PLAIN, _QUOTED, _COLLECTION = "plain", "quoted", "collection"
_NO_VALUE = frozenset(("", "~", "null", "Null", "NULL"))
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")
# Line ends to YAML 1.1 alone: to an author, and to every count of lines, they are spaces.
_OTHER_LINE_ENDS = re.compile("[\x85\u2028\u2029]")
_ANCHOR = re.compile(r"(?:^|[\s\[{,])&[\w-]", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Document:
    """A YAML document: its data, and the nodes that know where each value stands."""

    data: Data
    node: Node | None
    first_line: int
    key: Node | None = None  # of a value that `children` took out of a mapping


def compose(
    text: str, path: str, first_line: int = 1, depth_limit: int = DEPTH_LIMIT
) -> tuple[Document | None, tuple[Diagnostic, ...]]:
    """Read the one document of a YAML text.

    `first_line` is the line of the file on which `text` begins, 1-based. An empty text is a
    document whose data is None. The document is None where nothing can be made of the text
    (yaml-syntax, yaml-limit); where a key stands twice (yaml-duplicate-key) the first value is
    kept, and where a value was lost to a tag or an anchor (yaml-syntax) it is kept as read. Text
    that may be lost to a comment is reported (comment-in-text).
    """
    if not text.isascii():
        text = _OTHER_LINE_ENDS.sub(" ", text)
    composer = _Composer(text, depth_limit)
    try:
        root = composer.get_single_node()
        reader = _Reader(path, first_line, depth_limit, 2 * len(text) + _ALIAS_ALLOWANCE)
        data = reader.value(root, 0) if root is not None else None
    except _LimitError as error:
        return None, (_limit(error, path, first_line),)
    except YAMLError as error:
        if getattr(error, "problem", "") == _TOO_DEEP:
            deep = _LimitError("is nested", getattr(error, "problem_mark", None))
            return None, (_limit(deep, path, first_line),)
        from briefgen.load.yaml_errors import explain  # noqa: PLC0415  (seldom needed)

        return None, (explain(error, text, path, first_line),)
    found = list(reader.found)
    if "&" in text and _ANCHOR.search(text):
        found += _unused_anchors(text, path, first_line)
    if root is not None and COMMENT.search(text):
        found += find_cut_texts(root, text, path, first_line, _PLAIN)
    return Document(data, root, first_line), tuple(found)


def places(document: Document, path: str) -> Locate:
    """Return the function that gives the place of a value by its pointer.

    Line and column are those of the file, 1-based. Where the value is missing it is the place of
    the nearest one above that is there; `at_key` asks for the value's key in place of the value.
    """
    indexes: _Indexes = {}  # kept, so that many mistakes in one large mapping are found at once

    def at(pointer: tuple[str, ...], at_key: bool) -> Place:
        node, key = document.node, document.key
        if node is None:
            return Place(path, document.first_line, 1)
        for step in pointer:
            child = _child(node, step, indexes)
            if child is None:
                break
            key, node = child
        shown = key if at_key and key is not None else node
        return Place(path, *_line_column(shown.start_mark, document.first_line))

    return at


def children(document: Document) -> Iterator[tuple[str, Document]]:
    """Yield the entries of a list or a mapping, each by its index or key as text."""
    node, data, line = document.node, document.data, document.first_line
    if isinstance(data, list) and node is not None:
        for i, (item, child) in enumerate(zip(data, node.value, strict=True)):
            yield str(i), Document(item, child, line)
    elif isinstance(data, dict) and node is not None:
        indexes: _Indexes = {}
        for name, item in data.items():
            child = _child(node, name, indexes)
            if child is not None:
                yield name, Document(item, child[1], line, child[0])


_TOO_DEEP = "exceeded maximum nesting depth"
"""What libyaml's scanner says from 0.2.6 on, where it looks ahead further than the composer is."""


class _LimitError(Exception):
    """The document is too deep or too large; `mark` is where that shows."""

    def __init__(self, message: str, mark: Any = None) -> None:
        super().__init__(message)
        self.mark = mark


class _Composer(CParser):
    """The C parser with the three methods its composer calls back, and nothing else."""

    def __init__(self, text: str, depth_limit: int) -> None:
        CParser.__init__(self, text)
        self._depth = 0
        self._depth_limit = depth_limit

    def descend_resolver(self, parent: Node | None, _index: object) -> None:
        self._depth += 1
        # One more for the scalars in the deepest collection.
        if self._depth > self._depth_limit + 1:
            raise _LimitError("is nested", parent and parent.start_mark)

    def ascend_resolver(self) -> None:
        self._depth -= 1

    def resolve(self, kind: type[Node], _value: object, implicit: Any) -> str:
        """Tag a node by how it was typed: asked only where the author gave no tag."""
        if kind is not ScalarNode:
            return _COLLECTION
        return _PLAIN if implicit[0] else _QUOTED


class _Reader:
    """One walk from nodes to data. Aliases make a node appear again, so it counts what it sees."""

    def __init__(self, path: str, first_line: int, depth_limit: int, budget: int) -> None:
        self.path = path
        self.first_line = first_line
        self.depth_limit = depth_limit
        self.budget = budget
        self.found: list[Diagnostic] = []

    def value(self, node: Node, depth: int) -> Any:
        self.budget -= 1
        if self.budget < 0:
            raise _LimitError("repeats itself", node.start_mark)
        if isinstance(node, ScalarNode):
            return self._scalar(node)
        if depth >= self.depth_limit:
            raise _LimitError("is nested", node.start_mark)
        if node.tag is not _COLLECTION:
            self._report_tag(node)
        if isinstance(node, SequenceNode):
            return [self.value(item, depth + 1) for item in node.value]
        return self._mapping(node, depth + 1)

    def _scalar(self, node: ScalarNode) -> str | None:
        value: str = node.value
        self.budget -= len(value)
        if node.tag is _PLAIN:
            return None if value in _NO_VALUE else value
        if node.tag is not _QUOTED:
            self._report_tag(node)
        elif node.style == '"' and _CONTROL.search(value):
            self._report(
                "invalid-value",
                node,
                "The text holds a control character, which can't be shown.",
                "Leave out the escape, such as `\\0` or `\\x07`.",
            )
            return _CONTROL.sub("", value)
        return value

    def _mapping(self, node: Node, depth: int) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for key, child in node.value:
            name = key.value
            if type(name) is not str:
                self._report(
                    "yaml-syntax", key, "A list or a mapping can't be a key.", _QUOTE_THE_KEY
                )
                continue
            self.budget -= len(name)
            if key.tag is not _PLAIN:
                name = self._scalar(key)
            if name not in data:
                data[name] = self.value(child, depth)
        if len(data) < len(node.value):
            self._report_duplicates(node)
        return data

    def _report_duplicates(self, node: Node) -> None:
        first: dict[object, Node] = {}
        for key, _ in node.value:
            if not isinstance(key, ScalarNode) or first.setdefault(key.value, key) is key:
                continue
            line, _ = _line_column(first[key.value].start_mark, self.first_line)
            self._report(
                "yaml-duplicate-key",
                key,
                f"`{key.value}` stands twice: on line {line} already.",
                "Keep one of them, or join their values.",
            )

    def _report_tag(self, node: Node) -> None:
        self._report(
            "yaml-syntax",
            node,
            f"`{node.tag}` is taken for a tag of YAML, and is lost.",
            "Put a value that begins with `!` into quotation marks.",
        )

    def _report(self, code: str, node: Node, message: str, help: str) -> None:
        place = Place(self.path, *_line_column(node.start_mark, self.first_line))
        self.found.append(finding(code, place, message, help))


_QUOTE_THE_KEY = (
    'If brackets or braces are meant as text, put the key into quotation marks: `"[a]":`.'
)


def _child(node: Node, step: str, indexes: _Indexes) -> _Child | None:
    """The key (in a mapping) and the value that one step of a pointer leads to."""
    if isinstance(node, ScalarNode):
        return None
    index = indexes.get(id(node))
    if index is None:
        if isinstance(node, SequenceNode):
            index = {str(i): (None, item) for i, item in enumerate(node.value)}
        else:
            # Of a key that stands twice the first counts, as in the data.
            pairs = [pair for pair in reversed(node.value) if isinstance(pair[0], ScalarNode)]
            index = {key.value: (key, value) for key, value in pairs}
        indexes[id(node)] = index
    return index.get(step)


def _line_column(mark: Any, first_line: int) -> tuple[int, int]:
    return mark.line + first_line, mark.column + 1


def _limit(error: _LimitError, path: str, first_line: int) -> Diagnostic:
    line, column = _line_column(error.mark, first_line) if error.mark else (first_line, 1)
    if str(error) == "is nested":
        message = f"The YAML is nested more than {DEPTH_LIMIT} deep, or holds itself by an alias."
    else:
        message = (
            "The YAML repeats itself by aliases (`*name`) until it is far larger than it looks."
        )
    return finding(
        "yaml-limit", Place(path, line, column), message, "Write it with fewer levels and aliases."
    )


def _unused_anchors(text: str, path: str, first_line: int) -> list[Diagnostic]:
    """A word lost at the start of a value, `&c` say: an anchor that nothing refers to."""
    parser: Any = CParser(text)
    anchors: dict[str, Any] = {}
    next_event: Callable[[], Any] = parser.get_event
    while (event := next_event()) is not None:
        anchor = getattr(event, "anchor", None)
        if anchor is None:
            continue
        if type(event).__name__ == "AliasEvent":
            anchors.pop(anchor, None)
        else:
            anchors[anchor] = event.start_mark
    return [
        finding(
            "yaml-syntax",
            Place(path, *_line_column(mark, first_line)),
            f"`&{name}` is taken for an anchor of YAML, though nothing refers to it, and is lost.",
            "Put a value that begins with `&` into quotation marks.",
        )
        for name, mark in anchors.items()
    ]
