"""What a finished run says: its findings and how it went.

In go the result of a build and the session; lines go out on the session's streams. No text of an
author's reaches a terminal as it is: it all passes through `frame.visible`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from briefgen.cli import account
from briefgen.cli.frame import frames, visible
from briefgen.cli.plain import plain_lines
from briefgen.cli.session import Format, Session, Verbosity
from briefgen.cli.tally import plural, tally
from briefgen.load.config import FILE_NAMES
from briefgen.model.diagnostics import Diagnostic, Level

if TYPE_CHECKING:
    from briefgen.build.options import BuildOptions
    from briefgen.build.pipeline import BuildResult
    from briefgen.cli.fix import Fix


class Run(msgspec.Struct, frozen=True):
    """A build that came to its end, or a check, which writes nothing."""

    options: BuildOptions
    result: BuildResult
    seconds: float
    is_check: bool = False
    has_stats: bool = False
    fixes: tuple[Fix, ...] | None = None  # None where none were asked for

    @property
    def exit_code(self) -> int:
        """0 fine, 1 errors (or warnings where they count as such), 2 the configuration has some."""
        if self.result.ok:
            return 0
        names = {self.options.config_file.name} if self.options.config_file else {*FILE_NAMES}
        places = {one.place.path for one in self.result.diagnostics if one.level is Level.ERROR}
        return 1 if names.isdisjoint(places) else 2


def report(run: Run, session: Session) -> None:
    """Write the findings of a run and a last line, in the session's format."""
    if session.format is Format.JSON:
        from briefgen.cli import machine  # noqa: PLC0415  (for programs alone)

        told = machine.as_json(run.result, run.seconds, has_stats=run.has_stats, fixes=run.fixes)
        session.say(told)
        return
    findings = _selected(run, session)
    prefix = path_prefix(run.options.root, session)
    for line in account.fix_lines(run.fixes or (), prefix):
        session.say(line)
    if session.format is Format.GITHUB:
        from briefgen.cli import machine  # noqa: PLC0415

        for line in machine.as_github(findings, prefix):
            session.say(line)
    else:
        show_findings(findings, run.options.root, session)
    output = visible(session.shown(run.result.output))
    for line in account.explanation_lines(run.result, run.options.explain, output):
        session.say(line)
    for line in _closing_lines(run, findings, output, session):
        session.say(line)
    if run.has_stats or (_is_built(run) and session.verbosity is Verbosity.VERBOSE):
        for line in account.stats_lines(run.result.stats):
            session.say(line)


def _is_built(run: Run) -> bool:
    return run.result.ok and not run.is_check


def show_findings(findings: Iterable[Diagnostic], root: Path, session: Session) -> None:
    """Write findings for people, framed on a terminal, as plain lines elsewhere."""
    shown = tuple(findings)
    if not shown:
        return
    frame = frames(root, session.width)
    prefix = path_prefix(root, session)
    if session.is_terminal(session.out):
        from briefgen.cli import fancy  # noqa: PLC0415  (rich is for terminals alone)

        console = fancy.console(session.out, session.has_colour)
        for one in shown:
            console.print(fancy.framed(one, prefix(one.place.path), frame(one.place)))
        return
    for one in shown:
        for line in plain_lines(one, prefix(one.place.path), frame(one.place)):
            session.say(line)


def path_prefix(root: Path, session: Session) -> Callable[[str], str]:
    """Return a function from a path in the site to one that can be opened from this folder."""
    if root == session.folder:
        return str
    return lambda path: session.shown(root / path) if path else path


def _selected(run: Run, session: Session) -> list[Diagnostic]:
    """The findings to show: notices where asked for, warnings unless quiet, errors always."""
    levels = {Level.ERROR}
    if session.verbosity > Verbosity.QUIET or run.options.strict:
        levels.add(Level.WARNING)
    if session.verbosity is Verbosity.VERBOSE or (
        run.is_check and session.verbosity is Verbosity.NORMAL
    ):
        levels.add(Level.INFO)
    return [one for one in run.result.diagnostics if one.level in levels]


def _closing_lines(
    run: Run, findings: list[Diagnostic], output: str, session: Session
) -> list[str]:
    root = run.options.root
    counts = tally(findings).in_words() + account.following(findings, path_prefix(root, session))
    lines = [] if run.fixes is None else [*account.fix_summary(run.fixes, run.result.diagnostics)]
    if not run.result.ok:
        because = " (--strict)" if Level.ERROR not in {one.level for one in findings} else ""
        done = "" if run.is_check else "; nothing was written"
        return [*lines, f"{counts or 'The build failed'}{done}{because}"]
    if session.verbosity is Verbosity.QUIET:
        return lines
    lines += [counts] if counts else []
    lines += account.left_out_lines(run.result.stats.left_out)
    lines += account.gone_lines(run.result.stats.gone)
    seconds = f"{run.seconds:.2f} s"
    if run.is_check:
        return [*lines, f"Checked in {seconds}" + ("" if counts else ": no problems")]
    pages = plural(run.result.stats.pages_total, "page")
    return [*lines, f"Built {pages} in {seconds} -> {output}/"]
