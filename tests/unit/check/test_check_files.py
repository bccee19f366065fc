"""Files that lie where nothing reads them."""

import pytest

from briefgen.check.files import check_briefings, check_unused, named_files
from briefgen.model.diagnostics import Level, Place
from briefgen.model.facts import ImageFact, LinkFact, Writing
from briefgen.model.prose import Sentence


def told(strays=(), assets=(), used=()):
    return [(one.code, one.place.path) for one in check_unused(strays, assets, used)]


@pytest.mark.parametrize(
    ("strays", "assets", "used", "paths"),
    [
        (["content/x.md"], [], [], ["content/x.md"]),
        (["content/briefing/x.md", "content/briefing/a/y.md"], [], [], ["content/briefing"]),
        (["content/seeds/x.txt"], [], ["content/seeds/x.txt"], []),  # a raw article
        (["content/README.md", "content/old/readme"], [], [], []),
        ([], ["content/briefings/x.markdown"], [], ["content/briefings/x.markdown"]),
        ([], ["content/briefings/X.TXT"], [], ["content/briefings/X.TXT"]),
        ([], ["content/briefings/x.txt"], ["content/briefings/x.txt"], []),
        ([], ["content/briefings/map.png", "content/pages/README.txt"], [], []),
    ],
)
def test_what_nothing_reads(strays, assets, used, paths):
    assert told(strays, assets, used) == [("file-unused", path) for path in paths]


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("content/briefing/x.md", "Did you mean `briefings`?"),
        ("content/Entities/x.yml", "Did you mean `entities`?"),
        ("content/zzz/x.md", "Name it under `pages:`"),
    ],
)
def test_where_a_folder_belongs(path, words):
    (found,) = check_unused([path], (), ())
    assert found.help.startswith(words)
    assert found.level is Level.WARNING


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("content/briefings/x.markdown", "rename it `x.md`"),
        ("content/sources/x.md", "`.yml`, `.yaml`, `.json` or `.bib`"),
        ("content/entities/x.json", "`.md`, `.yml` or `.yaml`"),
    ],
)
def test_what_a_file_should_be_called(path, words):
    (found,) = check_unused((), [path], ())
    assert words in found.help


def test_files_that_a_text_names():
    sentence, place = Sentence("", 0, 0), Place()
    writing = Writing(
        links=(LinkFact("a%20b.txt#x", sentence, place, is_wiki=False),
               LinkFact("wiki", sentence, place)),
        images=(ImageFact("../map.png", True, place),),
    )  # fmt: skip
    found = named_files([("content/briefings/x.md", writing)])
    assert found == {"content/briefings/a b.txt", "content/map.png"}


def test_a_site_without_briefings():
    (found,) = check_briefings((), "briefgen.yml")
    assert (found.code, found.place.path) == ("no-briefings", "briefgen.yml")
    assert list(check_briefings(("x",), "briefgen.yml")) == []
