"""`briefgen init DIR`: a small site that works, to begin from.

The files lie in `starter/` and are copied as they are, but for the version in requirements.txt.
"""

from __future__ import annotations

from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from shlex import quote

import click

from briefgen import __version__
from briefgen.cli.frame import visible
from briefgen.cli.session import Session

VERSION_MARK = b"@VERSION@"


@click.command(short_help="Make a small working site in a new folder.")
@click.argument("directory", metavar="DIR", type=click.Path(path_type=Path))
@click.pass_obj
def init(session: Session, /, directory: Path) -> int:
    """Make a small working site in the folder DIR, which must be new or empty."""
    folder = session.folder / directory
    make_site(folder)
    where = visible(quote(str(directory)))
    session.say(f"Made a site in {visible(str(directory))}. Next:")
    session.say()
    enter = [] if folder.resolve() == session.folder.resolve() else [f"cd {where}"]
    for step in [*enter, "briefgen serve --open", "briefgen build"]:
        session.say(f"  {step}")
    session.say()
    session.say("The briefing is in content/briefings/, its raw article in seeds/. To publish on")
    session.say(
        "GitHub Pages, push the folder to a repository whose Pages source is GitHub Actions."
    )
    session.say("briefgen is not on PyPI yet: requirements.txt says how GitHub gets it.")
    return 0


def make_site(folder: Path) -> None:
    """Copy the starter into a folder, made where it is missing.

    Raises click.UsageError where the folder holds anything, is no folder, or can't be written.
    """
    try:
        if folder.exists() and not folder.is_dir():
            raise click.UsageError(f"{folder.name} is a file: name a folder that is new or empty.")
        if folder.is_dir() and any(folder.iterdir()):
            raise click.UsageError(
                f"{folder.name} is not empty, and nothing in it is overwritten: name a folder "
                "that is new or empty. A folder that has a briefgen.yml is a site already: "
                "go there and run `briefgen serve`."
            )
        folder.mkdir(parents=True, exist_ok=True)
        _copy(resources.files("briefgen.cli").joinpath("starter"), folder)
    except OSError as error:
        raise click.UsageError(f"can't make the site: {error.strerror}: {folder}") from None


def _copy(source: Traversable, target: Path) -> None:
    for entry in source.iterdir():
        copy = target / entry.name
        if entry.is_dir():
            copy.mkdir()
            _copy(entry, copy)
        else:
            copy.write_bytes(entry.read_bytes().replace(VERSION_MARK, __version__.encode()))
