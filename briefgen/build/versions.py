"""What results are made with: briefgen itself, Python and the libraries, by their versions.

In: names of distributions. Out: their versions, by the names of folders. `importlib.metadata` says
the same, but loads the standard library's e-mail parser for it, which costs a small build a tenth
of its time; it is asked only where a library lies there in another form.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import briefgen

LIBRARIES = (
    "ahocorasick-rs", "babel", "imagesize", "jinja2", "markdown-it-py", "mdit-py-plugins",
    "msgspec", "pyyaml", "rapidfuzz",
)  # fmt: skip
"""Libraries of which another version may give other results."""
EXTRAS = ("bibtexparser", "pagefind-bin", "pagefind-bin-extended", "pylatexenc", "tzdata")
"""The same of libraries that not everybody has, so that it matters too whether they are there."""
_INFO, _EGG = ".dist-info", ".egg-info"


def makers() -> str:
    """What tells results that are kept from those that would be made now."""
    versions = installed_versions(LIBRARIES) | versions_if_any(EXTRAS)
    libraries = " ".join(f"{name} {version}" for name, version in versions.items())
    python = ".".join(map(str, sys.version_info[:2]))
    own = f"{briefgen.__version__}{_edited(Path(briefgen.__file__).parent)}"
    return f"briefgen {own} python {python} {libraries}"


def _edited(package: Path) -> str:
    """What tells an installation that may be edited from itself before an edit; else nothing.

    An installed package changes with its version, and where that is another state of the same one,
    with the list of its files (PyPA, Recording installed projects). The sources of an editable one
    are told by the signatures of their files, which cost a millisecond or two.
    """
    found = hashlib.blake2b(digest_size=8)
    if not {"site-packages", "dist-packages"}.isdisjoint(package.parts):
        for record in package.parent.glob(f"{package.name}-*.dist-info/RECORD"):
            with suppress(OSError):
                found.update(record.read_bytes())
        return f"+{found.hexdigest()}"
    for folder in sorted((package, *(one for one in package.iterdir() if one.is_dir()))):
        for entry in sorted(os.scandir(folder), key=lambda one: one.name):
            if entry.name.endswith(".py"):
                state = entry.stat()
                found.update(f"{entry.path}\0{state.st_mtime_ns}\0{state.st_size}\0".encode())
    return f"+{found.hexdigest()}"


def installed_versions(names: Iterable[str]) -> dict[str, str]:
    """Return the version of each distribution, by its name, in the order of the names.

    The folder NAME-VERSION.dist-info is that of the standard (PyPA, Recording installed projects).
    Raises importlib.metadata.PackageNotFoundError where one is not installed.
    """
    known = _known((_INFO,))
    return {name: known.get(_normal(name)) or _asked(name) for name in names}


def versions_if_any(names: Iterable[str]) -> dict[str, str]:
    """The same of distributions that may not be installed: "" for those."""
    known = _known((_INFO, _EGG))
    return {name: known.get(_normal(name), "") for name in names}


def _known(endings: tuple[str, ...]) -> dict[str, str]:
    known: dict[str, str] = {}
    for folder in sys.path:
        for entry in _entries(folder):
            if entry.endswith(endings):
                name, _, version = entry.rpartition(".")[0].partition("-")
                known.setdefault(_normal(name), version)
    return known


def _entries(folder: str) -> list[str]:
    try:
        return os.listdir(folder or ".")  # noqa: PTH208 - names are what is asked for
    except OSError:
        return []  # an archive, or no folder at all


def _normal(name: str) -> str:
    return name.lower().replace("_", "-").replace(".", "-")


def _asked(name: str) -> str:
    from importlib.metadata import version  # noqa: PLC0415  (see above)

    return version(name)
