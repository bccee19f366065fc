"""Findings and progress on a terminal, by rich. Imported only where there is a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn
from rich.text import Text

from briefgen.cli.frame import Frame, visible
from briefgen.cli.plain import help_lines, shown_place
from briefgen.model.diagnostics import Diagnostic, Level

_STYLES = {Level.ERROR: "bold red", Level.WARNING: "bold yellow", Level.INFO: "bold cyan"}


def console(stream: TextIO, has_colour: bool) -> Console:
    """Return a console on a terminal that takes every text as it is: no markup, no emoji codes."""
    return Console(
        file=stream,
        force_terminal=True,
        no_color=not has_colour,
        markup=False,
        emoji=False,
        highlight=False,
        soft_wrap=True,
    )


def framed(one: Diagnostic, path: str, frame: Frame | None) -> Text:
    """Return one finding with its source line in a gutter; it ends in an empty line."""
    style = _STYLES.get(one.level, "")
    text = Text()
    text.append(shown_place(one.place, path), "bold")
    text.append(": ")
    text.append(f"{one.level}[{one.code}]", style)
    text.append(f": {visible(one.message)}\n")
    number = str(frame.number) if frame else ""
    gutter = " " * len(number)
    if frame:
        text.append(f" {gutter} │\n", "dim")
        text.append(f" {number} │ ", "dim")
        text.append(f"{frame.text}\n")
        if frame.caret is not None:
            text.append(f" {gutter} │ ", "dim")
            text.append(" " * frame.caret + "^\n", style)
    for line in help_lines(one.help):
        text.append(f" {gutter} {'│' if frame else ' '} ", "dim")
        text.append(f"{line}\n", "cyan")
    return text


@contextmanager
def progress(stream: TextIO, has_colour: bool) -> Iterator[Callable[[str, int, int], None]]:
    """Yield a function that shows how far a stage is; all traces go when the block ends."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console(stream, has_colour), transient=True) as bars:
        tasks: dict[str, TaskID] = {}

        def advance(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(visible(stage), total=total)
            bars.update(tasks[stage], completed=done, total=total)

        yield advance
