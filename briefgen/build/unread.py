"""What files in error would describe: the ids that stand in them and that nothing else has.

In: the index and what is wrong in the files that were read. Out: the index, which tells of such
an id where it would come from. A fault in one file makes dozens of others name what is not there;
none of that is held back, but each is told where its cause may be. Nothing is guessed: an id
counts only where the file writes it as one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from briefgen.load.identity import id_of_path, normalise
from briefgen.load.text import PAGE_LIMIT, read
from briefgen.model.diagnostics import Diagnostic, Level
from briefgen.model.index import SiteIndex

_FOLDERS = {
    "content/briefings/": "briefing",
    "content/entities/": "entity",
    "content/treaties/": "treaty",
    "content/sources/": "source",
    "content/topics/": "topic",
}
_ID = re.compile(r"""(?:^|[\s,{-])["']?id["']?[ \t]*:[ \t]*["']?([^\s"',{}\[\]#]+)""", re.MULTILINE)
_OWN_ID = re.compile(r"""^id[ \t]*:[ \t]*["']?([^\s"',{}\[\]#]+)""", re.MULTILINE)
_KEY = re.compile(r"""^["']?([^\s"'#:{}\[\],-][^\s"':{}\[\],]*)["']?[ \t]*:""", re.MULTILINE)
_ENTRY = re.compile(r"^[ \t]*@\w+[ \t]*\{[ \t]*([^\s,{}]+)", re.MULTILINE)  # of BibTeX


def with_unread(index: SiteIndex, found: Iterable[Diagnostic], root: Path) -> SiteIndex:
    """Return the index with the ids that files in error have; `found` is what is wrong in files."""
    paths = sorted({one.place.path for one in found if one.level is Level.ERROR})
    pages = tuple(f"{folder}/" for folder in index.config.pages)
    unread: dict[str, str] = {}
    for path in paths:
        kind = next((kind for folder, kind in _FOLDERS.items() if path.startswith(folder)), "")
        kind = kind or ("page" if path.startswith(pages) else "")
        if not kind:
            continue
        if path not in index.paths:
            unread.setdefault(path, path)
        for id_ in _ids(root, path, kind):
            if not _is_there(index, kind, id_):
                unread.setdefault(f"{kind}:{id_}", path)
    return msgspec.structs.replace(index, unread=unread) if unread else index


def _is_there(index: SiteIndex, kind: str, id_: str) -> bool:
    key = f"{kind}:{id_}"
    if kind in ("entity", "treaty"):
        return index.named(id_) is not None
    is_source = kind == "source" and id_ in index.sources  # which need have no page
    return is_source or key in index.routes or key in index.withheld


def _ids(root: Path, path: str, kind: str) -> Iterator[str]:
    """The ids that a file gives to what it describes, as far as its text can be made out."""
    data, _ = read(root, path, PAGE_LIMIT)
    text = data.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
    ending = path.rpartition(".")[2].casefold()
    pattern = _ID
    if ending == "md":
        own = _OWN_ID.search(text)
        yield normalise(own[1]) if own else id_of_path(path)
        return
    if ending == "bib":
        pattern = _ENTRY
    elif ending != "json" and kind == "source":
        pattern = _KEY
    yield from (normalise(match[1]) for match in pattern.finditer(text))
