"""What a key takes, in words an author understands.

In: a type of the model, as `msgspec.inspect` describes it. Out: phrases for messages. The words of
the schema language (array, object, str) stop here.
"""

from __future__ import annotations

from typing import Any

from msgspec import inspect

from briefgen.model.nearest import did_you_mean

_SHOWN_LENGTH = 40
_OF_OTHER_TOOLS = {
    "abstract": "summary",
    "aliases": "moved_from",
    "author": "authors",
    "categories": "topics",
    "description": "summary",
    "label": "name",
    "lastmod": "updated",
    "link": "url",
    "modified": "updated",
    "permalink": "slug",
    "redirect_from": "moved_from",
    "site_name": "title",
    "site_url": "url",
    "tags": "topics",
    "text": "note",
    "baseURL": "url",
}
"""Keys that other generators, or other parts of briefgen, use for the same."""
_SAID_OTHERWISE = {
    "entered": "in-force", "entered-into-force": "in-force", "entry-into-force": "in-force",
    "effective": "in-force", "accession": "acceded", "prolonged": "extended", "renewed": "extended",
    "left": "withdrew", "exited": "withdrew", "withdrawn": "withdrew", "ended": "terminated",
    "lapsed": "expired", "replaced": "superseded",
}  # fmt: skip
"""Words for what happens to a treaty, and the word that briefgen has for it."""
_SAMPLES = {
    "language": "en", "lang": "en", "timezone": "Europe/Berlin", "url": "https://example.org/",
    "theme": "dossier", "output": "site", "date": "2021-01-26",
}  # fmt: skip
"""What the value of a key may look like, where any words would mislead."""


def shown(text: str) -> str:
    """Return an author's text short enough for a message."""
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN_LENGTH else line[: _SHOWN_LENGTH - 1] + "…"


def kind_of(data: object) -> str:
    """Return what a piece of data is: "text", "a list", "a mapping", "no value"."""
    if isinstance(data, str):
        return "text"
    if isinstance(data, list):
        return "a list"
    return "a mapping" if isinstance(data, dict) else "no value"


def takes(kind: inspect.Type) -> str:
    """Return what a type accepts: "a list", "true or false", "text or a list"."""
    if isinstance(kind, inspect.UnionType):
        parts = [takes(part) for part in kind.types if not isinstance(part, inspect.NoneType)]
        return " or ".join(dict.fromkeys(parts))
    if isinstance(kind, inspect.LiteralType):
        return "one of " + ", ".join(map(str, kind.values))
    names: dict[type[inspect.Type], str] = {
        inspect.StrType: "text",
        inspect.IntType: "a whole number",
        inspect.BoolType: "true or false",
        inspect.CustomType: "a date",
        inspect.VarTupleType: "a list",
        inspect.DictType: "a mapping",
        inspect.StructType: "keys of its own",
    }
    return names.get(type(kind), "a value")


def example(name: str, kind: inspect.Type, data: object) -> str:
    """Return a sentence that shows the key written right, with the author's words if short."""
    own = data if isinstance(data, str) and 0 < len(data) <= _SHOWN_LENGTH else None
    if isinstance(kind, inspect.UnionType):
        parts = [part for part in kind.types if not isinstance(part, inspect.NoneType)]
        return example(name, parts[0], data)
    if isinstance(kind, inspect.VarTupleType):
        inside = "first, second" if own is None or not _is_plain(own) else own
        if isinstance(kind.item_type, inspect.StructType):
            inside = _braced(kind.item_type)
        return f"Write `{name}: [{inside}]`."
    if isinstance(kind, inspect.LiteralType):
        return f"Write `{name}:` and {takes(kind)}."
    if isinstance(kind, inspect.StructType):
        keys = ", ".join(field.encode_name for field in kind.fields)
        return f"Write `{name}: {_braced(kind)}`; the keys are {keys}."
    samples: dict[type[inspect.Type], str] = {
        inspect.IntType: "2",
        inspect.BoolType: "true",
        inspect.CustomType: "2021-01-26",
        inspect.DictType: "{key: value}",
        inspect.StrType: _SAMPLES.get(name, "some words"),
    }
    sample = samples.get(type(kind))
    if isinstance(kind, inspect.DictType) and isinstance(kind.value_type, inspect.StructType):
        sample = f"{{id: {_braced(kind.value_type)}}}"
    return f"Write `{name}: {sample}`." if sample else ""


def known_keys(word: str, kind: inspect.StructType) -> str:
    """Return the help for a key that `kind` does not have: the nearest keys, or all there are."""
    names = [field.encode_name for field in kind.fields]
    same = _OF_OTHER_TOOLS.get(word)
    if same in names:
        return f"Did you mean `{same}`?"
    near = did_you_mean(word, names)
    own = " A field of your own goes under `extra:`." if "extra" in names else ""
    return near + own if near else f"The keys here are {', '.join(sorted(names))}.{own}"


def known_words(text: str, kind: inspect.LiteralType) -> str:
    """Return the help for a word that is none of those a key takes."""
    words = [str(word) for word in kind.values]
    if text == "treaty" and "person" in words:
        return "A treaty is described in `content/treaties/`, where it needs no `kind`."
    same = _SAID_OTHERWISE.get("-".join(text.casefold().replace("_", " ").split()))
    return f"Did you mean `{same}`?" if same in words else did_you_mean(text, words)


def _braced(kind: inspect.StructType) -> str:
    """The keys a mapping must have, or else its first, with their values left open."""
    fields = [field for field in kind.fields if field.required] or list(kind.fields[:1])
    return "{" + ", ".join(f"{field.encode_name}: ..." for field in fields) + "}"


def _is_plain(text: str) -> bool:
    special: Any = set("[]{},:#&*!|>'\"%@`\n")
    return not special.intersection(text)
