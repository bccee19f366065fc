"""Which briefings are near: those a briefing links to, then those it shares rare things with.

Rarity is counted in powers of two, and what stands in more than 64 briefings does not count, so
that one more briefing does not re-order the site. A text that stands in several languages is near
in the page's own alone, where it has that; so none is near to its translations.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from briefgen.model.index import RelatedFact

COMMON = 64
"""What stands in more briefings than this says nothing of any two of them."""
NEAR = 5
"""How many near briefings are shown beside those that are linked to."""
REASONS = 5


def weight(count: int) -> int:
    """How much a thing that stands in `count` briefings says: 6 for two, 1 for 33 to 64, else 0."""
    return 7 - (count - 1).bit_length() if 2 <= count <= COMMON else 0


class Related(Mapping[str, tuple[RelatedFact, ...]]):
    """The related briefings of each, found when they are asked for, so by whoever makes its page.

    Cost: for each briefing that is asked for, its rare things times at most 64.
    """

    def __init__(
        self,
        things: Mapping[str, Sequence[str]],
        holders: Mapping[str, Sequence[str]],
        linked: Mapping[str, Sequence[str]],
        left_out: Mapping[str, Collection[str]],
    ) -> None:
        """Hold what they are found by.

        `things`: briefing -> keys of the entities, treaties and topics it has, newest briefing
        first. `holders`: key -> the briefings that have it, newest first. `linked`: briefing -> the
        briefings it links to, in order. `left_out`: briefing -> those that are near to it in its
        own language if at all.
        """
        self._things, self._holders, self._linked = things, holders, linked
        self._left_out = left_out
        self._weights = {key: weight(len(briefings)) for key, briefings in holders.items()}
        self._order = {briefing: index for index, briefing in enumerate(things)}

    def __getitem__(self, briefing: str) -> tuple[RelatedFact, ...]:
        rare = _rare(self._things[briefing], self._weights)
        return _near(
            briefing,
            rare,
            self._holders,
            self._linked.get(briefing, ()),
            self._order,
            self._left_out.get(briefing, ()),
        )

    def __iter__(self) -> Iterator[str]:
        return iter(self._things)

    def __len__(self) -> int:
        return len(self._things)


def related_to(
    briefing: str,
    keys: Sequence[str],
    holders: Mapping[str, Sequence[str]],
    linked: Sequence[str],
    order: Mapping[str, int],
    left_out: Collection[str],
) -> tuple[RelatedFact, ...]:
    """The related briefings of one: what `Related` has for it.

    `keys` are what it has, `holders` who has these, `linked` what it links to; `order` has the
    place of each briefing, newest first; `left_out` are near in its language if at all.
    """
    weights = {key: weight(len(holders[key])) for key in keys}
    return _near(briefing, _rare(keys, weights), holders, linked, order, left_out)


def _rare(keys: Sequence[str], weights: Mapping[str, int]) -> list[tuple[int, str]]:
    """The keys that say something, with how much, the rarest first."""
    return sorted(
        ((weights[key], key) for key in dict.fromkeys(keys) if weights.get(key)),
        key=lambda pair: (-pair[0], pair[1]),
    )


def _near(
    briefing: str,
    rare: Sequence[tuple[int, str]],
    holders: Mapping[str, Sequence[str]],
    linked: Sequence[str],
    order: Mapping[str, int],
    left_out: Collection[str],
) -> tuple[RelatedFact, ...]:
    scores: dict[str, int] = {}
    for points, key in rare:
        for other in holders[key]:
            scores[other] = scores.get(other, 0) + points
    scores.pop(briefing, None)
    first = [other for other in dict.fromkeys(linked) if other != briefing]
    others = scores.keys() - set(first)
    if left_out:
        others = {other for other in others if other not in left_out}
    nearest = sorted(others, key=lambda other: (-scores[other], order[other]))[:NEAR]
    shown = [*first, *nearest]
    shared: dict[str, list[str]] = {other: [] for other in shown}
    for _, key in rare:
        for other in holders[key]:
            if other in shared and len(shared[other]) < REASONS:
                shared[other].append(key)
    return tuple(
        RelatedFact(other, index < len(first), tuple(shared[other]))
        for index, other in enumerate(shown)
    )
