"""Law 5, by a machine: after any edits an incremental build is a clean one, byte for byte."""

from __future__ import annotations

from typing import Any

import pytest
from edited_site import (
    CONFIG_FIELDS,
    ENTITY_FIELDS,
    FIELDS,
    SOURCE_FIELDS,
    TOPIC_FIELDS,
    TREATY_FIELDS,
)
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test
from machine import OF_PAGES, EditedSite
from world import FOREIGN

from briefgen.model.briefing import Briefing, PlainPage, Topic
from briefgen.model.entity import Entity
from briefgen.model.site import SiteConfig
from briefgen.model.source import Source
from briefgen.model.treaty import Treaty

COMMON = settings(
    deadline=None, database=None, suppress_health_check=list(HealthCheck), print_blob=True
)


WALK: tuple[tuple[Any, dict[str, Any]], ...] = (
    (EditedSite.look_again, {}),
    (EditedSite.edit_unseen, {"which": 0}),
    (EditedSite.edit_unseen, {"which": 3}),
    (EditedSite.reword, {"which": 2, "at": 0, "again": False}),
    (EditedSite.change_front_matter, {"which": 2, "key": "corrections", "number": 0}),
    (EditedSite.look_again, {}),
    (EditedSite.change_front_matter, {"which": 2, "key": "corrections", "number": 1}),
    (EditedSite.change_front_matter, {"which": 0, "key": "article", "number": 1}),
    (EditedSite.look_again, {}),
    (EditedSite.reword, {"which": 2, "at": 0, "again": False}),
    (EditedSite.change_front_matter, {"which": 0, "key": "article", "number": 0}),
    (EditedSite.write_briefing, {"number": 4, "words": [0, 4, 9], "in_place": False}),
    (EditedSite.change_front_matter, {"which": 3, "key": "topics", "number": 1}),
    (EditedSite.add_paragraph, {"which": 0, "word": 7, "at": 1, "in_place": True}),
    (EditedSite.drop_paragraph, {"which": 1, "at": 0}),
    (EditedSite.rename, {"which": 3, "name": "deep/er/x"}),
    (EditedSite.move_folder, {"whence": "briefings/deep", "name": "2024"}),
    (EditedSite.move_folder, {"whence": "entities", "name": "deep"}),
    (EditedSite.reword, {"which": 1, "at": 0, "again": False}),
    (EditedSite.add_paragraph, {"which": 3, "word": 14, "at": 0, "in_place": True}),
    (EditedSite.add_paragraph, {"which": 3, "word": 15, "at": 0, "in_place": True}),
    (EditedSite.change_front_matter, {"which": 4, "key": "slug", "number": 0}),
    (EditedSite.add_paragraph, {"which": 3, "word": 16, "at": 0, "in_place": True}),
    (EditedSite.change_front_matter, {"which": 4, "key": "title", "number": 2}),
    (EditedSite.change_front_matter, {"which": 0, "key": "translations", "number": 1}),
    (EditedSite.change_front_matter, {"which": 3, "key": "slug", "number": 0}),
    (EditedSite.change_front_matter, {"which": 1, "key": "title", "number": 2}),
    (EditedSite.change_front_matter, {"which": 1, "key": "annotations", "number": 0}),
    (EditedSite.change_front_matter, {"which": 1, "key": "annotations", "number": 0}),
    (EditedSite.change_names, {"id_": "cato", "key": "aliases", "number": 4}),
    (EditedSite.change_names, {"id_": "dover", "key": "aliases", "number": 2}),
    (EditedSite.change_entity, {"id_": "oslo", "key": "roles", "number": 0}),
    (EditedSite.describe_or_not, {"path": "content/entities/oslo.yml"}),
    (EditedSite.describe_or_not, {"path": "content/topics/talks.yml"}),
    (EditedSite.describe_or_not, {"path": "content/entities/oslo.yml"}),
    (EditedSite.exchange, {"which": 0, "other": 1, "key": "aliases"}),
    (EditedSite.exchange, {"which": 0, "other": 2, "key": "name"}),
    (EditedSite.configure, {"key": "search", "number": 0}),
    (EditedSite.reword, {"which": 1, "at": 0, "again": False}),
    (EditedSite.change_treaty, {"id_": "pact", "key": "events", "number": 3}),
    (EditedSite.change_front_matter, {"which": 3, "key": "draft", "number": 0}),
    (EditedSite.change_front_matter, {"which": 0, "key": "published", "number": 1}),
    (EditedSite.toggle, {"name": "drafts"}),
    (EditedSite.toggle, {"name": "future"}),
    (EditedSite.toggle, {"name": "infos"}),
    (EditedSite.toggle, {"name": "base_url"}),
    (EditedSite.wait_until, {"number": 1}),
    (EditedSite.wait_until, {"number": 3}),
    (EditedSite.change_source, {"id_": "wire", "key": "title", "number": 0}),
    (EditedSite.change_topic, {"id_": "talks", "name": "Talks"}),
    (EditedSite.change_topic, {"id_": "arms", "name": "Talks"}),
    (EditedSite.change_topic_field, {"which": 0, "key": "description", "number": 0}),
    (EditedSite.write_page, {"name": "pages/more", "word": 8}),
    (EditedSite.change_template, {"path": "templates/briefing.html", "number": 0, "in_place": True}),
    (EditedSite.change_template, {"path": "templates/_end.html", "number": 0, "in_place": False}),
    (EditedSite.change_template, {"path": "themes/dossier/static/dossier.css", "number": 0, "in_place": True}),
    (EditedSite.change_template, {"path": "locale/en.po", "number": 0, "in_place": True}),
    (EditedSite.change_template, {"path": "locale/en.po", "number": 1, "in_place": False}),
    (EditedSite.change_static, {"path": "content/static/robot.txt", "number": 1}),
    (EditedSite.configure, {"key": "url", "number": 1}),
    (EditedSite.toggle, {"name": "base_url"}),
    (EditedSite.configure, {"key": "authors", "number": 1}),
    (EditedSite.configure, {"key": "linking", "number": 1}),
    (EditedSite.configure, {"key": "timezone", "number": 0}),
    (EditedSite.break_and_mend, {"which": 0, "number": 0}),
    (EditedSite.break_and_mend, {"which": 2, "number": 4}),
    (EditedSite.harm_output, {"which": 7, "data": None}),
    (EditedSite.harm_output, {"which": 9, "data": b"mine"}),
    (EditedSite.harm_output, {"which": 0, "data": FOREIGN.encode()}),
    (EditedSite.lose, {"path": ".briefgen/cache.db"}),
    (EditedSite.delete, {"which": 10}),
    (EditedSite.lose, {"path": ".briefgen"}),
    (EditedSite.lose, {"path": "public"}),
)  # fmt: skip
"""Each kind of edit, at least once."""


def test_a_walk_through_all_kinds_of_edit():
    site = EditedSite()
    rules = {
        name
        for name, member in vars(EditedSite).items()
        if hasattr(member, "hypothesis_stateful_rule")
    }
    assert {rule.__name__ for rule, _ in WALK} == rules
    try:
        site.is_as_if_built_anew()
        for rule, choices in WALK:
            rule(site, **choices)
            site.is_as_if_built_anew()
    finally:
        site.teardown()


@pytest.mark.parametrize(
    ("type_", "fields", "without"),
    [
        (Briefing, FIELDS, set()),
        (PlainPage, dict.fromkeys(OF_PAGES), set()),
        (Topic, TOPIC_FIELDS, {"id"}),
        (Entity, ENTITY_FIELDS, {"id"}),
        (Treaty, TREATY_FIELDS, {"id", "kind"}),
        (Source, SOURCE_FIELDS, set()),
        (SiteConfig, CONFIG_FIELDS, {"output", "citations"}),
    ],
)
def test_there_is_an_edit_of_each_key(type_, fields, without):
    """But of what it is called by, where the output lies, and of a style, which takes Pandoc."""
    assert fields.keys() == {*type_.__struct_fields__} - without


@pytest.mark.slow
def test_sixty_steps():
    """The same steps each time, so that a failure is one of the change at hand."""
    EditedSite.steps = 0
    profile = settings(COMMON, max_examples=3, stateful_step_count=20, derandomize=True)
    run_state_machine_as_test(EditedSite, settings=profile)
    assert EditedSite.steps >= 60


@pytest.mark.soak
def test_many_steps():
    """Other steps each time."""
    EditedSite.steps = 0
    profile = settings(COMMON, max_examples=60, stateful_step_count=50)
    run_state_machine_as_test(EditedSite, settings=profile)
    assert EditedSite.steps >= 2000
