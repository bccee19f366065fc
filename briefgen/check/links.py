"""What the text of one page refers to: links, citations, images.

In: the index and the writing of a page. Out: diagnostics, each at the reference.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from urllib.parse import unquote

from briefgen.model.addresses import leaves_the_site
from briefgen.model.diagnostics import Diagnostic, Place, finding, following
from briefgen.model.entity import Entity
from briefgen.model.facts import (
    BriefingFacts,
    CiteFact,
    ImageFact,
    LinkFact,
    LooseCite,
    Record,
    Writing,
)
from briefgen.model.index import LINKED_KINDS, Resolution, SiteIndex, Withheld, page_in_words
from briefgen.model.nearest import did_you_mean
from briefgen.model.treaty import Treaty

_SHOWN = 90  # code points of a text in a message
_NAMED = 12  # fragments that a help names
_STATIC = "content/static/"
_WIKI_HELP = "An id is the name of a file without its date and ending, or what its `id:` says."
_ADDRESS_HELP = (
    "An address is read from the folder of its file on; one that begins with `/` from the site's "
    "own address on."
)


def check_writing(
    index: SiteIndex, writing: Writing, path: str, key: str, briefing: BriefingFacts | None
) -> Iterator[Diagnostic]:
    """Check what the writing of the page `key`, in the file `path`, refers to.

    `briefing` is the page where it is one, which may have sources of its own. Emits unknown-link,
    ambiguous-link, unknown-fragment, unknown-citation, unknown-source, image-missing,
    image-elsewhere, refused-scheme, image-alt-missing, citation-as-text
    and footnote-covers-source.
    """
    for link in writing.links:
        yield from _link(index, link, path, key)
    for cite in writing.cites:
        if index.source(briefing, cite.source) is None:
            yield _unknown_source(index, cite, briefing)
    for note in writing.notes:
        if index.source(briefing, note.source) is not None:
            yield finding(
                "footnote-covers-source",
                note.place,
                f"The footnote `[^{note.source}]` is called like a source, and stands on this page "
                "wherever that is cited.",
                "Call the footnote otherwise, or take it out to cite the source.",
            )
    for loose in writing.loose:
        known = [id_ for id_ in loose.ids if index.source(briefing, id_) is not None]
        if known:
            yield _loose(loose, known)
    for image in writing.images:
        yield from _image(index, image, path, key)


def _unknown_source(index: SiteIndex, cite: CiteFact, briefing: BriefingFacts | None) -> Diagnostic:
    names = [*index.sources, *(briefing.sources if briefing else ())]
    is_in_list = cite.place.pointer[-2:-1] == ("sources",)
    if is_in_list:
        code, message = "unknown-source", f"There is no source `{cite.source}`."
    else:
        code = "unknown-citation"
        message = f"`{cite.source}` is neither a source nor a footnote of this page."
    cause = index.unread_thing("source", cite.source)
    if cause:
        near = did_you_mean(cite.source, names) if cause in index.guessed else ""
        return following(finding(code, cite.place, message, near), cause)
    advice = "Describe it in `content/sources/`, or under `sources:`."
    return finding(code, cite.place, message, did_you_mean(cite.source, names) or advice)


def _loose(loose: LooseCite, known: list[str]) -> Diagnostic:
    """The finding on words that name sources, as a citation would, and are shown as they are."""
    shown = loose.words if len(loose.words) <= _SHOWN else f"{loose.words[: _SHOWN - 1]}…"
    message = f"`{shown}` is no citation, so readers see it as it is typed."
    if loose.cited:
        known = [*loose.cited.split(" "), *known]
        named = ", ".join(f"`{id_}`" for id_ in loose.cited.split(" "))
        message = f"`{shown}` cites {named} alone; what else it names is read as the place in it."
    if loose.place.pointer == ("summary",):
        help_ = "A summary is plain text, in which nothing is cited: take it out there."
        return finding("citation-as-text", loose.place, message, help_)
    meant = "; ".join(f"@{id_}" for id_ in dict.fromkeys(known))
    return finding(
        "citation-as-text",
        loose.place,
        message,
        f"Write `[{meant}]`, each with its place in the work behind a comma, if there is one to "
        f"name: `[@{known[0]}, p. 4]`.",
    )


def _image(index: SiteIndex, image: ImageFact, path: str, key: str) -> Iterator[Diagnostic]:
    is_preview = image.place.pointer[-1:] == ("image",)
    if leaves_the_site(image.target):
        yield from _preview_elsewhere(image) if is_preview else _image_elsewhere(image, path)
    elif not index.resolve_address(image.target, path, key).path:
        name = unquote(image.target)
        yield finding(
            "image-missing",
            image.place,
            f"The image `{name}` is neither beside `{posixpath.basename(path)}` nor in "
            f"`{_STATIC}`.",
            did_you_mean(name, _as_written(index.files, path))
            or "Put the file there, or correct its name.",
        )
    if not image.has_alt:
        yield finding(
            "image-alt-missing",
            image.place,
            f"The image `{image.target}` has no alternative text.",
            f"Say what it shows: `![what it shows]({image.target})`.",
        )


def _preview_elsewhere(image: ImageFact) -> Iterator[Diagnostic]:
    """Report (refused-scheme) a front matter's `image` that others can't fetch either."""
    if not image.target.startswith(("https://", "http://")):
        yield finding(
            "refused-scheme",
            image.place,
            "`image` is neither an image of the site nor an address of the web, so it is left out.",
            "Write the name of a file beside this one, or an address that begins with https://.",
        )


def _image_elsewhere(image: ImageFact, path: str) -> Iterator[Diagnostic]:
    """Report (image-elsewhere) an image of a text that browsers will not load."""
    yield finding(
        "image-elsewhere",
        image.place,
        f"The image `{image.target}` is not the site's own, so browsers don't load it.",
        f"Save it beside `{posixpath.basename(path)}` and write its name, if its rights allow.",
    )


def _link(index: SiteIndex, link: LinkFact, path: str, key: str) -> Iterator[Diagnostic]:
    if link.is_wiki:
        result = index.resolve(link.target)
    else:
        result = index.resolve_address(link.target, path, key)
    if result.status == "unknown":
        withheld = index.withheld_at(link.target, path, is_wiki=link.is_wiki)
        if withheld is not None:
            yield left_out("unknown-link", link.place, withheld)
            return
        message = f"The link to `{unquote(link.target)}` leads nowhere."
        if link.is_wiki:
            message = f"`[[{link.target}]]` leads nowhere: no page has this id."
        cause = index.unread_at(link.target, path, is_wiki=link.is_wiki)
        near = "" if cause and cause not in index.guessed else _near_links(index, link, path)
        help_ = near or ("" if cause else _WIKI_HELP if link.is_wiki else _ADDRESS_HELP)
        yield following(finding("unknown-link", link.place, message, help_), cause)
    elif result.status == "ambiguous":
        kinds = " or ".join(f"the {key.partition(':')[0]}" for key in result.candidates)
        message = f"`[[{link.target}]]` could be {kinds} of this id."
        yield finding("ambiguous-link", link.place, message, _choices(link, result))
    elif result.status == "unknown-fragment":
        page = page_in_words(result.key)
        message = f"T{page[1:]} has nothing called `#{result.fragment}`."
        yield finding("unknown-fragment", link.place, message, _near_fragments(index, result))


def left_out(code: str, place: Place, withheld: Withheld) -> Diagnostic:
    """The finding on a reference to something that this build leaves out."""
    name = withheld.key.partition(":")[2]
    if withheld.day is None:
        message = f"`{name}` is a draft, so there is no page to lead to."
        return finding(code, place, message, "`--drafts` shows it; publish both, or neither.")
    message = f"`{name}` waits for {withheld.day}, so there is no page to lead to yet."
    help_ = "`--future` shows it; until then, take out the link or let this page wait too."
    return finding(code, place, message, help_)


def _near_links(index: SiteIndex, link: LinkFact, path: str) -> str:
    target = link.target.partition("#")[0]
    if not link.is_wiki:
        target = unquote(target)
        names = _as_written([*index.paths, *index.files], path)
        return did_you_mean(target, names)
    kind, colon, id_ = target.partition(":")
    kinds = (kind,) if colon and kind in LINKED_KINDS else LINKED_KINDS[:4]
    keys = (route.partition(":") for route in index.routes)
    names = (id_ for kind, _, id_ in keys if kind in kinds)
    return did_you_mean(id_ if colon else target, names)


def _choices(link: LinkFact, result: Resolution) -> str:
    kinds = [key.partition(":")[0].replace("treaty", "entity") for key in result.candidates]
    return f"Write {' or '.join(f'`[[{kind}:{link.target}]]`' for kind in kinds)}."


def _near_fragments(index: SiteIndex, result: Resolution) -> str:
    kind, _, id_ = result.key.partition(":")
    names: list[str] = []
    if kind == "briefing":
        names += [note.id for note in index.briefings[id_].annotations]
        headings = index.briefings[id_].writing.headings
    else:
        headings = index.writings.get(result.key, Writing()).headings
        if kind in ("treaty", "entity"):
            names += _sections(index.named(id_))
    names += [heading[1] for heading in headings]
    if not names:
        return "It has no headings and no notes to lead to."
    fragments = [f"#{name}" for name in names]
    listed = ", ".join(f"`{name}`" for name in fragments[:_NAMED])
    return did_you_mean(f"#{result.fragment}", fragments) or f"It has {listed}."


def _sections(record: Record[Entity] | Record[Treaty] | None) -> Iterator[str]:
    """The fragments of the sections of an entity's or a treaty's page that its facts fill."""
    for field in ("roles", "events", "parties", "provisions", "verification"):
        if record is not None and getattr(record.value, field, None):
            yield field


def _as_written(files: Iterable[str], path: str) -> Iterator[str]:
    """Files of the site as a link or an image of the file `path` names them."""
    folder = posixpath.dirname(path)
    for file in files:
        is_static = file.startswith(_STATIC)
        yield file.removeprefix(_STATIC) if is_static else posixpath.relpath(file, folder)
