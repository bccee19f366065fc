"""The output's paths: what briefgen writes itself, and what would write over it.

In: the index. Out: paths of files in the output, and diagnostics. Two paths clash where they are
one, where a disk that ignores case and Unicode form takes them for one, and where one is a file
and the other a folder.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from briefgen.link.routes import folded
from briefgen.model.diagnostics import Diagnostic, Place, finding
from briefgen.model.index import ANNOTATIONS_FILE, SiteIndex, page_in_words

STATIC = "content/static/"

_ALWAYS = (".nojekyll", "404.html", "robots.txt", "data/briefings.json", "data/entities.json",
           "data/events.json", "data/mentions.json", "data/treaties.json")  # fmt: skip
SEARCH_INDEX = "pagefind"
"""The folder of the output that is Pagefind's."""

_OWN = "a file of briefgen's own"
_FEEDS = {"topics": "topic", "entities": "entity", "treaties": "treaty"}


class Taken:
    """The paths of the output that are taken, each with what takes it, in words."""

    def __init__(self) -> None:
        """Begin with none."""
        self._files: dict[str, tuple[str, str]] = {}
        self._folders: dict[str, tuple[str, str]] = {}

    def add(self, path: str, words: str) -> None:
        """Note that a file goes to a path; of two at one path the first is kept."""
        file = folded(path)
        self._files.setdefault(file, (path, words))
        for folder in _folders(file):
            if folder in self._folders:
                break
            self._folders[folder] = (path, words)

    def by(self, path: str) -> str:
        """What is in the way of a file at a path; empty where nothing is."""
        file = folded(path)
        found = self._files.get(file) or self._folders.get(file)
        if found is None:
            found = next((self._files[f] for f in _folders(file) if f in self._files), None)
        if found is None:
            return ""
        other, words = found
        is_alike = folded(other) == file and other != path
        return f"{words} on disks that ignore case" if is_alike else words


def _folders(path: str) -> Iterator[str]:
    """The folders that a path lies in, the nearest first."""
    while "/" in path:
        path = path.rpartition("/")[0]
        yield path


def file_of(path: str) -> str:
    """The file in the output that a page's path from the site's root leads to."""
    return path + "index.html" if path.endswith("/") or not path else path


def own_outputs(index: SiteIndex) -> Iterator[tuple[str, str]]:
    """Every file that briefgen writes itself, with what it is in words, redirects left out.

    Of the search index, whose files have names of Pagefind's, its folder.
    """
    for key, path in index.routes.items():
        yield file_of(path), page_in_words(key)
    for path in (*_ALWAYS, *_feeds(index)):
        yield path, _OWN
    if index.config.search:
        yield SEARCH_INDEX, "the search index"
    for id_, facts in index.briefings.items():
        if facts.annotations:
            yield _beside(index.routes[f"briefing:{id_}"], ANNOTATIONS_FILE), _OWN
    years = {
        (note.date or facts.date).year
        for facts in index.briefings.values()
        for note in facts.annotations
    }
    base = index.routes["list:annotations"].removesuffix("index.html")
    for year in years:
        yield f"{base}{year}/index.html", "the page of a year's annotations"


def _feeds(index: SiteIndex) -> Iterator[str]:
    config = index.config
    if config.url is None:
        return
    yield "sitemap.xml"
    if "site" in config.feeds:
        yield "feed.xml"
    kinds = {kind for name, kind in _FEEDS.items() if name in config.feeds}
    for key, path in index.routes.items():
        if key.partition(":")[0] in kinds:
            yield _beside(path, "feed.xml")


def _beside(path: str, name: str) -> str:
    return path.removesuffix("index.html") + name


def taken_outputs(index: SiteIndex) -> Taken:
    """The paths of what briefgen writes itself, redirects left out."""
    taken = Taken()
    for path, words in own_outputs(index):
        taken.add(path, words)
    return taken


def check_copies(
    index: SiteIndex, copies: Mapping[str, str], theme: Iterable[str]
) -> list[Diagnostic]:
    """Report (static-collision) files of the site that would write over another file.

    Args:
        index: The site.
        copies: The files to be copied, path in the site -> path in the output.
        theme: The paths in the output of the theme's own files.
    """
    found: list[Diagnostic] = []
    if not copies:
        return found
    taken = taken_outputs(index)
    for path in theme:
        taken.add(path, "a file of the theme")
    for source, path in sorted(copies.items()):
        holder = taken.by(path)
        if holder:
            message = f"Its place in the output, `{path}`, is that of {holder}."
            found.append(finding("static-collision", Place(source), message, "Rename the file."))
        taken.add(path, f"`{source}`")
    return found
