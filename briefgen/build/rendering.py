"""Pages that are rendered, and pages that needn't be.

A page is right as long as its own material, its templates and the answers to the questions that
it asked are the same. For briefings that is found out from digests; other pages are few, and
their view is built and digested.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from hashlib import blake2b
from pathlib import Path

import msgspec

from briefgen.build.cache import BodyReader, Cache, PageRow
from briefgen.build.compiled import CompiledTemplates, KnownReferences
from briefgen.build.pool import Worker
from briefgen.build.reasons import (
    BRIEFING_PARTS,
    DIGEST,
    OTHER_PARTS,
    changed_answer,
    changed_part,
    unchanged,
)
from briefgen.build.studies import decode_written
from briefgen.build.study import RecordStudy
from briefgen.model.codec import decoder, encode
from briefgen.model.index import SiteIndex
from briefgen.model.labels import Catalogue
from briefgen.model.questions import Question
from briefgen.render.environment import Templates
from briefgen.render.faults import TemplateFault
from briefgen.render.labels import NOTE_LABELS
from briefgen.render.pages import Page, Renderer
from briefgen.render.view import PageView
from briefgen.write.stage import stage_into

Asked = tuple[tuple[Question, bytes], ...]
_ASKED = decoder(Asked)


class Task(msgspec.Struct, frozen=True, gc=False):
    """A page to look at."""

    page: Page
    names: tuple[str, ...]  # under which its files are to be staged
    old: PageRow | None  # what it was made of, where its files are as they were written
    loss: str = ""  # why there is no old row


class Outcome(msgspec.Struct, frozen=True, gc=False):
    """What became of a page. Without files it is as it was."""

    page: Page
    row: PageRow | None = None
    files: tuple[tuple[str, str, str, int], ...] = ()  # path, name in the stage, digest, size
    reason: str = ""  # why it was rendered, or needn't be
    fault: tuple[str, int, str] | None = None  # of a template: its name, line, what is wrong


class Material(msgspec.Struct, frozen=True):
    """All that workers are given once."""

    index: SiteIndex
    records: dict[str, RecordStudy]  # by key
    made: dict[str, bytes]  # briefing -> digest of what its page is made of
    paths: dict[str, str]  # briefing -> its file, under which its body lies in the cache
    folders: tuple[Path, ...]  # of templates
    catalogues: tuple[tuple[Catalogue, ...], ...]  # of labels, in layers
    stage: str


def templates_of(
    folders: tuple[Path, ...], catalogues: tuple[tuple[Catalogue, ...], ...]
) -> Templates:
    """The templates in these folders, with what is known of those that come with briefgen."""
    built_in = folders[-1]
    return Templates(
        folders,
        partial(CompiledTemplates, built_in),
        KnownReferences(built_in).of,
        catalogues,
    )


class PageWorker(Worker[Task, list[Outcome]]):
    """Makes pages, where they must be."""

    def __init__(self, material: Material, bodies: Cache | Path) -> None:
        """`bodies` is the cache itself in its own process, its file in another."""
        self._material = material
        self._bodies = BodyReader(bodies) if isinstance(bodies, Path) else bodies
        self._templates = templates_of(material.folders, material.catalogues)
        self._renderer = Renderer(material.index, self._templates)
        self._lean_site = msgspec.structs.replace(self._renderer.site, extra={})
        self._site = digest(encode(self._lean_site))
        self._template_digests: dict[tuple[str, str], bytes] = {}

    def do(self, items: Sequence[Task]) -> list[Outcome]:
        """Look at a batch of pages."""
        found: dict[int, Outcome] = {}
        stale: list[tuple[int, Task, bytes, str]] = []
        for order, task in enumerate(items):
            try:
                if task.page.kind == "briefing":
                    key = self._briefing_key(task.page)
                    is_stale, reason = self._judge(task, key)
                    if is_stale:
                        stale.append((order, task, key, reason))
                    else:
                        found[order] = Outcome(task.page, reason=reason)
                else:
                    found[order] = self._other(task)
            except TemplateFault as fault:
                found[order] = _faulty(task.page, fault)
        found.update(self._briefings(stale))
        return [found[order] for order in range(len(items))]

    def close(self) -> None:
        """Close the file that bodies are read from."""
        if isinstance(self._bodies, BodyReader):
            self._bodies.close()

    def _judge(self, task: Task, key: bytes) -> tuple[bool, str]:
        """Whether a briefing must be rendered, and why, or why not."""
        old = task.old
        if old is None:
            return True, task.loss
        if old.key != key:
            return True, changed_part(old.key, key, BRIEFING_PARTS)
        ask = self._renderer.ask
        ask.begin()
        asked: Asked = _ASKED.decode(old.asked)
        for question, answer in asked:
            if ask.digest(question) != answer:
                return True, changed_answer(question)
        return False, unchanged(len(asked))

    def _briefing_key(self, page: Page) -> bytes:
        facts = self._material.index.briefings[page.id]
        name = self._templates.resolve("briefing", facts.template)
        template = self._template_digest(name, facts.lang or self._renderer.site.language)
        return self._site + template + self._material.made[page.id]

    def _template_digest(self, name: str, language: str) -> bytes:
        found = self._template_digests.get((name, language))
        if found is None:
            made_of = self._templates.digest(name, language, NOTE_LABELS)
            extra, keys = self._renderer.site.extra, self._templates.extra_used(name)
            read = {key: extra[key] for key in sorted(extra) if key in keys or None in keys}
            found = digest(made_of + encode(read)) if read else made_of
            self._template_digests[name, language] = found
        return found

    def _briefings(self, stale: Sequence[tuple[int, Task, bytes, str]]) -> dict[int, Outcome]:
        if not stale:
            return {}
        material, renderer = self._material, self._renderer
        bodies = self._bodies.bodies([material.paths[task.page.id] for _, task, _, _ in stale])
        found = {}
        for order, task, key, reason in stale:
            page = task.page
            written = decode_written(bodies[material.paths[page.id]])
            facts = material.index.briefings[page.id]
            renderer.ask.begin()
            try:
                files = renderer.briefing(page, facts, written.briefing, written.body)
            except TemplateFault as fault:
                found[order] = _faulty(page, fault)
                continue
            asked = encode(renderer.ask.asked())
            found[order] = self._staged(task, files, key, asked, reason)
        return found

    def _other(self, task: Task) -> Outcome:
        page = task.page
        record = self._material.records.get(page.key)
        view = self._renderer.view(
            page, record.passage if record else None, record.footnotes if record else {}
        )
        template = self._renderer.template_of(page)
        name = self._templates.resolve(view.kind, template)
        key = self._template_digest(name, view.lang) + self._digest_of(view)
        if task.old is not None and task.old.key == key:
            return Outcome(page, reason=unchanged())
        reason = changed_part(task.old.key, key, OTHER_PARTS) if task.old else task.loss
        html = self._templates.render(view, template)
        return self._staged(task, ((page.file, html),), key, encode(()), reason)

    def _digest_of(self, view: PageView) -> bytes:
        """The digest of a view, without what templates alone tell whether they read it."""
        site, own = view.site, self._renderer.site
        lean = self._lean_site if site is own else msgspec.structs.replace(site, extra={})
        return digest(encode(msgspec.structs.replace(view, site=lean)))

    def _staged(
        self, task: Task, files: Sequence[tuple[str, bytes]], key: bytes, asked: bytes, reason: str
    ) -> Outcome:
        staged = []
        for name, (path, data) in zip(task.names, files, strict=False):
            file_digest, size = stage_into(self._material.stage, name, data, path)
            staged.append((path, name, file_digest, size))
        noted = encode(tuple((path, file_digest) for path, _, file_digest, _ in staged))
        return Outcome(task.page, PageRow(key, asked, noted), tuple(staged), reason)


def digest(data: bytes) -> bytes:
    """The digest of a part of a page's material."""
    return blake2b(data, digest_size=DIGEST).digest()


def _faulty(page: Page, fault: TemplateFault) -> Outcome:
    return Outcome(page, fault=(fault.template, fault.line, fault.message))
