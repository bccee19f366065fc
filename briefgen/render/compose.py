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
from functools import cached_property

import msgspec

from briefgen.model.prose import Mark, MarkKind, Prose
from briefgen.render.nesting import Element, Nesting


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
_LINK_CLOSE = int(MarkKind.LINK_CLOSE)
_OPENING = frozenset({int(MarkKind.OPEN), _LINK_OPEN})
_CLOSING = frozenset({int(MarkKind.CLOSE), _LINK_CLOSE})
_LINKING = frozenset({_LINK_OPEN, _LINK_VOID})
_NEVER = sys.maxsize


def _same(text: str) -> str:
    return text


class _Merge:
    """The state of one merge; made, run once and dropped."""

    def __init__(
        self,
        prose: Prose,
        layers: Sequence[Layer],
        inserts: Sequence[Insert],
        refs: Mapping[int, str],
        cuts: Collection[int],
    ) -> None:
        self.prose, self.text, self.refs = prose, prose.text, refs
        self.escape = escape if any(char in prose.text for char in '&<>"') else _same
        self.cuts = cuts
        self.out: list[str] = []
        self.pieces: list[str] = []
        self.pos = 0
        self.depth = 0
        self.top = -1
        self.nest = Nesting(self.out)
        starts = sorted(layers, key=lambda layer: (layer.start, -layer.end))
        self.starts = [x for x in starts if x.start < x.end][::-1]  # the next one last
        self.inserts = sorted(inserts, key=lambda insert: insert.at)[::-1]
        self.next_end = _NEVER  # where the next of the active layers ends

    @cached_property
    def ends(self) -> dict[int, tuple[int, str]]:
        """Where each inline element ends, and how it is closed, by the index of its first mark."""
        ends: dict[int, tuple[int, str]] = {}
        pending: list[int] = []
        for index, mark in enumerate(self.prose.marks):
            if mark.kind in _OPENING:
                pending.append(index)
            elif mark.kind in _CLOSING:
                ends[pending.pop()] = (mark.at, mark.html)
        return ends

    def end_layers(self) -> None:
        """Take the layers from the active ones that end here."""
        for element in [e for e in self.nest.active if e.is_layer and e.end <= self.pos]:
            self.nest.leave(element)
        self.next_end = min((e.end for e in self.nest.active if e.is_layer), default=_NEVER)

    def flush_inserts(self) -> None:
        """Write the inserts that stand here or before."""
        while self.inserts and self.inserts[-1].at <= self.pos:
            insert = self.inserts.pop()
            self.nest.write(insert.html, is_link=insert.is_link)

    def start_layers(self) -> None:
        """Put the layers among the active ones that begin here or before."""
        starts, pos = self.starts, self.pos
        while starts and starts[-1].start <= pos:
            layer = starts.pop()
            if layer.end > pos:
                element = Element(pos, layer.end, layer.open, layer.close, layer.is_link, True)
                self.nest.enter(element)
                self.next_end = min(self.next_end, layer.end)

    def run(self, to: int) -> None:
        """Write the text from here to the offset `to`, with the layers that begin and end in it."""
        while self.pos < to:
            self.flush_inserts()
            self.start_layers()
            stop = min(to, self.next_end)
            if self.starts and self.starts[-1].start < stop:
                stop = self.starts[-1].start
            if self.inserts and self.inserts[-1].at < stop:
                stop = self.inserts[-1].at
            self.nest.write(self.escape(self.text[self.pos : stop]))
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

    def inline(self, index: int, mark: Mark, opened: list[Element]) -> None:
        """Act on a mark inside a leaf block; `opened` holds the elements of its own."""
        html, kind = self.refs.get(mark.ref, mark.html), mark.kind
        if kind in _OPENING:
            self.flush_inserts()
            self.start_layers()
            is_link = kind == _LINK_OPEN
            end, close = self.ends[index]
            element = Element(mark.at, end, html, close, is_link, False)
            opened.append(element)
            self.nest.enter(element)
        elif kind in _CLOSING:
            element = opened.pop()
            if not element.was_written:
                self.nest.write("")
            self.nest.leave(element)
        else:
            self.flush_inserts()
            self.nest.write(html, is_link=kind == _LINK_VOID)

    def plain(self, index: int) -> int:
        """Join text, marks and layers as they come, for as long as that is the whole of the merge.

        It begins at the mark `index` of a leaf block, where nothing holds the text, and ends with
        the block, or where again nothing holds it: before an insert, a layer that meets a mark or
        another layer, an element with any of these inside, or a link inside an element. Returned
        is the index of the mark that is next, the one behind the block where it is done.
        """
        text, safe, marks, refs, out = self.text, self.escape, self.prose.marks, self.refs, self.out
        pos, following = self.pos, self.following()
        depth, outside = 0, (index, pos, len(out))
        while True:
            mark = marks[index]
            at, kind = mark.at, mark.kind
            if following <= at:
                self.pos = pos
                is_met = depth or not self.plain_text(at)
                pos, following = self.pos, self.following()
                if is_met:
                    break
            out.append(safe(text[pos:at]))
            pos = at
            if kind == _LEAF_CLOSE:
                self.pos = pos
                self.block(mark.html, -1)
                return index + 1
            if depth and kind in _LINKING:
                break
            if kind in _OPENING:
                if not depth:
                    outside = (index, pos, len(out))
                depth += 1
            elif kind in _CLOSING:
                depth -= 1
            out.append(refs.get(mark.ref, mark.html))
            index += 1
        self.pos = pos
        if depth:
            index, self.pos, size = outside
            del out[size:]
        return index

    def plain_text(self, to: int) -> bool:
        """Write the layers up to `to`, with the text before each.

        It ends, and returns False, before an insert or a layer that another or `to` stands in.
        """
        text, safe, out, starts, pos = self.text, self.escape, self.out, self.starts, self.pos
        limit = self.inserts[-1].at if self.inserts else _NEVER
        while starts and starts[-1].start < to:
            layer = starts[-1]
            start, end = layer.start, layer.end
            is_apart = len(starts) == 1 or starts[-2].start >= end
            if start < pos or end > to or limit < end or not is_apart:
                return False
            out += (safe(text[pos:start]), layer.open, safe(text[start:end]), layer.close)
            starts.pop()
            self.pos = pos = end
        return limit > to

    def following(self) -> int:
        """Where the next layer begins, or the next insert stands."""
        layer = self.starts[-1].start if self.starts else _NEVER
        return min(layer, self.inserts[-1].at) if self.inserts else layer

    def leaf(self, index: int) -> int:
        """Write a leaf block from the mark `index` on, whatever meets there; as `plain`."""
        marks = self.prose.marks
        opened: list[Element] = []
        while True:
            mark = marks[index]
            self.run(mark.at)
            index += 1
            if mark.kind == _LEAF_CLOSE:
                break
            self.inline(index - 1, mark, opened)
            if not self.nest.active:
                self.nest.bring([])
                index = self.plain(index)
                if marks[index - 1].kind == _LEAF_CLOSE:
                    return index
        self.flush_inserts()
        self.nest.bring([])
        self.block(mark.html, -1)
        return index

    def run_all(self) -> list[str]:
        """Write all there is, and return the pieces."""
        marks = self.prose.marks
        index = 0
        while index < len(marks):
            mark = marks[index]
            kind = mark.kind
            index += 1
            if kind == _LEAF_OPEN:
                self.block(mark.html, 1)
                self.pos = mark.at
                if self.nest.active:
                    self.end_layers()
                if not self.nest.active:
                    index = self.plain(index)
                if marks[index - 1].kind != _LEAF_CLOSE:
                    index = self.leaf(index)
            elif kind == _VOID:
                self.block(self.refs.get(mark.ref, mark.html), 1)
                self.block("", -1)
            else:
                self.block(mark.html, 1 if kind == _BLOCK_OPEN else -1)
        self.pieces.append("".join(self.out))
        return self.pieces


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
    return _Merge(prose, layers, inserts, refs or {}, cuts).run_all()
