"""The names of entities in a piece of writing.

In: a Prose, the site's names, and what its page says of them. Out: every mention, whether it is to
be a link, and the names that can't be decided. The rules are those of "Mentions" in the authors'
guide. Nothing is guessed and no text is changed.

Offsets are 0-based code points into `Prose.text`, half-open. One pass over the text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from operator import itemgetter

import msgspec

from briefgen.annotate.edges import whole_words
from briefgen.annotate.gazetteer import Gazetteer, Hit, Name, spellings
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
) -> MentionResult:
    """Find all mentions of entities in `prose`.

    `readings` decides names for this page and adds those that no entity has. `own_id` is the
    entity whose page this is: its names are no mentions. `seen` are the entities mentioned earlier
    on the page (policy `first`) or in the section that the text begins in (policy `section`): hand
    the `seen` of one text on to the next. `normal` is `normalise(prose.text)`, where the caller has
    it. The leftmost name is taken, of those the longest; a name that means nothing, or not one
    thing, takes its words all the same.
    """
    normal = normal or normalise(prose.text)
    meanings = _Meanings(readings)
    hits = gazetteer.search(normal.text)
    if readings:
        hits += _own_hits(normal.text, [k for k in meanings.written if not gazetteer.has(k)])
    found = _whole(prose, normal, hits)
    spans: list[MentionSpan] = []
    ambiguous: dict[str, Ambiguity] = {}
    links = _LinkPolicy(linking, prose.blocks, seen)
    for start, end, names in _open(prose, linking, _longest(prose.blocks, found)):
        entities = meanings.of(names)
        if len(entities) > 1:
            name = names[0].text
            ambiguous.setdefault(name, Ambiguity(name, start, entities))
        elif entities[0] != own_id and entities != _NO_LINK:
            entity = entities[0]
            spans.append(MentionSpan(start, end, entity, links.is_linked(start, entity)))
    unused = meanings.unused(name for _, _, name in found) if readings else ()
    return MentionResult(tuple(spans), tuple(ambiguous.values()), unused, links.all_seen)


def _own_hits(text: str, names: Sequence[str]) -> list[Hit]:
    """Look for the names that only this page has: few, as a rule, and then one by one."""
    if len(names) > _MOST_ONE_BY_ONE:
        return Gazetteer((name, "exact", ()) for name in names).search(text)
    found = []
    for name in names:
        for pattern, spelled in spellings(name):
            at = text.find(pattern)
            while at >= 0:
                found.append((at, at + len(pattern), spelled))
                at = text.find(pattern, at + 1)
    return found


def _whole(prose: Prose, normal: Normal, hits: list[Hit]) -> list[Hit]:
    """The hits that are whole words, in offsets of the Prose: leftmost first, then longest."""
    sentences: SentenceFinder | None = None
    found = []
    for low, high, name in hits:
        whole = whole_words(normal.text, low, high, name.takes_plural)
        if whole < 0:
            continue
        start, end = normal.span(low, whole)
        if name.is_raised:
            sentences = sentences or SentenceFinder(prose)
            if not sentences.is_start(start):
                continue
        found.append((start, -end, name))
    found.sort(key=itemgetter(0, 1))
    return [(start, -end, name) for start, end, name in found]


def _longest(blocks: tuple[Block, ...], found: list[Hit]) -> Iterator[tuple[int, int, list[Name]]]:
    """Take the leftmost of the hits that overlap, of those the longest; each lies in one block."""
    starts = [block.start for block in blocks]
    taken = 0
    at = 0
    while at < len(found):
        start, end, name = found[at]
        at += 1
        if start < taken:
            continue
        names = [name]
        while at < len(found) and found[at][:2] == (start, end):
            names.append(found[at][2])
            at += 1
        block = bisect_right(starts, start) - 1
        if not blocks or (block >= 0 and end <= blocks[block].end):
            taken = end
            yield start, end, names


def _open(
    prose: Prose, linking: Linking, found: Iterable[tuple[int, int, list[Name]]]
) -> Iterator[tuple[int, int, list[Name]]]:
    """Leave out what touches a link, code, or another stretch that names stay unlinked in."""
    starts, ends = closed_stretches(prose, linking)
    for start, end, names in found:
        last = bisect_right(starts, end - 1)  # the stretches that begin before `end`
        if not last or ends[last - 1] <= start:
            yield start, end, names


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

    def unused(self, found: Iterable[Name]) -> tuple[str, ...]:
        """The readings of none of the names, as they were written."""
        used = {self._key(name) for name in found}
        return tuple(written for key, written in self.written.items() if key not in used)

    def _key(self, name: Name) -> str | None:
        if name.text in self._readings:
            return name.text
        return self._folded.get(fold_case(name.text)) if name.is_any_case else None


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
        section = bisect_right(self._sections, start)
        if section != self._section:
            self._section = section
            self._seen.clear()
        is_new = entity not in self._seen
        self._seen.add(entity)
        return self._policy == "all" or (self._policy != "off" and is_new)

    @property
    def all_seen(self) -> frozenset[str]:
        """The entities mentioned so far, on the page or in the last section."""
        return frozenset(self._seen)
