"""All checks of a linked site, in one place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from zoneinfo import ZoneInfo

from briefgen.build.cache import Cache
from briefgen.build.compiled import KnownReferences
from briefgen.build.publish import used_assets
from briefgen.build.theme import static_files, template_folders
from briefgen.check.config import check_config
from briefgen.check.dates import check_dates
from briefgen.check.labels import check_labels, check_languages
from briefgen.check.parties import check_parties
from briefgen.check.places import inside
from briefgen.check.posts import check_posts
from briefgen.check.references import check_references
from briefgen.check.sources import check_archives, check_newer, check_single_source
from briefgen.check.templates import check_own_templates, check_templates
from briefgen.check.topics import check_topics
from briefgen.check.treaties import (
    check_ended,
    check_event_order,
    check_fact_sources,
    check_notices,
)
from briefgen.link.outputs import STATIC as STATIC_FOLDER
from briefgen.link.outputs import check_copies
from briefgen.model.citing import other_pages_citing
from briefgen.model.codec import decoder, encode
from briefgen.model.diagnostics import Diagnostic, Place, finding
from briefgen.model.index import SiteIndex
from briefgen.render.environment import Templates
from briefgen.render.faults import TemplateFault
from briefgen.render.frame import STATIC
from briefgen.render.labels import VIEW_LABELS, Layers

_LABELS = decoder(tuple[str, ...])


def check_files(root: Path, index: SiteIndex, config_path: str) -> list[Diagnostic]:
    """What is wrong with the files that are copied into the output, or named and not there.

    Emits static-collision, unknown-template, and what `check_config` does.
    """
    used = frozenset[str]()
    if any(not source.startswith(STATIC_FOLDER) for source in index.files):
        used = used_assets(index)
    copies = {
        source: path
        for source, path in index.files.items()
        if source.startswith(STATIC_FOLDER) or path in used
    }
    theme = [STATIC + name for name in static_files(root, index.config.theme)]
    return [
        *check_copies(index, copies, theme),
        *check_config(index, config_path, theme),
        *check_templates(index, lambda: _template_names(root, index.config.theme)),
        *_own_templates(root, index),
    ]


def _own_templates(root: Path, index: SiteIndex) -> Iterator[Diagnostic]:
    """What of the site's own templates, and its theme's, is never shown."""
    *own, built_in = template_folders(root, index.config.theme)
    files: dict[str, str] = {}  # an upper layer's covers a lower one's
    for folder in reversed([one for one in own if one.is_dir()]):
        for file in sorted(folder.rglob("*.html")):
            files[file.relative_to(folder).as_posix()] = file.relative_to(root).as_posix()
    if not files:
        return
    templates = Templates([*own, built_in], references=KnownReferences(built_in).of)
    pages = [file.name for file in built_in.glob("*.html")]
    with suppress(TemplateFault):  # which rendering tells of
        yield from check_own_templates(
            index,
            files,
            pages,
            templates.closure,
            templates.unseen,
        )


def check_words(
    root: Path, index: SiteIndex, config_path: str, layers: Layers, cache: Cache,
    wanted: Callable[[str], bool],
) -> list[Diagnostic]:  # fmt: skip
    """What is wrong with the labels of the site. Emits unknown-label and labels-missing."""
    own = [catalogue for layer in layers[:-1] for catalogue in layer]
    found = [*check_labels(own, lambda: _known_labels(root, index.config.theme, cache))]
    if wanted("labels-missing"):
        found += check_languages(index, config_path, [one for layer in layers for one in layer])
    return found


def _known_labels(root: Path, theme: str, cache: Cache) -> frozenset[str]:
    """All labels there are; the cache keeps those of the same templates."""
    templates = Templates(template_folders(root, theme))
    digest = templates.digest_of_all()
    known = cache.record("labels", digest)
    if known is None:
        known = encode(sorted(templates.used_labels()))
        cache.put_record("labels", digest, known)
    return VIEW_LABELS | frozenset(_LABELS.decode(known))


def _template_names(root: Path, theme: str) -> frozenset[str]:
    return Templates(template_folders(root, theme)).names()


def check_site(
    index: SiteIndex, wanted: Callable[[str], bool], config_path: str
) -> list[Diagnostic]:
    """What is wrong, or worth a look, in the site as a whole; `wanted` tells by a rule's code."""
    briefings = index.briefings.values()
    treaties = index.treaties.values()
    sources = {id_: record.value for id_, record in index.sources.items()}
    zone = ZoneInfo(index.config.timezone)
    found = [
        *check_references(index),
        *check_parties(index),
        *check_event_order(treaties),
        *check_notices(treaties),
        *check_dates(briefings, zone, index.as_of),
    ]
    if wanted("post-shared"):
        found += check_posts(index.entities.values())
    if wanted("topic-misspelt"):
        found += check_topics(index.topics.values())
    if wanted("fact-unsourced"):
        found += check_fact_sources(treaties)
    if wanted("treaty-ended"):
        found += check_ended(briefings, index.treaties, index.as_of)
    if wanted("archive-missing"):
        found += check_archives(index.sources.values(), briefings)
    if wanted("source-newer"):
        found += check_newer(briefings, sources, zone)
    if wanted("single-source"):
        found += check_single_source(briefings)
    if any(map(wanted, ("entity-unmentioned", "source-uncited", "no-site-address"))):
        found += _unused(index, config_path)
    return found


def _unused(index: SiteIndex, config_path: str) -> list[Diagnostic]:
    """Emits entity-unmentioned, source-uncited and no-site-address."""
    found = [
        finding(
            "entity-unmentioned",
            inside(record.place, "name"),
            f"No briefing mentions `{record.id}`.",
            "It stands in the glossary all the same.",
        )
        for group in (index.entities, index.treaties)
        for record in group.values()
        if record.id not in index.mentions
    ]
    used = {*index.cited_by, *other_pages_citing(index)}
    found += [
        finding(
            "source-uncited",
            record.place,
            f"No page cites the source `{record.id}`.",
            "It stands in the list of sources all the same.",
        )
        for record in index.sources.values()
        if record.id not in used
    ]
    if index.config.url is None:
        found.append(
            finding(
                "no-site-address",
                Place(config_path),
                "The site has no address, so it gets no feed, no sitemap and no canonical links.",
                "Add `url: https://...` to it, or build with `--base-url`.",
            )
        )
    return found
