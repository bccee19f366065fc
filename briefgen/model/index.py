"""The index of a site: what all pages together say, and pure questions about it.

Things are named by their key, `KIND:ID` ("briefing:first-call"); kinds of things are briefing,
entity, treaty, source, topic and page.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from typing import Literal
from urllib.parse import unquote
from zoneinfo import ZoneInfo

import msgspec

from briefgen.model.briefing import PlainPage, Topic
from briefgen.model.dates import Day
from briefgen.model.entity import Entity
from briefgen.model.facts import BriefingFacts, LinkFact, MentionFact, Record, Writing
from briefgen.model.labels import name_in
from briefgen.model.site import SiteConfig
from briefgen.model.source import Source
from briefgen.model.treaty import Treaty

LINKED_KINDS = ("briefing", "entity", "treaty", "page", "topic", "source")
"""The kinds that `[[...]]` may name with a prefix; without one, the first four."""

LISTS = {
    "home": "",
    "briefings": "briefings/",
    "glossary": "glossary/",
    "treaties": "treaties/",
    "sources": "sources/",
    "topics": "topics/",
    "timeline": "timeline/",
    "annotations": "annotations/",
    "search": "search/",
}
"""The pages that a site has beside those of its things, and their addresses.

All but `search`, which is there where the configuration asks for it.
"""

ANNOTATIONS_FILE = "annotations.json"
"""The file of a briefing's annotations, which lies beside its page."""

SECTIONS: Mapping[str, frozenset[str]] = {
    kind: frozenset(names.split())
    for kind, names in {
        "briefing": "contents key-points kinds text glossary sources related backlinks corrections "
        "timeline origin cite",
        "entity": "in-short roles events companions mentions backlinks sources",
        "treaty": "contents provisions verification parties events lineage companions mentions "
        "backlinks sources",
        "source": "work cited",
        "topic": "briefings sources",
        "page": "backlinks sources",
        "home": "latest treaties changes",
        "sources": "shared own",
    }.items()
}
"""Fragments of the sections that pages of a kind may have beside `main`, which all have.

Of a list the kind is its name in `LISTS`.
"""


class RelatedFact(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A related briefing: linked to, or near by what the two share."""

    briefing: str
    is_linked: bool
    shared: tuple[str, ...]  # keys of entities, treaties and topics, the rarest first


class BacklinkFact(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """That a page links to another."""

    origin: str  # key
    link: LinkFact


class MentioningFact(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """That a briefing mentions the entity in whose list this stands."""

    briefing: str
    mention: MentionFact


class Withheld(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Why a briefing or a page is left out of the site as it is built."""

    key: str
    path: str  # of its file
    day: Day | None = None  # on which it will be published; None for a draft
    dated_by: str = "published"  # the key that says so
    addresses: tuple[str, ...] = ()  # of the pages that there would be with it


class Resolution(msgspec.Struct, frozen=True, gc=False):
    """Where a link leads: a key and a fragment, a path of the site's own, or what is wrong."""

    status: Literal["found", "unknown", "ambiguous", "unknown-fragment"]
    key: str = ""
    fragment: str = ""
    path: str = ""  # of a static file or an asset, from the site's root
    candidates: tuple[str, ...] = ()


def page_in_words(key: str) -> str:
    """A page as a message calls it: "the page of the briefing `first-call`"."""
    kind, _, id_ = key.partition(":")
    return f"the page {'' if kind in ('page', 'list') else f'of the {kind} '}`{id_}`"


class SiteIndex(msgspec.Struct, frozen=True, gc=False):
    """The linked site. Lists of briefings are newest first."""

    config: SiteConfig
    as_of: Day
    briefings: Mapping[str, BriefingFacts]
    entities: Mapping[str, Record[Entity]]
    treaties: Mapping[str, Record[Treaty]]
    sources: Mapping[str, Record[Source]]
    topics: Mapping[str, Record[Topic]]  # those without a file too
    pages: Mapping[str, Record[PlainPage]]
    writings: Mapping[str, Writing]  # of entities, treaties, topics and pages, by key
    routes: Mapping[str, str]  # key -> path of the page from the site's root, "" for home
    addresses: Mapping[str, str]  # path without its ending -> key
    mentioned: Mapping[str, tuple[MentionFact, ...]]  # briefing -> whom it mentions, in order
    mentions: Mapping[str, tuple[MentioningFact, ...]]  # entity -> who mentions it
    backlinks: Mapping[str, tuple[BacklinkFact, ...]]  # key -> who links to it
    cited_by: Mapping[str, tuple[str, ...]]  # source of the site -> briefings
    by_topic: Mapping[str, tuple[str, ...]]
    related: Mapping[str, tuple[RelatedFact, ...]]
    files: Mapping[str, str]  # static files and assets: path in the site -> path in the output
    paths: Mapping[str, str]  # path of a content file -> key
    translated: Mapping[str, tuple[tuple[str, str], ...]] = {}  # briefing -> language and briefing
    moved: Mapping[str, str] = {}  # path of a redirect from the site's root -> key
    citations: Mapping[str, str] = {}  # sources in the site's style, as HTML: citing.cited_key
    withheld: Mapping[str, Withheld] = {}  # key, and path of the file, of what is left out
    unread: Mapping[str, str] = {}  # key, and path, of what is not known -> file in error with it
    guessed: frozenset[str] = frozenset()  # files in error that couldn't be parsed for their ids
    sizes: Mapping[str, tuple[int, int]] = {}  # images that are shown: path in the output -> pixels

    def key_of(self, entity: str) -> str:
        """The key of an entity or a treaty by its id, which the two kinds share."""
        return f"treaty:{entity}" if entity in self.treaties else f"entity:{entity}"

    def named(self, entity: str) -> Record[Entity] | Record[Treaty] | None:
        """An entity or a treaty by its id."""
        return self.treaties.get(entity) or self.entities.get(entity)

    def source(self, briefing: BriefingFacts | None, source: str) -> Source | None:
        """A source by its id: the page's own, else the site's."""
        if briefing is not None and source in briefing.sources:
            return briefing.sources[source]
        record = self.sources.get(source)
        return record.value if record else None

    def is_public(self, facts: BriefingFacts) -> bool:
        """Whether a briefing is neither a draft nor waits for its day, so that it may be spread."""
        zone = ZoneInfo(self.config.timezone)
        return not facts.is_draft and facts.published_day(zone) <= self.as_of

    def unpublished(self, facts: BriefingFacts) -> Literal["", "draft", "waits"]:
        """Why a briefing that is shown is not public; empty where it is."""
        if facts.is_draft:
            return "draft"
        # The day of a moment in UTC is behind that of any zone by a day at most.
        if facts.published[:10] < self.as_of or self.is_public(facts):
            return ""
        return "waits"

    def language_of(self, key: str) -> str:
        """The language of a thing's page."""
        kind, _, id_ = key.partition(":")
        own: str | None = None
        if kind == "briefing":
            own = self.briefings[id_].lang
        elif kind == "page":
            own = self.pages[id_].value.lang
        return own or self.config.language

    def title_of(self, key: str, language: str | None = None) -> str:
        """What a thing is called; in another `language` than the site's, where it can be."""
        kind, _, id_ = key.partition(":")
        if kind == "briefing":
            return self.briefings[id_].title
        if kind == "page":
            return self.pages[id_].value.title
        if kind == "topic":
            topic = self.topics[id_].value
            return (name_in(topic.names, language) if language else None) or topic.name
        if kind == "source":
            return self.sources[id_].value.name
        record = self.named(id_)
        if record is None:
            return id_
        named = name_in(record.value.names, language) if language else None
        return named or record.value.name

    def title_at(self, target: str) -> str:
        """The title that `[[target]]` shows; empty where it leads nowhere."""
        key = self.resolve(target).key
        return self.title_of(key) if key else ""

    def resolve(self, target: str) -> Resolution:
        """Where `[[target]]` leads: an id, with the kind before a colon or a fragment behind #."""
        name, _, fragment = target.partition("#")
        kind, colon, rest = name.strip().partition(":")
        if colon and kind in LINKED_KINDS:
            keys = [f"{kind}:{rest.strip()}"]
            if kind == "entity":
                keys.append(f"treaty:{rest.strip()}")
        else:
            keys = [f"{kind}:{name.strip()}" for kind in LINKED_KINDS[:4]]
        found = [key for key in keys if key in self.routes]
        if not found:
            return Resolution("unknown")
        if len(found) > 1:
            return Resolution("ambiguous", candidates=tuple(found))
        return self._with_fragment(found[0], fragment.strip())

    def resolve_address(self, address: str, origin: str, origin_key: str) -> Resolution:
        """Where an ordinary relative link of the file `origin` leads.

        It may name a file of the site (a `.md` file becomes its page), a static file, an address
        of the site from its root ("/about/"), or a fragment of its own page.
        """
        path, _, fragment = address.partition("#")
        path, fragment = unquote(path.partition("?")[0]), unquote(fragment)
        if not path:
            return self._with_fragment(origin_key, fragment)
        is_rooted = path.startswith("/")
        below = posixpath.normpath(path.lstrip("/"))
        if is_rooted:
            key = self.addresses.get("" if below == "." else below)
        else:
            beside = posixpath.normpath(posixpath.join(posixpath.dirname(origin), path))
            key = self.paths.get(beside)
            if key is None and beside in self.files:
                return Resolution("found", path=self.files[beside], fragment=fragment)
        if key is not None:
            return self._with_fragment(key, fragment)
        static = self.files.get(f"content/static/{below}")
        if static is None:
            return Resolution("unknown")
        return Resolution("found", path=static, fragment=fragment)

    def withheld_at(self, target: str, origin: str, *, is_wiki: bool) -> Withheld | None:
        """What a link that leads nowhere would lead to, had it not been left out.

        `target` is as the file `origin` writes it, in `[[...]]` or as an ordinary address.
        """
        name = target.partition("#")[0].strip()
        if not is_wiki:
            beside = posixpath.join(posixpath.dirname(origin), unquote(name.partition("?")[0]))
            return self.withheld.get(posixpath.normpath(beside))
        kind, colon, id_ = name.partition(":")
        kinds, id_ = ((kind,), id_.strip()) if colon else (("briefing", "page"), name)
        found = (self.withheld.get(f"{kind}:{id_}") for kind in kinds)
        return next(filter(None, found), None)

    def unread_at(self, target: str, origin: str, *, is_wiki: bool) -> str:
        """The file in error that keeps a link from leading somewhere, as `withheld_at` is asked."""
        name = target.partition("#")[0].strip()
        if not is_wiki:
            beside = posixpath.join(posixpath.dirname(origin), unquote(name.partition("?")[0]))
            return self.unread.get(posixpath.normpath(beside), "")
        kind, colon, id_ = name.partition(":")
        if colon and kind in LINKED_KINDS:
            return self.unread_thing(kind, id_.strip())
        found = (self.unread_thing(kind, name) for kind in LINKED_KINDS[:4])
        return next(filter(None, found), "")

    def unread_thing(self, kind: str, id_: str) -> str:
        """The file in error that has the thing, which therefore is not known; or nothing.

        Where it is one of `guessed`, another cause is told as well.
        """
        kinds = ("entity", "treaty") if kind == "entity" else (kind,)
        return next(filter(None, (self.unread.get(f"{one}:{id_}") for one in kinds)), "")

    def _with_fragment(self, key: str, fragment: str) -> Resolution:
        if not fragment:
            return Resolution("found", key)
        found = self.fragment(key, fragment)
        if found is None:
            return Resolution("unknown-fragment", key, fragment)
        return Resolution("found", key, found)

    def fragment(self, key: str, fragment: str) -> str | None:
        """The fragment as the page of the thing has it; an annotation's id leads to its note.

        None where no such page has it. Whether this one has the section is not asked.
        """
        kind, _, id_ = key.partition(":")
        if kind == "briefing":
            facts = self.briefings[id_]
            notes = {note.id for note in facts.annotations}
            if fragment in notes:
                return f"note-{fragment}"
            if fragment.startswith("note-") and fragment.removeprefix("note-") in notes:
                return fragment
            headings = facts.writing.headings
        else:
            headings = self.writings.get(key, Writing()).headings
        sections = SECTIONS.get(id_ if kind == "list" else kind, frozenset())
        is_known = fragment == "main" or fragment in sections
        if kind == "list" and not is_known:
            is_known = self._is_entry(id_, fragment)
        return fragment if is_known or any(fragment == row[1] for row in headings) else None

    def _is_entry(self, list_: str, fragment: str) -> bool:
        """Whether a list has an entry or a year of this fragment: `g-russia`, `source-x`, `y2021`.

        Letters of the glossary are counted, not named, so nothing can lead to them for good.
        Linear in the site's briefings where it is asked for a year.
        """
        prefix, _, id_ = fragment.partition("-")
        if list_ == "glossary":
            return prefix == "g" and self.named(id_) is not None
        if list_ == "sources":
            return prefix == "source" and id_ in self.sources
        if list_ == "briefings":
            zone = ZoneInfo(self.config.timezone)
            years = (facts.published_day(zone).year for facts in self.briefings.values())
            return any(fragment == f"y{year}" for year in years)
        return list_ == "timeline" and any(fragment == f"y{day.year}" for day in self._dated())

    def _dated(self) -> Iterator[Day]:
        """The dates of all that stands on the timeline."""
        for treaty in self.treaties.values():
            yield from (event.date for event in treaty.value.events)
        for record in self.entities.values():
            if record.value.date is not None:
                yield record.value.date
        yield from (facts.date for facts in self.briefings.values())
