import pickle

import pytest

from briefgen.annotate.gazetteer import Gazetteer, takes_plural
from briefgen.model.entity import Alias


def gazetteer(**names):
    return Gazetteer.from_entities((key, map(Alias, value)) for key, value in names.items())


def hits(names, text):
    return sorted((text[start:end], name.text) for start, end, name in names.search(text))


def test_every_hit_is_given():
    names = gazetteer(ny=["New York"], nyt=["New York Times"], york=["York"])
    assert hits(names, "New York Times") == [
        ("New York", "New York"),
        ("New York Times", "New York Times"),
        ("York", "York"),
    ]


def test_shared_names_are_one_row():
    assert gazetteer(b=["Bush"], a=["Bush"]).names == (("Bush", "exact", ("a", "b")),)


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
    assert Gazetteer().search("text") == []


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
