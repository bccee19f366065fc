"""Why a page is rendered, or needn't be, in words that an author understands.

In: what the walk over the pages compared. Out: sentences that follow "rendered: " or
"not rendered: ". Nothing is decided here, and nothing is compared but what was found unequal.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from briefgen.model.questions import Question

DIGEST = 16
"""Bytes of each digest of which a page's key is made."""

NEW = "no earlier build is known to have made it"
ALTERED = "its file in the output was gone, or not as it was written"

_TEMPLATE = "its template, one that this includes, or a label,"
BRIEFING_PARTS = ("what every page shows of the configuration", _TEMPLATE, "its own text")
"""What the digests in a briefing's key are of, in their order."""
OTHER_PARTS = (_TEMPLATE, "what it shows")
"""The same for any other page."""

_ANSWERS: Mapping[str, str] = {
    "settings": "the site's title, address, language or time zone",
    "route": "where the page of {0} lies",
    "author": "the author {0} in the configuration",
    "topic": "the name or the page of the topic {0}",
    "entity": "the name, description, roles or page of {0}",
    "name": "what {0} is called in the language {1}",
    "source": "the source {0}",
    "treaty": "the facts of the treaty {0}, or what is true of it on this day",
    "link": "where [[{0}]] leads, or the title there",
    "address": "where the link to {0} leads",
    "size": "how large the image {0} is",
    "mentioned": "whom it mentions",
    "related": "the briefings related to it",
    "backlinks": "the pages that link to it",
    "translations": "its translations",
}
"""What the answer to each question of `Questions` is about."""


def changed_part(old: bytes, new: bytes, parts: Sequence[str]) -> str:
    """Say which part of a page's key has changed: the first, where it is several."""
    for index, part in enumerate(parts):
        at = slice(index * DIGEST, (index + 1) * DIGEST)
        if old[at] != new[at]:
            return f"{part} has changed"
    return NEW


def changed_answer(question: Question) -> str:
    """Say that the answer to one of a page's questions has changed, and what that is about."""
    name, *arguments = question
    about = _ANSWERS.get(name, "").format(*arguments)
    told = f" ({about})" if about else ""
    return f"the answer to its question `{' '.join(question)}` has changed{told}"


def unchanged(questions: int | None = None) -> str:
    """Say that nothing of a page has changed; `questions` is how many answers were compared."""
    if questions is None:
        return "what it shows and its template are as they were"
    if not questions:
        return "its text and its template are as they were"
    answers = f"{questions} questions" if questions > 1 else "one question"
    return f"its text, its template and the answers to its {answers} are as they were"
