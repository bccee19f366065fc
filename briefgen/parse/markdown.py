"""Markdown to Prose.

In: Markdown (CommonMark, tables, footnotes, definition lists, strikethrough; raw HTML off).
Out: a Prose, the definitions of footnotes as Prose of their own, and what was refused.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from briefgen.model.addresses import is_allowed
from briefgen.model.diagnostics import Diagnostic, Place, finding
from briefgen.model.prose import Prose
from briefgen.parse.fragments import add_fragments
from briefgen.parse.quick import MARKUP, Heading, Item, parse_quick
from briefgen.parse.rules import TOO_DEEP, add_rules, align_by_class, keep_what_is_deeper
from briefgen.parse.walk import LinksTooLong, Walk

DEEPEST = 100
"""How many levels blocks, or brackets, may be nested, a list counted twice: far beyond what anyone
writes, since each takes frames of Python. What blocks hold further in stays as it is written."""

ALLOWANCE = 20
"""Characters of HTML that links and images may have for each character of the source."""

LEAST_ALLOWANCE = 256 * 1024
"""And those that they may always have."""


class Parsed(msgspec.Struct, frozen=True, gc=False):
    """What parsing one text gives."""

    prose: Prose
    footnotes: dict[str, Prose] = {}  # by label, in the order of definition
    diagnostics: tuple[Diagnostic, ...] = ()


class _Markdown(MarkdownIt):
    """markdown-it with an allowlist of schemes; it notes what it refuses."""

    refused: list[str]

    def validateLink(self, url: str) -> bool:  # noqa: N802 (markdown-it's own name)
        """Whether a link or image may lead to the address."""
        if is_allowed(url):
            return True
        self.refused.append(url)
        return False


class MarkdownParser:
    """A parser that can be used again and again; one for each thread."""

    def __init__(self, *, own_syntax: bool = True) -> None:
        """Make a parser; without `own_syntax` it knows no `[[...]]`, `[@...]` and `[^...]`."""
        md = _Markdown("commonmark", {"html": False, "maxNesting": DEEPEST + 2})
        md.refused = []
        md.enable(["table", "strikethrough"])
        md.disable(["html_block", "html_inline"])  # off by the option too; so they cost nothing
        md.inline.terminator_re = MARKUP
        md.use(deflist_plugin)
        if own_syntax:
            md.use(footnote_plugin)
            md.disable(["footnote_ref", "footnote_inline", "footnote_tail"])
            add_rules(md)
        align_by_class(md)
        keep_what_is_deeper(md, DEEPEST)
        add_fragments(md)
        self.md = md

    def parse(
        self, source: str, path: str = "", first_line: int = 1, *, has_ids: bool = True
    ) -> Parsed:
        """Parse Markdown that begins at the line `first_line` (1-based) of the file `path`.

        Headings get a fragment with `has_ids`, which is for the one text of a page. Emits
        refused-scheme, nested-too-deep and output-capped. Linear in the length of the source.
        """
        self.md.refused = []
        env: dict[str, Any] = {}
        tokens = parse_quick(self.md, source, env)
        if not has_ids:
            for item in tokens:
                if isinstance(item, Token):
                    item.attrs.pop("id", None)
                elif isinstance(item, Heading):
                    item.id = ""
        bodies: dict[str, list[Item]] = {}
        if "footnotes" in env:
            tokens, bodies = take_footnotes(tokens)
        found = [_refusal(url, source, path, first_line) for url in dict.fromkeys(self.md.refused)]
        if TOO_DEEP in env:
            found.append(_too_deep(Place(path, env[TOO_DEEP].map[0] + first_line, 1)))
        allowance = LEAST_ALLOWANCE + ALLOWANCE * len(source)
        try:
            prose, footnotes = self._walk(tokens, bodies, env, first_line, allowance)
        except LinksTooLong as fault:
            found.append(_capped(allowance, Place(path, fault.line, 1)))
            prose, footnotes = self._walk(tokens, bodies, env, first_line, None)
        return Parsed(prose, footnotes, tuple(found))

    def _walk(
        self, tokens: Sequence[Item], bodies: Mapping[str, Sequence[Item]], env: dict[str, Any],
        first_line: int, allowance: int | None,
    ) -> tuple[Prose, dict[str, Prose]]:  # fmt: skip
        """The Prose of the text and of its footnotes, which share one allowance."""
        footnotes: dict[str, Prose] = {}
        for label, body in bodies.items():
            walk = Walk(self.md, env, first_line, allowance)
            footnotes[label] = walk.run(body)
            allowance = walk.allowance
        return Walk(self.md, env, first_line, allowance).run(tokens), footnotes


def take_footnotes(items: Sequence[Item]) -> tuple[list[Item], dict[str, list[Item]]]:
    """Part the text's tokens from those of its footnotes' definitions, by label."""
    text: list[Item] = []
    bodies: dict[str, list[Item]] = {}
    current: list[Item] = text
    for item in items:
        if isinstance(item, Token) and item.type == "footnote_reference_open":
            current = bodies.setdefault(item.meta["label"], [])
        elif item.type == "footnote_reference_close":
            current = text
        else:
            current.append(item)
    return text, bodies


def _refusal(url: str, source: str, path: str, line: int) -> Diagnostic:
    scheme = url.strip().partition(":")[0]
    return finding(
        "refused-scheme",
        Place(path, line, needle=url if url in source else f"{scheme}:"),
        f"A link of the scheme `{scheme}:` is refused; it stays as it is written.",
        "Links lead to http:, https: and mailto: addresses, or to pages of the site.",
    )


def _too_deep(place: Place) -> Diagnostic:
    return finding(
        "nested-too-deep",
        place,
        f"Block quotes and lists are nested more than {DEEPEST} levels deep, so what is further in "
        "stays as it is written.",
        "Nest less; a list counts as two levels.",
    )


def _capped(allowance: int, place: Place) -> Diagnostic:
    return finding(
        "output-capped",
        place,
        f"The links of this text come to more than {allowance:,} characters, so it is shown "
        "without them.",
        "Use shorter addresses, or each of them less often.",
    )
