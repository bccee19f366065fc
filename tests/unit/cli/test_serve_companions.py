"""What browsers are told of a page's style sheets and scripts before they have read it."""

import pytest

from briefgen.serve.companions import Companions

STYLE = {
    "sec-fetch-dest": "style",
    "sec-fetch-mode": "no-cors",
    "sec-fetch-site": "same-origin",
    "referer": "http://127.0.0.1:8000/desk/caf%C3%A9/",
}
PAGE = b'<link rel="stylesheet" href="../a b.css">'


def test_what_a_page_asked_for_is_announced_with_it_as_long_as_it_names_it():
    companions = Companions()
    assert companions.header("/desk/café/", PAGE) == {}
    companions.note("/desk/a b.css", b"", STYLE)
    companions.note("/desk/x.js", b"", STYLE | {"sec-fetch-dest": "script"})
    said = {"Link": "</desk/a%20b.css>; rel=preload; as=style"}
    assert companions.header("/desk/café/", PAGE) == said
    assert companions.header("/desk/", PAGE) == {}
    assert companions.header("/desk/café/", b"<p>") == {}


@pytest.mark.parametrize(
    ("query", "changed"),
    [
        (b"styles=1", {}),
        (b"", {"sec-fetch-dest": "image"}),
        (b"", {"sec-fetch-mode": "cors"}),
        (b"", {"sec-fetch-site": "cross-site"}),
        (b"", {"referer": ""}),
    ],
)
def test_what_is_asked_for_otherwise_is_not(query, changed):
    companions = Companions()
    companions.note("/desk/a b.css", query, STYLE | changed)
    assert companions.header("/desk/café/", PAGE) == {}


def test_no_name_of_a_file_ends_the_header():
    companions = Companions()
    companions.note('/a>,"\n.css', b"", STYLE)
    told = companions.header("/desk/café/", b'a>,"\n.css')
    assert told == {"Link": "</a%3E%2C%22%0A.css>; rel=preload; as=style"}


def test_so_many_pages_are_remembered_and_no_more():
    companions = Companions()
    for n in range(2000):
        companions.note("/a.css", b"", STYLE | {"referer": f"http://x/{n}"})
    said = [n for n in range(2000) if companions.header(f"/{n}", b"a.css")]
    assert said == list(range(1000))
