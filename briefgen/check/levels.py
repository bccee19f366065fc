"""How much each finding matters on this site: the levels of `check.rules`, the pages' `ignore`.

In: the diagnostics of all stages. Out: the same, at the levels that the site has set, without
those that are off or ignored. Nothing else of a diagnostic changes, nor the order.

A rule that is an error by default stays one: without it a page would be wrong, or not there, and
"fewer messages" must never mean that. Every other rule may be set to any level, and ignored on a
page, which wins over the site.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from msgspec.structs import replace

from briefgen.model.diagnostics import RULES, Diagnostic, Level, Place, finding
from briefgen.model.nearest import did_you_mean


def apply_levels(
    diagnostics: Iterable[Diagnostic],
    overrides: Mapping[str, str],
    ignored: Mapping[str, Collection[str]],
) -> tuple[Diagnostic, ...]:
    """Set levels, and leave out what is off or ignored.

    `overrides` are levels by code, `ignored` codes by the path of the file that ignores them.
    """
    found = []
    for diagnostic in diagnostics:
        code = diagnostic.code
        if is_fixed(code):
            found.append(diagnostic)
            continue
        level = Level(overrides.get(code, diagnostic.level))
        if level is Level.OFF or code in ignored.get(diagnostic.place.path, ()):
            continue
        found.append(diagnostic if level is diagnostic.level else replace(diagnostic, level=level))
    return tuple(found)


def is_fixed(code: str) -> bool:
    """Whether the level of a rule can't be changed: it is an error whatever the site says."""
    return RULES[code].level is Level.ERROR


def check_levels(
    path: str, overrides: Mapping[str, str], ignored: Mapping[str, Sequence[str]]
) -> tuple[Diagnostic, ...]:
    """Report what `check.rules` and `ignore` ask for and can't have.

    `path` is that of the configuration. Codes: invalid-value for a rule that stays an error,
    unknown-key for a rule under `ignore` that does not exist; under `check.rules` loading says so.
    """
    lowered = [
        _always_an_error(Place(path, pointer=("check", "rules", code)), code)
        for code, level in overrides.items()
        if code in RULES and is_fixed(code) and level != Level.ERROR
    ]
    refused = [
        _always_an_error(place, code) if code in RULES else _no_such_rule(place, code)
        for page, codes in ignored.items()
        for i, code in enumerate(codes)
        if code not in RULES or is_fixed(code)
        for place in (Place(page, pointer=("ignore", str(i))),)
    ]
    return (*lowered, *refused)


def _always_an_error(place: Place, code: str) -> Diagnostic:
    return finding(
        "invalid-value",
        place,
        f"`{code}` is always an error.",
        "A page would be wrong without it: correct what it reports, and remove it here.",
    )


def _no_such_rule(place: Place, code: str) -> Diagnostic:
    advice = did_you_mean(code, RULES) or "The documentation lists all rules."
    return finding("unknown-key", place, f"There is no rule `{code[:60]}`.", advice)
