"""What is shown ahead of a build is what a clean build gives, and the build after it takes no harm."""

from __future__ import annotations

import msgspec
import pytest
from edited_site import first_documents
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test
from machine import EditedSite
from test_machine import COMMON, WALK
from world import World, tree_of

from briefgen.build.pipeline import build
from briefgen.build.warm import Warm


class WarmWorld(World):
    """A site of which a process holds what it last built."""

    def __init__(self, folder, documents):
        self.warm = Warm()
        self.changed = set()
        self.shown = 0
        super().__init__(folder, documents)

    def _write(self, file, data, *, in_place):
        super()._write(file, data, in_place=in_place)
        self.changed.add(file.relative_to(self.root).as_posix())

    def write(self, documents, *, in_place=True):
        self.changed |= self.documents.keys() - documents.keys()
        super().write(documents, in_place=in_place)

    def write_unseen(self, path, document):
        super().write_unseen(path, document)
        self.changed.add(path)

    def move(self, path, to):
        super().move(path, to)
        self.changed |= {path, to}

    def build(self):
        self.changed.clear()
        return build(self.options, warm=self.warm)

    def show(self):
        """The pages of what has changed, ahead of a build."""
        return self.warm.show_ahead(self.options, self.changed) or {}

    def compare(self):
        shown = self.show()
        is_right = super().compare()
        if is_right and shown:
            clean = tree_of(self.twin / "public")
            assert {path: clean[path] for path in shown} == shown
            self.shown += 1
        return is_right


class EditedWarmly(EditedSite):
    """The machine's site, in a process that goes on."""

    def _world(self, folder):
        return WarmWorld(folder, first_documents())


@pytest.mark.slow
def test_what_is_shown_ahead_is_as_built_anew():
    """A word is changed between all kinds of other edits, of which the process holds the outcome."""
    site = EditedWarmly()
    try:
        site.is_as_if_built_anew()
        for number, (rule, choices) in enumerate(WALK):
            rule(site, **choices)
            site.is_as_if_built_anew()
            site.reword(number, 0, again=False)
            site.is_as_if_built_anew()
    finally:
        site.teardown()
    assert site.world.shown > len(WALK) / 2


@pytest.mark.soak
def test_what_is_shown_ahead_is_as_built_anew_after_any_edits():
    profile = settings(COMMON, max_examples=40, stateful_step_count=50)
    run_state_machine_as_test(EditedWarmly, settings=profile)


PATH = "content/briefings/b1.md"


@pytest.fixture
def world(tmp_path):
    found = WarmWorld(tmp_path, first_documents())
    assert found.build().ok
    return found


def edit(world, path, **changes):
    """Change parts of an article."""
    documents = dict(world.documents)
    documents[path] = documents[path]._replace(**changes)
    world.write(documents)


def body(world, path):
    return world.documents[path].paragraphs


def test_of_an_edited_text_its_own_page_is_shown(world):
    before = tree_of(world.output)
    edit(world, PATH, paragraphs=(*body(world, PATH), "So it is."))
    shown = world.show()
    assert list(shown) == ["briefings/b1/index.html"]
    assert b"So it is." in shown["briefings/b1/index.html"]
    assert tree_of(world.output) == before


def test_what_is_shown_twice_before_a_build_is_the_newest(world):
    for text in ("So it is.", "So it was."):
        edit(world, PATH, paragraphs=(*body(world, PATH)[:3], text))
        assert text.encode() in world.show()["briefings/b1/index.html"]
    assert world.compare()


def test_a_file_saved_without_a_change_shows_nothing_new(world):
    (world.root / PATH).touch()
    assert world.warm.show_ahead(world.options, [PATH]) == {}


def test_a_briefing_with_a_warning_is_shown_too(world):
    note = {"quote": "Nothing", "note": "So it was."}
    edit(
        world,
        PATH,
        front={**world.documents[PATH].front, "annotations": [note]},
        paragraphs=("Nothing was said.",),
    )
    assert world.compare()
    assert any(one.place.path == PATH for one in world.build().diagnostics)
    edit(world, PATH, paragraphs=(*body(world, PATH), "So it is."))
    assert world.show()


@pytest.mark.parametrize(
    ("front", "paragraphs"),
    [
        ({"title": "Another"}, ()),
        ({"topics": ["talks"]}, ()),
        ({"treaties": []}, ()),
        ({"entities": {"Ada": None}}, ()),
        ({"annotations": [{"quote": "was kept", "note": "Was it?", "occurrence": 1}]}, ()),
        ({}, ("Dover and Oslo were there, and [[b2]] says so. [^wire]",)),
    ],
)
def test_an_edit_that_others_see_is_shown_on_its_own_page_first(world, front, paragraphs):
    texts = ("The Pact of Bern was kept.", *paragraphs)
    edit(world, PATH, front={**world.documents[PATH].front, **front}, paragraphs=texts)
    assert world.show()
    assert world.compare()


@pytest.mark.parametrize(
    ("front", "paragraph"),
    [
        ({"draft": True}, ""),
        ({"slug": "elsewhere"}, ""),
        ({"date": "2022-01-01"}, ""),
        ({"topics": ["never heard of"]}, ""),
        ({"annotations": [{"quote": "not there", "note": "x"}]}, ""),
        ({"authors": ["nobody"]}, ""),
        ({"template": "special.html"}, ""),
        ({}, "See [[nobody]]."),
        ({}, "Cited [^nowhere]."),
        ({}, "![A picture](pic.png)"),
    ],
)
def test_an_edit_that_moves_or_breaks_a_page_is_left_to_the_build(world, front, paragraph):
    texts = ("The Pact of Bern was kept.", paragraph)
    edit(world, PATH, front={**world.documents[PATH].front, **front}, paragraphs=texts)
    assert world.warm.show_ahead(world.options, [PATH]) is None


def test_what_two_edits_do_to_one_another_is_left_to_the_build(world):
    other = "content/briefings/b2.md"
    edit(world, PATH, paragraphs=("Dover is far.",))
    assert world.warm.show_ahead(world.options, [PATH])
    edit(world, PATH, paragraphs=("Dover is very far.",))
    assert world.warm.show_ahead(world.options, [PATH])
    edit(world, other, paragraphs=("So is Bern.",))
    assert world.warm.show_ahead(world.options, [other]) is None
    assert world.compare()


def test_a_text_that_is_half_written_is_left_to_the_build(world):
    (world.root / PATH).write_text("---\ntitle: Note 1\n")
    assert world.warm.show_ahead(world.options, [PATH]) is None
    (world.root / PATH).unlink()
    assert world.warm.show_ahead(world.options, [PATH]) is None


def test_other_files_and_other_options_are_left_to_the_build(world):
    edit(world, PATH, paragraphs=(*body(world, PATH), "So it is."))
    paths = [PATH, "content/entities/ada.yml"]
    assert world.warm.show_ahead(world.options, paths) is None
    other = msgspec.structs.replace(world.options, drafts=True)
    assert world.warm.show_ahead(other, [PATH]) is None
    assert world.warm.show_ahead(world.options, [PATH])


def test_nothing_is_shown_once_all_is_dropped_or_a_build_failed(world):
    edit(world, PATH, paragraphs=(*body(world, PATH), "So it is."))
    world.warm.drop()
    assert world.warm.show_ahead(world.options, [PATH]) is None
    assert world.build().ok
    world.write(world.documents | {"content/briefings/b9.md": "---\ntitle: [\n---\n"})
    assert not world.build().ok
    assert world.warm.show_ahead(world.options, [PATH]) is None
