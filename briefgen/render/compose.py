"""The one place where HTML is made of Prose: a merge of its marks with the layers over it.

In: a Prose, layers (spans that become elements), inserts (HTML of zero width), and the HTML of
its references where it is not the default. Out: HTML, cut after the blocks that were asked for.
It must not look anything up, and nothing may edit its result.

At any point of the text the elements that hold it form a list, outermost first. Before
something is written, the elements that are open are brought to that list: closed down to what
the two have in common, then opened. So the result is balanced whatever crosses what.
"""

from __future__ import annotations

import sys
from collections.abc import Collection, Mapping, Sequence

import msgspec

from briefgen.model.prose import Mark, MarkKind, Prose


class Layer(msgspec.Struct, frozen=True, gc=False):
    """An element over `text[start:end]`. Where extents are equal, the earlier one is outside."""

    start: int
    end: int
    open: str
    close: str
    is_link: bool = False


class Insert(msgspec.Struct, frozen=True, gc=False):
    """HTML at an offset, after what ends there. One that holds a link closes links around it."""

    at: int
    html: str
    is_link: bool = True


def escape(text: str) -> str:
    """Escape text for HTML as markdown-it does: & < > and double quotation marks."""
    return (
        text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    )


_BLOCK_OPEN = int(MarkKind.BLOCK_OPEN)
_LEAF_OPEN = int(MarkKind.LEAF_OPEN)
_LEAF_CLOSE = int(MarkKind.LEAF_CLOSE)
_VOID = int(MarkKind.VOID)
_LINK_VOID = int(MarkKind.LINK_VOID)
_LINK_OPEN = int(MarkKind.LINK_OPEN)
_OPENING = frozenset({int(MarkKind.OPEN), _LINK_OPEN})
_CLOSING = frozenset({int(MarkKind.CLOSE), int(MarkKind.LINK_CLOSE)})


NEVER = sys.maxsize


def _same(text: str) -> str:
    return text


class _Element(msgspec.Struct, gc=False, eq=False):
    """An inline element while it holds the text."""

    at: int
    end: int
    open: str
    close: str
    is_link: bool
    is_layer: bool
    was_written: bool = False


class _Merge:
    """The state of one merge; made, run once and dropped."""

    def __init__(
        self,
        prose: Prose,
        layers: Sequence[Layer],
        inserts: Sequence[Insert],
        cuts: Collection[int],
    ) -> None:
        self.text = prose.text
        self.escape = escape if any(char in prose.text for char in '&<>"') else _same
        self.cuts = cuts
        self.out: list[str] = []
        self.pieces: list[str] = []
        self.pos = 0
        self.depth = 0
        self.top = -1
        self.active: list[_Element] = []  # what holds the text here, outermost first
        self.open: list[_Element] = []  # what is written as open
        self.links = 0  # of the active ones
        starts = sorted(layers, key=lambda layer: (layer.start, -layer.end))
        self.starts = [x for x in starts if x.start < x.end][::-1]  # the next one last
        self.inserts = sorted(inserts, key=lambda insert: insert.at)[::-1]
        self.next_end = NEVER  # where the next of the active layers ends
        self.ends = _ends_of(prose.marks)

    def bring(self, wanted: list[_Element]) -> None:
        """Close and open elements until those that are open are the wanted ones."""
        now, out = self.open, self.out
        if now == wanted:
            return
        same = 0
        for have, want in zip(now, wanted, strict=False):
            if have is not want:
                break
            same += 1
        out.extend([element.close for element in reversed(now[same:])])
        for element in wanted[same:]:
            out.append(element.open)
            element.was_written = True
        self.open = wanted

    def holding(self) -> list[_Element]:
        """The elements that hold the text here: of several links the innermost alone."""
        if self.links <= 1:
            return self.active[:]
        kept, seen = [], False
        for element in reversed(self.active):
            if element.is_link:
                if seen:
                    continue
                seen = True
            kept.append(element)
        return kept[::-1]

    def write(self, html: str, *, is_link: bool = False) -> None:
        """Write HTML inside the elements that hold this place, outside links if it holds one."""
        wanted = self.holding()
        if is_link and self.links:
            wanted = [element for element in wanted if not element.is_link]
        self.bring(wanted)
        self.out.append(html)

    def enter(self, element: _Element) -> None:
        """Put an element among the active ones, so that structure is never split by a layer."""
        active = self.active
        place = len(active)
        if element.is_layer:
            while place and not active[place - 1].is_layer:
                other = active[place - 1]
                if other.at < element.at or other.end > element.end:
                    break
                place -= 1
        else:
            for index in range(len(active) - 1, -1, -1):
                if not active[index].is_layer:
                    break
                if active[index].end < element.end:
                    place = index
        active.insert(place, element)
        self.links += element.is_link

    def leave(self, element: _Element) -> None:
        """Take an element from the active ones."""
        self.active.remove(element)
        self.links -= element.is_link

    def end_layers(self) -> None:
        """Take the layers from the active ones that end here."""
        for element in [e for e in self.active if e.is_layer and e.end <= self.pos]:
            self.leave(element)
        self.next_end = min((e.end for e in self.active if e.is_layer), default=NEVER)

    def flush_inserts(self) -> None:
        """Write the inserts that stand here or before."""
        while self.inserts and self.inserts[-1].at <= self.pos:
            insert = self.inserts.pop()
            self.write(insert.html, is_link=insert.is_link)

    def start_layers(self) -> None:
        """Put the layers among the active ones that begin here or before."""
        starts, pos = self.starts, self.pos
        while starts and starts[-1].start <= pos:
            layer = starts.pop()
            if layer.end > pos:
                element = _Element(pos, layer.end, layer.open, layer.close, layer.is_link, True)
                self.enter(element)
                self.next_end = min(self.next_end, layer.end)

    def run_plain(self, to: int) -> None:
        """The same as `run` for the usual case: nothing is open, and no two layers meet.

        It stops, short of `to` perhaps, where that is no longer so.
        """
        text, out, starts, pos = self.text, self.out, self.starts, self.pos
        safe = self.escape
        limit = self.inserts[-1].at if self.inserts else NEVER
        while starts:
            layer = starts[-1]
            start, end = layer.start, layer.end
            if start >= to:
                break
            is_apart = len(starts) == 1 or starts[-2].start >= end
            if start < pos or end > to or limit < end or not is_apart:
                self.pos = pos
                return
            out += (safe(text[pos:start]), layer.open, safe(text[start:end]), layer.close)
            starts.pop()
            pos = end
        if limit >= to:
            out.append(safe(text[pos:to]))
            pos = to
        self.pos = pos

    def run(self, to: int) -> None:
        """Write the text from here to the offset `to`, with the layers that begin and end in it."""
        if not self.active and not self.open:
            self.run_plain(to)
        while self.pos < to:
            self.flush_inserts()
            self.start_layers()
            stop = min(to, self.next_end)
            if self.starts and self.starts[-1].start < stop:
                stop = self.starts[-1].start
            if self.inserts and self.inserts[-1].at < stop:
                stop = self.inserts[-1].at
            self.write(self.escape(self.text[self.pos : stop]))
            self.pos = stop
            if self.next_end <= stop:
                self.end_layers()

    def block(self, html: str, change: int) -> None:
        """Write a mark between blocks, and cut behind it where that was asked for."""
        self.out.append(html)
        if not self.cuts:
            return
        if change > 0 and self.depth == 0:
            self.top += 1
        self.depth += change
        if self.depth == 0 and change < 0 and self.top in self.cuts:
            self.pieces.append("".join(self.out))
            self.out.clear()

    def step(self, index: int, mark: Mark, html: str, opened: list[_Element]) -> None:
        """Act on one mark; `opened` are the structure's inline elements that are open."""
        kind = mark.kind
        if kind in _OPENING:
            self.flush_inserts()
            self.start_layers()
            is_link = kind == _LINK_OPEN
            end, close = self.ends[index]
            element = _Element(mark.at, end, html, close, is_link, False)
            opened.append(element)
            self.enter(element)
        elif kind in _CLOSING:
            element = opened.pop()
            if not element.was_written:
                self.write("")
            self.leave(element)
        else:
            if self.inserts:
                self.flush_inserts()
            if self.active or self.open:
                self.write(html, is_link=kind == _LINK_VOID)
            else:
                self.out.append(html)


def _ends_of(marks: Sequence[Mark]) -> dict[int, tuple[int, str]]:
    """Where each inline element ends, and how it is closed, by the index of the mark opening it."""
    ends: dict[int, tuple[int, str]] = {}
    pending: list[int] = []
    for index, mark in enumerate(marks):
        if mark.kind in _OPENING:
            pending.append(index)
        elif mark.kind in _CLOSING:
            ends[pending.pop()] = (mark.at, mark.html)
    return ends


def compose(
    prose: Prose,
    layers: Sequence[Layer] = (),
    inserts: Sequence[Insert] = (),
    refs: Mapping[int, str] | None = None,
    cuts: Collection[int] = (),
) -> list[str]:
    """Make HTML of a Prose.

    Args:
        prose: The text with its structure.
        layers: Elements over the text, in any order; they may overlap, cross the structure and
            run over several blocks, and show in the inline content of blocks alone.
        inserts: HTML of zero width. Of several at one offset the first given stands first.
        refs: HTML for references, by index into `prose.refs`; the default stands for the others.
        cuts: Ordinals of outermost blocks (`Block.top`) after which a piece ends.

    Returns:
        The pieces, one more than there are cuts that were met, the last one perhaps empty.
        Joined, without layers and inserts, they are what markdown-it renders.

    Linear in text, marks and layers for any bounded number of layers over one place.
    """
    merge = _Merge(prose, layers, inserts, cuts)
    refs = refs or {}
    opened: list[_Element] = []
    in_leaf = False
    for index, mark in enumerate(prose.marks):
        html = refs.get(mark.ref, mark.html) if mark.ref >= 0 else mark.html
        kind = mark.kind
        if in_leaf:
            if mark.at > merge.pos:
                merge.run(mark.at)
            if kind == _LEAF_CLOSE:
                if merge.inserts:
                    merge.flush_inserts()
                if merge.open:
                    merge.bring([])
                merge.block(html, -1)
                in_leaf = False
            else:
                merge.step(index, mark, html, opened)
        elif kind == _LEAF_OPEN:
            merge.block(html, 1)
            merge.pos = mark.at
            if merge.active:
                merge.end_layers()
            in_leaf = True
        elif kind == _VOID:
            merge.block(html, 1)
            merge.block("", -1)
        else:
            merge.block(html, 1 if kind == _BLOCK_OPEN else -1)
    merge.pieces.append("".join(merge.out))
    return merge.pieces
