"""`briefgen check`: every finding, nothing written but what `--fix` mends."""

from __future__ import annotations

from typing import Any

import click

from briefgen.cli import flags
from briefgen.cli.build import run
from briefgen.cli.session import Session


@click.command(short_help="Check the site and write nothing.")
@flags.config_flag
@flags.cache_dir_flag
@flags.base_url_flag
@flags.strict_flag
@flags.selection_flags
@flags.jobs_flag
@click.option(
    "--fix",
    is_flag=True,
    help="Rewrite each quote that is not in its article any more, where one passage is clearly "
    "meant and says the same; then check again.",
)
@flags.verbosity_flags
@flags.format_flag
@click.pass_obj
def check(session: Session, /, fix: bool, **params: Any) -> int:
    """Say everything there is to say about the site, notices included, and write nothing.

    With --fix, quotes that have drifted are written anew in the front matter of their briefings.
    Raw articles are never touched.
    """
    flags.set_up(session, params)
    if not fix:
        return run(session, params, is_check=True)
    from briefgen.cli.fix import fix_quotes  # noqa: PLC0415  (a plain check changes no file)

    return run(session, params, is_check=True, repair=fix_quotes)
