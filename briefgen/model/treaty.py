"""A treaty: an entity whose life is one list of dated events."""

from __future__ import annotations

from typing import Literal

import msgspec

from briefgen.model.dates import Day
from briefgen.model.entity import Named

EventType = Literal[
    "signed", "ratified", "acceded", "ratification-withdrawn", "provisionally-applied",
    "in-force", "extended", "suspended", "resumed", "withdrew", "denounced", "expired",
    "terminated", "superseded", "note",
]  # fmt: skip


class Party(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A party, by the id of its entity or by name."""

    entity: str | None = None
    name: str | None = None

    @property
    def key(self) -> str:
        """What an event's `party` calls it: the id of its entity, else its name."""
        return self.entity or self.name or ""


class TreatyEvent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One dated event. With `party` it changes that party's row, never the treaty's status."""

    date: Day
    type: EventType
    until: Day | None = None  # first day it no longer holds; absent: indefinite
    party: str | tuple[str, ...] | None = None
    contested_by: tuple[str, ...] = ()
    count: int | None = None  # parties from then on; of a notice from its `until` on
    place: str | None = None
    signatories: tuple[str, ...] = ()
    note: str | None = None
    sources: tuple[str, ...] = ()

    @property
    def parties(self) -> tuple[str, ...]:
        """The parties it concerns; empty where it concerns the treaty itself."""
        return (self.party,) if isinstance(self.party, str) else self.party or ()


class Provision(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A provision, with its limit where it sets one."""

    name: str
    limit: str | None = None
    unit: str | None = None
    note: str | None = None
    sources: tuple[str, ...] = ()


class Treaty(Named, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A treaty."""

    formal_name: str | None = None
    parties: tuple[Party, ...] = ()
    events: tuple[TreatyEvent, ...] = ()
    provisions: tuple[Provision, ...] = ()
    verification: str | None = None
    depositary: str | tuple[str, ...] | None = None
    replaces: tuple[str, ...] = ()
    replaced_by: tuple[str, ...] = ()
    kind: Literal["treaty"] = "treaty"
