"""The whole flow of a build, from the site's folder to the committed output.

    scan -> load -> study (parse, annotate) -> link -> check -> render -> write

Each step takes what the ones before gave it and returns a new value. Faults in content are
diagnostics, gathered from every step; only with none of the level `error` is anything rendered,
and only when all pages are rendered is anything published.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, suppress
from itertools import chain
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from briefgen.build.cache import Cache, DamagedError
from briefgen.build.checks import check_files, check_site
from briefgen.build.configure import config_path, configure
from briefgen.build.explain import Places, explain, find_pages
from briefgen.build.findings import Wanted, conclude
from briefgen.build.narrow import build_narrowly, keep_linked
from briefgen.build.options import BuildOptions
from briefgen.build.publish import Copies, publish
from briefgen.build.reading import Read, all_files, material_of, read_site
from briefgen.build.rendering import Material as PageMaterial
from briefgen.build.result import BuildResult, BuildStats, studied
from briefgen.build.snapshot import Inputs, Snapshot, digest_of_output, recall
from briefgen.build.snapshot import take as take_snapshot
from briefgen.build.state import STATE, open_state
from briefgen.build.stopwatch import Stopwatch
from briefgen.build.studies import (
    Studies,
    decode_facts,
    decode_found,
)
from briefgen.build.study import RecordStudy
from briefgen.build.template_faults import template_finding
from briefgen.build.theme import template_folders, theme_folders
from briefgen.link.index import build_index
from briefgen.load.scan import Listing, scan
from briefgen.model.diagnostics import Diagnostic, Level, Place, finding
from briefgen.model.facts import BriefingFacts, Loaded, Record
from briefgen.model.index import SiteIndex
from briefgen.model.site import SiteConfig
from briefgen.render.environment import TemplateFault
from briefgen.write.faults import WriteFault
from briefgen.write.transaction import Transaction

__all__ = ["BuildResult", "BuildStats", "Progress", "build"]

Progress = Callable[[str, int, int], None]
"""Told of a stage: its name, how much of it is done, and how much there is."""


class _Site(msgspec.Struct, frozen=True):
    """A studied and linked site."""

    index: SiteIndex
    studies: Studies
    records: dict[str, RecordStudy]  # by key
    listing: Listing
    ignored: dict[str, tuple[str, ...]]  # path of a file -> the rules that it ignores


def build(
    options: BuildOptions, *, write: bool = True, progress: Progress | None = None
) -> BuildResult:
    """Build the site in `options.root`, or with `write` off only look for faults.

    Raises BuildStop for what stops a run, such as an option that is wrong.
    """
    watch = Stopwatch(progress)
    config, output, found = configure(options)
    if config is None or any(one.level is Level.ERROR for one in found):
        diagnostics = conclude(found, Wanted(), {}, options.root, config_path(options))
        return BuildResult(False, diagnostics, BuildStats(), output, config)
    folders = tuple(template_folders(options.root, config.theme))
    with ExitStack() as held:
        state = open_state(options.root, held) if write else None
        for cache in _caches(options, state):
            held.callback(cache.close)
            try:
                return _build(options, config, output, folders, found, cache, state, watch)
            except (DamagedError, msgspec.DecodeError, sqlite3.DatabaseError):
                cache.close()  # what it holds is of no use: once more, without it
    raise AssertionError("a cache in memory is never damaged")


def _caches(options: BuildOptions, state: Path | None) -> Iterator[Cache]:
    """The cache; a fresh one, where it proves to be damaged; one in memory, on a full disk say."""
    folder, is_check = state or options.root / STATE, state is None
    yield Cache.open(folder, is_fresh=options.clean, is_read_only=is_check)
    yield Cache.open(folder, is_fresh=True, is_read_only=is_check)
    yield Cache.in_memory()


def _build(
    options: BuildOptions,
    config: SiteConfig,
    output: Path,
    folders: tuple[Path, ...],
    found: Iterable[Diagnostic],
    cache: Cache,
    state: Path | None,
    watch: Stopwatch,
) -> BuildResult:
    """Build with an open cache; raises DamagedError or DecodeError where that is damaged."""
    wanted = Wanted(dict(config.check.rules), options.infos)
    with watch.stage("scan"):
        inputs = Inputs(
            options, config, scan(options.root, config),
            theme_folders(options.root, config.theme), time.time_ns(),
        )  # fmt: skip
        if state is not None and not options.explain:  # which takes the walk over the pages
            known = _unchanged(inputs, output, state, cache)
            if known is not None:
                stats = BuildStats(
                    pages_total=known.total,
                    studies_reused=len(inputs.listing.briefings),
                    seconds=watch.seconds,
                )
                return BuildResult(True, known.diagnostics, stats, output, config)
    read = read_site(inputs, wanted, cache, watch)
    if state is not None and not options.explain:
        result = build_narrowly(read, output, state, folders, cache, watch)
        if result is not None:
            return result
    site, more = _link(read, wanted, watch)
    found = [*found, *more]
    name = config_path(options)
    diagnostics = conclude(found, wanted, site.ignored, options.root, name)
    stats = studied(site.studies, watch)
    is_stopped = _is_stopped(diagnostics, options)
    if state is None or is_stopped:
        return BuildResult(not is_stopped, diagnostics, stats, output, config)
    try:
        with Transaction.begin(output, state, _shown(output, options.root)) as transaction:
            material = _page_material(site, folders, transaction.stage_dir)
            copies = Copies(options.root, config.theme, site.listing)
            meant = find_pages(
                options.explain, Places(options.root, output), site.index, site.studies
            )
            asked = frozenset(chain.from_iterable(meant.values()))
            done = publish(transaction, material, copies, cache, options.jobs, watch, asked)
            written = ((path, one.digest) for path, one in transaction.wanted.items())
            others = {name, *site.studies.others}
            others.difference_update(file.path for file in all_files(site.listing))
            now = digest_of_output(written)
            take_snapshot(inputs, cache, others, done.total, diagnostics, now)
            keep_linked(inputs, cache, site.index, done.total, diagnostics, now)
        cache.save()
    except TemplateFault as fault:
        found.append(template_finding(fault, folders, options.root))
    except WriteFault as fault:
        found.append(finding(fault.code, Place(fault.path), fault.message, fault.help))
    else:
        committed = done.committed
        stats = msgspec.structs.replace(
            stats,
            pages_total=done.total,
            rendered=len(done.reasons),
            written=committed.written,
            removed=committed.removed,
            reasons=done.reasons,
            explained=explain(meant, done.reasons, done.kept),
        )
        return BuildResult(True, diagnostics, stats, output, config)
    diagnostics = conclude(found, wanted, site.ignored, options.root, name)
    return BuildResult(False, diagnostics, stats, output, config)


def _unchanged(inputs: Inputs, output: Path, state: Path, cache: Cache) -> Snapshot | None:
    """What the last build said, where nothing that it read or wrote has changed."""
    with suppress(WriteFault), Transaction.begin(output, state) as transaction:
        return recall(inputs, cache, transaction)
    return None


def _shown(folder: Path, root: Path) -> str:
    """A folder as messages call it: from the site's root on, where it lies inside."""
    return (folder.relative_to(root) if folder.is_relative_to(root) else folder).as_posix()


def _is_stopped(diagnostics: Iterable[Diagnostic], options: BuildOptions) -> bool:
    levels = {one.level for one in diagnostics}
    return Level.ERROR in levels or (options.strict and Level.WARNING in levels)


def _link(read: Read, wanted: Wanted, watch: Stopwatch) -> tuple[_Site, list[Diagnostic]]:
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
    return _Site(index, read.studies, read.records, listing, ignored), found


def _ignored(facts: Iterable[BriefingFacts], loaded: Loaded) -> dict[str, tuple[str, ...]]:
    """What each page's file asks to ignore, of those that are one page."""
    found = {one.path: one.ignore for one in facts if one.ignore}
    records: Iterable[Record[Any]] = (*loaded.entities, *loaded.treaties, *loaded.pages)
    for record in records:
        if record.value.ignore and record.path.endswith(".md"):
            found[record.path] = record.value.ignore
    return found


def _page_material(site: _Site, folders: tuple[Path, ...], stage: str) -> PageMaterial:
    briefings = site.index.briefings
    rows = site.studies.rows
    return PageMaterial(
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
