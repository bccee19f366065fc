"""The numbers of citations follow the words at once, whatever white space an author put there."""

import re

import pytest
from site_tester import SiteTest

SOURCES = """one: {type: webpage, title: One, publisher: A, url: "https://example.org/1"}
two: {type: webpage, title: Two, publisher: B, url: "https://example.org/2"}
"""
CASES = [
    ("He left. [^one] Then it rained.", "He left.{1}  Then it rained."),
    ("He left.[^one] Then it rained.", "He left.{1} Then it rained."),
    ("He left. [^one] [^two] Then it rained.", "He left.{1, }{2}   Then it rained."),
    ("He left.[^one][^two]", "He left.{1, }{2}"),
    ("He left. [^one]", "He left.{1} "),
    ("He left.\n[^one] Then it rained.", "He left.{1}\n Then it rained."),
    ("He left [^one]; then [^two].", "He left {1}; then {2}."),
    ("He *left* [^one] then.", "He left{1}  then."),
    ("[^one] He left.", "{1} He left."),
    ("- He left. [^one]\n- It rained. [^two]", "He left.{1} |It rained.{2} "),
]
NUMBER = re.compile(r'<sup class="fn"[^>]*>(.*?)</sup>')


@pytest.mark.parametrize(("written", "shown"), CASES)
def test_a_number_stands_where_print_has_it(tmp_path, written, shown):
    head = "---\ntitle: X\ndate: 2021-01-26\n---\n"
    site = SiteTest(tmp_path).file("content/sources/s.yml", SOURCES)
    site.file("content/briefings/x.md", head + written + "\n").built()
    html = site.output.read("briefings/x/index.html").decode()
    article = html.partition('<article class="article"')[2].partition("</article>")[0]
    article = article.partition(">")[2]
    article = NUMBER.sub(lambda sup: "{" + re.sub("<[^>]*>", "", sup[1]) + "}", article)
    article = article.replace("</li>\n<li>", "|")
    assert re.sub("<[^>]*>", "", article).strip("\n") == shown
    assert site.page("briefings/x/").reading_text == " ".join(
        re.sub(r"\[\^\w+\]|\*|^- ", "", written, flags=re.MULTILINE).split()
    )


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("He left [^one]. Then", "He left( ){1}. Then"),
        ("He left [^one][^two], then", "He left( ){1, }{2}, then"),
        ("He *left* [^one]; then [^two].", "He left( ){1}; then( ){2}."),
        ("(He left [^one])", "(He left( ){1})"),
        ("He left. [^one] Then", "He left.{1}  Then"),
        ("He left[^one]. Then", "He left{1}. Then"),
        ("He left [^one]then", "He left {1}then"),
    ],
)
def test_a_space_before_a_number_shows_no_gap_before_punctuation(tmp_path, written, shown):
    head = "---\ntitle: X\ndate: 2021-01-26\n---\n"
    site = SiteTest(tmp_path).file("content/sources/s.yml", SOURCES)
    site.file("content/briefings/x.md", head + written + "\n").built()
    html = site.output.read("briefings/x/index.html").decode()
    article = html.partition('<article class="article"')[2].partition("</article>")[0]
    article = re.sub(r'<span class="unspaced">( +)</span>', r"(\1)", article.partition(">")[2])
    article = NUMBER.sub(lambda sup: "{" + re.sub("<[^>]*>", "", sup[1]) + "}", article)
    assert re.sub("<[^>]*>", "", article).strip("\n") == shown


def test_a_source_that_a_quote_rests_on_is_set_apart_from_the_next_citation(tmp_path):
    site = SiteTest(tmp_path).file("content/sources/s.yml", SOURCES)
    notes = "annotations: [{quote: He left, kind: source, sources: [one]}]\n"
    site.file(
        "content/briefings/x.md",
        f"---\ntitle: X\ndate: 2021-01-26\n{notes}---\nHe left [^two] then.\n",
    ).built()
    html = site.output.read("briefings/x/index.html").decode()
    numbers = [re.sub("<[^>]*>", "", number) for number in NUMBER.findall(html)]
    assert numbers == ["1, ", "2"]
