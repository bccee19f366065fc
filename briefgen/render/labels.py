"""Labels: the interface's words, put into the language of a page when a template is compiled.

In: the syntax tree of a template and the translations of one language. Out: the tree in which each
label with a constant text is that text in the language: `_("Search")` becomes words of the
template, `_("since %(date)s", date=day)` words around the variable. So a label costs nothing when a
page is rendered, and a translation may put the variable where its language wants it. What can't be
known then, such as a plural, is left to be translated while rendering.

This module must not read a catalogue or render anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from gettext import NullTranslations

from jinja2 import nodes
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

PLACEHOLDER = re.compile(r"%(?:\((\w+)\)s|(%))")
"""What a label may hold beside words: a variable, or a per cent sign as `%%`."""


class LabelTranslator(NodeTransformer):
    """Replaces calls of `_` (or `gettext`) and `pgettext` by what they come to."""

    def __init__(self, translations: NullTranslations) -> None:
        """Translate by `translations`."""
        self._translations = translations

    def visit_Output(self, node: nodes.Output) -> nodes.Node:  # noqa: N802
        """Visit what is put out: a label there becomes several pieces of the same output."""
        pieces: list[nodes.Expr] = []
        for child in node.nodes:
            found = self._pieces(child) if isinstance(child, nodes.Call) else None
            pieces += found or [self.visit(child)]
        node.nodes[:] = pieces
        return node

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802
        """Visit a call in an expression."""
        pieces = self._pieces(node)
        if pieces is None:
            return self.generic_visit(node)
        return pieces[0] if len(pieces) == 1 else nodes.Concat(pieces, lineno=node.lineno)

    def _pieces(self, node: nodes.Call) -> list[nodes.Expr] | None:
        """What a label consists of; None for another call, or where only rendering can tell."""
        text = self._translated(node)
        if text is None or node.dyn_args is not None or node.dyn_kwargs is not None:
            return None
        variables = {pair.key: pair.value for pair in node.kwargs}
        if not {name for name, _ in PLACEHOLDER.findall(text) if name} <= variables.keys():
            return None
        if "%" in PLACEHOLDER.sub("", text):
            return None
        return [*_split(text, {name: self.visit(v) for name, v in variables.items()}, node.lineno)]

    def _translated(self, node: nodes.Call) -> str | None:
        """The text of a label in the language; None for any other call."""
        match node.node, node.args:
            case nodes.Name(name="_" | "gettext"), [nodes.Const(value=str(text))]:
                return self._translations.gettext(text)
            case (
                nodes.Name(name="pgettext"),
                [nodes.Const(value=str(context)), nodes.Const(value=str(text))],
            ):
                return self._translations.pgettext(context, text)
        return None


def _split(text: str, variables: dict[str, nodes.Expr], lineno: int) -> Iterator[nodes.Expr]:
    """The words of a label, which are HTML, and its variables, which are escaped as any value."""
    at, words = 0, ""
    for match in PLACEHOLDER.finditer(text):
        words += text[at : match.start()] + (match[2] or "")
        at = match.end()
        if match[1]:
            value = variables[match[1]]
            try:  # here, for Jinja would make plain text of words and a constant
                words += escape(value.as_const())
            except nodes.Impossible:
                if words:
                    yield nodes.Const(Markup(words), lineno=lineno)  # noqa: S704
                yield value
                words = ""
    words += text[at:]
    if words or not text:
        yield nodes.Const(Markup(words), lineno=lineno)  # noqa: S704
