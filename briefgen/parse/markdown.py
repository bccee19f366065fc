"""Markdown to Prose.

In: Markdown (CommonMark, tables, footnotes, definition lists, strikethrough; raw HTML off).
Out: a Prose, the definitions of footnotes as Prose of their own, and what was refused.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

import msgspec

from briefgen.model.diagnostics import Diagnostic, Place, finding
from briefgen.model.prose import Prose
from briefgen.parse.quick import Heading, Item, Paragraph, parse_quick
from briefgen.parse.rules import DEEPEST, TOO_DEEP
from briefgen.parse.walk import Html, LinksTooLong, Walk

if TYPE_CHECKING:
    from markdown_it.token import Token

    from briefgen.parse.commonmark import Markdown

ALLOWANCE = 20
"""Characters of HTML that links and images may have for each character of the source."""

LEAST_ALLOWANCE = 256 * 1024
"""And those that they may always have."""


class Parsed(msgspec.Struct, frozen=True, gc=False):
    """What parsing one text gives."""

    prose: Prose
    footnotes: dict[str, Prose] = {}  # by label, in the order of definition
    diagnostics: tuple[Diagnostic, ...] = ()


class MarkdownParser:
    """A parser that can be used again and again; one for each thread."""

    def __init__(self, *, own_syntax: bool = True) -> None:
        """Make a parser; without `own_syntax` it knows no `[[...]]`, `[@...]` and `[^...]`."""
        self._own_syntax = own_syntax
        self._refused: list[str] = []  # addresses of the text that is parsed

    @cached_property
    def md(self) -> Markdown:
        """markdown-it, made when the first text needs it."""
        from briefgen.parse.commonmark import make_markdown  # noqa: PLC0415  (many need none)

        return make_markdown(self._refused, own_syntax=self._own_syntax)

    def parse(
        self, source: str, path: str = "", first_line: int = 1, *, has_ids: bool = True
    ) -> Parsed:
        """Parse Markdown that begins at the line `first_line` (1-based) of the file `path`.

        Headings get a fragment with `has_ids`, which is for the one text of a page. Emits
        refused-scheme, nested-too-deep and output-capped. Linear in the length of the source.
        """
        self._refused.clear()
        env: dict[str, Any] = {}
        tokens = parse_quick(lambda: self.md, source, env, has_own_syntax=self._own_syntax)
        if not has_ids:
            for item in tokens:
                if isinstance(item, Heading):
                    item.id = ""
                elif not isinstance(item, Paragraph):
                    item.attrs.pop("id", None)
        bodies: dict[str, list[Item]] = {}
        if "footnotes" in env:
            tokens, bodies = take_footnotes(tokens)
        found = [_refusal(url, source, path, first_line) for url in dict.fromkeys(self._refused)]
        if TOO_DEEP in env:
            found.append(_too_deep(Place(path, env[TOO_DEEP].map[0] + first_line, 1)))
        allowance = LEAST_ALLOWANCE + ALLOWANCE * len(source)

        def html(tokens: Sequence[Token], index: int) -> str:
            return self.md.html(tokens, index, env)

        try:
            prose, footnotes = _walk(tokens, bodies, html, first_line, allowance)
        except LinksTooLong as fault:
            found.append(_capped(allowance, Place(path, fault.line, 1)))
            prose, footnotes = _walk(tokens, bodies, html, first_line, None)
        return Parsed(prose, footnotes, tuple(found))


def _walk(
    tokens: Sequence[Item], bodies: Mapping[str, Sequence[Item]], html: Html, first_line: int,
    allowance: int | None,
) -> tuple[Prose, dict[str, Prose]]:  # fmt: skip
    """The Prose of a text and of its footnotes, which share one allowance."""
    footnotes: dict[str, Prose] = {}
    for label, body in bodies.items():
        walk = Walk(html, first_line, allowance)
        footnotes[label] = walk.run(body)
        allowance = walk.allowance
    return Walk(html, first_line, allowance).run(tokens), footnotes


def take_footnotes(items: Sequence[Item]) -> tuple[list[Item], dict[str, list[Item]]]:
    """Part the text's tokens from those of its footnotes' definitions, by label."""
    text: list[Item] = []
    bodies: dict[str, list[Item]] = {}
    current: list[Item] = text
    for item in items:
        if item.type == "footnote_reference_open" and not isinstance(item, Paragraph | Heading):
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
        f"A link of the scheme `{scheme}:` is refused; its words stay, without a link.",
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
