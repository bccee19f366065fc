import pytest
from hypothesis import given
from hypothesis import strategies as st
from written_prose import write

from briefgen.annotate.normal import normalise
from briefgen.annotate.quotes import QuoteMatch, QuoteProblem, find_quote
from briefgen.model.briefing import Annotation


def find(text: str, quote: str, **selector) -> QuoteMatch | QuoteProblem:
    return find_quote(normalise(text), Annotation(quote=quote, note="n", **selector))


# `[…]` is what the quote selects in the text.
MATCHES = {
    "plain": ("Both sides [agreed to extend] it.", "agreed to extend", {}),
    "at the start": ("[Both] sides", "Both", {}),
    "at the end": ("Both [sides]", "sides", {}),
    "all of it": ("[Both sides]", "Both sides", {}),
    "white space about the quote": ("Both [sides] agreed", " sides\n", {}),
    "line ends in the quote": ("[agreed to extend] it", "agreed\n  to\nextend", {}),
    "line ends in the text": ("[agreed\nto  extend] it", "agreed to extend", {}),
    "no-break space in the text": ("[Feb.\xa05] it", "Feb. 5", {}),
    "no-break space in the quote": ("[Feb. 5] it", "Feb.\xa05", {}),
    "thin space": ("[1\u2009550 warheads]", "1 550 warheads", {}),
    "curly double typed straight": ("to [“take action” against] it", '"take action" against', {}),
    "straight typed curly": ('to ["take action"] x', "“take action”", {}),
    "guillemets and low marks": ("[«да»] x", "„да“", {}),
    "the wrong way round": ("the Treaty.[” Russia Today” pointed]", '" Russia Today" pointed', {}),
    "curly apostrophe typed straight": ("[Putin’s call] x", "Putin's call", {}),
    "straight apostrophe typed curly": ("[Putin's call] x", "Putin’s call", {}),
    "en dash typed as a hyphen": ("in [2010–2021] x", "2010-2021", {}),
    "em dash typed as two hyphens": ("[it—the pact—holds]", "it--the pact--holds", {}),
    "no-break hyphen": ("[U.S.‑Russia] x", "U.S.-Russia", {}),
    "minus": ("[−5 degrees]", "-5 degrees", {}),
    "ellipsis typed as dots": ("[and so on…] x", "and so on...", {}),
    "dots typed as an ellipsis": ("[and so on...] x", "and so on…", {}),
    "soft hyphen in the text": ("[dis\u00adarmament] x", "disarmament", {}),
    "zero-width space in the quote": ("[disarmament] x", "dis\u200barmament", {}),
    "decomposed text": ("[Mu\u0308ller said] x", "Müller said", {}),
    "decomposed quote": ("[Müller said] x", "Mu\u0308ller said", {}),
    "decomposed before it": ("Mu\u0308ller [said] x", "said", {}),
    "an ellipsis before it": ("well… he [said] x", "said", {}),
    "across paragraphs": ("It [ended.\nThe next] began.", "ended. The next", {}),
    "across paragraphs, as lines": ("It [ended.\nThe next] began.", "ended.\n\nThe next", {}),
    "Cyrillic": ("Стороны [договорились о продлении] его", "договорились о продлении", {}),
    "Han": ("双方[同意延长]条约", "同意延长", {}),
    "beyond the first plane": ("😀 [😀x] y", "😀x", {}),
    "inside a word": ("[dis]armament", "dis", {}),
    "prefix": ("the pact and [the pact]", "the pact", {"prefix": "and "}),
    "prefix without its space": ("the pact and [the pact]", "the pact", {"prefix": "and"}),
    "prefix within a word": ("unarmed, dis[armed]", "armed", {"prefix": "dis"}),
    "prefix in other marks": ("a “the pact” – [the pact]", "the pact", {"prefix": '"the pact" - '}),
    "prefix at a line's end": ("the pact\n[the pact]", "the pact", {"prefix": "the pact"}),
    "suffix": ("the pact and [the pact].", "the pact", {"suffix": "."}),
    "suffix without its space": ("[the pact] and the pact", "the pact", {"suffix": "and"}),
    "both": ("a x b, a [x] c, d x c", "x", {"prefix": "a", "suffix": "c"}),
    "empty prefix": ("[x] y", "x", {"prefix": " "}),
    "occurrence": ("x y x y [x]", "x", {"occurrence": 3}),
    "first occurrence": ("[x] y x", "x", {"occurrence": 1}),
    "occurrence after a prefix": ("a x b x a [x]", "x", {"prefix": "a", "occurrence": 2}),
    "occurrences that overlap": ("ha [ha ha]", "ha ha", {"occurrence": 2}),
    "occurrence far on": ("x " * 300 + "[x]", "x", {"occurrence": 301}),
    "prefix far on": ("x " * 300 + "y [x]", "x", {"prefix": "y"}),
}


@pytest.mark.parametrize(("row", "quote", "selector"), MATCHES.values(), ids=MATCHES.keys())
def test_match(row, quote, selector):
    found = find(row.replace("[", "").replace("]", ""), quote, **selector)
    assert found == QuoteMatch(row.index("["), row.index("]") - 1)


def test_across_markup_the_text_is_one():
    prose = write("They ⦅agreed⦆ to ⟦extend the ⟨treaty⟩⟧ now")
    found = find(prose.text, "agreed to extend the treaty now")
    assert found == QuoteMatch(5, len(prose.text))


PROBLEMS = {
    "twice": ("x y x", "x", {}, "ambiguous", 2, (0, 4)),
    "twice in other marks": ('“x” and "x"', '"x"', {}, "ambiguous", 2, (0, 8)),
    "twice after a prefix": ("a x a x b x", "x", {"prefix": "a"}, "ambiguous", 2, (2, 6)),
    "twice, overlapping": ("ha ha ha", "ha ha", {}, "ambiguous", 2, (0, 3)),
    "another prefix": ("a x b", "x", {"prefix": "c"}, "not-found", 1, (2,)),
    "another suffix": ("a x b", "x", {"suffix": "c"}, "not-found", 1, (2,)),
    "not that often": ("x y x", "x", {"occurrence": 3}, "not-found", 2, (0, 4)),
    "occurrence 0": ("x", "x", {"occurrence": 0}, "not-found", 1, (0,)),
    "occurrence below 0": ("x y x", "x", {"occurrence": -1}, "not-found", 2, (0, 4)),
    "empty": ("x", " ", {}, "not-found", 0, ()),
    "nothing like it": ("The two sides met.", "zq zq zq zq", {}, "not-found", 0, ()),
    "an empty text": ("", "x", {}, "not-found", 0, ()),
    "longer than the text": ("xyz", "q" * 50, {}, "not-found", 0, ()),
}


@pytest.mark.parametrize(
    ("text", "quote", "selector", "kind", "count", "offsets"),
    PROBLEMS.values(),
    ids=PROBLEMS.keys(),
)
def test_problem(text, quote, selector, kind, count, offsets):
    found = find(text, quote, **selector)
    assert (found.kind, found.count, found.offsets, found.closest) == (kind, count, offsets, None)


FAILING = {
    "prefix": ("a x b", {"prefix": "c", "suffix": "b"}, ("prefix",), 0),
    "suffix": ("a x b", {"prefix": "a", "suffix": "c"}, ("suffix",), 0),
    "both": ("a x b", {"prefix": "c", "suffix": "d", "occurrence": 1}, ("prefix", "suffix"), 0),
    "each elsewhere": ("a x b c x d", {"prefix": "a", "suffix": "d"}, (), 0),
    "occurrence": ("x y x", {"occurrence": 3}, ("occurrence",), 2),
    "occurrence of those that fit": ("x y x", {"prefix": "y", "occurrence": 2}, ("occurrence",), 1),
}


@pytest.mark.parametrize(("text", "selector", "failing", "fitting"), FAILING.values(), ids=FAILING)
def test_what_fails_of_a_quote_that_is_there(text, selector, failing, fitting):
    found = find(text, "x", **selector)
    assert (found.kind, found.failing, found.fitting) == ("not-found", failing, fitting)


def test_very_many_places_are_counted_and_some_listed():
    found = find("x " * 5000, "x")
    assert (found.count, len(found.offsets)) == (5000, 100)


# `[…]` is the closest text.
NEAR = {
    "a letter": ("They [agreed to extend] it.", "agreed to extand", 90),
    "case alone": ("The [New START treaty] x", "new start treaty", 60),
    "a word more in the text": ("They [agreed today to extend it]. So.", "agreed to extend it", 80),
    "a word less in the text": ("They [agreed to extend it]. So.", "agreed today to extend it", 80),
    "another ending": ("The [two sides have agreed] so far.", "two sides had agreed", 85),
    "a longer word at the end": ("He [met the presidents], and left.", "met the president of", 80),
    "a number": ("to [limit them to 1,550 warheads] now", "limit them to 1,500 warheads", 90),
    "after an ellipsis": ("well… they [agreed to extend] it.", "agreed to extand", 90),
    "decomposed": ("Mu\u0308ller [agreed to e\u0301xtend] it.", "agreed to éxtand", 90),
    "across lines": ("They [agreed\nto extend] it.", "agreed to extand", 90),
    "Cyrillic": ("Они [договорились о продлении] его", "договорились о продленьи", 85),
    "Han": ("双方[同意延长条约]的", "同意延期条约", 75),
}


@pytest.mark.parametrize(("row", "quote", "likeness"), NEAR.values(), ids=NEAR.keys())
def test_closest(row, quote, likeness):
    text = row.replace("[", "").replace("]", "")
    found = find(text, quote)
    assert (found.kind, found.count) == ("not-found", 0)
    assert text[found.closest.start : found.closest.end] == row[row.index("[") + 1 : row.index("]")]
    assert likeness <= found.closest.likeness < 100


def test_one_clear_candidate_has_no_rival():
    one = "They agreed to extend the treaty. Nothing else was said about any of this."
    assert find(one, "agreed to extend a treaty").closest.rival < 60
    two = "They agreed to extend the treaty. They agreed to extend that treaty."
    assert find(two, "agreed to extend a treaty").closest.rival > 85


SENTENCE = "The two sides exchanged note {} on the extension of the treaty by five years. "
LARGE = "".join(SENTENCE.format(number * 7919 % 100_003) for number in range(4000))


@pytest.mark.parametrize("length", [60, 900, 30_000])
def test_closest_in_a_large_text(length):
    start = LARGE.index("note", len(LARGE) // 2)
    end = LARGE.index(" ", start + length)
    quote = LARGE[start:end].replace("extension", "extention", 1)
    found = find(LARGE, quote)
    assert (found.closest.start, found.closest.end) == (start, end)
    assert found.closest.likeness >= 90


def test_nothing_close_in_a_large_text():
    assert find(LARGE, "zq0zq1 " * 300).closest is None
    assert find(LARGE, "zq").closest is None


@given(st.text(alphabet="ab \n“'—-…\u00ad\u0308é普", max_size=40), st.data())
def test_any_words_of_a_text_are_found_in_it(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    quote = normalise(text[start:end]).text.strip()
    found = find(text, text[start:end], occurrence=1)
    if not quote or quote not in normalise(text).text:
        return  # nothing, or a cut through a letter and its accent
    assert isinstance(found, QuoteMatch)
    assert 0 <= found.start < found.end <= len(text)
    assert quote in normalise(text[found.start : found.end]).text
    assert text[found.start : found.end] == text[found.start : found.end].strip()


@given(st.text(max_size=30), st.text(min_size=1, max_size=10))
def test_closest_lies_in_the_text(text, quote):
    found = find(text, quote)
    if isinstance(found, QuoteProblem) and found.closest:
        assert 0 <= found.closest.start < found.closest.end <= len(text)
        assert 50 <= found.closest.likeness < 100
