from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest
from indexes import config, site

from briefgen.render import sitemap
from briefgen.render.sitemap import absolute, robots, sitemaps

NS = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def addresses(data: bytes) -> list[str | None]:
    return [element.text for element in ET.fromstring(data).iter(f"{NS}loc")]


@pytest.mark.parametrize(
    ("url", "path", "expected"),
    [
        ("https://example.org/", "", "https://example.org/"),
        ("https://example.org/desk/", "briefings/a-b_c.d/", "https://example.org/desk/briefings/a-b_c.d/"),
        ("https://example.org/", "topics/оружие/", "https://example.org/topics/%D0%BE%D1%80%D1%83%D0%B6%D0%B8%D0%B5/"),
        ("https://example.org/a%20b/", "x y?#.html", "https://example.org/a%20b/x%20y%3F%23.html"),
        ("https://пример.рф/", "", "https://xn--e1afmkfd.xn--p1ai/"),
        ("https://münchen.de:8080/ä%20b/", "c", "https://xn--mnchen-3ya.de:8080/%C3%A4%20b/c"),
        ("https://a..ü/", "", "https://a..%C3%BC/"),
    ],
)  # fmt: skip
def test_absolute(url, path, expected):
    assert absolute(url, path) == expected


def test_one_sitemap():
    found = sitemaps(site(), [("", None), ("briefings/é/", "2021-02-04T00:00:00Z")])
    assert list(found) == ["sitemap.xml"]
    root = ET.fromstring(found["sitemap.xml"])
    assert root.tag == f"{NS}urlset"
    assert [[(child.tag, child.text) for child in row] for row in root] == [
        [(f"{NS}loc", "https://example.org/desk/")],
        [
            (f"{NS}loc", "https://example.org/desk/briefings/%C3%A9/"),
            (f"{NS}lastmod", "2021-02-04T00:00:00Z"),
        ],
    ]


def test_what_xml_reserves_is_escaped():
    found = sitemaps(site(config=config(url="https://example.org/a&b/")), [("", "<&>")])
    assert addresses(found["sitemap.xml"]) == ["https://example.org/a&b/"]


def test_without_an_address_there_is_none():
    assert sitemaps(site(config=config(url=None)), [("", None)]) == {}


@pytest.mark.parametrize(("count", "parts"), [(0, 0), (50_000, 0), (50_001, 2), (100_001, 3)])
def test_an_index_past_50_000(count, parts):
    found = sitemaps(site(), [(f"{number}/", None) for number in range(count)])
    names = [f"sitemap-{number}.xml" for number in range(1, parts + 1)]
    assert list(found) == ["sitemap.xml", *names]
    root = ET.fromstring(found["sitemap.xml"])
    if not parts:
        assert (root.tag, len(root)) == (f"{NS}urlset", count)
        return
    assert root.tag == f"{NS}sitemapindex"
    assert addresses(found["sitemap.xml"]) == [f"https://example.org/desk/{name}" for name in names]
    sizes = [found[name].count(b"<url>") for name in names]
    assert sum(sizes) == count
    assert max(sizes) == 50_000
    assert addresses(found[names[-1]])[-1] == f"https://example.org/desk/{count - 1}/"


def test_a_sitemap_is_no_larger_than_it_may_be(monkeypatch):
    monkeypatch.setattr(sitemap, "BYTES", 2000)
    found = sitemaps(site(), [(f"{number:0100}/", None) for number in range(30)])
    assert len(found) > 3
    assert all(len(data) <= 2000 for data in found.values())
    listed = [address for name in list(found)[1:] for address in addresses(found[name])]
    assert len(listed) == 30


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (None, b"User-agent: *\nAllow: /\n"),
        ("https://example.org/desk/", b"User-agent: *\nAllow: /\nSitemap: https://example.org/desk/sitemap.xml\n"),
    ],
)  # fmt: skip
def test_robots(url, expected):
    assert robots(site(config=config(url=url))) == expected
