"""What an edit stands on: the files of the last build that published, and which changed since.

In: the inputs of a run, and what the last build left in the cache. Out: the briefings whose files
are not as that build listed them, and a site of these, read, in which all other studies are left
in the cache until they are asked for. So what an edit costs does not grow with what a site says.

It holds only where all other files are as they were, no briefing is the article of another one, and
no build since has studied anything that it did not publish: that build takes the ground away
(`reading`).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import chain

import msgspec

from briefgen.build.cache import Cache
from briefgen.build.catalogue import files_of, study_records
from briefgen.build.digests import FileDigests, is_at_rest
from briefgen.build.findings import Wanted
from briefgen.build.reading import Read, context_of, load_published
from briefgen.build.snapshot import GROUND, Inputs, key_but_briefings
from briefgen.build.stopwatch import Stopwatch
from briefgen.build.studies import Studies, context_digest, restudy
from briefgen.link.frozen import Lazy
from briefgen.load.scan import File, Signature
from briefgen.model.codec import decoder, encode

_RESTLESS = Signature(-1, -1, -1, -1)
"""Of a file that was not at rest: the next build looks into it."""
_LISTED = "listed"


class Ground(msgspec.Struct, frozen=True, array_like=True):
    """What a build that published was made of, beside the long list of its briefings."""

    key: bytes  # of all that was read but the files of briefings
    others: tuple[str, ...]  # files read that no listing holds
    edited: dict[str, Signature] = {}  # briefings that are no more as the list has them


_GROUND = decoder(Ground)
_FILES = decoder(tuple[File, ...])


def lay_ground(inputs: Inputs, others: tuple[str, ...], cache: Cache, *, is_settled: bool) -> None:
    """Note the files of a build that has published; nothing where one of them is not settled."""
    key = key_but_briefings(inputs, others) if is_settled else None
    cache.set_meta(GROUND, encode(Ground(key, others)) if key else b"")
    if key:
        noted = [File(one.path, _trusted(one, inputs)) for one in inputs.listing.briefings]
        cache.set_meta(_LISTED, encode(noted))


def keep_ground(ground: Ground, inputs: Inputs, cache: Cache) -> None:
    """Note the files of `ground.edited` as they are, now that they are published."""
    files = [one for one in inputs.listing.briefings if one.path in ground.edited]
    edited = {one.path: _trusted(one, inputs) for one in files}
    cache.set_meta(GROUND, encode(msgspec.structs.replace(ground, edited=edited)))


def _trusted(file: File, inputs: Inputs) -> Signature:
    return file.signature if is_at_rest(file.signature, inputs.now_ns) else _RESTLESS


def find_ground(inputs: Inputs, cache: Cache) -> tuple[Ground, list[str]] | None:
    """What was noted, and the briefings whose files have changed since, `edited` among others.

    None where anything else has changed, or a briefing was added, removed or renamed.
    """
    data = cache.meta(GROUND)
    ground: Ground | None = _GROUND.decode(data) if data else None
    if ground is None or ground.key != key_but_briefings(inputs, ground.others):
        return None
    before: tuple[File, ...] = _FILES.decode(cache.meta(_LISTED))
    now = inputs.listing.briefings
    if len(before) != len(now):
        return None
    edited, changed = dict(ground.edited), []
    for old, new in zip(before, now, strict=True):
        if old != new or new.path in edited:
            if old.path != new.path:
                return None
            if edited.setdefault(new.path, old.signature) != new.signature:
                changed.append(new.path)
    return msgspec.structs.replace(ground, edited=edited), changed


def read_edited(
    inputs: Inputs, paths: Sequence[str], wanted: Wanted, cache: Cache, watch: Stopwatch
) -> Read:
    """Read a site of which only some briefings were edited; what is new goes into the cache.

    Raises DamagedError where the study of another briefing is not in the cache.
    """
    listing = inputs.listing
    with watch.stage("load"):
        records = [file.path for file in chain.from_iterable(files_of(listing).values())]
        known = cache.files([*records, *paths])
        digests = FileDigests(inputs.options.root, listing.files(), known, inputs.now_ns)
        loaded, drafts = load_published(inputs, cache, digests)
    context = context_of(inputs, loaded, wanted)
    with watch.stage("study"):
        before, made = restudy(paths, context, cache, digests)
        fresh: Collection[str] = made.keys()
        if fresh:
            cache.set_meta(GROUND, b"")  # until what is new is published
        rows = Lazy(
            dict.fromkeys(file.path for file in listing.briefings),
            lambda path: made[path] if path in made else cache.study(path),
        )
        studies = Studies(rows, frozenset(fresh), before)
        records_ = dict(study_records(loaded, context, context_digest(context), cache))
        if inputs.is_content_in_place(()):
            cache.put_files(digests.news())
    return Read(inputs, loaded, studies, records_, context, drafts)
