"""The whole flow of a build, from the site's folder to the committed output.

    scan -> load -> study (parse, annotate) -> link -> check -> render -> write

Each step takes what the ones before gave it and returns a new value. Faults in content are
diagnostics, gathered from every step; only with none of the level `error` is anything rendered,
and only when all pages are rendered is anything published.

Of several ways to the same output the quickest that is right is taken: nothing has changed
(`snapshot`), a few texts have (`narrow`), or the whole site is linked and each page looked at. The
libraries for each of the last two are loaded when the one before can't be taken.
"""
# ruff: noqa: PLC0415 (see above)

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, suppress
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from briefgen.build.cache import Cache, DamagedError
from briefgen.build.configure import config_path, configure
from briefgen.build.errors import BuildStop
from briefgen.build.findings import Wanted, conclude
from briefgen.build.options import BuildOptions
from briefgen.build.places import look_at_themes
from briefgen.build.result import BuildResult, BuildStats
from briefgen.build.snapshot import GROUND, Inputs, Style, recall
from briefgen.build.state import open_state, shown_in, state_folder
from briefgen.build.stopwatch import Stopwatch
from briefgen.build.template_faults import template_finding
from briefgen.build.theme import template_folders, theme_folders
from briefgen.build.zones import zone_digest
from briefgen.load.scan import scan
from briefgen.model.diagnostics import Diagnostic, Level, Place, finding
from briefgen.model.site import OWN_STYLE, SiteConfig
from briefgen.render.faults import TemplateFault
from briefgen.write.faults import WriteFault
from briefgen.write.transaction import Committed, Transaction

if TYPE_CHECKING:
    from briefgen.build.linking import Site
    from briefgen.build.narrow import Linked
    from briefgen.build.reading import Read
    from briefgen.build.warm import Warm
    from briefgen.model.index import SiteIndex
    from briefgen.write.manifest import Entry

__all__ = ["BuildResult", "BuildStats", "Progress", "build"]

Progress = Callable[[str, int, int], None]
"""Told of a stage: its name, how much of it is done, and how much there is."""

_WAITING = "waiting for another build"


class _Run(msgspec.Struct, frozen=True):
    """What every step of a run is given."""

    inputs: Inputs
    wanted: Wanted
    output: Path
    folders: tuple[Path, ...]  # of templates
    state: Path | None  # None where nothing is to be written
    cache: Cache
    watch: Stopwatch
    warm: Warm | None

    def result(
        self,
        diagnostics: tuple[Diagnostic, ...],
        stats: BuildStats,
        others: Iterable[str],
        *,
        ok: bool,
    ) -> BuildResult:
        """What the run came to."""
        style = self.inputs.config.citations.style
        named = tuple(sorted({*others, *([style] if style.endswith(".csl") else ())}))
        return BuildResult(ok, diagnostics, stats, self.output, self.inputs.config, named)

    def keep_warm(self, read: Read, linked: Linked, site: Site | None = None) -> None:
        """Hand what was read and linked, the whole `site` or a few texts, to whoever wants it."""
        if self.warm is not None and self.inputs.style is None:
            catalogues = site.labels.layers if site else None
            self.warm.take(read, linked, self.folders, catalogues)

    def conclude(self, found: Iterable[Diagnostic], site: Site) -> tuple[Diagnostic, ...]:
        """Make findings ready to be shown."""
        options = self.inputs.options
        return conclude(found, self.wanted, site.ignored, options.root, config_path(options))


def build(
    options: BuildOptions,
    *,
    write: bool = True,
    progress: Progress | None = None,
    warm: Warm | None = None,
) -> BuildResult:
    """Build the site in `options.root`, or with `write` off only look for faults.

    `warm` is handed what the build read and linked, where it published; it has no part in it.
    Raises BuildStop for what stops a run, such as an option that is wrong.
    """
    watch = Stopwatch(progress)
    config, output, found = configure(options)
    if config is None or any(one.level is Level.ERROR for one in found):
        diagnostics = conclude(found, Wanted(), {}, options.root, config_path(options))
        return BuildResult(False, diagnostics, BuildStats(), output, config)
    folders = tuple(template_folders(options.root, config.theme))
    wanted = Wanted(dict(config.check.rules), options.infos)
    with ExitStack() as held:
        state = None
        if write:
            state = open_state(options, output, held, lambda: watch.tell(_WAITING, 0, 1))
        for cache in _caches(options, state):
            held.callback(cache.close)
            try:
                cache.note_zone(config.timezone, zone_digest(config.timezone))
                inputs = _scan(options, config, watch)
                run = _Run(inputs, wanted, output, folders, state, cache, watch, warm)
                return _from_the_last(run) or _build(run, found)
            except (DamagedError, msgspec.DecodeError, sqlite3.DatabaseError):
                cache.close()  # what it holds is of no use: once more, without it
    raise AssertionError("a cache in memory is never damaged")


def _caches(options: BuildOptions, state: Path | None) -> Iterator[Cache]:
    """The cache; a fresh one, where it proves to be damaged; one in memory, on a full disk say."""
    folder, is_check = state or state_folder(options), state is None
    yield Cache.open(folder, is_fresh=options.clean, is_read_only=is_check)
    yield Cache.open(folder, is_fresh=True, is_read_only=is_check)
    yield Cache.in_memory()


def _scan(options: BuildOptions, config: SiteConfig, watch: Stopwatch) -> Inputs:
    with watch.stage("scan"):
        folders = theme_folders(options.root, config.theme)
        themed = look_at_themes(folders)
        listing, now = scan(options.root, config), time.time_ns()
        style = _style(options, config)
        return Inputs(options, config, listing, folders, themed, now, _indexer(config), style)


def _style(options: BuildOptions, config: SiteConfig) -> Style | None:
    """The citation style, where it isn't the theme's own."""
    if config.citations.style == OWN_STYLE:
        return None
    from briefgen.build.styles import find_style

    return find_style(options.root, config_path(options), config.citations.style)


def _indexer(config: SiteConfig) -> Path | None:
    """Pagefind, where the site has search and it is installed."""
    if not config.search:
        return None
    from briefgen.build.pagefind import find_program

    return find_program()


def _from_the_last(run: _Run) -> BuildResult | None:
    """What the last build said, where nothing has changed since; or what edits make of it."""
    if run.state is None or run.inputs.options.explain:  # which takes the walk over the pages
        return None
    with suppress(WriteFault), _begin(run, run.state) as transaction:
        return _unchanged(run, transaction) or _edited(run, transaction)
    return None


def _unchanged(run: _Run, transaction: Transaction) -> BuildResult | None:
    """What the last build said, where nothing that it read or wrote has changed."""
    inputs = run.inputs
    with run.watch.stage("scan"):
        known = recall(inputs, run.cache, transaction)
    if known is None:
        return None
    stats = BuildStats(
        pages_total=known.total,
        left_out=known.left_out,
        studies_reused=len(inputs.listing.briefings),
        seconds=run.watch.seconds,
    )
    return run.result(known.diagnostics, stats, known.others, ok=True)


def _edited(run: _Run, transaction: Transaction) -> BuildResult | None:
    """What comes of edits of a few briefings, where nothing else has changed."""
    inputs, cache, watch = run.inputs, run.cache, run.watch
    # A warm build is to hold all studies.
    if not inputs.is_narrow or run.warm is not None or not cache.meta(GROUND):
        return None
    with watch.stage("libraries"):
        from briefgen.build.narrow import build_edited
    built = build_edited(inputs, run.wanted, run.folders, cache, watch, transaction, run.output)
    return built.result if built else None


def _build(run: _Run, found: Iterable[Diagnostic]) -> BuildResult:
    """Read, link and publish; `found` is what is wrong with the configuration.

    Raises DamagedError or DecodeError where the cache is damaged.
    """
    with run.watch.stage("libraries"):
        from briefgen.build.reading import read_site, studied

    options = run.inputs.options
    if run.warm is not None:
        run.warm.drop()  # before anything new is held
    meanwhile = _load_publishing if run.state is not None else None
    read = read_site(run.inputs, run.wanted, run.cache, run.watch, meanwhile)
    if run.state is not None and run.inputs.is_narrow:
        with run.watch.stage("libraries"):
            from briefgen.build.narrow import build_narrowly
        built = build_narrowly(read, run.output, run.state, run.folders, run.cache, run.watch)
        if built is not None:
            run.keep_warm(read, built.linked)
            return built.result
    with run.watch.stage("libraries"):
        from briefgen.build.linking import link_site
    is_check = run.state is None
    site, more = link_site(read, run.wanted, run.cache, run.watch, is_check=is_check)
    if run.warm is None:  # else the next build wants them
        lean = site.studies.without_facts()
        read = msgspec.structs.replace(read, studies=lean)
        site = msgspec.structs.replace(site, studies=lean)
    found = [*found, *more]
    diagnostics = run.conclude(found, site)
    stats = studied(site.studies, run.watch, site.index.withheld.values())
    others = site.studies.others
    is_stopped = _is_stopped(diagnostics, options)
    if run.state is None or is_stopped:
        return run.result(diagnostics, stats, others, ok=not is_stopped)
    try:
        stats, linked = _publish(run, run.state, site, diagnostics, stats)
    except TemplateFault as fault:
        found.append(template_finding(fault, run.folders, options.root))
    except WriteFault as fault:
        found.append(finding(fault.code, Place(fault.path), fault.message, fault.help))
    else:
        run.keep_warm(read, linked, site)
        return run.result(diagnostics, stats, others, ok=True)
    return run.result(run.conclude(found, site), stats, others, ok=False)


def _load_publishing() -> None:
    """Load the libraries for what follows the studies."""
    from briefgen.build import linking, narrow  # noqa: F401 - loaded for those who import them next


def _publish(
    run: _Run, state: Path, site: Site, diagnostics: tuple[Diagnostic, ...], stats: BuildStats
) -> tuple[BuildStats, Linked]:
    """Render and commit, and leave for the next build what makes it quick.

    Raises TemplateFault and WriteFault; the output is then as it was.
    """
    from briefgen.build.explain import Places, explain, find_pages
    from briefgen.build.linking import page_material
    from briefgen.build.narrow import link_state, remember
    from briefgen.build.publish import Copies, publish

    inputs, cache, output = run.inputs, run.cache, run.output
    options, root = inputs.options, inputs.options.root
    meant = find_pages(options.explain, Places(root, output), site.index, site.studies)
    asked = frozenset(chain.from_iterable(one.files for one in meant.values()))
    with _begin(run, state) as transaction:
        material = page_material(site, run.folders, transaction.stage_dir)
        copies = Copies(root, inputs.config.theme, site.listing)
        done = publish(
            transaction,
            material,
            copies,
            cache,
            options.jobs,
            run.watch,
            asked,
            has_search=inputs.is_indexed,
        )
        linked = link_state(inputs, site.studies, site.index, done.total, diagnostics)
        files = transaction.wanted
    if inputs.is_indexed:
        files, found = _index(run, state, site.index)
        done = msgspec.structs.replace(done, committed=done.committed + found)
    remember(inputs, site.studies.others, cache, files, linked.past, linked.index)
    stats = msgspec.structs.replace(
        stats,
        pages_total=done.total,
        rendered=len(done.reasons),
        written=done.committed.written,
        removed=done.committed.removed,
        gone=done.gone,
        reasons=done.reasons,
        explained=explain(meant, done.reasons, done.kept),
    )
    return stats, linked


def _begin(run: _Run, state: Path) -> Transaction:
    options, output = run.inputs.options, run.output
    shown = shown_in(options.root, output)
    return Transaction.begin(output, state, shown, is_lasting=options.is_lasting)


def _index(run: _Run, state: Path, index: SiteIndex) -> tuple[Mapping[str, Entry], Committed]:
    """Index the pages that are published: the files of the output now, and what was done.

    Raises BuildStop where Pagefind fails; the next build then tries again.
    """
    from briefgen.build.pagefind import IndexingError
    from briefgen.build.search import index_pages

    program, root = run.inputs.indexer, run.inputs.options.root
    assert program is not None
    try:
        with run.watch.stage("search"):
            return index_pages(index, program, run.output, state, shown_in(root, run.output))
    except IndexingError as error:
        run.cache.save()
        raise BuildStop(
            f"The pages are published, but Pagefind could not index them for search: {error}", 1
        ) from error


def _is_stopped(diagnostics: Iterable[Diagnostic], options: BuildOptions) -> bool:
    levels = {one.level for one in diagnostics}
    return Level.ERROR in levels or (options.strict and Level.WARNING in levels)
