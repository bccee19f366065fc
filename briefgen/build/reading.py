"""Reading a site: its records and the studies of its briefings, from the cache where that will do.

In: the inputs of a run. Out: everything that linking needs, and nothing linked yet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from zoneinfo import ZoneInfo

import msgspec

from briefgen.build.cache import Cache
from briefgen.build.catalogue import gazetteer_of, load_records, study_records
from briefgen.build.digests import FileDigests
from briefgen.build.findings import Wanted
from briefgen.build.labels import catalogue_paths
from briefgen.build.options import BuildOptions
from briefgen.build.result import BuildStats, LeftOut
from briefgen.build.snapshot import GROUND, Inputs
from briefgen.build.stopwatch import Stopwatch
from briefgen.build.studies import Studies, context_digest, study_all
from briefgen.build.study import Context, RecordStudy
from briefgen.link.index import Material
from briefgen.load.scan import Listing
from briefgen.model.diagnostics import Place, finding
from briefgen.model.facts import BriefingFacts, Loaded
from briefgen.model.index import Withheld


class Read(msgspec.Struct, frozen=True):
    """A site that has been read."""

    inputs: Inputs
    loaded: Loaded
    studies: Studies
    records: dict[str, RecordStudy]  # by key
    context: Context  # what every study is given
    drafts: tuple[Withheld, ...] = ()  # plain pages that are left out


def read_site(
    inputs: Inputs,
    wanted: Wanted,
    cache: Cache,
    watch: Stopwatch,
    meanwhile: Callable[[], None] | None = None,
) -> Read:
    """Read everything; what is new goes into the cache.

    `meanwhile` is called while other processes study; it should be short, and is called often.
    """
    options, config, listing = inputs.options, inputs.config, inputs.listing
    root = options.root
    with watch.stage("load"):
        digests = FileDigests(root, listing.files(), cache.files(), inputs.now_ns)
        loaded, drafts = load_published(inputs, cache, digests)
    context = context_of(inputs, loaded, wanted)
    paths = [file.path for file in listing.briefings]
    with watch.stage("study"):
        studies = Studies({}, frozenset())
        for step in study_all(paths, context, cache, digests, options.jobs):
            if isinstance(step, Studies):
                studies = step
            else:
                watch.tell("study", step, len(paths))
                if meanwhile is not None and step < len(paths):
                    meanwhile()
        if studies.fresh:
            cache.set_meta(GROUND, b"")  # until what is new is published
        records = dict(study_records(loaded, context, context_digest(context), cache))
        listed = {file.path for file in listing.files()}
        others = studies.others - listed
        if inputs.is_content_in_place(others):  # else a digest may be of another file than listed
            cache.put_files(digests.news())
        cache.keep_only("records", listed | set(catalogue_paths(root, config.theme)))
        cache.keep_only("files", listed | others)
        cache.save()
    return Read(inputs, loaded, studies, records, context, drafts)


def load_published(
    inputs: Inputs, cache: Cache, digests: FileDigests
) -> tuple[Loaded, tuple[Withheld, ...]]:
    """The records of a site without the plain pages that are drafts, and these."""
    options = inputs.options
    return _without_drafts(load_records(options.root, inputs.listing, cache, digests), options)


def context_of(inputs: Inputs, loaded: Loaded, wanted: Wanted) -> Context:
    """What every study of a run is given."""
    config = inputs.config
    return Context(
        inputs.options.root,
        gazetteer_of(loaded),
        config.linking,
        ZoneInfo(config.timezone),
        config.language,
        wanted("unlinked-candidate") or wanted("overlinked"),
    )


def _without_drafts(loaded: Loaded, options: BuildOptions) -> tuple[Loaded, tuple[Withheld, ...]]:
    """What is loaded without the plain pages that are drafts, and these. Emits draft-briefing."""
    drafts = [page for page in loaded.pages if page.value.draft and not options.drafts]
    if not drafts:
        return loaded, ()
    told = tuple(
        finding(
            "draft-briefing",
            Place(page.path, pointer=("draft",)),
            "This page is a draft, so it is left out.",
            "`--drafts` shows it.",
        )
        for page in drafts
    )
    published = msgspec.structs.replace(
        loaded,
        pages=tuple(page for page in loaded.pages if page not in drafts),
        diagnostics=loaded.diagnostics + told,
    )
    return published, tuple(
        Withheld(f"page:{page.id}", page.path, addresses=(f"{page.slug}/",)) for page in drafts
    )


def material_of(
    read: Read, shown: Sequence[BriefingFacts], withheld: Sequence[Withheld] = ()
) -> Material:
    """What linking is given: the briefings that are shown, and all else that was read."""
    loaded = read.loaded
    return Material(
        config=read.inputs.config,
        as_of=read.inputs.options.as_of,
        briefings=tuple(shown),
        entities=loaded.entities,
        treaties=loaded.treaties,
        sources=loaded.sources,
        topics=loaded.topics,
        pages=loaded.pages,
        writings={key: record.writing for key, record in read.records.items()},
        files=output_files(read.inputs.listing),
        withheld=(*read.drafts, *withheld),
    )


def output_files(listing: Listing) -> dict[str, str]:
    """Static files and assets: their path in the site, and where they go in the output."""
    files = {file.path: file.path.removeprefix("content/static/") for file in listing.static}
    files.update({file.path: file.path.removeprefix("content/") for file in listing.assets})
    return files


def studied(studies: Studies, watch: Stopwatch, withheld: Iterable[Withheld] = ()) -> BuildStats:
    """What is known of a run once its site has been read, and linked without what is withheld."""
    made = len(studies.fresh)
    reused = len(studies.rows) - made
    return BuildStats(
        left_out=left_out(withheld),
        studies_made=made,
        studies_reused=reused,
        seconds=watch.seconds,
    )


def left_out(withheld: Iterable[Withheld]) -> LeftOut:
    """How much of the site waits for its day, and how much is a draft."""
    files = {one.path: one for one in withheld}
    drafts = sum(one.day is None for one in files.values())
    return LeftOut(len(files) - drafts, drafts)
