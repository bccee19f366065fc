"""The narrow way: an edit that changes nothing but what its own briefing says, or nothing at all.

In: what the last build left in the cache, and the studies that are new. Out: the few pages that
may have changed, and an index to make them from, or None where the whole site must be linked.

It is taken only where everything but some briefings' texts is as it was, where linking would read
the same of those briefings as before, and where neither they nor the last build have anything to
report on them. Then no page can have changed but their own, and those that show one of their
sentences: the dossiers of whom they mention, the pages they link to. The same keys then decide
which of these are rendered.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import partial
from hashlib import blake2b
from pathlib import Path

import msgspec

from briefgen.build.cache import Cache, StudyRow
from briefgen.build.configure import config_path
from briefgen.build.labels import read_labels
from briefgen.build.publish import publish_some
from briefgen.build.reading import Read, material_of, studied
from briefgen.build.rendering import Material as PageMaterial
from briefgen.build.result import BuildResult
from briefgen.build.snapshot import Inputs, digest_of_output, surroundings, take
from briefgen.build.stopwatch import Stopwatch
from briefgen.build.studies import Studies, decode_fact, decode_found, decode_inputs
from briefgen.link.frozen import Frozen, freeze, thaw
from briefgen.link.index import links_of
from briefgen.model.codec import decoder, encode
from briefgen.model.diagnostics import Diagnostic
from briefgen.model.facts import BriefingFacts
from briefgen.model.index import SiteIndex
from briefgen.model.labels import Catalogue
from briefgen.model.prose import Sentence
from briefgen.render.faults import TemplateFault
from briefgen.render.pages import Page
from briefgen.write.faults import WriteFault
from briefgen.write.manifest import Entry
from briefgen.write.transaction import Transaction

_NAME = "linked"
MOST = 50
"""More edited briefings than this are linked with all others."""


class Linked(msgspec.Struct, frozen=True, array_like=True):
    """What a build that published leaves for the next one."""

    surroundings: bytes
    studies: bytes  # digest of all studies that it was made of
    output: bytes
    total: int  # pages
    diagnostics: tuple[Diagnostic, ...]
    index: Frozen


_LINKED = decoder(Linked)


class Narrow(msgspec.Struct, frozen=True):
    """The pages to look at, and the index to make them from."""

    index: SiteIndex
    pages: tuple[Page, ...]
    linked: Linked


class Built(msgspec.Struct, frozen=True):
    """What came of it, and what there is for the next build."""

    result: BuildResult
    linked: Linked


def build_narrowly(
    read: Read, output: Path, state: Path, folders: tuple[Path, ...], cache: Cache,
    watch: Stopwatch,
) -> Built | None:  # fmt: skip
    """Build the narrow way; None where it can't be taken, and nothing has been done."""
    studies, inputs = read.studies, read.inputs
    if len(studies.fresh) > MOST or not _are_narrow(studies):
        return None
    is_lasting = inputs.options.is_lasting
    begun = partial(Transaction.begin, output, state, is_lasting=is_lasting)
    with suppress(WriteFault, TemplateFault), begun() as transaction:
        way = find_narrow(read, cache, transaction)
        if way is None:
            return None
        rows = studies.rows
        briefings = [page.id for page in way.pages if page.kind == "briefing"]
        paths = {id_: way.index.briefings[id_].path for id_ in briefings}
        material = PageMaterial(
            index=way.index,
            records=read.records,
            made={id_: rows[path].made for id_, path in paths.items()},
            paths=paths,
            folders=folders,
            catalogues=_catalogues(way, inputs, cache),
            stage=transaction.stage_dir,
        )
        done = publish_some(transaction, material, way.pages, cache, watch)
        if done is None:
            return None
        linked = way.linked
        remember(inputs, studies, cache, transaction.wanted, linked)
        stats = msgspec.structs.replace(
            studied(studies, watch),
            pages_total=linked.total,
            rendered=len(done.reasons),
            written=done.committed.written,
            removed=done.committed.removed,
            reasons=done.reasons,
        )
        others = tuple(sorted(studies.others))
        result = BuildResult(True, linked.diagnostics, stats, output, inputs.config, others)
        return Built(result, linked)
    return None


def _catalogues(way: Narrow, inputs: Inputs, cache: Cache) -> tuple[tuple[Catalogue, ...], ...]:
    """The catalogues of labels that the pages need."""
    index = way.index
    briefings = (index.briefings[page.id].lang for page in way.pages if page.kind == "briefing")
    plain = (record.value.lang for record in index.pages.values())
    languages = {inputs.config.language, *filter(None, (*briefings, *plain))}
    return read_labels(inputs.options.root, inputs.config.theme, languages, cache).layers


def find_narrow(read: Read, cache: Cache, transaction: Transaction) -> Narrow | None:
    """The narrow way, where it can be taken by what the last build left."""
    studies = read.studies
    data = cache.meta(_NAME)
    linked: Linked | None = _LINKED.decode(data) if data else None
    key = surroundings(read.inputs)
    if linked is None or key is None or linked.surroundings != key:
        return None
    written = ((path, one.digest) for path, one in transaction.previous.items())
    if linked.output != digest_of_output(written):
        return None
    if linked.studies != digest_of_studies({**studies.rows, **studies.before}):
        return None  # a build since then has read something new, and not published it
    places = {path for fresh in studies.fresh for path, _ in decode_inputs(studies.rows[fresh])}
    frozen = linked.index
    if any(one.place.path in places for one in linked.diagnostics):
        return None
    if not studies.fresh <= set(frozen.paths):
        return None  # a draft, or one that waits
    index = thawed(frozen, read)
    return Narrow(index, tuple(_pages(index, studies, studies.before)), linked)


def _are_narrow(studies: Studies) -> bool:
    """Whether linking reads the same of the new studies as of those before, and all is well."""
    for path in studies.fresh:
        new, old = studies.rows[path], studies.before.get(path)
        if old is None or not are_alike(old, new) or decode_found(new) or decode_found(old):
            return False
    return True


def are_alike(old: StudyRow, new: StudyRow) -> bool:
    """Whether linking reads the same of two studies of a briefing, and they read the same files."""
    if not new.facts or not old.facts or new.linked != old.linked:
        return False
    return [path for path, _ in decode_inputs(new)] == [path for path, _ in decode_inputs(old)]


def thawed(frozen: Frozen, read: Read) -> SiteIndex:
    """The index of a site, of where everybody stood and of what they say now."""
    rows, path_of = read.studies.rows, dict(zip(frozen.ids, frozen.paths, strict=True))
    return thaw(frozen, material_of(read, ()), lambda id_: decode_fact(rows[path_of[id_]]))


def _pages(index: SiteIndex, studies: Studies, before: dict[str, StudyRow]) -> Iterable[Page]:
    """The pages of the edited briefings, and those that show a sentence that has changed."""
    keys: dict[str, None] = {}
    for path in sorted(studies.fresh):
        new, old = decode_fact(studies.rows[path]), decode_fact(before[path])
        keys[f"briefing:{new.id}"] = None
        for key in _showing(index, new, old):
            keys[key] = None
    for key in keys:
        kind, _, id_ = key.partition(":")
        if kind != "source":
            yield Page(kind, id_, index.routes[key])


def _showing(index: SiteIndex, new: BriefingFacts, old: BriefingFacts) -> Iterable[str]:
    pairs = zip(new.writing.mentions, old.writing.mentions, strict=True)
    for mention, earlier in pairs:
        if mention != earlier and index.named(mention.entity):
            yield index.key_of(mention.entity)
    links = links_of(index, new.writing.links, new.path, f"briefing:{new.id}")
    was: dict[str, list[Sentence]] = {link.target: [] for link in old.writing.links}
    for link in old.writing.links:
        was[link.target].append(link.sentence)
    for key, link in links:
        if link.sentence not in was[link.target] or len(was[link.target]) > 1:
            yield key


def link_state(
    inputs: Inputs, index: SiteIndex, total: int, diagnostics: tuple[Diagnostic, ...]
) -> Linked:
    """What the narrow way needs to know of a build that linked the whole site."""
    return Linked(surroundings(inputs) or b"", b"", b"", total, diagnostics, freeze(index))


def remember(
    inputs: Inputs,
    studies: Studies,
    cache: Cache,
    files: Mapping[str, Entry],
    linked: Linked,
) -> None:
    """After a commit, leave for the next build what makes it quick, and save the cache.

    `files` are those of the output, as the manifest lists them.
    """
    output = digest_of_output((path, one.digest) for path, one in files.items())
    listed = {file.path for file in inputs.listing.files()}
    others = {config_path(inputs.options), *studies.others} - listed
    is_settled = inputs.is_content_in_place(others) and inputs.is_theme_in_place()
    take(inputs, cache, others, linked.total, linked.diagnostics, output, is_settled=is_settled)
    now = msgspec.structs.replace(linked, output=output, studies=digest_of_studies(studies.rows))
    cache.set_meta(_NAME, encode(now) if linked.surroundings and is_settled else b"")
    cache.save()


def digest_of_studies(rows: Mapping[str, StudyRow]) -> bytes:
    """The digest, 16 bytes, of all studies: of what pages are made of and of what is wrong."""
    said = [(path, rows[path].made, rows[path].found) for path in sorted(rows)]
    return blake2b(encode(said), digest_size=16).digest()
