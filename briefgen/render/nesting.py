"""Which inline elements hold the text at a place, and which of them are written as open.

In: elements as they begin and end, and HTML between them. Out: the same HTML inside balanced tags.
Elements that cross are closed and opened again; of links that hold each other the innermost alone
is written. It knows nothing of texts and their structure.
"""

from __future__ import annotations

import msgspec


class Element(msgspec.Struct, gc=False, eq=False):
    """An inline element while it holds the text."""

    at: int
    end: int
    open: str
    close: str
    is_link: bool
    is_layer: bool
    was_written: bool = False


class Nesting:
    """The elements at one place of a text; it writes to a list that others write to as well."""

    def __init__(self, out: list[str]) -> None:
        """Begin with no element; HTML goes to `out`."""
        self.out = out
        self.active: list[Element] = []  # what holds the text here, outermost first
        self.open: list[Element] = []  # what is written as open
        self.links = 0  # of the active ones

    def bring(self, wanted: list[Element]) -> None:
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

    def holding(self) -> list[Element]:
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

    def enter(self, element: Element) -> None:
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

    def leave(self, element: Element) -> None:
        """Take an element from the active ones."""
        self.active.remove(element)
        self.links -= element.is_link
