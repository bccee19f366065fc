"""A short cut through inline Markdown, for paragraphs with nothing but the plainest markup.

Emphasis around words that touch no other markup, `[^note]`, `[[page]]` and `[[page|text]]`, and
line breaks without spaces around them: these are tokens that markdown-it gives as well, which
tests hold against it. Whatever else stands in a paragraph, it is left to markdown-it whole.

Why emphasis is safe here: an opening run that follows space, a bracket or the paragraph's start
and precedes a letter is left-flanking alone, a closing run the other way round is right-flanking
alone, and between the two stands no other delimiter (CommonMark 0.31, 6.2).
"""

from __future__ import annotations

import re

from markdown_it.token import Token

_SPECIAL = r"\n!&*<\[\\\]_`~"
_WORDS = rf"[^\W_](?:[^{_SPECIAL}]*[^\W_])?"
_SEARCH = re.compile(rf"[{_SPECIAL}]").search
_EMPHASIS = re.compile(rf"(\*\*?)({_WORDS})\1(?=[ \n.,;:)\"'?]|\Z)").match
_CITATION = re.compile(r"\[\^([^\[\]\s]+)\]").match
_LINK = re.compile(rf"\[\[([^|{_SPECIAL}]+)(?:\|([^|{_SPECIAL}]+))?\]\]").match
_BEFORE = frozenset(" \n(\"'")
"""What may stand before emphasis for it to be the plainest kind."""


def parse_simple(content: str) -> list[Token] | None:
    """The tokens of inline content; None where it holds more than the plainest markup."""
    tokens: list[Token] = []
    done = 0
    found = _SEARCH(content)
    while found is not None:
        at = found.start()
        before = content[at - 1] if at else " "
        taken = _take(content, at, found[0], before)
        if taken is None:
            return None
        new, end = taken
        if new:
            if at > done:
                tokens.append(Token("text", "", 0, content=content[done:at]))
            tokens += new
            done = end
        found = _SEARCH(content, end)
    if done < len(content):
        tokens.append(Token("text", "", 0, content=content[done:]))
    return tokens


def _take(content: str, at: int, char: str, before: str) -> tuple[list[Token], int] | None:
    """The tokens of the markup at an offset, none where it is text, and where it ends."""
    if char == "[":
        citation = _CITATION(content, at)
        if citation is not None:
            meta = {"target": citation[1], "label": ""}
            return [Token("cite", "", 0, content=citation[0], meta=meta)], citation.end()
        link = _LINK(content, at)
        return (_link(link), link.end()) if link and (link[2] or "x").strip() else None
    if char == "*":
        match = _EMPHASIS(content, at)
        return (_emphasis(match), match.end()) if match and before in _BEFORE else None
    if char == "\n":
        is_plain = before != " " and content[at + 1 : at + 2] != " "
        return ([Token("softbreak", "br", 0)], at + 1) if is_plain else None
    return ([], at + 1) if char == "!" and content[at + 1 : at + 2] != "[" else None


def _emphasis(match: re.Match[str]) -> list[Token]:
    markup, text = match.groups()
    tag = "strong" if markup == "**" else "em"
    return [
        Token(f"{tag}_open", tag, 1, markup=markup),
        Token("text", "", 0, level=1, content=text),
        Token(f"{tag}_close", tag, -1, markup=markup),
    ]


def _link(match: re.Match[str]) -> list[Token]:
    meta = {"target": match[1].strip(), "raw": match[0]}
    if match[2] is None:
        return [Token("wiki", "", 0, meta=meta)]
    return [
        Token("link_open", "a", 1, meta=meta),
        Token("text", "", 0, level=1, content=match[2]),
        Token("link_close", "a", -1),
    ]
