"""Pages: which there are, and from a page's thing to its HTML.

In: the index, templates, and the studied writing of the one page. Out: text. It writes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

import msgspec

from briefgen.model.briefing import ANNOTATION_KINDS, Body, Briefing
from briefgen.model.citing import other_pages_citing
from briefgen.model.facts import BriefingFacts
from briefgen.model.index import LISTS, SiteIndex
from briefgen.model.prose import Passage
from briefgen.model.questions import Questions
from briefgen.render.briefing import briefing_view
from briefgen.render.dossier import entity_view, treaty_view
from briefgen.render.environment import Templates
from briefgen.render.frame import site_view
from briefgen.render.labels import UPDATED, Markers
from briefgen.render.lists import (
    annotation_years,
    annotations_view,
    list_view,
    not_found_view,
    year_path,
)
from briefgen.render.plain import moved_view, plain_view, topic_view
from briefgen.render.sources import source_view
from briefgen.render.view import PageView
from briefgen.render.web_annotations import annotations_json, annotations_path


class Page(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A page to make: what it is of, and its address from the site's root."""

    kind: str  # briefing, entity, treaty, source, topic, page, list, year, moved, 404
    id: str  # of the thing; of a list its kind; of a moved page the key of its new one
    path: str

    @property
    def key(self) -> str:
        """The name of the page in the index's terms."""
        return f"{self.kind}:{self.id}"

    @property
    def file(self) -> str:
        """The file in the output."""
        return self.path + "index.html" if self.path.endswith("/") or not self.path else self.path


def plan_pages(index: SiteIndex) -> Iterator[Page]:
    """Every page of the site, moved ones and the one for what is not found included."""
    for key, path in index.routes.items():
        kind, _, id_ = key.partition(":")
        yield Page(kind, id_, path)
    base = index.routes["list:annotations"]
    for year in annotation_years(index):
        yield Page("year", str(year), year_path(base, year))
    for path, key in index.moved.items():
        yield Page("moved", key, path)
    yield Page("404", "", "404.html")


class Renderer:
    """Makes the HTML of pages from one index and one set of templates."""

    def __init__(self, index: SiteIndex, templates: Templates) -> None:
        self.index, self.templates = index, templates
        self.ask = Questions(index)
        self._known_words: dict[str, tuple[Markers, str]] = {}
        self.site = site_view(index)
        self._labels = templates.labels(self.site.language)

    def briefing(
        self, page: Page, facts: BriefingFacts, briefing: Briefing, body: Body
    ) -> list[tuple[str, bytes]]:
        """The page of a briefing, and its annotations beside it. Raises TemplateFault."""
        markers, updated = self._words(facts.lang)
        view = briefing_view(self.ask, self.site, markers, updated, facts, briefing, body)
        files = [(page.file, self.templates.render(view, facts.template))]
        if facts.annotations:
            data = annotations_json(self.ask, facts, briefing, body)
            files.append((annotations_path(page.path), data))
        return files

    def _words(self, lang: str | None) -> tuple[Markers, str]:
        """What the view of a briefing says in the language of its page."""
        language = lang or self.site.language
        found = self._known_words.get(language)
        if found is None:
            labels = self.templates.labels(language)
            found = labels.markers(ANNOTATION_KINDS), labels.gettext(UPDATED)
            self._known_words[language] = found
        return found

    @cached_property
    def _citing(self) -> dict[str, tuple[str, ...]]:
        """Who cites a source, beside the briefings: found once for the pages of all sources."""
        return other_pages_citing(self.index)

    def template_of(self, page: Page) -> str | None:
        """The template that a page other than a briefing's asks for."""
        index = self.index
        if page.kind in ("entity", "treaty"):
            record = index.named(page.id)
            return record.value.template if record else None
        if page.kind == "page":
            return index.pages[page.id].value.template
        return index.topics[page.id].value.template if page.kind == "topic" else None

    def view(  # noqa: PLR0911 - a kind a line
        self, page: Page, body: Passage | None, notes: dict[str, Passage]
    ) -> PageView:
        """The view of any page but a briefing's; `body` and `notes` are its own writing."""
        ask, index, site, id_ = self.ask, self.index, self.site, page.id
        match page.kind:
            case "entity":
                return entity_view(ask, index, site, index.entities[id_], body, notes)
            case "treaty":
                return treaty_view(ask, index, site, index.treaties[id_], body, notes)
            case "topic":
                return topic_view(ask, index, site, index.topics[id_], body, notes)
            case "page":
                return plain_view(ask, index, site, index.pages[id_], body, notes)
            case "source":
                return source_view(ask, index, site, index.sources[id_], self._citing.get(id_, ()))
            case "year":
                return annotations_view(ask, index, site, self._labels, int(id_))
            case "moved":
                return moved_view(ask, index, site, page.path, id_)
            case "404":
                return not_found_view(ask, index, site, self._labels)
            case _:
                assert id_ in LISTS
                return list_view(ask, index, site, self._labels, id_)
