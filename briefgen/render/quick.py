"""What makes templates quick without a change to what they say: leaner code, and `memo`.

`QuickGenerator` writes `page.title` as Python's own attribute, where Jinja's would ask three times
over; a template that reads a mapping's key so raises AttributeError, and is then rendered with
Jinja's own code (see `Templates.render`).

`{% memo KEY, ... %}...{% endmemo %}` renders its body once for each key. The body may use nothing
that the key does not determine; whatever can't be hashed, or is large, goes through the filter
`same`, which stands for the very object. A memo lives as long as its environment.
"""

from __future__ import annotations

from collections.abc import Callable
from keyword import iskeyword
from typing import Any

import markupsafe
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.ext import Extension
from jinja2.parser import Parser
from markupsafe import Markup

MOST = 50_000
"""How many pieces an environment remembers; past that it begins anew."""

_escape_text: Callable[[str], str] = getattr(markupsafe, "_escape_inner", markupsafe.escape)


def quick_escape(value: object) -> str:
    """Escape a value for HTML as `markupsafe.escape` does, but give plain text its plain result.

    The result only ever is joined to a page's output, where it needs no mark of being safe.
    """
    kind = type(value)
    if kind is str:
        return _escape_text(value)  # type: ignore[arg-type]
    if kind is Markup:
        return value  # type: ignore[return-value]
    if kind is int:
        return str(value)
    return markupsafe.escape(value)


class QuickGenerator(CodeGenerator):
    """Jinja's code generator, with `quick_escape` where a value is put out, and plain attributes.

    A call goes to what is called without Jinja's look whether it wants the context, save for the
    globals, of which some do. A memo stands in place, without a call.
    """

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        """Write an attribute."""
        if iskeyword(node.attr):
            super().visit_Getattr(node, frame)
            return
        self.write("(")
        self.visit(node.node, frame)
        self.write(f").{node.attr}")

    def visit_Call(  # noqa: N802
        self, node: nodes.Call, frame: Frame, forward_caller: bool = False
    ) -> None:
        """Write a call."""
        called = node.node
        if isinstance(called, nodes.Name) and called.name in self.environment.globals:
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.write("environment.quick_call(")
        self.visit(called, frame)
        self.signature(node, frame, {"caller": "caller"} if forward_caller else None)
        self.write(")")

    def visit_CallBlock(self, node: nodes.CallBlock, frame: Frame) -> None:  # noqa: N802
        """Write a call with a body; of a memo the body runs where its text is not known."""
        called = node.call.node
        if not isinstance(called, nodes.ExtensionAttribute) or called.identifier != Memo.identifier:
            super().visit_CallBlock(node, frame)
            return
        key, text = self.temporary_identifier(), self.temporary_identifier()
        self.writeline(f"{key} = ", node)
        self.visit(nodes.Tuple(node.call.args, "load"), frame)
        self.writeline(f"{text} = environment.known.get({key})")
        self.writeline(f"if {text} is None:")
        self.indent()
        body = frame.inner()
        body.symbols.analyze_node(node)
        self.enter_frame(body)
        self.buffer(body)
        self.blockvisit(node.body, body)
        self.leave_frame(body)
        self.writeline(f"{text} = environment.remember({key}, concat({body.buffer}))")
        self.outdent()
        self.simple_write(text, frame)

    def _output_child_pre(
        self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> None:
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile and finalize.src is None:
            self.write("environment.quick_escape(")
        else:
            super()._output_child_pre(node, frame, finalize)


class Memo(Extension):
    """The tag `memo`."""

    tags = {"memo"}  # noqa: RUF012 - Jinja's own interface

    def __init__(self, environment: Any) -> None:
        """Begin with nothing remembered."""
        super().__init__(environment)
        self._known: dict[tuple[object, ...], str] = {}
        self._kept: dict[int, object] = {}
        environment.extend(known=self._known, remember=self.remember)
        environment.filters["same"] = self.same

    def parse(self, parser: Parser) -> nodes.Node:
        """Read the tag: its key, and its body up to `endmemo`."""
        line = next(parser.stream).lineno
        ordinal = parser.free_identifier().name  # there may be several on one line
        place = nodes.Const(f"{parser.name}:{ordinal}")
        key = parser.parse_tuple()
        body = parser.parse_statements(("name:endmemo",), drop_needle=True)
        call = self.call_method("remembered", [place, key])
        return nodes.CallBlock(call, [], [], body).set_lineno(line)

    def remembered(self, place: str, key: object, caller: Callable[[], str]) -> str:
        """The body's text for a key, as Jinja's own code asks for it."""
        found = self._known.get((place, key))
        return self.remember((place, key), caller()) if found is None else found

    def remember(self, key: tuple[object, ...], text: str) -> str:
        """Keep the text for a key, the place included, and return it."""
        if len(self._known) >= MOST:
            self._known.clear()
        self._known[key] = text
        return text

    def same(self, value: object) -> int:
        """What stands for an object by its identity; the object is kept alive."""
        if len(self._kept) >= MOST:
            self._known.clear()
            self._kept.clear()
        identity = id(value)
        self._kept[identity] = value
        return identity
