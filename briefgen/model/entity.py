"""An entity: a person, an organisation, a place, a thing that briefings speak of."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from briefgen.model.dates import Day

EntityKind = Literal["person", "organization", "place", "event", "weapon", "document", "term"]
KINDS = ("person", "organization", "place", "event", "treaty", "weapon", "document", "term")


class Alias(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Another name of an entity. `case: any` matches it in any case."""

    text: str
    case: Literal["exact", "any"] = "exact"


class Role(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"from_": "from"}):
    """A post held from the first day `from` to the day `to`, the first it no longer is."""

    title: str
    from_: Day | None = None
    to: Day | None = None
    sources: tuple[str, ...] = ()

    def held_on(self, on: Day) -> bool | None:
        """Whether it was held on an exact day; None where the dates are too coarse to tell.

        Without `from` nobody knows when it began, but before its end; without `to` it goes on.
        """
        began = None if self.from_ is None else self.from_.reached(on)
        ended = False if self.to is None else self.to.reached(on)
        if began is False or ended is True:
            return False
        return None if began is None or ended is None else True


class WebLink(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A link that leaves the site."""

    url: str
    title: str | None = None


class Named(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What entities and treaties have in common."""

    name: str
    id: str | None = None
    slug: str | None = None
    names: dict[str, str] = {}
    aliases: tuple[str | Alias, ...] = ()
    description: str | None = None
    wikidata: str | None = None
    links: tuple[WebLink, ...] = ()
    sources: tuple[str, ...] = ()
    image: str | None = None
    moved_from: tuple[str, ...] = ()
    template: str | None = None
    ignore: tuple[str, ...] = ()
    extra: dict[str, Any] = {}

    def all_names(self) -> list[Alias]:
        """Every name the text may use, the first being the chief one; no name twice."""
        found = {one.text: one for one in self.own_names()}
        for other in self.names.values():
            found.setdefault(other, Alias(other))
        return list(found.values())

    def own_names(self) -> list[Alias]:
        """Those that texts in any language may use: the chief one and the aliases."""
        found = {self.name: Alias(self.name)}
        for alias in self.aliases:
            one = Alias(alias) if isinstance(alias, str) else alias
            found.setdefault(one.text, one)
        return list(found.values())


class Entity(Named, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An entity that is not a treaty."""

    kind: EntityKind
    roles: tuple[Role, ...] = ()
    date: Day | None = None  # of an event
