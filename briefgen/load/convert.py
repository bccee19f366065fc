"""From plain data to a value of the model, or to every reason why it is none.

In: what `yaml_nodes` made of a file (every scalar is text), a type of the model, and a way to find
the place of a value. Out: the value and diagnostics. It knows the schema only: what several keys
mean together is for `requirements`.

The fast path is msgspec's and serves every file without mistakes. Only where that fails is the
data walked again, key by key, so that one run names all problems.
"""

from __future__ import annotations

import contextlib
import functools
from typing import Any, TypeVar

import msgspec
from msgspec import inspect

from briefgen.load import wording
from briefgen.load.yaml_nodes import Locate
from briefgen.model.codec import from_text
from briefgen.model.diagnostics import Diagnostic, finding

T = TypeVar("T", bound=msgspec.Struct)
Pointer = tuple[str, ...]

_LONG = 50  # characters, more than any date has
_HELPED = 100  # looking for the nearest key costs time, and a file so wrong needs another help
_BAD: Any = object()  # stands for a value that was reported and is left out


def convert(data: object, kind: type[T], locate: Locate) -> tuple[T | None, tuple[Diagnostic, ...]]:
    """Make a `kind` (a struct of the model) of plain data.

    A key without a value counts as absent. What is wrong (unknown-key, missing-key,
    invalid-value) is reported and left out, so that later checks still see the rest: a key that
    may be absent is, a list with a bad item is absent as a whole (its indexes would shift). The
    result is None where a required key is missing or bad.
    """
    try:
        value = msgspec.convert(data, kind, strict=False, dec_hook=_from_text)
    except (msgspec.ValidationError, RecursionError):
        pass
    else:
        return value, ()
    check = _Check(locate)
    rest = check.value({} if data is None else data, _schema(kind), ())
    found = tuple(check.found)
    if rest is _BAD:
        return None, found
    return msgspec.convert(rest, kind, strict=False, dec_hook=_from_text), found


@functools.cache
def _schema(kind: Any) -> inspect.Type:
    """A type's schema: it takes a millisecond to work out, and never changes."""
    return inspect.type_info(kind)


def _from_text(kind: type, value: object) -> object:
    # A site's own fields are of any kind, which msgspec asks about as `object`.
    return value if kind is object else from_text(kind, value)


class _Index(str):
    """A step of a pointer into a list, which messages tell from a key made of digits."""

    __slots__ = ()


class _Check:
    """One walk of data along its schema, which returns what is right and collects the rest."""

    def __init__(self, locate: Locate) -> None:
        self.locate = locate
        self.found: list[Diagnostic] = []

    def value(self, data: Any, kind: inspect.Type, at: Pointer) -> Any:
        if isinstance(kind, inspect.AnyType) or getattr(kind, "cls", None) is object:
            return data
        if isinstance(kind, inspect.UnionType):
            return self._union(data, kind, at)
        if isinstance(kind, inspect.StructType) and isinstance(data, dict):
            return self._struct(data, kind, at)
        if isinstance(kind, inspect.VarTupleType) and isinstance(data, list):
            items = [
                self.value(item, kind.item_type, (*at, _Index(i))) for i, item in enumerate(data)
            ]
            return _BAD if any(item is _BAD for item in items) else items
        if isinstance(kind, inspect.DictType) and isinstance(data, dict):
            pairs = {
                name: self.value(item, kind.value_type, (*at, name)) for name, item in data.items()
            }
            return {name: item for name, item in pairs.items() if item is not _BAD}
        return self._leaf(data, kind, at)

    def _struct(self, data: dict[str, Any], kind: inspect.StructType, at: Pointer) -> Any:
        fields = {field.encode_name: field for field in kind.fields}
        kept: dict[str, Any] = {}
        for name, item in data.items():
            field = fields.get(name)
            if field is None:
                self._report(
                    "unknown-key",
                    (*at, name),
                    f"`{wording.shown(name)}` is not a known key{_of(at)}.",
                    wording.known_keys(name, kind) if len(self.found) < _HELPED else "",
                    at_key=True,
                )
            elif item is not None:
                value = self.value(item, field.type, (*at, name))
                if value is not _BAD:
                    kept[name] = value
        required = [name for name, field in fields.items() if field.required]
        for name in required:
            if data.get(name) is None:
                self._missing(name, fields[name].type, at, is_there=name in data)
        return kept if all(name in kept for name in required) else _BAD

    def _union(self, data: Any, kind: inspect.UnionType, at: Pointer) -> Any:
        if data is None and any(isinstance(part, inspect.NoneType) for part in kind.types):
            return None
        for part in kind.types:
            if _has_shape(data, part):
                return self.value(data, part, at)
        return self._wrong_kind(data, kind, at)

    def _leaf(self, data: Any, kind: inspect.Type, at: Pointer) -> Any:
        if not isinstance(data, str):
            return self._wrong_kind(data, kind, at)
        if isinstance(kind, inspect.StrType):
            return data
        if isinstance(kind, inspect.CustomType):
            return self._date(data, kind.cls, at)
        if isinstance(kind, inspect.LiteralType):
            return data if data in kind.values else self._no_such_word(data, kind, at)
        if isinstance(kind, inspect.IntType | inspect.BoolType):
            scalar = int if isinstance(kind, inspect.IntType) else bool
            with contextlib.suppress(msgspec.ValidationError):
                return msgspec.convert(data, scalar, strict=False)
        return self._wrong_kind(data, kind, at)

    def _date(self, text: str, kind: type, at: Pointer) -> Any:
        try:
            # A long text is cut, so that the message is not as long; it is no date either way.
            return from_text(kind, text if len(text) < _LONG else f"{text[:_LONG]}…")
        except ValueError as error:
            return self._report("invalid-value", at, f"{_name(at)}: {error}.", "")

    def _no_such_word(self, text: str, kind: inspect.LiteralType, at: Pointer) -> Any:
        message = f"{_name(at)} takes {wording.takes(kind)}, not `{wording.shown(text)}`."
        return self._report("invalid-value", at, message, wording.known_words(text, kind))

    def _wrong_kind(self, data: Any, kind: inspect.Type, at: Pointer) -> Any:
        if not at:
            message = f"Here is {wording.kind_of(data)}, where keys are wanted."
            return self._report("invalid-value", at, message, "Write `key: value`, one a line.")
        got = f", not {wording.kind_of(data)}"
        if data is None:
            got = "; it has no value"
        elif isinstance(data, str) and _has_shape(data, kind):
            got = f", not `{wording.shown(data)}`"
        message = f"{_name(at)} takes {wording.takes(kind)}{got}."
        # An item of a list has no key of its own to show right.
        help = "" if isinstance(at[-1], _Index) else wording.example(at[-1], kind, data)  # noqa: A001
        return self._report("invalid-value", at, message, help)

    def _missing(self, name: str, kind: inspect.Type, at: Pointer, *, is_there: bool) -> None:
        where = (*at, name) if is_there else at
        message = f"`{name}` has no value" if is_there else f"`{name}` is missing"
        self._report(
            "missing-key",
            where,
            f"{message}{_of(at)}.",
            wording.example(name, kind, None),
            at_key=is_there,
        )

    def _report(
        self, code: str, at: Pointer, message: str, help: str, *, at_key: bool = False
    ) -> Any:
        self.found.append(finding(code, self.locate(at, at_key), message, help))
        return _BAD


def _has_shape(data: object, kind: inspect.Type) -> bool:
    if isinstance(data, dict):
        return isinstance(kind, inspect.StructType | inspect.DictType)
    if isinstance(data, list):
        return isinstance(kind, inspect.VarTupleType)
    return isinstance(data, str) and _is_scalar(kind)


def _is_scalar(kind: inspect.Type) -> bool:
    return not isinstance(
        kind,
        inspect.StructType | inspect.DictType | inspect.VarTupleType | inspect.NoneType,
    )


def _name(at: Pointer) -> str:
    """The value a pointer leads to, as a message names it: "`kind`", "Item 3 of `topics`"."""
    last = at[-1]
    if isinstance(last, _Index):
        return f"Item {int(last) + 1} of `{wording.shown(at[-2])}`"
    return f"`{wording.shown(last)}`"


def _of(at: Pointer) -> str:
    """The mapping a pointer leads to, as the end of a sentence; the file itself needs no words."""
    if not at:
        return ""
    name = _name(at)
    return f" in {name[0].lower()}{name[1:]}"
