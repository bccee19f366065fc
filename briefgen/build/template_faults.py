"""A fault of a template as a finding: where the template lies, and what is wrong, in a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from briefgen.model.diagnostics import Diagnostic, Place, finding
from briefgen.render.faults import TemplateFault


def template_finding(fault: TemplateFault, folders: Sequence[Path], root: Path) -> Diagnostic:
    """Return the diagnostic (template-error) of a fault; `folders` are the layers, uppermost first.

    Its place is the file, where that is one of the site's.
    """
    message = fault.message[:1].upper() + fault.message[1:]
    if not message.endswith((".", "!", "?")):
        message += "."
    met = f"It was met on the page `/{fault.page}`." if fault.page is not None else ""
    return finding("template-error", Place(_path(fault, folders, root), fault.line), message, met)


def _path(fault: TemplateFault, folders: Sequence[Path], root: Path) -> str:
    name = fault.template
    for folder in folders:
        file = folder / name
        if file.is_file():
            return file.relative_to(root).as_posix() if file.is_relative_to(root) else name
    return name
