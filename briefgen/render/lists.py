"""The views of the pages that list things: home, briefings, glossary, timeline and the like."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from zoneinfo import ZoneInfo

import msgspec
from markupsafe import Markup

from briefgen.model.briefing import ANNOTATION_KINDS
from briefgen.model.dates import Day
from briefgen.model.entity import KINDS, Entity
from briefgen.model.facts import AnnotationFact, BriefingFacts
from briefgen.model.index import LISTS, SiteIndex
from briefgen.model.questions import Questions
from briefgen.render.cards import (
    Href,
    briefing_link,
    cards,
    href_from,
    listed_once,
    mentions_once,
    told_once,
    versions,
)
from briefgen.render.factbox import TreatyFacts
from briefgen.render.frame import frame, root_of
from briefgen.render.glossary import entry
from briefgen.render.json_ld import site_ld
from briefgen.render.labels import Labels
from briefgen.render.pictures.lineage import lives_picture
from briefgen.render.pictures.timeline import years_picture
from briefgen.render.present import present_treaties
from briefgen.render.search import search_view
from briefgen.render.sources import sources_view
from briefgen.render.view import (
    AnnotationRow,
    AnnotationsView,
    BriefingsView,
    Change,
    GlossaryEntry,
    GlossaryView,
    HomeView,
    Link,
    NotFoundView,
    PageView,
    SiteView,
    TimelineEntry,
    TimelineView,
    TopicsView,
    TreatiesView,
)

LATEST = 50
"""How many briefings the home page shows."""


CHANGES = 8
"""How many changes it shows."""

LIVES = 40
"""How many treaties a site may have for their lives to be drawn on its timeline."""


def home_view(ask: Questions, index: SiteIndex, site: SiteView, _labels: Labels) -> HomeView:
    """The latest briefings and the treaties with their present status."""
    path = index.routes["list:home"]
    href = href_from(path)
    treaties, years = present_treaties(ask, index, href)
    return HomeView(
        **frame(ask.settings(), site, "home", path, index.config.title, section="home",
                description=index.config.description),
        json_ld=Markup(site_ld(index)),  # noqa: S704 - escaped for a script
        as_of=index.as_of,
        briefings=cards(ask, index, list(index.briefings)[:LATEST], path),
        total=len(listed_once(index, index.briefings)),
        treaties=treaties,
        years=years,
        changes=_changes(index, href),
    )  # fmt: skip


def _changes(index: SiteIndex, href: Callable[[str], str]) -> tuple[Change, ...]:
    """The latest corrections of all briefings, and updates on days that no correction bears."""
    zone = ZoneInfo(index.config.timezone)
    rows: list[Change] = []
    for facts in index.briefings.values():
        if not facts.corrections and not facts.updated:
            continue
        link = briefing_link(index, facts, href)
        corrected = msgspec.structs.replace(link, href=f"{link.href}#corrections")
        rows += [
            Change(date=one.date, briefing=corrected, text=one.told(index.title_at))
            for one in facts.corrections
        ]
        updated = facts.updated.day(zone) if facts.updated else None
        if updated and updated not in {one.date for one in facts.corrections}:
            notes = [note.id for note in facts.annotations if note.date == updated]
            if notes:
                link = msgspec.structs.replace(link, href=f"{link.href}#note-{notes[0]}")
            rows.append(Change(date=updated, briefing=link, notes=len(notes)))
    rows.sort(key=lambda row: row.date.last(), reverse=True)
    return tuple(rows[:CHANGES])


def list_view(
    ask: Questions, index: SiteIndex, site: SiteView, labels: Labels, kind: str
) -> PageView:
    """The view of a list by its kind, a key of `model.index.LISTS`."""
    makers: dict[str, Callable[[Questions, SiteIndex, SiteView, Labels], PageView]] = {
        "home": home_view,
        "briefings": briefings_view,
        "glossary": glossary_view,
        "treaties": treaties_view,
        "sources": sources_view,
        "topics": topics_view,
        "timeline": timeline_view,
        "annotations": annotations_view,
        "search": search_view,
    }
    assert makers.keys() == LISTS.keys()
    return makers[kind](ask, index, site, labels)


def briefings_view(
    ask: Questions, index: SiteIndex, site: SiteView, labels: Labels
) -> BriefingsView:
    """All briefings, by the year of their publication."""
    path = index.routes["list:briefings"]
    zone = ZoneInfo(index.config.timezone)
    years: dict[int, list[str]] = {}
    for id_, facts in index.briefings.items():
        years.setdefault(facts.published_day(zone).year, []).append(id_)
    return BriefingsView(
        **frame(
            ask.settings(), site, "briefings", path, labels.title("briefings"), section="briefings"
        ),
        years=tuple((year, cards(ask, index, ids, path)) for year, ids in years.items()),
    )


def glossary_view(ask: Questions, index: SiteIndex, site: SiteView, labels: Labels) -> GlossaryView:
    """All entities and treaties, by the first letter of their names."""
    path = index.routes["list:glossary"]
    href = href_from(path)
    letters: dict[str, list[GlossaryEntry]] = {}
    kinds: set[str] = set()
    for id_ in [*index.entities, *index.treaties]:
        card, record = ask.entity(id_), index.named(id_)
        assert card is not None
        assert record is not None
        names = tuple(alias.text for alias in record.value.all_names()[1:])
        one = entry(id_, card, href, None, len(mentions_once(index, id_)), names)
        letters.setdefault(first_letter(one.name), []).append(one)
        kinds.add(one.kind)
    return GlossaryView(
        **frame(
            ask.settings(), site, "glossary", path, labels.title("glossary"), section="glossary"
        ),
        letters=tuple(
            (letter, tuple(sorted(letters[letter], key=lambda e: (e.name.casefold(), e.id))))
            for letter in sorted(letters)
        ),
        kinds=tuple(kind for kind in KINDS if kind in kinds),
    )


def first_letter(name: str) -> str:
    """The letter that a name is listed under: without accents, in upper case, "#" for a digit."""
    for char in unicodedata.normalize("NFD", name):
        if char.isalpha():
            return char.upper()
        if char.isdigit():
            break
    return "#"


def treaties_view(ask: Questions, index: SiteIndex, site: SiteView, labels: Labels) -> TreatiesView:
    """All treaties with their present status."""
    path = index.routes["list:treaties"]
    treaties, years = present_treaties(ask, index, href_from(path))
    return TreatiesView(
        **frame(
            ask.settings(), site, "treaties", path, labels.title("treaties"), section="treaties"
        ),
        as_of=index.as_of,
        treaties=treaties,
        years=years,
    )


def topics_view(ask: Questions, index: SiteIndex, site: SiteView, labels: Labels) -> TopicsView:
    """All topics, by name."""
    path = index.routes["list:topics"]
    href = href_from(path)
    rows = [
        (
            Link(text=record.value.name, href=href(index.routes[f"topic:{id_}"])),
            len(listed_once(index, index.by_topic[id_])),
        )
        for id_, record in index.topics.items()
    ]
    rows.sort(key=lambda row: (row[0].text.casefold(), row[0].href or ""))
    return TopicsView(
        **frame(ask.settings(), site, "topics", path, labels.title("topics"), section="topics"),
        topics=tuple(rows),
    )


def timeline_view(ask: Questions, index: SiteIndex, site: SiteView, labels: Labels) -> TimelineView:
    """All events of treaties, all dated events, all briefings, oldest first."""
    path = index.routes["list:timeline"]
    href = href_from(path)
    facts = TreatyFacts(ask, href)
    rows: list[TimelineEntry] = []
    for treaty in index.treaties.values():
        link = Link(text=treaty.value.name, href=href(index.routes[f"treaty:{treaty.id}"]))
        rows += [
            TimelineEntry(
                date=event.date,
                kind="treaty",
                link=link,
                event=facts.event(event, link, is_ahead=event.date.reached(index.as_of) is False),
            )
            for event in treaty.value.events
        ]
    for record in index.entities.values():
        value: Entity = record.value
        if value.date is not None:
            link = Link(text=value.name, href=href(index.routes[f"entity:{record.id}"]))
            text = value.description or ""
            rows.append(TimelineEntry(date=value.date, kind="event", link=link, description=text))
    briefings = told_once(index, index.briefings, lambda facts: facts.date)
    rows += [_briefing_entry(index, index.briefings[id_], href) for id_ in briefings]
    rows.sort(key=lambda row: (row.date.first(), row.kind, row.link.text))
    years: dict[int, list[TimelineEntry]] = {}
    for row in rows:
        years.setdefault(row.date.year, []).append(row)
    return TimelineView(
        **frame(
            ask.settings(), site, "timeline", path, labels.title("timeline"), section="timeline"
        ),
        years=tuple((year, tuple(found)) for year, found in years.items()),
        picture=years_picture(rows) if len(years) > 1 else None,
        lives=lives_picture(ask, index.treaties, facts.link, most=LIVES)
        if len(index.treaties) <= LIVES and len(years) > 1
        else None,
    )


def _briefing_entry(
    index: SiteIndex, facts: BriefingFacts, href: Callable[[str], str]
) -> TimelineEntry:
    link = briefing_link(index, facts, href)
    return TimelineEntry(
        date=facts.date, kind="briefing", link=link, description=facts.summary or "",
        versions=versions(index, facts.id, href),
    )  # fmt: skip


def annotation_years(index: SiteIndex) -> dict[int, int]:
    """The years that have annotations, newest first, with how many."""
    counts = Counter(day.year for _, _, day in _dated_notes(index))
    return dict(sorted(counts.items(), reverse=True))


def _dated_notes(index: SiteIndex) -> Iterator[tuple[BriefingFacts, AnnotationFact, Day]]:
    """All annotations; one without a date is as old as its briefing, not as the article."""
    zone = ZoneInfo(index.config.timezone)
    for facts in index.briefings.values():
        for note in facts.annotations:
            yield facts, note, note.date or facts.published_day(zone)


def _sources_of(
    index: SiteIndex, facts: BriefingFacts, note: AnnotationFact, href: Href
) -> Iterator[Link]:
    """The sources of an annotation, those that have a page with a link to it."""
    for id_ in note.sources:
        if id_ in facts.sources:
            own = facts.sources[id_]
            yield Link(text=own.name, lang=own.lang or "")
        elif id_ in index.sources:
            value = index.sources[id_].value
            route = index.routes[f"source:{id_}"]
            yield Link(text=value.name, href=href(route), lang=value.lang or "")


def annotations_view(
    ask: Questions, index: SiteIndex, site: SiteView, labels: Labels, year: int | None = None
) -> AnnotationsView:
    """The annotations of a year, newest first; without one, those of the latest year."""
    counts = annotation_years(index)
    shown = year if year is not None else next(iter(counts), None)
    base = index.routes["list:annotations"]
    path = base if year is None else year_path(base, year)
    href = href_from(path)
    root = root_of(path)
    rows = [
        AnnotationRow(
            kind=note.kind,
            quote=note.quote,
            note=note.told(index.title_at),
            href=href(index.routes[f"briefing:{facts.id}"]) + f"#note-{note.id}",
            briefing=briefing_link(index, facts, href),
            date=day,
            author=ask.author(note.author).name if note.author else None,
            sources=tuple(_sources_of(index, facts, note, href)),
            topics=tuple(dict.fromkeys(facts.topics)),
        )
        for facts, note, day in _dated_notes(index)
        if day.year == shown
    ]
    rows.sort(key=lambda row: row.date.last(), reverse=True)
    # Of all years, so that what is asked on one year's page can be asked on every other.
    kinds = {note.kind for _, note, _ in _dated_notes(index)}
    topics = {topic for facts, _, _ in _dated_notes(index) for topic in facts.topics}
    named = ((topic, index.topics[topic].value.name) for topic in topics)
    title = labels.title("annotations", year)
    return AnnotationsView(
        **frame(ask.settings(), site, "annotations", path, title, section="annotations"),
        year=shown,
        years=tuple((one, root + year_path(base, one), n) for one, n in counts.items()),
        rows=tuple(rows),
        kinds=tuple(kind for kind in ANNOTATION_KINDS if kind in kinds),
        topics=tuple(sorted(named, key=lambda one: (one[1].casefold(), one[0]))),
    )


def year_path(base: str, year: int) -> str:
    """The path of a year's page under a list's."""
    folder = base.removesuffix("index.html")
    return f"{folder}{year}/" + base[len(folder) :]


def not_found_view(
    ask: Questions, index: SiteIndex, site: SiteView, labels: Labels
) -> NotFoundView:
    """The page for an address that leads nowhere; it may stand anywhere: its links are absolute."""
    fields = frame(ask.settings(), site, "404", "404.html", labels.title("404"))
    host_path = "/" + "/".join((index.config.url or "https://x/").split("/")[3:])
    fields |= {"root": host_path, "canonical": None}
    return NotFoundView(**fields)
