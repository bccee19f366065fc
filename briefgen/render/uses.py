"""What a template uses beside its view's own fields, told from its source alone.

In: a template's source and its syntax tree. Out: the templates that it refers to, its labels, and
the keys of the site's `extra` that it reads; None among them where that can't be told before
rendering, so that all of them count. Better one page too many is made than one too few.
"""

from __future__ import annotations

import msgspec
from jinja2 import Environment, meta, nodes

from briefgen.render.labels import labels_used

_ATTRIBUTES = frozenset({"attr", "map", "selectattr", "rejectattr", "groupby", "sort", "sum",
                         "unique", "min", "max"})  # fmt: skip
"""Filters that are given the name of an attribute."""


class Uses(msgspec.Struct, frozen=True, array_like=True):
    """What a template uses; None stands for what is computed."""

    templates: tuple[str | None, ...]
    labels: tuple[str | None, ...]
    extra: tuple[str | None, ...]  # keys of the site's


NOTHING = Uses((), (), ())


def uses_of(source: str, environment: Environment) -> Uses:
    """What a source uses. Raises TemplateSyntaxError where it is no template."""
    tree = environment.parse(source)
    return Uses(
        tuple(meta.find_referenced_templates(tree)),
        _sorted(labels_used(tree)),
        _sorted(_extra_used(tree, source)),
    )


def _sorted(found: set[str | None]) -> tuple[str | None, ...]:
    return tuple(sorted(found, key=lambda one: (one is None, one or "")))


def _extra_used(tree: nodes.Template, source: str) -> set[str | None]:
    """The keys of `site.extra` that a template reads.

    `site.extra.KEY` is told from the tree, and so is `page.extra`, which is another. Wherever else
    the word stands, or `site` does in any way but `site.NAME`, or a name of an attribute is
    computed, all keys may be read; so they may where the key is a method of mappings (`items`).
    """
    if any(map(_is_computed, tree.find_all((nodes.Getitem, nodes.Filter)))):
        return {None}
    found: set[str | None] = set()
    plain = own = named = 0
    for node in tree.find_all((nodes.Getattr, nodes.Getitem)):
        base, name = _looked_up(node)
        if name == "site":
            return {None}
        match base:
            case nodes.Name(name="site") if name is not None:
                plain += 1
            case nodes.Name(name="page") if name == "extra":
                own += 1
            case nodes.Getattr(node=nodes.Name(name="site"), attr="extra") if name is not None:
                found.add(None if hasattr(dict, name) else name)
                named += 1
    if plain < sum(name.name == "site" for name in tree.find_all(nodes.Name)):
        return {None}
    return found if source.count("extra") == own + named else {None}


def _looked_up(node: nodes.Expr) -> tuple[nodes.Expr | None, str | None]:
    """In what something is looked up, and under which name, where that is known."""
    match node:
        case nodes.Getattr(node=base, attr=name):
            return base, name
        case nodes.Getitem(node=base, arg=nodes.Const(value=str(name))):
            return base, name
        case nodes.Getitem(node=base):
            return base, None
    return None, None


def _is_computed(node: nodes.Expr) -> bool:
    """Whether an attribute may be read whose name the source doesn't have."""
    match node:
        case nodes.Filter(name=name) if name in _ATTRIBUTES:
            named = [*node.args[:1], *(one.value for one in node.kwargs if one.key == "attribute")]
            return not all(isinstance(one, nodes.Const) for one in named)
        # What is looked up in a table that the template has itself, or imports, is no view.
        case nodes.Getitem(node=nodes.Name(name=name)) if name.isupper():
            return False
        case nodes.Getitem(arg=arg):
            return not isinstance(arg, nodes.Const | nodes.Slice | nodes.Neg)  # -1 is Neg
    return False
