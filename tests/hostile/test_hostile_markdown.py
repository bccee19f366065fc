"""Markdown that makes parsers slow or deep: cmark's pathological cases, and some of our own.

Each is parsed, normalised, composed and looked through for sentences, at three sizes.
"""

from __future__ import annotations

import sys
from functools import partial

import pytest
from stopwatch import assert_linear

from briefgen.annotate.fold import fold_of
from briefgen.annotate.gazetteer import Gazetteer
from briefgen.annotate.mentions import find_mentions
from briefgen.annotate.normal import normalise
from briefgen.annotate.sentences import SentenceFinder
from briefgen.model.entity import Alias
from briefgen.model.site import Linking
from briefgen.parse.markdown import ALLOWANCE, LEAST_ALLOWANCE, MarkdownParser
from briefgen.parse.walk import MOST_NESTED
from briefgen.render.compose import compose

PARSER = MarkdownParser()
NAMES = Gazetteer.from_entities([("a", [Alias("a")]), ("b", [Alias("b")])])

CASES = {
    # Those of cmark, test/pathological_tests.py.
    "nested strong emphasis": lambda n: "*a **a " * n + "b" + " a** a*" * n,
    "emphasis closers": lambda n: "a_ " * n,
    "emphasis openers": lambda n: "_a " * n,
    "link closers": lambda n: "a]" * n,
    "link openers": lambda n: "[a" * n,
    "mismatched openers and closers": lambda n: "*a_ " * n,
    "openers and closers, multiples of 3": lambda n: "a**b" + "c* " * n,
    "link openers and emphasis closers": lambda n: "[ a_" * n,
    "brackets and parentheses": lambda n: "[ (](" * n,
    "images in links": lambda n: "![[]()" * n,
    "hard link and emphasis": lambda n: "**x [a*b**c*](d)" * n,
    "a hard link open": lambda n: "[a](<b" * n,
    "unclosed links": lambda n: "[a](b" * n,
    "unclosed links without an address": lambda n: "[a](" * n,
    "unclosed titles": lambda n: '[a](b "x ' * n,
    "nested brackets": lambda n: "[" * n + "a" + "]" * n,
    "nested parentheses": lambda n: "[a](" + "(" * n + ")" * n + ")",
    "nested images": lambda n: "![" * n + "a" + "](b)" * n,
    "nested block quotes": lambda n: "> " * n + "a",
    "deep lists": lambda n: "".join("  " * min(i, 150) + "* a\n" for i in range(n // 4)),
    "lists in a line": lambda n: "* " * n + "a",
    "quotes and lists by turns": lambda n: ("> - " * 15 + "a\n") * (n // 20),
    "lines of lists": lambda n: "- a\n* b\n" * (n // 2),
    "empty items": lambda n: "-\n" * n,
    "backticks of every length": lambda n: "".join("e" + "`" * i for i in range(int(n**0.5) * 3)),
    "pairs of backticks": lambda n: "`a`` " * n,
    "entities": lambda n: "&amp;" * n,
    "no entities": lambda n: "&#" * n,
    "comments without end": lambda n: "</" + "<!--" * n,
    "sections of CDATA": lambda n: "<![CDATA[" * n,
    "instructions": lambda n: "<?" * n,
    "declarations": lambda n: "<!A " * n,
    "autolinks without end": lambda n: "<http://a" * n,
    "definitions of links": lambda n: "".join(f"[{i}]: u\n" for i in range(n // 2)),
    "definitions without end": lambda n: '[a]: u "t\n' * n,
    "uses of a definition": lambda n: "[a]: u\n\n" + "[a] " * n,
    "strikes": lambda n: "~~a " * n,
    "stars": lambda n: "a " + "*" * n + "b" + "*" * n,
    "backslashes": lambda n: "\\[" * n,
    "a table of many cells": lambda n: "|a" * 50 + "\n" + "|-" * 50 + "\n" + "|b\n" * (n // 50),
    "lines under a heading": lambda n: "a\n" * n + "===",
    "fences": lambda n: "```\n" * n,
    # What our own syntax and layers add.
    "labels without end": lambda n: "[[a|" * n,
    "labels with one end": lambda n: "[[a|" * n + "]]",
    "labels that end on the next line": lambda n: "[[a|" * n + "\n]]",
    "labels in images": lambda n: "![[[a|" * n + "]]",
    "links to pages": lambda n: "[[a]] " * n,
    "links with labels": lambda n: "[[a|*b*]] " * n,
    "citations": lambda n: "[^a] " * n,
    "citations without end": lambda n: "[^a" * n,
    "citations in one": lambda n: "[@a" + "; @a" * n + "]",
    "locators without end": lambda n: "[@a, " * n,
    "dashes in an id": lambda n: "[@a" + "-" * n + "]",
    "footnotes": lambda n: "".join(f"[^{i}]: x\n" for i in range(n // 2)),
    "headings alike": lambda n: "# a\n\n" * (n // 2),
    "headings alike, without space": lambda n: "# a\n" * (n // 2),
    "headings numbered alike": lambda n: "".join(f"# a\n\n# a-{i}\n\n" for i in range(n // 4)),
    "definition lists": lambda n: "a\n: b\n\n" * (n // 4),
    "terms without definition": lambda n: "a\n~ " * (n // 2),
    "paragraphs": lambda n: "a b.\n\n" * (n // 2),
    "sentences in emphasis": lambda n: "*" + "A [[a]]. " * n + "b*",
    "sentences": lambda n: "A. b! c? " * n,
    "a word": lambda n: "a" * (n * 10),
    "quotation marks": lambda n: "'\"" * n,
    "accents on one letter": lambda n: "a" + "\u0301\u0316" * n,
    "characters that are not seen": lambda n: "\u200d\u00ad" * n,
    "dashes and spaces": lambda n: "- \u2014" * n,
}


def use(source: str) -> str:
    """What a build does with a text: parse, normalise, find names, sentences and a fold, compose."""
    prose = PARSER.parse(source).prose
    normal = normalise(prose.text)
    found = find_mentions(prose, NAMES, Linking(), {}, normal=normal)
    sentences = SentenceFinder(prose)
    for span in found.spans[:50]:
        sentences.around(span.start, span.end)
    fold_of(prose)
    return "".join(compose(prose))


def lines_run(run) -> int:
    """How many lines of Python a call runs: the same on every machine."""
    count = 0

    def trace(*_):
        nonlocal count
        count += 1
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        run()
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("case", CASES)
def test_work_grows_with_the_text(case):
    small, large = CASES[case](100), CASES[case](400)
    use(small)  # what is made once
    assert lines_run(partial(use, large)) < 5 * lines_run(partial(use, small)) + 5_000


@pytest.mark.soak
@pytest.mark.parametrize("case", CASES)
def test_time_grows_with_the_text(case):
    assert_linear(lambda n: partial(use, CASES[case](n)), 200, cap_s=3)


@pytest.mark.parametrize(
    "source",
    [
        ">" * 10_000 + " a",
        "> " * 10_000 + "a",
        "- " * 10_000 + "a",
        "1. " * 10_000 + "a",
        "> - " * 10_000 + "a",
        "".join(" " * i + "- a\n" for i in range(1_000)),
        "[" * 50_000,
        "[" * 20_000 + "]" * 20_000,
        "![" * 20_000,
        "[[" * 20_000,
        "*a **a " * 10_000 + "b" + " a** a*" * 10_000,
        "[a](" * 10_000,
        "[[a|" * 10_000 + "]]" * 10_000,
    ],
    ids=lambda source: f"{source[:8]!r} x {len(source)}",
)
def test_no_nesting_is_too_deep(source):
    assert use(source).count("<") < len(source)


@pytest.mark.parametrize("line", ["> ", "- ", "1. ", "> - "])
def test_thirty_levels_lose_no_words(line):
    source = "".join(f"{line * level}word\n\n" for level in range(1, 31))
    assert PARSER.parse(source).prose.text.count("word") == 30


@pytest.mark.parametrize("line", ["> ", "- ", "1. ", "> - "])
def test_what_is_nested_too_deep_stays_as_it_is_written(line):
    parsed = PARSER.parse(f"before\n\n{line * 200}word *and* more\nand so on\n\nafter", "x.md")
    assert [(one.code, one.place.line) for one in parsed.diagnostics] == [("nested-too-deep", 3)]
    for words in ("before", "word and more", "and so on", "after"):
        assert words in parsed.prose.text


def test_nesting_costs_no_depth_of_pythons_own():
    """A page may be rendered from deep inside a server, with few frames left."""
    used = 0
    frame = sys._getframe()
    while frame is not None:
        used, frame = used + 1, frame.f_back
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(used + 600)
    try:
        for case in ("nested brackets", "nested images", "nested block quotes", "lists in a line"):
            assert use(CASES[case](5_000)).startswith("<")
    finally:
        sys.setrecursionlimit(limit)


@pytest.mark.parametrize(
    ("definition", "one_use"),
    [
        ("[a]: https://e.org/" + "x" * 10_000, "[a] "),
        ("[a]: u '" + "x" * 10_000 + "'", "[a] "),
        ("[a]: u '" + "&" * 10_000 + "'", "![a]"),
        ("[a]: https://e.org/" + "ü" * 10_000, "[a][]"),
    ],
    ids=["an address", "a title", "a title of an image", "an address that is escaped"],
)
def test_links_by_reference_do_not_multiply(definition, one_use):
    source = f"{definition}\n\n" + one_use * 3_000
    parsed = PARSER.parse(source)
    assert [one.code for one in parsed.diagnostics] == ["output-capped"]
    html = "".join(compose(parsed.prose))
    assert len(html) <= LEAST_ALLOWANCE + (ALLOWANCE + 1) * len(source)
    assert parsed.prose.text.count("a") >= 3_000 or "!" in one_use  # the words stay


def test_emphasis_is_left_out_where_it_is_nested_too_deep_and_its_words_stay():
    deep = MOST_NESTED * 2
    prose = PARSER.parse("*a **a " * deep + "b" + " a** a*" * deep).prose
    html = "".join(compose(prose))
    assert html.count("<em>") == html.count("</em>") == MOST_NESTED // 2
    assert html.count("<strong>") == html.count("</strong>") == MOST_NESTED // 2
    assert prose.text == "a a " * deep + "b" + " a a" * deep
