from __future__ import annotations

import pytest

from briefgen.load.addresses import old_address_problem
from briefgen.load.records import load_briefing, load_data_file


def of_briefing(front):
    return load_briefing(f"---\ntitle: T\ndate: 2021-01-26\n{front}\n---\n", "x.md").diagnostics


@pytest.mark.parametrize(
    ("front", "codes"),
    [
        ("annotations: [{quote: q, note: n}]", []),
        ("annotations: [{quote: q, sources: [s]}]", []),
        ("annotations: [{quote: q}]", ["missing-key"]),
        ("annotations: [{quote: q, note: '  '}]", ["missing-key"]),
        ("annotations: [{quote: q, sources: []}]", ["missing-key"]),
        ("annotations: [{quote: ' \t', note: n}]", ["invalid-value"]),
        ("annotations: [{quote: '', note: n}]", ["invalid-value"]),
        ("annotations: [{quote: q, note: n, occurrence: 1}]", []),
        ("annotations: [{quote: q, note: n, occurrence: 0}]", ["invalid-value"]),
        ("annotations: [{quote: q, note: n, occurrence: -1}]", ["invalid-value"]),
        ("annotations: [{quote: q, note: n, occurrence: 1000001}]", ["invalid-value"]),
        ("annotations: [{quote: q, note: n, id: a b}]", ["invalid-id"]),
        ("annotations: [{quote: q, note: n, id: a}, {quote: r, note: n, id: a}]", ["duplicate-id"]),
        ("sources: {s: {title: T}}", []),
        ("sources: {s: {publisher: P}}", []),
        ("sources: {s: {descriptor: D}}", ["missing-key"]),
        ("sources: {s: {title: '', publisher: ' '}}", ["missing-key"]),
        ("sources: {s t: {title: T}}", ["invalid-id"]),
        ("sources: {s: {title: T, url: /u, archive_url: /a, archive_date: 2021}}", []),
        ("sources: {s: {title: T, url: /u, archive_url: /a}}", ["archive-incomplete"]),
        ("sources: {s: {title: T, url: /u, archive_date: 2021}}", ["archive-incomplete"]),
        ("sources: {s: {title: T, archive_url: /a, archive_date: 2021}}", ["archive-incomplete"]),
        ("origin: {archive_url: /a}", ["archive-incomplete"]),
        (f"origin: {{sha256: {'0aF' * 21}1}}", []),
        (f"origin: {{sha256: {'0' * 63}}}", ["invalid-value"]),
        ("origin: {sha256: md5}", ["invalid-value"]),
        ("topics: [arms-control, Контроль]", []),
        ("topics: [arms control]", ["invalid-id"]),
        ("topics: ['../x']", ["invalid-id"]),
        ("id: con", ["invalid-id"]),
        ("slug: a/b", ["invalid-id"]),
        ("slug: ''", ["invalid-id"]),
        ("lang: no", []),
        ("lang: zh-Hans", []),
        ("lang: en_US", ["invalid-value"]),
        ("lang: '\"><script>'", ["invalid-value"]),
        ("translations: {ru: x}", []),
        ("translations: {russian language: x}", ["invalid-value"]),
        ("moved_from: [old/address/]", []),
        ("moved_from: [/old/, ok, ../up]", ["invalid-value", "invalid-value"]),
    ],
)
def test_briefing(front, codes):
    assert [d.code for d in of_briefing(front)] == codes


def test_places():
    (found,) = of_briefing("annotations:\n  - quote: q\n    note: n\n    id: a b")
    assert (found.place.line, found.place.column) == (7, 9)
    (found,) = of_briefing("sources:\n  s:\n    descriptor: D")
    assert (found.place.line, found.place.column) == (5, 3)
    (found,) = of_briefing("moved_from:\n  - ok\n  - /old/")
    assert (found.place.line, found.place.column) == (6, 5)


def test_a_title_that_is_blank():
    (found,) = load_briefing("---\ntitle: ' '\ndate: 2021-01-26\n---\n", "x.md").diagnostics
    assert (found.code, found.message) == ("invalid-value", "`title` is blank.")


@pytest.mark.parametrize(
    ("kind", "entry", "codes"),
    [
        ("entities", "kind: person, aliases: [A, {text: B}], names: {ru: Б}", []),
        ("entities", "kind: person, aliases: [A, '']", ["invalid-value"]),
        ("entities", "kind: person, aliases: [{text: ' '}]", ["invalid-value"]),
        ("entities", "kind: person, names: {ru: ''}", ["invalid-value"]),
        ("entities", "kind: person, names: {Russian name: B}", ["invalid-value"]),
        ("entities", "kind: person, roles: [{title: T, from: 2021, to: 2021-05}]", []),
        ("entities", "kind: person, roles: [{title: T, from: 2021, to: 2020}]", ["invalid-value"]),
        ("entities", "kind: person, links: [{url: 'data:x'}]", ["refused-scheme"]),
        ("treaties", "parties: [{entity: a}, {name: B}]", []),
        ("treaties", "parties: [{}, {name: }]", ["missing-key", "missing-key"]),
        ("treaties", "events: [{date: 2021, type: note, count: 0}]", []),
        ("treaties", "events: [{date: 2021, type: note, count: -1}]", ["invalid-value"]),
        ("treaties", "events: [{date: 2021, type: note, count: 1.5}]", ["invalid-value"]),
        ("treaties", f"events: [{{date: 2021, type: note, count: {'9' * 30}}}]", ["invalid-value"]),
    ],
)
def test_entities_and_treaties(kind, entry, codes):
    loaded = load_data_file(kind, f"- {{id: x, name: N, {entry}}}\n", "x.yml")
    assert [d.code for d in loaded.diagnostics] == codes


def test_refused_addresses_are_left_out():
    front = (
        "origin: {publisher: P, url: 'javascript:1'}\n"
        "sources: {s: {title: T, url: 'data:1'}, t: {title: T, url: 'https://t'}}"
    )
    file = load_briefing(f"---\ntitle: T\ndate: 2021-01-26\n{front}\n---\n", "x.md")
    assert [(d.code, d.place.line, d.place.column) for d in file.diagnostics] == [
        ("refused-scheme", 5, 30),
        ("refused-scheme", 4, 29),
    ]
    assert file.briefing.origin.url is None
    assert [source.url for source in file.briefing.sources.values()] == [None, "https://t"]
    text = "- {id: x, name: N, kind: term, links: [{url: 'a:b'}, {url: /c}]}"
    (record,) = load_data_file("entities", text, "x.yml").entities
    assert [link.url for link in record.value.links] == ["/c"]


@pytest.mark.parametrize(
    ("address", "fine"),
    [
        ("old/address/", True),
        ("old/address.html", True),
        ("old", True),
        ("2021/01/статья/", True),
        ("", False),
        ("/", False),
        ("/old/", False),
        ("../old", False),
        ("a/../../b", False),
        ("a/./b", False),
        ("a//b", False),
        ("a\\b", False),
        ("a?b", False),
        ("a#b", False),
        ("a b", False),
        ("a\0b", False),
        ("https://example.org/old/", False),
        ("javascript:x", False),
        ("C:/old", False),
        ("x" * 300, False),
        ("a%20b/", True),
        ("a b/", False),
        ("a/%2e%2e/%2E%2E/b", False),
        ("a%0Ab", False),
    ],
)
def test_old_address_problem(address, fine):
    assert (old_address_problem(address) is None) is fine


@pytest.mark.parametrize(
    ("name", "renamed", "id_"),
    [
        ("2021-01-01-con.md", "2021-01-01-a-name.md", "a-name"),
        ("con.md", "a-name.md", "a-name"),
        ("2021-01-01-First call?.MD", "2021-01-01-first-call.MD", "first-call"),
        ("2021-01-01-_x.md", "2021-01-01-x.md", "x"),
        ("2021-01-01-" + "x" * 101 + ".md", "2021-01-01-" + "x" * 100 + ".md", "x" * 100),
    ],
)
def test_the_name_that_a_file_is_to_have_can_be_an_address(name, renamed, id_):
    text = "---\ntitle: T\ndate: 2021-01-26\n---\n"
    (one,) = load_briefing(text, f"content/briefings/{name}").diagnostics
    assert one.help == f"Rename the file to `{renamed}`, or write `id: {id_}` in it."
    assert not load_briefing(text, f"content/briefings/{renamed}").diagnostics
