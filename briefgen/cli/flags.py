"""The flags that commands share, named as MkDocs and Hugo name theirs."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from briefgen.cli.session import Format, Session, Verbosity
from briefgen.model.dates import Day

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


_ONE_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _day(_ctx: click.Context, _param: click.Parameter, value: str | None) -> Day | None:
    """Take a calendar date known to the day; anything else is a usage error."""
    if value is None:
        return None
    if not _ONE_DAY.fullmatch(value):
        raise click.BadParameter(f"{value!r} is not one day: write 2021-01-26")
    try:
        return Day.parse(value)
    except ValueError as error:
        raise click.BadParameter(str(error)) from None


def together(*decorators: Decorator) -> Decorator:
    """Return one decorator that adds several options, the first one first in the help."""

    def decorate(command: Callable[..., Any]) -> Callable[..., Any]:
        for decorator in reversed(decorators):
            command = decorator(command)
        return command

    return decorate


config_flag = click.option(
    "-f",
    "--config-file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The configuration; its folder is the site's.  [default: briefgen.yml]",
)

site_dir_flag = click.option(
    "-d",
    "--site-dir",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where the site is written.  [default: `output` in the configuration, else site]",
)

cache_dir_flag = click.option(
    "--cache-dir",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where builds keep what the next one can reuse, in a folder for each site.  "
    "[default: .briefgen in the site]",
)

selection_flags = together(
    click.option("-D", "--drafts", is_flag=True, help="Build drafts too."),
    click.option("--future", is_flag=True, help="Build what is to be published later too."),
    click.option(
        "--as-of",
        callback=_day,
        metavar="DATE",
        help="The day the site is read on: statuses, what is published.  [default: today]",
    ),
)

base_url_flag = click.option(
    "-u",
    "--base-url",
    metavar="URL",
    help="The address the site is published at, in place of `url` in the configuration.",
)

strict_flag = click.option("-s", "--strict", is_flag=True, help="Let warnings fail, as errors do.")

jobs_flag = click.option(
    "-j",
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="Worker processes.  [default: by the work and the machine]",
)

verbosity_flags = together(
    click.option("-q", "--quiet", is_flag=True, help="Show errors only."),
    click.option("-v", "--verbose", is_flag=True, help="Say more: notices, what was done, times."),
)

format_flag = click.option(
    "--format",
    type=click.Choice([str(one) for one in Format]),
    default=str(Format.TEXT),
    show_default=True,
    help="How findings are written: for people, for programs, for GitHub Actions.",
)


def set_up(session: Session, params: dict[str, Any]) -> None:
    """Take the flags on what is said out of a command's parameters into the session.

    Raises click.UsageError where both more and less is asked for.
    """
    quiet, verbose = params.pop("quiet"), params.pop("verbose")
    if quiet and verbose:
        raise click.UsageError("--quiet and --verbose exclude each other: choose one.")
    session.format = Format(params.pop("format", Format.TEXT))
    if quiet:
        session.verbosity = Verbosity.QUIET
    elif verbose:
        session.verbosity = Verbosity.VERBOSE
