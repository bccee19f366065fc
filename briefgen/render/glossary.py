"""Entities as lists and cards show them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from briefgen.model.answers import EntityCard
from briefgen.model.dates import Day
from briefgen.model.entity import KINDS, Role
from briefgen.render.view import GlossaryEntry, GlossaryGroup, RoleView


def roles_on(roles: Iterable[Role], on: Day) -> tuple[RoleView, ...]:
    """The posts that were held on an exact day, in the order of the file."""
    held = [(role, role.held_on(on)) for role in roles]
    return tuple(
        RoleView(title=role.title, begin=role.from_, end=role.to, is_certain=is_held is True)
        for role, is_held in held
        if is_held is not False
    )


def entry(
    id_: str,
    card: EntityCard,
    href: Callable[[str], str],
    on: Day | None = None,
    count: int = 0,
    aliases: tuple[str, ...] = (),
    name: str = "",
    lang: str = "",
) -> GlossaryEntry:
    """An entity's entry; with `on`, the posts that it held that day.

    `name` is what it is called in the page's language, where that isn't the site's; `lang` is the
    language of its name, where that is not the page's.
    """
    return GlossaryEntry(
        id=id_,
        name=name or card.name,
        kind=card.kind,
        href=href(card.route),
        description=card.description,
        roles=roles_on(card.roles, on) if on and card.roles else (),
        count=count,
        aliases=aliases,
        lang=lang,
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
