"""Where words begin and end, as far as it matters to a name.

In: a normalised text and a stretch of it. Out: whether the stretch is whole words. This is
Unicode's default segmentation (UAX 29) with what names need beside it: hyphens and slashes part
words, an apostrophe lets a possessive or an elided article stand outside, and scripts written
without spaces have no edges to look for.
"""

from __future__ import annotations

from bisect import bisect_right
from unicodedata import category

# Where scripts without spaces begin and end, by turns: Thai, Lao, Myanmar, Khmer, kana, Han.
_SPACELESS = (
    "\u0e00\u0f00\u1000\u10a0\u1780\u1800\u19e0\u1a00\u3005\u3008\u3040\u3100\u31f0\u3200"
    "\u3400\u4dc0\u4e00\ua000\ua9e0\uaa00\uaa60\uaa80\uf900\ufb00\uff66\uffa0"
    "\U00020000\U00040000"
)


def whole_words(text: str, start: int, end: int, takes_plural: bool = False) -> int:
    """Return where the name at `text[start:end]` ends if it is whole words there, else -1.

    The end is `end`, or one more where the name takes a plural `s` and has it. Whole words:

    - no letter, digit or underscore touches a letter or digit of the name from outside, unless
      one of the two is of a script without spaces; a combining mark never follows;
    - `'` and what follows it is outside (Biden's, NATO'ya), save in `n't`; so is what goes before
      it (l'OTAN), save in `O'`;
    - a full stop joins what it touches on both sides (CNN.com, U.S.A., 1.5), but a sentence that
      follows without a space is let go (Biden.He).
    """
    if start and text[start - 1] != " " and _is_joined_before(text, start, end):
        return -1
    if end == len(text) or text[end] in " ,;:" or not _is_joined_after(text, start, end):
        return end
    if takes_plural and text[end] == "s":
        end += 1
        if end == len(text) or not _is_joined_after(text, start, end):
            return end
    return -1


def is_inside_word(text: str, start: int) -> bool:
    """Whether no name can begin at `start`, because the word before goes on there."""
    return start > 0 and _is_one_word(text[start - 1], text[start])


def _is_joined_before(text: str, start: int, end: int) -> bool:
    before = text[start - 1]
    first = text[start]
    if before == "'":
        return text[max(start - 3, 0) : start - 1].lstrip(" \"'([-/") == "O"
    if before == ".":
        return start > 1 and _is_stop_inside(text, start - 2, start, first, text[start:end])
    return _is_one_word(before, first)


def _is_one_word(before: str, after: str) -> bool:
    return _is_word(before) and _is_word(after) and not is_spaceless(before + after)


def _is_joined_after(text: str, start: int, end: int) -> bool:
    after = text[end]
    last = text[end - 1]
    if after == "'":
        return text[end + 1 : end + 2] == "t" and not _is_word(text[end + 2 : end + 3])
    if after == "." and end + 1 < len(text):
        return _is_stop_inside(text, end - 1, end + 1, text[end + 1], text[start:end])
    if _is_word(after):
        return last == "." or (_is_word(last) and not is_spaceless(last + after))
    return category(after)[0] == "M"


def _is_stop_inside(text: str, before: int, after: int, following: str, name: str) -> bool:
    """Whether the full stop between two characters stands inside a word."""
    if not (_is_word(text[before]) and _is_word(text[after])):
        return False
    is_abbreviation = "." in name or len(name) == 1
    return is_abbreviation or following.islower() or following.isdecimal()


def _is_word(char: str) -> bool:
    """Letters, digits and the underscore; not superscript digits, which note what they follow."""
    return char.isalpha() or char.isdecimal() or char == "_"


def is_spaceless(chars: str) -> bool:
    """Whether one of `chars` is of a script that is written without spaces."""
    return not chars.isascii() and any(bisect_right(_SPACELESS, char) % 2 for char in chars)
