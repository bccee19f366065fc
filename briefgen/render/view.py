"""Views: the plain, frozen, complete data that a template is given, and nothing else.

An `href` is relative to the page that shows it. Text is plain and escaped by the template; what
is HTML already is `Markup`. Dates are values: the `date` filter words them. `refs` are the
footnotes of a fact, in order.

Longer than other files: it is data alone, the whole of what templates may use, which the guide to
themes is made from; pages and the pieces they are made of are best read, and changed, side by side.
"""

from __future__ import annotations

from typing import Any

import msgspec
from markupsafe import Markup

from briefgen.model.dates import Day
from briefgen.model.source import Source


class View(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """The base of all that stands in a view."""


class Link(View, frozen=True, kw_only=True):
    """A link; without `href` its text stands alone."""

    text: str
    href: str | None = None
    lang: str = ""  # of the text, where it is known not to be the page's


class SiteView(View, frozen=True, kw_only=True):
    """What all pages of the site show. Paths are relative to the site's root."""

    title: str
    description: str
    language: str
    nav: tuple[tuple[str, str, str], ...]  # (kind of page, label or "", path)
    nav_paths: tuple[str, ...] = ()
    home: str = ""  # path of the home page
    styles: tuple[str, ...]
    script: str = ""  # path of the theme's own
    scripts: tuple[str, ...]
    feed: str | None  # path
    logo: str | None
    logo_width: int | None = None  # in pixels, at the height of the masthead's logo
    search: str | None = None  # path of the search page, where the site has one
    waits_from: Day | None = None  # briefings published then or later are shown ahead of it
    extra: dict[str, Any]

    def __repr__(self) -> str:
        """Without `extra`: a page that prints a view must not depend on it (see `render/uses`)."""
        return f"SiteView({self.title!r})"


class PageView(View, frozen=True, kw_only=True):
    """What every page has. `root` leads from the page to the site's root: "../../"."""

    kind: str  # of the page: briefing, entity, home ...
    title: str
    site: SiteView
    root: str
    path: str  # of the page, from the site's root
    section: str = ""  # the entry of the navigation that it belongs to
    description: str = ""
    lang: str = "en"
    dir: str = "ltr"
    foreign: str = ""  # the site's language, where the page is in another
    canonical: str | None = None
    image: str | None = None  # absolute address of the picture that stands for it elsewhere
    feed: str | None = None  # href of a feed of its own
    translations: tuple[tuple[str, str], ...] = ()  # (language, href)
    alternates: tuple[tuple[str, str], ...] = ()  # (language, absolute address), its own too
    json_ld: Markup | None = None
    annotations: str | None = None  # href of its W3C annotations
    extra: dict[str, Any] = {}


class Ref(View, frozen=True, kw_only=True):
    """A footnote's number where a fact uses it."""

    number: int
    href: str  # "#fn-3"
    id: str  # "fnref-3-2": where the way back leads
    locator: str = ""


class Sentence(View, frozen=True, kw_only=True):
    """A sentence around the words it is shown for."""

    before: str
    words: str
    after: str


class RoleView(View, frozen=True, kw_only=True):
    """A post. `is_certain` is False where its dates are too coarse to tell for the day meant."""

    title: str
    begin: Day | None
    end: Day | None  # the first day it is no longer held
    is_certain: bool = True
    refs: tuple[Ref, ...] = ()


class GlossaryEntry(View, frozen=True, kw_only=True, cache_hash=True):
    """An entity as lists and cards show it; `roles` are those of the page's date."""

    id: str
    name: str
    kind: str
    href: str
    description: str = ""
    roles: tuple[RoleView, ...] = ()
    lang: str = ""  # of the name, where it is not the page's
    count: int = 0  # briefings that mention it, in lists of the whole site
    aliases: tuple[str, ...] = ()  # in lists of the whole site


class GlossaryGroup(View, frozen=True, kw_only=True):
    """The entries of one kind, by name."""

    kind: str
    entries: tuple[GlossaryEntry, ...]


class SourceView(View, frozen=True, kw_only=True):
    """A source: the value itself, and its page where it has one."""

    id: str
    value: Source
    href: str | None = None
    count: int = 0  # briefings that cite it, in lists of the whole site
    others: int = 0  # other pages that cite it, in lists of the whole site
    cited: Markup | None = None  # in the site's citation style, where it has one


class Back(View, frozen=True, kw_only=True):
    """A footnote's way back to one place that cites it: a, b, c ..."""

    href: str
    letter: str
    locator: str = ""


class Footnote(View, frozen=True, kw_only=True):
    """A footnote: a source, or a note of the author's own."""

    number: int
    id: str
    backs: tuple[Back, ...]
    source: SourceView | None = None
    html: Markup | None = None


class Note(View, frozen=True, kw_only=True):
    """An annotation. `id` is its fragment, `quote_id` that of the quoted words' marker."""

    number: int  # 0 for one of kind `source` without a note, which is but a footnote
    id: str
    quote_id: str
    kind: str
    quote: str
    html: Markup
    rest: Markup = Markup()  # of a long note, which is unfolded
    author: str | None = None
    date: Day | None = None
    refs: tuple[Ref, ...] = ()


class Part(View, frozen=True, kw_only=True):
    """A run of the article's blocks, and the notes that stand beside the last of them."""

    html: Markup
    notes: tuple[Note, ...] = ()


class Heading(View, frozen=True, kw_only=True):
    """An entry of a page's contents."""

    level: int
    id: str
    text: str


class PartyView(View, frozen=True, kw_only=True):
    """A party with its dates, and how it stands on the day meant."""

    name: str
    href: str | None
    standing: str
    signed: Day | None = None
    ratified: Day | None = None
    acceded: Day | None = None
    suspended: Day | None = None
    resumed: Day | None = None  # after the last suspension
    notice: Day | None = None  # of leaving
    leaves: Day | None = None  # the day on which the notice takes effect
    left: Day | None = None
    ratification_withdrawn: Day | None = None
    may_be: tuple[str, ...] = ()  # other standings that partial dates leave open


class SuspensionView(View, frozen=True, kw_only=True):
    """A party's suspension, and who contests it."""

    party: str
    since: Day
    contested_by: tuple[str, ...] = ()
    is_certain: bool = True  # False where partial dates leave open whether it holds that day
    until: Day | None = None  # the day on which it is over by itself


class NoticeView(View, frozen=True, kw_only=True):
    """A notice of leaving that has not taken effect."""

    party: str | None  # None: it ends the treaty itself, on a day that is not known
    since: Day
    leaves: Day | None = None  # the day on which it takes effect, where it is known
    is_certain: bool = True  # False where partial dates leave open whether it holds that day


class DepartureView(View, frozen=True, kw_only=True):
    """A party that has left."""

    party: str
    since: Day
    is_certain: bool = True  # False where partial dates leave open whether it holds that day


class StatusView(View, frozen=True, kw_only=True):
    """A treaty's status. `on` is None for the present one, told by its consequence alone."""

    state: str  # see briefgen.model.treaty_status.TreatyStatus
    on: Day | None
    since: Day | None = None
    until: Day | None = None  # the nearest end that is known; none that an extension to come brings
    ends: str = "expired"  # what the treaty is from then on
    pauses_until: Day | None = None  # when what is suspended or applied provisionally is over
    is_indefinite: bool = False
    is_certain: bool = True
    suspended: tuple[SuspensionView, ...] = ()
    left: tuple[DepartureView, ...] = ()
    count: tuple[int, Day] | None = None
    is_count_current: bool = True  # False where some have joined or left since, or it ended
    notices: tuple[NoticeView, ...] = ()
    foreseen: tuple[EventView, ...] = ()  # what else is to come; of the present status alone


class EventView(View, frozen=True, kw_only=True):
    """An event of a treaty's life."""

    date: Day
    type: str
    treaty: Link | None = None
    until: Day | None = None
    parties: tuple[Link, ...] = ()
    contested_by: tuple[Link, ...] = ()
    count: int | None = None
    place: str | None = None
    signatories: tuple[Link, ...] = ()
    note: str | None = None
    refs: tuple[Ref, ...] = ()
    is_ahead: bool = False  # it has not come


class ProvisionView(View, frozen=True, kw_only=True):
    """A provision of a treaty."""

    name: str
    limit: str | None = None
    unit: str | None = None
    note: str | None = None
    refs: tuple[Ref, ...] = ()


class Tick(View, frozen=True, kw_only=True):
    """A name below a picture. `at` is a per cent of the picture's width, as everywhere."""

    at: str
    name: str
    anchor: str = "middle"  # start | middle | end: which part of the name is at `at`


class Scale(View, frozen=True, kw_only=True):
    """The equal spans of time that a picture of counts is divided into."""

    first: str  # names, in figures: "2021-03", "2021", with a dash for more years
    last: str
    width: str  # of a bar
    years: int  # in a span; 0 where it is a month
    ticks: tuple[Tick, ...]


class Column(View, frozen=True, kw_only=True):
    """A span of time in a picture of counts, and how many things it has."""

    left: str  # where its bar begins
    name: str
    count: int
    height: int  # of its bar, in pixels


class Decade(View, frozen=True, kw_only=True):
    """A row of the timeline's table."""

    name: str  # "1990-1999", with a dash for numbers
    first: int  # its first year that has anything
    events: int
    briefings: int


class YearsPicture(View, frozen=True, kw_only=True):
    """The picture of the timeline: how many events and briefings each span of years has."""

    scale: Scale
    events: tuple[Column, ...]
    briefings: tuple[Column, ...]
    decades: tuple[Decade, ...] = ()  # that have anything


class OverTime(View, frozen=True, kw_only=True):
    """The picture of an entity's mentions: how many briefings of each span mention it."""

    scale: Scale
    columns: tuple[Column, ...]


class Companion(View, frozen=True, kw_only=True):
    """An entity that appears with another, and in how many briefings."""

    name: str
    href: str
    kind: str
    count: int
    columns: tuple[Column, ...] = ()  # when, on the scale of the page's `over_time`


class Bar(View, frozen=True, kw_only=True):
    """A stretch of a treaty's life; `kind` is that of briefgen.model.treaty_life.LifeSegment."""

    kind: str
    at: str
    width: str
    is_open: bool = False  # no end is known
    is_ahead: bool = False  # it has not begun


class Mark(View, frozen=True, kw_only=True):
    """An event in the picture of a treaty's life, the end of a term included."""

    at: str
    to: str | None = None  # the end of what a partial date may mean
    date: Day
    type: str  # of the event; of an `until`, what it brings: see Moment.told_as
    note: str = ""  # what an event of the type "note" says
    count: int | None = None  # of parties, which such an event may say alone
    parties: tuple[str, ...] = ()
    until: Day | None = None
    is_end: bool = False  # the treaty ended with it
    is_ahead: bool = False  # it has not come


class LifeLabel(View, frozen=True, kw_only=True):
    """An event that is named below the picture of a treaty's life, on a line of its own."""

    mark: Mark
    anchor: str  # start | end: whether the words begin at the event's place or end there
    room: int  # that the words have there at the least, in pixels
    most: int  # that they have in all
    y: int  # of their base line, from the lower edge of the bars


class Life(View, frozen=True, kw_only=True):
    """The picture of a treaty's life."""

    bars: tuple[Bar, ...]
    partial: tuple[Bar, ...] = ()  # in which a party had suspended its part
    marks: tuple[Mark, ...]  # all events, by date
    labels: tuple[LifeLabel, ...] = ()  # from above; in a fact box alone


class LineageRow(View, frozen=True, kw_only=True):
    """A treaty in the picture of a lineage."""

    link: Link
    life: Life
    is_own: bool = False  # it is the treaty that the page is about


class LineagePicture(View, frozen=True, kw_only=True):
    """Treaties on one axis, the oldest first: one with those before and after it, or all."""

    rows: tuple[LineageRow, ...]
    ticks: tuple[Tick, ...]
    grid: tuple[str, ...] = ()  # where there are lines in it


class FactBox(View, frozen=True, kw_only=True):
    """A treaty's facts. An absent field is not known, which is not the same as none."""

    id: str
    name: str
    href: str
    formal_name: str | None
    now: StatusView
    then: StatusView | None = None  # when the briefing was written
    parties: tuple[PartyView, ...] = ()
    signed: tuple[EventView, ...] = ()
    in_force: EventView | None = None
    ends: tuple[EventView, ...] = ()  # each other event that set or moved the end, in order
    provisions: tuple[ProvisionView, ...] = ()
    verification: str | None = None
    depositary: tuple[Link, ...] = ()
    refs: tuple[Ref, ...] = ()  # the treaty's own sources, for fields that have none
    life: Life | None = None  # on a briefing's page, on home and the list of treaties
    written: str | None = None  # where on it the briefing's date is, or that of the build
    written_anchor: str = "start"  # start | end: the side of that line which words stand on
    written_room: int = 0  # that they have there at the least, in pixels


class Dated(View, frozen=True, kw_only=True):
    """A date that a briefing's page speaks of."""

    date: Day
    type: str  # written, event; of a treaty that of its event, or the state that its term leads to
    link: Link | None = None  # to the treaty or the event; none where it is the day of writing
    parties: tuple[str, ...] = ()
    until: Day | None = None
    note: str | None = None  # of an event that is but a note
    count: int | None = None  # of parties, which such an event may say alone
    is_ahead: bool = False  # it has not come


class Related(View, frozen=True, kw_only=True):
    """A related briefing, and why."""

    title: str
    href: str
    date: Day
    is_linked: bool = False  # the briefing links to it
    shared: tuple[str, ...] = ()  # names of entities and treaties in common
    topics: tuple[str, ...] = ()  # and of topics
    unpublished: str = ""  # why it is not public: "draft" or "waits"
    lang: str = ""  # of the title, where it is not the page's


class Backlink(View, frozen=True, kw_only=True):
    """A page that links here, with the sentence that does."""

    title: str
    href: str
    date: Day | None
    sentence: Sentence
    unpublished: str = ""  # why it is not public: "draft" or "waits"
    lang: str = ""  # of title and sentence, where it is not the page's


class Version(View, frozen=True, kw_only=True):
    """A briefing in another language than the one it is shown with."""

    title: str
    href: str
    lang: str
    unpublished: str = ""  # why it is not public: "draft" or "waits"


class Card(View, frozen=True, kw_only=True):
    """A briefing in a list."""

    title: str
    href: str
    date: Day
    summary: str = ""
    topics: tuple[Link, ...] = ()
    notes: int = 0
    unpublished: str = ""  # why it is not public: "draft" or "waits"
    lang: str = ""  # of title and summary, where it is not the page's
    versions: tuple[Version, ...] = ()  # the same text in other languages


class Change(View, frozen=True, kw_only=True):
    """What has changed on a briefing's page."""

    date: Day
    briefing: Link
    text: str = ""  # of a correction; none where the page was updated
    notes: int = 0  # that bear the day of the update


class MentionView(View, frozen=True, kw_only=True):
    """A briefing that mentions an entity."""

    title: str
    href: str
    date: Day
    count: int
    sentence: Sentence | None = None
    unpublished: str = ""  # why it is not public: "draft" or "waits"
    lang: str = ""  # of title and sentence, where it is not the page's
    versions: tuple[
        Version, ...
    ] = ()  # the same text in other languages, where it is mentioned too


class Year(View, frozen=True, kw_only=True):
    """The briefings of one year."""

    year: int
    briefings: tuple[MentionView, ...]


class OriginView(View, frozen=True, kw_only=True):
    """Where an article comes from."""

    publisher: str | None = None
    title: str | None = None
    author: str | None = None
    url: str | None = None
    archive_url: str | None = None
    archive_date: Day | None = None
    published: Day | None = None
    retrieved: Day | None = None
    rights: str | None = None


class BriefingView(PageView, frozen=True, kw_only=True):
    """A briefing's page."""

    date: Day
    published: Day
    updated: Day | None
    authors: tuple[Link, ...]
    topics: tuple[Link, ...]
    key_points: tuple[Markup, ...]
    origin: OriginView | None
    is_draft: bool = False
    is_raw: bool  # the article is a raw text, kept as it was
    article_lang: str = ""  # of the article, where it is not the page's
    article_dir: str = ""  # the same of its direction
    is_excerpt: bool
    skipped_lines: int
    boxes: tuple[FactBox, ...]
    analysis: tuple[Part, ...]
    article: tuple[Part, ...]
    notes: tuple[Note, ...]
    note_kinds: tuple[tuple[str, int], ...]
    contents: tuple[Heading, ...]
    glossary: tuple[GlossaryGroup, ...]
    footnotes: tuple[Footnote, ...]
    related: tuple[Related, ...]
    backlinks: tuple[Backlink, ...]
    corrections: tuple[tuple[Day, Markup], ...]  # the latest first
    updates: tuple[tuple[Day, tuple[Note, ...]], ...] = ()  # notes of a later day, latest first
    dates: tuple[Dated, ...] = ()
    source_summary: Markup | None = None
    bibtex: str = ""  # how the page is cited, as an entry of BibTeX


class HomeView(PageView, frozen=True, kw_only=True):
    """The home page; it and the list of treaties alone show the date of the build."""

    as_of: Day
    briefings: tuple[Card, ...]
    total: int
    treaties: tuple[FactBox, ...]
    years: tuple[Tick, ...] = ()  # on the axis of their lives
    changes: tuple[Change, ...] = ()  # corrections and updates, the latest first


class BriefingsView(PageView, frozen=True, kw_only=True):
    """All briefings, newest first, by year."""

    years: tuple[tuple[int, tuple[Card, ...]], ...]


class GlossaryView(PageView, frozen=True, kw_only=True):
    """All entities and treaties, by first letter."""

    letters: tuple[tuple[str, tuple[GlossaryEntry, ...]], ...]
    kinds: tuple[str, ...] = ()  # of the entries, in the order of kinds


class DossierView(PageView, frozen=True, kw_only=True):
    """An entity's or a treaty's page."""

    entity_kind: str
    aliases: tuple[str, ...]
    deck: str  # the description of one sentence
    body: tuple[Part, ...]
    roles: tuple[RoleView, ...]
    date: Day | None
    wikidata: str | None
    links: tuple[Link, ...]
    events: tuple[EventView, ...]
    companions: tuple[Companion, ...]
    mentions: tuple[MentionView, ...]  # the latest, each with its sentence
    earlier: tuple[Year, ...]
    total: int
    over_time: OverTime | None = None  # where there is more than one span of time
    backlinks: tuple[Backlink, ...]
    footnotes: tuple[Footnote, ...]
    refs: tuple[Ref, ...]


class TreatyView(DossierView, frozen=True, kw_only=True):
    """A treaty's page."""

    box: FactBox
    replaces: tuple[Link, ...]
    replaced_by: tuple[Link, ...]
    lineage: LineagePicture | None = None  # where there are others to show


class TreatiesView(PageView, frozen=True, kw_only=True):
    """All treaties with their present status."""

    as_of: Day
    treaties: tuple[FactBox, ...]
    years: tuple[Tick, ...] = ()  # on the axis of their lives


class SourcesView(PageView, frozen=True, kw_only=True):
    """All sources: those of the site, and the pages' own."""

    sources: tuple[SourceView, ...]
    page_sources: tuple[tuple[SourceView, Link], ...]  # with the briefing whose it is


class SourcePageView(PageView, frozen=True, kw_only=True):
    """One source and who cites it."""

    source: SourceView
    briefings: tuple[Card, ...]
    others: tuple[Link, ...]  # treaties, entities, topics and plain pages that cite it


class TopicsView(PageView, frozen=True, kw_only=True):
    """All topics, with the number of their briefings."""

    topics: tuple[tuple[Link, int], ...]


class TopicView(PageView, frozen=True, kw_only=True):
    """A topic and all its briefings, newest first."""

    introduction: str
    body: tuple[Part, ...]
    briefings: tuple[Card, ...]
    footnotes: tuple[Footnote, ...]


class TimelineEntry(View, frozen=True, kw_only=True):
    """A dated thing of the timeline: an event of a treaty, an event, or a briefing."""

    date: Day
    kind: str  # treaty | event | briefing
    link: Link
    event: EventView | None = None
    description: str = ""
    versions: tuple[Version, ...] = ()  # of a briefing: the same text in other languages


class TimelineView(PageView, frozen=True, kw_only=True):
    """All that is dated, oldest first, by year."""

    years: tuple[tuple[int, tuple[TimelineEntry, ...]], ...]
    picture: YearsPicture | None = None  # where there is more than one year
    lives: LineagePicture | None = None  # of all treaties, where they are not too many


class AnnotationRow(View, frozen=True, kw_only=True):
    """An annotation in the index of them."""

    kind: str
    quote: str
    note: str
    href: str
    briefing: Link
    date: Day
    author: str | None = None
    sources: tuple[Link, ...] = ()  # those of one briefing alone lead nowhere
    topics: tuple[str, ...] = ()  # ids, of the briefing's


class AnnotationsView(PageView, frozen=True, kw_only=True):
    """The annotations of one year, newest first, or the list of years."""

    year: int | None
    years: tuple[tuple[int, str, int], ...]  # (year, href, how many)
    rows: tuple[AnnotationRow, ...]
    kinds: tuple[str, ...] = ()  # of the annotations of all years
    topics: tuple[tuple[str, str], ...] = ()  # of their briefings: (id, name), by name


class SearchView(PageView, frozen=True, kw_only=True):
    """The search page."""

    lists: tuple[tuple[str, str], ...]  # (kind of page, href)


class PlainView(PageView, frozen=True, kw_only=True):
    """A plain page."""

    is_draft: bool = False
    body: tuple[Part, ...]
    contents: tuple[Heading, ...]
    updated: Day | None
    footnotes: tuple[Footnote, ...]
    backlinks: tuple[Backlink, ...]


class MovedView(PageView, frozen=True, kw_only=True):
    """A page that has moved."""

    target: str


class NotFoundView(PageView, frozen=True, kw_only=True):
    """The page for an address that leads nowhere."""
