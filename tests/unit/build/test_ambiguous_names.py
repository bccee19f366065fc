"""A name that may mean several things is told with a link that decides, and that link does."""

import re

import pytest
from site_tester import SiteTest, squeeze, text_of

BUSHES = """- {id: elder, name: George H. W. Bush, aliases: [Bush], kind: person}
- {id: younger, name: George W. Bush, aliases: [Bush], kind: person}
"""
TEXTS = {
    "running": ("{} said so.", "[[elder|Bush]]"),
    "in a table": ("| Who | When |\n|---|---|\n| {} | 1991 |\n", "[[elder\\|Bush]]"),
    "behind a table": ("| Who |\n|---|\n| Nobody |\n\n{} said so.", "[[elder|Bush]]"),
}


@pytest.mark.parametrize(("text", "link"), TEXTS.values(), ids=TEXTS)
def test_the_link_that_is_offered_decides_and_loses_no_text(tmp_path, text, link):
    site = SiteTest(tmp_path).file("briefgen.yml", "title: Desk\n")
    site.file("content/entities/all.yml", BUSHES)
    page = "---\ntitle: About\n---\n" + text
    site.file("content/pages/about.md", page.format("Bush")).build(jobs=1)
    (one,) = (one for one in site.diagnostics if one.code == "ambiguous-mention")
    assert re.findall("`([^`]+)`", one.help)[0] == link
    before = squeeze(text_of(site.page("about/").one("main")))
    site.edit("content/pages/about.md", page.format(link)).build(jobs=1)
    assert not [one for one in site.diagnostics if one.code == "ambiguous-mention"]
    page = site.page("about/")
    assert squeeze(text_of(page.one("main"))) == before
    assert "../entities/elder/" in page.addresses
