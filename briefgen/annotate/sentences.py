"""The sentence that a name or a link stands in.

In: a Prose and a stretch of its text. Out: the sentence around it, to be shown elsewhere. Breaks
are guessed from punctuation, abbreviations and what follows; where that is not clear the sentence
goes on, since one that is too long reads better than half of one. A link without words of its own
is read as a word.

Offsets are 0-based code points, half-open. No network, no model of a language: about 40 ns for each
character of the blocks that are asked for, once.
"""

# ruff: noqa: RUF001 (the marks of many scripts are what it reads)

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from briefgen.annotate.abbreviations import BEFORE_NUMBERS, STARTERS, TITLES, UNDECIDED
from briefgen.annotate.wordless import Wordless, wordless_links
from briefgen.model.prose import Prose, Sentence

_LONGEST = 400  # code points of a sentence that is shown whole
_MOST_COPIED = 4_000  # before and after the stretch, before white space is collapsed
_MOST_OPENERS = 8  # at the start of a sentence, spaces among them

_SPACELESS_STOPS = "。！？｡．"  # the next sentence follows without a space
_ASCII_STOPS = ".!?"
_STOPS = _ASCII_STOPS + "…‼⁇⁈⁉؟۔।॥" + _SPACELESS_STOPS
_OPENERS = "\"'“‘„‚«‹([{¿¡「『（—–-•*"
_CLOSERS = "\"'”’“»›)]}」』）】"
_MARKS = re.compile(f"([{re.escape(_STOPS)}]+)[{re.escape(_CLOSERS)}]*").match
_CAREFUL = frozenset({*BEFORE_NUMBERS, *TITLES, *UNDECIDED})
"""Words after which a full stop may not end a sentence."""
_WORD = re.compile(r"[\w'’]*")
_SPACE = re.compile(r"\s+")


class SentenceFinder:
    """The sentences of one Prose; a block is cut into sentences when it is first asked for."""

    def __init__(self, prose: Prose) -> None:
        links = wordless_links(prose) if prose.refs else []
        self._wordless = Wordless(prose, links) if links else None
        self._read: Prose | Wordless = self._wordless or prose
        self._starts = [block.start for block in self._read.blocks]
        self._cuts: dict[int, tuple[list[int], list[int]]] = {}

    def around(self, start: int, end: int) -> Sentence:
        """Return the sentence, or the sentences, that hold `[start, end)` of the Prose's text.

        White space is collapsed, the ends trimmed, and `start` and `end` of the result are offsets
        into its own text. A stretch that leaves its block is cut off at the block's end. Of a
        sentence above 400 code points the part around the stretch is given, with `…` for the rest.
        Links without words of their own are gaps of the result.
        """
        if self._wordless is None:
            return self._around(start, end)[0]
        found, start = self._around(*self._wordless.stretch(start, end))
        return self._wordless.with_gaps(found, start)

    def _around(self, start: int, end: int) -> tuple[Sentence, int]:
        """The sentence, and where its words begin in the text that is read."""
        ordinal = max(bisect_right(self._starts, start) - 1, 0)
        starts, ends = self._cut(ordinal)
        at = bisect_right(ends, start)
        if at < len(ends) and starts[at] <= start < end <= ends[at]:  # in one, as most are
            low, high = starts[at], ends[at]
        else:
            low, high = self._block(ordinal)
            beyond = bisect_left(starts, min(end, high))
            if at >= beyond:  # a point, or white space alone
                at, beyond = self._nearest(starts, ends, start)
            if at < beyond:
                low, high = starts[at], ends[beyond - 1]
            start = min(max(start, low), high)
            end = min(max(start, end), high)
        if high - low > _MOST_COPIED:  # no more is copied of it than is looked at
            low, high = max(low, start - _MOST_COPIED), min(high, end + _MOST_COPIED)
        return _shown(self._read.text[low:high], start - low, end - low), start

    def is_running(self, offset: int) -> bool:
        """Whether running text stands at an offset: no heading, cell, term or code."""
        if self._wordless is not None:
            offset = self._wordless.after(offset)
        ordinal = bisect_right(self._starts, offset) - 1
        return ordinal >= 0 and self._read.blocks[ordinal].kind == "paragraph"

    def is_start(self, offset: int) -> bool:
        """Whether a sentence begins at `offset`, opening marks such as `“` and `(` aside."""
        if self._wordless is not None:
            offset = self._wordless.after(offset)
        ordinal = bisect_right(self._starts, offset) - 1
        starts = self._cut(ordinal)[0] if ordinal >= 0 else []
        found = bisect_right(starts, offset) - 1
        if found < 0 or offset - starts[found] > _MOST_OPENERS:
            return False
        return not self._read.text[starts[found] : offset].strip(_OPENERS + " ")

    def _nearest(self, starts: list[int], ends: list[int], at: int) -> tuple[int, int]:
        """The sentence that a point is in or touches; between two, the one after a space."""
        before = bisect_right(starts, at)
        is_apart = self._read.text[at - 1 : at].isspace()
        if before and (at < ends[before - 1] or not is_apart or before == len(starts)):
            return before - 1, before
        return before, min(before + 1, len(starts))

    def _block(self, ordinal: int) -> tuple[int, int]:
        if not self._starts:
            return 0, len(self._read.text)
        block = self._read.blocks[ordinal]
        return block.start, block.end

    def _cut(self, ordinal: int) -> tuple[list[int], list[int]]:
        """Where the sentences of a block begin, and where they end."""
        found = self._cuts.get(ordinal)
        if found is None:
            low, high = self._block(ordinal)
            found = self._cuts[ordinal] = _sentences(self._read.text[low:high], low)
        return found


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Return the sentences of the text of one block, in order, without the space between them."""
    return [*zip(*_sentences(text, 0), strict=True)]


def _sentences(text: str, at: int) -> tuple[list[int], list[int]]:
    """Where the sentences of a block begin and end; its text begins at the offset `at`."""
    starts, ends = [], []
    start = _past_space(text, 0)
    end = 0
    size = len(text)
    for stop in _stops(text):
        if stop < end:
            continue  # one of a run that was taken whole
        if _is_plain_break(text, start, stop):
            end = stop + 1
            starts.append(at + start)
            ends.append(at + end)
            start = end + 1
            continue
        match = _MARKS(text, stop)
        assert match is not None
        end = match.end()
        if end == size or _is_break(text, (start, stop), match.end(1), end):
            starts.append(at + start)
            ends.append(at + end)
            start = _past_space(text, end)
    if start < size:
        starts.append(at + start)
        ends.append(at + len(text.rstrip()))
    return starts, ends


def _stops(text: str) -> list[int]:
    """Where marks stand that may end a sentence, in order: each is sought by itself, at C speed."""
    found = []
    for mark in _ASCII_STOPS if text.isascii() else _STOPS:
        at = text.find(mark)
        while at >= 0:
            found.append(at)
            at = text.find(mark, at + 1)
    found.sort()
    return found


def _is_plain_break(text: str, start: int, stop: int) -> bool:
    """Whether a full stop ends a sentence as most do: after a plain word, before a capital."""
    if (
        text[stop] != "."
        or text[stop + 1 : stop + 2] != " "
        or not text[stop + 2 : stop + 3].isupper()
    ):
        return False
    word = text[text.rfind(" ", start, stop) + 1 : stop]
    return len(word) > 1 and word.isalpha() and word.lower() not in _CAREFUL


def _past_space(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _is_break(text: str, place: tuple[int, int], after: int, end: int) -> bool:
    """Whether marks, with what they close up to `end`, end a sentence.

    `place` is where the sentence begins and the first of the marks; the last ends at `after`.
    """
    begin, stop = place
    if text[after - 1] in _SPACELESS_STOPS:
        return True
    if end < len(text) and not text[end].isspace():
        return False
    following = _past_space(text, end)
    while following < len(text) and text[following] in _OPENERS:
        following = _past_space(text, following + 1)
    if following == len(text):
        return True
    if text[following].islower():
        return False
    marks = text[stop:after]
    if marks == ".":
        return _ends_with_stop(text, begin, stop, following)
    # An ellipsis apart from the word before it stands for words left out.
    return marks not in ("...", "…") or not text[stop - 1 : stop].isspace()


def _ends_with_stop(text: str, begin: int, stop: int, following: int) -> bool:
    """Whether the full stop at `stop` is more than that of an abbreviation, initial or number."""
    start = stop
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    word = text[start:stop].lstrip(_OPENERS)
    low = word.lower()
    if low in TITLES:
        return False
    if low in BEFORE_NUMBERS:
        return not text[following].isdigit()
    if word.isdigit():  # of an item, where the sentence begins
        return start - begin > _MOST_OPENERS or text[begin:start].strip(_OPENERS + " ") != ""
    if len(word) == 1 and word.isalpha():  # an initial, whose bearer may be called A.
        return _is_starter(text, following) and text[following + 1 : following + 2].isalpha()
    return not (low in UNDECIDED or "." in word) or _is_starter(text, following)


def _is_starter(text: str, at: int) -> bool:
    word = _WORD.match(text, at)
    return word is not None and word[0] in STARTERS


def _shown(text: str, start: int, end: int) -> Sentence:
    """Collapse the white space of a sentence and cut it to size, the stretch kept in sight."""
    is_tidy = len(text) <= _LONGEST and text.isprintable() and "  " not in text
    if is_tidy and start < end and " " not in (text[0], text[start], text[end - 1], text[-1]):
        return Sentence(text, start, end)  # as it nearly always is: nothing to collapse
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    before = _SPACE.sub(" ", text[:start]).lstrip()
    words = _SPACE.sub(" ", text[start:end])[:_LONGEST]
    after = _SPACE.sub(" ", text[end:]).rstrip()
    if before.endswith(" ") and not words:
        after = after.lstrip()
    if len(before) + len(words) + len(after) > _LONGEST:
        before, after = _window(before, after, _LONGEST - len(words))
    return Sentence(before + words + after, len(before), len(before) + len(words))


def _window(before: str, after: str, room: int) -> tuple[str, str]:
    """Keep about `room` code points of both, those nearest to the middle, up to a word's edge."""
    left = min(len(before), max(room // 2, room - len(after)))
    right = min(len(after), room - left)
    if left < len(before):
        part = before[len(before) - left :]
        cut = part.find(" ", 0, 40)
        before = "…" + part[cut + 1 :]
    if right < len(after):
        part = after[:right]
        cut = part.rfind(" ", max(right - 40, 0))
        after = part[: cut if cut >= 0 else right] + "…"
    return before, after
