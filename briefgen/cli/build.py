"""`briefgen build` and the run that it shares with `briefgen check`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeAlias

import click
import msgspec

from briefgen.cli import flags
from briefgen.cli.progress import Progress
from briefgen.cli.session import Session, Verbosity

if TYPE_CHECKING:
    from briefgen.build.options import BuildOptions
    from briefgen.build.pipeline import BuildResult
    from briefgen.cli.fix import Fix

Repair: TypeAlias = "Callable[[BuildOptions, BuildResult, Session], tuple[Fix, ...]]"
"""Mends what it can of the faults that were found, and says what it changed."""


@click.command(short_help="Build the site.")
@flags.config_flag
@flags.site_dir_flag
@flags.cache_dir_flag
@flags.base_url_flag
@flags.strict_flag
@flags.selection_flags
@click.option("-c", "--clean", is_flag=True, help="Build everything anew, without the cache.")
@flags.jobs_flag
@click.option(
    "--explain",
    multiple=True,
    metavar="PATH",
    help="Say why a page was rendered, or was not: its address, its file in the output or a "
    "content file. May be repeated.",
)
@click.option("--stats", "has_stats", is_flag=True, help="Say what was done, and how long it took.")
@flags.verbosity_flags
@flags.format_flag
@click.pass_obj
def build(session: Session, /, explain: tuple[str, ...], has_stats: bool, **params: Any) -> int:
    """Build the site from the folder you are in.

    The site that was built before stays as it is until every page is ready, and if anything is in
    error.
    """
    flags.set_up(session, params)
    return run(session, {**params, "explain": explain}, is_check=False, has_stats=has_stats)


def run(
    session: Session,
    params: dict[str, Any],
    *,
    is_check: bool,
    has_stats: bool = False,
    repair: Repair | None = None,
) -> int:
    """Build, or check, with the flags of a command; report; return the exit code.

    `repair` may mend the site's files by what a first look found; then a second look is reported.
    Raises BuildStop for what stops a run.
    """
    from briefgen.build import pipeline  # noqa: PLC0415  (`--version` and `init` don't build)
    from briefgen.cli.report import Run, report  # noqa: PLC0415
    from briefgen.cli.request import SiteFlags, build_options  # noqa: PLC0415

    start = session.stopwatch()
    options = msgspec.structs.replace(
        build_options(SiteFlags(**params), session),
        infos=is_check or session.verbosity is Verbosity.VERBOSE,
    )
    fixes: tuple[Fix, ...] = ()
    with Progress(session) as progress:
        result = pipeline.build(options, write=not is_check, progress=progress)
        if repair is not None and (fixes := repair(options, result, session)):
            result = pipeline.build(options, write=not is_check, progress=progress)
    seconds = session.stopwatch() - start
    ended = Run(options, result, seconds, is_check, has_stats, None if repair is None else fixes)
    report(ended, session)
    return ended.exit_code
