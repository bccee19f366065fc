"""Which page an author would look at after a save: the one that is made of what was saved.

In go the versions before and after a rebuild, why pages were rendered and which files had changed,
out comes the page's path, or nothing where several would do: whoever edits many files at once, or a
template, wants to stay. Nothing here reads a file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

from briefgen.build.reasons import BRIEFING_PARTS
from briefgen.serve.versions import MISSING, Versions

_OWN_TEXT = f"{BRIEFING_PARTS[-1]} has changed"
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}-")
_INDEX = "index.html"


def page_to_show(
    old: Versions, new: Versions, reasons: Mapping[str, str], changed: Iterable[str]
) -> str | None:
    """Return the page to show, relative to the site and without `index.html`, or None.

    `reasons` are by the page's file, `changed` the files of the site, from its folder on.
    """
    pages = [
        path
        for path, digest in new.files.items()
        if path.endswith(".html") and path != MISSING and old.files.get(path) != digest
    ]
    rewritten = [path for path in pages if reasons.get(path) == _OWN_TEXT]
    sources = [PurePosixPath(path) for path in changed]
    for found in (rewritten, _named_alike(pages, sources), _of_the_kind(pages, sources), pages):
        if len(found) == 1:
            return found[0].removesuffix(_INDEX)
        if found and found is not pages:
            break
    return None


def _named_alike(pages: list[str], sources: list[PurePosixPath]) -> list[str]:
    """Pages whose folder has the name of a source, without its date."""
    names = {_DATE.sub("", source.stem, count=1) for source in sources}
    names |= {source.parent.name for source in sources if source.stem == "index"}
    return [path for path in pages if PurePosixPath(path).parent.name in names]


def _of_the_kind(pages: list[str], sources: list[PurePosixPath]) -> list[str]:
    """Pages of the kind that the sources define: those of `content/entities/` in `entities/`."""
    folders = {source.parts[1] for source in sources if source.parts[:1] == ("content",)}
    if any(source.parts[:1] == ("seeds",) for source in sources):
        folders.add("briefings")
    return [path for path in pages if folders & set(PurePosixPath(path).parts[:-2])]
