"""`briefgen clean`: what builds have made is taken away; what authors have written stays."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from briefgen.cli import flags
from briefgen.cli.frame import visible
from briefgen.cli.session import Session, Verbosity
from briefgen.cli.tally import plural

if TYPE_CHECKING:
    from briefgen.build.clean import CleanResult

_NAMED = 3


@click.command(short_help="Remove what was built, and the cache.")
@flags.config_flag
@flags.site_dir_flag
@flags.cache_dir_flag
@click.option("--cache", "cache_only", is_flag=True, help="Remove only the cache.")
@flags.verbosity_flags
@click.pass_obj
def clean(session: Session, /, cache_only: bool, **params: Any) -> int:
    """Remove the cache in .briefgen/ and the files of the built site.

    Of the output folder only those files go that briefgen has written: it keeps a list of them
    there. All others stay.
    """
    flags.set_up(session, params)
    from briefgen.build.clean import clean as remove  # noqa: PLC0415  (`--version` removes nothing)
    from briefgen.cli.request import (  # noqa: PLC0415
        SiteFlags,
        build_options,
        require_configuration,
    )

    options = build_options(SiteFlags(**params), session)
    require_configuration(options)
    result = remove(
        options,
        cache_only=cache_only,
        waits=lambda: session.complain("waiting for a build of this site to end"),
    )
    if session.verbosity is not Verbosity.QUIET:
        for line in _lines(result, session):
            session.say(line)
    return 0


def _lines(result: CleanResult, session: Session) -> Iterator[str]:
    output = visible(session.shown(result.output))
    cleaned = result.cleaned
    removed = []
    if cleaned is not None and cleaned.removed:
        removed.append(f"{plural(cleaned.removed, 'file')} of {output}/")
    if result.has_state:
        removed.append(f"the cache in {visible(session.shown(result.state))}/")
    yield f"Removed {' and '.join(removed)}" if removed else "There was nothing to remove"
    if cleaned is not None and cleaned.left:
        why = "not briefgen's" if cleaned.is_listed else "in no list of what briefgen wrote"
        yield f"Left as they are, for they are {why}: {_names(cleaned.left, output)}"


def _names(left: tuple[str, ...], output: str) -> str:
    names = ", ".join(f"{output}/{visible(name)}" for name in left[:_NAMED])
    more = len(left) - _NAMED
    return f"{names} and {plural(more, 'other')}" if more > 0 else names
