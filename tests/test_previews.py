"""What a page tells those who make previews of it: Open Graph and Twitter tags."""

import pytest
from site_tester import SiteTest

CONFIG = "title: Desk & sons\nurl: https://example.org/desk/\n"
BRIEFING = """---
title: 'The "first" call'
date: 2021-01-26
{more}---
The two leaders spoke by telephone.
"""


def tags(page):
    """The tags as pairs, in order."""
    metas = page.all("meta")
    named = [(e.get("property") or e.get("name") or "", e.get("content")) for e in metas]
    return [pair for pair in named if pair[0].startswith(("og:", "twitter:"))]


def desk(tmp_path, more="", config=CONFIG):
    site = SiteTest(tmp_path).file("briefgen.yml", config)
    return site.file("content/briefings/call.md", BRIEFING.format(more=more))


def test_a_briefing_says_what_it_is(tmp_path):
    page = desk(tmp_path, "summary: They spoke.\n").built().page("briefings/call/")
    assert tags(page) == [
        ("og:title", 'The "first" call'),
        ("og:type", "article"),
        ("og:url", "https://example.org/desk/briefings/call/"),
        ("og:description", "They spoke."),
        ("og:site_name", "Desk & sons"),
        ("twitter:card", "summary"),
    ]


def test_what_is_not_known_has_no_tag(tmp_path):
    site = desk(tmp_path).build()
    assert "og:description" not in dict(tags(site.page("briefings/call/")))
    assert dict(tags(site.page("glossary/")))["og:type"] == "website"
    assert tags(site.page("404.html")) == []


def test_a_site_without_an_address_has_no_tags(tmp_path):
    site = desk(tmp_path, "image: call.png\n", "title: Desk\n")
    page = site.file("content/briefings/call.png", b"x").built().page("briefings/call/")
    assert tags(page) == []


@pytest.mark.parametrize(
    ("image", "file", "address"),
    [
        ("a map.png", "content/briefings/a map.png", "briefings/a%20map.png"),
        ("/maps/both.png", "content/static/maps/both.png", "maps/both.png"),
    ],
)
def test_the_image_of_a_briefing_is_copied_and_named_in_full(tmp_path, image, file, address):
    site = desk(tmp_path, f"image: {image}\n").file(file, b"a picture").build()
    found = dict(tags(site.page("briefings/call/")))
    assert found["og:image"] == f"https://example.org/desk/{address}"
    assert found["twitter:card"] == "summary_large_image"
    assert site.output.read(address.replace("%20", " ")) == b"a picture"


def test_an_image_elsewhere_is_named_as_it_is(tmp_path):
    page = desk(tmp_path, "image: https://example.com/a.png\n").built().page("briefings/call/")
    assert dict(tags(page))["og:image"] == "https://example.com/a.png"


@pytest.mark.parametrize("body", ["", "A state."])
def test_the_image_of_an_entity(tmp_path, body):
    entity = f"---\nname: Russia\nkind: place\nimage: map.png\n---\n{body}\n"
    site = desk(tmp_path).file("content/entities/russia.md", entity)
    assert "image-missing" in site.build().codes
    site.file("content/entities/map.png", b"a map").build()
    found = dict(tags(site.page("entities/russia/")))
    assert found["og:image"].startswith("https://example.org/desk/")
    path = found["og:image"].removeprefix("https://example.org/desk/")
    assert site.output.read(path) == b"a map"


def test_a_missing_image_is_an_error_at_its_key(tmp_path):
    site = desk(tmp_path, "image: mpa.png\n").file("content/briefings/map.png", b"x").build()
    (found,) = [one for one in site.diagnostics if one.code == "image-missing"]
    assert (found.place.path, found.place.line, found.place.column) == (
        "content/briefings/call.md",
        4,
        8,
    )
    assert "map.png" in found.help
