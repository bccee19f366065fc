"""`briefgen check`: every finding, nothing written."""

from __future__ import annotations

from typing import Any

import click

from briefgen.cli import flags
from briefgen.cli.build import run
from briefgen.cli.session import Session


@click.command(short_help="Check the site and write nothing.")
@flags.config_flag
@flags.base_url_flag
@flags.strict_flag
@flags.selection_flags
@flags.jobs_flag
@flags.verbosity_flags
@flags.format_flag
@click.pass_obj
def check(session: Session, /, **params: Any) -> int:
    """Say everything there is to say about the site, notices included, and write nothing."""
    flags.set_up(session, params)
    return run(session, params, is_check=True)
