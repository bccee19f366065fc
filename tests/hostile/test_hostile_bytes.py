"""Any bytes in any file of a site: what is wrong is told, and nothing is raised."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from site_tester import SiteTest

from briefgen.build.errors import BuildStop
from briefgen.model.diagnostics import RULES

FILES = {
    "content/briefings/x.md": b"---\ntitle: T\ndate: 2021-01-26\narticle: ../../seeds/x.txt\n"
    b"annotations:\n- {quote: Words, note: 'See [[e]].[^s]', sources: [s]}\n---\n## Why\n\nWords.\n",
    "content/briefings/y.md": b"---\ntitle: Y\ndate: 2021-01-27\n---\nSee [[x]] and E.[^s]\n",
    "content/pages/p.md": b"---\ntitle: P\n---\nWords of E.\n",
    "content/entities/e.md": b"---\nname: E\nkind: organization\nroles: [{title: T, from: 2020}]\n---\nIt.\n",
    "content/entities/f.yml": b"- {id: f, name: F, kind: term, aliases: [G, {text: h, case: any}]}\n",
    "content/treaties/r.yml": b"- id: r\n  name: R\n  parties: [{entity: e}]\n  events:\n"
    b"  - {date: 2001-01-01, type: in-force, until: 2002, sources: [s]}\n",
    "content/sources/s.yml": b"s: {title: S, url: 'https://e.org/', published: 2020}\n",
    "content/sources/c.json": b'[{"id": "c", "title": "C", "issued": {"date-parts": [[2020, 1]]}}]',
    "content/sources/b.bib": b"@book{b, title = {B}, author = {A and C}, year = 2020}\n",
    "content/topics/t.yml": b"- {id: t, name: T}\n",
    "seeds/x.txt": b"Words of the article.\n\nMore of E.\n",
    "briefgen.yml": b"title: A site\nurl: https://e.org/\nnav: [briefings, {It: p}]\n",
}

PIECES = [
    b"---\n", b"\n", b": ", b"- ", b"[", b"]", b"{", b"}", b"*a", b"&a ", b"!!str ", b"|\n", b">",
    b"'", b'"', b"#", b"\t", b"  ", b"```", b"[[", b"]]", b"[^", b"[@", b"](", b"![", b"<", b"&",
    b"\\", b"@", b"%", b"title: ", b"date: ", b"id: ", b"2021-01-26", b"0", b"-1", b"null", b"true",
    b"\xff", b"\x00", b"\xef\xbb\xbf", b"\r", "é漢\u202e\u2028".encode(), b"\x07", b"$", b"~", b",",
]  # fmt: skip


@st.composite
def damaged(draw, data: bytes) -> bytes:
    """A file with a few pieces of others put in, taken out or put in the place of something."""
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data)))
        end = draw(st.integers(start, min(len(data), start + draw(st.sampled_from([0, 1, 9, 99])))))
        piece = draw(st.sampled_from(PIECES) | st.binary(max_size=8))
        data = data[:start] + piece * draw(st.sampled_from([1, 1, 3])) + data[end:]
    return data


def check(path: str, data: bytes) -> None:
    with TemporaryDirectory() as folder:
        site = SiteTest(Path(folder))
        for name, text in FILES.items():
            site.file(name, data if name == path else text)
        try:
            site.build(jobs=1)
        except BuildStop as stop:  # what the command line shows without a traceback
            assert stop.message  # noqa: PT017
            return
        assert site.result.ok or any(one.level == "error" for one in site.diagnostics)
        for one in site.diagnostics:
            assert one.code in RULES
            assert one.message
            assert one.place.path


def test_the_files_themselves_are_sound():
    with TemporaryDirectory() as folder:
        site = SiteTest(Path(folder))
        for name, text in FILES.items():
            site.file(name, text)
        assert site.built(jobs=1).codes <= {"unsourced-annotation", "event-order", "party-unclear"}


@pytest.mark.slow
@pytest.mark.parametrize("path", FILES)
@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_a_damaged_file_never_gives_a_traceback(path, data):
    check(path, data.draw(damaged(FILES[path])))


@pytest.mark.slow
@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(sorted(FILES)), st.binary(max_size=300) | st.text(max_size=300))
def test_any_bytes_never_give_a_traceback(path, data):
    check(path, data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data)
