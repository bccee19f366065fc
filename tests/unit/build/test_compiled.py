"""The code of the built-in templates is kept, that of a site's own never."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader

import briefgen
from briefgen.build import compiled
from briefgen.build.compiled import CompiledTemplates, KnownReferences
from briefgen.render import environment as environments

SOURCE = "{% extends 'base.html' %}{% include page.kind %}"


@pytest.fixture
def built_in(tmp_path):
    folder = tmp_path / "theme" / "templates"
    folder.mkdir(parents=True)
    (folder / "page.html").write_text("built in")
    return folder


@pytest.fixture
def own(tmp_path):
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "own.html").write_text("own")
    return folder


def rendered(folders, name: str, language: str = "en") -> tuple[str, bool]:
    """What a template gives, and whether it had to be compiled for that."""
    made_anew: list[str | None] = []

    class Counting(Environment):
        def compile(self, source, name=None, *rest, **more):
            made_anew.append(name)
            return super().compile(source, name, *rest, **more)

    made = Counting(
        loader=FileSystemLoader(folders),
        bytecode_cache=CompiledTemplates(folders[-1], language, b""),
    )
    return made.get_template(name).render(), bool(made_anew)


def kept(built_in: Path) -> list[str]:
    folder = built_in.parent / "__pycache__"
    return (
        sorted(file.name.rpartition(".")[0] for file in folder.glob("*")) if folder.exists() else []
    )


def test_code_that_another_state_of_briefgen_made_is_made_anew(built_in, monkeypatch, tmp_path):
    assert rendered([built_in], "page.html") == ("built in", True)
    monkeypatch.setattr(compiled, "_MADE_BY", "another")
    assert rendered([built_in], "page.html") == ("built in", True)
    assert rendered([built_in], "page.html") == ("built in", False)


def test_a_state_of_briefgen_is_told_by_what_makes_the_code(tmp_path):
    told = [compiled._signatures(tmp_path)]
    for name in compiled._MAKERS:
        assert (Path(briefgen.__file__).parent / "render" / name).is_file()
        (tmp_path / name).write_text("one = 1\n")
        told.append(compiled._signatures(tmp_path))
    assert len({*told}) == len(told)


def test_code_is_compiled_once(built_in, own):
    assert rendered([own, built_in], "page.html") == ("built in", True)
    assert rendered([own, built_in], "page.html") == ("built in", False)
    assert kept(built_in) == ["page.html.en"]
    assert rendered([own, built_in], "page.html", "de") == ("built in", True)


def test_code_of_another_source_is_not_used(built_in, own):
    rendered([own, built_in], "page.html")
    (built_in / "page.html").write_text("changed")
    assert rendered([own, built_in], "page.html") == ("changed", True)


@pytest.mark.parametrize("size", [0, 3, 16, 20])
def test_damaged_code_is_made_anew(built_in, own, size):
    rendered([own, built_in], "page.html")
    (file,) = (built_in.parent / "__pycache__").glob("*")
    file.write_bytes(file.read_bytes()[:size])
    assert rendered([own, built_in], "page.html") == ("built in", True)
    assert rendered([own, built_in], "page.html") == ("built in", False)


def test_code_of_a_site_is_never_kept(built_in, own):
    for _ in range(2):
        assert rendered([own, built_in], "own.html") == ("own", True)
    assert kept(built_in) == []
    assert [
        file.name for file in own.parent.rglob("*") if file.is_file() and "cpython" in file.name
    ] == []


def test_a_folder_that_can_not_be_written_changes_nothing(built_in, own):
    (built_in.parent / "__pycache__").write_text("a file in the way")
    assert rendered([own, built_in], "page.html") == ("built in", True)


def test_references_of_the_built_in_templates_are_kept(built_in, own, monkeypatch):
    made = Environment()
    file = str(built_in / "page.html")
    found = KnownReferences(built_in).of(SOURCE, file, made)
    assert found.templates == ("base.html", None)
    monkeypatch.setattr(Environment, "parse", None)
    assert KnownReferences(built_in).of(SOURCE, file, made) == found
    with pytest.raises(TypeError):
        KnownReferences(built_in).of(SOURCE, str(own / "page.html"), made)


def test_templates_without_it_read_and_write_no_code(built_in, own, monkeypatch):
    """Rendering asks for templates and nothing else; whoever builds hands it what is kept."""
    view_like = environments.Templates([own, built_in])
    view_like._environment("en").get_template("page.html").render()
    view_like.digest("page.html")
    assert kept(built_in) == []
    known = environments.Templates(
        [own, built_in], partial(CompiledTemplates, built_in), KnownReferences(built_in).of
    )
    known._environment("en").get_template("page.html").render()
    known.digest("page.html")
    assert kept(built_in) == ["page.html.en", "references"]
