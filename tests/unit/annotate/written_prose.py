"""Prose written by hand: one block a line, with a few marks that no article uses.

`# ` begins a heading, `> ` a quoted paragraph, `>> ` a quoted heading, four spaces a code block;
`⏎` is a soft line break. `⟦…⟧` is a link, `⟨…⟩` inline code, `⦅…⦆` emphasis.
"""

from __future__ import annotations

from briefgen.model.prose import Block, Mark, MarkKind, Prose

PREFIXES = (
    (">> ", "heading", True),
    ("> ", "paragraph", True),
    ("# ", "heading", False),
    ("    ", "code", False),
    ("", "paragraph", False),
)
MARKS = {
    "⟦": (MarkKind.LINK_OPEN, '<a href="x">'),
    "⟧": (MarkKind.LINK_CLOSE, "</a>"),
    "⟨": (MarkKind.OPEN, "<code>"),
    "⟩": (MarkKind.CLOSE, "</code>"),
    "⦅": (MarkKind.OPEN, "<strong>"),
    "⦆": (MarkKind.CLOSE, "</strong>"),
}


def write(source: str) -> Prose:
    """The Prose that `source` means."""
    text = ""
    marks: list[Mark] = []
    blocks: list[Block] = []
    for line, row in enumerate(source.split("\n"), 1):
        prefix, kind, is_quoted = next(p for p in PREFIXES if row.startswith(p[0]))
        start = len(text) + bool(blocks)
        text += "\n" if blocks else ""
        marks.append(Mark(start, MarkKind.LEAF_OPEN, "<p>"))
        for char in row[len(prefix) :]:
            if char in MARKS:
                marks.append(Mark(len(text), *MARKS[char]))
            else:
                text += "\n" if char == "⏎" else char
        marks.append(Mark(len(text), MarkKind.LEAF_CLOSE, "</p>"))
        blocks.append(Block(kind, start, len(text), line, line + 1, is_quoted=is_quoted))
    return Prose(text, tuple(marks), tuple(blocks))
