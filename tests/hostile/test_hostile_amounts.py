"""Very many of one thing, in one file: the time and the page grow with it, and no faster."""

from __future__ import annotations

import random
from functools import partial

import pytest
from site_tester import SiteTest
from stopwatch import assert_linear, cpu_seconds

from briefgen.annotate.excerpt import excerpt
from briefgen.annotate.gazetteer import Gazetteer
from briefgen.annotate.mentions import find_mentions
from briefgen.annotate.normal import normalise
from briefgen.annotate.quotes import QuoteFinder, QuoteMatch
from briefgen.annotate.sentences import SentenceFinder
from briefgen.build.anchors import name_annotations
from briefgen.build.passages import PassageFinder, Text
from briefgen.model.briefing import Annotation
from briefgen.model.entity import Alias
from briefgen.model.prose import AnchorSpan, Passage, Prose
from briefgen.model.site import Linking
from briefgen.parse.markdown import MarkdownParser
from briefgen.render.compose import Layer, compose
from briefgen.render.placing import MOST_LANES

PARSER = MarkdownParser()
MANY = 5_000
WORDS = [f"w{number}" for number in range(MANY + 1_000)]
PARAGRAPH = " ".join(WORDS)
HEAD = "---\ntitle: T\ndate: 2021-01-26\n{}---\n{}\n"


def annotations(rows: list[str]) -> str:
    return "annotations:\n" + "".join(f"- {{{row}, note: n}}\n" for row in rows)


def one_inside_the_other(number: int) -> str:
    """Quotes of more and more words around the middle of the text; YAML has room for some."""
    middle = len(WORDS) // 2
    return " ".join(WORDS[middle - number : middle + number])


NOTED = {
    "the same quote": (["quote: w7"] * MANY, "w7 " + "word " * 5_000, True),
    "quotes side by side": ([f"quote: w{n}, suffix: w{n + 1}" for n in range(MANY)], PARAGRAPH, True),
    "quotes that overlap": (
        [f"quote: w{n} w{n + 1} w{n + 2} w{n + 3}" for n in range(MANY)], PARAGRAPH, True,
    ),
    "quotes that overlap by a hundred": (
        [f"quote: {' '.join(WORDS[n : n + 100])}" for n in range(300)], PARAGRAPH, True,
    ),
    "quotes in one another": (
        [f"quote: {one_inside_the_other(n)}" for n in range(1, 200)], PARAGRAPH, True,
    ),
    "the occurrences of a word": (
        [f"quote: word, occurrence: {n}" for n in range(1, MANY)], "word " * 6_000, True,
    ),
    "quotes in paragraphs": (
        [f"quote: w{n}." for n in range(MANY)], ".\n\n".join(WORDS) + ".", True,
    ),
    "a quote that is nowhere": (["quote: nowhere in the text"] * MANY, PARAGRAPH, False),
    "quotes that are nowhere": (
        [f"quote: nowhere {n} in the text" for n in range(1_000)], PARAGRAPH, False,
    ),
    "a quote that is everywhere": (["quote: word"] * MANY, "word\n\n" * 5_000, False),
}  # fmt: skip


@pytest.mark.soak
@pytest.mark.parametrize("case", NOTED)
@pytest.mark.parametrize("more", ["", "excerpt: true\n"])
def test_thousands_of_annotations_take_seconds(case, more, tmp_path):
    rows, text, is_found = NOTED[case]
    site = SiteTest(tmp_path).file(
        "content/briefings/x.md", HEAD.format(more + annotations(rows), text)
    )
    assert cpu_seconds(partial(site.build, jobs=1)) < 8
    assert site.result.ok == is_found, site.findings[:3]
    if is_found:
        html = site.output.read("briefings/x/index.html").decode()
        assert html.count('role="note"') == len(rows)
        assert len(html) < 1_000 * MANY


def test_no_more_quotes_than_there_are_lanes_are_highlighted_at_one_place(tmp_path):
    words = " ".join(WORDS[:100])
    rows = [f"quote: {' '.join(WORDS[n : n + 30])}" for n in range(60)]
    site = SiteTest(tmp_path).file("content/briefings/x.md", HEAD.format(annotations(rows), words))
    page = site.built(jobs=1).page("briefings/x/")
    assert page.reading_text == words
    owner = {child: parent for parent in page.article.iter() for child in parent}

    def depth(element):
        above = owner.get(element)
        return (element.tag == "mark") + (depth(above) if above is not None else 0)

    assert max(map(depth, page.all("mark"))) == MOST_LANES
    assert len(page.all("div", "note")) == 60
    assert len(page.all("a", "ref")) == 60


def layers_side_by_side(count: int) -> list[Layer]:
    return [Layer(n * 3, n * 3 + 2, "<mark>", "</mark>") for n in range(count)]


@pytest.mark.soak
@pytest.mark.parametrize(
    "layers",
    [
        layers_side_by_side,
        lambda n: [Layer(i, i + 8, "<mark>", "</mark>") for i in range(n)],
        lambda n: [Layer(i % 7, n * 2, "<mark>", "</mark>") for i in range(8)],
    ],
    ids=["side by side", "eight at a time", "over all of it"],
)
def test_a_merge_is_linear_for_any_bounded_number_of_layers_at_a_place(layers):
    def make(size):
        prose = PARSER.parse("*ab* c [d](/e) " * size).prose
        return partial(compose, prose, layers(len(prose.text) // 3))

    assert_linear(make, 100, cap_s=2)


@pytest.mark.soak
def test_finding_quotes_is_linear_in_their_number():
    def make(size):
        normal = normalise(PARAGRAPH)
        rows = [Annotation(quote=f"w{n % 5_000} w{n % 5_000 + 1}") for n in range(size)]

        def find():
            finder = QuoteFinder(normal)
            assert all(isinstance(finder.find(row), QuoteMatch) for row in rows)

        return find

    assert_linear(make, 100, cap_s=2)


@pytest.mark.soak
def test_occurrences_one_after_the_other_are_found_in_linear_time():
    def make(size):
        normal = normalise("word " * size)

        def find():
            finder = QuoteFinder(normal)
            for number in range(1, size + 1):
                found = finder.find(Annotation(quote="word", occurrence=number))
                assert found == QuoteMatch(5 * number - 5, 5 * number - 1)
            wrong = finder.find(Annotation(quote="word", occurrence=size + 1))
            assert (wrong.kind, wrong.count) == ("not-found", size)

        return find

    assert_linear(make, 300, cap_s=2)


@pytest.mark.soak
def test_an_excerpt_is_linear_in_blocks_and_quotes():
    def make(size):
        prose = PARSER.parse("Some words.\n\n" * size).prose
        anchors = [AnchorSpan(b.start, b.start + 4, i) for i, b in enumerate(prose.blocks)]
        random.Random(1).shuffle(anchors)
        return partial(excerpt, prose, anchors[::2])

    assert_linear(make, 100, cap_s=2)


@pytest.mark.soak
def test_twenty_thousand_names():
    def names():
        return Gazetteer.from_entities(
            (f"e{n}", [Alias(f"Name {n}"), Alias(f"name of {n}", "any")]) for n in range(20_000)
        )

    def build_and_search():
        prose = PARSER.parse("Then Name 77 and NAME OF 5 and").prose
        found = find_mentions(prose, names(), Linking(), {})
        assert [span.entity for span in found.spans] == ["e77", "e5"]

    assert cpu_seconds(build_and_search) < 3
    gazetteer = names()
    find_mentions(PARSER.parse("x").prose, gazetteer, Linking(), {})

    def make(size):
        prose = PARSER.parse(
            "".join(f"Then Name {n * 7 % 20_000} spoke. " for n in range(size))
        ).prose
        return partial(find_all, prose, gazetteer, size)

    assert_linear(make, 100, cap_s=2)


def find_all(prose, gazetteer, size):
    found = find_mentions(prose, gazetteer, Linking(), {})
    assert len(found.spans) == size
    sentences = SentenceFinder(prose)
    for span in found.spans:
        assert sentences.around(span.start, span.end).text.startswith("Then")


@pytest.mark.soak
def test_readings_of_a_page_are_looked_for_in_one_pass():
    def make(size):
        prose = PARSER.parse("Then Name 1x spoke. " * size).prose
        readings = {f"Name {n}x": f"e{n}" for n in range(size)}
        return partial(find_mentions, prose, Gazetteer(), Linking(), readings)

    assert_linear(make, 200, cap_s=2)


@pytest.mark.soak
def test_annotations_of_one_quote_are_named_in_linear_time():
    def make(size):
        rows = [Annotation(quote="w", note="n")] * size
        return partial(name_annotations, rows, [None] * size, Passage(Prose()))

    assert_linear(make, 200, cap_s=2)


def test_what_is_closest_to_a_quote_is_looked_for_once():
    finder = QuoteFinder(normalise(PARAGRAPH))
    quote = Annotation(quote="w1 and w2 and w3")
    closest = finder.find(quote).closest
    assert closest is not None
    for _ in range(1_000):
        assert finder.find(quote).closest is closest


def test_of_many_links_to_one_page_the_first_alone_has_its_sentence():
    finder = PassageFinder("x.md", Gazetteer(), Linking(), {}, PARSER, [])
    finder.study(
        Text(PARSER.parse("See [[y]], [y](y.md) and [[z]] and [[y]], [y](y.md).").prose, "")
    )
    links = finder.writing().links
    assert [(link.target, bool(link.sentence.text)) for link in links] == [
        ("y", True), ("y.md", True), ("z", True), ("y", False), ("y.md", False),
    ]  # fmt: skip


FAULTS = {
    "unknown links": lambda n: "".join(f"See [[nowhere-{i}]].\n\n" for i in range(n)),
    "unknown links in a line": lambda n: "".join(f"see [[nowhere-{i}]] " for i in range(n)),
    "links to no file": lambda n: "".join(f"See [it](nowhere-{i}.md).\n\n" for i in range(n)),
    "unknown citations": lambda n: "".join(f"See.[^nowhere-{i}]\n\n" for i in range(n)),
    "unknown citations in one": lambda n: "See [@a" + "".join(f"; @n{i}" for i in range(n)) + "]",
    "images that are missing": lambda n: "".join(f"![](nowhere-{i}.png)\n\n" for i in range(n)),
    "refused schemes": lambda n: "".join(f"[a](javascript:{i})\n\n" for i in range(n)),
    "headings that skip": lambda n: "# a\n\n#### b\n\n" * n,
    "links to its own page": lambda n: "[[x]] " * n,
    "links to one page": lambda n: "[[y]] " * n,
    "typed objects between links": lambda n: "\ufffc" * n + "[[y]] " * n,
    "citations of one source": lambda n: "[@s" + "; @s" * n + "]",
    "footnotes": lambda n: "".join(f"a[^n{i}]\n\n[^n{i}]: note\n\n" for i in range(n)),
    "footnotes that cite one another": lambda n: (
        "a[^n0]\n\n"
        + "".join(f"[^n{i}]: note [^n{i + 1}]\n\n" for i in range(n))
        + f"[^n{n}]: end\n"
    ),
}


@pytest.mark.soak
@pytest.mark.parametrize("case", FAULTS)
def test_the_cost_of_a_build_grows_with_the_text(case, tmp_path):
    def make(size):
        site = SiteTest(tmp_path / str(size)).file("content/briefings/y.md", HEAD.format("", "W."))
        site.file("content/sources/s.yml", "s: {title: S}\n")
        site.file("content/briefings/x.md", HEAD.format("", FAULTS[case](size)))
        return partial(site.build, jobs=1, clean=True)

    # A link is shown with what is around it, up to some length: below that it costs ever more.
    assert_linear(make, 500, cap_s=5, most_growth=9)


@pytest.mark.soak
def test_the_pages_of_entities_cost_the_same_however_many_treaties_there_are(tmp_path):
    def make(size):
        entities = "".join(f"- {{id: e{n}, name: N{n}, kind: term}}\n" for n in range(size))
        treaties = "".join(
            f"- {{id: t{n}, name: T{n}, parties: [{{entity: e{n}}}], events: ["
            + ", ".join(f"{{date: 2001-01-{day:02}, type: note}}" for day in range(1, 11))
            + "]}\n"
            for n in range(size)
        )
        site = SiteTest(tmp_path / str(size)).file("content/entities/e.yml", entities)
        site.file("content/treaties/t.yml", treaties)
        return partial(site.build, jobs=1, clean=True)

    assert_linear(make, 60, cap_s=8)
