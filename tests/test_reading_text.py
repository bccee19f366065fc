"""The words of an article are the words on its page, whatever is in them and laid over them."""

from __future__ import annotations

import json
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from site_tester import BuiltPage, SiteTest, squeeze

from briefgen.annotate.gazetteer import Gazetteer
from briefgen.annotate.normal import normalise
from briefgen.build.anchors import name_annotations
from briefgen.build.passages import PassageFinder, Text
from briefgen.link.index import Material, build_index
from briefgen.load.text import BODY_LIMIT, decode
from briefgen.model.briefing import Annotation, Structure
from briefgen.model.dates import Day
from briefgen.model.diagnostics import Place
from briefgen.model.entity import Alias, Entity
from briefgen.model.facts import Record
from briefgen.model.prose import AnchorSpan, Passage, Prose
from briefgen.model.questions import Questions
from briefgen.model.site import Linking, SiteConfig
from briefgen.parse.markdown import MarkdownParser
from briefgen.parse.rawtext import parse_raw
from briefgen.render.placing import place_annotations
from briefgen.render.web_annotations import reading_text
from briefgen.render.writing import PageWriting

PRINTABLE = "".join(filter(str.isprintable, map(chr, range(sys.maxunicode + 1))))

RAW = {
    "every-printable-character": "\n".join(
        PRINTABLE[at : at + 5000] for at in range(0, len(PRINTABLE), 5000)
    ),
    "html": "He said <b>no</b> & <script>alert('x')</script> to Biden.\n\n</article><!-- x -->",
    "entities-of-html": "&amp; &lt;b&gt; &#65; &nbsp; &copy &notin; AT&T",
    "markdown": "# Not a heading\n\n- [[x]] and [^1], *stars* and [@y]\n\n[^1]: no\n\n    code\n\n***",
    "templates": "{{ page }} {% raw %} {# x #} ${x} <%= x %>",
    "tabs": "\tOne\t\ttwo\t\n\t\n\tthree",
    "no-break-spaces": "Mr.\u00a0Biden\u202fand\u2003Mr.\u00a0\u00a0Putin\u00a0\n\u00a0\nend\u00a0",
    "line-ends-of-windows": "One\r\ntwo Biden\r\n\r\nthree\r\n",
    "line-ends-of-old": "One\rtwo Biden\r\rthree\r",
    "byte-order-mark": "\ufeffBiden spoke.",
    "long-line": "Biden " + "word " * 40_000 + "x" * 100_000,
    "right-to-left": "قال بايدن (Biden) إن «الاتفاق» ممدّد.\n\nאמר \u200fביידן\u200e \u202eabc\u202c",
    "no-newline-at-the-end": "Biden spoke.\n\nPutin spoke",
    "blank-lines": "\n\n \n\t\n\u00a0\n",
    "empty": "",
    "invisible-characters": "co\u00adoperate B\u200biden zero\u200dwidth \ufeffmark \u2060joiner",
    "other-white-space": "form\ffeed line\u2028separator\u2029 ideographic\u3000 ogham\u1680 end",
    "combining": "e\u0301 n\u0303 a\u0308 Bide\u0301n \u1100\u1161 \u0344",
    "quotation-marks": "“Biden” ‘said’ \"it\" 'so' „doch“ «non» Biden’s Biden's",
}

ANNOTATED = {
    "html": ["<b>no</b> & <script>", "to Biden. </article>"],
    "markdown": ["[[x]] and [^1]", "[^1]: no code"],
    "entities-of-html": ["&lt;b&gt; &#65;"],
    "no-break-spaces": ["Biden and Mr. Putin end"],
    "line-ends-of-windows": ["two Biden three"],
    "right-to-left": ["Biden) إن «الاتفاق» ممدّد. אמר"],
    "quotation-marks": ["\"Biden\" 'said'", "Biden's Biden's"],
}
"""Quotes of raw articles, as one would type them."""

MARKDOWN = {
    "emphasis": ("*One **two** three* `a  b` ~~four~~", "One two three a b four"),
    "links": (
        "[one *two*](https://example.org/ 'title') <https://example.org/x> [three]\n\n[three]: #main",
        "one two https://example.org/x three",
    ),
    "wiki": ("See [[joe-biden|the *president*]] and [[joe-biden]].", "See the president and ."),
    "citations": ("One [@work, p. 4; @other] two [^work] three[^own].\n\n[^own]: Own *note*.",
                  "One two three."),
    "headings": ("# One\n\n## Two Biden ##\n\nThree\n===", "One Two Biden Three"),
    "lists": ("- one\n- two\n\n  2a\n  1. three\n     > four", "one two 2a three four"),
    "table": ("| a | b |\n|---|---|\n| *c* | [[joe-biden\\|d]] |\n|  | e |", "a b c d e"),
    "definitions": ("Term\n: one\n: two Biden", "Term one two Biden"),
    "code": ("```py\nx  =  '<b>'\n\n[[y]]\n```\n\n    indented [^z]", "x = '<b>' [[y]] indented [^z]"),
    "html": ("<b>Biden</b> &amp; &copy; \\*x\\*\n\n<div>\n*y*\n</div>",
             "<b>Biden</b> & © *x* <div> y </div>"),
    "breaks": ("one  \ntwo\\\nthree\nfour\n\n---\n\nfive", "one two three four five"),
    "image": ('One ![alt](picture.svg "A credit") two', "One two"),
    "refused": ("[word](javascript:alert(1))", "word"),
    "windows": ("One\r\ntwo\r\n\r\nthree\r\n", "One two three"),
    "empty": ("", ""),
}  # fmt: skip

ENTITIES = """\
- {id: joe-biden, kind: person, name: Joe Biden, aliases: [Biden]}
- {id: vladimir-putin, kind: person, name: Putin}
"""


def raw_briefing(name):
    """A briefing on a raw article, with a note on each of the quotes."""
    notes = [
        {"id": f"n{number}", "quote": quote, "note": "A word on Biden. [^work]"}
        for number, quote in enumerate(ANNOTATED.get(name, ()), 1)
    ]
    head = {"title": name, "date": "2021-01-26", "article": f"../../seeds/{name}.txt"}
    # JSON is YAML too.
    rows = "".join(f"{key}: {json.dumps(value)}\n" for key, value in head.items())
    return f"---\n{rows}annotations: {json.dumps(notes, ensure_ascii=False)}\n---\n"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    site = SiteTest(tmp_path_factory.mktemp("articles"))
    site.file("content/entities/e.yml", ENTITIES)
    site.file("content/sources/s.yml", "work: {title: A work}\nother: {title: Another}\n")
    site.file("content/static/picture.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")
    for name, text in RAW.items():
        site.file(f"seeds/{name}.txt", text)
        site.file(f"content/briefings/raw-{name}.md", raw_briefing(name))
    for name, (source, _) in MARKDOWN.items():
        head = f"---\ntitle: {name}\ndate: 2021-01-26\n---\n"
        site.file(f"content/briefings/md-{name}.md", head + source)
    site.built()
    assert site.codes == {"refused-scheme", "article-empty"}
    return site


@pytest.mark.parametrize("name", RAW)
def test_a_raw_article_is_on_its_page(site, name):
    page = site.page(f"briefings/raw-{name}/")
    assert page.reading_text == squeeze(RAW[name].removeprefix("\ufeff"))


def test_control_characters_stay_too(site):
    """They are errors of the HTML standard, and stand in some article none the less."""
    words = "".join(map(chr, range(1, 32))).replace("\r", "") + "next\x7f\u0085line \ufdd0"
    site.file("seeds/control.txt", words)
    site.file("content/briefings/raw-control.md", raw_briefing("control"))
    site.built()
    html = site.output.read("briefings/raw-control/index.html").decode("utf-8")
    assert BuiltPage(html, strict=False).reading_text == squeeze(words)


@pytest.mark.parametrize("name", ANNOTATED)
def test_the_words_that_are_marked_are_those_quoted(site, name):
    page = site.page(f"briefings/raw-{name}/")
    for note in page.all("div", "note"):
        number = int(note.get("data-n"))
        quote = ANNOTATED[name][int(note.get("id").removeprefix("note-n")) - 1]
        assert normalise(page.words_marked(number)).text == normalise(quote).text
    assert len(page.all("div", "note")) == len(ANNOTATED[name])


@pytest.mark.parametrize("name", MARKDOWN)
def test_a_markdown_article_is_on_its_page(site, name):
    assert site.page(f"briefings/md-{name}/").reading_text == MARKDOWN[name][1]


def test_of_an_excerpt_nothing_else_is_published(tmp_path):
    """Not on its page, and not in a dossier, a feed, a data file or its Web Annotations."""
    front = (
        "---\ntitle: X\ndate: 2021-01-26\nexcerpt: true\narticle: ../../seeds/x.txt\n"
        "structure: {headings: [Unpublished heading]}\n"
        "annotations: [{quote: Biden spoke, note: A word., kind: definition}]\n---\n"
    )
    site = (
        SiteTest(tmp_path)
        .file("briefgen.yml", "title: T\nurl: https://example.org/\n")
        .file("content/entities/e.yml", ENTITIES)
        .file("seeds/x.txt", "Unpublished Putin.\n\nHere Biden spoke.\n\nUnpublished heading\n\n"
                             "Biden is unpublished.\n")
        .file("content/briefings/x.md", front)
        .built()
    )  # fmt: skip
    page = site.page("briefings/x/")
    assert page.reading_text == "Here Biden spoke."
    assert page.words_marked(1) == "Biden spoke"
    assert "An excerpt" in page.text
    leaks = [path for path in site.output.files if b"npublished" in site.output.read(path)]
    assert leaks == []
    assert "Not mentioned in any briefing so far." in site.page("entities/vladimir-putin/").text


# The same for any text: from the bytes of an article to its HTML, without a disk.

NAMES = {"joe-biden": ("Joe Biden", "Biden"), "putin": ("Putin",), "new-start": ("New START",)}

GAZETTEER = Gazetteer.from_entities(
    (id_, [Alias(name) for name in names]) for id_, names in NAMES.items()
)
PARSER = MarkdownParser()

INDEX, _ = build_index(
    Material(
        config=SiteConfig("A site"),
        as_of=Day("2026-11-24"),
        briefings=(),
        entities=tuple(
            Record(id_, id_, Entity(name=names[0], kind="person"), Place("e.yml"))
            for id_, names in NAMES.items()
        ),
    )
)

WORDS = [
    "Biden", "Joe Biden's", "New START", "Putin", "<b>", "</p>", "&amp;", "[[x]]", "[^1]", "\r\n",
    "\n", "\n\n", "  ", "\t", "\u00a0", "\u200f", "ש", "e\u0301", "“", "’", "\u0085", "\u2028",
    "\ufeff", "…", "--", "🙂", "ﷺ", "İ",
]  # fmt: skip
article_text = st.lists(
    st.sampled_from(WORDS)
    | st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=8),
    max_size=25,
).map("".join)


def study(prose: Prose) -> Passage:
    """Find the mentions of a text, as the build does."""
    finder = PassageFinder("b.md", GAZETTEER, Linking(mentions="all"), {}, PARSER, [])
    return finder.study(Text(prose, "b.md"))


def shown(passage: Passage, annotations) -> BuiltPage:
    """The article as its page has it, each note aside behind its part."""
    notes = [Passage(PARSER.parse(one.note).prose) if one.note else None for one in annotations]
    facts = name_annotations(annotations, notes, passage)
    placed = place_annotations(passage, annotations, facts, notes)
    parts = PageWriting(Questions(INDEX), "briefing:b", "b.md", "../../").parts(passage, placed)
    html = "".join(
        f"{part.html}{''.join(f'<div data-aside>{n.html}</div>' for n in part.notes)}"
        for part in parts
    )
    # Control characters are errors of the HTML standard, and stand in some article none the less.
    return BuiltPage(f"<!doctype html><article data-article>{html}</article>", strict=False)


def with_anchors(data, passage: Passage):
    """The passage with some quotes marked anywhere in it, and the annotations of them."""
    size = len(passage.prose.text)
    ends = st.tuples(st.integers(0, size), st.integers(0, size)).map(sorted)
    spans = [span for span in data.draw(st.lists(ends, max_size=4)) if span[0] < span[1]]
    kinds = data.draw(st.lists(st.sampled_from(["context", "source"]), min_size=4, max_size=4))
    annotations = [
        Annotation("q", kind="source", sources=("s",)) if kind == "source"
        else Annotation("q", note="A *note*.")
        for _, kind in zip(spans, kinds, strict=False)
    ]  # fmt: skip
    anchors = tuple(AnchorSpan(start, end, at) for at, (start, end) in enumerate(spans))
    return Passage(passage.prose, passage.mentions, anchors), annotations


def check(data, prose: Prose, expected: str) -> None:
    passage, annotations = with_anchors(data, study(prose))
    page = shown(passage, annotations)
    assert page.reading_text == expected
    assert reading_text(prose)[0] == expected
    numbered = sorted((a for a in passage.anchors if annotations[a.annotation].note),
                      key=lambda a: (a.end, a.start))  # fmt: skip
    for number, anchor in enumerate(numbered, 1):
        assert page.words_marked(number) == squeeze(prose.text[anchor.start : anchor.end])


@given(article_text, st.data())
def test_any_text_is_on_its_page(text, data):
    decoded, faults = decode(text.encode(), "a.txt", BODY_LIMIT)
    assert not faults
    prose = parse_raw(decoded, Structure(), "b.md").prose
    check(data, prose, squeeze(text.removeprefix("\ufeff")))


@given(article_text, st.data())
def test_lines_are_left_out_and_made_headings_and_no_word_else_is_lost(text, data):
    decoded, _ = decode(text.encode(), "a.txt", BODY_LIMIT)
    lines = decoded.split("\n")
    numbers = st.sets(st.integers(1, len(lines)), max_size=3)
    skip, headings = data.draw(numbers), data.draw(numbers)
    structure = Structure(tuple(map(str, sorted(skip))), tuple(map(str, sorted(headings))))
    prose = parse_raw(decoded, structure, "b.md").prose
    kept = [line for number, line in enumerate(lines, 1) if number not in skip]
    check(data, prose, squeeze("\n".join(kept)))


@given(st.lists(st.sampled_from(
    ["Biden ", "*New START* ", "**Putin** ", "[x y](u) ", "`a  <b>` ", "[[joe-biden|Joe *B*]] ",
     "[[joe-biden]] ", "[@s] ", "\n\n", "\n", "\n\n- ", "\n\n> ", "\n\n## ", "  \n", "&amp; ",
     "<i>x</i> ", "\n\n| a | b |\n|--|--|\n| Biden | c |\n\n", "\n\n```\ncode\n```\n\n"]), max_size=15
    ).map("".join), st.data())  # fmt: skip
def test_any_markdown_is_on_its_page(source, data):
    prose = PARSER.parse(source).prose
    check(data, prose, squeeze(prose.text))
