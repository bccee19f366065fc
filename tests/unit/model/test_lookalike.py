"""Names that look the same: what they differ in is said, and nothing of names that don't."""

import unicodedata

import pytest

from briefgen.model.lookalike import unseen_difference
from briefgen.model.nearest import did_you_mean

COMPOSED = unicodedata.normalize("NFC", "caf\u00e9.png")
DECOMPOSED = unicodedata.normalize("NFD", COMPOSED)

SAME = {
    "invisible here": (
        "na\u200bto",
        "nato",
        "here stands U+200B (zero width space), which shows nothing.",
    ),
    "invisible there": (
        "nato",
        "nato\ufeff",
        "there stands U+FEFF (zero width no-break space), which shows nothing.",
    ),
    "a hyphen": (
        "first\u2011call",
        "first-call",
        "U+2011 (non-breaking hyphen) stands here for U+002D (hyphen-minus).",
    ),
    "a space": (
        "first\u00a0call",
        "first call",
        "U+00A0 (no-break space) stands here for U+0020 (space).",
    ),
    "another script": (
        "n\u0430to",
        "nato",
        "U+0430 (cyrillic small letter a) stands here for U+0061 (latin small letter a).",
    ),
    "decomposed there": (COMPOSED, DECOMPOSED, "what is one character here is two there"),
    "decomposed here": (DECOMPOSED, COMPOSED, "what is two here is one character there"),
    "a sign for a letter": (
        "\u212bland",
        "\u00c5land",
        "U+212B (angstrom sign) stands here for U+00C5 (latin capital letter a with ring above)",
    ),
    "a letter for a sign": (
        "\u03a9",
        "\u2126",
        "U+03A9 (greek capital letter omega) stands here for U+2126 (ohm sign)",
    ),
    "marks in another order": (
        "q\u0307\u0323",
        "q\u0323\u0307",
        "the accents of a letter stand in another order",
    ),
    "two accents": (
        "clas\u0323\u0307es",
        "cla\u1e69es",
        "a letter is made up of other characters here than there",
    ),
    "syllables": (
        "seoul-\u1112\u1161\u11ab",
        "seoul-\ud55c",
        "a letter is made up of other characters here than there",
    ),
}


@pytest.mark.parametrize(("written", "known", "said"), SAME.values(), ids=SAME)
def test_names_that_look_the_same(written, known, said):
    assert said in unseen_difference(written, known)
    advice = did_you_mean(written, ["other", known, "natural"])
    assert advice.startswith(f"Did you mean `{known}`? They look the same, but ")
    assert said in advice


@pytest.mark.parametrize(
    ("written", "known"),
    [
        ("nato", "nato"),
        ("nato", "natto"),
        ("Nato", "nato"),
        ("cafe", "caf\u00e9"),
        ("a_b", "a-b"),
        ("x\u00b2", "x2"),
    ],
)
def test_names_that_can_be_told_apart(written, known):
    assert unseen_difference(written, known) == ""
