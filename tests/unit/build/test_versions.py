"""The versions of libraries are what importlib.metadata says they are, without loading it."""

import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version

import pytest

from briefgen.build.versions import LIBRARIES, installed_versions


def test_they_are_what_the_standard_library_says():
    assert installed_versions(LIBRARIES) == {name: version(name) for name in LIBRARIES}


def test_the_first_folder_wins_and_names_are_normalised(tmp_path, monkeypatch):
    (tmp_path / "a/Some_Library-2.0.dist-info").mkdir(parents=True)
    (tmp_path / "b/some.library-1.0.dist-info").mkdir(parents=True)
    monkeypatch.setattr(sys, "path", [str(tmp_path / one) for one in ("missing", "a", "b")])
    assert installed_versions(["some-library"]) == {"some-library": "2.0"}


def test_one_that_lies_there_in_another_form_is_asked_about(tmp_path, monkeypatch):
    info = tmp_path / "old.egg-info"
    info.mkdir()
    (info / "PKG-INFO").write_text("Metadata-Version: 2.1\nName: old\nVersion: 3.0\n")
    monkeypatch.syspath_prepend(tmp_path)
    assert installed_versions(["old"]) == {"old": "3.0"}


def test_one_that_is_not_installed():
    with pytest.raises(PackageNotFoundError):
        installed_versions(["no-such-library"])


def test_nothing_is_loaded_for_it():
    code = (
        "import sys; from briefgen.build.cache import header; header(); "
        "print(sorted({'email', 'importlib.metadata'} & set(sys.modules)))"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout == "[]\n"
