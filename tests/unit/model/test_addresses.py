"""Which addresses a link may have, and which leave the site: one answer for all rooms."""

import pytest

from briefgen.model.addresses import is_allowed, leaves_the_site, scheme_of


@pytest.mark.parametrize(
    ("address", "scheme", "allowed", "leaves"),
    [
        ("https://example.org/a:b", "https", True, True),
        ("HTTP://example.org", "http", True, True),
        (" ht\ttps://example.org", "https", True, True),
        ("mailto:a@example.org", "mailto", True, True),
        ("//example.org", None, True, True),
        (" /\t/example.org", None, True, True),
        ("../a/b", None, True, False),
        ("/a?b:c", None, True, False),
        ("a.md?q=a:b", None, True, False),
        ("a.md#a:b", None, True, False),
        ("#a:b", None, True, False),
        ("./a:b.md", None, True, False),
        ("", None, True, False),
        ("javascript:alert(1)", "javascript", False, True),
        ("JaVaScRiPt:alert(1)", "javascript", False, True),
        (" \tjava\nscript:alert(1)", "javascript", False, True),
        ("\x01javascript:alert(1)", "javascript", False, True),
        ("java\u200bscript:alert(1)", "javascript", False, True),
        ("data:text/html,x", "data", False, True),
        ("vbscript:x", "vbscript", False, True),
        ("file:///etc/passwd", "file", False, True),
        ("ftp://example.org", "ftp", False, True),
        ("a:b", "a", False, True),
        ("12:30.md", "12", False, True),
        ("статья:1.md", "статья", False, True),
        (":a", "", False, True),
    ],
)
def test_address(address, scheme, allowed, leaves):
    assert scheme_of(address) == scheme
    assert is_allowed(address) is allowed
    assert leaves_the_site(address) is leaves
