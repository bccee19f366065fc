import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen.annotate.normal import fold_case, normalise

NORMAL = {
    "plain": ("as it was", "as it was"),
    "runs of white space": ("a  b\n\n\tc", "a b c"),
    "at the ends": (" a ", " a "),
    "kinds of space": ("a\xa0b\u2009c\u202fd\u3000e\u2028f\r\ng", "a b c d e f g"),
    "invisible": ("a\u00adb\u200bc\u200dd\ufeffe\u2060f", "abcdef"),
    "invisible among spaces": ("a \u200b b", "a b"),
    "bidirectional marks": ("\u200fa\u202eb\u202c", "ab"),
    "variation selector": ("葛\U000e0100城", "葛城"),
    "double quotation marks": ("“a” „b‟ «c» ＂d＂", '"a" "b" "c" "d"'),
    "single quotation marks": ("‘a’ ‚b‛ ‹c› d´ e` f′", "'a' 'b' 'c' d' e' f'"),
    "dashes": ("a-b‐c‑d–e—f−g", "a-b-c-d-e-f-g"),
    "dashes in a row": ("a--b---c——d–-e", "a-b-c-d-e"),
    "ellipsis": ("a… b... c", "a... b... c"),
    "composed": ("Mu\u0308ller e\u0301\u0323", "Müller ẹ\u0301"),
    "composed already": ("Müller", "Müller"),
    "Hangul": ("\u1112\u1161\u11ab x", "한 x"),
    "singletons": ("\u212b \u2126", "Å Ω"),
    "no letter is changed": ("ＡBC ﬁ ² ß İ", "ＡBC ﬁ ² ß İ"),
    "empty": ("", ""),
}


@pytest.mark.parametrize(("text", "expected"), NORMAL.values(), ids=NORMAL.keys())
def test_normalise(text, expected):
    assert normalise(text).text == expected


SPANS = {
    "as it was": ("agreed to extend", "to", "to"),
    "after a run": ("a  b   c", "c", "c"),
    "a run": ("a  b", " ", "  "),
    "across a run": ("a  b   c", "b c", "b   c"),
    "before what is dropped": ("a\u00adb", "a", "a"),
    "after what is dropped": ("a\u00adb", "b", "b"),
    "across what is dropped": ("a\u00adb", "ab", "a\u00adb"),
    "after an ellipsis": ("a… b", "b", "b"),
    "a part of an ellipsis": ("a… b", "a.", "a…"),
    "after a composed letter": ("Mu\u0308ller x", "ller", "ller"),
    "a composed letter": ("Mu\u0308ller x", "ü", "u\u0308"),
    "two steps": ("u\u0308  e\u0301  x", "é x", "e\u0301  x"),
    "Hangul": ("\u1112\u1161\u11ab\u1100\u1161", "가", "\u1100\u1161"),
}


@pytest.mark.parametrize(("text", "words", "expected"), SPANS.values(), ids=SPANS.keys())
def test_spans_lead_back(text, words, expected):
    normal = normalise(text)
    at = normal.text.index(words)
    start, end = normal.span(at, at + len(words))
    assert text[start:end] == expected


PIECES = st.sampled_from(
    [
        *"aB1 \n\t'\"-.é’“—…한普😀",
        *("\xa0", "\u00ad", "\u200b", "--", "  ", "u\u0308", "\u0301"),
        *("\u1112", "\u1161", "\u11ab", "\u09c7", "\u09be", "\u0f71\u0f72"),
    ]
)
TEXTS = st.lists(PIECES, max_size=30).map("".join) | st.text(max_size=30)


@given(TEXTS)
def test_every_character_leads_back_into_the_text(text):
    normal = normalise(text)
    last = (0, 0)
    for at, char in enumerate(normal.text):
        start, end = normal.span(at, at + 1)
        assert 0 <= start < end <= len(text)
        assert start >= last[0]
        assert end >= last[1]
        assert char in normalise(text[start:end]).text
        last = (start, end)


@given(TEXTS)
def test_what_lies_between_was_dropped(text):
    normal = normalise(text)
    kept = set()
    for at in range(len(normal.text)):
        kept.update(range(*normal.span(at, at + 1)))
    assert not normalise("".join(text[at] for at in range(len(text)) if at not in kept)).text


@given(TEXTS, st.data())
def test_a_stretch_normalises_to_itself(text, data):
    normal = normalise(text)
    if not normal.text:
        return
    low = data.draw(st.integers(0, len(normal.text) - 1))
    high = data.draw(st.integers(low + 1, len(normal.text)))
    start, end = normal.span(low, high)
    assert normal.text[low:high] in normalise(text[start:end]).text


@given(st.text(max_size=30))
def test_unicode_forms_are_one(text):
    assert normalise(unicodedata.normalize("NFD", text)).text == normalise(text).text


@given(st.text(max_size=30))
def test_folding_keeps_offsets(text):
    assert len(fold_case(text)) == len(text)


def test_many_marks_on_one_letter_take_no_longer_each():
    text = "a" + "\u0301\u0323" * 100_000  # ordering them at once would take minutes
    assert len(normalise(text).text) > 190_000


def test_folding():
    assert fold_case("İstanbul ΟΔΟΣ οδος") == "İstanbul οδοσ οδοσ"
