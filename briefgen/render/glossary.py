"""Entities as lists and cards show them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from briefgen.model.dates import Day
from briefgen.model.entity import KINDS, Entity
from briefgen.model.index import SiteIndex
from briefgen.model.treaty import Treaty
from briefgen.render.view import GlossaryEntry, GlossaryGroup, RoleView


def roles_on(entity: Entity | Treaty, on: Day | None) -> tuple[RoleView, ...]:
    """The posts held on a day, or all of them, in the order of the file."""
    if not isinstance(entity, Entity) or not entity.roles:
        return ()
    held = entity.roles_on(on) if on else [(role, True) for role in entity.roles]
    return tuple(
        RoleView(title=role.title, begin=role.from_, end=role.to, is_certain=sure)
        for role, sure in held
    )


def entry(
    index: SiteIndex, id_: str, href: Callable[[str], str], on: Day | None = None, count: int = 0
) -> GlossaryEntry:
    """An entity's entry; with `on`, the posts that it held that day."""
    record = index.named(id_)
    assert record is not None
    value = record.value
    return GlossaryEntry(
        id=id_,
        name=value.name,
        kind=value.kind,
        href=href(index.key_of(id_)),
        description=value.description or "",
        roles=roles_on(value, on) if on else (),
        count=count,
        aliases=tuple(alias.text for alias in value.all_names()[1:]),
    )


def grouped(entries: Iterable[GlossaryEntry]) -> tuple[GlossaryGroup, ...]:
    """Entries by kind, in the order of the kinds, and by name."""
    by_kind: dict[str, list[GlossaryEntry]] = {}
    for one in entries:
        by_kind.setdefault(one.kind, []).append(one)
    return tuple(
        GlossaryGroup(
            kind=kind,
            entries=tuple(sorted(by_kind[kind], key=lambda one: (one.name.casefold(), one.id))),
        )
        for kind in KINDS
        if kind in by_kind
    )
