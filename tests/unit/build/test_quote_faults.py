"""What stands beside a quote is told in whole words."""

import pytest
from site_tester import SiteTest

CASES = {
    "the end of the article": ("They agreed to extend it.\n", "it."),
    "the end of a long one": (
        "They agreed to extend the pact by 5 yrs.\n",
        "the pact by 5 yrs.",
    ),
    "a word that is cut": ("They agreed to extend the pact by five years.\n", "the pact by five"),
}


@pytest.mark.parametrize(("article", "told"), CASES.values(), ids=CASES)
def test_the_words_after_a_quote(tmp_path, article, told):
    site = SiteTest(tmp_path).file("briefgen.yml", "title: Desk\n").file("seeds/a.txt", article)
    site.file(
        "content/briefings/call.md",
        "---\ntitle: Call\ndate: 2021-01-20\narticle: ../../seeds/a.txt\n"
        "annotations:\n  - {quote: agreed to extend, suffix: nothing, note: N}\n---\n",
    ).build(jobs=1)
    (one,) = (one for one in site.diagnostics if one.code == "quote-not-found")
    assert one.help.startswith(f"After it stands “{told}”.")
