"""Where the number of a citation stands.

Authors put white space before `[^source]`; in print a number follows the words at once. In: a text
with its marks. Out: the same marks, those of citations before the white space. The text stays.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from briefgen.model.prose import Mark

_WHITE = " \n"


def close_up(text: str, marks: list[Mark], cited: Iterable[int]) -> None:
    """Move the marks of citations, `cited` among `marks`, before the white space in front of them.

    One stays where it is if words or punctuation follow it at once: the space is theirs.
    """
    # The last one that was moved: the white space in front of it need not be read again.
    stood, stands = -1, -1
    for index in cited:
        at = marks[index].at
        if text[at : at + 1].strip(_WHITE) or not text[at - 1 : at].isspace():
            continue
        before, first = at, marks[index - 1].at
        while at > first and text[at - 1] in _WHITE:
            at = stands if at == stood else at - 1
        stood, stands = before, at
        marks[index] = msgspec.structs.replace(marks[index], at=at)
