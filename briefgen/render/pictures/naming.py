"""The names of events below the picture of a treaty's life: which have one, and where it stands.

In: the events of the picture with their places. Out: a `LifeLabel` for each that is named, without
words: those are the template's, which asks `width` how much room they take.

Each stands on a line of its own, and a line leads down to it. In the first half of the picture the
words begin at that line, the later event above; in the second half they end there, the earlier one
above. So no words cross a line that leads further down than their own, unless words of the first
half reach into the second.
"""

from __future__ import annotations

from collections.abc import Sequence
from unicodedata import east_asian_width

from briefgen.render.view import LifeLabel, Mark

NARROWEST = 250
"""The width of the narrowest fact box inside its edges, in pixels: that of the theme's rail."""

_PARTYS = frozenset(("suspended", "resumed", "withdrew", "denounced"))
_TREATYS = frozenset(
    {"signed", "provisionally-applied", "in-force", "extended", "suspended", "resumed", "expired"}
    | {"terminated", "superseded", "never-in-force"}
)
_MOST = 7  # lines of names
_GAP = 5  # between a line and the words beside it
_MIDDLE = 5000
_PITCH = 15
_FIRST = 16  # of the first base line, below the bars


def labels(marks: Sequence[tuple[int, Mark]]) -> tuple[LifeLabel, ...]:
    """The names below a picture, from above: `marks` with their places, by date."""
    ends = _thinned([one for one in marks if one[1].type in _TREATYS and not one[1].parties])
    rest = _MOST - len(ends)
    partys = [one for one in marks if one[1].type in _PARTYS and one[1].parties]
    shown = {id(mark) for _, mark in (*ends, *(partys[-rest:] if rest else ()))}
    named = [one for one in marks if id(one[1]) in shown]
    first = [one for one in named if one[0] < _MIDDLE]
    ordered = first[::-1] + named[len(first) :]
    return tuple(
        LifeLabel(
            mark=mark,
            anchor=anchor(at),
            room=room(at),
            most=NARROWEST,
            y=_FIRST + _PITCH * line,
        )
        for line, (at, mark) in enumerate(ordered)
    )


def anchor(at: int) -> str:
    """Whether words begin or end at a place, which is in hundredths of a per cent."""
    return "start" if at < _MIDDLE else "end"


def room(at: int) -> int:
    """The pixels that words have there."""
    return NARROWEST * max(at, 2 * _MIDDLE - at) // (2 * _MIDDLE) - _GAP


def _thinned(marks: list[tuple[int, Mark]]) -> list[tuple[int, Mark]]:
    """As many as have a line: of very many the first and the last."""
    if len(marks) <= _MOST:
        return marks
    return marks[: _MOST // 2] + marks[-(_MOST - _MOST // 2) :]


_NARROW = frozenset("fijlrtI.,:;'() ")
_UNSEEN = frozenset("\u2068\u2069")  # around a date that runs from right to left


def width(text: str) -> int:
    """About how wide a text is in the letters of pictures, which are 12 pixels high, in pixels."""
    tenths = 0
    for letter in text:
        if letter in _UNSEEN:
            continue
        if letter in _NARROW:
            tenths += 37
        elif east_asian_width(letter) in "WF":
            tenths += 120
        elif letter.isupper() or letter in "mw":
            tenths += 84
        else:
            tenths += 68 if letter.isascii() else 75
    return -(-tenths // 10)
