"""A fault of a template as a finding: where the template lies, and what is wrong, in a sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from briefgen.model.diagnostics import Diagnostic, Place, finding
from briefgen.render.faults import TemplateFault

_QUOTED = re.compile(r"[`']([^`']+)[`']")  # names, in messages of ours and of Jinja's


_TAG = re.compile(r"\{[{%].*?(?:[}%]\}|$)")  # what Jinja reads of a line
_SUGGESTION = re.compile(r"\bdid you mean\b", re.IGNORECASE)


def template_finding(fault: TemplateFault, folders: Sequence[Path], root: Path) -> Diagnostic:
    """Return the diagnostic (template-error) of a fault; `folders` are the layers, uppermost first.

    Its place is the file, where that is one of the site's.
    """
    message = fault.message[:1].upper() + fault.message[1:]
    if not message.endswith((".", "!", "?")):
        message += "."
    met = f"It was met on the page `/{fault.page}`." if fault.page is not None else ""
    file = next(
        (one for one in (folder / fault.template for folder in folders) if one.is_file()), None
    )
    path = fault.template
    if file is not None and file.is_relative_to(root):
        path = file.relative_to(root).as_posix()
    place = Place(path, fault.line, _column(file, fault))
    return finding("template-error", place, message, met)


def _column(file: Path | None, fault: TemplateFault) -> int:
    """Where on the line of a fault the first name stands that its message quotes; else 0.

    The words of the page around the tags may hold it too, and what is suggested may stand there.
    """
    try:
        line = file.read_text("utf-8").splitlines()[fault.line - 1] if file and fault.line else ""
    except (OSError, UnicodeDecodeError, IndexError):
        return 0
    tags = [match.span() for match in _TAG.finditer(line)]
    found = [
        match.start()
        for name in _QUOTED.findall(_SUGGESTION.split(fault.message)[0])
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", line)
    ]
    inside = (at for at in found if any(start <= at < end for start, end in tags))
    # A tag may have begun on a line before.
    return next(inside, found[0] if found else -1) + 1
