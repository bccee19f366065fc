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


def check_own_templates(
    index: SiteIndex, files: Mapping[str, str], built_in: Collection[str],
    reached: Callable[[str], Collection[str]],
    unseen: Callable[[str], Collection[tuple[int, str, Collection[str]]]],
) -> Iterator[Diagnostic]:  # fmt: skip
    """Yield what of a site's own templates is never shown.

    `files` are their paths by name, `built_in` the names of those that are used in any case,
    `reached` gives all that a template leads to, itself included, and `unseen` the blocks (line,
    name, names that there are; an empty name for words outside of any) that a template's ancestors
    have no place for. Emits template-unused and template-unseen.
    """
    meant = {*built_in, *(name for name, _ in _asked(index))}
    used = meant | {each for name in {*meant, *files} for each in reached(name) if each != name}
    for name, path in files.items():
        if name not in used and not index.withheld:  # a draft may ask for it
            yield finding(
                "template-unused",
                Place(path, 1),
                f"No page is made by the template `{name}`, and no other template uses it.",
                did_you_mean(name, sorted(one for one in built_in if one[0] != "_"))
                or "A template is called like the kind of its pages, or named by `template:`.",
            )
        for line, block, known in unseen(name):
            if block:
                message = f"No template that this one extends has a block `{block}`."
                help_ = did_you_mean(block, sorted(known)) or (
                    f"It has {', '.join(f'`{one}`' for one in sorted(known))}."
                )
            else:
                message = (
                    "What stands outside of blocks is not shown: the template extends another."
                )
                help_ = "Put it into a block, after `{{ super() }}` say."
            yield finding("template-unseen", Place(path, line), message, help_)


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
