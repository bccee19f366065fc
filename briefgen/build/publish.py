"""From what is linked to the committed output: pages are staged by workers, then all is published.

In: the linked site, what earlier runs know of its pages. Out: the output, and what is now known.
Nothing is published before everything is staged.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from briefgen.build.cache import Cache, PageRow
from briefgen.build.gone import gone_pages
from briefgen.build.pool import cores, run_batches
from briefgen.build.reasons import ALTERED, NEW
from briefgen.build.rendering import Material, Outcome, PageWorker, Task
from briefgen.build.state import shown_in
from briefgen.build.stopwatch import Stopwatch
from briefgen.build.theme import static_files
from briefgen.link.outputs import SEARCH_INDEX
from briefgen.load.scan import Listing
from briefgen.model.codec import decoder
from briefgen.model.index import ANNOTATIONS_FILE, SiteIndex
from briefgen.render.faults import TemplateFault
from briefgen.render.frame import STATIC
from briefgen.render.pages import Page, plan_pages
from briefgen.write.transaction import Committed, Transaction

FILES = 2
"""The most files that a page has: itself, and its annotations."""

_FILES = decoder(tuple[tuple[str, str], ...])


class Published(msgspec.Struct, frozen=True):
    """What was done."""

    committed: Committed
    total: int
    reasons: dict[str, str]  # of the pages that were rendered, by their file
    kept: dict[str, str]  # why a page wasn't, of those asked about
    gone: tuple[str, ...] = ()  # addresses of pages that there are no more


class Copies(msgspec.Struct, frozen=True):
    """What is copied into the output as it is."""

    root: Path
    theme: str
    listing: Listing


def publish(
    transaction: Transaction,
    material: Material,
    copies: Copies,
    cache: Cache,
    jobs: int | None,
    watch: Stopwatch,
    asked: Collection[str] = (),
    *,
    has_search: bool = False,
) -> Published:
    """Render what must be, stage all else, and commit.

    `asked` are the files of pages of which it is told too why they were not rendered. With
    `has_search` the search index stays as it is, to be made anew afterwards or not.

    Raises TemplateFault and WriteFault; the output is then as it was.
    """
    from briefgen.build.extras import extra_files  # noqa: PLC0415  (a whole build alone needs it)

    index = material.index
    pages = list(plan_pages(index))
    old = cache.pages()
    tasks = [_task(page, old.get(page.file), transaction) for page in pages]
    bodies = cache.file if cache.is_shared else cache
    workers = (jobs or cores()) if cache.is_shared else 1
    batches = run_batches(PageWorker, (material, bodies), tasks, workers)
    extras = (transaction.stage(path, data) for path, data in extra_files(index))
    outcomes = _between(batches, extras)
    taken = _take(watch.each("render", outcomes, len(tasks)), old, transaction, asked)
    with watch.stage("write"):
        for _ in extras:  # those that are left
            pass
        for path, source in _copied(copies, index):
            transaction.stage_file(path, source, shown_in(copies.root, source))
        extra = _keep_index(transaction) if has_search else None
        gone = gone_pages(transaction, index, old.keys())
        done = transaction.commit(extra)
    cache.put_pages(taken.rows)
    cache.forget("pages", old.keys() - {page.file for page in pages})
    return Published(done, len(pages), taken.reasons, taken.kept, gone)


def publish_some(
    transaction: Transaction,
    material: Material,
    pages: Sequence[Page],
    cache: Cache,
    watch: Stopwatch,
) -> Published | None:
    """Look at some pages alone, keep all else that there is, and commit.

    None, and nothing done, where a file of the output is not as it was written. Raises
    TemplateFault and WriteFault.
    """
    old = cache.pages([page.file for page in pages])
    own = {path for row in old.values() for path, _ in _FILES.decode(row.files)}
    for path, entry in transaction.previous.items():
        if path not in own and not transaction.keep(path, entry.digest):
            return None
    tasks = [_task(page, old.get(page.file), transaction) for page in pages]
    with watch.stage("render"):
        taken = _take(PageWorker(material, cache).do(tasks), old, transaction, ())
    with watch.stage("write"):
        done = transaction.commit(transaction.previous_extra)
    cache.put_pages(taken.rows)
    return Published(done, len(pages), taken.reasons, {})


def _between(batches: Iterable[Iterable[Outcome]], extras: Iterator[object]) -> Iterator[Outcome]:
    """All outcomes; one of the extras is made for each batch, while other processes render."""
    for batch in batches:
        next(extras, None)
        yield from batch


def _keep_index(transaction: Transaction) -> Mapping[str, str]:
    """Keep the files of the search index; return what the manifest is to say of them."""
    folder = f"{SEARCH_INDEX}/"
    paths = [path for path in transaction.previous if path.startswith(folder)]
    is_whole = len([path for path in paths if transaction.keep(path)]) == len(
        paths
    )  # keeps all it can
    return transaction.previous_extra if is_whole else {}


class _Taken(msgspec.Struct, frozen=True):
    """What became of pages, by their file."""

    rows: dict[str, PageRow] = {}  # of those that were rendered
    reasons: dict[str, str] = {}  # why they were
    kept: dict[str, str] = {}  # why others that somebody asked about were not


def _take(
    outcomes: Iterable[Outcome],
    old: Mapping[str, PageRow],
    transaction: Transaction,
    asked: Collection[str],
) -> _Taken:
    """Take over what workers made. Raises TemplateFault."""
    taken = _Taken()
    for outcome in outcomes:
        file = outcome.page.file
        _adopt(outcome, transaction)
        if outcome.row is not None:
            _release(old.get(file), outcome, transaction)
            taken.rows[file] = outcome.row
            taken.reasons[file] = outcome.reason
        elif file in asked:
            taken.kept[file] = outcome.reason
    return taken


def _task(page: Page, old: PageRow | None, transaction: Transaction) -> Task:
    """What a worker is told of a page; its old row only where its files are as they were."""
    loss = NEW
    if old is not None:
        files = _FILES.decode(old.files)
        kept = [transaction.keep(path, file_digest) for path, file_digest in files]
        if not all(kept):
            old, loss = None, ALTERED
    names = tuple(transaction.name_for(path) for path in _files_of(page))
    return Task(page, names, old, loss)


def _files_of(page: Page) -> Iterator[str]:
    yield page.file
    if page.kind == "briefing":
        yield page.file.removesuffix("index.html") + ANNOTATIONS_FILE


def _adopt(outcome: Outcome, transaction: Transaction) -> None:
    if outcome.fault is not None:
        raise TemplateFault(*outcome.fault, outcome.page.path)
    for path, name, file_digest, size in outcome.files:
        transaction.adopt(path, name, file_digest, size)


def _release(old: PageRow | None, outcome: Outcome, transaction: Transaction) -> None:
    """Let go of the files that a page had before and has no more."""
    now = {path for path, *_ in outcome.files}
    for path, _ in _FILES.decode(old.files) if old else ():
        if path not in now:
            transaction.release(path)


def _copied(copies: Copies, index: SiteIndex) -> Iterator[tuple[str, Path]]:
    """The theme's static files, the site's own, and the assets that a page shows or links."""
    for name, file in static_files(copies.root, copies.theme).items():
        yield STATIC + name, file
    for static in copies.listing.static:
        yield index.files[static.path], copies.root / static.path
    if copies.listing.assets:
        used = used_assets(index)
        for asset in copies.listing.assets:
            if index.files[asset.path] in used:
                yield index.files[asset.path], copies.root / asset.path


def used_assets(index: SiteIndex) -> frozenset[str]:
    """The files that pages show or link to, by their path in the output."""
    found: set[str] = set()
    pages = [
        (facts.path, f"briefing:{id_}", facts.writing) for id_, facts in index.briefings.items()
    ]
    of_key = {key: path for path, key in index.paths.items()}
    pages += [(of_key.get(key, ""), key, writing) for key, writing in index.writings.items()]
    for path, key, writing in pages:
        targets = [image.target for image in writing.images]
        targets += [link.target for link in writing.links if not link.is_wiki]
        found.update(index.resolve_address(target, path, key).path for target in targets)
    return frozenset(found)
