"""The documentation of the rules: each with its level, its paragraph and, if shown, an example.

In: `briefgen.model.diagnostics.RULES`, and the fixture sites under `tests/sites_invalid/`, of which
one that bears a rule's name shows it. Out: Markdown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from briefgen.model.diagnostics import RULES, Level, Rule

MOST_SHOWN = 2
"""Findings that an example shows at most."""

_HEADINGS = {
    Level.ERROR: "## Errors\n\nNothing is written while there is one. Their level is fixed.",
    Level.WARNING: "## Warnings\n\nThey are shown, and with `--strict` they fail the run.",
    Level.INFO: "## Notices\n\n`briefgen check` shows them, and `briefgen build -v`.",
}
_FINDING = re.compile(r"^\S.*\n(?:[ ].*\n)*", re.MULTILINE)


def diagnostics(project: Path) -> str:
    """All rules, by level, in the order of the list."""
    return "\n\n".join(_all(project / "tests" / "sites_invalid"))


def _all(sites: Path) -> Iterator[str]:
    for level, heading in _HEADINGS.items():
        yield heading
        for rule in RULES.values():
            if rule.level is level:
                yield _rule(rule, sites / rule.code / "expected.txt")


def _rule(rule: Rule, expected: Path) -> str:
    found = f"### {rule.code}\n\n**{rule.title}.** {rule.doc}"
    if expected.is_file():
        found += "\n\n" + fenced("".join(_shown(rule.code, expected.read_text(encoding="utf-8"))))
    return found


def _shown(code: str, text: str) -> Iterator[str]:
    """The first findings of a rule in the output of a check."""
    of_rule = (one for one in _FINDING.findall(text) if f"[{code}]: " in one.partition("\n")[0])
    return islice(of_rule, MOST_SHOWN)


def fenced(text: str) -> str:
    """Text as a code block, whose fence is longer than any in the text."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{text.rstrip()}\n{fence}"
