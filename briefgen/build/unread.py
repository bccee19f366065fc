"""What files in error would describe: the ids that stand in them and that nothing else has.

In: the index and what is wrong in the files that were read. Out: the index, which tells of such
an id where it would come from. A fault in one file makes dozens of others name what is not there;
none of that is held back, but each is told where its cause may be. An id counts only where the
file gives it to what it describes. Where a file can't be parsed its text is searched for such ids,
which may err; the index knows of which files that is true.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from briefgen.load.front_matter import split
from briefgen.load.identity import id_of_path, normalise
from briefgen.load.text import FRONT_MATTER_LIMIT, PAGE_LIMIT, read
from briefgen.load.yaml_nodes import compose
from briefgen.model.diagnostics import Diagnostic, Level
from briefgen.model.index import SiteIndex

_FOLDERS = {
    "content/briefings/": "briefing",
    "content/entities/": "entity",
    "content/treaties/": "treaty",
    "content/sources/": "source",
    "content/topics/": "topic",
}
_OWN_ID = re.compile(r"""^id[ \t]*:[ \t]*["']?([^\s"',{}\[\]#]+)""", re.MULTILINE)
_KEY = re.compile(r"""^["']?([^\s"'#:{}\[\],-][^\s"':{}\[\],]*)["']?[ \t]*:""", re.MULTILINE)
_ENTRY = re.compile(  # of BibTeX
    r"^[ \t]*@(?!(?:comment|string|preamble)\b)\w+[ \t]*\{[ \t]*([^\s,{}]+)",
    re.MULTILINE | re.IGNORECASE,
)
_ITEM = re.compile(r"([ \t]*)-([ \t]+|$)(.*)")
_TOKEN = re.compile(r""""(?:[^"\\\n]|\\.)*"|'[^'\n]*'|[{}\[\],:]|[^\s"'{}\[\],:]+|["']""")
_ID_KEYS = frozenset({"id", "citation-key"})
_SIGNS = frozenset("{}[],:")


def with_unread(index: SiteIndex, found: Iterable[Diagnostic], root: Path) -> SiteIndex:
    """Return the index with the ids that files in error have; `found` is what is wrong in files."""
    paths = sorted({one.place.path for one in found if one.level is Level.ERROR})
    pages = tuple(f"{folder}/" for folder in index.config.pages)
    unread: dict[str, str] = {}
    guessed: set[str] = set()
    for path in paths:
        kind = next((kind for folder, kind in _FOLDERS.items() if path.startswith(folder)), "")
        kind = kind or ("page" if path.startswith(pages) else "")
        if not kind:
            continue
        if path not in index.paths:
            unread.setdefault(path, path)
        ids, is_sure = _ids(root, path, kind)
        if not is_sure:
            guessed.add(path)
        for id_ in ids:
            if not _is_there(index, kind, id_):
                unread.setdefault(f"{kind}:{id_}", path)
    if not unread:
        return index
    return msgspec.structs.replace(index, unread=unread, guessed=frozenset(guessed))


def _is_there(index: SiteIndex, kind: str, id_: str) -> bool:
    key = f"{kind}:{id_}"
    if kind in ("entity", "treaty"):
        return index.named(id_) is not None
    is_source = kind == "source" and id_ in index.sources  # which need have no page
    return is_source or key in index.routes or key in index.withheld


def _ids(root: Path, path: str, kind: str) -> tuple[list[str], bool]:
    """The ids that a file gives to what it describes, and whether it could be parsed for them."""
    data, _ = read(root, path, PAGE_LIMIT)
    text = data.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
    ending = path.rpartition(".")[2].casefold()
    if ending == "md":
        return _id_of_page(text, path)
    is_sure = False
    ids: Iterable[str]
    if ending == "bib":
        ids = (match[1] for match in _ENTRY.finditer(text))
    elif ending == "json":
        from briefgen.load.csl_json import read_csl_json  # noqa: PLC0415  (few sites have any)

        entries, _ = read_csl_json(text, path)
        is_sure = bool(entries)
        ids = [entry.id for entry in entries] if entries else _flow_ids(text)
    else:
        document, _ = compose(text, path)
        is_sure = document is not None
        if document is not None:
            ids = _given(document.data, is_mapping=kind == "source")
        elif kind == "source":
            ids = (match[1] for match in _KEY.finditer(text))
        else:
            ids = _listed_ids(text)
    return [normalise(id_) for id_ in ids], is_sure


def _id_of_page(text: str, path: str) -> tuple[list[str], bool]:
    """The id of a file that is one page."""
    parts = split(text)
    # What is in error there may be the line that ends the front matter, or begins it.
    head = parts.yaml_text if parts else text.partition("\n\n")[0]
    if parts and len(head) <= FRONT_MATTER_LIMIT:
        document, _ = compose(head, path)
        if document is not None:
            given = [*_given(document.data, is_mapping=False)]
            return ([normalise(given[0])] if given else [id_of_path(path)]), True
    own = _OWN_ID.search(head)
    return [normalise(own[1]) if own else id_of_path(path)], False


def _given(data: object, *, is_mapping: bool) -> Iterator[str]:
    """The ids of the entries of what YAML gave: of a mapping from ids, a list, or one entry."""
    if is_mapping and isinstance(data, dict):
        yield from data
        return
    for entry in data if isinstance(data, list) else [data]:
        id_ = entry.get("id") if isinstance(entry, dict) else None
        if isinstance(id_, str):
            yield id_


def _listed_ids(text: str) -> Iterator[str]:
    """The ids of the entries of a list in YAML, as far as its lines can be made out."""
    if text.lstrip().startswith("["):
        yield from _flow_ids(text)
        return
    indent: str | None = None  # of all entries
    column: int | None = None  # of the keys of the entry that a line is in
    for line in text.split("\n"):
        words = line.strip()
        if not words or words.startswith("#"):
            continue
        item = _ITEM.match(line)
        if item and item[1] == (item[1] if indent is None else indent):
            indent, words = item[1], item[3].strip()
            column = item.start(3) if words else None
            if words.startswith("{"):
                yield from _flow_ids(re.sub(r"\s#.*", "", words))
        elif indent is None:
            continue
        else:
            own = len(line) - len(line.lstrip())
            column = own if column is None else column
            if own != column:
                continue
        found = _OWN_ID.match(words)
        if found:
            yield found[1]


def _flow_ids(text: str) -> Iterator[str]:
    """The ids of the mappings in braces that are no value of a key themselves."""
    opened: list[bool] = []  # whether each bracket is the value of a key
    nested = 0
    tokens = [*_TOKEN.findall(text), "", ""]
    before = ""
    for token, sign, value in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if token in ("{", "["):
            opened.append(before == ":")
            nested += opened[-1]
        elif token in ("}", "]"):
            nested -= opened.pop() if opened else 0
        is_key = sign == ":" and before in ("{", ",") and token.strip("\"'") in _ID_KEYS
        if is_key and opened and not nested and value not in _SIGNS:
            yield value.strip("\"'")
        before = token
