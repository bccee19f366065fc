"""Findings for other programs: one JSON object, or workflow commands of GitHub Actions.

Both are pure text of printable ASCII and line ends (the second also of other printable
characters), so neither can steer a terminal it is shown on.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from briefgen.cli.frame import visible
from briefgen.cli.tally import tally
from briefgen.model.diagnostics import RULES, Diagnostic, Level

if TYPE_CHECKING:
    from briefgen.build.result import BuildResult, BuildStats
    from briefgen.cli.fix import Fix

FORMAT_VERSION = 1
"""Of the JSON object; it grows when a field changes its meaning or goes."""

_COMMANDS = {Level.ERROR: "error", Level.WARNING: "warning", Level.INFO: "notice"}


def as_json(
    result: BuildResult,
    seconds: float,
    *,
    has_stats: bool = False,
    fixes: Sequence[Fix] | None = None,
) -> str:
    """Return a whole run as one JSON object, on one line.

    `file` is relative to the site's folder (of a page, to the output), `line` and `column` are
    1-based; each of the three is null where it is not known. `cause` is the file in error that
    one may only follow from, else null. All findings are there, whatever their level. `gone` are
    addresses from the site's root, of pages that this build took away. What was not asked for
    (`studies`, `stages`, `explained`, `fixed`) is left out.
    """
    told: dict[str, Any] = {
        "version": FORMAT_VERSION,
        "ok": result.ok,
        "diagnostics": [_fields(one) for one in result.diagnostics],
        "counts": _counts(result.diagnostics),
        "pages": _pages(result.stats),
        "left_out": msgspec.structs.asdict(result.stats.left_out),
        "gone": [f"/{address}" for address in result.stats.gone],
        "seconds": round(seconds, 4),
        "output": str(result.output),
    }
    if has_stats:
        told |= _stats(result.stats)
    if result.stats.explained:
        told["explained"] = [msgspec.structs.asdict(one) for one in result.stats.explained]
    if fixes is not None:
        told["fixed"] = [_fix(one) for one in fixes]
    return _dumps(told)


def _pages(stats: BuildStats) -> dict[str, int]:
    return {
        "total": stats.pages_total,
        "rendered": stats.rendered,
        "reused": stats.reused,
        "written": stats.written,
        "removed": stats.removed,
    }


def _stats(stats: BuildStats) -> dict[str, Any]:
    return {
        "studies": {"made": stats.studies_made, "reused": stats.studies_reused},
        "stages": {stage: round(took, 4) for stage, took in stats.seconds.items()},
    }


def _fix(one: Fix) -> dict[str, Any]:
    fields = msgspec.structs.asdict(one)
    return {"file": fields.pop("path"), **fields}


def stop_as_json(message: str, exit_code: int) -> str:
    """Return, as one JSON object, why a run did not take place."""
    return _dumps(
        {
            "version": FORMAT_VERSION,
            "ok": False,
            "diagnostics": [],
            "stopped": {"message": message, "exit_code": exit_code},
        }
    )


def _dumps(value: object) -> str:
    return json.dumps(value, ensure_ascii=True, separators=(",", ":"))


def _fields(one: Diagnostic) -> dict[str, Any]:
    return {
        "file": one.place.path or None,
        "line": one.place.line or None,
        "column": one.place.column or None,
        "level": str(one.level),
        "code": one.code,
        "title": RULES[one.code].title if one.code in RULES else None,
        "message": one.message,
        "help": one.help or None,
        "cause": one.cause or None,
    }


def _counts(diagnostics: Iterable[Diagnostic]) -> dict[str, int]:
    counted = tally(diagnostics)
    return {
        "errors": counted.errors,
        "warnings": counted.warnings,
        "infos": counted.infos,
        "files": counted.files,
    }


def as_github(diagnostics: Iterable[Diagnostic], shown_path: Callable[[str], str]) -> list[str]:
    """Return one workflow command for each finding, which GitHub shows beside its line.

    Escaping is that of the toolkit's `command.ts`: `%`, CR and LF everywhere, `:` and `,` in
    properties too.
    """
    return [_workflow_command(one, shown_path) for one in diagnostics]


def _workflow_command(one: Diagnostic, shown_path: Callable[[str], str]) -> str:
    place = one.place
    properties = {
        "file": shown_path(place.path) if place.path else "",
        "line": str(place.line) if place.path and place.line else "",
        "col": str(place.column) if place.path and place.line and place.column else "",
        "title": f"briefgen: {one.code}",
    }
    written = ",".join(f"{key}={_property(value)}" for key, value in properties.items() if value)
    text = "\n".join(visible(line) for line in (one.message, *one.help.split("\n")) if line)
    return f"::{_COMMANDS.get(one.level, 'notice')} {written}::{_data(text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(visible(text)).replace(":", "%3A").replace(",", "%2C")
