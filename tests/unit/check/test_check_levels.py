from __future__ import annotations

import pytest

from briefgen.check.levels import apply_levels, check_levels, is_fixed
from briefgen.model.diagnostics import RULES, Level, Place, finding

PAGE = "content/briefings/x.md"


@pytest.mark.parametrize(
    ("code", "overrides", "ignored", "expected"),
    [
        ("unsourced-annotation", {}, (), "warning"),
        ("unsourced-annotation", {"unsourced-annotation": "error"}, (), "error"),
        ("unsourced-annotation", {"unsourced-annotation": "info"}, (), "info"),
        ("unsourced-annotation", {"unsourced-annotation": "off"}, (), None),
        ("unsourced-annotation", {}, ("unsourced-annotation",), None),
        ("unsourced-annotation", {"single-source": "off"}, ("single-source",), "warning"),
        # the page wins over the site
        (
            "unsourced-annotation",
            {"unsourced-annotation": "error"},
            ("unsourced-annotation",),
            None,
        ),
        ("single-source", {"single-source": "warning"}, (), "warning"),
        ("single-source", {"single-source": "error"}, (), "error"),
        ("single-source", {}, ("single-source",), None),
        # an error stays one
        ("quote-not-found", {"quote-not-found": "off"}, (), "error"),
        ("quote-not-found", {"quote-not-found": "warning"}, (), "error"),
        ("quote-not-found", {}, ("quote-not-found",), "error"),
        ("duplicate-id", {"duplicate-id": "info"}, ("duplicate-id",), "error"),
    ],
)
def test_levels(
    code: str, overrides: dict[str, str], ignored: tuple[str, ...], expected: str | None
) -> None:
    given = finding(code, Place(PAGE, 3), "message", "help")
    found = apply_levels([given], overrides, {PAGE: frozenset(ignored)})
    assert [d.level for d in found] == ([] if expected is None else [expected])
    assert all(
        (d.code, d.place, d.message, d.help) == (code, given.place, "message", "help")
        for d in found
    )


def test_another_page_is_not_touched() -> None:
    given = finding("single-source", Place("content/briefings/y.md"), "message")
    assert apply_levels([given], {}, {PAGE: {"single-source"}}) == (given,)


def test_the_order_stays() -> None:
    given = [
        finding(code, Place(PAGE), "m") for code in ("overlinked", "event-order", "overlinked")
    ]
    assert [d.code for d in apply_levels(given, {"overlinked": "error"}, {})] == [
        "overlinked", "event-order", "overlinked",
    ]  # fmt: skip


@pytest.mark.parametrize("code", RULES)
def test_every_rule_is_fixed_or_can_be_set(code: str) -> None:
    found = apply_levels([finding(code, Place(PAGE), "m")], {code: "off"}, {})
    assert bool(found) == is_fixed(code) == (RULES[code].level is Level.ERROR)


def test_what_can_not_be_had_is_said() -> None:
    found = check_levels(
        "briefgen.yml",
        {"quote-not-found": "off", "duplicate-id": "error", "overlinked": "off", "no-such": "off"},
        {PAGE: ("single-sourced", "overlinked", "unknown-link")},
    )
    assert [(d.code, d.place.path, d.place.pointer, d.message) for d in found] == [
        (
            "invalid-value", "briefgen.yml", ("check", "rules", "quote-not-found"),
            "`quote-not-found` is always an error.",
        ),
        ("unknown-key", PAGE, ("ignore", "0"), "There is no rule `single-sourced`."),
        ("invalid-value", PAGE, ("ignore", "2"), "`unknown-link` is always an error."),
    ]  # fmt: skip
    assert found[1].help == "Did you mean `single-source`?"
