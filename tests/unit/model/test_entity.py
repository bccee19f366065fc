from __future__ import annotations

import pytest

from briefgen.model.dates import Day
from briefgen.model.entity import Role


@pytest.mark.parametrize(
    ("role", "on", "held"),
    [
        (Role("R"), "2021-01-26", None),
        (Role("R", to=Day("2021")), "2020-12-31", None),
        (Role("R", to=Day("2021")), "2021-12-31", False),
        (Role("R", Day("2020")), "2020-12-31", True),
        (Role("R", Day("2020")), "2020-12-30", None),
        (Role("R", Day("2020")), "2019-12-31", False),
    ],
)
def test_a_role_is_held_from_a_day_that_is_known(role: Role, on: str, held: bool | None) -> None:
    assert role.held_on(Day(on)) is held
