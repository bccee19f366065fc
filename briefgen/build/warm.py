"""What a process holds in memory of its last build: enough to make an edited briefing's page.

In: what the last build that published read and linked, and the paths of files that changed since.
Out: the pages of the briefings among them, or None, where an edit is of any other kind. Nothing is
written, not even to the cache.

This is a look ahead, and no build: it uses the steps of one (study, the frozen index, the
renderer, the checks of references), and the build that follows goes by the disk and the cache as
if it hadn't been, so what is shown ahead stands for a moment only. What is held may be dropped at
any time. Memory: the rows of all studies as the cache has them, some 5 KB a briefing, and what the
catalogue says.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import msgspec

from briefgen.build.cache import StudyRow
from briefgen.build.narrow import Linked, are_alike, thawed
from briefgen.build.options import BuildOptions
from briefgen.build.reading import Read
from briefgen.build.rendering import templates_of
from briefgen.build.studies import (
    Made,
    StudyWorker,
    context_digest,
    decode_fact,
    decode_found,
    decode_inputs,
    decode_written,
)
from briefgen.check.levels import apply_levels
from briefgen.check.references import check_briefing
from briefgen.link.frozen import Frozen
from briefgen.model.diagnostics import Level
from briefgen.model.facts import BriefingFacts
from briefgen.model.index import SiteIndex
from briefgen.model.labels import Catalogue
from briefgen.render.environment import Templates
from briefgen.render.faults import TemplateFault
from briefgen.render.pages import Page, Renderer

MOST = 10
"""More edited briefings than this are left to the build, which makes them nearly as soon."""


class _Ground(msgspec.Struct, frozen=True):
    """The last build: what it read, and how all of it is linked."""

    read: Read
    index: Frozen
    relinked: frozenset[str] = frozenset()  # files whose edits since then change what is linked


class Warm:
    """What is held between the builds of one site. Not to be used by two threads at a time."""

    def __init__(self) -> None:
        self._ground: _Ground | None = None
        self._templates: Templates | None = None
        self._surroundings = b""  # of everything but the texts of briefings, for the templates

    def take(
        self,
        read: Read,
        linked: Linked,
        folders: tuple[Path, ...],
        catalogues: tuple[tuple[Catalogue, ...], ...] | None,
    ) -> None:
        """Hold what a build read and linked, once it has published it.

        `folders` and `catalogues` are those of templates and labels; where the latter are None,
        they are as at the last time.
        """
        if self._templates is None or linked.past.surroundings != (self._surroundings or None):
            self._templates = None if catalogues is None else templates_of(folders, catalogues)
        self._surroundings = linked.past.surroundings
        self._ground = _Ground(read, linked.index)

    def drop(self) -> None:
        """Hold nothing any more but compiled templates, which `take` may find to be the same."""
        self._ground = None

    def show_ahead(
        self, options: BuildOptions, changed: Collection[str]
    ) -> Mapping[str, bytes] | None:
        """The pages of edited briefings, by their file in the output.

        `changed` are paths relative to the site. None where one of them is no briefing of the last
        build, or where its own page can't be told from what that build left.
        """
        ground, templates = self._ground, self._templates
        if ground is None or templates is None or options != ground.read.inputs.options:
            return None
        rows = ground.read.studies.rows
        if not 0 < len(changed) <= MOST or not all(path in rows for path in changed):
            return None
        made = _study(ground.read, sorted(changed))
        studies = msgspec.structs.replace(
            ground.read.studies, rows={**rows, **{one.path: one.row for one in made}}
        )
        read = msgspec.structs.replace(ground.read, studies=studies)
        relinked = ground.relinked | {
            one.path for one in made if not are_alike(rows[one.path], one.row)
        }
        # What two edits do to one another's lists is left to the build.
        if relinked and (len(relinked | {*changed}) > 1 or not _stays(rows[made[0].path], made[0])):
            return None
        new = _Ground(read, ground.index, relinked)
        pages = _render(
            new, templates, [one for one in made if one.row.made != rows[one.path].made]
        )
        if pages is not None:
            self._ground = new
        return pages


def _study(read: Read, paths: Sequence[str]) -> list[Made]:
    return StudyWorker(read.context, context_digest(read.context)).do(paths)


def _stays(old: StudyRow, new: Made) -> bool:
    """Whether an edited briefing keeps its address, its place among the others and its files."""
    if not old.facts or not new.row.facts:
        return False
    return _lasting(old) == _lasting(new.row)


def _lasting(row: StudyRow) -> tuple[object, ...]:
    facts = decode_fact(row)
    return (
        facts.id, facts.slug, facts.date, facts.published, facts.lang, facts.translations,
        facts.moved_from, facts.template, facts.is_draft, facts.ignore,
        {image.target for image in facts.writing.images},
        [path for path, _ in decode_inputs(row)],
    )  # fmt: skip


def _render(
    ground: _Ground, templates: Templates, edited: Sequence[Made]
) -> dict[str, bytes] | None:
    """Make the pages of briefings; None where one has none, is in error or can't be made."""
    if not edited:
        return {}
    index = thawed(ground.index, ground.read)
    pages: dict[str, bytes] = {}
    for one in edited:
        facts = decode_fact(one.row) if one.row.facts else None
        if facts is None or facts.id not in index.briefings:  # a draft, or one that waits
            return None
        if ground.relinked and any(topic not in index.topics for topic in facts.topics):
            return None  # it gets a page of its own
        if _has_error(ground, index, facts, one.row):
            return None
        renderer, written = Renderer(index, templates), decode_written(one.body)
        renderer.ask.begin()
        page = Page("briefing", facts.id, index.routes[f"briefing:{facts.id}"])
        try:
            (file, html), *_ = renderer.briefing(page, facts, written.briefing, written.body)
        except TemplateFault:
            return None
        pages[file] = html
    return pages


def _has_error(ground: _Ground, index: SiteIndex, facts: BriefingFacts, row: StudyRow) -> bool:
    """Whether a build would stop at what a briefing says, as far as can be told from it alone."""
    levels = ground.read.inputs.config.check.rules
    found = apply_levels([*decode_found(row), *check_briefing(index, facts)], levels, {})
    return any(one.level is Level.ERROR for one in found)
