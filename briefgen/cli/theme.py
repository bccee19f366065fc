"""`briefgen theme eject`: templates of the built-in theme as a site's own, to be changed there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from briefgen.cli import flags
from briefgen.cli.frame import visible
from briefgen.cli.session import Session

LABELS = "dossier.pot"
"""The list of all labels, for translators."""


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
    overwritten. Without a TEMPLATE the templates are listed. dossier.pot, which goes into locale/,
    has all labels for a translation to begin with.
    """
    from briefgen.build.theme import built_in_theme  # noqa: PLC0415  (`--version` has no use for it)
    from briefgen.cli.request import (  # noqa: PLC0415
        SiteFlags,
        build_options,
        require_configuration,
    )

    folder = built_in_theme()
    names = sorted(one.relative_to(folder).as_posix() for one in folder.glob("templates/**/*.html"))
    known = {name.removeprefix("templates/"): name for name in names}
    if is_all and templates:
        raise click.UsageError("--all copies every template: name none beside it.")
    if not is_all and not templates:
        for name in known:
            session.say(name)
        return 0
    options = build_options(SiteFlags(**params), session)
    require_configuration(options)
    chosen = tuple(known) if is_all else tuple(dict.fromkeys(templates))
    known[LABELS] = f"locale/{LABELS}"
    _refuse(chosen, known, options.root)
    for name in chosen:
        copy = options.root / known[name]
        try:
            copy.parent.mkdir(parents=True, exist_ok=True)
            with copy.open("xb") as file:
                file.write((folder / known[name]).read_bytes())
        except OSError as error:
            raise click.UsageError(f"can't copy: {error.strerror}: {copy.parent}") from None
        session.say(f"Made {visible(session.shown(copy))}")
    return 0


def _refuse(names: tuple[str, ...], known: dict[str, str], root: Path) -> None:
    """Raise click.UsageError for a file that isn't, or that the site has; nothing is copied."""
    from briefgen.model.nearest import did_you_mean  # noqa: PLC0415

    for name in names:
        if name not in known:
            help_ = did_you_mean(name, list(known)) or "`briefgen theme eject` lists them."
            raise click.UsageError(f"The built-in theme has no template `{name}`. {help_}")
    for folder in ("templates", "locale"):
        there = [
            name
            for name in names
            if known[name].startswith(f"{folder}/") and (root / known[name]).exists()
        ]
        if there:
            raise click.UsageError(
                f"{folder}/ has {', '.join(there)} already, and nothing in it is overwritten: move "
                "it away first, or name other templates."
            )
