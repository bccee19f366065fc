"""The names of entities in a piece of writing.

In: a Prose, the site's names, and what its page says of them. Out: every mention, whether it is to
be a link, and the names that can't be decided. The rules are those of "Mentions" in the authors'
guide. Nothing is guessed and no text is changed.

Offsets are 0-based code points into `Prose.text`, half-open. One pass over the text.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property

import msgspec

from briefgen.annotate.edges import is_inside_word, whole_words
from briefgen.annotate.gazetteer import Gazetteer, Hit, Judge, Name, spellings, takes_plural
from briefgen.annotate.normal import Normal, fold_case, normalise
from briefgen.annotate.sentences import SentenceFinder
from briefgen.annotate.stretches import closed_stretches
from briefgen.model.prose import Block, MentionSpan, Prose
from briefgen.model.site import Linking

Readings = Mapping[str, str | None]
"""A page's own readings: a name as its author wrote it, and the entity it means, or None."""

_MOST_ONE_BY_ONE = 20  # names of a page's own, before a gazetteer of them is worth it
_NO_LINK = ("",)  # what a name means that the page sets to null


class Ambiguity(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A name that several entities share, where it stands first, and their ids, sorted."""

    name: str
    start: int
    candidates: tuple[str, ...]


class MentionResult(msgspec.Struct, frozen=True, gc=False):
    """What was found in one Prose."""

    spans: tuple[MentionSpan, ...] = ()  # in order, not overlapping
    ambiguous: tuple[Ambiguity, ...] = ()  # in order, each name once
    unused_readings: tuple[str, ...] = ()  # names that stand nowhere in the text, as written
    seen: frozenset[str] = frozenset()  # what was given as seen, and the entities of `spans`


def find_mentions(
    prose: Prose,
    gazetteer: Gazetteer,
    linking: Linking,
    readings: Readings,
    *,
    own_id: str | None = None,
    seen: AbstractSet[str] = frozenset(),
    normal: Normal | None = None,
    languages: AbstractSet[str] = frozenset(),
) -> MentionResult:
    """Find all mentions of entities in `prose`.

    `readings` decides names for this page and adds those that no entity has. `own_id` is the
    entity whose page this is: its names are no mentions. `seen` are the entities mentioned earlier
    on the page (policy `first`) or in the section that the text begins in (policy `section`): hand
    the `seen` of one text on to the next. `normal` is `normalise(prose.text)`, where the caller has
    it. `languages` are those of the text, as `base_language` gives them: names of another are none
    in it. The leftmost name is taken, of those the longest; a name that means nothing, or not one
    thing, takes its words all the same.
    """
    normal = normal or normalise(prose.text)
    meanings = _Meanings(readings)
    judge = _WholeWords(prose, normal, languages)
    found = gazetteer.search(normal.text, judge)
    if readings:
        own = [key for key in meanings.written if not gazetteer.has(key)]
        found += _own_hits(normal.text, own, judge)
    found.sort(key=_leftmost_longest)
    spans: list[MentionSpan] = []
    ambiguous: dict[str, Ambiguity] = {}
    links = _LinkPolicy(linking, prose.blocks, seen)
    for start, end, names in _longest(prose, linking, found):
        entities = meanings.of(names)
        if len(entities) > 1:
            name = names[0].text
            ambiguous.setdefault(name, Ambiguity(name, start, entities))
        elif entities[0] != own_id and entities != _NO_LINK:
            entity = entities[0]
            spans.append(MentionSpan(start, end, entity, links.is_linked(start, entity)))
    unused = meanings.unused(prose.text, found, gazetteer) if readings else ()
    return MentionResult(tuple(spans), tuple(ambiguous.values()), unused, links.all_seen)


def _own_hits(text: str, names: Sequence[str], judge: Judge) -> list[Hit]:
    """Look for the names that only this page has: few, as a rule, and then one by one."""
    if len(names) > _MOST_ONE_BY_ONE:
        return Gazetteer((name, "exact", (), "") for name in names).search(text, judge)
    found = []
    for name in names:
        for pattern, spelled in spellings(name):
            at = text.find(pattern)
            while at >= 0:
                if hit := judge.hit(at, at + len(pattern), spelled):
                    found.append(hit)
                at = text.find(pattern, at + 1)
    return found


def _leftmost_longest(hit: Hit) -> tuple[int, int]:
    return hit[0], -hit[1]


class _WholeWords:
    """Judges whether a name is whole words where it stands; its hits are in offsets of the Prose.

    `reach` is asked only where names begin with one another: it keeps them within their block.
    """

    def __init__(
        self, prose: Prose, normal: Normal, languages: AbstractSet[str] = frozenset()
    ) -> None:
        self._prose = prose
        self._languages = languages
        self._normal = normal
        self._ends: dict[int, int] = {}  # of blocks, in offsets of the normalised text
        self._block = (0, 0)  # from where to where one block is known to go there

    def hit(self, low: int, high: int, name: Name) -> Hit | None:
        if name.lang and name.lang not in self._languages:
            return None
        whole = whole_words(self._normal.text, low, high, name.takes_plural)
        if whole < 0:
            return None
        start, end = self._normal.span(low, whole)
        if name.is_raised and not self._sentences.is_start(start):
            return None
        return start, end, name

    def reach(self, low: int) -> int:
        text = self._normal.text
        if low and text[low - 1] != " " and is_inside_word(text, low):
            return low
        first, last = self._block
        if not first <= low < last:
            last = self._end_of_block(low)
            self._block = low, last
        return last

    def _end_of_block(self, low: int) -> int:
        """Where the block around `low` ends in the normalised text; `low` where there is none."""
        blocks = self._prose.blocks
        block = bisect_right(self._starts, self._normal.start(low)) - 1
        if block < 0:
            return low if blocks else len(self._normal.text)
        if block not in self._ends:
            limit = blocks[block].end
            places = range(low + 1, len(self._normal.text) + 1)
            self._ends[block] = low + bisect_right(places, limit, key=self._normal.end)
        return self._ends[block]

    @cached_property
    def _sentences(self) -> SentenceFinder:
        return SentenceFinder(self._prose)

    @cached_property
    def _starts(self) -> list[int]:
        return [block.start for block in self._prose.blocks]


def _longest(
    prose: Prose, linking: Linking, found: Sequence[Hit]
) -> list[tuple[int, int, list[Name]]]:
    """Take the leftmost of the hits that overlap, of those the longest; each lies in one block.

    What touches a link, code, or another stretch that names stay unlinked in is then left out.
    """
    blocks = prose.blocks
    starts = [block.start for block in blocks]
    closed, reopened = closed_stretches(prose, linking)
    kept: list[tuple[int, int, list[Name]]] = []
    taken = 0
    before: tuple[int, int, list[Name]] = (-1, -1, [])
    for start, end, name in found:
        if start == before[0] and end == before[1]:
            before[2].append(name)
            continue
        if start < taken:
            continue
        before = start, end, [name]
        block = bisect_right(starts, start) - 1
        if not blocks or (block >= 0 and end <= blocks[block].end):
            taken = end
            last = bisect_right(closed, end - 1)  # the stretches that begin before `end`
            if not last or reopened[last - 1] <= start:
                kept.append(before)
    return kept


class _Meanings:
    """What names mean on one page."""

    def __init__(self, readings: Readings) -> None:
        self.written = {
            key: written for written in readings if (key := normalise(written).text.strip())
        }
        self._readings = {key: (readings[w] or "",) for key, w in self.written.items()}
        self._folded = {fold_case(key): key for key in self.written}

    def of(self, names: list[Name]) -> tuple[str, ...]:
        """The ids that the names of one stretch may mean, sorted; `_NO_LINK` for none."""
        if self._readings:
            for name in names:
                if (key := self._key(name)) is not None:
                    return self._readings[key]
        if len(names) == 1:
            return names[0].entities
        return tuple(sorted({entity for name in names for entity in name.entities}))

    def unused(self, text: str, found: list[Hit], gazetteer: Gazetteer) -> tuple[str, ...]:
        """The readings of none of the names that stand in `text`, as they were written.

        A name that one of those begins with stands there too.
        """
        used = {self._key(name) for _, _, name in found}
        keys = [key for key in self.written if key not in used]
        if keys:
            names = sorted({normalise(text[start:end]).text for start, end, _ in found})
            folded = sorted(map(fold_case, names))
            keys = [
                key
                for key in keys
                if not _begins_one(key, names)
                and not (gazetteer.is_any_case(key) and _begins_one(fold_case(key), folded))
            ]
        return tuple(self.written[key] for key in keys)

    def _key(self, name: Name) -> str | None:
        if name.text in self._readings:
            return name.text
        return self._folded.get(fold_case(name.text)) if name.is_any_case else None


def _begins_one(name: str, names: list[str]) -> bool:
    """Whether one of the sorted `names` begins with `name`, as whole words."""
    for at in range(bisect_left(names, name), len(names)):
        if not names[at].startswith(name):
            return False
        if whole_words(names[at], 0, len(name), takes_plural(name)) >= 0:
            return True
    return False


class _LinkPolicy:
    """Which mentions become links. It is asked about mentions in the order of the text."""

    def __init__(self, linking: Linking, blocks: tuple[Block, ...], seen: AbstractSet[str]) -> None:
        self._policy = linking.mentions
        self._sections = (
            [block.start for block in blocks if block.kind == "heading" and not block.is_quoted]
            if linking.mentions == "section"
            else []
        )
        self._section = 0
        self._seen = set(seen)

    def is_linked(self, start: int, entity: str) -> bool:
        """Whether the mention of `entity` at `start` is a link."""
        if self._sections and (section := bisect_right(self._sections, start)) != self._section:
            self._section = section
            self._seen.clear()
        is_new = entity not in self._seen
        if is_new:
            self._seen.add(entity)
        return self._policy == "all" or (is_new and self._policy != "off")

    @property
    def all_seen(self) -> frozenset[str]:
        """The entities mentioned so far, on the page or in the last section."""
        return frozenset(self._seen)
