"""briefgen's own rules for markdown-it: `[[target]]`, `[@source]` and `[^note]`, and aligned cells.

The inline rules make tokens of their own; `parse.walk` turns them into references of the Prose.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline

_STOPS = "briefgen_stops"
"""The attribute of a state in which the places of `_STOP` in its text are kept."""
_TARGET = re.compile(r"\[\[([^\[\]\n|]+)(\]\]|\|)")
_STOP = re.compile(r"\n|\](?=\])")
_CELLS = frozenset({"th_open", "td_open"})
_NOTE = re.compile(r"\[\^([^\[\]\s]+)\]")
_CITE = re.compile(r"\[(-?@[^\[\]\n]+)\]")
_PLACE = r"(?:pp?|pages?|arts?|articles?|ch|chapter|paras?|secs?|sections?|vol|fig|note|n)\b|[\d§¶]"
_ITEM = re.compile(
    rf"-?@([\w](?:[\w.\-:/]*\w)?)\s*(?:,\s*(.*)|(?<=\s)((?:{_PLACE}).*))?", re.DOTALL
)
"""One source: its id, and the place in it, behind a comma or beginning as places do."""

TOO_DEEP = "too_deep"
"""The key of an `env` with the first block that is nested too deep."""
DEEPEST = 100
"""How many levels blocks, or brackets, may be nested, a list counted twice: far beyond what anyone
writes, since each takes frames of Python. What blocks hold further in stays as it is written."""
LOCATORS = "\x1f"
"""What separates the locators in a reference's label."""


def add_rules(md: MarkdownIt) -> None:
    """Teach a parser briefgen's inline syntax; it stands before CommonMark's links."""
    md.inline.ruler.before("link", "briefgen", _bracket)


def keep_what_is_deeper(md: MarkdownIt, deepest: int) -> None:
    """Let a parser keep the words of blocks beyond a level, which markdown-it would drop.

    They become a paragraph as they are written; the first is put into the `env`, as TOO_DEEP.
    markdown-it's own limit must lie two levels further: a list opens two at once.
    """

    def keep(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        if state.level < deepest or silent:
            return False
        line = start + 1
        while line < end and not state.isEmpty(line):
            if 0 <= state.sCount[line] < state.blkIndent:
                break
            line += 1
        opening = state.push("paragraph_open", "p", 1)
        opening.map = [start, line]
        inline = state.push("inline", "", 0)
        inline.content = state.getLines(start, line, state.blkIndent, False).strip()
        inline.map, inline.children = [start, line], []
        state.push("paragraph_close", "p", -1)
        state.env.setdefault(TOO_DEEP, opening)
        state.line = line
        return True

    md.block.ruler.before("code", "keep_what_is_deeper", keep)


def align_by_class(md: MarkdownIt) -> None:
    """Let a parser align the cells of tables by a class: pages allow no styles of their own."""
    md.core.ruler.push("align", _align)


def wrap_tables(md: MarkdownIt) -> None:
    """Let a parser put each table into an element that can scroll: a table itself can't."""
    md.add_render_rule("table_open", lambda *_: '<div class="scroll"><table>\n')
    md.add_render_rule("table_close", lambda *_: "</table></div>\n")


def _align(state: StateCore) -> None:
    for token in state.tokens:
        if token.type in _CELLS and "style" in token.attrs:
            alignment = str(token.attrs.pop("style")).removeprefix("text-align:")
            token.attrs["class"] = f"align-{alignment}"


def _bracket(state: StateInline, silent: bool) -> bool:
    """Read one of the three forms at an opening bracket."""
    source, pos = state.src, state.pos
    if source[pos] != "[" or pos + 3 >= state.posMax:
        return False
    following = source[pos + 1]
    if following == "[":
        return _wiki(state, silent)
    if following == "^":
        match = _NOTE.match(source, pos, state.posMax)
        return match is not None and _cite(state, silent, match, [match[1]], [""])
    if following in "@-":
        match = _CITE.match(source, pos, state.posMax)
        items = [_ITEM.fullmatch(part.strip()) for part in match[1].split(";")] if match else []
        if match is None or None in items:
            return False
        ids = [item[1] for item in items if item]
        places = [(item[2] or item[3] or "").strip() for item in items if item]
        return _cite(state, silent, match, ids, places)
    return False


def _cite(
    state: StateInline, silent: bool, match: re.Match[str], ids: list[str], locators: list[str]
) -> bool:
    """Take a citation of one or several sources."""
    if not silent:
        token = state.push("cite", "", 0)
        token.content = match[0]
        token.meta = {"target": " ".join(ids), "label": LOCATORS.join(locators)}
    state.pos = match.end()
    return True


def _wiki(state: StateInline, silent: bool) -> bool:
    """Take a link to a page of the site, with its own text or without."""
    match = _TARGET.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    start, stop, end = match.end(), match.end(), match.end()
    if match[2] == "|":
        stop = _label_end(state, start)
        if stop < 0:
            return False
        end = stop + len("]]")
    if not silent:
        target = match[1].strip().rstrip("\\").strip()
        meta = {"target": target, "raw": state.src[match.start() : end]}
        if state.src[start:stop].strip():
            _labelled(state, meta, start, stop)
        else:
            state.push("wiki", "", 0).meta = meta
    state.pos = end
    return True


def _label_end(state: StateInline, start: int) -> int:
    """Where the `]]` stands that ends the label from `start` on; -1 where the line ends first.

    All places are looked for once in a text, so that many labels without an end cost no more.
    """
    known: list[int] | None = vars(state).get(_STOPS)
    if known is None:
        known = [match.start() for match in _STOP.finditer(state.src)]
        vars(state)[_STOPS] = known
    found = bisect_left(known, start)
    stop = known[found] if found < len(known) else state.posMax
    return stop if stop + 2 <= state.posMax and state.src[stop] == "]" else -1


def _labelled(state: StateInline, meta: dict[str, str], start: int, stop: int) -> None:
    """Make a link whose text, `src[start:stop]`, is Markdown of its own."""
    state.push("link_open", "a", 1).meta = meta
    end = state.posMax
    state.pos, state.posMax = start, stop
    state.linkLevel += 1
    state.md.inline.tokenize(state)
    state.linkLevel -= 1
    state.posMax = end
    state.push("link_close", "a", -1)
