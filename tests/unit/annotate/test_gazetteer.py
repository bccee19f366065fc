import pickle

import pytest

from briefgen.annotate.gazetteer import Gazetteer, takes_plural
from briefgen.model.entity import Alias


def gazetteer(**names):
    return Gazetteer.from_entities((key, map(Alias, value)) for key, value in names.items())


class Anywhere:
    """Lets every name stand, up to a limit, but those that are refused."""

    def __init__(self, refused=(), limit=99):
        self.refused = refused
        self.limit = limit

    def reach(self, low):
        return self.limit

    def hit(self, low, high, name):
        return None if name.text in self.refused else (low, high, name)


def hits(names, text, judge=None):
    found = names.search(text, judge or Anywhere())
    return sorted((text[start:end], name.text) for start, end, name in found)


NEW_YORK = gazetteer(ny=["New York"], nyt=["New York Times", "New York Time"], york=["York"])


@pytest.mark.parametrize(
    ("judge", "found"),
    [
        (Anywhere(), ["New York Times", "York"]),
        (Anywhere(refused=["New York Times"]), ["New York Time", "York"]),
        (Anywhere(refused=["New York Times", "New York Time"]), ["New York", "York"]),
        (Anywhere(refused=["New York Times", "York"]), ["New York Time"]),
        (Anywhere(limit=13), ["New York Time", "York"]),
        (Anywhere(limit=12), ["New York", "York"]),
        (Anywhere(limit=0), ["York"]),  # no other begins with it: it is not asked how far it may go
    ],
)
def test_the_longest_good_name_of_each_place_is_given(judge, found):
    assert [name for _, name in hits(NEW_YORK, "New York Times", judge)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ab c-x", ["ab c"]),  # in `ab cd` it is cut, but that doesn't stand here
        ("ab cd", ["ab cd"]),
        ("ab ce", ["ab c"]),
        ("ab zz", ["ab"]),
        ("ab", ["ab"]),
        ("ab cdefgh", ["ab cdefgh"]),
        ("ab cdefg", ["ab cd"]),
        ("ax", []),
    ],
)
def test_names_that_begin_with_one_another(text, found):
    names = gazetteer(a=["ab", "ab c", "ab cd"], b=["ab cdefgh", "ab caaa", "ab b"])
    assert [name for _, name in hits(names, text)] == found


def test_shared_names_are_one_row():
    assert gazetteer(b=["Bush"], a=["Bush"]).names == (("Bush", "exact", ("a", "b"), ""),)


def test_names_are_normalised_and_empty_ones_left_out():
    assert [n[0] for n in gazetteer(a=[" New\n START ", "\u00ad", "l’OTAN"]).names] == [
        "New START",
        "l'OTAN",
    ]


def test_it_is_rebuilt_from_plain_data_or_a_pickle():
    names = Gazetteer.from_entities([("a", [Alias("pact", case="any"), Alias("Pact I")])])
    for other in (Gazetteer.from_names(names.names), pickle.loads(pickle.dumps(names))):
        assert other.digest == names.digest
        assert other.names == names.names
        assert hits(other, "PACT I") == hits(names, "PACT I") == [("PACT", "pact")]


def test_digest_is_of_names_cases_and_entities():
    base = gazetteer(a=["X", "Y"], b=["Z"])
    assert len(base.digest) == 16
    assert base.digest == gazetteer(b=["Z"], a=["Y", "X"]).digest
    loose = Gazetteer.from_entities(
        [("a", [Alias("X", case="any"), Alias("Y")]), ("b", [Alias("Z")])]
    )
    others = [gazetteer(a=["X", "Y"]), gazetteer(a=["X"], b=["Y", "Z"]), loose]
    assert base.digest not in {other.digest for other in others}


def test_none_at_all():
    assert Gazetteer().search("text", Anywhere()) == []


def test_many_names_are_found_the_same_way():
    names = Gazetteer.from_entities((f"e{i}", [Alias(f"Name {i:04}")]) for i in range(1000))
    assert hits(names, "of Name 0999") == [("Name 0999", "Name 0999")]


def test_has_is_of_the_very_name():
    names = gazetteer(a=["pact"])
    assert names.has("pact")
    assert not names.has("Pact")


@pytest.mark.parametrize("name", ["ICBM", "NATO", "US", "SS-20", "F-16", "Tu-95", "МБР"])
def test_takes_plural(name):
    assert takes_plural(name)


@pytest.mark.parametrize("name", ["X", "U.S.", "New START", "Biden", "2010", "普京", "(RT)"])
def test_takes_no_plural(name):
    assert not takes_plural(name)
