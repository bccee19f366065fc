"""Where words begin and end, as far as it matters to a name.

In: a normalised text and a stretch of it. Out: whether the stretch is whole words. This is
Unicode's default segmentation (UAX 29) with what names need beside it: hyphens and slashes part
words, an apostrophe lets a possessive or an elided article stand outside, and scripts written
without spaces have no edges to look for.
"""

from __future__ import annotations

import re
from unicodedata import category

# Thai, Lao, Myanmar, Khmer, kana, Han.
_SPACELESS = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u19e0-\u19ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\ua9e0-\ua9ff\uaa60-\uaa7f\uf900-\ufaff\uff66-\uff9f"
    "\U00020000-\U0003ffff]"
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


def _is_joined_before(text: str, start: int, end: int) -> bool:
    before = text[start - 1]
    first = text[start]
    if before == "'":
        return text[max(start - 3, 0) : start - 1].lstrip(" \"'([-/") == "O"
    if before == ".":
        return start > 1 and _is_stop_inside(text, start - 2, start, first, text[start:end])
    return _is_word(before) and _is_word(first) and not is_spaceless(before + first)


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
    return not chars.isascii() and bool(_SPACELESS.search(chars))
