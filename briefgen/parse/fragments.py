"""Fragments: how the headings of a page are named in addresses.

In: the titles of headings, in order. Out: a fragment for each, made of its letters and digits, no
two alike and none that a page's own sections may have. Nothing else of the page is known here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

RESERVED_IDS = frozenset(
    {
        "main", "text", "notes", "glossary", "sources", "topics", "related", "backlinks",
        "corrections", "contents", "facts", "key-points", "cite", "timeline", "roles", "events",
        "mentions", "parties", "provisions", "lineage", "life", "origin", "companions", "kinds",
        "in-short", "verification", "briefings", "treaties", "latest", "shared", "own", "work",
        "cited", "changes",
    }
)  # fmt: skip
"""Fragments that the pages of a theme use for their own sections."""

_WORD_RUNS = re.compile(r"\w+").findall
_NUMBERED = re.compile(r"(?:note|quote|fn|fnref|box|g|letter|source)(?:-|\Z)")
"""How fragments begin that pages give to notes, footnotes and entities."""

_WORDS = frozenset({"text", "code_inline"})


def slugify(title: str) -> str:
    """A heading's fragment: its letters and digits in lower case, joined by hyphens."""
    slug = "-".join(_WORD_RUNS(title.lower())) or "section"
    return f"{slug}-section" if slug in RESERVED_IDS or _NUMBERED.match(slug) else slug


class Fragments:
    """Gives each heading of one page a fragment; made for a page and dropped."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        """`taken` are fragments that the page has already."""
        self._taken = set(taken)
        self._counts: dict[str, int] = {}  # so that many headings alike cost no more than others

    def of(self, title: str) -> str:
        """The fragment of the next heading: `title`, `title-1` where that is taken, and so on."""
        base = fragment = slugify(title)
        count = self._counts.get(base, 0)
        while fragment in self._taken:
            count += 1
            fragment = f"{base}-{count}"
        self._counts[base] = count
        self._taken.add(fragment)
        return fragment


def add_fragments(md: MarkdownIt) -> None:
    """Teach a parser to give every heading its fragment as `id`."""
    md.core.ruler.push("fragments", name_headings)


def name_headings(state: StateCore) -> None:
    """The rule: the headings of a text get their fragments, in order."""
    fragments = Fragments()
    for index, token in enumerate(state.tokens):
        if token.type == "heading_open":
            token.attrSet("id", fragments.of(title_of(state.tokens[index + 1])))


def title_of(inline: Token) -> str:
    """What is read in the inline content of a heading."""
    return "".join(child.content for child in inline.children or () if child.type in _WORDS)
