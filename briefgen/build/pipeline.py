"""The whole flow of a build, from the site's folder to the committed output.

    scan -> load -> study (parse, annotate) -> link -> check -> render -> write

Each step takes what the ones before gave it and returns a new value. Faults in content are
diagnostics, gathered from every step; only with none of the level `error` is anything rendered,
and only when all pages are rendered is anything published.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from briefgen.annotate.gazetteer import Gazetteer
from briefgen.build.checks import check_site
from briefgen.build.configure import configure
from briefgen.build.extras import annotation_files
from briefgen.build.findings import conclude
from briefgen.build.options import BuildOptions
from briefgen.build.publish import publish
from briefgen.build.result import BuildResult, BuildStats
from briefgen.build.stopwatch import Stopwatch
from briefgen.build.study import Context, RecordStudy, Study, study_briefing, study_record
from briefgen.build.theme import template_folders
from briefgen.link.index import Material, build_index
from briefgen.load.record import DataKind
from briefgen.load.records import load_data_file
from briefgen.load.scan import File, Listing, scan
from briefgen.load.text import BODY_LIMIT, DATA_LIMIT, decode, read
from briefgen.model.diagnostics import Diagnostic, Level, Place, finding
from briefgen.model.facts import BriefingFacts, Loaded, Record, Writing
from briefgen.model.index import SiteIndex
from briefgen.model.site import SiteConfig
from briefgen.parse.markdown import MarkdownParser
from briefgen.render.environment import TemplateFault, Templates
from briefgen.render.pages import Page, Renderer, Written, plan_pages
from briefgen.write.faults import WriteFault

__all__ = ["BuildResult", "BuildStats", "Progress", "build"]

Progress = Callable[[str, int, int], None]
"""Told of a stage: its name, how much of it is done, and how much there is."""


class _Site(msgspec.Struct, frozen=True):
    """A studied and linked site."""

    index: SiteIndex
    studies: dict[str, Study]  # of briefings, by id
    records: dict[str, RecordStudy]  # by key
    listing: Listing


def build(
    options: BuildOptions, *, write: bool = True, progress: Progress | None = None
) -> BuildResult:
    """Build the site in `options.root`, or with `write` off only look for faults.

    Raises BuildStop for what stops a run: a bad configuration, an output that can't be written.
    """
    watch = Stopwatch(progress)
    config, output, found = configure(options)
    if config is None or any(one.level is Level.ERROR for one in found):
        diagnostics = conclude(found, config, {}, options.root)
        return BuildResult(False, diagnostics, BuildStats(), output, config)
    folders = template_folders(options.root, config.theme)
    site, more = _study(options, config, watch)
    found += more
    ignored = {facts.path: facts.ignore for facts in site.index.briefings.values() if facts.ignore}
    diagnostics = conclude(found, config, ignored, options.root)
    stats = BuildStats(seconds=watch.seconds)
    if not write or _is_stopped(diagnostics, options):
        return BuildResult(
            not _is_stopped(diagnostics, options), diagnostics, stats, output, config
        )
    try:
        outputs = watch.each("render", _render(site, Templates(folders)), len(site.index.routes))
        notes = annotation_files(site.index, site.studies)
        stats = publish(options, config, site.index, site.listing, outputs, notes, output, watch)
    except TemplateFault as fault:
        place = Place(fault.template, fault.line)
        found.append(finding("template-error", place, fault.message))
    except WriteFault as fault:
        found.append(finding(fault.code, Place(fault.path), fault.message, fault.help))
    else:
        return BuildResult(True, diagnostics, stats, output, config)
    return BuildResult(False, conclude(found, config, ignored, options.root), stats, output, config)


def _is_stopped(diagnostics: Iterable[Diagnostic], options: BuildOptions) -> bool:
    levels = {one.level for one in diagnostics}
    return Level.ERROR in levels or (options.strict and Level.WARNING in levels)


def _study(
    options: BuildOptions, config: SiteConfig, watch: Stopwatch
) -> tuple[_Site, list[Diagnostic]]:
    """Read and link everything."""
    root = options.root
    with watch.stage("load"):
        listing = scan(root, config)
        loaded = load_records(root, listing)
    found = [*listing.diagnostics, *loaded.diagnostics]
    context = Context(root, _gazetteer(loaded), config.linking, ZoneInfo(config.timezone))
    parser = MarkdownParser()
    files = listing.briefings
    studies = [
        study_briefing(file.path, context, parser)
        for file in watch.each("study", files, len(files))
    ]
    for study in studies:
        found += study.diagnostics
    shown, waiting = choose([s.facts for s in studies if s.facts], options, context.zone)
    found += waiting
    records = dict(_study_records(loaded, context, parser))
    for record in records.values():
        found += record.diagnostics
    with watch.stage("link"):
        material = Material(
            config=config,
            as_of=options.as_of,
            briefings=tuple(shown),
            entities=loaded.entities,
            treaties=loaded.treaties,
            sources=loaded.sources,
            topics=loaded.topics,
            pages=loaded.pages,
            writings={key: record.writing for key, record in records.items()},
            files=output_files(listing),
        )
        index, faults = build_index(material)
        found += faults
    with watch.stage("check"):
        found += check_site(index)
    by_id = {study.facts.id: study for study in studies if study.facts}
    return _Site(index, by_id, records, listing), found


def load_records(root: Path, listing: Listing) -> Loaded:
    """Read all files of entities, treaties, sources, topics and pages."""
    found: list[Diagnostic] = []
    groups: dict[DataKind, list[Record[Any]]] = {}
    kinds: Mapping[DataKind, tuple[File, ...]] = {
        "entities": listing.entities,
        "treaties": listing.treaties,
        "sources": listing.sources,
        "topics": listing.topics,
        "pages": listing.pages,
    }
    for kind, files in kinds.items():
        records = groups.setdefault(kind, [])
        for file in files:
            loaded = load_file(root, kind, file.path)
            records += getattr(loaded, kind)
            found += loaded.diagnostics
    fields: dict[str, Any] = {kind: tuple(records) for kind, records in groups.items()}
    return Loaded(**fields, diagnostics=tuple(found))


def load_file(root: Path, kind: DataKind, path: str) -> Loaded:
    """Read one file of records."""
    limit = BODY_LIMIT if path.endswith(".md") else DATA_LIMIT
    data, found = read(root, path, limit)
    if not found:
        text, found = decode(data, path, limit)
        if not found:
            return load_data_file(kind, text, path)
    return Loaded(diagnostics=found)


def _gazetteer(loaded: Loaded) -> Gazetteer:
    records: Iterable[Record[Any]] = (*loaded.entities, *loaded.treaties)
    return Gazetteer.from_entities((record.id, record.value.all_names()) for record in records)


def _study_records(
    loaded: Loaded, context: Context, parser: MarkdownParser
) -> Iterator[tuple[str, RecordStudy]]:
    """The writing of records that have a body; the first of two with one key."""
    groups: tuple[tuple[str, tuple[Record[Any], ...]], ...] = (
        ("entity", loaded.entities),
        ("treaty", loaded.treaties),
        ("topic", loaded.topics),
        ("page", loaded.pages),
    )
    for kind, records in groups:
        own = kind in ("entity", "treaty")
        for record in records:
            if record.body.strip():
                study = study_record(record, record.id if own else None, context, parser)
                yield f"{kind}:{record.id}", study


def choose(
    facts: Iterable[BriefingFacts], options: BuildOptions, zone: ZoneInfo
) -> tuple[list[BriefingFacts], list[Diagnostic]]:
    """The briefings to show, and a word on those that wait. Emits draft- and future-briefing."""
    shown, found = [], []
    for one in facts:
        place = Place(one.path, 1)
        if one.is_draft and not options.drafts:
            found.append(
                finding("draft-briefing", place, "A draft: it is left out.", "--drafts shows it.")
            )
        elif not options.future and one.published_day(zone) > options.as_of:
            found.append(
                finding(
                    "future-briefing",
                    place,
                    f"It waits for {one.published_day(zone)}.",
                    "--future shows it.",
                )
            )
        else:
            shown.append(one)
    return shown, found


def output_files(listing: Listing) -> dict[str, str]:
    """Static files and assets: their path in the site, and where they go in the output."""
    files = {file.path: file.path.removeprefix("content/static/") for file in listing.static}
    files.update({file.path: file.path.removeprefix("content/") for file in listing.assets})
    return files


def _render(site: _Site, templates: Templates) -> Iterator[tuple[Page, str]]:
    """Every page with its HTML."""
    renderer = Renderer(site.index, templates)
    nothing = RecordStudy(Writing(), None, {})
    for page in plan_pages(site.index):
        if page.kind == "briefing":
            study = site.studies[page.id]
            assert study.facts
            assert study.briefing
            assert study.body
            yield page, renderer.briefing(study.facts, study.briefing, study.body)
        else:
            record = site.records.get(page.key, nothing)
            yield page, renderer.other(page, Written(record.passage, record.footnotes))
