"""The Nu HTML checker on every page and style sheet of the demonstration site."""

import pytest
from site_tester import PROJECT, SiteTest

from tools.markup import documents, errors, missing

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def _checker():
    if lacking := missing():
        pytest.skip(lacking)


def test_the_demonstration_site_has_no_error(tmp_path):
    site = SiteTest(tmp_path)
    for name in ("briefgen.yml", "content", "seeds"):
        site.copy(PROJECT / name, name)
    paths = documents(site.built(strict=True).output.folder)
    assert len(paths) > 100
    assert {path.rpartition(".")[2] for path in paths} == {"html", "css"}
    assert errors(paths) == []


def test_what_is_wrong_is_found(tmp_path):
    page = '<!doctype html><html lang="en"><title>A</title><p><div></div></p></html>'
    (tmp_path / "a.html").write_text(page)
    (tmp_path / "a.css").write_text("a { colr: red }")
    (tmp_path / "pagefind").mkdir()
    (tmp_path / "pagefind" / "b.css").write_text("a { colr: red }")
    found = errors(documents(tmp_path))
    assert [line for line in found if "a.css" in line and "colr" in line]
    assert [line for line in found if "a.html" in line]
    assert not [line for line in found if "b.css" in line]
