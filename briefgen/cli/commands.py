"""The commands of `briefgen`, each in a module of its own, loaded when it is asked for."""

from __future__ import annotations

from importlib import import_module

import click

from briefgen import __version__

_COMMANDS = ("init", "build", "check", "serve", "clean", "theme")
"""Each is the command of this name in the module of this name, in the order of the help."""


class _Commands(click.Group):
    """A group that has its commands' modules loaded one by one: `build` has no use for `serve`."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  (click's signature)
        """Return the names of the commands, in the order of the help."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Return a command by its name, None where there is none."""
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"briefgen.cli.{cmd_name}"), cmd_name)
        return command


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version", message="briefgen %(version)s")
def cli() -> None:
    """Make a site of annotated briefings.

    Start with `briefgen init DIR`; then, in that folder, `briefgen serve`.
    """
