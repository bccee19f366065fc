"""The narrow way: an edit that changes nothing but what its own briefing says, or nothing at all.

In: what the last build left in the cache, and the studies that are new. Out: the few pages that
may have changed, and an index to make them from, or None where the whole site must be linked.

It is taken only where everything but some briefings' texts is as it was, where linking would read
the same of those briefings as before, and where neither they nor the last build have anything to
report on them. Then no page can have changed but their own, and those that show one of their
sentences: the dossiers of whom they mention, the pages they link to. The same keys then decide
which of these are rendered.

Where no file but those of briefings has changed since the last build (`ground`), the studies of
all others aren't even read.
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
from briefgen.build.findings import Wanted
from briefgen.build.ground import Ground, find_ground, keep_ground, lay_ground, read_edited
from briefgen.build.labels import read_labels
from briefgen.build.publish import publish_some
from briefgen.build.reading import Read, left_out, material_of, studied
from briefgen.build.rendering import Material as PageMaterial
from briefgen.build.result import BuildResult, LeftOut
from briefgen.build.snapshot import (
    Inputs,
    digest_of_output,
    digest_of_written,
    surroundings,
    take,
)
from briefgen.build.stopwatch import Stopwatch
from briefgen.build.studies import Studies, decode_fact, decode_found, decode_inputs
from briefgen.link.frozen import Frozen, freeze, newest_mentioning, thaw
from briefgen.link.index import links_of
from briefgen.model.codec import decoder, encode
from briefgen.model.diagnostics import Diagnostic
from briefgen.model.facts import BriefingFacts
from briefgen.model.index import SiteIndex
from briefgen.model.labels import Catalogue
from briefgen.model.prose import Sentence
from briefgen.render.dossier import LATEST
from briefgen.render.faults import TemplateFault
from briefgen.render.pages import Page
from briefgen.write.faults import WriteFault
from briefgen.write.manifest import Entry
from briefgen.write.transaction import Transaction

_NAME, _INDEX = "linked", "index"
_SUM_BYTES = 16
MOST = 50
"""More edited briefings than this are linked with all others."""


class Past(msgspec.Struct, frozen=True, array_like=True):
    """What a build that published was made of, and what it came to."""

    surroundings: bytes
    studies: bytes  # sum of all studies that it was made of
    output: bytes
    total: int  # pages
    left_out: LeftOut
    diagnostics: tuple[Diagnostic, ...]


class Linked(msgspec.Struct, frozen=True):
    """What a build that published leaves for the next one."""

    past: Past
    index: Frozen


_PAST, _FROZEN = decoder(Past), decoder(Frozen)


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
        linked = _find_linked(read, cache, transaction)
        if linked is None or not _is_apart(studies, linked):
            return None
        others = studies.others
        return _build(read, linked, others, None, folders, cache, watch, transaction, output)
    return None


def build_edited(
    inputs: Inputs, wanted: Wanted, folders: tuple[Path, ...], cache: Cache, watch: Stopwatch,
    transaction: Transaction, output: Path,
) -> Built | None:  # fmt: skip
    """Build where nothing but briefings was edited since the last build that published.

    None where that can't be told or the narrow way can't be taken; nothing has been done then.
    """
    found, data = find_ground(inputs, cache), cache.meta(_NAME)
    if found is None or not data:
        return None
    ground, paths = found
    past: Past = _PAST.decode(data)
    if len(paths) > MOST or past.output != digest_of_written(transaction):
        return None
    read = read_edited(inputs, paths, wanted, cache, watch)
    studies = read.studies
    with suppress(WriteFault, TemplateFault):
        if _are_narrow(studies):
            linked = Linked(past, _FROZEN.decode(cache.meta(_INDEX)))
            if _is_apart(studies, linked):
                built = _build(
                    read, linked, ground.others, ground, folders, cache, watch, transaction, output
                )
                if built is not None:
                    return built
    cache.undo()
    return None


def _build(
    read: Read, linked: Linked, others: Iterable[str], ground: Ground | None,
    folders: tuple[Path, ...], cache: Cache, watch: Stopwatch, transaction: Transaction,
    output: Path,
) -> Built | None:  # fmt: skip
    """Look at the pages that may have changed. None where a file of the output was altered.

    `others` are the files that were read for studies; `ground` is None where it is to be laid.
    """
    studies, inputs, past = read.studies, read.inputs, linked.past
    index = thawed(linked.index, read)
    pages = tuple(_pages(index, linked.index, studies))
    briefings = [page.id for page in pages if page.kind == "briefing"]
    paths = {id_: index.briefings[id_].path for id_ in briefings}
    material = PageMaterial(
        index=index,
        records=read.records,
        made={id_: studies.rows[path].made for id_, path in paths.items()},
        paths=paths,
        folders=folders,
        catalogues=_catalogues(index, pages, inputs, cache),
        stage=transaction.stage_dir,
    )
    done = publish_some(transaction, material, pages, cache, watch)
    if done is None:
        return None
    replaced, new = studies.before, {path: studies.rows[path] for path in studies.before}
    past = msgspec.structs.replace(past, studies=_sum(new, replaced, past.studies))
    remember(inputs, others, cache, transaction.wanted, past, ground=ground)
    stats = msgspec.structs.replace(
        studied(studies, watch),
        pages_total=past.total,
        left_out=past.left_out,
        rendered=len(done.reasons),
        written=done.committed.written,
        removed=done.committed.removed,
        reasons=done.reasons,
    )
    result = BuildResult(
        True, past.diagnostics, stats, output, inputs.config, tuple(sorted(others))
    )
    return Built(result, linked)


def _catalogues(
    index: SiteIndex, pages: Iterable[Page], inputs: Inputs, cache: Cache
) -> tuple[tuple[Catalogue, ...], ...]:
    """The catalogues of labels that the pages need."""
    briefings = (index.briefings[page.id].lang for page in pages if page.kind == "briefing")
    plain = (record.value.lang for record in index.pages.values())
    languages = {inputs.config.language, *filter(None, (*briefings, *plain))}
    return read_labels(inputs.options.root, inputs.config.theme, languages, cache).layers


def _find_linked(read: Read, cache: Cache, transaction: Transaction) -> Linked | None:
    """What the last build left, where it was made of all that there is but the edited texts."""
    studies = read.studies
    data, key = cache.meta(_NAME), surroundings(read.inputs)
    past: Past | None = _PAST.decode(data) if data else None
    if past is None or key is None or past.surroundings != key:
        return None
    if past.output != digest_of_written(transaction):
        return None
    if past.studies != _sum({**studies.rows, **studies.before}):
        return None  # a build since then has read something new, and not published it
    return Linked(past, _FROZEN.decode(cache.meta(_INDEX)))


def _is_apart(studies: Studies, linked: Linked) -> bool:
    """Whether the edited briefings have pages, and nothing was reported of their files."""
    if not studies.fresh <= set(linked.index.paths):
        return False  # a draft, or one that waits
    places = {path for fresh in studies.fresh for path, _ in decode_inputs(studies.rows[fresh])}
    return not any(one.place.path in places for one in linked.past.diagnostics)


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


def _pages(index: SiteIndex, frozen: Frozen, studies: Studies) -> Iterable[Page]:
    """The pages of the edited briefings, and those that show a sentence that has changed."""
    keys: dict[str, None] = {}
    for path in sorted(studies.fresh):
        new, old = decode_fact(studies.rows[path]), decode_fact(studies.before[path])
        keys[f"briefing:{new.id}"] = None
        for key in _showing(index, frozen, new, old):
            keys[key] = None
    for key in keys:
        kind, _, id_ = key.partition(":")
        if kind != "source":
            yield Page(kind, id_, index.routes[key])


def _showing(
    index: SiteIndex, frozen: Frozen, new: BriefingFacts, old: BriefingFacts
) -> Iterable[str]:
    pairs = zip(new.writing.mentions, old.writing.mentions, strict=True)
    for mention, earlier in pairs:
        if mention == earlier or not index.named(mention.entity):
            continue
        # A dossier has the sentences of the newest alone.
        if new.id in newest_mentioning(frozen, mention.entity, LATEST):
            yield index.key_of(mention.entity)
    links = links_of(index, new.writing.links, new.path, f"briefing:{new.id}")
    was: dict[str, list[Sentence]] = {link.target: [] for link in old.writing.links}
    for link in old.writing.links:
        was[link.target].append(link.sentence)
    for key, link in links:
        if link.sentence not in was[link.target] or len(was[link.target]) > 1:
            yield key


def link_state(
    inputs: Inputs, studies: Studies, index: SiteIndex, total: int,
    diagnostics: tuple[Diagnostic, ...],
) -> Linked:  # fmt: skip
    """What the narrow way needs to know of a build that linked the whole site."""
    key, made_of = surroundings(inputs) or b"", _sum(studies.rows)
    return Linked(
        Past(key, made_of, b"", total, left_out(index.withheld.values()), diagnostics),
        freeze(index),
    )


def remember(
    inputs: Inputs,
    others: Iterable[str],
    cache: Cache,
    files: Mapping[str, Entry],
    past: Past,
    index: Frozen | None = None,
    ground: Ground | None = None,
) -> None:
    """After a commit, leave for the next build what makes it quick, and save the cache.

    `others` are the files read for studies beside the briefings' own, `files` those of the output,
    as the manifest lists them; `index` is None where it is as it was, `ground` where it is to be
    laid anew. It can't be where a briefing is read for another one, as its article.
    """
    output = digest_of_output((path, one.digest) for path, one in files.items())
    read = {config_path(inputs.options), *others}
    listed = {file.path for file in inputs.listing.files()}
    unlisted = tuple(sorted(read - listed))
    is_settled = inputs.is_content_in_place(unlisted) and inputs.is_theme_in_place()
    take(
        inputs,
        cache,
        unlisted,
        past.total,
        past.left_out,
        past.diagnostics,
        output,
        is_settled=is_settled,
    )
    now = msgspec.structs.replace(past, output=output)
    cache.set_meta(_NAME, encode(now) if past.surroundings and is_settled else b"")
    if index is not None:
        cache.set_meta(_INDEX, encode(index))
    if ground is not None and is_settled:
        keep_ground(ground, inputs, cache)
    else:
        are_apart = read.isdisjoint(file.path for file in inputs.listing.briefings)
        lay_ground(inputs, unlisted, cache, is_settled=is_settled and are_apart)
    cache.save()


def _sum(
    rows: Mapping[str, StudyRow], without: Mapping[str, StudyRow] = {}, base: bytes = b""
) -> bytes:
    """The sum of digests of studies: of what pages are made of and of what is wrong.

    A sum, so that after an edit it can be told from the one before (`base`) and the few studies
    that were replaced, `without` reading the others.
    """
    total = int.from_bytes(base, "big") + _total(rows) - _total(without)
    return (total % (1 << 8 * _SUM_BYTES)).to_bytes(_SUM_BYTES, "big")


def _total(rows: Mapping[str, StudyRow]) -> int:
    said = (encode((path, row.made, row.found)) for path, row in rows.items())
    digests = (blake2b(one, digest_size=_SUM_BYTES).digest() for one in said)
    return sum(int.from_bytes(one, "big") for one in digests)
