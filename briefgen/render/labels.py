"""Labels: the interface's words, put into the language of a page when a template is compiled.

In: the syntax tree of a template and the translations of one language. Out: the tree in which each
label with a constant text is that text in the language: `_("Search")` becomes words of the
template, `_("since %(date)s", date=day)` words around the variable. So a label costs nothing when a
page is rendered, and a translation may put the variable where its language wants it. What can't be
known then, such as a plural, is left to be translated while rendering.

This module must not read a file or render anything.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from gettext import GNUTranslations, NullTranslations
from hashlib import blake2b

from jinja2 import nodes
from jinja2.ext import extract_from_ast
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

from briefgen.model.codec import encode
from briefgen.model.labels import Catalogue, names_of

Markers = Mapping[str, tuple[str, str]]
"""What is read out for an annotation's number, by its kind: HTML before and after the number."""

Layers = Sequence[Sequence[Catalogue]]
"""Catalogues, the uppermost layer first."""

NOTE_KINDS = {
    "context": "Context", "correction": "Correction", "dispute": "Dispute", "update": "Update",
    "definition": "Definition", "source": "Source",
}  # fmt: skip
"""The labels of kinds of annotations, which the theme's `NOTE_KIND` has too."""

TITLES = {
    "briefings": "Briefings", "glossary": "Glossary", "treaties": "Treaties", "sources": "Sources",
    "topics": "Topics", "timeline": "Timeline", "annotations": "Annotations", "search": "Search",
    "404": "Page not found",
}  # fmt: skip
"""The titles of pages that no author has given one."""

_TITLE_OF_YEAR = "Annotations %(year)s"
_MARKER = "Note %(number)s, %(kind)s"
UPDATED = "Updated %(date)s"
"""In the entry of BibTeX, whose language is that of its page."""
NOTE_LABELS = frozenset((*NOTE_KINDS.values(), _MARKER, UPDATED))
"""The labels that the view of a briefing has."""

VIEW_LABELS = NOTE_LABELS | {*TITLES.values(), _TITLE_OF_YEAR}
"""All labels that views have; the others stand in templates."""

FUNCTIONS = ("_", "gettext", "ngettext", "pgettext", "npgettext")

PLACEHOLDER = re.compile(r"%(?:\((\w+)\)s|(%))")
"""What a label may hold beside words: a variable, or a per cent sign as `%%`."""


class Labels:
    """The labels of one language. What no catalogue translates stays English."""

    def __init__(self, language: str = "en", layers: Layers = ()) -> None:
        """Look in each layer for the language as it is named, then for what it is a variant of."""
        self.translations = NullTranslations()
        found = [
            (catalogue, order)
            for order, layer in enumerate(layers)
            for name in names_of(language)
            for catalogue in layer
            if catalogue.language == name and catalogue.data
        ]
        for catalogue, _ in reversed(found):
            below, self.translations = (
                self.translations,
                GNUTranslations(io.BytesIO(catalogue.data)),
            )
            self.translations.add_fallback(below)
        self.digest = blake2b(
            b"".join(catalogue.digest for catalogue, _ in found), digest_size=16
        ).digest()
        """Of all that is translated: the same digest means the same words."""
        self._found = [catalogue for catalogue, _ in found]
        self.are_own = any(order < len(layers) - 1 for _, order in found)
        """Whether the site, or a theme of its own, has a say in them."""

    def digest_of(self, labels: Iterable[str | None]) -> bytes:
        """The digest, 16 bytes, of some labels, of all where one of them isn't known (None)."""
        wanted = set(labels)
        if None in wanted:
            return self.digest
        said = [
            (label, [one.digests[label] for one in self._found if label in one.digests])
            for label in sorted(filter(None, wanted))
        ]
        return blake2b(encode([row for row in said if row[1]]), digest_size=16).digest()

    def gettext(self, label: str) -> str:
        """A label as text; `translations` have HTML, for templates."""
        return Markup(self.translations.gettext(label)).unescape()  # noqa: S704

    def title(self, kind: str, year: int | None = None) -> str:
        """The title of a page of a kind, a key of `TITLES`; of annotations, that of a year too."""
        if year is not None:
            return self.gettext(_TITLE_OF_YEAR).replace("%(year)s", str(year))
        return self.gettext(TITLES[kind])

    def markers(self, kinds: Iterable[str]) -> Markers:
        """What is read out for an annotation's number."""
        text = self.gettext(_MARKER)
        found = {}
        for kind in kinds:
            named = text.replace("%(kind)s", self.gettext(NOTE_KINDS[kind]))
            before, _, after = named.partition("%(number)s")
            found[kind] = str(escape(before)), str(escape(after))
        return found


ENGLISH = Labels().markers(NOTE_KINDS)


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


def labels_in(tree: nodes.Template) -> set[str]:
    """The labels in a template's tree, the singular of those that have a plural."""
    found = set()
    for _, function, texts in extract_from_ast(tree, FUNCTIONS):
        strings = (texts,) if isinstance(texts, str) or texts is None else texts
        at = 1 if function in ("pgettext", "npgettext") else 0
        if at < len(strings) and strings[at]:
            found.add(str(strings[at]))
    return found


def labels_used(tree: nodes.Template) -> set[str | None]:
    """The labels in a template's tree; None among them where one can't be told before rendering."""
    found: set[str | None] = set()
    called = 0
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name in FUNCTIONS:
            called += 1
            at = 1 if call.node.name in ("pgettext", "npgettext") else 0
            match call.args[at : at + 1]:
                case [nodes.Const(value=str(label))]:
                    found.add(label)
                case _:
                    found.add(None)
    if called < sum(name.name in FUNCTIONS for name in tree.find_all(nodes.Name)):
        found.add(None)  # a function is handed on
    return found


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
