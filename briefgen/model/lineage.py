"""Which treaties came before and after which.

In: the treaties of a site. Out: for each of them what it replaces and what replaces it, whichever
of the two treaties says so. Ids that name no treaty of the site stay as they are.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from briefgen.model.facts import Record
from briefgen.model.treaty import Treaty


class Lineage(msgspec.Struct, frozen=True, array_like=True):
    """The treaties before and after one, by id: those that it names, then those that name it."""

    replaces: tuple[str, ...]
    replaced_by: tuple[str, ...]


def lineages(treaties: Mapping[str, Record[Treaty]]) -> dict[str, Lineage]:
    """The lineage of every treaty, by id, no id twice. Linear in what they name."""
    before = {id_: dict.fromkeys(record.value.replaces) for id_, record in treaties.items()}
    after = {id_: dict.fromkeys(record.value.replaced_by) for id_, record in treaties.items()}
    for id_, record in sorted(treaties.items()):
        for other in record.value.replaces:
            if other in after:
                after[other][id_] = None
        for other in record.value.replaced_by:
            if other in before:
                before[other][id_] = None
    return {id_: Lineage(tuple(before[id_]), tuple(after[id_])) for id_ in treaties}


def relatives(lines: Mapping[str, Lineage], id_: str) -> list[str]:
    """A treaty, all that came before it and all that came after it, the nearest first.

    Ids that name no treaty of the site are left out; a circle is gone round once.
    """
    found = {id_: None}
    for step in ("replaces", "replaced_by"):
        near = [id_]
        while near:
            named = [other for one in near for other in getattr(lines[one], step)]
            near = [one for one in dict.fromkeys(named) if one in lines and one not in found]
            found.update(dict.fromkeys(near))
    return list(found)
