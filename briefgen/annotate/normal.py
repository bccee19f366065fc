"""Text reduced to what two writers of the same words would both type, with the way back.

In: any text. Out: a `Normal`, in which white space is one space, quotation marks, apostrophes and
dashes are the plain ones, invisible characters are gone and Unicode is composed (NFC); and a map
from its offsets to those of the original. Case, letters and digits are never changed.

Offsets are 0-based code points, half-open. Nothing is trimmed. Linear in the text.
"""

# ruff: noqa: RUF001 (the characters that look alike are what it is about)

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator

import msgspec

_SPACES = "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    map(chr, range(0x2000, 0x200B))
)
_DOUBLE = "“”„‟«»″〝〞〟＂❝❞"
_SINGLE = "‘’‚‛‹›′´`ʹʻʼ＇❛❜"
_DASHES = "‐‑‒–—―−⁃⸺⸻﹘﹣－"
_INVISIBLE = (
    r"\u00ad\u034f\u061c\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f"
    r"\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef"
)
_PLAIN = {
    **dict.fromkeys(_SPACES, " "),
    **dict.fromkeys(_DOUBLE, '"'),
    **dict.fromkeys(_SINGLE, "'"),
    **dict.fromkeys(_DASHES, "-"),
}
_PLAIN_ASCII = tuple(char for char in _PLAIN if char.isascii())
_UNEVEN = re.compile(rf"[ {_INVISIBLE}]{{2,}}|[{_INVISIBLE}]|-{{2,}}|…")
_HAS_UNEVEN = re.compile(rf"[{_INVISIBLE}…]")
_FOREIGN_RUN = re.compile(r"[\x00-\x7f]?[^\x00-\x7f]+")
_MOST_MARKS = 30  # on one letter
_ASCII_BYTES = bytes(range(128))
# Below U+0300 nothing composes with what precedes it, and of the general punctuation only
# spaces have another composed form. (A range up to U+10FFFF takes ten times as long to compile.)
_COMPOSABLE = re.compile("[^\x00-\u02ff\u2000-\u206f]")


class Edits(msgspec.Struct, frozen=True, gc=False):
    """Stretches of a text that were replaced by others of another length, as parallel lists.

    The i-th stretch was `[old_start[i], old_end[i])` and is now `length[i]` characters from
    `at[i]` on. They are in order and do not overlap; all between them is as it was.
    """

    at: list[int]
    length: list[int]
    old_start: list[int]
    old_end: list[int]

    def back(self, offset: int) -> tuple[int, int]:
        """The stretch of the old text that the character at `offset` of the new one comes from."""
        found = bisect_right(self.at, offset) - 1
        if found < 0:
            return offset, offset + 1
        beyond = offset - self.at[found] - self.length[found]
        if beyond < 0:
            return self.old_start[found], self.old_end[found]
        old = self.old_end[found] + beyond
        return old, old + 1


class Normal(msgspec.Struct, frozen=True, gc=False):
    """A normalised text. `steps` lead back to the original, the last taken first."""

    text: str
    steps: tuple[Edits, ...] = ()

    def start(self, offset: int) -> int:
        """Where the character at `offset` of `text` begins in the original."""
        for step in reversed(self.steps):
            offset = step.back(offset)[0]
        return offset

    def end(self, offset: int) -> int:
        """Where the character that ends at `offset` (at least 1) of `text` ends in the original."""
        for step in reversed(self.steps):
            offset = step.back(offset - 1)[1]
        return offset

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the original that `text[start:end]`, which is not empty, comes from."""
        return (self.start(start), self.end(end)) if self.steps else (start, end)


def normalise(text: str) -> Normal:
    """Return `text` with every spelling of a space, quotation mark, apostrophe or dash unified.

    - a run of white space (of any kind: no-break, thin, line ends) is one space;
    - soft hyphens, zero-width characters, marks of direction and variation selectors go;
    - double quotation marks of any form are `"`, single ones and apostrophes `'`;
    - hyphens, dashes and the minus sign are `-`, and so is a run of them; `…` is `...`;
    - the rest is in Unicode's composed form (NFC).
    """
    steps: list[Edits] = []
    foreign = _foreign(text)
    if _COMPOSABLE.search(foreign) and not unicodedata.is_normalized("NFC", text):
        text, edits = _rewrite(text, _composed_runs(text))
        steps += [edits]
        foreign = _foreign(text)
    for char in (*(_PLAIN.keys() & foreign), *_PLAIN_ASCII):  # what is then ASCII is quicker
        text = text.replace(char, _PLAIN[char])
    if "  " in text or "--" in text or _HAS_UNEVEN.search(foreign):
        text, edits = _rewrite(text, _evened_runs(text))
        if edits.at:
            steps += [edits]
    return Normal(text, tuple(steps))


def fold_case(text: str) -> str:
    """Return `text` in lower case, offsets unchanged; for comparing, not for showing."""
    lower = text.lower()
    if len(lower) != len(text):  # a few capitals, as the Turkish dotted I, become two characters
        lower = "".join(low if len(low := char.lower()) == 1 else char for char in text)
    return lower.replace("ς", "σ")


def _foreign(text: str) -> str:
    """All characters of `text` that are not ASCII: few, as a rule, and quick to look through."""
    if text.isascii():
        return ""
    rest = text.encode("utf-8", "surrogatepass").translate(None, _ASCII_BYTES)
    return rest.decode("utf-8", "surrogatepass")


def _rewrite(text: str, changes: Iterable[tuple[int, int, str]]) -> tuple[str, Edits]:
    """Put `(start, end, new)` into `text`, in order; return it with the map back."""
    edits = Edits([], [], [], [])
    parts: list[str] = []
    done = length = 0
    for start, end, new in changes:
        parts += (text[done:start], new)
        length += start - done
        edits.at.append(length)
        edits.length.append(len(new))
        edits.old_start.append(start)
        edits.old_end.append(end)
        length += len(new)
        done = end
    parts.append(text[done:])
    return "".join(parts), edits


def _evened_runs(text: str) -> Iterator[tuple[int, int, str]]:
    for match in _UNEVEN.finditer(text):
        run = match.group()
        if run == "…":
            new = "..."
        elif run[0] == "-":
            new = "-"
        else:
            new = " " if " " in run else ""
        yield match.start(), match.end(), new


def _composed_runs(text: str) -> Iterator[tuple[int, int, str]]:
    """The smallest stretches that composing changes; none holds more than one ASCII character."""
    for match in _FOREIGN_RUN.finditer(text):
        start = match.start()
        run = match.group()
        if not unicodedata.is_normalized("NFC", run):
            for cluster in _clusters(run):
                if (new := _compose(cluster)) != cluster:
                    yield start, start + len(cluster), new
                start += len(cluster)


def _clusters(run: str) -> Iterator[str]:
    """Cut `run` wherever composing both sides apart gives the same as composing them together.

    A letter has 30 marks at most (UAX 15, Stream-Safe Text Format): ordering them is quadratic.
    """
    cluster = run[0]
    for char in run[1:]:
        is_apart = len(cluster) > _MOST_MARKS or (
            not unicodedata.combining(char)
            and _compose(cluster + char) == _compose(cluster) + _compose(char)
        )
        if is_apart:
            yield cluster
            cluster = char
        else:
            cluster += char
    yield cluster


def _compose(text: str) -> str:
    return unicodedata.normalize("NFC", text)
