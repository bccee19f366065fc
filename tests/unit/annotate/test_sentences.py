import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from written_prose import write

from briefgen.annotate.sentences import SentenceFinder, sentence_spans

# `|` stands where one sentence ends and another begins.
BLOCKS = {
    "two": "One is here. |Two is there.",
    "one without an end": "A heading without an end",
    "abbreviated country": "The U.S. President met him. |They spoke.",
    "the same at an end": "He came to the U.S. |The talks began.",
    "genitive of it": "It was the U.S. view in the U.S. Senate.",
    "month and day": "Signed on Jan. 26 in Prague. |It holds.",
    "month and day at an end": "Signed on Jan. 26. |It holds till Dec. 31, 2021. |They left.",
    "an abbreviation's number at an end": "See Art. 5. |It is in No. 12. |Both hold.",
    "an item's number in brackets": "It ends here. |(2. Then that.)",
    "month at an end": "It ends in Feb. |The next begins.",
    "number": "Protocol No. 3 was added. |No. 4 was not.",
    "No as a word": "He said no. |The talks ended.",
    "titles": "Mr. Biden and Gen. Mark Milley met Sen. Jim Risch. |Dr. No left.",
    "for example": "Some pacts, e.g. Russia and China's, hold; i.e. Iran's too.",
    "and so on, going on": "Tanks, ships, etc. are not counted.",
    "and so on, at the end": "Tanks, ships, etc. |The rest is counted.",
    "initials": "J. R. Smith met George W. Bush. |He left.",
    "initial before a surname that starts sentences": "He met J. A. Brown.",
    "decimals": "It grew by 1.5 percent to 3.2. |That is all.",
    "a number at the end": "It was signed in 2010. |Five years passed.",
    "an item's number": "1. First comes this. |2. Then that.",
    "ellipsis inside": "He waited ... Biden did not come.",
    "ellipsis at the end": "He waited… |The call came.",
    "ellipsis and a small letter": "He waited... and waited.",
    "quotation mark after the full stop": "“It holds.” |“It does not.” |So be it.",
    "straight": 'He said "it holds." |"It does not."',
    "a question quoted, going on": "“Will it hold?” he asked. |It did.",
    "several marks": "Really?! |Yes!! |No...",
    "a bracket after": "(It was signed.) |It holds.",
    "in brackets": "The treaty (see Art. 5) holds (cf. START I). |It does.",
    "company": "Lockheed Corp. Monday said so. |Boeing Co. did not.",
    "time of day": "At 5 p.m. Monday he left. |At 6 a.m. he was back.",
    "versus": "U.S. v. Smith and Ali vs. Frazier.",
    "Chinese": "普京说。|拜登也说！|真的吗？|是。",
    "Chinese with brackets": "他说：「好。」|她走了。",
    "Japanese": "会談した。|合意した。",
    "Arabic": "هل يستمر؟ |نعم.",
    "Urdu": "یہ ہے۔ |وہ ہے۔",
    "Hindi": "यह है। |वह है।",
    "Russian": "Встреча прошла 26 янв. в Москве. |Путин согласился.",
    "Russian initials": "В. В. Путин приехал в г. Москва.",
    "guillemets": "«Он согласен.» |Да.",
    "Spanish": "¿Sí? |¡No! |Bien.",
    "soft line break": "One is\nhere. |Two is\nthere.",
    "no space after": "One.Two and example.org are one.",
    "doctor of": "A Ph.D. Thesis of his. |It is long.",
    "letter that ends": "He chose plan B. |The talks went on.",
    "saint and mount": "St. Petersburg and Mt. Everest.",
    "only marks": "...",
    "empty": "",
    "white space about": "  One. | Two.  ",
    "long dash begins": "One. |— Two.",
}


@pytest.mark.parametrize("row", BLOCKS.values(), ids=BLOCKS.keys())
def test_sentence_spans(row):
    text = row.replace("|", "")
    expected = [part.strip() for part in row.split("|") if part.strip()]
    assert [text[start:end] for start, end in sentence_spans(text)] == expected


# `[…]` is the stretch asked for; the second text is the sentence with the stretch in it.
AROUND = {
    "in the middle": ("One. The [U.S.] President came. Three.", "The [U.S.] President came."),
    "at the start": ("One. [Biden] came. Three.", "[Biden] came."),
    "at the end": ("One. He met [Biden]. Three.", "He met [Biden]."),
    "in another block": ("One\nHe met [Biden]\nThree", "He met [Biden]"),
    "a heading": ("# The [INF] Treaty ends\nIt did.", "The [INF] Treaty ends"),
    "a bulleted item": ("• first\n• the [INF] Treaty", "• the [INF] Treaty"),
    "white space is collapsed": ("He  met⏎the [New⏎⏎START]  x. y.", "He met the [New START] x. y."),
    "two sentences": ("One. T[wo. Thr]ee. Four.", "T[wo. Thr]ee."),
    "cut at the block": ("One. T[wo\nThr]ee.", "T[wo]"),
    "a point": ("One. Tw[]o. Three.", "Tw[]o."),
    "the end of the text": ("One. Two[]", "Two[]"),
    "a point behind a sentence": ("One.[] Two.", "One.[]"),
    "a point before one": ("One. []Two.", "[]Two."),
    "a point between spaces": ("One. [] Two.", "[]Two."),
    "a point before the first word": ("[] says one. Two.", "[]says one."),
    "a point after the last space": ("One. Two. []", "Two.[]"),
    "white space alone": ("One.[ ]Two. Three.", "One.[]"),
    "white space at both ends": ("He met[ New  START ]here.", "He met [New START] here."),
    "a point among spaces": ("He met [] here.", "He met []here."),
    "white space before": ("One. Two.[ Thr]ee.", "[Thr]ee."),
}


@pytest.mark.parametrize(("row", "expected"), AROUND.values(), ids=AROUND.keys())
def test_sentence_around(row, expected):
    start = re.sub("⏎", "\n", row.removeprefix("# ")).index("[")
    plain = write(row.replace("[", "").replace("]", ""))
    end = row.removeprefix("# ").index("]") - 1
    found = SentenceFinder(plain).around(start, end)
    shown = f"{found.text[: found.start]}[{found.text[found.start : found.end]}]{found.text[found.end :]}"
    assert shown == expected


WORDS = " ".join(f"word{n}" for n in range(200))
LONG = {
    "at the start": (f"Biden {WORDS}.", "Biden"),
    "in the middle": (f"{WORDS} Biden {WORDS}.", "Biden"),
    "at the end": (f"{WORDS} Biden.", "Biden"),
    "without spaces": (f"{'普' * 500}拜登{'京' * 500}", "拜登"),
}


@pytest.mark.parametrize(("text", "name"), LONG.values(), ids=LONG.keys())
def test_a_long_sentence_is_cut_to_words(text, name):
    at = text.index(name)
    found = SentenceFinder(write(text)).around(at, at + len(name))
    assert found.text[found.start : found.end] == name
    assert 300 < len(found.text) <= 402
    assert found.text.strip("…") in text
    assert ("…" in found.text[:1]) == (at > 100)
    assert ("…" in found.text[-1:]) == (at + len(name) + 100 < len(text))
    assert all(word in text.split() for word in found.text.strip("…").split() if "普" not in text)


def test_a_stretch_longer_than_a_sentence_may_be():
    found = SentenceFinder(write(WORDS)).around(0, len(WORDS))
    assert (found.start, found.end) == (0, 400)
    assert found.text.startswith("word0 ")


def test_a_sentence_of_400_is_whole():
    text = ("x" * 9 + " ") * 39 + "x" * 9 + "."
    assert SentenceFinder(write(text)).around(0, 3).text == text


STARTS = [
    ("[Treaty] stands", True),
    ("It ended. [Treaty] stands", True),
    ("It ended. (“[Treaty] stands", True),
    ("• [Treaty] stands", True),
    ("one\n[Treaty] stands", True),
    ("the [Treaty] stands", False),
    ("Mr. [Treaty] stands", False),
    ("It ended. The [Treaty] stands", False),
]


@pytest.mark.parametrize(("row", "expected"), STARTS)
def test_is_start(row, expected):
    prose = write(row.replace("[", "").replace("]", ""))
    assert SentenceFinder(prose).is_start(row.index("[")) is expected


@given(st.text(alphabet="aB1   .!?…\"”'()\n。é-", max_size=60), st.data())
def test_any_stretch_lies_in_its_sentence(text, data):
    prose = write(text.replace("\n", " "))
    start = data.draw(st.integers(0, len(prose.text)))
    end = data.draw(st.integers(start, len(prose.text)))
    found = SentenceFinder(prose).around(start, end)
    assert 0 <= found.start <= found.end <= len(found.text)
    assert "  " not in found.text
    words = " ".join(prose.text[start:end].split())
    assert words in " ".join(found.text[found.start : found.end].split()) or not words


@given(st.text(alphabet="aB1   .!?…\"”'()。é-", max_size=60))
def test_spans_hold_all_that_is_no_space(text):
    spans = sentence_spans(text)
    assert all(a < b for a, b in spans)
    assert "".join(text[a:b] for a, b in spans).replace(" ", "") == text.replace(" ", "")
