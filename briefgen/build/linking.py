"""Linking a site that was read: the index of all that its pages say, and the checks of the whole.

In: a site as `reading` gives it. Out: the linked site, and every finding so far. Drafts and what
waits for its day are left out here, so no later step knows of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from briefgen.build.checks import check_files, check_site
from briefgen.build.configure import config_path
from briefgen.build.findings import Wanted
from briefgen.build.options import BuildOptions
from briefgen.build.reading import Read, material_of
from briefgen.build.rendering import Material
from briefgen.build.stopwatch import Stopwatch
from briefgen.build.studies import Studies, decode_facts, decode_found
from briefgen.build.study import RecordStudy
from briefgen.link.index import build_index
from briefgen.load.scan import Listing
from briefgen.model.diagnostics import Diagnostic, Place, finding
from briefgen.model.facts import BriefingFacts, Loaded, Record
from briefgen.model.index import SiteIndex


class Site(msgspec.Struct, frozen=True):
    """A studied and linked site."""

    index: SiteIndex
    studies: Studies
    records: dict[str, RecordStudy]  # by key
    listing: Listing
    ignored: dict[str, tuple[str, ...]]  # path of a file -> the rules that it ignores


def link_site(read: Read, wanted: Wanted, watch: Stopwatch) -> tuple[Site, list[Diagnostic]]:
    """Link all that was read, and check it as a whole."""
    options, config, listing = read.inputs.options, read.inputs.config, read.inputs.listing
    with watch.stage("link"):
        facts = decode_facts(read.studies.rows)
        shown, waiting = choose(facts, options, ZoneInfo(config.timezone))
        index, faults = build_index(material_of(read, shown))
    found = [*listing.diagnostics, *read.loaded.diagnostics, *waiting, *faults]
    for row in read.studies.rows.values():
        found += decode_found(row)
    for record in read.records.values():
        found += record.diagnostics
    with watch.stage("check"):
        found += check_site(index, wanted, config_path(options))
        found += check_files(options.root, index, config_path(options))
    ignored = _ignored(facts, read.loaded)
    return Site(index, read.studies, read.records, listing, ignored), found


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
        stage=stage,
    )


def choose(
    facts: Iterable[BriefingFacts], options: BuildOptions, zone: ZoneInfo
) -> tuple[list[BriefingFacts], list[Diagnostic]]:
    """The briefings to show, and a word on those that wait. Emits draft- and future-briefing."""
    shown, found = [], []
    for one in facts:
        day = one.published_day(zone)
        if one.is_draft and not options.drafts:
            place = Place(one.path, pointer=("draft",))
            message = "This is a draft, so it is left out."
            found.append(finding("draft-briefing", place, message, "`--drafts` shows it."))
        elif not options.future and day > options.as_of:
            place = Place(one.path, pointer=("date" if day == one.date else "published",))
            message = f"This waits for {day}, the day on which it is published."
            found.append(finding("future-briefing", place, message, "`--future` shows it."))
        else:
            shown.append(one)
    return shown, found
