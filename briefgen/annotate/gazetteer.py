"""All names of a site's entities, to be looked for in one pass.

In: names with the ids of the entities they may mean. Out: every place of a text where one of them
stands, overlapping ones included. Whether it stands there as a whole word, and which of two names
is taken, is for `mentions.py`; nothing here knows of blocks, links or pages.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import TypeAlias

import msgspec
from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from briefgen.annotate.normal import fold_case, normalise
from briefgen.model.entity import Alias

NameRow: TypeAlias = tuple[str, str, tuple[str, ...]]
"""A name as plain data: normalised text, case ("exact" or "any"), ids of the entities, sorted."""

# A full table finds a third faster; it takes four times as long to build, and much memory.
_MOST_IN_TABLE = 500


class Name(msgspec.Struct, frozen=True, gc=False):
    """A name, in one of the ways in which it may be written.

    `text` is the name as its author wrote it, normalised. `entities` are the ids that it may mean,
    none for a name of the page's own. `is_raised` says that its first letter was made a capital,
    which holds at a sentence's start only.
    """

    text: str
    entities: tuple[str, ...] = ()
    takes_plural: bool = False
    is_raised: bool = False
    is_any_case: bool = False


Hit: TypeAlias = tuple[int, int, Name]
"""Start and end in the text that was searched, and the name that stands there."""


class Gazetteer:
    """The names of a site. It is built of plain data, equal for equal names, and pickles as such.

    The automata are made at the first search: a build that searches nothing doesn't pay for them.
    20,000 names take some 60 ms then.
    """

    def __init__(self, names: Iterable[NameRow] = ()) -> None:
        self.names: tuple[NameRow, ...] = tuple(sorted(names))

    @classmethod
    def from_names(cls, names: Iterable[NameRow]) -> Gazetteer:
        """Build it again from the `names` of another."""
        return cls(names)

    @classmethod
    def from_entities(cls, entries: Iterable[tuple[str, Iterable[Alias]]]) -> Gazetteer:
        """Build it from each entity's id and its names; a name of nothing but space is left out."""
        found: dict[tuple[str, str], set[str]] = {}
        for entity, aliases in entries:
            for alias in aliases:
                if text := normalise(alias.text).text.strip():
                    found.setdefault((text, alias.case), set()).add(entity)
        return cls((text, case, tuple(sorted(ids))) for (text, case), ids in found.items())

    def __reduce__(self) -> tuple[Callable[..., Gazetteer], tuple[object, ...]]:
        return Gazetteer.from_names, (self.names,)

    @cached_property
    def digest(self) -> bytes:
        """16 bytes that are equal where all names and their entities are."""
        return hashlib.blake2b(msgspec.msgpack.encode(self.names), digest_size=16).digest()

    def search(self, text: str) -> list[Hit]:
        """Return every hit in a normalised text, in no set order; linear in text and hits."""
        patterns, automaton = self._exact
        found = [
            (start, end, name)
            for which, start, end in automaton.find_matches_as_indexes(text, overlapping=True)
            for name in patterns[which]
        ]
        patterns, automaton = self._any_case
        if patterns:
            found += [
                (start, end, name)
                for which, start, end in automaton.find_matches_as_indexes(
                    fold_case(text), overlapping=True
                )
                for name in patterns[which]
            ]
        return found

    def has(self, text: str) -> bool:
        """Whether the normalised `text` is a name, in this very case."""
        return text in self._texts

    @cached_property
    def _texts(self) -> frozenset[str]:
        return frozenset(text for text, case, _ in self.names if case == "exact")

    @cached_property
    def _exact(self) -> tuple[list[tuple[Name, ...]], AhoCorasick]:
        return _automaton(
            spelled
            for text, case, ids in self.names
            if case == "exact"
            for spelled in spellings(text, ids)
        )

    @cached_property
    def _any_case(self) -> tuple[list[tuple[Name, ...]], AhoCorasick]:
        return _automaton(
            (fold_case(text), Name(text, ids, takes_plural(text), is_any_case=True))
            for text, case, ids in self.names
            if case == "any"
        )


def spellings(text: str, entities: tuple[str, ...] = ()) -> list[tuple[str, Name]]:
    """The ways to write a name: as it is, and with its first letter raised where that is small."""
    plural = takes_plural(text)
    found = [(text, Name(text, entities, plural))]
    raised = text[0].upper() + text[1:]
    if raised != text and len(raised) == len(text):
        found.append((raised, Name(text, entities, plural, is_raised=True)))
    return found


def takes_plural(text: str) -> bool:
    """Whether a small `s` makes the name's plural: acronyms (ICBMs) and models (Tu-95s)."""
    if text[-1].isdigit():
        return any(map(str.isupper, text))
    return text.isupper() and text[-1].isalpha() and sum(map(str.isalpha, text)) > 1


def _automaton(
    spelled: Iterable[tuple[str, Name]],
) -> tuple[list[tuple[Name, ...]], AhoCorasick]:
    """One automaton over all patterns, and the names that each pattern stands for."""
    names: dict[str, list[Name]] = {}
    for pattern, name in spelled:
        names.setdefault(pattern, []).append(name)
    automaton = AhoCorasick(
        list(names),
        # All matches: the longest may fail the test for whole words and must not hide another.
        matchkind=MatchKind.Standard,
        implementation=Implementation.DFA
        if len(names) <= _MOST_IN_TABLE
        else Implementation.ContiguousNFA,
        store_patterns=False,
    )
    return [tuple(group) for group in names.values()], automaton
