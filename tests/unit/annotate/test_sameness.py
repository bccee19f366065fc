"""Two wordings say the same only where nothing that could be a fact differs."""

import pytest

from briefgen.annotate.sameness import says_the_same


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("It has 1550 launchers", "it has 1,550 Launchers."),
        ("the arms-control treaty", "arms control treaty"),
        ("they regarded the weapon", "they regard the weapons"),
        ("the goverment said", "the government said"),
        ("договор подписан", "договора подписан"),
    ],
)
def test_the_same(one, other):
    assert says_the_same(one, other)
    assert says_the_same(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("312 launchers", "212 launchers"),
        ("at 1.5 kilometres", "at 15 kilometres"),
        ("on 3 March", "on 3 May"),
        ("President Karin said", "President Karim said"),
        ("they did not regard it", "they regard it"),
        ("they could do it", "they couldn't do it"),
        ("a likely end", "an unlikely end"),
        ("six launchers", "sixty launchers"),
        ("seven million", "seven millions"),
        ("now it can go on", "not it can go on"),
        ("for $5", "for €5"),
        ("at 5 %", "at 5"),
        ("did not regard", "not regard"),
        ("大国间条约", "大国间条款"),
    ],
)
def test_not_the_same(one, other):
    assert not says_the_same(one, other)
    assert not says_the_same(other, one)
