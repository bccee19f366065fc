"""The documentation of the views: what each template is given.

In: the source of `briefgen/render/view.py`: its classes, their docstrings, their fields and the
comments beside them. Out: Markdown. Types are worded for authors of templates.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

SOURCE = "briefgen/render/view.py"
BASE, PAGE = "View", "PageView"

_TEMPLATES = {"DossierView": "entity", "NotFoundView": "404", "PlainView": "page",
              "SourcePageView": "source"}  # fmt: skip
"""Templates of the page views that are not called after them."""

_CONTAINERS = {"frozenset": "set of", "dict": "mapping to"}

_WORDS = {"str": "text", "int": "number", "bool": "true or false", "None": "none", "Day": "date",
          "Markup": "HTML", "Source": "source", "Any": "anything"}  # fmt: skip


class Field(NamedTuple):
    """A variable of a view."""

    name: str
    type: str
    comment: str


class ViewClass(NamedTuple):
    """A class of views, with the fields of its own."""

    name: str
    base: str
    doc: str
    fields: tuple[Field, ...]


def read_views(source: str) -> dict[str, ViewClass]:
    """The classes of views in a source, by name, in its order."""
    comments = _comments(source)
    known: dict[str, ViewClass] = {}
    for node in ast.parse(source).body:
        if isinstance(node, ast.ClassDef) and node.name != BASE:
            base = ast.unparse(node.bases[0])
            fields = tuple(_fields(node, comments, {*known, node.name}))
            doc = ast.get_docstring(node) or ""
            known[node.name] = ViewClass(node.name, base, doc, fields)
    return known


def is_page(view: ViewClass, views: dict[str, ViewClass]) -> bool:
    """Whether a view is that of a page."""
    while view.base in views:
        if view.base == PAGE:
            return True
        view = views[view.base]
    return False


def template_of(view: ViewClass) -> str:
    """The template of a page's view: that of its kind."""
    name = view.name.removesuffix("View").lower()
    return f"{_TEMPLATES.get(view.name, name)}.html"


def page_views(project: Path) -> str:
    """What every page has, then what each kind of page has beside it."""
    views = read_views((project / SOURCE).read_text(encoding="utf-8"))
    parts = [_section(views[PAGE], "`page` in every template")]
    parts += [
        _section(view, f"`page` in `{template_of(view)}`")
        for view in views.values()
        if is_page(view, views)
    ]
    return "\n\n".join(parts)


def piece_views(project: Path) -> str:
    """What the variables of pages are made of."""
    views = read_views((project / SOURCE).read_text(encoding="utf-8"))
    return "\n\n".join(
        _section(view, "`site` in every template" if view.name == "SiteView" else "")
        for view in views.values()
        if view.name != PAGE and not is_page(view, views)
    )


def _section(view: ViewClass, where: str) -> str:
    lines = [f"### {view.name}", ""]
    lines.append(f"{where}. {view.doc}" if where else view.doc)
    if view.base not in (BASE, PAGE):
        lines[-1] += f" It has all that {_link(view.base)} has, and:"
    if view.fields:
        lines += ["", *map(_row, view.fields)]
    return "\n".join(lines)


def _row(field: Field) -> str:
    comment = f": {field.comment}" if field.comment else ""
    return f"- `{field.name}` ({field.type}){comment}"


def _link(name: str) -> str:
    return f"[{name}](#{name.lower()})"


def _fields(node: ast.ClassDef, comments: dict[int, str], views: set[str]) -> Iterator[Field]:
    for item in node.body:
        if isinstance(item, ast.AnnAssign) and isinstance(item.target, ast.Name):
            comment = comments.get(item.end_lineno or 0, "")
            words = _type(item.annotation, views)
            yield Field(item.target.id, words, comment)


def _type(node: ast.expr, views: set[str]) -> str:
    """A type in words: "list of Card, or none"."""
    if isinstance(node, ast.BinOp):  # X | None: views know no other choice
        return f"{_type(node.left, views)}, or none"
    if isinstance(node, ast.Subscript):
        items = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        return _container(ast.unparse(node.value), [_type(item, views) for item in items])
    name = ast.unparse(node)
    return _link(name) if name in views else _WORDS.get(name, name)


def _container(kind: str, items: list[str]) -> str:
    if kind == "tuple" and items[-1] == "...":
        return f"list of {items[0]}"
    if kind == "tuple":
        return f"({', '.join(items)})"
    return f"{_CONTAINERS[kind]} {items[-1]}"


def _comments(source: str) -> dict[int, str]:
    """The comments of a source, by line, without marks for the linters."""
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return {
        token.start[0]: re.sub(r"\s*(?:#\s*)?(?:noqa|fmt|type):.*", "", token.string[1:]).strip()
        for token in tokens
        if token.type == tokenize.COMMENT
    }
