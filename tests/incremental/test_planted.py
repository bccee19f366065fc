"""Bugs planted in the keys: the comparison of law 5 catches each, so it would catch their like."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from edited_site import ONLY_NAMED
from hypothesis import Phase, settings
from hypothesis.stateful import invariant, run_state_machine_as_test
from machine import EditedSite
from test_machine import COMMON
from world import Article, Document

from briefgen.build.rendering import PageWorker
from briefgen.model.questions import Questions

Plant = Callable[[pytest.MonkeyPatch], None]
Step = tuple[Callable[..., Any], dict[str, Any]]


def drop_template_digest(patch: pytest.MonkeyPatch) -> None:
    """A page's key says nothing of its templates."""
    patch.setattr(PageWorker, "_template_digest", lambda *_arguments: b"")


def drop_entity_digest(patch: pytest.MonkeyPatch) -> None:
    """All answers about entities look the same."""
    digest = Questions.digest

    def same_for_entities(self, question):
        return b"same" if question[0] == "entity" else digest(self, question)

    patch.setattr(Questions, "digest", same_for_entities)


def drop_negative_look_ups(patch: pytest.MonkeyPatch) -> None:
    """That there was no such thing is not noted."""
    ask = Questions._ask

    def forgetful(self, question, answer):
        found = ask(self, question, answer)
        if found is None:
            self._asked.pop(question)
        return found

    patch.setattr(Questions, "_ask", forgetful)


def drop_whom_it_mentions(patch: pytest.MonkeyPatch) -> None:
    """All lists of whom a page mentions look the same.

    Whom a page mentions follows from its text and from where its links lead, which it asks for
    link by link. But one in a footnote that nothing cites is asked for by nobody.
    """
    digest = Questions.digest

    def same_for_mentions(self, question):
        return b"same" if question[0] == "mentioned" else digest(self, question)

    patch.setattr(Questions, "digest", same_for_mentions)


def write(site: EditedSite, documents: dict[str, Document | None]) -> None:
    """Write some files and remove others (None), in one go."""
    found = {**site.world.documents, **documents}
    site.world.write({path: one for path, one in found.items() if one is not None})


class Bug(NamedTuple):
    """A bug, and the shortest edits that show it."""

    plant: Plant
    steps: tuple[Step, ...]
    differs: str


MOST_STEPS = 400
"""In which the machine must find each."""

BUGS = {
    "no template digest": Bug(
        drop_template_digest,
        (
            (
                EditedSite.change_template,
                {"path": "templates/source.html", "number": 1, "in_place": True},
            ),
        ),
        "sources/wire/index.html",
    ),
    "no entity digest": Bug(
        drop_entity_digest,
        ((EditedSite.change_entity, {"id_": "ada", "key": "description", "number": 1}),),
        "briefings/b1/index.html",
    ),
    "no negative look-up": Bug(
        drop_negative_look_ups,
        ((EditedSite.change_entity, {"id_": "oslo", "key": "description", "number": 0}),),
        "briefings/b1/index.html",
    ),
}
"""Those that the machine finds too."""

UNCITED = "So it ended.\n\n[^uncited]: As [she](/entities/eve/) was."
ALL_BUGS = {
    **BUGS,
    "no digest of whom it mentions": Bug(
        drop_whom_it_mentions,
        (
            (
                write,
                {
                    "documents": {
                        "content/briefings/b3.md": Article(
                            {"title": "Note 3", "date": "2021-03-01"}, (UNCITED,)
                        ),
                        "content/static/entities/eve": b"a file in her place",
                    }
                },
            ),
            (
                write,
                {
                    "documents": {
                        "content/static/entities/eve": None,
                        "content/entities/eve.yml": ONLY_NAMED["content/entities/eve.yml"],
                    }
                },
            ),
        ),
        "briefings/b3/index.html",
    ),
}
"""And one that it takes two edits at once to see."""


@pytest.fixture
def site():
    """A site as the machine makes it."""
    found = EditedSite()
    yield found
    found.teardown()


def run(site: EditedSite, steps: tuple[Step, ...]) -> None:
    assert site.world.compare()
    for rule, choices in steps:
        rule(site, **choices)
        assert site.world.compare()


@pytest.mark.parametrize("name", ALL_BUGS)
def test_a_planted_bug_is_caught(name, site, monkeypatch):
    bug = ALL_BUGS[name]
    bug.plant(monkeypatch)
    with pytest.raises(AssertionError, match=f"not as in a clean build: .*{bug.differs}"):
        run(site, bug.steps)


@pytest.mark.parametrize("name", ALL_BUGS)
def test_without_it_the_same_edits_are_right(name, site):
    run(site, ALL_BUGS[name].steps)
    assert (site.world.output / ALL_BUGS[name].differs).exists()


class HuntedSite(EditedSite):
    """A machine that notes at which of its steps it first finds a difference."""

    caught_at = 0

    @invariant()
    def is_as_if_built_anew(self) -> None:
        cls, is_right = type(self), False
        try:
            super().is_as_if_built_anew()
            is_right = True
        finally:
            if not is_right:
                cls.caught_at = cls.caught_at or cls.steps


@pytest.mark.slow
@pytest.mark.parametrize("name", BUGS)
def test_the_machine_finds_it_by_itself(name, monkeypatch):
    """By the same steps each time, and soon."""
    BUGS[name].plant(monkeypatch)
    HuntedSite.steps = HuntedSite.caught_at = 0
    profile = settings(
        COMMON, max_examples=14, stateful_step_count=30, derandomize=True, phases=[Phase.generate]
    )
    with pytest.raises(Exception):  # noqa: B017 - Hypothesis's own, where a replay differs
        run_state_machine_as_test(HuntedSite, settings=profile)
    assert 0 < HuntedSite.caught_at <= MOST_STEPS
