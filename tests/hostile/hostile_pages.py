"""What hostile words may not do to a page, and how to write them into a site.

A page's vocabulary is the elements and attributes that the theme gives to the project's own site,
and those of Markdown that this site happens not to use. Whatever else a page holds has come out
of somebody's words.
"""

from __future__ import annotations

import json
import re

from site_tester import BuiltPage, Output

OF_MARKDOWN = """
img: src alt loading; br; hr; pre; code: class; blockquote; s; del; small: class data-aside;
h1: id; h4: id; h5: id; h6: id; ol: start; a: title; table; thead; tbody; tr; th: class; td: class; link: hreflang
"""
"""Elements and attributes that the project's own site has no need of."""

ADDRESSES = ("href", "src")
SAFE_SCHEMES = ("http", "https", "mailto", "data")  # the last for the empty icon alone

_TAG = re.compile(r"""<(/?)([a-z][a-z0-9]*)((?:\s+[a-zA-Z][a-zA-Z0-9-]*(?:="[^"<>]*")?)*)\s*/?>""")
_ATTRIBUTE = re.compile(r"""([a-zA-Z][a-zA-Z0-9-]*)(?:="([^"]*)")?""")
_SCHEME = re.compile(r"[\s\x00-\x20]*([^/?#]*?):")
_ESCAPED = re.compile(r"[\x00-\x1f\x7f-\xa0\u2028\u2029\ufeff\ufffe\uffff]")

Vocabulary = frozenset[tuple[str, str]]
"""Pairs of an element and one of its attributes, or "" for the element itself."""


def of_markdown() -> Vocabulary:
    """The vocabulary of Markdown."""
    pairs = set()
    for entry in OF_MARKDOWN.split(";"):
        tag, _, attributes = entry.strip().partition(":")
        pairs |= {(tag, ""), *((tag, name) for name in attributes.split())}
    return frozenset(pairs)


def vocabulary_of(output: Output) -> Vocabulary:
    """The elements and attributes of all pages; those of SVG as a browser and as a text has them."""
    pairs = set()
    for path in output.page_files:
        for element in output.page(path).tree.iter():
            for tag in {element.tag, element.tag.rpartition("}")[2]}:
                pairs |= {(tag, ""), *((tag, name) for name in element.attrib)}
    return frozenset(pairs)


def _unsafe(tag: str, name: str, value: str) -> bool:
    """Whether an attribute holds an address of a scheme that no page needs."""
    match = _SCHEME.match(value) if name in ADDRESSES else None
    if match is None:
        return False
    return match[1].lower() not in SAFE_SCHEMES or (match[1] == "data" and value != "data:,")


def strange_in(page: BuiltPage, vocabulary: Vocabulary) -> list[str]:
    """What a page holds, as a browser reads it, that is not of the vocabulary."""
    found = []
    for element in page.tree.iter():
        if not isinstance(element.tag, str):
            found.append(f"a comment: {element.text!r}")
            continue
        pairs = [(element.tag, ""), *((element.tag, name) for name in element.attrib)]
        found += [f"<{tag} {name}>" for tag, name in pairs if (tag, name) not in vocabulary]
        for name, value in element.attrib.items():
            if _unsafe(element.tag, name, value):
                found.append(f'<{element.tag} {name}="{value}">')
        if element.tag == "script" and element.get("src", "").endswith("assets/dossier.js"):
            found += [f"<script> with the text {element.text!r}"] if element.text else []
        elif element.tag == "script":
            json.loads(element.text)  # with the type that `test_demo_site` asks for
    return found


def strange_tags(html: str, vocabulary: Vocabulary) -> list[str]:
    """The same, from the text of a page alone: a hundred times as fast, and stricter.

    Every `<` must begin a tag written as the theme writes them, so that there is one way only in
    which the page can be read.
    """
    html = html.removeprefix("<!doctype html>")
    found = []
    tags = 0
    for closing, tag, attributes in _TAG.findall(html):
        tags += 1
        pairs = [(tag, ""), *((tag, name) for name, _ in _ATTRIBUTE.findall(attributes))]
        found += [f"<{tag} {name}>" for tag, name in pairs if (tag, name) not in vocabulary]
        found += [
            f'<{tag} {name}="{value}">'
            for name, value in _ATTRIBUTE.findall(attributes)
            if not closing and _unsafe(tag, name, value)
        ]
    if html.count("<") != tags:
        found.append(f"{html.count('<') - tags} `<` that begin no tag")
    return found


def quoted(text: str) -> str:
    """A text as a scalar of YAML that means just this."""
    shown = json.dumps(text, ensure_ascii=False)
    return _ESCAPED.sub(lambda match: f"\\u{ord(match[0]):04x}", shown)
