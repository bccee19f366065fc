"""Catalogues of labels: what they translate is there to be translated, and no language lacks one.

In: the catalogues of a site, the labels of its templates, the languages of its pages. Out:
diagnostics at the catalogue's line, or where a page names its language.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator

from briefgen.model.diagnostics import Diagnostic, Place, finding
from briefgen.model.index import SiteIndex
from briefgen.model.labels import Catalogue, names_of
from briefgen.model.nearest import did_you_mean

_ENGLISH = "en"  # the language of the labels themselves


def check_labels(
    catalogues: Iterable[Catalogue], known: Callable[[], Collection[str]]
) -> Iterator[Diagnostic]:
    """Yield what a site's catalogues translate and no template has; `known` are all labels.

    Emits unknown-label.
    """
    labels: Collection[str] | None = None
    for catalogue in catalogues:
        for label, line in catalogue.labels:
            labels = known() if labels is None else labels
            if label not in labels:
                yield finding(
                    "unknown-label",
                    Place(catalogue.path, line),
                    f"No template has the label `{label[:80]}`.",
                    did_you_mean(label, sorted(labels)) or "Write it as the template has it.",
                )


def check_languages(
    index: SiteIndex, config_path: str, catalogues: Iterable[Catalogue]
) -> Iterator[Diagnostic]:
    """Yield each language of a page that no catalogue is in, where it is first named.

    Emits labels-missing.
    """
    known = {_ENGLISH, *(one.language for one in catalogues)}
    told = set()
    for language, place in _languages(index, config_path):
        if language not in told and known.isdisjoint(names_of(language)):
            told.add(language)
            yield finding(
                "labels-missing",
                place,
                f"There are no labels in the language `{language}`: its pages have English ones.",
                f"A catalogue `locale/{language}.po` has others.",
            )


def _languages(index: SiteIndex, config_path: str) -> Iterator[tuple[str, Place]]:
    yield index.config.language, Place(config_path, pointer=("language",))
    for facts in index.briefings.values():
        if facts.lang is not None:
            yield facts.lang, Place(facts.path, pointer=("lang",))
    for record in index.pages.values():
        if record.value.lang is not None:
            yield record.value.lang, Place(record.path, pointer=("lang",))


def languages_of(index: SiteIndex) -> set[str]:
    """The languages of a site's pages."""
    return {language for language, _ in _languages(index, "")}
