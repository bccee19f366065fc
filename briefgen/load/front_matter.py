r"""Parting a Markdown file into its front matter and its body.

In: the text of a file, with `\\n` line ends. Out: the YAML, the body and where each begins. The
YAML is not read here.
"""

from __future__ import annotations

import re
from typing import NamedTuple

YAML_LINE = 2
"""The line of the file on which the YAML of a front matter begins, 1-based."""

_OPENING = re.compile(r"---[ \t]*(?:\n|\Z)")
_CLOSING = re.compile(r"\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)")


class FrontMatter(NamedTuple):
    """A file in two: its YAML (from line 2 on) and its body (from `body_line` on, 1-based)."""

    yaml_text: str
    body: str
    body_line: int


def split(text: str) -> FrontMatter | None:
    """Part a text at the lines `---` that stand at its very start and after its YAML.

    The closing line may be `...` too. None where there is no front matter, or no end of it:
    `is_opened` tells which. Either part may be empty.
    """
    opening = _OPENING.match(text)
    if opening is None:
        return None
    start = opening.end()
    # From the line end before the YAML, which may be empty.
    closing = _CLOSING.search(text, start - 1)
    if closing is None:
        return None
    yaml_text = text[start : closing.start() + 1]
    return FrontMatter(yaml_text, text[closing.end() :], yaml_text.count("\n") + YAML_LINE + 1)


def is_opened(text: str) -> bool:
    """Whether a text begins with the line that opens a front matter."""
    return _OPENING.match(text) is not None
