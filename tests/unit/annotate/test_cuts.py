import pytest

from briefgen.annotate.cuts import find_cut

# `|` is where a quote begins or ends; `[…]` what is cut there, whole.
NUMBERS = {
    "digits": "before August [1|0] it",
    "at its start": "all [2|2] ships",
    "grouped": "a limit of [1|,550].",
    "behind the comma": "a limit of [1,|550].",
    "grouped by a no-break space": "a limit of [1|\xa0550].",
    "grouped as in Switzerland": "a limit of [1|’550].",
    "a fraction": "some [1|.5] per cent",
    "a time": "at [10:|30] today",
    "other digits": "في [٢٠|٢١]",
}
WORDS = {
    "a word": "patrol [vesse|ls] left",
    "its start": "[dis|armament]",
    "an ordinal": "on the [5|th] of",
    "a decade": "the [1990|s]",
    "a stem": "[Норвеги|ей] и",
    "a mark on a letter": "[Mu|\u0308ller]",
}
WHOLE = {
    "a possessive": "Norhavn|'s ships",
    "a curly one": "Norhavn|’s ships",
    "a hyphen": "vessel|-tracking",
    "behind a hyphen": "vessel-|tracking",
    "a range": "2010|–2021",
    "a full stop": "in 2021|. Then",
    "a comma": "in 2021|, then",
    "years that follow": "in 2021| 550 ships",
    "per cent": "5|% of",
    "a currency": "$|5 each",
    "a paragraph": "in 2021|\n10 ships",
    "a full stop without a space": "left.|Then",
    "Chinese": "双方|同意延长",
    "a number in Chinese": "12|月",
    "Japanese": "条約|の延長",
    "Thai": "สนธิ|สัญญา",
    "Korean": "북한|은",
    "Arabic": "و|المعاهدة",
    "Hebrew": "ו|ההסכם",
    "the start": "|Both",
    "the end": "sides|",
}


@pytest.mark.parametrize(
    ("text", "is_number"),
    [
        pytest.param(text, group is NUMBERS, id=name)
        for group in (NUMBERS, WORDS)
        for name, text in group.items()
    ],
)
def test_what_is_cut_is_told_whole(text, is_number):
    plain = text.replace("[", "").replace("]", "")
    cut = find_cut(plain.replace("|", ""), plain.index("|"))
    assert cut is not None
    start, end = text.index("["), text.index("]") - 2  # less the bracket and the bar
    assert (cut.start, cut.end, cut.is_number) == (start, end, is_number)


@pytest.mark.parametrize("text", WHOLE.values(), ids=WHOLE)
def test_what_is_whole_is_not_cut(text):
    assert find_cut(text.replace("|", ""), text.index("|")) is None


def test_a_word_without_an_end_is_told_in_part():
    cut = find_cut("a" * 1000, 500)
    assert cut is not None
    assert cut.end - cut.start <= 120
