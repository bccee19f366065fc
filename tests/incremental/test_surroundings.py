"""What a build reads of the machine, beside the site: when it changes, the next build sees it."""

from __future__ import annotations

import shutil
import sys
import time
import zoneinfo
from pathlib import Path
from types import SimpleNamespace

import pytest
from desk import write_desk
from edits import swap
from world import tree_of

from briefgen.build import pagefind, search, versions
from briefgen.build.zones import zone_digest

QUIET = "content/briefings/2022-05-01-quiet.md"
BIBTEX = "@book{sagan, title={Cosmos}, author={Sagan, Carl}, year={1980}}\n"


@pytest.fixture
def site(tmp_path):
    return write_desk(tmp_path / "desk")


def built_at_rest(site):
    """Build with all files at rest, so that the next build may take every short way."""
    time.sleep(0.06)
    return site.built(jobs=1)


def is_as_if_built_anew(site) -> bool:
    """Whether the output and what was said are what a build without a cache gives."""
    told, found = site.diagnostics, tree_of(site.root / "site")
    site.build(clean=True, jobs=1)
    return site.diagnostics == told and tree_of(site.root / "site") == found


@pytest.fixture
def zones(tmp_path, monkeypatch):
    """A folder of data of time zones of our own, of which "Europe/Berlin" is one."""
    folder = tmp_path / "zones"
    (folder / "Europe").mkdir(parents=True)
    before = zoneinfo.TZPATH
    zoneinfo.reset_tzpath([folder])

    def put(name: str) -> None:
        found = next((Path(one, name) for one in before if Path(one, name).is_file()), None)
        if found is None:
            pytest.skip("the system has no data of time zones")
        shutil.copy(found, folder / "Europe/Berlin")
        zoneinfo.ZoneInfo.clear_cache()

    yield put
    zoneinfo.reset_tzpath(before)
    zoneinfo.ZoneInfo.clear_cache()


def test_the_data_of_a_time_zone(site, zones):
    zones("Europe/Berlin")
    swap("briefgen.yml", "title:", "timezone: Europe/Berlin\ntitle:")(site)
    swap(QUIET, "title:", "published: 2022-05-01T22:30:00Z\ntitle:")(site)
    built_at_rest(site)
    assert "2 May 2022" in site.page("briefings/quiet/").html
    zones("Etc/GMT+9")
    site.built(jobs=1)
    assert "2 May 2022" not in site.page("briefings/quiet/").html
    assert is_as_if_built_anew(site)
    assert built_at_rest(site).rendered == set(), "and it is noted"


def test_a_zone_without_data_of_its_own_has_no_digest(zones):
    zones("Europe/Berlin")
    assert zone_digest("Europe/Berlin")
    assert zone_digest("Europe/Paris") == b""


def test_a_library_that_is_installed_later(site, monkeypatch):
    """Until then its file is in error; the error must not be remembered."""
    pytest.importorskip("bibtexparser")
    site.file("content/sources/more.bib", BIBTEX)
    with monkeypatch.context() as patch:
        patch.setitem(sys.modules, "bibtexparser", None)
        patch.setattr(versions, "versions_if_any", lambda names: dict.fromkeys(names, ""))
        assert "file-unreadable" in site.build(jobs=1).codes
    site.built(jobs=1)
    assert "sources/sagan/" in site.rendered


def test_another_version_of_a_library_that_not_everybody_has(site, monkeypatch):
    built_at_rest(site)
    monkeypatch.setattr(versions, "versions_if_any", lambda _names: {"bibtexparser": "99"})
    assert site.built(jobs=1).rendered


def test_another_version_of_pagefind_indexes_anew(site, monkeypatch):
    """Also where no page has changed."""

    def index(_program, _pages, output, _root, _excluded, *, as_file):
        output.mkdir()
        (output / "pagefind.js").write_text(search.program_version() + str(as_file))

    monkeypatch.setattr(pagefind, "find_program", lambda: Path("pagefind"))
    monkeypatch.setattr(search, "run_pagefind", index)
    swap("briefgen.yml", "title:", "search: true\ntitle:")(site)
    built_at_rest(site)
    monkeypatch.setattr(search, "program_version", lambda: "pagefind-bin 99")
    monkeypatch.setattr(versions, "versions_if_any", lambda _names: {"pagefind-bin": "99"})
    site.built(jobs=1)
    assert "99" in (site.root / "site/pagefind/pagefind.js").read_text()


@pytest.mark.parametrize("name", ["site-packages", "dist-packages"])
def test_another_state_of_the_same_version(name, site, tmp_path, monkeypatch):
    """Installed from a checkout, twice, with work in between: the list of files tells."""
    package = tmp_path / name / "briefgen"
    record = tmp_path / name / "briefgen-1.dist-info/RECORD"
    for folder in (package, record.parent):
        folder.mkdir(parents=True)
    own = SimpleNamespace(__version__="1", __file__=str(package / "__init__.py"))
    monkeypatch.setattr(versions, "briefgen", own)
    record.write_text("briefgen/__init__.py,sha256=abc,1\n")
    built_at_rest(site)
    record.write_text("briefgen/__init__.py,sha256=abc,1\n")
    assert built_at_rest(site).rendered == set()
    record.write_text("briefgen/__init__.py,sha256=def,1\n")
    assert site.built(jobs=1).rendered
