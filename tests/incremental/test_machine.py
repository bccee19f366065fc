"""Law 5, by a machine: after any edits an incremental build is a clean one, byte for byte."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test
from machine import EditedSite

COMMON = settings(
    deadline=None, database=None, suppress_health_check=list(HealthCheck), print_blob=True
)


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
