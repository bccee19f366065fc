"""Writes the parts of `docs/` that the code already says. Run by `make docs`.

In: the rules, the command line, the views, the theme. Out: the parts of the documents that stand
between `<!-- generated: NAME -->` and `<!-- end of NAME -->`; everything around them is written by
hand and left alone. A test fails while a part is stale.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from tools.docs_commands import commands
from tools.docs_diagnostics import diagnostics
from tools.docs_theme import partials, properties, templates
from tools.docs_views import page_views, piece_views

PROJECT = Path(__file__).resolve().parent.parent

PARTS: Mapping[str, Callable[[Path], str]] = {
    "commands": commands,
    "diagnostics": diagnostics,
    "page-views": page_views,
    "partials": partials,
    "piece-views": piece_views,
    "properties": properties,
    "templates": templates,
}
"""Every part, by the name in its markers; each is made from the project's folder."""

_PART = re.compile(
    r"(?P<begin><!-- generated: (?P<name>[\w-]+) -->\n).*?(?P<end><!-- end of (?P=name) -->)",
    re.DOTALL,
)


def documents(project: Path) -> list[Path]:
    """The documents that may hold generated parts."""
    return sorted((project / "docs").glob("*.md"))


def refreshed(text: str, project: Path) -> str:
    """A document with its generated parts made anew; KeyError where it asks for an unknown one."""

    def replace(match: re.Match[str]) -> str:
        part = PARTS[match["name"]](project).strip()
        return f"{match['begin']}\n{part}\n\n{match['end']}"

    return _PART.sub(replace, text)


def main() -> None:
    """Refresh all documents, and say which had stale parts."""
    for file in documents(PROJECT):
        old = file.read_text(encoding="utf-8")
        new = refreshed(old, PROJECT)
        if new != old:
            file.write_text(new, encoding="utf-8")
            sys.stdout.write(f"{file.relative_to(PROJECT).as_posix()} written\n")


if __name__ == "__main__":
    main()
