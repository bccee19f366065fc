"""Rules on what a briefing publishes of its article: that there is something, and whence it is.

In: the front matter of a briefing, its article as parsed and as published. Out: diagnostics. An
article that can't be read at all is reported by who reads it, not here.
"""

from __future__ import annotations

from collections.abc import Iterator

from briefgen.model.briefing import Briefing
from briefgen.model.diagnostics import Diagnostic, Place, finding
from briefgen.model.prose import Prose


def check_article(
    path: str, briefing: Briefing, article: Prose, published: Prose
) -> Iterator[Diagnostic]:
    """Report articles without a word (article-empty) and excerpts without a way to the rest.

    `published` is what the page shows of the article: all of it, or an excerpt, which is reported
    (excerpt-unlinked) where `origin` has no address of the original.
    """
    if not article.text.strip():
        yield _empty(path, briefing)
    elif not published.text.strip():
        yield finding(
            "article-empty",
            Place(path, pointer=("excerpt",)),
            "An excerpt shows the passages that carry notes, and here are none.",
            "Add an annotation, or take out `excerpt:`.",
        )
    if briefing.excerpt and (briefing.origin is None or not briefing.origin.url):
        yield finding(
            "excerpt-unlinked",
            Place(path, pointer=("excerpt",)),
            "The page shows an excerpt, and nothing leads to the whole article.",
            "Add the address of the original: `origin: {url: https://...}`.",
        )


def _empty(path: str, briefing: Briefing) -> Diagnostic:
    if briefing.article is None:
        return finding(
            "article-empty",
            Place(path, pointer=("title",)),
            "The briefing has no article: nothing follows its front matter.",
            "Write it below the second line `---`, or name a raw text under `article:`.",
        )
    return finding(
        "article-empty",
        Place(path, pointer=("article",)),
        f"Nothing is left of the article `{briefing.article}`: it is blank, or `structure` skips "
        "all of it.",
        "Put the text into the file, or skip less of it.",
    )
