"""Listing the files of a site.

In: the site's folder and its configuration. Out: every file by what it is, in a fixed order, each
with the signature by which a later run sees that it has changed. No file is opened. One walk by
`os.scandir`: 10,000 files cost about 50 ms.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Iterator
from operator import attrgetter
from pathlib import Path
from typing import TypeAlias

import msgspec

from briefgen.load.text import is_within
from briefgen.model.diagnostics import Diagnostic, Place, finding
from briefgen.model.site import SiteConfig


class Signature(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What the system knows of a file; it changes whenever the file does, within its clock."""

    size: int
    mtime_ns: int
    ctime_ns: int
    inode: int


class File(msgspec.Struct, frozen=True, array_like=True, order=True, gc=False):
    """A file of the site: its path from the site's folder on, with slashes."""

    path: str
    signature: Signature


FolderState: TypeAlias = tuple[Signature, ...]
"""What the system knows of a folder, and of the link that leads there; empty for nothing."""


class Listing(msgspec.Struct, frozen=True, array_like=True):
    """All files of a site by kind, each kind in the order of its paths."""

    briefings: tuple[File, ...] = ()
    entities: tuple[File, ...] = ()
    treaties: tuple[File, ...] = ()
    sources: tuple[File, ...] = ()
    topics: tuple[File, ...] = ()
    pages: tuple[File, ...] = ()
    static: tuple[File, ...] = ()
    seeds: tuple[File, ...] = ()  # raw articles, by habit; `article:` may name any file
    assets: tuple[File, ...] = ()  # beside Markdown files: images, mostly
    strays: tuple[File, ...] = ()  # anywhere else under `content/`, where nothing is looked for
    diagnostics: tuple[Diagnostic, ...] = ()
    folders: tuple[tuple[str, FolderState], ...] = ()  # that were looked into, as they stood then

    def files(self) -> Iterator[File]:
        """Every file, kind by kind."""
        for kind in KINDS:
            yield from getattr(self, kind)


KINDS = Listing.__struct_fields__[:-2]
_LISTS = (".md", ".yml", ".yaml")
_ENDINGS = {
    "briefings": (".md",),
    "entities": _LISTS,
    "treaties": _LISTS,
    "sources": (".yml", ".yaml", ".json", ".bib"),
    "topics": _LISTS,
    "pages": (".md",),
    "static": ("",),  # all of them
    "seeds": ("",),
}
LEFTOVER = re.compile(
    r"\..*|.*~|.*\.(?:sw[a-px]|tmp)|.*___jb_(?:tmp|old|bak)___|#.*#|4913|Thumbs\.db|desktop\.ini",
    re.DOTALL,
)
WANTED_BY_SERVERS = frozenset((".well-known", ".htaccess"))


def scan(root: Path, config: SiteConfig) -> Listing:
    """List the files of the site in `root`, its folder, resolved.

    Hidden files and what editors leave behind are passed over. A link that leads out of the site
    (path-outside-site), nowhere, or to a folder that is listed already (file-unreadable), and a
    name that is not UTF-8 (file-encoding), is reported and passed over. A folder that is missing
    is empty.
    """
    walk = _Walk(root)
    found: dict[str, list[File]] = {name: [] for name in KINDS}
    folders = [(kind, f"content/{kind}") for kind in _ENDINGS if kind not in ("pages", "seeds")]
    folders += [("pages", folder) for folder in _outermost(config.pages)]
    folders.append(("seeds", "seeds"))
    for kind, folder in folders:
        endings = _ENDINGS[kind]
        of_kind, others = found[kind], found["assets"]
        for file in walk.files(folder, is_static=kind == "static"):
            (of_kind if file.path.lower().endswith(endings) else others).append(file)
    strays = _StrayWalk(walk.root, folders)
    found["strays"] += strays.files("content", is_static=False)
    lists = {kind: tuple(sorted(files, key=_path)) for kind, files in found.items()}
    states = tuple((strays.folders | walk.folders).items())
    return Listing(**lists, diagnostics=tuple(sorted(walk.found)), folders=states)


def state_of_folder(path: str) -> FolderState:
    """What the system knows of a folder now."""
    try:
        found = [os.lstat(path)]
        if stat.S_ISLNK(found[0].st_mode):
            found.append(os.stat(path))  # noqa: PTH116 - one system call
    except (OSError, ValueError):
        return ()
    return tuple(map(_signature, found))


def _signature(found: os.stat_result) -> Signature:
    return Signature(found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)


_path = attrgetter("path")


def ancestors_of(path: str) -> Iterator[str]:
    """The folders of the site that a path lies in, the nearest first; not the site's own."""
    while path := path.rpartition("/")[0]:
        yield path


def _outermost(folders: tuple[str, ...]) -> list[str]:
    """Folders that no other one of them holds, so that no file is listed twice."""
    names = sorted({folder.strip("/") for folder in folders})
    return [name for name in names if not any(name.startswith(f"{other}/") for other in names)]


class _Walk:
    """One walk over folders of the site, which remembers the linked ones it has been to."""

    def __init__(self, root: Path | str) -> None:
        self.root = os.path.realpath(root)
        self.found: list[Diagnostic] = []
        self.folders: dict[str, FolderState] = {}
        self._linked: set[str] = set()

    def files(self, folder: str, *, is_static: bool) -> Iterator[File]:
        top = os.path.join(self.root, folder)  # noqa: PTH118
        for above in ancestors_of(folder):
            self._note(above)
        if os.path.islink(top) and not self._may_follow(top, folder):  # noqa: PTH114
            return
        pending = [folder]
        while pending:
            path = pending.pop()
            self._note(path)
            try:
                entries = os.scandir(os.path.join(self.root, path))  # noqa: PTH118
            except FileNotFoundError:
                continue
            except OSError as error:
                self._report("file-unreadable", path, f"can't be read: {_reason(error)}")
                continue
            with entries:
                for entry in entries:
                    name = entry.name
                    if LEFTOVER.fullmatch(name) and not (is_static and name in WANTED_BY_SERVERS):
                        continue
                    file = self._file(entry, f"{path}/{name}", pending)
                    if file is not None:
                        yield file

    def _file(self, entry: os.DirEntry[str], path: str, pending: list[str]) -> File | None:
        """Return an entry that is a file; put one that is a folder with those to come."""
        if not path.isascii() and not _is_utf8(path):
            like = os.fsencode(entry.name).decode("cp1252", "replace")  # as it is most often meant
            advice = f"Rename it, to `{like}` perhaps." if "\ufffd" not in like else "Rename it."
            self._report("file-encoding", path, "has a name that is not UTF-8", advice)
            return None
        if entry.is_symlink() and not self._may_follow(entry.path, path):
            return None
        try:
            status = entry.stat()
        except OSError as error:
            self._report("file-unreadable", path, f"can't be read: {_reason(error)}")
            return None
        mode = status.st_mode
        if stat.S_ISREG(mode):
            return File(path, _signature(status))
        if stat.S_ISDIR(mode):
            pending.append(path)
        else:
            self._report("file-unreadable", path, "is neither a file nor a folder")
        return None

    def _note(self, folder: str) -> None:
        if folder not in self.folders:
            self.folders[folder] = state_of_folder(os.path.join(self.root, folder))  # noqa: PTH118

    def _may_follow(self, link: str, path: str) -> bool:
        """Whether a link leads to a file, or a folder not seen yet, of the site."""
        target = os.path.realpath(link)
        if not is_within(target, self.root):
            problem = "is a link out of the site's folder"
            self._report("path-outside-site", path, problem, "Put the file itself there.")
            return False
        if not os.path.isdir(target):  # noqa: PTH112
            return True
        # A folder that holds the link would be walked for ever, and two that link to one another.
        if is_within(link, target) or target in self._linked:
            self._report("file-unreadable", path, "is a link to a folder that is listed already")
            return False
        self._linked.add(target)
        return True

    def _report(self, code: str, path: str, problem: str, help: str = "") -> None:
        shown = path if _is_utf8(path) else os.fsencode(path).decode("utf-8", "backslashreplace")
        self.found.append(finding(code, Place(shown), f"`{shown}` {problem}.", help))


class _StrayWalk(_Walk):
    """A walk over what other walks leave out; what can't be read there is no fault."""

    def __init__(self, root: str, folders: Iterable[tuple[str, str]]) -> None:
        """`folders` are those of other walks, each behind its kind."""
        super().__init__(root)
        self._known = {folder.casefold(): folder for _, folder in folders}

    def _file(self, entry: os.DirEntry[str], path: str, pending: list[str]) -> File | None:
        if entry.is_symlink() or self._is_known(path):
            return None
        return super()._file(entry, path, pending)

    def _is_known(self, path: str) -> bool:
        """Whether a path is one of the folders, under another name too where the disk says so."""
        known = self._known.get(path.casefold())
        if known is None or known == path:
            return known is not None
        there, here = (os.path.join(self.root, one) for one in (known, path))  # noqa: PTH118
        return os.path.exists(there) and os.path.samefile(there, here)  # noqa: PTH110, PTH121


def _is_utf8(path: str) -> bool:
    """Whether a name of the disk is text; bytes that are none come as lone surrogates."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True


def _reason(error: OSError) -> str:
    return (error.strerror or "the system refused").lower()
