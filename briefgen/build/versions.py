"""The versions of installed libraries, found by the names of folders.

In: names of distributions. Out: their versions. `importlib.metadata` says the same, but loads the
standard library's e-mail parser for it, which costs a small build a tenth of its time; it is asked
only where a library lies there in another form.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable

_INFO, _EGG = ".dist-info", ".egg-info"


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
