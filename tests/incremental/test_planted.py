"""Bugs planted in the keys: the comparison of law 5 catches each, so it would catch their like."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from hypothesis import Phase, settings
from hypothesis.stateful import invariant, run_state_machine_as_test
from machine import EditedSite
from test_machine import COMMON

from briefgen.build.rendering import PageWorker
from briefgen.model.questions import Questions

Plant = Callable[[pytest.MonkeyPatch], None]
Step = tuple[Callable[..., Any], dict[str, Any]]


def drop_template_digest(patch: pytest.MonkeyPatch) -> None:
    """A page's key says nothing of its templates."""
    patch.setattr(PageWorker, "_template_digest", lambda _self, _name, _language: b"")


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


@pytest.mark.parametrize("name", BUGS)
def test_a_planted_bug_is_caught(name, site, monkeypatch):
    BUGS[name].plant(monkeypatch)
    with pytest.raises(AssertionError, match=f"not as in a clean build: .*{BUGS[name].differs}"):
        run(site, BUGS[name].steps)


@pytest.mark.parametrize("name", BUGS)
def test_without_it_the_same_edits_are_right(name, site):
    run(site, BUGS[name].steps)
    assert (site.world.output / BUGS[name].differs).exists()


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
