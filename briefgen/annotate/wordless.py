"""Links without words of their own, in a text that is read for its sentences.

In: a Prose with links such as `[[first-call]]`, which have no width in its text. Out: a text in
which Unicode's object character stands for each, so that what is around it reads as a sentence;
the way to its offsets; and sentences of it, with gaps for the titles that only the whole site
knows. An object character that an author typed stays what it is.

Offsets are 0-based code points, half-open.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right

import msgspec

from briefgen.model.prose import Block, Prose, Ref, RefKind, Sentence

_OBJECT = "\ufffc"
_WIKI = int(RefKind.WIKI)


def wordless_links(prose: Prose) -> list[Ref]:
    """The links to pages of the site that have no words of their own, in order."""
    return [ref for ref in prose.refs if ref.kind == _WIKI and not ref.label]


def in_one_line(prose: Prose) -> Sentence:
    """The whole text in one line, for no words in it: its wordless links are gaps."""
    links = wordless_links(prose)
    if not links:
        return Sentence(" ".join(prose.text.split()), 0, 0)
    wordless = Wordless(prose, links)
    return wordless.with_gaps(Sentence(" ".join(wordless.text.split()), 0, 0), 0)


class Wordless:
    """A text with its wordless links made objects. `text` and `blocks` are to be read as such."""

    def __init__(self, prose: Prose, links: list[Ref]) -> None:
        """Make an object of each of `links`, those of `wordless_links`."""
        self._ats = [link.at for link in links]
        self._targets: list[str | None] = []  # of each object; None for one that was typed
        parts: list[str] = []
        done = 0
        for link in links:
            part = prose.text[done : link.at]
            self._targets += [*[None] * part.count(_OBJECT), link.target]
            parts += (part, _OBJECT)
            done = link.at
        self.text = "".join(parts) + prose.text[done:]
        self._targets += [None] * prose.text.count(_OBJECT, done)
        self.blocks: tuple[Block, ...] = tuple(
            msgspec.structs.replace(one, start=self._before(one.start), end=self.after(one.end))
            for one in prose.blocks
        )

    def _before(self, offset: int) -> int:
        """An offset of the Prose in the text, before the objects that stand there."""
        return offset + bisect_left(self._ats, offset)

    def after(self, offset: int) -> int:
        """An offset of the Prose in the text, behind the objects that stand there."""
        return offset + bisect_right(self._ats, offset)

    def stretch(self, start: int, end: int) -> tuple[int, int]:
        """A stretch of the Prose in the text; a point at which a link stands is its object."""
        if start < end:
            return self.after(start), self._before(end)
        first = self._before(start)
        return first, min(first + 1, self.after(start))

    def with_gaps(self, found: Sentence, start: int) -> Sentence:
        """A sentence of the text, whose words begin at `start` of it, with gaps for its objects."""
        first = self.text.count(_OBJECT, 0, start) - found.text.count(_OBJECT, 0, found.start)
        parts: list[str] = []
        gaps: list[tuple[int, str]] = []
        done = size = moved = shortened = 0
        at = -1
        for target in self._targets[first : first + len(found.text)]:
            at = found.text.find(_OBJECT, at + 1)
            if at < 0:
                break
            if target is not None:
                parts.append(found.text[done:at])
                size += at - done
                done = at + 1
                gaps.append((size, target))
                moved += at < found.start
                shortened += at < found.end
        text = "".join(parts) + found.text[done:]
        return Sentence(text, found.start - moved, found.end - shortened, tuple(gaps))
