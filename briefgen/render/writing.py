"""The writing of one page: its passages become HTML, with links, mentions, notes and numbers.

In: passages, the site's index, the page they stand on. Out: parts of HTML and the notes beside
them; footnotes are numbered on the way, in the order in which the page is read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from urllib.parse import quote

from markupsafe import Markup

from briefgen.model.addresses import leaves_the_site
from briefgen.model.answers import Target
from briefgen.model.facts import BriefingFacts
from briefgen.model.prose import Passage, Prose, Ref, RefKind
from briefgen.model.questions import Questions
from briefgen.render.compose import Insert, Layer, compose, escape
from briefgen.render.filters import lang_attributes
from briefgen.render.folding import parted
from briefgen.render.footnotes import Footnotes, in_style, marks
from briefgen.render.labels import ENGLISH, Markers
from briefgen.render.placing import Annotated, reading_order
from briefgen.render.sitemap import absolute
from briefgen.render.view import Footnote, Note, Part, SourceView

_LINK, _WIKI, _CITE = int(RefKind.LINK), int(RefKind.WIKI), int(RefKind.CITE)
_CLOSING = frozenset(".,;:!?)…»”’")  # noqa: RUF001 (the marks as they are)
_WHITE = frozenset(" \n")
_LOCATORS = "\x1f"  # between the locators of a citation: see model.prose.Ref


class PageWriting:
    """Makes the HTML of one page's passages; made, used for one page and dropped."""

    def __init__(
        self,
        ask: Questions,
        key: str,
        path: str,
        root: str,
        briefing: BriefingFacts | None = None,
        footnotes: Mapping[str, Passage] | None = None,
        markers: Markers = ENGLISH,
        language: str | None = None,
    ) -> None:
        """Prepare for the page of the thing `key`, written in the file `path`.

        `language` is that of the page.
        """
        site = ask.settings().language
        self.language = language or site
        self.is_foreign = self.language != site
        self.markers = markers
        self.ask, self.key, self.path, self.root = ask, key, path, root
        self.briefing = briefing
        self.own_notes = footnotes or {}
        self.footnotes = Footnotes()

    def href(self, route: str) -> str:
        """The address of a page, from this page, by its path from the site's root."""
        return self.root + route or "./"

    def lang(self, language: str) -> str:
        """A language, where it is not the page's."""
        return language if language != self.language else ""

    def leads_to(self, target: Target) -> str:
        """The address of what a link leads to, from this page; empty where it leads nowhere."""
        if target.path is None:
            return ""
        fragment = f"#{target.fragment}" if target.fragment else ""
        if fragment and target.key == self.key:
            return fragment
        # A page's path is safe as it is; a file's name may hold anything.
        return self.href(target.path if target.key else quote(target.path)) + fragment

    def simple(self, passage: Passage) -> Markup:
        """The HTML of a passage without annotations."""
        refs = {index: self._ref(passage.prose, index) for index in range(len(passage.prose.refs))}
        return Markup("".join(compose(passage.prose, self._layers(passage), (), refs)))  # noqa: S704

    def _folded(self, note: Passage) -> tuple[Markup, Markup]:
        """The HTML of a note that is shown at once, and that of its rest."""
        refs = {index: self._ref(note.prose, index) for index in range(len(note.prose.refs))}
        prose, last = parted(note.prose, note.fold)
        shown, *rest = compose(prose, self._layers(note), (), refs, {last})
        return Markup(shown), Markup("".join(rest))  # noqa: S704

    def inline(self, passage: Passage) -> Markup:
        """The same for one paragraph, without the paragraph's own tags."""
        html = self.simple(passage)
        single = html.startswith("<p>") and html.endswith("</p>\n") and html.count("<p>") == 1
        return html[3:-5] if single else html

    def parts(self, passage: Passage, annotated: Sequence[Annotated] = ()) -> tuple[Part, ...]:
        """The HTML of a passage in parts, each with the notes that stand beside its last block."""
        prose = passage.prose
        refs: dict[int, str] = {}
        notes: dict[int, list[Note]] = {}
        inserts: list[Insert] = []
        for item in reading_order(prose, annotated):
            if isinstance(item, int):
                refs[item] = self._ref(prose, item)
            elif item.number:
                notes.setdefault(item.top, []).append(self._note(item))
                inserts.append(Insert(item.anchor.end, self._marker(item)))
            else:
                used = self.footnotes.use_all(item.annotation.sources)
                follows = _is_followed(prose, item.anchor.end, 0) or any(
                    not other.number and other.anchor.end == item.anchor.end
                    for other in annotated[annotated.index(item) + 1 :]
                )
                number = marks(used, f"note-{item.fact.id}", is_followed=follows)
                inserts.append(Insert(item.anchor.end, number))
        layers = [_highlight(item) for item in annotated if item.lane is not None]
        layers += self._layers(passage)
        pieces = compose(prose, layers, inserts, refs, notes)
        shown = [notes[top] for top in sorted(notes)]
        rows = [*shown, *([[]] * (len(pieces) - len(shown)))]
        return tuple(
            Part(html=Markup(html), notes=tuple(row))  # noqa: S704
            for html, row in zip(pieces, rows, strict=True)
            if html or row
        )

    def _marker(self, item: Annotated) -> str:
        fact, number = item.fact, item.number
        before, after = self.markers[fact.kind]
        return (
            f'<a class="ref k-{fact.kind}" id="quote-{fact.id}" href="#note-{fact.id}" data-aside '
            f'data-n="{number}" aria-label="{before}{number}{after}">{number}</a>'
        )

    def _note(self, item: Annotated) -> Note:
        fact = item.fact
        html = rest = Markup()
        if item.passage and item.passage.fold:
            html, rest = self._folded(item.passage)
        elif item.passage:
            html = self.simple(item.passage)
        return Note(
            number=item.number,
            id=f"note-{fact.id}",
            quote_id=f"quote-{fact.id}",
            kind=fact.kind,
            quote=fact.quote,
            html=html,
            rest=rest,
            author=self._author(fact.author),
            date=fact.date,
            refs=self.footnotes.use_all(item.annotation.sources),
        )

    def _author(self, id_: str | None) -> str | None:
        return self.ask.author(id_).name if id_ else None

    def _layers(self, passage: Passage) -> list[Layer]:
        """The links of mentions, and what has no width on the page."""
        layers = _gaps(passage.prose)
        for span in passage.mentions:
            if span.is_linked and (card := self.ask.entity(span.entity)):
                opening = f'<a class="m" href="{escape(self.root + card.route)}">'
                layers.append(Layer(span.start, span.end, opening, "</a>", True))
        return layers

    def _ref(self, prose: Prose, index: int) -> str:
        """The HTML of one reference."""
        ref = prose.refs[index]
        if ref.kind == _CITE:
            locators = ref.label.split(_LOCATORS)
            used = zip(ref.target.split(" "), locators, strict=True)
            cited = [self.footnotes.use(label, locator) for label, locator in used]
            return marks(cited, is_followed=_is_followed(prose, ref.at, index + 1))
        if ref.kind == _WIKI:
            return self._wiki(ref)
        if ref.kind != _LINK:
            return self._image(ref)
        title = f' title="{escape(ref.title)}"' if ref.title else ""
        return f'<a href="{escape(self.target(ref.target))}"{title}>'

    def _image(self, ref: Ref) -> str:
        """An image, with its size, so that nothing moves when it comes."""
        address = ref.target
        target = Target() if leaves_the_site(address) else self.address(address)
        size = self.ask.size(target.path) if target.path and not target.key else None
        place = f' width="{size[0]}" height="{size[1]}"' if size else ""
        source, words = escape(self.leads_to(target) or address), escape(ref.label)
        image = f'<img src="{source}" alt="{words}"{place} loading="lazy" />'
        if not ref.title:
            return image
        credit = f'<small class="credit" data-aside>{escape(ref.title)}</small>'
        return f'<span class="image">{image}{credit}</span>'

    def _wiki(self, ref: Ref) -> str:
        target = self.ask.link(ref.target)
        href = escape(self.leads_to(target))
        if ref.label:
            return f'<a href="{href}">'
        title, lang = target.title, self.lang(target.language)
        if lang and target.key.startswith(("entity:", "treaty:")):
            own = self.ask.name(target.key.partition(":")[2], self.language)
            title, lang = (own, "") if own else (title, lang)
        return f'<a href="{href}"{lang_attributes(lang)} data-aside>{escape(title)}</a>'

    def address(self, address: str) -> Target:
        """What a relative address of this page's file leads to."""
        return self.ask.address(address, self.path, self.key)

    def target(self, address: str) -> str:
        """The address of a Markdown link, from this page."""
        if leaves_the_site(address):
            return address
        return self.leads_to(self.address(address)) or address

    def preview_image(self, address: str | None) -> str | None:
        """The absolute address of the front matter's `image`; None where there is none to give."""
        if address is None:
            return None
        if leaves_the_site(address):
            return address if address.startswith(("https://", "http://")) else None
        url = self.ask.settings().url
        path = self.address(address).path if url else None
        return absolute(url, path) if url and path else None

    def sources(self, labels: Iterable[str]) -> dict[str, SourceView]:
        """The sources among the labels of footnotes."""
        briefing, ask = self.briefing, self.ask
        own = briefing.sources if briefing else {}
        style = partial(in_style, ask, briefing.lang if briefing else None)
        is_styled = ask.settings().is_styled
        found = {}
        for label in labels:
            if briefing and label in own:
                cited = style(label, briefing.id) if is_styled else None
                found[label] = SourceView(id=label, value=own[label], cited=cited)
            elif answer := ask.source(label):
                cited = style(label) if is_styled else None
                href = self.href(answer.route)
                found[label] = SourceView(id=label, value=answer.value, href=href, cited=cited)
        return found

    def listed(self) -> tuple[Footnote, ...]:
        """The list of footnotes; an author's own footnotes are written out first."""
        written: dict[str, Markup] = {}
        while len(written) < len(self.own_notes):
            new = [x for x in self.footnotes.labels if x in self.own_notes and x not in written]
            if not new:
                break
            for label in new:
                written[label] = self.simple(self.own_notes[label])
        return self.footnotes.listed(self.sources(self.footnotes.labels), written)


def _is_followed(prose: Prose, at: int, first: int) -> bool:
    """Whether the next citation, among the references from `first` on, stands at this place too."""
    for ref in prose.refs[first : first + 1] if first else prose.refs:
        if ref.kind == _CITE and ref.at >= at:
            return not prose.text[at : ref.at].strip()
    return False


def _gaps(prose: Prose) -> list[Layer]:
    """White space between words and the number of a citation that a mark of punctuation follows.

    The text stays; the page shows no gap, and no line ends there.
    """
    text, gaps = prose.text, {}
    for ref in prose.refs:
        end = ref.at
        if ref.kind == _CITE and text[end : end + 1] in _CLOSING and end not in gaps:
            start = end
            while text[start - 1 : start] in _WHITE:
                start -= 1
            gaps[end] = Layer(start, end, '<span class="unspaced">', "</span>")
    return [gap for gap in gaps.values() if gap.start < gap.end]


def _highlight(item: Annotated) -> Layer:
    lane = f" lane-{min(item.lane, 2)}" if item.lane else ""
    opening = f'<mark class="hl k-{item.fact.kind}{lane}" data-n="{item.number}">'
    return Layer(item.anchor.start, item.anchor.end, opening, "</mark>")
