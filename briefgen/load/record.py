"""From the plain data of one entry to a record of the model.

In: the data of one entity, treaty, source, topic, page or briefing, the id that its file gives it,
and a way to find places. Out: the value, its id and slug, and every diagnostic. Where the data
comes from (front matter, a list, a bibliography) makes no difference here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any, Literal, TypeVar

import msgspec

from briefgen.load import addresses, identity, requirements
from briefgen.load.convert import convert
from briefgen.load.yaml_nodes import Locate
from briefgen.model.briefing import Briefing, PlainPage, Topic
from briefgen.model.codec import encode
from briefgen.model.diagnostics import Diagnostic, Place, finding
from briefgen.model.entity import Entity, Named
from briefgen.model.facts import Record
from briefgen.model.source import Source
from briefgen.model.treaty import Treaty

S = TypeVar("S", bound=msgspec.Struct)
DataKind = Literal["entities", "treaties", "sources", "topics", "pages"]

_MODELS: dict[DataKind, type[msgspec.Struct]] = {
    "entities": Entity,
    "treaties": Treaty,
    "sources": Source,
    "topics": Topic,
    "pages": PlainPage,
}
_DIGEST_BYTES = 16


def read_value(
    data: object, kind: type[S], id: str, at: Locate
) -> tuple[S | None, str, str, tuple[Diagnostic, ...]]:
    """Make a `kind` of an entry's data; return it with its id, its slug and diagnostics.

    `id` is the one that the file gives, which an `id` of the entry's own overrides; a `slug` of
    the entry's own overrides the id as address. A slug is always safe in a path, where it had to
    be reported too. The value is None where it can't be used at all.
    """
    value, problems = convert(data, kind, at)
    found = list(problems)
    if value is None:
        return None, id, id, tuple(found)
    found += _check(value, at)
    value, refused = _without_refused(value, at)
    found += refused
    own: str | None = getattr(value, "id", None)
    slug: str | None = getattr(value, "slug", None)
    if own is None:
        found += requirements.check_file_name(id, at)
    else:
        found += requirements.check_id(own, ("id",), at)
    if slug is not None:
        found += requirements.check_id(slug, ("slug",), at, noun="slug")
    if found and not _is_storable(value):
        return None, id, id, tuple(found)
    id_ = identity.normalise(id if own is None else own)
    return value, id_, _safe(id_ if slug is None else slug), tuple(found)


def read_record(
    data: object,
    kind: DataKind,
    id: str | None,
    *,
    place: Place,
    at: Locate,
    body: str = "",
    body_line: int = 1,
) -> tuple[Record[Any] | None, tuple[Diagnostic, ...]]:
    """Make a record of one entry's data.

    `id` is the one that the file gives; where it is None the entry must have its own
    (missing-key). `place` is where the record is defined.
    """
    needs_id = id is None and (not isinstance(data, dict) or data.get("id") is None)
    value, id_, slug, found = read_value(data, _MODELS[kind], "x" if id is None else id, at)
    if needs_id and isinstance(data, dict):
        name = data.get("name")
        like = identity.suggestion(name) if isinstance(name, str) else "a-name"
        help = f"Write `id: {like}`."  # noqa: A001
        found = (finding("missing-key", at((), False), "`id` is missing.", help), *found)
    if value is None or needs_id:
        return None, found
    digest = hashlib.blake2b(encode((id_, slug, value)), digest_size=_DIGEST_BYTES)
    digest.update(body.encode())
    return Record(id_, slug, value, place, body, body_line, digest.digest()), found


def _safe(slug: str) -> str:
    """A slug that can stand in an address and a path, whatever the author wrote."""
    normal = identity.normalise(slug)
    return normal if identity.problem(normal) is None else identity.suggestion(normal)


def _check(value: msgspec.Struct, at: Locate) -> Iterator[Diagnostic]:
    if isinstance(value, Briefing):
        return requirements.check_briefing(value, at)
    if isinstance(value, Entity | Treaty):
        return requirements.check_named(value, at)
    if isinstance(value, Source):
        return requirements.check_source(value, (), at)
    if isinstance(value, PlainPage):
        return requirements.check_page(value, at)
    return requirements.check_topic(value, at) if isinstance(value, Topic) else iter(())


def _without_refused(value: S, at: Locate) -> tuple[S, list[Diagnostic]]:
    """Return the value without the web addresses that no link may have."""
    changes: dict[str, Any] = {}
    value, found = addresses.without_refused(value, (), at)
    if isinstance(value, Briefing):
        sources = {}
        for id_, source in value.sources.items():
            sources[id_], refused = addresses.without_refused(source, ("sources", id_), at)
            found += refused
        if value.origin is not None:
            changes["origin"], refused = addresses.without_refused(value.origin, ("origin",), at)
            found += refused
        changes["sources"] = sources
    elif isinstance(value, Named):
        links, refused = addresses.allowed_links(value.links, ("links",), at)
        found += refused
        changes["links"] = links
    return (msgspec.structs.replace(value, **changes) if found else value), found


def _is_storable(value: object) -> bool:
    """Whether the value can be encoded: a reported number may be beyond 64 bits."""
    try:
        encode(value)
    except OverflowError:
        return False
    return True
