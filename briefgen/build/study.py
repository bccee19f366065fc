"""One file from bytes to facts and body: load, parse, annotate.

In: a file of the site and what names mean on the whole site. Out: a `Study`. Nothing of any
other page is known here, so that files can be studied in any order and in any process.
"""

from __future__ import annotations

import hashlib
import posixpath
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from briefgen.annotate.excerpt import excerpt
from briefgen.annotate.fold import fold_of
from briefgen.annotate.gazetteer import Gazetteer
from briefgen.annotate.normal import normalise
from briefgen.annotate.wordless import in_one_line
from briefgen.build.anchors import find_anchors, name_annotations
from briefgen.build.digests import digest_of
from briefgen.build.passages import PassageFinder, Text
from briefgen.build.wording import Wording, check_wording
from briefgen.check.articles import check_article
from briefgen.check.wording import check_headings
from briefgen.load.records import BriefingFile, load_briefing
from briefgen.load.text import BODY_LIMIT, PAGE_LIMIT, Reader, decode
from briefgen.model.briefing import Body, Briefing
from briefgen.model.diagnostics import Diagnostic, Place, finding
from briefgen.model.facts import BriefingFacts, CorrectionFact, ImageFact, Record, Writing
from briefgen.model.prose import Passage, Prose
from briefgen.model.site import Linking
from briefgen.parse.markdown import MarkdownParser
from briefgen.parse.rawtext import parse_raw


class Context(msgspec.Struct, frozen=True):
    """What every study is given of the site."""

    root: Path
    gazetteer: Gazetteer
    linking: Linking
    zone: ZoneInfo
    language: str = "en"  # of pages that don't name theirs
    is_thorough: bool = True  # put the rules on wording that take time and are seldom shown


class Study(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What one briefing's file says. Without facts there is no page to make."""

    facts: BriefingFacts | None = None
    briefing: Briefing | None = None
    body: Body | None = None
    diagnostics: tuple[Diagnostic, ...] = ()
    inputs: tuple[tuple[str, bytes], ...] = ()  # the files read, with their digests


class RecordStudy(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What the body of an entity, a treaty, a topic or a plain page says."""

    writing: Writing
    passage: Passage | None
    footnotes: dict[str, Passage]
    diagnostics: tuple[Diagnostic, ...] = ()


class Article(msgspec.Struct, frozen=True):
    """The article of a briefing, from its body or from a raw text."""

    prose: Prose
    path: str
    digest: bytes = b""  # of a raw article's file; empty where it can't be read
    skipped_lines: int = 0
    diagnostics: tuple[Diagnostic, ...] = ()
    raw: str = ""  # the whole text, of which `prose` lacks the skipped lines
    is_missing: bool = False  # it can't be read, which is all that is to be said of it


def study_briefing(path: str, context: Context, parser: MarkdownParser, read: Reader) -> Study:
    """Study a briefing's file, by its path from the site's root; `read` reads files of the site."""
    data, found = read(path, PAGE_LIMIT)
    if found:
        return Study(diagnostics=found, inputs=((path, b""),))
    inputs = ((path, digest_of(data)),)
    text, found = decode(data, path, PAGE_LIMIT)
    if found:
        return Study(diagnostics=found, inputs=inputs)
    file = load_briefing(text, path)
    briefing = file.briefing
    if briefing is None:
        return Study(diagnostics=file.diagnostics, inputs=inputs)
    return _study(file, briefing, inputs, context, parser, read)


def _study(
    file: BriefingFile, briefing: Briefing, inputs: tuple[tuple[str, bytes], ...],
    context: Context, parser: MarkdownParser, read: Reader,
) -> Study:  # fmt: skip
    path = inputs[0][0]
    found: list[Diagnostic] = [*file.diagnostics]
    finder = PassageFinder(
        path, context.gazetteer, context.linking, briefing.entities, parser, found,
        language=briefing.lang or context.language,
    )  # fmt: skip
    written = parser.parse(file.body, path, file.body_line)
    found += written.diagnostics
    has_raw = briefing.article is not None
    article = find_article(briefing, path, read, written.prose)
    found += article.diagnostics
    analysis = None
    if has_raw and written.prose.blocks:
        analysis = finder.study(Text(written.prose, path))
    passage = _annotated(article, briefing, finder, found)
    notes = tuple(
        _folded(finder.markdown(one.note, ("annotations", str(i), "note"))) if one.note else None
        for i, one in enumerate(briefing.annotations)
    )
    footnotes = finder.footnotes(written.footnotes)
    body = Body(
        article=passage,
        analysis=analysis,
        notes=notes,
        key_points=finder.plain_list(briefing.key_points, "key_points"),
        corrections=finder.plain_list(
            [c.text for c in briefing.corrections], "corrections", "text"
        ),
        footnotes=footnotes,
        skipped_lines=article.skipped_lines,
        source_summary=(
            finder.plain(briefing.source_summary, ("source_summary",))
            if briefing.source_summary
            else None
        ),
    )
    for i, one in enumerate(briefing.annotations):
        for j, source in enumerate(one.sources):
            finder.cite(source, Place(path, pointer=("annotations", str(i), "sources", str(j))))
    finder.words(briefing.summary or "", ("summary",))
    finder.end()
    found += check_wording(_wording(briefing, path, body, finder.undecided, context))
    if article.path != path:
        inputs = (*inputs, (article.path, article.digest))
    facts = _facts(file, briefing, path, finder.writing(), body, context)
    return Study(facts, briefing, body, tuple(found), inputs)


def _folded(note: Passage) -> Passage:
    fold = fold_of(note.prose)
    return msgspec.structs.replace(note, fold=fold) if fold else note


def _annotated(
    article: Article, briefing: Briefing, finder: PassageFinder, found: list[Diagnostic]
) -> Passage:
    """The article, or the excerpt of it that is published, with anchors and mentions."""
    prose = article.prose
    normal = normalise(prose.text)
    anchors, problems = find_anchors(
        briefing.annotations, normal, article.path, finder.path, prose, article.raw
    )
    if not article.is_missing:
        found += problems
    if briefing.excerpt:
        prose, anchors = excerpt(prose, anchors)
        normal = normalise(prose.text)
    if briefing.article is None or article.digest:
        found += check_article(finder.path, briefing, article.prose, prose)
    language = (briefing.origin and briefing.origin.lang) or ""
    passage = finder.study(Text(prose, article.path), normal, language)
    return msgspec.structs.replace(passage, anchors=anchors)


def _wording(
    briefing: Briefing, path: str, body: Body, undecided: frozenset[str], context: Context
) -> Wording:
    """What the desk wrote itself; `undecided` are names that stay unlinked."""
    return Wording(
        path=path,
        text=body.article if briefing.article is None else body.analysis,
        annotations=briefing.annotations,
        notes=body.notes,
        footnotes=tuple(body.footnotes.values()),
        known=undecided.union(briefing.entities),
        language=(briefing.lang or context.language) if context.is_thorough else None,
    )


def find_article(briefing: Briefing, path: str, read: Reader, body: Prose) -> Article:
    """The article of a briefing: the raw text that it names, else its own body."""
    return Article(body, path) if briefing.article is None else _raw(briefing, path, read, body)


def _raw(briefing: Briefing, path: str, read: Reader, analysis: Prose) -> Article:
    """Read the raw article; one that can't be read is empty, and the fault is told at its key."""
    folder = posixpath.dirname(path)
    where = posixpath.normpath(posixpath.join(folder, briefing.article or ""))
    at = Place(path, pointer=("article",))
    if where.startswith(("../", "/")):
        fault = finding(
            "path-outside-site", at, f"`{briefing.article}` lies outside the site's folder.",
            "Put the article into the site, in `seeds/` say.",
        )  # fmt: skip
        return Article(Prose(), path, diagnostics=(fault,), is_missing=True)
    data, found = read(where, BODY_LIMIT)
    text = ""
    if not found:
        text, found = decode(data, where, BODY_LIMIT)
    if found:
        if found[0].code == "file-unreadable":
            help_ = f"`article` is read from the folder of this file on, `{folder}/`."
            found = (msgspec.structs.replace(found[0], place=at, help=help_),)
        return Article(Prose(), where, diagnostics=found, is_missing=True)
    taken = [block.id for block in analysis.blocks if block.id]
    raw = parse_raw(text, briefing.structure, path, taken)
    diagnostics = raw.diagnostics + _check_digest(briefing, data, path, where)
    return Article(raw.prose, where, digest_of(data), raw.skipped_lines, diagnostics, text)


def _check_digest(
    briefing: Briefing, data: bytes, path: str, article: str
) -> tuple[Diagnostic, ...]:
    wanted = briefing.origin.sha256 if briefing.origin else None
    if wanted is None:
        return ()
    actual = hashlib.sha256(data).hexdigest()
    if actual == wanted.lower():
        return ()
    return (
        finding(
            "article-changed",
            Place(path, pointer=("origin", "sha256")),
            f"`{article}` is not the file that this digest was taken of.",
            f"Restore the file, or check the change and write `sha256: {actual}`.",
        ),
    )


def _facts(
    file: BriefingFile, briefing: Briefing, path: str, writing: Writing,
    body: Body, context: Context,
) -> BriefingFacts:  # fmt: skip
    zone = context.zone
    published = briefing.published or briefing.date
    return BriefingFacts(
        path=path,
        id=file.id,
        slug=file.slug,
        title=briefing.title,
        date=briefing.date.day(zone),
        published=published.utc(zone),
        updated=briefing.updated,
        summary=briefing.summary,
        topics=briefing.topics,
        authors=briefing.authors,
        treaties=briefing.treaties,
        readings=tuple((name, id_) for name, id_ in briefing.entities.items() if id_ is not None),
        sources=briefing.sources,
        annotations=name_annotations(briefing.annotations, body.notes, body.article),
        lang=briefing.lang,
        translations=briefing.translations,
        moved_from=briefing.moved_from,
        template=briefing.template,
        is_draft=briefing.draft,
        ignore=briefing.ignore,
        corrections=tuple(
            CorrectionFact(one.date, told.text, told.gaps)
            for one, text in zip(briefing.corrections, body.corrections, strict=True)
            for told in (in_one_line(text.prose),)
        ),
        writing=_with_image(writing, briefing.image, Place(path, pointer=("image",))),
    )


def _with_image(writing: Writing, image: str | None, place: Place) -> Writing:
    """The writing with the `image` of the front matter, which needs no alternative text."""
    if image is None:
        return writing
    images = (ImageFact(image, True, place), *writing.images)
    return msgspec.structs.replace(writing, images=images)


def study_record(record: Record[Any], own_id: str | None, context: Context,
                 parser: MarkdownParser) -> RecordStudy:  # fmt: skip
    """Study the body of a record; `own_id` is the entity that its page is about, if any."""
    image: str | None = getattr(record.value, "image", None)
    at = Place(record.path, pointer=(*record.place.pointer, "image"))
    if not record.body.strip():
        return RecordStudy(_with_image(Writing(), image, at), None, {})
    found: list[Diagnostic] = []
    finder = PassageFinder(
        record.path, context.gazetteer, context.linking, None, parser, found, own_id,
        language=getattr(record.value, "lang", None) or context.language,
    )  # fmt: skip
    written = parser.parse(record.body, record.path, record.body_line)
    found += written.diagnostics
    found += check_headings(record.path, written.prose)
    passage = finder.study(Text(written.prose, record.path))
    footnotes = finder.footnotes(written.footnotes)
    finder.end()
    writing = _with_image(finder.writing(), image, at)
    return RecordStudy(writing, passage, footnotes, tuple(found))
