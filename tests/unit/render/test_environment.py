"""Templates: layers, lookup, digests, filters, and faults that name their place."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace
from theme_views import PAGES

from briefgen.model.dates import Day, Instant
from briefgen.render.environment import TemplateFault, Templates
from briefgen.render.filters import domain, safe_url

PAGE = PAGES["page"]


@pytest.fixture
def layers(tmp_path: Path) -> dict[str, Path]:
    found = {name: tmp_path / name for name in ("site", "theme", "default")}
    for folder in found.values():
        folder.mkdir()
    return found


def templates(layers: dict[str, Path], **files: str) -> Templates:
    """Write templates named LAYER__NAME, and make the environment of the three layers."""
    for name, source in files.items():
        layer, _, stem = name.partition("__")
        (layers[layer] / f"{stem}.html").write_text(source)
    return Templates(list(layers.values()))


def rendered(layers: dict[str, Path], source: str, lang: str = "en") -> str:
    return templates(layers, site__page=source).render(replace(PAGE, lang=lang)).decode()


@pytest.mark.parametrize(("files", "expected"), [
    ({"default__page": "default"}, "default"),
    ({"default__page": "default", "theme__page": "theme"}, "theme"),
    ({"default__page": "default", "theme__page": "theme", "site__page": "site"}, "site"),
    ({"default__page": "d{% block b %}{% endblock %}", "theme__page": '{% extends "!default/page.html" %}{% block b %}t{{ super() }}{% endblock %}',
      "site__page": '{% extends "!theme/page.html" %}{% block b %}s{{ super() }}{% endblock %}'}, "dst"),
    ({"default__page": "d{% block b %}{% endblock %}", "site__page": '{% extends "!theme/page.html" %}{% block b %}s{% endblock %}'}, "ds"),
    ({"default__page": '{% include "x.html" %}', "default__x": "default", "site__x": "site"}, "site"),
])  # fmt: skip
def test_upper_layers_win_and_reach_the_ones_below(
    layers: dict[str, Path], files: dict[str, str], expected: str
) -> None:
    assert templates(layers, **files).render(PAGE).decode() == expected


@pytest.mark.parametrize(("source", "expected"), [
    ("{{ page.extra.seat }}", "Brussels"),
    ("{{ page.extra.seat.upper() }}", "BRUSSELS"),
    ("{{ page.extra.none is defined }}", "False"),
    ("{{ page.extra.none | default('-') }}", "-"),
    ("{% for key, value in page.extra.items() %}{{ key }}={{ value }}{% endfor %}", "seat=Brussels"),
    ("{{ page.extra.class | default('-') }}", "-"),
    ("{% macro m(a, b=2) %}{{ a }}{{ b }}{{ caller() }}{% endmacro %}{% call m('<', b=3) %}&{{ page.extra.seat }}{% endcall %}",
     "&lt;3&Brussels"),
    ("{% for x in [1, 2] %}{{ loop.cycle('a', 'b') }}{% endfor %}{{ range(2) | list }}", "ab[0, 1]"),
])  # fmt: skip
def test_attributes_keys_and_calls_mean_what_they_mean_to_jinja(
    layers: dict[str, Path], source: str, expected: str
) -> None:
    found = templates(layers, default__page=source)
    view = replace(PAGE, extra={"seat": "Brussels"})
    assert [found.render(view).decode() for _ in range(2)] == [expected, expected]


def test_lookup(layers: dict[str, Path]) -> None:
    found = templates(layers, default__page="p", default__special="s", default__treaty="t")
    assert found.resolve("treaty") == "treaty.html"
    assert found.resolve("entity") == "page.html"
    assert found.resolve("treaty", "special.html") == "special.html"
    with pytest.raises(TemplateFault, match=r"did you mean 'special\.html'"):
        found.resolve("treaty", "specal.html")
    with pytest.raises(TemplateFault, match="templates/ folder"):
        Templates([]).resolve("treaty")


def test_layers_that_do_not_exist_are_empty(tmp_path: Path) -> None:
    assert Templates([tmp_path / "none"]).names() == frozenset()


@pytest.mark.parametrize(("source", "line", "message"), [
    ("a\n{% if %}", 2, "Expected an expression"),
    ("a\n\n{{ page.nothing }}", 3, "A `PlainView` has no `nothing`."),
    ("{{ nothing }}", 1, "'nothing' is undefined"),
    ("\n{% include 'gone.html' %}", 2, "there is no template `gone.html`."),
    ("\n{{ 1 / 0 }}", 2, "ZeroDivisionError"),
    ("{% extends 'page.html' %}", 1, "includes itself"),
    ("{% include 'whole.html' %}", 1, "includes itself"),
    ("\n{% macro m(x) %}{{ m(x) }}{% endmacro %}\n{{ m(1) }}", 2, "calls itself, and nothing ends"),
    ("\n{% block a %}{{ self.a() }}{% endblock %}", 2, "calls itself, and nothing ends"),
    ("\n{% for x in [1] recursive %}{{ loop([1]) }}{% endfor %}", 2, "calls itself, and"),
    ("\n{% include ['gone.html', 'nowhere.html'] %}", 2,
     "none of these templates is there: `gone.html`, `nowhere.html`."),
    ("\n{% include ['gone.html'] %}", 2, "there is no template `gone.html`."),
    ("\n{% include [] %}", 2, "the list of templates is empty"),
    ("\n{{ page.title|shout }}", 2, "No filter named 'shout'"),
    ("{% from 'm.html' import f %}\n{{ f(1) }}", 3, "'int object' has no attribute 'text'"),
])  # fmt: skip
def test_fault_names_template_and_line(
    layers: dict[str, Path], source: str, line: int, message: str
) -> None:
    found = templates(
        layers,
        site__page=source,
        default__m="{% macro f(x) %}\n\n{{ x.text }}{% endmacro %}",
        default__whole="{% extends 'page.html' %}",
    )
    with pytest.raises(TemplateFault) as caught:
        found.render(PAGE)
    assert message in caught.value.message
    assert (caught.value.template, caught.value.line) == (
        "m.html" if "'m.html'" in source else "page.html",
        line,
    )
    assert "\n" not in str(caught.value)


def test_template_that_is_not_utf8(layers: dict[str, Path]) -> None:
    (layers["site"] / "page.html").write_bytes(b"caf\xe9")
    for ask in (lambda t: t.render(PAGE), lambda t: t.digest("page.html")):
        with pytest.raises(TemplateFault, match="save it as UTF-8"):
            ask(templates(layers))


CHAIN = {
    "default__page": '{% extends "base.html" %}{% from "m.html" import f %}', "default__base": '{% include "part.html" %}',
    "default__part": "part", "default__m": "{% macro f() %}{% endmacro %}", "default__other": "other",
}  # fmt: skip


@pytest.mark.parametrize(("change", "is_changed"), [
    ({}, False),
    ({"default__page": '{% extends "base.html" %}{% from "m.html" import f %}!'}, True),
    ({"default__base": 'x{% include "part.html" %}'}, True),
    ({"default__part": "new"}, True),
    ({"default__m": "{% macro f() %}x{% endmacro %}"}, True),
    ({"site__part": "overridden"}, True),
    ({"default__other": "new"}, False),
    ({"site__unused": "new"}, False),
])  # fmt: skip
def test_digest_covers_what_a_template_loads(
    layers: dict[str, Path], change: dict[str, str], is_changed: bool
) -> None:
    before = templates(layers, **CHAIN).digest("page.html")
    assert len(before) == 16
    assert (templates(layers, **(CHAIN | change)).digest("page.html") != before) is is_changed


def test_digest_of_a_dynamic_include_covers_all(layers: dict[str, Path]) -> None:
    files = {"default__page": "{% include page.kind ~ '.html' %}", "default__other": "old"}
    before = templates(layers, **files).digest("page.html")
    assert templates(layers, **(files | {"default__other": "new"})).digest("page.html") != before


def test_digest_of_a_missing_include_changes_when_it_comes(layers: dict[str, Path]) -> None:
    files = {"default__page": "{% include 'x.html' ignore missing %}"}
    before = templates(layers, **files).digest("page.html")
    assert templates(layers, **files, site__x="here").digest("page.html") != before


@pytest.mark.parametrize(("source", "expected"), [
    ("{% memo 1 %}a{% endmemo %}{% memo 1 %}b{% endmemo %}", "ab"),
    ("{% memo 1 %}a{% memo 1 %}b{% endmemo %}{% endmemo %}", "ab"),
    ("{% for x in 'abc' %}{% memo 1 %}{{ x }}{% endmemo %}{% endfor %}", "aaa"),
    ("{% for x in 'aba' %}{% memo x, 1 %}{{ x }}{{ loop.index }}{% endmemo %}{% endfor %}", "a1b2a1"),
    ("{% for x in 'aba' %}{% memo page|same, x %}{% set y = x %}{{ x }}{{ y }}{{ loop.index }}{% endmemo %}{% endfor %}", "aa1bb2aa1"),
    ("{% set x = 1 %}{% memo 1 %}{% set x = 2 %}{{ x }}{% endmemo %}{{ x }}", "21"),
    ("{% for x in 'aba' %}{% memo x, {'key': 1}.key %}{{ x }}{{ loop.index }}{% endmemo %}{% endfor %}", "a1b2a1"),
    ("{% macro n(x) %}{% memo x %}<{{ x|upper }}>{% endmemo %}{% endmacro %}{{ n('<') }}{{ n('a') }}{{ n('<') }}", "<&lt;><A><&lt;>"),
    ("{% import 'm.html' as m %}{{ m.f() }}{% memo 1 %}b{% endmemo %}", "mb"),
])  # fmt: skip
def test_a_memo_is_known_by_its_place_and_its_key(
    layers: dict[str, Path], source: str, expected: str
) -> None:
    other = "{% macro f() %}{% memo 1 %}m{% endmemo %}{% endmacro %}"
    assert templates(layers, site__page=source, default__m=other).render(PAGE).decode() == expected


@pytest.mark.parametrize(("lang", "value", "form", "expected"), [
    ("en", "2021-01-26", "long", "26 January 2021"),
    ("en", "2021-01-26", "short", "26 Jan 2021"),
    ("en", "2021-01", "long", "January 2021"),
    ("en", "2021-01", "short", "Jan 2021"),
    ("en", "2021", "long", "2021"),
    ("en-US", "2021-01-26", "long", "January 26, 2021"),
    ("de", "2021-01-26", "long", "26. Januar 2021"),
    ("de", "2021-01-26", "short", "26. Jan. 2021"),
    ("ru", "2021-01-26", "long", "26 января 2021"), ("ru", "2021-01", "short", "янв. 2021"), ("ru", "2021", "long", "2021"),
    ("uk", "2021-01-26", "long", "26 січня 2021"), ("bg", "2021-01-26", "long", "26 януари 2021"),
    ("ja", "2021-01-26", "long", "2021年1月26日"),
    ("zh-Hant-XX", "2021-01", "long", "2021年1月"),
    ("qqq", "2021-01-26", "long", "2021-01-26"),
    ("", "2021-01-26", "long", "2021-01-26"),
    ("en", "2021-01-26T18:00:00+03:00", "long", "26 January 2021"),
])  # fmt: skip
def test_dates(layers: dict[str, Path], lang: str, value: str, form: str, expected: str) -> None:
    date = Day(value) if len(value) <= 10 else Instant(value)
    found = templates(layers, site__page="{{ page.updated|date('" + form + "') }}").render(
        replace(PAGE, lang=lang, updated=date)
    )
    assert found.decode().replace("\xa0", "\u202f") == f'<time datetime="{value}">{expected}</time>'


@pytest.mark.parametrize(("lang", "expression", "expected"), [
    ("en", "'1550'|number", "1,550"), ("en", "1550|number", "1,550"), ("de", "1550|number", "1.550"),
    ("en", "'18 a year'|number", "18 a year"), ("en", "'٣'|number", "٣"), ("qqq", "1550|number", "1550"),
    ("en", "_('Sources')", "Sources"), ("en", "_('100%% of %(x)s', x='<')", "100% of &lt;"), ("en", "_('100%%')", "100%"),
    ("en", "_('%(x)s, %(y)s, %(x)s', x='<', y=2)", "&lt;, 2, &lt;"), ("en", "_('no %(x)s', x='<')|upper", "NO &LT;"),
    ("en", "['a', 'b']|join(_(', '))", "a, b"), ("en", "pgettext('status', 'In %(x)s', x='force')", "In force"),
    ("en", "_('by %(x)s', **{'x': 'y'})", "by y"), ("en", "_(('a', 'b')[1])", "b"), ("en", "_('')", ""),
    ("en", "ngettext('%(num)d note', '%(num)d notes', 1)", "1 note"),
    ("en", "ngettext('%(num)d note', '%(num)d notes', 2)", "2 notes"),
    ("en", "'<b>'", "&lt;b&gt;"), ("en", "lipsum is defined", "False"),
])  # fmt: skip
def test_words(layers: dict[str, Path], lang: str, expression: str, expected: str) -> None:
    assert rendered(layers, "{{ " + expression + " }}", lang) == expected


@pytest.mark.parametrize(("url", "is_safe"), [
    ("https://example.org/a?b#c", True), ("HTTP://example.org", True), ("mailto:a@example.org", True),
    ("javascript:alert(1)", False), ("JaVaScRiPt:alert(1)", False), ("data:text/html,x", False), (" https://x.org", False),
    ("https://x.org/\nx", False), ("java\tscript:x", False), ("//example.org", False), ("/a/", False), ("https:", False),
    ("vbscript:x", False), ("", False), (None, False), ("https://x.org/a b", False),
])  # fmt: skip
def test_safe_url(url: str | None, is_safe: bool) -> None:
    assert safe_url(url) == (url if is_safe else None)


@pytest.mark.parametrize(("url", "host"), [
    ("https://www.example.org/a", "example.org"), ("https://Example.org:80", "example.org"), ("nothing", ""),
    ("https://[broken", ""), ("mailto:a@b.org", ""),
])  # fmt: skip
def test_domain(url: str, host: str) -> None:
    assert domain(url) == host
