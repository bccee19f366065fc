"""What a site that is built with drafts says of them, and to whom it does not."""

import pytest

from briefgen.build.options import BuildOptions
from briefgen.build.pipeline import build
from briefgen.model.dates import Day

BRIEFING = "---\ntitle: {}\ndate: {}\n{}---\nThe two leaders spoke.\n"


@pytest.fixture
def site(tmp_path):
    """A site with a briefing, a draft and one that waits, built with all of them."""
    folder = tmp_path / "content/briefings"
    folder.mkdir(parents=True)
    (tmp_path / "briefgen.yml").write_text("title: Desk\nurl: https://example.org/\n")
    (folder / "call.md").write_text(BRIEFING.format("Call", "2021-01-26", ""))
    (folder / "second.md").write_text(BRIEFING.format("Second", "2021-01-27", "draft: true\n"))
    (folder / "later.md").write_text(BRIEFING.format("Later", "2031-01-27", ""))
    options = BuildOptions(root=tmp_path, as_of=Day("2026-11-24"), drafts=True, future=True)
    assert build(options).ok
    return tmp_path / "site"


def test_a_draft_says_so_on_its_page_and_in_lists(site):
    def text(path):
        return (site / path).read_text(encoding="utf-8")

    assert "(Draft)" in text("briefings/second/index.html")
    assert "(Draft)" not in text("briefings/call/index.html")
    for path in ("index.html", "briefings/index.html"):
        assert text(path).count("(Draft)") == 1, path


@pytest.mark.parametrize("path", ["feed.xml", "sitemap.xml"])
def test_what_is_not_public_is_not_spread(site, path):
    text = (site / path).read_text(encoding="utf-8")
    assert "briefings/call" in text
    assert "briefings/second" not in text
    assert "briefings/later" not in text
