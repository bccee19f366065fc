"""markdown-it as briefgen sets it up.

CommonMark with tables, footnotes, definition lists and strikethrough. In: which syntax is wanted.
Out: a parser, which also renders single tokens. It is loaded for the first text that the short
cuts of `quick` can't read; many sites have none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from briefgen.model.addresses import is_allowed
from briefgen.parse.fragments import add_fragments, name_headings
from briefgen.parse.quick import MARKUP
from briefgen.parse.rules import (
    DEEPEST,
    add_rules,
    align_by_class,
    keep_what_is_deeper,
    wrap_tables,
)

_NOT_AGAIN = frozenset({"normalize", "block", name_headings.__name__})
"""The rules that `finish` leaves out: done already, or done for all parts of a text together."""


class Markdown(MarkdownIt):
    """markdown-it with an allowlist of schemes; it notes what it refuses."""

    refused: list[str]

    def validateLink(self, url: str) -> bool:  # noqa: N802 (markdown-it's own name)
        """Read every link and image as one, and note an address that is refused.

        `leave_out_refused` leaves its words without a link.
        """
        if not is_allowed(url):
            self.refused.append(url)
        return True

    def leaf(self, kind: str, tag: str, text: str, line: int, markup: str = "") -> list[Token]:
        """A block of inline content, yet to be finished, that begins on the 0-based `line`."""
        lines = [line, line + text.count("\n") + 1]
        return [
            Token(f"{kind}_open", tag, 1, map=lines, markup=markup, block=True),
            Token("inline", "", 0, map=list(lines), level=1, children=[], content=text, block=True),
            Token(f"{kind}_close", tag, -1, markup=markup, block=True),
        ]

    def parse_blocks(self, source: str, line: int, env: dict[str, Any]) -> list[Token]:
        """The blocks of a stretch, yet to be finished, that begins on the 0-based `line`."""
        tokens: list[Token] = []
        self.block.parse(source, self, env, tokens)
        if line:
            for token in tokens:
                if token.map is not None:
                    token.map = [token.map[0] + line, token.map[1] + line]
        return tokens

    def finish(self, source: str, tokens: list[Token], env: dict[str, Any]) -> None:
        """Run the rules that come after the blocks: inline content, joined text."""
        state = StateCore(source, self, env, tokens)
        for rule in self.core.ruler.getRules(""):
            if rule.__name__ not in _NOT_AGAIN:
                rule(state)

    def html(self, tokens: Sequence[Token], index: int, env: dict[str, Any]) -> str:
        """What is rendered for one token."""
        renderer = self.renderer
        assert isinstance(renderer, RendererHTML)
        rule = renderer.rules.get(tokens[index].type)
        if rule is None:
            return renderer.renderToken(tokens, index, self.options, env)
        html: str = rule(tokens, index, self.options, env)
        return html


def leave_out_refused(md: Markdown) -> None:
    """Have a parser keep the words of a link or image whose address it refuses, and no more."""

    def leave_out(state: StateCore) -> None:
        if not md.refused:
            return
        for token in state.tokens:
            if token.type == "inline" and token.children:
                token.children = list(_without_refused(token.children, md))

    md.core.ruler.after("inline", leave_out_refused.__name__, leave_out)


def _without_refused(tokens: Sequence[Token], md: Markdown) -> Iterator[Token]:
    opened: list[bool] = []  # whether each link that is open may be: a `[[...]]` may hold another
    for token in tokens:
        if token.type == "link_open":
            opened.append(is_allowed(str(token.attrs.get("href", ""))))
        is_kept = opened[-1] if token.type in ("link_open", "link_close") else True
        if token.type == "link_close":
            opened.pop()
        if token.type == "image" and not is_allowed(str(token.attrs.get("src", ""))):
            assert isinstance(md.renderer, RendererHTML)
            words = md.renderer.renderInlineAsText(token.children, md.options, {})
            yield Token("text", "", 0, content=words, level=token.level)
        elif is_kept:
            yield token


def make_markdown(refused: list[str], *, own_syntax: bool) -> Markdown:
    """Make a parser, which puts the addresses that it refuses into `refused`.

    Without `own_syntax` it knows no `[[...]]`, `[@...]` and `[^...]`.
    """
    md = Markdown("commonmark", {"html": False, "maxNesting": DEEPEST + 2})
    md.refused = refused
    md.enable(["table", "strikethrough"])
    md.disable(["html_block", "html_inline"])  # off by the option too; so they cost nothing
    md.inline.terminator_re = MARKUP
    md.use(deflist_plugin)
    if own_syntax:
        md.use(footnote_plugin)
        md.disable(["footnote_ref", "footnote_inline", "footnote_tail"])
        add_rules(md)
    align_by_class(md)
    wrap_tables(md)
    keep_what_is_deeper(md, DEEPEST)
    add_fragments(md)
    leave_out_refused(md)
    return md
