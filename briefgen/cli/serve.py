"""`briefgen serve`: the site in a browser, built anew at every save."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import msgspec

from briefgen.cli import flags
from briefgen.cli.frame import Frame, visible
from briefgen.cli.session import Session, Verbosity
from briefgen.model.diagnostics import Diagnostic, Level

if TYPE_CHECKING:
    from briefgen.build.options import BuildOptions
    from briefgen.serve.loop import Rebuild
    from briefgen.serve.reload import Problem

_OVERLAY_WIDTH = 160  # cells; the overlay scrolls
_NAMED_CHANGES = 2
_DEFAULT = click.core.ParameterSource.DEFAULT


@click.command(short_help="Show the site in a browser while you write.")
@flags.config_flag
@flags.cache_dir_flag
@click.option(
    "-a",
    "--dev-addr",
    metavar="HOST:PORT",
    default="127.0.0.1:8000",
    show_default=True,
    help="Where the server listens. If none is named and the port is taken, the next is.",
)
@click.option("-o", "--open", "opens_browser", is_flag=True, help="Open a browser.")
@click.option(
    "--poll",
    "polls",
    is_flag=True,
    help="Look for changes every second, as it does by itself on network drives.",
)
@click.option("--no-reload", is_flag=True, help="Rebuild, but don't reload browsers.")
@click.option(
    "-N", "--navigate", "navigates", is_flag=True, help="Let browsers go to the page that changed."
)
@flags.base_url_flag
@flags.selection_flags
@flags.jobs_flag
@flags.verbosity_flags
@click.pass_obj
def serve(session: Session, /, **params: Any) -> int:
    """Build the site, serve it to this machine and rebuild it whenever a file is saved.

    The site is built into a folder of the server's own; the published one is left alone. Ctrl-C
    ends it.
    """
    flags.set_up(session, params)
    is_named = click.get_current_context().get_parameter_source("dev_addr") is not _DEFAULT
    from briefgen.cli.request import (  # noqa: PLC0415
        SiteFlags,
        build_options,
        require_configuration,
    )
    from briefgen.serve.address import parse_address  # noqa: PLC0415
    from briefgen.serve.run import Desk, run  # noqa: PLC0415  (starlette, uvicorn)

    try:
        address = parse_address(params.pop("dev_addr"))
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--dev-addr") from None
    opens_browser, no_reload = params.pop("opens_browser"), params.pop("no_reload")
    polls, navigates = params.pop("polls"), params.pop("navigates")
    site = SiteFlags(**params)
    is_verbose = session.verbosity is Verbosity.VERBOSE

    def options() -> BuildOptions:
        return msgspec.structs.replace(build_options(site, session), infos=is_verbose, search=False)

    require_configuration(options())
    root = options().root

    def announce(url: str, warning: str) -> None:
        if warning:
            session.complain(f"warning: {warning}")
        session.say(f"Serving {visible(url)} (Ctrl-C ends)")
        session.out.flush()

    run(
        Desk(
            options=options,
            describe=describer(root),
            report=reporter(root, session),
            announce=announce,
            address=address,
            takes_next=not is_named,
            has_reload=not no_reload,
            navigates=navigates,
            opens_browser=opens_browser,
            polls=polls,
        )
    )
    return 0


def describer(root: Path) -> Callable[[Diagnostic], Problem]:
    """Return a function that makes of a finding what the browser's overlay shows."""
    from briefgen.cli.frame import frames  # noqa: PLC0415
    from briefgen.cli.plain import shown_place  # noqa: PLC0415
    from briefgen.serve.reload import Problem  # noqa: PLC0415

    def describe(one: Diagnostic) -> Problem:
        # Read anew for each finding: the file is being edited.
        frame = frames(root, _OVERLAY_WIDTH)(one.place)
        return Problem(
            place=shown_place(one.place, one.place.path),
            level=str(one.level),
            code=one.code,
            message=visible(one.message),
            frame=_framed(frame),
            help=one.help,
        )

    return describe


def _framed(frame: Frame | None) -> str:
    if frame is None:
        return ""
    return frame.text if frame.caret is None else f"{frame.text}\n{' ' * frame.caret}^"


def reporter(root: Path, session: Session) -> Callable[[Rebuild], None]:
    """Return a function that tells the terminal of a rebuild: one line, and what is wrong.

    Errors are told each time, since they hold the site back; of the others those that the rebuild
    before did not have, and how many there are besides.
    """
    from briefgen.cli.report import show_findings  # noqa: PLC0415
    from briefgen.cli.tally import plural  # noqa: PLC0415

    known: Counter[tuple[str, str, str]] = Counter()

    def report(done: Rebuild) -> None:
        nonlocal known
        if done.result is not None:
            levels = {Level.ERROR, Level.WARNING}
            if session.verbosity is Verbosity.VERBOSE:
                levels.add(Level.INFO)
            if session.verbosity is Verbosity.QUIET:
                levels.discard(Level.WARNING)
            findings = [one for one in done.result.diagnostics if one.level in levels]
            shown, current = _news(findings, known)
            # A build that failed may not have come as far as what was found before.
            known = current if done.result.ok else known | current
            show_findings(shown, root, session)
            if len(shown) < len(findings):
                session.say(f"{plural(len(findings) - len(shown), 'finding')} as before")
        if session.verbosity is not Verbosity.QUIET or _is_failed(done):
            session.say(rebuild_line(done))
        session.out.flush()

    return report


def _news(
    findings: list[Diagnostic], known: Counter[tuple[str, str, str]]
) -> tuple[list[Diagnostic], Counter[tuple[str, str, str]]]:
    """Return the errors and what is not known, and the keys of all; a moved line is no news."""
    shown, seen = [], Counter[tuple[str, str, str]]()
    for one in findings:
        key = (one.place.path, one.code, one.message)
        seen[key] += 1
        if one.level is Level.ERROR or seen[key] > known[key]:
            shown.append(one)
    return shown, seen


def _is_failed(done: Rebuild) -> bool:
    return done.result is None or not done.result.ok


def rebuild_line(done: Rebuild) -> str:
    """Return the one line of a rebuild: what changed, pages rendered or errors, and time."""
    from briefgen.cli.tally import plural, tally  # noqa: PLC0415

    names = ", ".join(map(visible, done.changed[:_NAMED_CHANGES]))
    others = len(done.changed) - _NAMED_CHANGES
    if others > 0:
        names += f" and {plural(others, 'other')}"
    lead = f"{names}: " if names else ""
    seconds = f"{done.seconds:.2f} s"
    if done.result is None:
        return f"{lead}{visible(done.stopped)}"
    if not done.result.ok:
        kept = "the last good site stays" if done.is_shown else "there is no site yet"
        found = [one for one in done.result.diagnostics if one.level is not Level.INFO]
        return f"{lead}{tally(found).in_words()}; {kept} ({seconds})"
    stats = done.result.stats
    if not done.changed:
        return f"Built {plural(stats.pages_total, 'page')} in {seconds}"
    return f"{lead}{plural(stats.rendered, 'page')} rendered in {seconds}"
