"""`briefgen theme eject`: templates of the built-in theme as a site's own, to be changed there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from briefgen.cli import flags
from briefgen.cli.frame import visible
from briefgen.cli.session import Session


@click.group(short_help="Take templates of the built-in theme over.")
def theme() -> None:
    """Work with the built-in theme."""


@theme.command(short_help="Copy templates of the built-in theme into templates/.")
@click.argument("templates", metavar="[TEMPLATE]...", nargs=-1)
@click.option("--all", "is_all", is_flag=True, help="Copy all of them.")
@flags.config_flag
@click.pass_obj
def eject(session: Session, /, templates: tuple[str, ...], is_all: bool, **params: Any) -> int:
    """Copy templates of the built-in theme into the folder templates/ of the site.

    There they take the place of the built-in ones, and don't change when briefgen does. No file is
    overwritten. Without a TEMPLATE the templates are listed.
    """
    from briefgen.build.theme import built_in_theme  # noqa: PLC0415  (`--version` has no use for it)
    from briefgen.cli.request import (  # noqa: PLC0415
        SiteFlags,
        build_options,
        require_configuration,
    )

    folder = built_in_theme() / "templates"
    known = {one.relative_to(folder).as_posix(): one for one in sorted(folder.rglob("*.html"))}
    if is_all and templates:
        raise click.UsageError("--all copies every template: name none beside it.")
    if not is_all and not templates:
        for name in known:
            session.say(name)
        return 0
    options = build_options(SiteFlags(**params), session)
    require_configuration(options)
    names = tuple(known) if is_all else tuple(dict.fromkeys(templates))
    target = options.root / "templates"
    _refuse(names, known, target)
    try:
        for name in names:
            copy = target / name
            copy.parent.mkdir(parents=True, exist_ok=True)
            with copy.open("xb") as file:
                file.write(known[name].read_bytes())
            session.say(f"Made {visible(session.shown(copy))}")
    except OSError as error:
        raise click.UsageError(f"can't copy: {error.strerror}: {target}") from None
    return 0


def _refuse(names: tuple[str, ...], known: dict[str, Path], target: Path) -> None:
    """Raise click.UsageError for a template that isn't, or that the site has; nothing is copied."""
    from briefgen.model.nearest import did_you_mean  # noqa: PLC0415

    for name in names:
        if name not in known:
            help_ = did_you_mean(name, list(known)) or "`briefgen theme eject` lists them."
            raise click.UsageError(f"The built-in theme has no template `{name}`. {help_}")
    there = [name for name in names if (target / name).exists()]
    if there:
        raise click.UsageError(
            f"templates/ has {', '.join(there)} already, and nothing in it is overwritten: move "
            "it away first, or name other templates."
        )
