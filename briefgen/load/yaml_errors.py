"""What PyYAML's errors mean to someone who never read the YAML standard.

In: an error of the C parser and the text. Out: one diagnostic at a line and column of the file.
The parser tells its errors apart by a fixed sentence only (`problem`), so these are looked up
whole; one that is not known is passed on as it is.
"""

from __future__ import annotations

import re

import yaml
from yaml import MarkedYAMLError, YAMLError

from briefgen.load.text import position
from briefgen.model.diagnostics import Diagnostic, Place, finding

_QUOTE = "Put the whole value into quotation marks."
_FLOW = "Each `[` wants its `]`, each `{` its `}`, and items are parted by commas."

_EXPLANATIONS = {
    "mapping values are not allowed in this context": (
        "A colon with a space after it stands where no key can be.",
        (
            'Put a value that holds `: ` into quotation marks: `title: "Talks: a first call"`; '
            "if it is a key, indent it as far as the keys beside it."
        ),
    ),
    "found unexpected end of stream": (
        "A quotation mark is opened here and never closed.",
        (
            "Close it; inside `'...'` an apostrophe is written twice, and "
            'inside `"..."` a quotation mark is written `\\"`.'
        ),
    ),
    "found unexpected document indicator": (
        "A quotation mark is opened here and never closed.",
        "Close it before the line `---` that ends the front matter.",
    ),
    "did not find expected key": (
        "The line is not a `key: value` of the mapping it stands in.",
        (
            "Indent it as far as the keys beside it. If it goes on after a closing quotation mark, "
            "put the whole value into quotation marks of the other kind."
        ),
    ),
    "did not find expected '-' indicator": (
        "The line is not an item of the list it stands in.",
        "Begin each item with `- `, all indented alike.",
    ),
    "could not find expected ':'": (
        "A key has no colon with a space after it.",
        "Write `key: value`. If the line goes on with the text above, indent it further.",
    ),
    "did not find expected ',' or ']'": (
        "A list in `[...]` is not closed or lacks a comma.",
        _FLOW,
    ),
    "did not find expected ',' or '}'": (
        "A mapping in `{...}` is not closed or lacks a comma.",
        _FLOW,
    ),
    "block sequence entries are not allowed in this context": (
        "A list item `- ` stands where none can be.",
        (
            "Begin the list on the line below its key; a value that begins with `- ` wants "
            "quotation marks."
        ),
    ),
    "found unknown escape character": (
        '`\\` and the character after it mean nothing inside `"..."`.',
        "Write `\\\\` for a backslash, or use `'...'`.",
    ),
    "found undefined alias": (
        "A value that begins with `*` is taken for an alias of YAML.",
        _QUOTE,
    ),
    "did not find expected alphabetic or numeric character": (
        "A value that begins with `*` or `&` is taken for a name of YAML's own.",
        _QUOTE,
    ),
    "found undefined tag handle": (
        "A value that begins with `!` is taken for a tag of YAML.",
        _QUOTE,
    ),
    "found duplicate anchor; first occurrence": ("An anchor `&name` stands twice.", _QUOTE),
    "but found another document": (
        "A line `---` begins a second document, and a file holds one.",
        "Leave the line out, or put what follows into a file of its own.",
    ),
    "found a tab character where an indentation space is expected": (
        "The line is indented with a tab, which YAML does not allow.",
        "Indent with spaces.",
    ),
    "found a tab character that violates indentation": (
        "The line is indented with a tab, which YAML does not allow.",
        "Indent with spaces.",
    ),
    "did not find expected comment or line break": (
        "After `|` or `>` the text begins on the next line.",
        "Put a value that begins with `|` or `>` into quotation marks.",
    ),
    "did not find expected <document start>": (
        "Text follows after the end of the YAML.",
        (
            "Take out the line `...`, or what follows it; a value that begins with `%` wants "
            "quotation marks."
        ),
    ),
}

_OPENS_AT_CONTEXT = frozenset(
    ("found unexpected end of stream", "found unexpected document indicator")
)
_UNPRINTABLE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]"
)


_KEY = re.compile(r"([ -]*)[A-Za-z_][\w-]*:(?:\s|$)")


def explain(error: YAMLError, text: str, path: str, first_line: int) -> Diagnostic:
    """Return the diagnostic (yaml-syntax) of a parser's error; `text` begins at `first_line`."""
    if not isinstance(error, MarkedYAMLError):
        return _unprintable(text, path, first_line)
    problem = error.problem or ""
    mark = error.problem_mark or error.context_mark
    if problem in _OPENS_AT_CONTEXT or problem.startswith("did not find expected ',"):
        mark = error.context_mark or mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    opened = _swallowing_quotation(text, line)
    if opened is not None:
        line, column = opened
        message, advice = _EXPLANATIONS["found unexpected end of stream"]
    elif problem == "found character that cannot start any token":
        message, advice = _wrong_start(text, line, column)
    else:
        default = (f"This is not YAML: {problem}.", _QUOTE)
        message, advice = _EXPLANATIONS.get(problem, default)
    return finding("yaml-syntax", Place(path, line + first_line, column + 1), message, advice)


def _swallowing_quotation(text: str, line: int) -> tuple[int, int] | None:
    """Where a quoted value began that took in whole `key:` lines and ended on `line`, 0-based.

    Its own closing mark is missing then, and what closed it was to open another value: the parser
    stumbles there, and not where the mistake is.
    """
    found = None
    try:
        for token in yaml.scan(text, Loader=yaml.CSafeLoader):
            start, end = token.start_mark, token.end_mark
            if start.line > line:
                break
            is_quoted = isinstance(token, yaml.ScalarToken) and token.style in ("'", '"')
            is_long = is_quoted and start.line < line == end.line
            if is_long and _has_key(text.split("\n")[start.line : end.line + 1]):
                found = start.line, start.column
    except YAMLError:
        pass  # it is at the mistake that is to be explained
    return found


def _has_key(lines: list[str]) -> bool:
    """Whether a line after the first is a key that is indented no further than the first is."""
    first = _KEY.match(lines[0])
    if first is None:
        return False
    keys = filter(None, map(_KEY.match, lines[1:]))
    return any(len(key[1]) <= len(first[1]) for key in keys)


def _wrong_start(text: str, line: int, column: int) -> tuple[str, str]:
    lines = text.split("\n")
    rest = lines[line][column:] if line < len(lines) else ""
    if rest.startswith("\t"):
        return (
            "The line is indented with a tab, which YAML does not allow.",
            "Indent with spaces.",
        )
    return f"No value can begin with `{rest[:1]}`.", _QUOTE


def _unprintable(text: str, path: str, first_line: int) -> Diagnostic:
    """The C reader gives no usable place for a control character, so it is looked for."""
    match = _UNPRINTABLE.search(text)
    offset = match.start() if match else 0
    shown = f" U+{ord(text[offset]):04X}" if match else ""
    return finding(
        "yaml-syntax",
        Place(path, *position(text, offset, first_line)),
        f"The text holds a control character{shown}, which YAML does not allow.",
        "Delete it; it is often left behind by copying from a PDF file.",
    )
