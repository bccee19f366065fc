"""Pages that are rendered, and pages that needn't be.

A page is right as long as its own material, its templates and the answers to the questions that
it asked are the same. For briefings that is found out from digests; other pages are few, and
their view is built and digested.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path

import msgspec

from briefgen.build.cache import BodyReader, Cache, PageRow
from briefgen.build.pool import Worker
from briefgen.build.studies import decode_written
from briefgen.build.study import RecordStudy
from briefgen.model.codec import decoder, encode
from briefgen.model.index import SiteIndex
from briefgen.model.questions import Question
from briefgen.render.environment import TemplateFault, Templates
from briefgen.render.pages import Page, Renderer
from briefgen.write.stage import stage_into

Asked = tuple[tuple[Question, bytes], ...]
_ASKED = decoder(Asked)


class Task(msgspec.Struct, frozen=True, gc=False):
    """A page to look at."""

    page: Page
    names: tuple[str, ...]  # under which its files are to be staged
    old: PageRow | None  # what it was made of, where its files are as they were written


class Outcome(msgspec.Struct, frozen=True, gc=False):
    """What became of a page. Without files it is as it was."""

    page: Page
    row: PageRow | None = None
    files: tuple[tuple[str, str, str, int], ...] = ()  # path, name in the stage, digest, size
    reason: str = ""  # why it was rendered
    fault: tuple[str, int, str] | None = None  # of a template: its name, line, what is wrong


class Material(msgspec.Struct, frozen=True):
    """All that workers are given once."""

    index: SiteIndex
    records: dict[str, RecordStudy]  # by key
    made: dict[str, bytes]  # briefing -> digest of what its page is made of
    paths: dict[str, str]  # briefing -> its file, under which its body lies in the cache
    folders: tuple[Path, ...]  # of templates
    stage: str


class PageWorker(Worker[Task, list[Outcome]]):
    """Makes pages, where they must be."""

    def __init__(self, material: Material, bodies: Cache | Path) -> None:
        """`bodies` is the cache itself in its own process, its file in another."""
        self._material = material
        self._bodies = BodyReader(bodies) if isinstance(bodies, Path) else bodies
        self._templates = Templates(material.folders)
        self._renderer = Renderer(material.index, self._templates)
        self._site = digest(encode(self._renderer.site))
        self._template_digests: dict[str, bytes] = {}

    def do(self, items: Sequence[Task]) -> list[Outcome]:
        """Look at a batch of pages."""
        found: dict[int, Outcome] = {}
        stale: list[tuple[int, Task, bytes, str]] = []
        for order, task in enumerate(items):
            try:
                if task.page.kind == "briefing":
                    key = self._briefing_key(task.page)
                    reason = self._why(task.old, key)
                    if reason:
                        stale.append((order, task, key, reason))
                    else:
                        found[order] = Outcome(task.page)
                else:
                    found[order] = self._other(task)
            except TemplateFault as fault:
                found[order] = _faulty(task.page, fault)
        found.update(self._briefings(stale))
        return [found[order] for order in range(len(items))]

    def _why(self, old: PageRow | None, key: bytes) -> str:
        """Why a page must be rendered; empty where it needn't be."""
        if old is None:
            return "it was not there, or not as it was written"
        if old.key != key:
            return "its own text or a template has changed"
        ask = self._renderer.ask
        for question, answer in _ASKED.decode(old.asked):
            if ask.digest(question) != answer:
                return f"the answer to {' '.join(question)} has changed"
        return ""

    def _briefing_key(self, page: Page) -> bytes:
        template = self._material.index.briefings[page.id].template
        name = self._templates.resolve("briefing", template)
        return digest(self._site + self._template_digest(name) + self._material.made[page.id])

    def _template_digest(self, name: str) -> bytes:
        found = self._template_digests.get(name)
        if found is None:
            found = self._template_digests[name] = self._templates.digest(name)
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
        key = digest(self._template_digest(name) + encode(view))
        if task.old is not None and task.old.key == key:
            return Outcome(page)
        reason = "what it shows or a template has changed" if task.old else self._why(None, key)
        html = self._templates.render(view, template).encode()
        return self._staged(task, ((page.file, html),), key, encode(()), reason)

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
    """The digest, 16 bytes, of a page's material."""
    return blake2b(data, digest_size=16).digest()


def _faulty(page: Page, fault: TemplateFault) -> Outcome:
    return Outcome(page, fault=(fault.template, fault.line, fault.message))
