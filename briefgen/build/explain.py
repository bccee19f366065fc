"""`--explain PATH`: which pages an author means by a path, and what became of each.

In: paths as authors name pages, and what the walk over the pages said of them. Out: one
explanation for each page. Nothing is decided here, so what is said can't drift from what is done.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import msgspec

from briefgen.build.cache import StudyRow
from briefgen.build.result import Explanation
from briefgen.build.studies import Studies, decode_inputs
from briefgen.model.facts import Record
from briefgen.model.index import SiteIndex
from briefgen.model.nearest import did_you_mean
from briefgen.render.pages import plan_pages

_NO_PAGE = "no page has this address or file"


class Places(msgspec.Struct, frozen=True):
    """Where files of the site and of its output lie, as absolute paths."""

    root: Path
    output: Path


class Meant(msgspec.Struct, frozen=True):
    """What a path means: each page's file in the output, or why there is none."""

    files: tuple[str, ...] = ()
    why_none: str = ""


def find_pages(
    asked: Iterable[str], places: Places, index: SiteIndex, studies: Studies
) -> dict[str, Meant]:
    """Find the pages that paths mean, by path.

    A path is an address of the site (whole, or from its root on), or, from the site's folder on or
    absolute, a file of the output, a content file (all its pages, where it lists several things)
    or a raw article.
    """
    names = tuple(asked)
    files = {page.key: page.file for page in plan_pages(index)} if names else {}
    found = {name: _pages(name, places, index, studies, files) for name in names}
    return {
        name: Meant(pages, "" if pages else _why_none(name, places, index, files.values()))
        for name, pages in found.items()
    }


def _why_none(asked: str, places: Places, index: SiteIndex, files: Iterable[str]) -> str:
    """Why a path means no page."""
    place = Path(os.path.normpath(places.root / asked))
    left_out = index.withheld.get(_below(place, places.root))
    left_out = left_out or index.withheld.get(f"briefing:{_bare(asked).rpartition('/')[2]}")
    if left_out is not None and left_out.day is None:
        return f"{_NO_PAGE}, for it is a draft; `--drafts` shows it"
    if left_out is not None:
        return f"{_NO_PAGE}, for it waits for {left_out.day}; `--future` shows it"
    if place.exists():
        return f"{_NO_PAGE}{_what_it_is(place, places)}"
    known = (*(_bare(file) + "/" for file in files), *index.paths)
    return f"{_NO_PAGE}. {did_you_mean(_bare(asked), known)}".rstrip(". ")


def _what_it_is(place: Path, places: Places) -> str:
    """What there is instead of a page's file."""
    if not any(place.is_relative_to(one) for one in (places.root, places.output)):
        return ", for it lies outside of the site"
    if place.is_dir():
        return ", for it is a folder; name a file in it"
    if place.is_relative_to(places.output):
        return "; this one is made or copied in every build, and written where it differs"
    return ", nor is one made of it alone; name a page that may show it"


def _pages(
    asked: str, places: Places, index: SiteIndex, studies: Studies, files: Mapping[str, str]
) -> tuple[str, ...]:
    known = frozenset(files.values())
    place = os.path.normpath(places.root / asked)
    for address in _addresses(asked, Path(place), places.output, index.config.url or ""):
        for file in (f"{address}/index.html".lstrip("/"), address):
            if file in known:
                return (file,)
    path = _below(Path(place), places.root)
    return tuple(files[key] for key in _things(path, index, studies) if key in files)


def _addresses(asked: str, place: Path, output: Path, url: str) -> Iterator[str]:
    """The addresses that a path may mean, from the site's root on, without slashes at the ends."""
    if place.is_relative_to(output):
        yield _bare(_below(place, output))
    for base in (url, urlsplit(url).path):
        if base and asked.startswith(base):
            yield _bare(asked.removeprefix(base))
    yield _bare(asked)


def _bare(address: str) -> str:
    path = "/" + unquote(urlsplit(address).path).strip("/")
    return path.removesuffix("/index.html").strip("/")


def _below(place: Path, folder: Path) -> str:
    """A place from a folder on; empty where it does not lie inside."""
    return place.relative_to(folder).as_posix() if place.is_relative_to(folder) else ""


def _things(path: str, index: SiteIndex, studies: Studies) -> Iterator[str]:
    """The keys of all that is defined in a file, or made of it."""
    is_briefing = path in studies.rows  # where topics stand that have no file
    for id_, facts in index.briefings.items():
        if facts.path == path or (not is_briefing and _reads(path, studies.rows[facts.path])):
            yield f"briefing:{id_}"
    groups: Mapping[str, Mapping[str, Record[Any]]] = {
        "entity": index.entities, "treaty": index.treaties, "source": index.sources,
        "topic": index.topics, "page": index.pages,
    }  # fmt: skip
    for kind, records in groups.items() if not is_briefing else ():
        yield from (f"{kind}:{id_}" for id_, record in records.items() if record.path == path)


def _reads(path: str, row: StudyRow) -> bool:
    return any(path == file for file, _ in decode_inputs(row))


def explain(
    meant: Mapping[str, Meant], reasons: Mapping[str, str], kept: Mapping[str, str]
) -> tuple[Explanation, ...]:
    """Say of each page why it was rendered (`reasons`), or was not (`kept`), both by file."""
    found = []
    for asked, one in meant.items():
        if not one.files:
            found.append(Explanation(asked, "", False, one.why_none))
        for file in one.files:
            is_rendered = file in reasons
            reason = reasons[file] if is_rendered else kept[file]
            found.append(Explanation(asked, file, is_rendered, reason))
    return tuple(found)
