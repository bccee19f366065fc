"""Posts that two people hold on one day, by what their entities say.

In: the entities of a site. Out: diagnostics. Many posts are held by several at once, so only those
of the very same title are told, and as something to look at. A date that is known less well than to
the day says nothing that it might not mean.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from briefgen.check.places import inside
from briefgen.model.dates import Day
from briefgen.model.diagnostics import Diagnostic, Place, finding
from briefgen.model.entity import Entity
from briefgen.model.facts import Record

_NEVER = Day("9999-12-31")


def check_posts(entities: Iterable[Record[Entity]]) -> Iterator[Diagnostic]:
    """Report (post-shared) posts of one title that two entities hold at once.

    At the later one, once for each that is surely held when another is: `to` is the first day on
    which a post is held no more, so that it may be the next one's `from`.
    """
    posts: dict[str, list[tuple[Day, Day, str, Place]]] = {}
    for entity in entities:
        for number, role in enumerate(entity.value.roles):
            if role.from_ is not None:
                end = role.to.first() if role.to else _NEVER
                place = inside(entity.place, "roles", number, "title")
                row = (role.from_.last(), end, entity.id, place)
                posts.setdefault(role.title.strip(), []).append(row)
    for title, rows in posts.items():
        if len(rows) < 2:
            continue
        rows.sort(key=lambda row: (row[0], row[2]))
        longest = rows[0]  # of those before, the one that is held the longest
        for row in rows[1:]:
            start, end, id_, place = row
            if start < min(end, longest[1]) and id_ != longest[2]:
                yield finding(
                    "post-shared",
                    place,
                    f"`{longest[2]}` is “{title}” too on {start}.",
                    "Correct the dates of the two, if one of them followed the other; `to` is the "
                    "first day after a post.",
                )
            if end > longest[1]:
                longest = row
