"""Linking a site that was read: the index of all that its pages say, and the checks of the whole.

In: a site as `reading` gives it. Out: the linked site, and every finding so far. Drafts and what
waits for its day are left out here, so no later step knows of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from briefgen.build.articles import with_near_articles
from briefgen.build.cache import Cache
from briefgen.build.checks import check_files, check_site, check_words
from briefgen.build.configure import config_path
from briefgen.build.findings import Wanted
from briefgen.build.images import with_sizes
from briefgen.build.labels import Labels, read_labels
from briefgen.build.options import BuildOptions
from briefgen.build.reading import Read, material_of
from briefgen.build.rendering import Material
from briefgen.build.snapshot import Style
from briefgen.build.stopwatch import Stopwatch
from briefgen.build.studies import Studies, decode_facts, decode_found, decode_inputs
from briefgen.build.study import RecordStudy
from briefgen.build.unread import with_unread
from briefgen.check.config import no_search_index
from briefgen.check.files import check_briefings, check_unused, named_files
from briefgen.check.labels import languages_of
from briefgen.link.index import build_index
from briefgen.load.scan import Listing
from briefgen.model.diagnostics import Diagnostic, Place, finding
from briefgen.model.facts import BriefingFacts, Loaded, Record
from briefgen.model.index import SiteIndex, Withheld


class Site(msgspec.Struct, frozen=True):
    """A studied and linked site."""

    index: SiteIndex
    studies: Studies
    records: dict[str, RecordStudy]  # by key
    listing: Listing
    ignored: dict[str, tuple[str, ...]]  # path of a file -> the rules that it ignores
    labels: Labels


def link_site(
    read: Read, wanted: Wanted, cache: Cache, watch: Stopwatch, *, is_check: bool = False
) -> tuple[Site, list[Diagnostic]]:
    """Link all that was read, and check it as a whole.

    `is_check`: no page is made of it, so that sources needn't be written out.
    """
    options, config, listing = read.inputs.options, read.inputs.config, read.inputs.listing
    with watch.stage("link"):
        facts = decode_facts(read.studies.rows)
        shown, withheld = choose(facts, options, ZoneInfo(config.timezone))
        index, faults = build_index(material_of(read, shown, withheld))
    found = [*listing.diagnostics, *read.loaded.diagnostics, *map(_waits, withheld), *faults]
    found += _of_studies(read)
    for record in read.records.values():
        found += record.diagnostics
    index = with_unread(index, found, options.root)
    with watch.stage("check"):
        found += check_site(index, wanted, config_path(options))
        found += check_files(options.root, index, config_path(options))
        found += _of_listing(read, facts)
        if config.search and read.inputs.indexer is None:
            found.append(no_search_index(config_path(options)))
        labels = read_labels(options.root, config.theme, languages_of(index), cache)
        found += labels.diagnostics
        found += check_words(
            options.root, index, config_path(options), labels.layers, cache, wanted
        )
    if style := read.inputs.style:
        with watch.stage("citations"):
            index, faults = _cited(index, style, config_path(options), cache, is_check=is_check)
        found += faults
    if not is_check:
        with watch.stage("link"):
            index = with_sizes(index, read.inputs, cache)
    ignored = _ignored(facts, read.loaded)
    return Site(index, read.studies, read.records, listing, ignored, labels), found


def _cited(
    index: SiteIndex, style: Style, path: str, cache: Cache, *, is_check: bool
) -> tuple[SiteIndex, list[Diagnostic]]:
    """The index with its sources as the citation style writes them out."""
    if style.fault is not None:
        return index, [style.fault]
    if is_check:
        return index, []
    from briefgen.build.citations import cite  # noqa: PLC0415 - few sites need it

    entries, found = cite(index, style, path, cache)
    return msgspec.structs.replace(index, citations=entries), found


def _of_studies(read: Read) -> Iterator[Diagnostic]:
    """What is wrong in the files of briefings."""
    files: list[str] | None = None
    for row in read.studies.rows.values():
        found = decode_found(row)
        if any(one.place.pointer == ("article",) for one in found):
            if files is None:
                files = [file.path for file in read.inputs.listing.seeds]
            found = with_near_articles(found, [path for path, _ in decode_inputs(row)], files)
        yield from found


def _of_listing(read: Read, facts: Iterable[BriefingFacts]) -> Iterator[Diagnostic]:
    """What is wrong with where files lie; `facts` are those of all briefings, left out or not.

    Emits file-unused and no-briefings.
    """
    listing = read.inputs.listing
    yield from check_briefings(listing.briefings, config_path(read.inputs.options))
    if not listing.strays and not listing.assets:
        return
    writings = [(one.path, one.writing) for one in facts]
    loaded = read.loaded
    groups: Iterable[tuple[str, Iterable[Record[Any]]]] = (
        ("entity", loaded.entities), ("treaty", loaded.treaties), ("topic", loaded.topics),
        ("page", loaded.pages),
    )  # fmt: skip
    for kind, records in groups:
        for record in records:
            study = read.records.get(f"{kind}:{record.id}")
            if study is not None:
                writings.append((record.path, study.writing))
    strays, assets = ([file.path for file in files] for files in (listing.strays, listing.assets))
    yield from check_unused(strays, assets, named_files(writings) | read.studies.others)


def _ignored(facts: Iterable[BriefingFacts], loaded: Loaded) -> dict[str, tuple[str, ...]]:
    """What each page's file asks to ignore, of those that are one page."""
    found = {one.path: one.ignore for one in facts if one.ignore}
    records: Iterable[Record[Any]] = (*loaded.entities, *loaded.treaties, *loaded.pages)
    for record in records:
        if record.value.ignore and record.path.endswith(".md"):
            found[record.path] = record.value.ignore
    return found


def page_material(site: Site, folders: tuple[Path, ...], stage: str) -> Material:
    """What workers are given to make the pages; `stage` is where they put them."""
    briefings = site.index.briefings
    rows = site.studies.rows
    return Material(
        index=site.index,
        records=site.records,
        made={id_: rows[facts.path].made for id_, facts in briefings.items()},
        paths={id_: facts.path for id_, facts in briefings.items()},
        folders=folders,
        catalogues=site.labels.layers,
        stage=stage,
    )


def choose(
    facts: Iterable[BriefingFacts], options: BuildOptions, zone: ZoneInfo
) -> tuple[list[BriefingFacts], list[Withheld]]:
    """The briefings to show, and those that are left out: drafts, and what waits for its day."""
    shown, withheld = [], []
    for one in facts:
        day = one.published_day(zone)
        # A topic without a file has a page only while a briefing names it.
        addresses = (f"briefings/{one.slug}/", *(f"topics/{topic}/" for topic in one.topics))
        if one.is_draft and not options.drafts:
            withheld.append(Withheld(f"briefing:{one.id}", one.path, addresses=addresses))
        elif not options.future and day > options.as_of:
            key = "date" if day == one.date else "published"
            withheld.append(Withheld(f"briefing:{one.id}", one.path, day, key, addresses))
        else:
            shown.append(one)
    return shown, withheld


def _waits(one: Withheld) -> Diagnostic:
    """A word on a briefing that is left out. Emits draft- and future-briefing."""
    if one.day is None:
        place = Place(one.path, pointer=("draft",))
        message = "This is a draft, so it is left out."
        return finding("draft-briefing", place, message, "`--drafts` shows it.")
    place = Place(one.path, pointer=(one.dated_by,))
    message = f"This waits for {one.day}, the day on which it is published."
    return finding("future-briefing", place, message, "`--future` shows it.")
