from __future__ import annotations

from typing import Any

import pytest

from briefgen.check.articles import check_article
from briefgen.model.briefing import Briefing, Origin
from briefgen.model.dates import Instant
from briefgen.model.prose import Prose

WORDS, BLANK = Prose("Words."), Prose("\u00a0\n")
LINKED = Origin(url="https://example.org/1")


@pytest.mark.parametrize(
    ("fields", "article", "published", "found"),
    [
        ({}, WORDS, WORDS, []),
        ({}, BLANK, BLANK, [("article-empty", "title")]),
        ({"article": "x.txt"}, BLANK, BLANK, [("article-empty", "article")]),
        ({"excerpt": True, "origin": LINKED}, WORDS, WORDS, []),
        ({"excerpt": True, "origin": LINKED}, WORDS, BLANK, [("article-empty", "excerpt")]),
        ({"excerpt": True}, WORDS, WORDS, [("excerpt-unlinked", "excerpt")]),
        ({"excerpt": True, "origin": Origin()}, WORDS, WORDS, [("excerpt-unlinked", "excerpt")]),
    ],
)
def test_what_is_published(
    fields: dict[str, Any], article: Prose, published: Prose, found: list[tuple[str, str]]
) -> None:
    briefing = Briefing(title="T", date=Instant("2021-01-26"), **fields)
    told = list(check_article("b.md", briefing, article, published))
    assert [(d.code, *d.place.pointer) for d in told] == found
    assert all(d.level == "warning" and d.place.path == "b.md" for d in told)
