"""The labels of the built-in theme, for translators. Run by `make labels`.

In: the templates of `themes/dossier/`, and the labels that views have. Out: `locale/dossier.pot`,
the list of all labels, and each catalogue beside it with the new labels added, untranslated, and
those that are gone removed. A test fails while the list is stale or a label is not translated.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po
from jinja2 import Environment
from jinja2.ext import extract_from_ast

from briefgen.render.labels import FUNCTIONS, VIEW_LABELS

THEME = Path(__file__).resolve().parent.parent / "themes" / "dossier"
LOCALE = THEME / "locale"
TEMPLATE = LOCALE / "dossier.pot"

_HEAD = '{}\nmsgid ""\nmsgstr ""\n{}\n'


def template() -> Catalog:
    """All labels, in the order of the templates, each with the first file that has it."""
    found = Catalog(charset="utf-8")
    for file, function, texts in _extracted():
        context = texts.pop(0) if function in ("pgettext", "npgettext") else None
        label = tuple(texts[:2]) if function in ("ngettext", "npgettext") else texts[0]
        if found.get(label, context) is None:
            found.add(label, context=context, locations=[(file, 0)])
    for label in sorted(VIEW_LABELS):
        if found.get(label) is None:
            found.add(label, locations=[("a view", 0)])
    return found


def _extracted() -> Iterator[tuple[str, str, list[str]]]:
    environment = Environment(extensions=["jinja2.ext.i18n", "briefgen.render.quick.Memo"])  # noqa: S701 - nothing is rendered
    for file in sorted((THEME / "templates").glob("*.html")):
        tree = environment.parse(file.read_text(encoding="utf-8"))
        for _, function, texts in extract_from_ast(tree, FUNCTIONS):
            parts = [texts] if isinstance(texts, str) else texts or ()
            yield file.name, function, [text for text in parts if text is not None]


def written(catalog: Catalog, comment: str, plurals: str = "") -> str:
    """A catalogue as text, without dates, so that the same labels give the same file.

    `plurals` is how its language counts.
    """
    head = ["Content-Type: text/plain; charset=UTF-8"]
    if catalog.locale is not None:
        head = [f"Language: {catalog.locale}", f"Plural-Forms: {plurals}", *head]
    out = io.BytesIO()
    write_po(out, catalog, width=0, omit_header=True, include_lineno=False)
    lines = "".join(f'"{line}\\n"\n' for line in head)
    return _HEAD.format(comment, lines) + out.getvalue().decode().lstrip("\n")


def brought_up(file: Path, labels: Catalog) -> str:
    """A catalogue with the labels there are now, those that it had translated as they were.

    How its language counts is told as the file tells it: Babel's own words for that differ from one
    version to the next.
    """
    with file.open("rb") as data:
        old = read_po(data, locale=file.stem)
    new = Catalog(locale=file.stem, charset="utf-8")
    for message in labels:
        if message.id:
            known = old.get(message.id, message.context)
            new[message.id] = Message(
                message.id,
                known.string if known and not known.fuzzy else "",
                locations=message.locations,
                context=message.context,
                user_comments=known.user_comments if known else (),
            )
    return written(new, f"# Labels of the theme dossier: {file.stem}.", old.plural_forms)


def files() -> Iterator[tuple[Path, str]]:
    """Every file that is made, with what it should say."""
    labels = template()
    yield TEMPLATE, written(labels, "# The labels of the theme dossier; made by `make labels`.")
    for file in sorted(LOCALE.glob("*.po")):
        yield file, brought_up(file, labels)


def main() -> None:
    """Write the files that are not as they should be."""
    LOCALE.mkdir(exist_ok=True)
    for file, text in files():
        if not file.is_file() or file.read_text(encoding="utf-8") != text:
            file.write_text(text, encoding="utf-8")
            sys.stdout.write(f"{file.relative_to(THEME.parent.parent).as_posix()} written\n")


if __name__ == "__main__":
    main()
