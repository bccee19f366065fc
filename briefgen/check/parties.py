"""Rules on who is a party to a treaty, and on what a treaty replaces.

In: the index. Out: diagnostics, each at the name it is about. What is nearly somebody's name, or
an id that nothing has, is told by `references`; the dates of what parties do by `treaties`.
"""

from __future__ import annotations

from collections.abc import Iterator

from briefgen.check.places import inside
from briefgen.check.references import meant_by
from briefgen.model.diagnostics import Diagnostic, Place, finding
from briefgen.model.facts import Record
from briefgen.model.index import SiteIndex
from briefgen.model.treaty import Treaty
from briefgen.model.treaty_status import joined_by_events


def check_parties(index: SiteIndex) -> list[Diagnostic]:
    """Check who is named as a party. Emits party-unclear and replaces-itself."""
    found: list[Diagnostic] = []
    for record in index.treaties.values():
        found += _listed(index, record)
        found += _in_events(index, record)
        found += _replaced(record)
    return found


def _is_person(index: SiteIndex, key: str) -> bool:
    record = index.entities.get(key)
    return record is not None and record.value.kind == "person"


def _person(key: str, place: Place) -> Diagnostic:
    return finding(
        "party-unclear",
        place,
        f"`{key}` is a person, and no party to a treaty.",
        "Name the state or the organization; who signed for it goes under `signatories`.",
    )


def _listed(index: SiteIndex, record: Record[Treaty]) -> Iterator[Diagnostic]:
    """Check the parties that are listed: no person, and none twice under whatever name."""
    seen: dict[str, str] = {}
    for i, party in enumerate(record.value.parties):
        place = inside(record.place, "parties", i)
        if _is_person(index, party.key):
            yield _person(party.key, place)
        entity = index.named(party.entity) if party.entity else None
        names = [party.key] if entity is None else [one.text for one in entity.value.all_names()]
        keys = {party.key.casefold(), *map(str.casefold, names)}
        same = next((seen[key] for key in sorted(keys) if key in seen), None)
        if same is not None:
            yield finding(
                "party-unclear",
                place,
                f"`{party.key}` is listed twice, first as `{same}`.",
                "Remove one of the two.",
            )
        for key in keys:
            seen.setdefault(key, party.key)


def _in_events(index: SiteIndex, record: Record[Treaty]) -> Iterator[Diagnostic]:
    """Check the parties of events: no person, and none of which nothing says that it joined."""
    treaty = record.value
    known = {party.key for party in treaty.parties} | joined_by_events(treaty)
    for i, event in enumerate(treaty.events):
        for j, key in enumerate(event.parties):
            keys = ("party",) if isinstance(event.party, str) else ("party", j)
            place = inside(record.place, "events", i, *keys)
            if _is_person(index, key):
                yield _person(key, place)
            elif treaty.parties and event.type != "note" and key not in known:
                if index.named(key) is None and meant_by(index, treaty, key):
                    continue  # a reference that leads nowhere
                yield finding(
                    "party-unclear",
                    place,
                    f"`{key}` is not among the `parties`, and no event says that it joined.",
                    "Correct the name, list it under `parties`, or add the event by which it "
                    "joined, such as `acceded`.",
                )


def _replaced(record: Record[Treaty]) -> Iterator[Diagnostic]:
    """Check that a treaty replaces other treaties, and is replaced by others."""
    treaty = record.value
    for key, ids in (("replaces", treaty.replaces), ("replaced_by", treaty.replaced_by)):
        for i, id_ in enumerate(ids):
            if id_ == record.id:
                message = f"`{id_}` is this treaty itself."
            elif key == "replaced_by" and id_ in treaty.replaces:
                message = f"`{id_}` is said to be replaced by this treaty, and to replace it."
            else:
                continue
            place = inside(record.place, key, i)
            yield finding("replaces-itself", place, message, "Name the other treaty, or remove it.")
