"""The commands of `briefgen`, each in a module of its own."""

from __future__ import annotations

import click

from briefgen import __version__
from briefgen.cli.build import build
from briefgen.cli.check import check
from briefgen.cli.clean import clean
from briefgen.cli.init import init
from briefgen.cli.serve import serve


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version", message="briefgen %(version)s")
def cli() -> None:
    """Make a site of annotated briefings.

    Start with `briefgen init DIR`; then, in that folder, `briefgen serve`.
    """


for _command in (init, build, check, serve, clean):
    cli.add_command(_command)
