"""The project's own site, built in the three ways in which sites are published."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import pytest
from site_tester import PROJECT, Output, SiteTest, text_of

from briefgen.model.dates import Day
from briefgen.write.manifest import MANIFEST

AT_THE_ROOT = "https://example.org/"
IN_A_FOLDER = "https://example.org/desk/"
FROM_DISK = "from disk"

SEARCHING = ("search/index.html", "../assets/search.js")
"""The search page, and its script."""

LEAVES = ("http://", "https://", "mailto:", "data:")
ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def copy_of_the_site(folder: Path) -> SiteTest:
    """The project's site in a folder of its own, so that no cache and no lock of it is touched."""
    site = SiteTest(folder)
    for name in ("briefgen.yml", "content", "seeds"):
        site.copy(PROJECT / name, name)
    return site


def build_variant(variant: str, folder: Path) -> Output:
    """Build the site in one of the ways, strictly."""
    site = copy_of_the_site(folder)
    if variant == FROM_DISK:
        configuration = (PROJECT / "briefgen.yml").read_text(encoding="utf-8")
        site.edit("briefgen.yml", f"{configuration}urls: file\n").built(strict=True)
    else:
        site.built(strict=True, base_url=variant)
    assert site.codes == set()
    return Output(site.output.folder, None if variant == FROM_DISK else variant)


@pytest.fixture(scope="module", params=[AT_THE_ROOT, IN_A_FOLDER, FROM_DISK])
def output(request, tmp_path_factory):
    return build_variant(request.param, tmp_path_factory.mktemp("demo"))


@pytest.fixture
def is_on_disk(output):
    return output.base.startswith("file:")


def file_at(output: Output, path: str) -> str:
    """The file that a server gives for a path: of a folder its index, never from disk."""
    if (path.endswith("/") or not path) and output.base.startswith("https:"):
        return f"{path}index.html"
    return path


def test_every_page_is_sound(output):
    for path in output.page_files:
        page = output.page(path)  # parsed strictly
        assert page.repeated_ids == [], path
        for element in page.tree.iter():
            attributes = [name for name in element.attrib if name == "style" or name[:2] == "on"]
            assert attributes == [], (path, element.tag)
            assert element.tag != "style", path
            if element.tag == "script" and element.get("src"):
                is_theme = element.get("src").endswith("assets/dossier.js")
                assert is_theme or (path, element.get("src")) == SEARCHING, path
                assert not element.text, path
            elif element.tag == "script":
                assert element.get("type") == "application/ld+json", path
                assert json.loads(element.text)["@context"] == "https://schema.org"
        title = page.one("title").text
        assert title.strip(" |"), path


def test_every_internal_link_leads_somewhere(output, is_on_disk):
    broken = []
    for path in output.page_files:
        if path == "404.html" and is_on_disk:
            continue  # no server, so nobody is shown it
        for address in output.page(path).addresses:
            found = output.target(path, address)
            if found is None:
                if not address.startswith(LEAVES):
                    broken.append((path, address))
                continue
            file, fragment = file_at(output, found[0]), found[1]
            is_found = file in output.files
            if is_found and fragment:
                is_found = output.page(file).has_id(fragment)
            if not is_found:
                broken.append((path, address))
    assert broken == []


def test_what_is_not_found_is_told_with_links_that_lead_home_from_anywhere(output, is_on_disk):
    if is_on_disk:
        pytest.skip("from disk there is no server to show it")
    path = "/" + output.base.split("/", 3)[3]
    page = output.page("404.html")
    assert [a for a in page.addresses if not a.startswith((path, "#", "data:"))] == []
    assert canonical_of(page) == []


def canonical_of(page):
    return [link.get("href") for link in page.all("link") if link.get("rel") == "canonical"]


MOVED = {"briefings/russia-out-of-open-skies/": "briefings/russia-leaves-open-skies/"}
"""An old address, and where it leads."""


def test_each_page_names_its_own_address(output, is_on_disk):
    base = "https://example.org/desk/" if is_on_disk else output.base
    for path in output.page_files:
        if path == "404.html":
            continue
        own = path if is_on_disk else path.removesuffix("index.html")
        address = own.removesuffix("index.html")
        own = own.replace(address, MOVED.get(address, address)) if address else own
        assert canonical_of(output.page(path)) == [base + own], path


def test_an_old_address_leads_on(output, is_on_disk):
    for old, new in MOVED.items():
        links = [a.get("href") for a in output.page(old).all("a")]
        end = "index.html" if is_on_disk else ""
        assert (f"{new}{end}", "") in [output.target(f"{old}{end}", one) for one in links]


def listed_in_the_sitemap(output):
    root = ET.fromstring(output.read("sitemap.xml"))
    return [element.text for element in root.iter(f"{SITEMAP}loc")]


def test_the_sitemap_lists_every_page(output):
    canonical = [
        address
        for path in output.page_files
        if path not in ("404.html", SEARCHING[0]) and path.removesuffix("index.html") not in MOVED
        for address in canonical_of(output.page(path))
    ]
    assert sorted(listed_in_the_sitemap(output)) == sorted(canonical)
    assert f"Sitemap: {canonical_of(output.page(''))[0].removesuffix('index.html')}sitemap.xml" in (
        output.read("robots.txt").decode()
    )


def test_feeds_lie_where_pages_say_and_lead_to_pages(output):
    said = set()
    for path in output.page_files:
        for link in output.page(path).all("link"):
            if link.get("type") == "application/atom+xml" and path != "404.html":
                said.add(output.target(path, link.get("href"))[0])
    feeds = {path for path in output.files if path.endswith("feed.xml")}
    assert said == feeds
    assert {"feed.xml", "topics/arms-control/feed.xml"} <= feeds
    for path in feeds:
        root = ET.fromstring(output.read(path))
        links = {link.get("rel"): link.get("href") for link in root.iter(f"{ATOM}link")}
        address = links["self"]
        assert address.endswith(f"/{path}")
        known = set(listed_in_the_sitemap(output))
        for link in root.iter(f"{ATOM}link"):
            assert link.get("href") in known | {address}, path
        assert len(root.findall(f"{ATOM}entry")) > 0


def test_the_manifest_lists_exactly_what_is_written(output):
    listed = json.loads(output.read(MANIFEST))["files"]
    assert set(listed) == output.files - {MANIFEST}
    assert {path: entry["size"] for path, entry in listed.items()} == {
        path: len(output.read(path)) for path in listed
    }


def test_data_files_are_json_and_their_addresses_are_pages(output, is_on_disk):
    names = {path for path in output.files if path.startswith("data/")}
    assert len(names) == 5
    for name in names:
        rows = json.loads(output.read(name))
        assert rows, name
        for row in rows:
            path = unquote(row["url"])
            assert (path if is_on_disk else f"{path}index.html") in output.files


def test_mentions_lead_to_entities_and_treaties(output):
    count = 0
    for path in output.page_files:
        page = output.page(path)
        for link in page.all("a", "m"):
            file, fragment = output.target(path, link.get("href"))
            assert file.startswith(("entities/", "treaties/")), (path, link.get("href"))
            assert not fragment
            assert file_at(output, file) != path, f"{path} links to itself"
            count += 1
    assert count > 100


def test_web_annotations_count_in_the_reading_text(output):
    files = [path for path in output.files if path.endswith("/annotations.json")]
    assert len(files) == 9
    for path in files:
        page = output.page(path.replace("annotations.json", ""))
        for item in json.loads(output.read(path))["first"]["items"]:
            exact, position = item["target"]["selector"]
            assert page.reading_text[position["start"] : position["end"]] == exact["exact"]
            assert page.has_id(item["id"].partition("#")[2]), item["id"]


UNTIL = {
    "new-start": "5 Feb 2021, then extended to 5 Feb 2026",
    "inf": "no end date, then Terminated, 2 Aug 2019",
    "sort": "31 Dec 2012, then Superseded, 5 Feb 2011",
    "npt": "no end date, then made indefinite, 11 May 1995",
    "open-skies": "no end date",
}


def test_a_fact_box_tells_each_end_that_a_treaty_had(output):
    for id_, expected in UNTIL.items():
        page = output.page(f"treaties/{id_}/")
        rows = page.one("section", "box").iter("div")
        found = [text_of(row[1], aside=False) for row in rows if text_of(row[0]) == "Until"]
        assert found == [expected], id_


def test_each_raw_article_is_on_its_page_word_for_word(output):
    for file in sorted((PROJECT / "content" / "briefings").glob("*.md")):
        text = file.read_text(encoding="utf-8")
        if "\narticle:" not in text:
            continue
        seed = (PROJECT / "seeds" / f"{file.stem}.txt").read_text(encoding="utf-8")
        page = output.page(f"briefings/{file.stem[11:]}/")
        assert page.reading_text
        if "\nexcerpt: true" not in text:
            assert page.reading_text.replace(" ", "") in "".join(seed.split())
            continue
        passages = [text_of(p, aside=False) for p in page.article if p.tag == "p"]
        passages = [one for one in passages if one]  # "[...]" is no word of the article
        assert len(passages) == 3
        assert all("".join(one.split()) in "".join(seed.split()) for one in passages)


def test_another_day_changes_no_page_but_those_that_name_it(tmp_path):
    """The day of the build stands on home and in the list of treaties alone."""
    site = copy_of_the_site(tmp_path).built()
    before = {path: site.output.read(path) for path in site.output.files}
    site.as_of = Day("2026-11-25")
    site.built()
    changed = {path for path, data in before.items() if site.output.read(path) != data}
    assert changed == {"index.html", "treaties/index.html", MANIFEST}


def test_the_words_behind_a_picture_say_what_a_note_does(output):
    page = output.page("treaties/sort/index.html")
    [words] = [e.text for e in page.tree.iter() if e.get("id") == "line-2-d"]
    assert "Vladimir Putin signs the extension, 29 Jan 2021; Extended 3 Feb 2021" in words
    assert "Note 29" not in words
