"""Which briefings are translations of one another.

In: the facts of all briefings. Out: for each that is translated, its translations by language. What
one of them says of another holds both ways, and for all that are tied together so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from briefgen.model.facts import BriefingFacts


def find_translations(
    briefings: Mapping[str, BriefingFacts], language: str
) -> dict[str, tuple[tuple[str, str], ...]]:
    """Return language and id of each briefing's translations, in the order of languages.

    `language` is the site's. A briefing has one translation in a language: the one that it names,
    else the first by its id. Linear in the briefings and in what they name.
    """
    above: dict[str, str] = {}  # of a briefing that is tied to others, one of them, or itself

    def top(id_: str) -> str:
        while (other := above.setdefault(id_, id_)) != id_:
            above[id_] = id_ = above[other]
        return id_

    for facts in briefings.values():
        for other in facts.translations.values():
            if other in briefings:
                above[top(facts.id)] = top(other)
    groups: dict[str, list[BriefingFacts]] = {}
    for id_ in sorted(above):
        groups.setdefault(top(id_), []).append(briefings[id_])
    found = {}
    for group in groups.values():
        first = _by_language(group, language)
        for facts in group:
            named = _by_language(
                (briefings[id_] for id_ in facts.translations.values() if id_ in briefings),
                language,
            )
            others = {**first, **named}
            others.pop(facts.lang or language, None)
            if others:
                found[facts.id] = tuple(sorted(others.items()))
    return found


def told_in(translated: Mapping[str, tuple[tuple[str, str], ...]]) -> dict[str, set[str]]:
    """Language -> the briefings in other languages that have a translation into it."""
    found: dict[str, set[str]] = {}
    for id_, others in translated.items():
        for language, _ in others:
            found.setdefault(language, set()).add(id_)
    return found


def _by_language(group: Iterable[BriefingFacts], language: str) -> dict[str, str]:
    """The first briefing of each language."""
    found: dict[str, str] = {}
    for facts in group:
        found.setdefault(facts.lang or language, facts.id)
    return found
