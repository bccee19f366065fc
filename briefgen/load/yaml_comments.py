"""Text that YAML takes for a comment: `summary: Talks no # 3` is the text "Talks no" to it.

In: a composed document and its text. Out: a warning for each unquoted value of prose behind which
a comment stands on the same line, and for each that is left empty by what may be no comment. Ids,
dates, addresses and numbers have no ` #` in them, so a comment behind one is what it looks like.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from yaml import MappingNode, Node, ScalarNode

from briefgen.model.diagnostics import Diagnostic, Place, finding

COMMENT = re.compile(r"[ \t]#")
_BEHIND = re.compile(r"[ \t]+(#[^\n]*)")
# "#3 of five" is a text; "# to be written" is none, and nor is what begins with a word for editors.
_TEXT = re.compile(r"#(?!(?:TODO|FIXME|XXX|NOTE|TBD|HACK)\b)[^\W_]")
_PROSE = frozenset({
    "aliases", "author", "corrections", "depositary", "description", "descriptor", "formal_name",
    "headings", "key_points", "limit", "name", "names", "note", "place", "prefix", "publisher",
    "quote", "rights", "skip", "source_summary", "suffix", "summary", "text", "title", "unit",
    "verification",
})  # fmt: skip
"""Keys whose values are words for readers, or words of an article."""
_SHOWN = 60  # code points of a comment in a message


def find_cut_texts(
    root: Node, text: str, path: str, first_line: int, plain_tag: str
) -> Iterator[Diagnostic]:
    """Yield a warning (comment-in-text) for each text that may be meant to go on.

    `text` begins at `first_line` of the file; `plain_tag` is what unquoted scalars are tagged as.
    Linear in the nodes; a node that aliases repeat is looked at once.
    """
    seen: set[int] = set()
    pending: list[tuple[str, Node]] = [("", root)]
    while pending:
        key, node = pending.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, ScalarNode):
            # The end of a plain scalar is that of its last word. A block's (`|`) is far below.
            may_go_on = node.tag == plain_tag and key in _PROSE
            behind = _BEHIND.match(text, node.end_mark.index) if may_go_on else None
            if behind and (node.value or _TEXT.match(behind[1])):
                yield _cut(key, behind[1], node, path, first_line)
        elif isinstance(node, MappingNode):
            pending += [
                # The names of languages, under `names`, are keys of text too.
                (key if key == "names" else str(name.value), value)
                for name, value in node.value
                if isinstance(name, ScalarNode)
            ]
        else:
            pending += [(key, item) for item in node.value]


def _cut(key: str, comment: str, node: Node, path: str, first_line: int) -> Diagnostic:
    shown = comment if len(comment) <= _SHOWN else comment[: _SHOWN - 1] + "…"
    place = Place(path, node.end_mark.line + first_line, node.end_mark.column + 2)
    what = f"The text of `{key}` ends before `{shown}`"
    if not node.value:
        what = f"`{key}` is empty, and `{shown}` is no text"
    return finding(
        "comment-in-text",
        place,
        f"{what}: ` #` begins a comment in YAML.",
        "If these words belong to the text, put the whole value into quotation marks; if they are "
        "a comment, give them a line of their own.",
    )
