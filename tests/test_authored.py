"""What the authors' guide promises of each thing that can be written, on the pages of one site."""

from __future__ import annotations

import hashlib
import json

import pytest
from site_tester import SiteTest, png, text_of

ARTICLE = "Front page\n\nThe U.S. President met Ruritania on Jan. 26. They signed the pact.\n"
SHA256 = hashlib.sha256(ARTICLE.encode()).hexdigest()

CALL = """---
title: A call
date: 2021-01-26
topics: [arms-control, bare]
article: ../../seeds/call.txt
origin: {publisher: Gazette, sha256: %s}
structure: {skip: [1]}
sources: {own: {title: A wire report, url: "https://e.org/wire"}}
annotations: [{quote: They signed the pact., note: "So they said. [^own]", date: 2022-03-04}]
extra: {desk: {colour: amber}}
---
The desk's view of it.

![A map of the border](map.png "Photo: the desk")
"""
VISIT = "---\ntitle: A %s\ndate: 2021-02-0%d\ntopics: [arms-control]\n---\n%s\n"

FILES = {
    "briefgen.yml": "title: T\nurl: https://example.org/desk/\n",
    "seeds/call.txt": ARTICLE,
    "content/briefings/call.md": CALL % SHA256,
    "content/briefings/map.png": "a picture",
    "content/briefings/near.md": VISIT
    % ("visit", 1, "Ruritania again, with the Pact of Rest.\n\n## More"),
    "content/briefings/linked.md": VISIT % ("stay", 2, "It is told in [[call]]."),
    "content/entities/e.yml": "- {id: ruritania, name: Ruritania, kind: place,"
    " roles: [{title: Chair, from: 2021, to: 2022}]}\n",
    "content/treaties/t.yml": "- {id: rest, name: Pact of Rest, events: [{date: 2001, type: signed},"
    " {date: 2002-05, type: in-force, until: 2012-05-01}]}\n",
    "content/topics/arms-control.md": "---\nname: Control of arms\n---\nWhat it is *about*.\n",
    "content/sources/s.yml": "atlas: {title: The atlas}\n",
}


@pytest.fixture(scope="module", params=["directory", "file"])
def site(request, tmp_path_factory):
    return written(SiteTest(tmp_path_factory.mktemp("authored")), request.param).built()


def written(site: SiteTest, urls: str = "directory") -> SiteTest:
    for path, text in FILES.items():
        site.file(path, text)
    return site.edit("briefgen.yml", FILES["briefgen.yml"] + f"urls: {urls}\n")


def section(page, name: str) -> str:
    (found,) = (e for e in page.all("section") if e.get("aria-labelledby") == name)
    return text_of(found)


def items(page, name: str) -> list[str]:
    (found,) = (e for e in page.all("section") if e.get("aria-labelledby") == name)
    return [text_of(row) for row in page.all("li", inside=found)]


def test_the_analysis_stands_before_the_article_and_holds_no_note(site):
    page = site.page("briefings/call/")
    (analysis,) = page.all("div", "analysis")
    assert text_of(analysis) == "The desk's view of it. Photo: the desk"
    assert page.all("mark", inside=analysis) == []
    assert page.text.index("The desk's view") < page.text.index("The U.S. President")
    assert page.reading_text == "The U.S. President met Ruritania on Jan. 26. They signed the pact."


def test_a_quote_is_not_sought_in_the_analysis(tmp_path):
    site = written(SiteTest(tmp_path))
    text = FILES["content/briefings/call.md"].replace("They signed the pact.", "The desk's view")
    site.edit("content/briefings/call.md", text).build()
    assert site.codes >= {"quote-not-found"}
    assert not site.result.ok


def test_a_quote_is_not_found_in_a_line_that_is_skipped(tmp_path):
    site = written(SiteTest(tmp_path))
    text = FILES["content/briefings/call.md"].replace("They signed the pact.", "Front page")
    site.edit("content/briefings/call.md", text).build()
    assert site.codes >= {"quote-not-found"}
    site.edit("content/briefings/call.md", text.replace("structure: {skip: [1]}\n", "")).built()
    assert site.page("briefings/call/").words_marked(1) == "Front page"


def test_an_article_is_that_of_its_digest(tmp_path):
    site = written(SiteTest(tmp_path)).built()
    assert site.codes == set()
    site.edit("seeds/call.txt", ARTICLE + "\n").build()
    assert "article-changed" in site.codes
    assert not site.result.ok


def test_an_image_lies_beside_its_briefing_with_its_words_and_its_credit(site):
    page = site.page("briefings/call/")
    (image,) = page.all("img", inside=page.all("div", "analysis")[0])
    assert image.get("alt") == "A map of the border"
    path = "briefings/call/index.html"
    assert site.output.target(path, image.get("src")) == ("briefings/map.png", "")
    assert site.output.read("briefings/map.png") == b"a picture"
    assert text_of(page.one("small", "credit")) == "Photo: the desk"


IMAGES = {
    "on paper.png": (png(640, 360), ("640", "360")),
    "/chart.svg": (b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 1"/>', ("1200", "300")),
    "torn.png": (b"a picture", (None, None)),
}


def test_a_page_keeps_the_place_of_each_image_and_of_the_logo(tmp_path):
    site = written(SiteTest(tmp_path)).file("content/static/mark.png", png(90, 30))
    config = (site.root / "briefgen.yml").read_text(encoding="utf-8")
    site.file("briefgen.yml", config + "logo: mark.png\n")
    shown = ""
    for address, (data, _) in IMAGES.items():
        folder = "content/static" if address.startswith("/") else "content/pages"
        site.file(f"{folder}/{address.lstrip('/')}", data)
        shown += f"![It](<{address}>)\n"
    shown += "![It](https://example.com/a.png)\n"
    page = site.file("content/pages/shown.md", f"---\ntitle: Shown\n---\n{shown}").build()
    images = page.page("shown/").all("img")
    sizes = [(image.get("width"), image.get("height")) for image in images]
    assert sizes == [("84", "28"), *(size for _, size in IMAGES.values()), (None, None)]


def test_topics_have_names_and_need_no_file(site):
    rows = [text_of(row) for row in site.page("topics/").all("li")]
    assert [row for row in rows if "briefing" in row] == [
        "Bare 1 briefing",
        "Control of arms 3 briefings",
    ]
    assert "What it is about." in site.page("topics/arms-control/").text
    assert "A call" in site.page("topics/bare/").text


def test_the_sources_of_a_page_stand_in_the_list_without_a_page_of_their_own(site):
    text = site.page("sources/").text
    assert "The atlas. not cited so far" in text
    assert "A wire report. e.org. in A call" in text
    pages = [path for path in site.output.page_files if path.startswith("sources/")]
    assert pages == ["sources/atlas/index.html", "sources/index.html"]


def test_the_treaties_are_listed_with_their_status_and_dates_as_far_as_they_are_known(site):
    assert "Pact of Rest 2001 May 2002 Expired on 1 May 2012" in site.page("treaties/").text


def test_the_timeline_is_in_the_order_of_dates(site):
    text = site.page("timeline/").text
    order = ["Pact of Rest: Signed.", "Pact of Rest: In force.", "A call", "A visit", "A stay"]
    places = [text.index(words) for words in order]
    assert places == sorted(places)


def test_annotations_stand_under_the_year_in_which_they_were_made(site):
    row = "They signed the pact. So they said. Source: A wire report Briefing: A call"
    assert row in site.page("annotations/2022/").text


def test_a_link_without_words_has_its_title_wherever_the_note_is_shown(tmp_path):
    site = written(SiteTest(tmp_path))
    call = FILES["content/briefings/call.md"].replace(
        "So they said. [^own]", "See [[near]], [[linked]]."
    )
    corrected = "corrections: [{date: 2022-03-05, text: 'As [[near]] has it.'}]\nextra:"
    site.edit("content/briefings/call.md", call.replace("extra:", corrected)).built()
    assert (
        "They signed the pact. See A visit, A stay. Briefing: A call"
        in site.page("annotations/2022/").text
    )
    notes = json.loads(site.output.read("briefings/call/annotations.json"))
    assert notes["first"]["items"][0]["body"][0]["value"] == "See A visit, A stay."
    assert "As A visit has it." in site.page("").text
    near = FILES["content/briefings/near.md"].replace("A visit", "A long visit")
    site.edit("content/briefings/near.md", near).built()
    assert "See A long visit, A stay." in site.page("annotations/2022/").text
    assert "As A long visit has it." in site.page("").text


def test_a_year_alone_leaves_a_post_of_that_year_open(site):
    open_ = "Chair (from 2021 to 2022; whether on this day is not known)."
    assert open_ in section(site.page("briefings/call/"), "glossary")


def test_related_briefings_have_reasons_and_those_linked_to_come_first(site):
    assert items(site.page("briefings/call/"), "related") == [
        "A visit 1 Feb 2021. Also mentions Ruritania. Topics in common: Control of arms.",
        "A stay 2 Feb 2021. Topics in common: Control of arms.",
    ]
    assert items(site.page("briefings/linked/"), "related") == [
        "A call 26 Jan 2021. Linked from here. Topics in common: Control of arms.",
        "A visit 1 Feb 2021. Topics in common: Control of arms.",
    ]


def test_a_mention_has_its_sentence_whatever_is_abbreviated_in_it(site):
    rows = [text_of(row) for row in site.page("entities/ruritania/").all("li")]
    assert "26 Jan 2021 A call The U.S. President met Ruritania on Jan. 26." in rows


def test_the_data_tell_what_the_pages_do(site):
    data = {
        name: json.loads(site.output.read(f"data/{name}.json"))
        for name in ("briefings", "entities", "treaties", "events", "mentions")
    }
    assert [row["id"] for row in data["briefings"]] == ["linked", "near", "call"]
    assert [row["id"] for row in data["entities"]] == ["ruritania"]
    assert [row["id"] for row in data["treaties"]] == ["rest"]
    assert {row["date"] for row in data["events"]} >= {"2001", "2002-05"}
    assert "ruritania" in json.dumps(data["mentions"])


def test_links_end_in_a_file_where_pages_are_read_from_disk(site):
    is_file = "urls: file" in (site.root / "briefgen.yml").read_text()
    for path in site.output.page_files:
        for address in site.output.page(path).addresses:
            place = address.partition("#")[0]
            if place and not place.startswith(("http", "data:", "/")):
                assert place.endswith("/") != is_file or "." in place.rpartition("/")[2], address


def test_fields_of_the_sites_own_reach_its_templates(tmp_path):
    site = written(SiteTest(tmp_path))
    site.file(
        "templates/briefing.html",
        '{% extends "base.html" %}{% block content %}'
        "<h1>{{ page.title }}</h1><p>{{ page.extra.desk.colour if page.extra }}</p>{% endblock %}\n",
    ).built()
    assert "A call amber" in site.page("briefings/call/").text


def codes_of(site: SiteTest) -> set[str]:
    return {one.code for one in site.diagnostics}


def test_levels_are_set_for_the_site_and_for_a_page(tmp_path):
    site = written(SiteTest(tmp_path)).built()
    assert {"archive-missing", "single-source"} <= codes_of(site)
    rules = "check: {rules: {archive-missing: error, source-uncited: off}}\n"
    site.edit("briefgen.yml", FILES["briefgen.yml"] + rules).build()
    assert not site.result.ok
    assert "source-uncited" not in codes_of(site)
    text = FILES["content/briefings/call.md"]
    site.edit("content/briefings/call.md", text.replace("\n", "\nignore: [archive-missing]\n", 1))
    site.built()
    assert {"archive-missing", "source-uncited"}.isdisjoint(codes_of(site))
    assert "single-source" in codes_of(site)
