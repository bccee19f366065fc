"""Files that lie where nothing reads them: what an author wrote there is not on the site.

In: the paths of the files that a listing has no use for. Out: diagnostics, one for each folder or
file. Images that no page shows are not among them: nobody waits for those.
"""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from urllib.parse import unquote

from briefgen.model.diagnostics import Diagnostic, Place, finding
from briefgen.model.facts import Writing
from briefgen.model.nearest import did_you_mean

_FOLDERS = ("briefings", "entities", "treaties", "sources", "topics", "pages", "static")
_MARKDOWN = (".markdown", ".mdown", ".mkd", ".mdx", ".md.txt", ".txt", ".text")
_WRITTEN = (
    *_MARKDOWN, ".md", ".rst", ".html", ".htm", ".yml", ".yaml", ".json", ".bib", ".csv", ".doc",
    ".docx", ".odt", ".rtf",
)  # fmt: skip
"""Endings of files that someone wrote to be read."""


def check_unused(
    strays: Iterable[str], assets: Iterable[str], used: Collection[str]
) -> Iterator[Diagnostic]:
    """Yield what nothing reads. Emits file-unused.

    `strays` lie under `content/`, but in none of its folders; `assets` beside pages; `used` are
    files that pages name. All are paths relative to the site. A README is for those who work there.
    """
    lost = [path for path in strays if path not in used and not _is_readme(path)]
    folders = Counter(path.split("/")[1] for path in lost if path.count("/") > 1)
    for name, count in sorted(folders.items()):
        yield _unread_folder(f"content/{name}", count)
    for path in lost:
        if path.count("/") == 1:
            help_ = "Put it into the folder where it belongs: `content/briefings/`, say."
            yield finding("file-unused", Place(path), f"Nothing reads `{path}`.", help_)
    for path in assets:
        if path.lower().endswith(_WRITTEN) and path not in used and not _is_readme(path):
            yield finding("file-unused", Place(path), f"Nothing reads `{path}`.", _mend(path))


def check_briefings(files: Collection[object], config_path: str) -> Iterator[Diagnostic]:
    """Yield a word on a site without any file of a briefing. Emits no-briefings."""
    if not files:
        yield finding(
            "no-briefings",
            Place(config_path),
            "The site has no briefings.",
            "They lie in `content/briefings/`, in files that end in `.md`.",
        )


def named_files(writings: Iterable[tuple[str, Writing]]) -> set[str]:
    """The files that texts link to or show; each writing comes behind the path of its file."""
    found = set()
    for path, writing in writings:
        targets = [image.target for image in writing.images]
        targets += [link.target for link in writing.links if not link.is_wiki]
        for target in targets:
            below = unquote(target.partition("#")[0].partition("?")[0])
            found.add(posixpath.normpath(posixpath.join(posixpath.dirname(path), below)))
    return found


def _unread_folder(folder: str, count: int) -> Diagnostic:
    files = "the file in it is" if count == 1 else f"the {count} files in it are"
    return finding(
        "file-unused",
        Place(folder),
        f"Nothing reads the folder `{folder}`, so {files} not on the site.",
        did_you_mean(folder.partition("/")[2], _FOLDERS)
        or "Name it under `pages:` in briefgen.yml, or move it to `content/static/`, which is "
        "copied as it is, or out of `content/`.",
    )


def _mend(path: str) -> str:
    lower = path.lower()
    ending = next((one for one in _MARKDOWN if lower.endswith(one)), None)
    if ending is not None and not path.startswith("content/sources/"):
        name = posixpath.basename(path)[: -len(ending)] + ".md"
        return f"If it is a page, rename it `{name}`; a raw article is named by `article:`."
    kind = path.split("/")[1]
    endings = "`.yml`, `.yaml`, `.json` or `.bib`" if kind == "sources" else "`.md`"
    if kind in ("entities", "treaties", "topics"):
        endings = "`.md`, `.yml` or `.yaml`"
    return f"Files that are read here end in {endings}. Link to it from a page, or move it away."


def _is_readme(path: str) -> bool:
    return posixpath.basename(path).casefold().partition(".")[0] == "readme"
