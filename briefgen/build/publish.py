"""From rendered pages to the committed output: everything is staged, then published in one go."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from briefgen.build.extras import extra_files
from briefgen.build.options import BuildOptions
from briefgen.build.result import BuildStats
from briefgen.build.stopwatch import Stopwatch
from briefgen.build.theme import static_files
from briefgen.load.scan import Listing
from briefgen.model.index import SiteIndex
from briefgen.model.site import SiteConfig
from briefgen.render.frame import STATIC
from briefgen.render.pages import Page
from briefgen.write.transaction import Transaction

STATE = ".briefgen"
"""The folder in the site that holds what a build keeps for the next one."""


def publish(
    options: BuildOptions,
    config: SiteConfig,
    index: SiteIndex,
    listing: Listing,
    pages: Iterable[tuple[Page, str]],
    files: Iterable[tuple[str, bytes]],
    output: Path,
    watch: Stopwatch,
) -> BuildStats:
    """Stage the pages as they come, then `files` and all else, and commit. Raises WriteFault."""
    rendered = 0
    with Transaction.begin(output, _state(options.root)) as transaction:
        for page, html in pages:
            transaction.stage(page.file, html.encode())
            rendered += 1
        for path, data in chain(files, extra_files(index)):
            transaction.stage(path, data)
        for path, source in _copied(options.root, config, index, listing):
            transaction.stage_file(path, source)
        with watch.stage("commit"):
            done = transaction.commit()
    return BuildStats(rendered, rendered, done.written, done.removed, watch.seconds)


def _state(root: Path) -> Path:
    """The folder for a build's own state, made with a .gitignore of its own."""
    state = root / STATE
    state.mkdir(exist_ok=True)
    ignore = state / ".gitignore"
    if not ignore.exists():
        ignore.write_text("*\n", encoding="utf-8")
    return state


def _copied(
    root: Path, config: SiteConfig, index: SiteIndex, listing: Listing
) -> Iterator[tuple[str, Path]]:
    """The theme's static files, the site's own, and the assets that a page shows or links."""
    for name, file in static_files(root, config.theme).items():
        yield STATIC + name, file
    for static in listing.static:
        yield index.files[static.path], root / static.path
    used = used_assets(index)
    for asset in listing.assets:
        if index.files[asset.path] in used:
            yield index.files[asset.path], root / asset.path


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
