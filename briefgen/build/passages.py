"""The texts of one page, with the mentions in them and the facts that they give.

Collects, in the order in which the texts are handed in, what the page's `Writing` is made of.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from briefgen.annotate.gazetteer import Gazetteer, base_language
from briefgen.annotate.mentions import Ambiguity, find_mentions
from briefgen.annotate.normal import Normal, normalise
from briefgen.annotate.sentences import SentenceFinder
from briefgen.build.loose import loose_cites, loose_in_plain
from briefgen.model.addresses import leaves_the_site
from briefgen.model.diagnostics import Diagnostic, Place, finding
from briefgen.model.facts import (
    CiteFact,
    ImageFact,
    LinkFact,
    LooseCite,
    MentionFact,
    Writing,
)
from briefgen.model.prose import MarkKind, Passage, Prose, Ref, RefKind, Sentence
from briefgen.model.site import Linking
from briefgen.parse.markdown import MarkdownParser

_NO_SENTENCE = Sentence("", 0, 0)
# As plain numbers: the loops over all marks and references of a page are worth it.
_LINK_OPEN, _LINK_CLOSE = int(MarkKind.LINK_OPEN), int(MarkKind.LINK_CLOSE)
_CITE, _IMAGE, _WIKI = int(RefKind.CITE), int(RefKind.IMAGE), int(RefKind.WIKI)
_AFTER_ID = 40
"""Code points behind the id of a source that are looked for with it."""
_OFFERED = 6  # meanings of a name that a help writes out


class Text(msgspec.Struct, frozen=True, gc=False):
    """A text to study, and where it stands: in a file, or at a pointer of its YAML."""

    prose: Prose
    path: str
    pointer: tuple[str, ...] = ()


class _Count(msgspec.Struct, gc=False):
    """Mentions of one entity so far."""

    count: int
    sentence: Sentence
    is_running: bool  # the sentence is one of running text, not the cell of a table, say


class PassageFinder:
    """Studies the texts of one page; made for a page, filled, and read once."""

    def __init__(
        self,
        path: str,
        gazetteer: Gazetteer,
        linking: Linking,
        readings: Mapping[str, str | None] | None,
        parser: MarkdownParser,
        found: list[Diagnostic],
        own_id: str | None = None,
        language: str = "",
    ) -> None:
        """`found` takes the diagnostics; `own_id` is the entity that the page is about.

        `language` is the page's.

        `readings` is None where the front matter of such a page can have none.
        """
        self.path, self.gazetteer, self.linking = path, gazetteer, linking
        self.parser, self.found, self.own_id = parser, found, own_id
        self._languages = frozenset({base_language(language)})
        self._has_readings = readings is not None
        self.readings: Mapping[str, str | None] = readings or {}
        self._seen: frozenset[str] = frozenset()
        self._unused = set(self.readings)
        self._mentions: dict[str, _Count] = {}
        self._links: list[LinkFact] = []
        self._linked: set[tuple[bool, str]] = set()
        self._cites: list[CiteFact] = []
        self._images: list[ImageFact] = []
        self._loose: list[LooseCite] = []
        self._headings: list[tuple[int, str, str]] = []
        self._told: set[str] = set()
        self._notes: list[CiteFact] = []

    def study(self, text: Text, normal: Normal | None = None, language: str = "") -> Passage:
        """Find the mentions of a text and collect its facts. Emits ambiguous-mention.

        `normal` is the normalised text, where the caller has it; `language` the text's, where it
        is not the page's.
        """
        prose = text.prose
        if not prose.blocks:
            return Passage(prose)
        normal = normal or normalise(prose.text)
        shared = self.linking.mentions == "first"
        result = find_mentions(
            prose, self.gazetteer, self.linking, self.readings,
            own_id=self.own_id, seen=self._seen if shared else frozenset(), normal=normal,
            languages=frozenset({base_language(language)}) if language else self._languages,
        )  # fmt: skip
        if shared:
            self._seen = result.seen
        self._unused.intersection_update(result.unused_readings)
        sentences = SentenceFinder(prose)
        for span in result.spans:
            known = self._mentions.get(span.entity)
            if known is None:
                sentence = sentences.around(span.start, span.end)
                is_running = sentences.is_running(span.start)
                self._mentions[span.entity] = _Count(1, sentence, is_running)
                continue
            known.count += 1
            if not known.is_running and sentences.is_running(span.start):
                known.sentence = sentences.around(span.start, span.end)
                known.is_running = True
        for name in result.ambiguous:
            self._ambiguous(name, text)
        self._collect(text, sentences)
        return Passage(prose, result.spans)

    def markdown(self, source: str, pointer: tuple[str, ...]) -> Passage:
        """Study Markdown that stands in the front matter."""
        return self.study(Text(self._parse(source, pointer), self.path, pointer))

    def plain_list(
        self, sources: Sequence[str], key: str, field: str | None = None
    ) -> tuple[Passage, ...]:
        """Markdown of a list in the front matter, in which no mentions are linked."""
        rest = (field,) if field else ()
        return tuple(
            self.plain(source, (key, str(index), *rest)) for index, source in enumerate(sources)
        )

    def plain(self, source: str, pointer: tuple[str, ...]) -> Passage:
        """Markdown of the front matter, in which no mentions are linked."""
        prose = self._parse(source, pointer)
        self._collect(Text(prose, self.path, pointer), SentenceFinder(prose))
        return Passage(prose)

    def _parse(self, source: str, pointer: tuple[str, ...]) -> Prose:
        parsed = self.parser.parse(source, self.path, has_ids=False)
        for one in parsed.diagnostics:
            place = Place(self.path, pointer=pointer, needle=one.place.needle)
            self.found.append(msgspec.structs.replace(one, place=place))
        return parsed.prose

    def cite(self, source: str, place: Place) -> None:
        """Note a citation that stands in no text."""
        self._cites.append(CiteFact(source, place))

    def words(self, text: str, pointer: tuple[str, ...]) -> None:
        """Note what plain text of the front matter would cite."""
        self._loose += loose_in_plain(text, self.path, pointer)

    def footnotes(self, written: Mapping[str, Prose]) -> dict[str, Passage]:
        """Study the footnotes that the page defines, by label."""
        for label, prose in written.items():
            line = prose.blocks[0].line if prose.blocks else 1
            self._notes.append(CiteFact(label, Place(self.path, line, needle=f"[^{label}]:")))
        return {label: self.study(Text(prose, self.path)) for label, prose in written.items()}

    def end(self) -> None:
        """Tell what the page names or defines in vain. Emits key-unused and footnote-unused."""
        cited = {cite.source for cite in self._cites} if self._notes else ()
        self.found += [
            finding(
                "footnote-unused",
                note.place,
                f"Nothing cites the footnote `[^{note.source}]`, so no reader sees it.",
                f"Write `[^{note.source}]` where it belongs, or take it out.",
            )
            for note in self._notes
            if note.source not in cited
        ]
        self.found += [
            finding(
                "key-unused",
                Place(self.path, pointer=("entities", name)),
                f"The name `{name}` does not occur in the text.",
                "Write it as the text does, or take it out.",
            )
            for name in self.readings
            if name in self._unused
        ]

    @property
    def undecided(self) -> frozenset[str]:
        """The names that stay unlinked since they may mean several entities."""
        return frozenset(self._told)

    def writing(self) -> Writing:
        """The facts; citations of the author's own footnotes are left out."""
        own_notes = {note.source for note in self._notes}
        return Writing(
            mentions=tuple(
                MentionFact(entity, one.count, one.sentence)
                for entity, one in self._mentions.items()
            ),
            links=tuple(self._links),
            cites=tuple(cite for cite in self._cites if cite.source not in own_notes),
            images=tuple(self._images),
            headings=tuple(self._headings),
            loose=tuple(self._loose),
            notes=tuple(self._notes),
        )

    def _ambiguous(self, name: Ambiguity, text: Text) -> None:
        if name.name in self._told:
            return
        self._told.add(name.name)
        line = 0 if text.pointer else text.prose.line_at(name.start)
        words = text.prose.text[name.start : name.start + len(name.name)]
        choices = ", ".join(f"`{id_}`" for id_ in name.candidates)
        is_cell = _is_cell(text.prose, name.start)
        self.found.append(
            finding(
                "ambiguous-mention",
                Place(text.path, line, pointer=text.pointer, needle=words),
                f"`{name.name}` may be any of {choices}, so it is not linked.",
                _decision(name) if self._has_readings else _link(name, words, is_cell=is_cell),
            )
        )

    def _collect(self, text: Text, sentences: SentenceFinder) -> None:
        """Collect references and headings."""
        prose = text.prose
        ends = _link_ends(prose) if prose.refs else {}
        for index, ref in enumerate(prose.refs):
            line = 0 if text.pointer else ref.line
            place = Place(text.path, line, pointer=text.pointer, needle=ref.raw)
            if ref.kind == _CITE:
                self._cites += _cites(ref, place)
            elif ref.kind == _IMAGE:
                self._images.append(ImageFact(ref.target, bool(ref.label.strip()), place))
            elif ref.kind == _WIKI or not leaves_the_site(ref.target):
                sentence = _NO_SENTENCE
                link = ref.kind == _WIKI, ref.target
                if link not in self._linked:  # a page shows the sentence of the first alone
                    self._linked.add(link)
                    sentence = sentences.around(ref.at, ends.get(index, ref.at))
                self._links.append(LinkFact(ref.target, sentence, place, is_wiki=link[0]))
        if text.path == self.path:  # no raw article
            self._loose += loose_cites(prose, text.path, text.pointer)
        if not text.pointer:
            self._headings += [
                (block.level, block.id, " ".join(prose.text[block.start : block.end].split()))
                for block in prose.blocks
                if block.level
            ]


def _decision(name: Ambiguity) -> str:
    """What to write in the front matter to decide what a name means, for each thing it may mean."""
    written = json.dumps(name.name, ensure_ascii=False)
    readings = ", ".join(f"`{written}: {id_}`" for id_ in name.candidates[:_OFFERED])
    return (
        f"Write one of these under `entities:` in the front matter: {readings}, or "
        f"`{written}: null` for no link."
    )


def _link(name: Ambiguity, words: str, *, is_cell: bool) -> str:
    """The same where it is a link in the text that decides; a bare `|` ends the cell of a table."""
    bar = "\\|" if is_cell else "|"
    links = " or ".join(f"`[[{id_}{bar}{words}]]`" for id_ in name.candidates[:_OFFERED])
    return f"Write it as a link: {links}."


def _is_cell(prose: Prose, at: int) -> bool:
    """Whether a table holds what stands at an offset."""
    ordinal = bisect_right(prose.blocks, at, key=lambda block: block.start) - 1
    return ordinal >= 0 and prose.blocks[ordinal].kind == "cell"


def _cites(ref: Ref, place: Place) -> Iterator[CiteFact]:
    """The citations of one pair of brackets, each at its own id where there are several."""
    ids = ref.target.split(" ")
    if len(ids) == 1:
        yield CiteFact(ids[0], place)
        return
    start = 0
    for source in ids:
        start = max(ref.raw.find(f"@{source}", start + 1), start)
        # No more of it than an id may have: there may be very many in one pair of brackets.
        needle = ref.raw[start : start + len(source) + _AFTER_ID]
        yield CiteFact(source, msgspec.structs.replace(place, needle=needle))


def _link_ends(prose: Prose) -> dict[int, int]:
    """Where the text of each link ends, by the index of its reference."""
    ends: dict[int, int] = {}
    opened = -1
    for mark in prose.marks:
        if mark.kind == _LINK_OPEN:
            opened = mark.ref
        elif mark.kind == _LINK_CLOSE:
            ends[opened] = mark.at
    return ends
