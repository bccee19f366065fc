"""Findings as plain lines, for logs and for anything that is not a terminal."""

from __future__ import annotations

from briefgen.cli.frame import Frame, visible
from briefgen.model.diagnostics import Diagnostic, Place

INDENT = "    "


def shown_place(place: Place, path: str) -> str:
    """Return `path:line:column`, as far as known, with `path` as it is to be shown."""
    numbers = (place.line, place.column) if place.line else ()
    return ":".join([visible(path) or "briefgen", *(str(one) for one in numbers if one)])


def plain_lines(one: Diagnostic, path: str, frame: Frame | None) -> list[str]:
    """Return the lines of one finding: what is wrong and where, the source line, the help.

    Only the first line begins at the margin, so no text of an author's can pass for a finding.
    """
    place = shown_place(one.place, path)
    lines = [f"{place}: {one.level}[{one.code}]: {visible(one.message)}"]
    if frame:
        lines.append(INDENT + frame.text)
        if frame.caret is not None:
            lines.append(INDENT + " " * frame.caret + "^")
    lines += [INDENT + line for line in help_lines(one.help)]
    return [line.rstrip() for line in lines]


def help_lines(text: str) -> list[str]:
    """Return the help of a finding, led by "help: ", further lines aligned below it."""
    if not text:
        return []
    first, *others = (visible(line) for line in text.split("\n"))
    return ["help: " + first, *("      " + line for line in others)]
