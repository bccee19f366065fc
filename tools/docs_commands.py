"""The documentation of the command line, as click knows it.

In: the commands of `briefgen`. Out: Markdown. The words are those of `--help`, without its layout,
which depends on click's version.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click

from briefgen.cli.commands import cli

_DEFAULT = re.compile(r"\s*\[default: (.*)\]\s*\Z")


def _commands() -> list[click.Command]:
    """The commands in the order of the help; the group loads them when they are asked for."""
    context = click.Context(cli)
    found = (cli.get_command(context, name) for name in cli.list_commands(context))
    return [command for command in found if command is not None]


def _leaves(group: str, found: list[click.Command]) -> Iterator[tuple[str, click.Command]]:
    """The commands that do something, each with its whole name."""
    for command in found:
        name = f"{group} {command.name}"
        if isinstance(command, click.Group):
            yield from _leaves(name, [*command.commands.values()])
        else:
            yield name, command


def commands(_project: Path) -> str:
    """Every command, in the order in which they were added, with its flags."""
    return "\n\n".join(
        part for name, one in _leaves("briefgen", _commands()) for part in _command(name, one)
    )


def _command(name: str, command: click.Command) -> Iterator[str]:
    arguments = [p.make_metavar(click.Context(command)) for p in command.params
                 if isinstance(p, click.Argument)]  # fmt: skip
    options = [p for p in command.params if isinstance(p, click.Option)]
    yield "## " + " ".join([name, *arguments])
    yield _paragraphs(command.help or "")
    if options:
        yield "\n".join(map(_option, options))


def _paragraphs(text: str) -> str:
    return "\n\n".join(" ".join(part.split()) for part in re.split(r"\n\s*\n", text.strip()))


def _option(option: click.Option) -> str:
    value = _value(option)
    names = ", ".join(f"`{name}{value if name[:2] == '--' else ''}`" for name in option.opts)
    words = option.help or ""
    default = _DEFAULT.search(words)
    if default:
        words = f"{words[: default.start()]} Default: {default[1]}."
    elif option.show_default:
        words += f" Default: `{option.default}`."
    return f"- {names}: {words}"


def _value(option: click.Option) -> str:
    """What is written behind a flag: " FILE", " text|json", nothing for a switch."""
    if option.is_flag:
        return ""
    if option.metavar:
        return f" {option.metavar}"
    if isinstance(option.type, click.Choice):
        return " " + "|".join(map(str, option.type.choices))
    if isinstance(option.type, click.Path):
        return " FILE" if option.type.file_okay else " DIR"
    return " " + option.type.name.upper()
