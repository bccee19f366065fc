"""Names as authors write them in Markdown, and what is linked on the page."""

from __future__ import annotations

import pytest
from site_tester import SiteTest, text_of

ENTITIES = """
- {id: us, kind: place, name: United States, aliases: [U.S.]}
- {id: russia, kind: place, name: Russia}
- {id: start, kind: document, name: START}
- {id: new-start, kind: document, name: New START}
- {id: icbm, kind: weapon, name: ICBM}
- {id: putin, kind: person, name: Putin, aliases: [Путин, 普京, بوتين]}
- {id: rt, kind: organization, name: Russia Today}
- {id: ria, kind: organization, name: RIA, aliases: [Russia Today]}
"""

# Markdown, and the words that are links, each with its entity.
ROWS = {
    "split by emphasis": ("the **New** START x", ["New START=new-start"]),
    "within a word": ("met Pu*tin* x", ["Putin=putin"]),
    "possessive": ("Putin's and Russia’s", ["Putin=putin", "Russia=russia"]),
    "hyphenated": ("U.S.-Russia talks", ["U.S.=us", "Russia=russia"]),
    "marks and brackets": (
        "“Putin” (ICBM) [Russia]",
        ["Putin=putin", "ICBM=icbm", "Russia=russia"],
    ),
    "plural": ("two ICBMs", ["ICBMs=icbm"]),
    "the longer name": ("New START, then START", ["New START=new-start", "START=start"]),
    "a shared name keeps its words": ("on Russia Today in Russia", ["Russia=russia"]),
    "over a line": ("the New\nSTART x", ["New START=new-start"]),
    "no link in a heading": ("## Putin\n\nPutin", ["Putin=putin"]),
    "nor in a block quote": ("> Putin\n\nPutin", ["Putin=putin"]),
    "nor in code or a link": ("`Putin` [Russia](https://e.org/) Putin", ["Putin=putin"]),
    "Cyrillic": ("и Путин был", ["Путин=putin"]),
    "Han": ("与普京会谈", ["普京=putin"]),
    "Arabic": ("قال بوتين إن", ["بوتين=putin"]),
}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    site = SiteTest(tmp_path_factory.mktemp("mentions")).file("content/entities/e.yml", ENTITIES)
    site.file("briefgen.yml", "title: T\nlinking: {mentions: all}\n")
    for number, (text, _) in enumerate(ROWS.values()):
        site.file(
            f"content/briefings/b{number}.md", f"---\ntitle: T\ndate: 2021-01-26\n---\n{text}\n"
        )
    return site.built()


@pytest.mark.parametrize("row", ROWS)
def test_what_is_linked(site, row):
    page = site.page(f"briefings/b{list(ROWS).index(row)}/")
    links = [
        f"{text_of(link)}={link.get('href').rstrip('/').rpartition('/')[2]}"
        for link in page.all("a", "m", inside=page.article)
    ]
    assert links == ROWS[row][1]
