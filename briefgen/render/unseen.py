"""What of a template is never shown: blocks and words that those it extends have no place for.

In: a template's tree, and those of its ancestors. Out: lines. Jinja passes over both silently.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from jinja2 import nodes


class Unseen(NamedTuple):
    """A part that is never shown: a block by its name, or (`block` is empty) words."""

    line: int
    block: str
    known: frozenset[str]  # the blocks that there are


def unseen_parts(
    tree: nodes.Template, parsed: Callable[[str], nodes.Template | None]
) -> Iterator[Unseen]:
    """Yield what is never shown; nothing where an ancestor is not known before it is rendered.

    `parsed` gives the tree of a template by its name. A block within another is shown with it.
    """
    parent = _parent(tree)
    known: set[str] = set()
    seen: set[str] = set()
    while isinstance(parent, str):
        ancestor = parsed(parent)
        if ancestor is None or parent in seen:
            return
        seen.add(parent)
        known.update(block.name for block in ancestor.find_all(nodes.Block))
        parent = _parent(ancestor)
    if parent is not None or not seen:
        return
    blocks = frozenset(known)
    for block in _outermost(tree.body):
        if block.name not in known:
            yield Unseen(block.lineno, block.name, blocks)
    words = next(filter(_is_shown, tree.body), None)
    if words is not None:
        yield Unseen(words.lineno, "", blocks)


def _parent(tree: nodes.Template) -> str | nodes.Node | None:
    """The name of the template that one extends; a node where it is computed; None without one."""
    extends = next((one for one in tree.body if isinstance(one, nodes.Extends)), None)
    if extends is None:
        return None
    name = extends.template
    return name.value if isinstance(name, nodes.Const) and isinstance(name.value, str) else name


def _outermost(body: Iterable[nodes.Node]) -> Iterator[nodes.Block]:
    for node in body:
        if isinstance(node, nodes.Block):
            yield node
        else:
            yield from _outermost(node.iter_child_nodes())


def _is_shown(node: nodes.Node) -> bool:
    """Whether a node of the outermost level would put something out."""
    if not isinstance(node, nodes.Output):
        return False
    return any(not isinstance(one, nodes.TemplateData) or one.data.strip() for one in node.nodes)
