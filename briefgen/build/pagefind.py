"""Pagefind: where it is, and one run of it over a folder of pages.

In: a folder of HTML files. Out: a folder with the index that browsers load. Pagefind is a program
that comes in a wheel (`pip install 'briefgen[search]'`). Its own Python wrapper is left aside: it
waits a tenth of a second for each page that it is handed.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterable
from contextlib import suppress
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

_PACKAGES = ("pagefind_bin_extended", "pagefind_bin")
"""The wheels that hold the program; the first also takes Chinese and Japanese apart into words."""


class IndexingError(Exception):
    """Pagefind failed; the message is the last that it said."""


def find_program() -> Path | None:
    """The program, or None where it is not installed."""
    for name in _PACKAGES:
        with suppress(ImportError, FileNotFoundError):
            found: Path = import_module(name).get_executable()
            return found
    return None


def program_version() -> str:
    """The package and version of the program that `find_program` finds; "" for none."""
    for name in _PACKAGES:
        with suppress(PackageNotFoundError):
            return f"{name} {version(name)}"
    return ""


def run_pagefind(
    program: Path, pages: Path, output: Path, root: str, excluded: Iterable[str], *, as_file: bool
) -> None:
    """Index the HTML files of the folder `pages` into the folder `output`.

    `root` is the name of the element that is indexed, `excluded` are the selectors of what is left
    out of it; with `as_file` the addresses of results keep their `index.html`. Raises
    IndexingError.
    """
    command = [str(program), "--silent", "--site", str(pages), "--output-path", str(output)]
    command += ["--root-selector", root]
    for selector in excluded:
        command += ["--exclude-selectors", selector]
    if as_file:
        command.append("--keep-index-url")
    try:
        done = subprocess.run(  # noqa: S603 - a program of the installation, no shell
            command, stdin=subprocess.DEVNULL, capture_output=True, check=False
        )
    except OSError as error:
        raise IndexingError(error.strerror or str(error)) from error
    if done.returncode != 0:
        said = (done.stderr or done.stdout).decode(errors="replace").split("\n")
        lines = [line.strip() for line in said if line.strip()]
        raise IndexingError(lines[-1] if lines else f"it ended with {done.returncode}")
