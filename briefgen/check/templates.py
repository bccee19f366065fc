"""The templates that pages ask for: each must be one that there is.

In: the index, and the names of all templates. Out: diagnostics at the key `template`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

from briefgen.check.places import inside
from briefgen.model.diagnostics import Diagnostic, Place, finding
from briefgen.model.facts import Record
from briefgen.model.index import SiteIndex
from briefgen.model.nearest import did_you_mean


def check_templates(index: SiteIndex, names: Callable[[], Collection[str]]) -> Iterator[Diagnostic]:
    """Yield what asks for a template that isn't; `names` is called where any page asks for one.

    Emits unknown-template.
    """
    asked = list(_asked(index))
    known = names() if asked else ()
    for name, place in asked:
        if name not in known:
            yield finding(
                "unknown-template",
                place,
                f"There is no template `{name}`.",
                did_you_mean(name, sorted(known)) or "Put it into the site's folder `templates/`.",
            )


def _asked(index: SiteIndex) -> Iterator[tuple[str, Place]]:
    """The names of templates that pages ask for, and where they do."""
    for facts in index.briefings.values():
        if facts.template is not None:
            yield facts.template, Place(facts.path, pointer=("template",))
    groups: tuple[Mapping[str, Record[Any]], ...] = (
        index.entities, index.treaties, index.topics, index.pages,
    )  # fmt: skip
    for group in groups:
        for record in group.values():
            if record.value.template is not None:
                yield record.value.template, inside(record.place, "template")
