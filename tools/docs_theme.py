"""The documentation of the built-in theme: its templates, blocks, macros and custom properties.

In: the files of `themes/dossier/`. Out: Markdown. The words are the comments of the files.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

THEME = "themes/dossier"

_COMMENT = re.compile(r"\A\{#-?\s*(.*?)\s*-?#\}", re.DOTALL)
_BLOCK = re.compile(r"\{%-?\s*block\s+(\w+)")
_MACRO = re.compile(
    r"(?:\{#-?\s*(?P<doc>(?:(?!#\}).)*?)\s*-?#\}\s*)?\{%-?\s*macro\s+(?P<call>\w+\(.*?\))\s*-?%\}",
    re.DOTALL,
)
_ROOT = re.compile(r"^:root \{(.*?)^\}", re.MULTILINE | re.DOTALL)
_PROPERTY = re.compile(r"(--[\w-]+):\s*([^;]+);")


def templates(project: Path) -> str:
    """The templates of pages, each with the blocks that it defines or fills."""
    return "\n".join(_listed(project / THEME / "templates"))


def _listed(folder: Path) -> Iterator[str]:
    files = [file for file in sorted(folder.glob("*.html")) if not file.name.startswith("_")]
    files.sort(key=lambda file: file.name != "base.html")
    for file in files:
        source = file.read_text(encoding="utf-8")
        blocks = dict.fromkeys(_BLOCK.findall(source))
        names = ", ".join(f"`{name}`" for name in blocks)
        yield f"- `{file.name}`: {_first_sentence(source)} Blocks: {names or 'none'}."


def partials(project: Path) -> str:
    """The partial templates, each with its macros."""
    return "\n\n".join(_partials(project / THEME / "templates"))


def _partials(folder: Path) -> Iterator[str]:
    for file in sorted(folder.glob("_*.html")):
        source = file.read_text(encoding="utf-8")
        lines = [f"**`{file.name}`**. {_first_sentence(source)}", ""]
        for match in _MACRO.finditer(source):
            doc = _joined(match["doc"] or "")
            lines.append(f"- `{match['call']}`" + (f": {doc}" if doc else ""))
        yield "\n".join(lines).strip()


def properties(project: Path) -> str:
    """The custom properties of the theme's styles, with their values."""
    styles = (project / THEME / "static" / "dossier.css").read_text(encoding="utf-8")
    root = _ROOT.search(styles)
    if root is None:
        raise ValueError("dossier.css has no `:root` with the theme's properties")
    rows = [f"| `{name}` | `{_joined(value)}` |" for name, value in _PROPERTY.findall(root[1])]
    return "\n".join(["| property | value |", "| --- | --- |", *rows])


def _first_sentence(source: str) -> str:
    """The first sentence of the comment that a template begins with."""
    comment = _COMMENT.search(source)
    text = _joined(comment[1]) if comment else ""
    sentence, stop, _ = text.partition(". ")
    return sentence + stop.strip() if stop else text


def _joined(text: str) -> str:
    return " ".join(text.split())
