"""All names of a site's entities, to be looked for in one pass.

In: names with the ids of the entities they may mean. Out: the places of a text where one of them
stands, overlapping ones included; of names that begin with one another, the longest that is good
there. What is good (whole words, in one block) and which of two places is taken is for
`mentions.py`; nothing here knows of blocks, links or pages.

Names that begin with others are reached through the shortest of them. So what a search costs grows
with the places where a name begins, and not with the number of names that begin there.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Protocol, TypeAlias

import msgspec
from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from briefgen.annotate.edges import whole_words
from briefgen.annotate.normal import fold_case, normalise
from briefgen.model.entity import Alias

NameRow: TypeAlias = tuple[str, str, tuple[str, ...], str]
"""A name as plain data: normalised text, case ("exact" or "any"), ids of the entities, sorted, and
the language in whose texts alone it is a name, empty for all."""

# A full table finds a third faster; it takes four times as long to build, and much memory.
_MOST_IN_TABLE = 500
_MOST_AT_ONE_END = 2  # characters between names that end at one place: a plural's `s`, an ellipsis
_MOST_LOOKED_AT = 4  # characters after a name that tell whether it is whole words


class Name(msgspec.Struct, frozen=True, gc=False):
    """A name, in one of the ways in which it may be written.

    `text` is the name as its author wrote it, normalised. `entities` are the ids that it may mean,
    none for a name of the page's own. `is_raised` says that its first letter was made a capital,
    which holds at a sentence's start only. `lang` is the language in whose texts alone it is one.
    """

    text: str
    entities: tuple[str, ...] = ()
    takes_plural: bool = False
    is_raised: bool = False
    is_any_case: bool = False
    lang: str = ""


Hit: TypeAlias = tuple[int, int, Name]
"""Start and end of a stretch, and the name that stands there."""


class Judge(Protocol):
    """Whether a name may stand at a place. `low` and `high` are offsets of the text searched."""

    def reach(self, low: int) -> int:
        """How far a name that begins at `low` may go; not beyond `low` where none may begin."""

    def hit(self, low: int, high: int, name: Name) -> Hit | None:
        """The place of `name`, in offsets of the judge's own, or None where it doesn't stand."""


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
    def from_entities(
        cls,
        entries: Iterable[tuple[str, Iterable[Alias]]],
        foreign: Iterable[tuple[str, str, str]] = (),
    ) -> Gazetteer:
        """Build it from each entity's id and its names; a name of nothing but space is left out.

        `foreign` are those of a language: id, language, name.
        """
        found: dict[tuple[str, str, str], set[str]] = {}
        for entity, aliases in entries:
            for alias in aliases:
                if text := normalise(alias.text).text.strip():
                    found.setdefault((text, alias.case, ""), set()).add(entity)
        for entity, lang, name in foreign:
            text = normalise(name).text.strip()
            if text and entity not in found.get((text, "exact", ""), ()):
                found.setdefault((text, "exact", base_language(lang)), set()).add(entity)
        return cls(
            (text, case, tuple(sorted(ids)), lang) for (text, case, lang), ids in found.items()
        )

    def __reduce__(self) -> tuple[Callable[..., Gazetteer], tuple[object, ...]]:
        return Gazetteer.from_names, (self.names,)

    @cached_property
    def digest(self) -> bytes:
        """16 bytes that are equal where all names and their entities are."""
        return hashlib.blake2b(msgspec.msgpack.encode(self.names), digest_size=16).digest()

    def search(self, text: str, judge: Judge) -> list[Hit]:
        """Return the good hits in a normalised text, in no set order.

        Of the names that begin at one place, and with one another, the longest good one is
        returned, and all that end where it ends.
        """
        found = self._exact.search(text, judge)
        if self._any_case.names:
            found += self._any_case.search(fold_case(text), judge)
        return found

    def has(self, text: str) -> bool:
        """Whether the normalised `text` is a name in all languages, in this very case."""
        return text in self._texts

    def is_any_case(self, text: str) -> bool:
        """Whether the normalised `text` is a name that may be written in any case."""
        return fold_case(text) in self._folded

    @cached_property
    def _folded(self) -> frozenset[str]:
        return frozenset(fold_case(text) for text, case, _, _ in self.names if case == "any")

    @cached_property
    def _texts(self) -> frozenset[str]:
        return frozenset(text for text, case, _, lang in self.names if case == "exact" and not lang)

    @cached_property
    def _exact(self) -> _Patterns:
        return _Patterns(
            spelled
            for text, case, ids, lang in self.names
            if case == "exact"
            for spelled in spellings(text, ids, lang)
        )

    @cached_property
    def _any_case(self) -> _Patterns:
        return _Patterns(
            (fold_case(text), Name(text, ids, takes_plural(text), is_any_case=True))
            for text, case, ids, _ in self.names
            if case == "any"
        )


def base_language(tag: str) -> str:
    """What is compared of the tag of a language: pt of pt-BR."""
    return tag.partition("-")[0].lower()


def spellings(text: str, entities: tuple[str, ...] = (), lang: str = "") -> list[tuple[str, Name]]:
    """The ways to write a name: as it is, and with its first letter raised where that is small."""
    plural = takes_plural(text)
    found = [(text, Name(text, entities, plural, lang=lang))]
    raised = text[0].upper() + text[1:]
    if raised != text and len(raised) == len(text):
        found.append((raised, Name(text, entities, plural, is_raised=True, lang=lang)))
    return found


def takes_plural(text: str) -> bool:
    """Whether a small `s` makes the name's plural: acronyms (ICBMs) and models (Tu-95s)."""
    if text[-1].isdigit():
        return any(map(str.isupper, text))
    return text.isupper() and text[-1].isalpha() and sum(map(str.isalpha, text)) > 1


class _Patterns:
    """Ways to write names. Those that begin with no other are looked for, in one automaton."""

    def __init__(self, spelled: Iterable[tuple[str, Name]]) -> None:
        by_pattern: dict[str, list[Name]] = {}
        for pattern, name in spelled:
            by_pattern.setdefault(pattern, []).append(name)
        self._patterns = sorted(by_pattern)  # those that begin with one follow it
        self.names = [tuple(by_pattern[pattern]) for pattern in self._patterns]
        self._begins_with = _first_parts(self._patterns)
        self._shorter = _shorter(self._patterns, self._begins_with)
        roots = [at for at, other in enumerate(self._begins_with) if other < 0]
        ends = [*roots, len(self._patterns)][1:]
        self._families = [
            (first, last, max(map(len, self._patterns[first:last])))
            for first, last in zip(roots, ends, strict=True)
        ]
        self._automaton = AhoCorasick(
            [self._patterns[root] for root in roots],
            # All matches: one may fail the test for whole words and must not hide another.
            matchkind=MatchKind.Standard,
            implementation=Implementation.DFA
            if len(roots) <= _MOST_IN_TABLE
            else Implementation.ContiguousNFA,
            store_patterns=False,
        )

    def search(self, text: str, judge: Judge) -> list[Hit]:
        found = []
        matches = self._automaton.find_matches_as_indexes(text, overlapping=True)
        for which, low, high in matches:
            first, last, longest = self._families[which]
            if last - first > 1:
                found += self._longest(text, low, (first, last, longest), judge)
                continue
            for name in self.names[first]:
                if hit := judge.hit(low, high, name):
                    found.append(hit)
        return found

    def _longest(
        self, text: str, low: int, family: tuple[int, int, int], judge: Judge
    ) -> list[Hit]:
        """The longest good names of a family at `low`, whose shortest stands there."""
        first, last, longest = family
        key = text[low : min(low + longest, judge.reach(low))]
        at = self._longest_in(key, first, last)
        found: list[Hit] = []
        least = 0
        while at >= first:
            high = low + len(self._patterns[at])
            if high < least:
                break
            hits = [judge.hit(low, high, name) for name in self.names[at]]
            good = [hit for hit in hits if hit]
            if found and (not good or good[0][1] != found[0][1]):
                break
            if good and not found:
                least = high - _MOST_AT_ONE_END
            found += good
            at = self._shorter[at]
        return found

    def _longest_in(self, key: str, first: int, last: int) -> int:
        """The longest pattern from `first` up to `last` that `key` begins with, or one before."""
        while True:
            at = bisect_right(self._patterns, key, first, last) - 1
            if at < first or key.startswith(self._patterns[at]):
                return at
            common = _common(key, self._patterns[at])
            if (at := self._begins_with[at]) < first or key.startswith(self._patterns[at]):
                return at
            key, last = key[:common], at + 1


def _first_parts(patterns: Sequence[str]) -> list[int]:
    """For each of sorted patterns, the longest other that it begins with, or -1."""
    found: list[int] = []
    open_: list[int] = []  # each begins with the one before it
    for at, pattern in enumerate(patterns):
        while open_ and not pattern.startswith(patterns[open_[-1]]):
            open_.pop()
        found.append(open_[-1] if open_ else -1)
        open_.append(at)
    return found


def _shorter(patterns: Sequence[str], begins_with: list[int]) -> list[int]:
    """The same without those that are no whole words in it, and so stand nowhere that it stands."""
    found: list[int] = []
    for pattern, other in zip(patterns, begins_with, strict=True):
        is_cut = other >= 0 and _is_cut(pattern, len(patterns[other]))
        found.append(found[other] if is_cut else other)
    return found


def _is_cut(pattern: str, end: int) -> bool:
    """Whether what ends there is no whole word, whatever follows the pattern."""
    is_known = pattern[end] not in "'.s" or end + _MOST_LOOKED_AT <= len(pattern)
    return is_known and whole_words(pattern, 0, end, takes_plural=True) < 0


def _common(one: str, other: str) -> int:
    """How many characters two strings begin with alike."""
    sizes = range(1, min(len(one), len(other)) + 1)
    return bisect_left(sizes, True, key=lambda size: one[:size] != other[:size])
