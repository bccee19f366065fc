"""Whether a stretch of a text begins or ends inside a word or a number.

In: a text as it is written, and the two offsets. Out: what is cut there, whole. Scripts that are
written without spaces have no edge to look for, nor has Korean, whose endings touch what they
belong to, or Arabic and Hebrew, where "and" and "the" do; hyphens and apostrophes part words.
"""

from __future__ import annotations

from unicodedata import category

import msgspec

from briefgen.annotate.edges import is_spaceless

_JOINS = ".,:'’"  # noqa: RUF001  (inside a number: 1,550, 1.5, 10:30)
_THIN = "\xa0\u2009\u202f"  # what groups the digits of a number
_BLANK = frozenset(' \n,;()"“”')
_HANGUL = "\uac00", "\ud7a3"
_SEMITIC = "\u0590", "\u08ff"  # Hebrew, Arabic, Syriac and their like
_FARTHEST = 60  # code points of a word that are looked at from its cut on


class Cut(msgspec.Struct, frozen=True, gc=False):
    """What is cut at one end of a stretch: where it begins and ends whole.

    A number is cut where digits touch, themselves or by a sign between them; a word, or a number
    with letters to it ("5th"), is none.
    """

    start: int
    end: int
    is_number: bool


def find_cut(text: str, at: int) -> Cut | None:
    """Return what is cut at an offset of a text; None where nothing is."""
    if not 0 < at < len(text) or text[at - 1] == " " or text[at] == " ":
        return None
    is_number = _is_inside_number(text, at)
    if not is_number and not _is_inside_word(text[at - 1], text[at]):
        return None
    start, end = at, at
    while start > max(0, at - _FARTHEST) and _goes_on(text, start):
        start -= 1
    while end < min(len(text), at + _FARTHEST) and _goes_on(text, end):
        end += 1
    return Cut(start, end, is_number)


def _goes_on(text: str, at: int) -> bool:
    """Whether what stands before an offset goes on behind it."""
    if not 0 < at < len(text):
        return False
    return _is_inside_word(text[at - 1], text[at]) or _is_inside_number(text, at)


def _is_inside_word(before: str, after: str) -> bool:
    if before in _BLANK or after in _BLANK:
        return False
    if not (_is_of_word(before) and _is_of_word(after)):
        return False
    return not (is_spaceless(before + after) or _is_touched(before) or _is_touched(after))


def _is_of_word(char: str) -> bool:
    if char.isalpha() or char.isdecimal() or char == "_":
        return True
    return not char.isascii() and category(char)[0] == "M"


def _is_touched(char: str) -> bool:
    """Whether it is of a script in which other words touch a word."""
    return _HANGUL[0] <= char <= _HANGUL[1] or _SEMITIC[0] <= char <= _SEMITIC[1]


def _is_inside_number(text: str, at: int) -> bool:
    before, after = text[at - 1], text[at]
    if before.isdecimal():
        return after.isdecimal() or _is_joined(text, at)
    return after.isdecimal() and at > 1 and text[at - 2].isdecimal() and _is_joined(text, at - 1)


def _is_joined(text: str, at: int) -> bool:
    """Whether the sign at an offset, behind a digit, joins it to a digit after it."""
    sign, following = text[at], text[at + 1 : at + 4]
    if not following[:1].isdecimal():
        return False
    return (
        sign in _JOINS
        or (
            sign in _THIN
            and len(following)
            == len(list(filter(str.isdecimal, following)))
            == 3  # a group of digits
            and not text[at + 4 : at + 5].isdecimal()
        )
    )
