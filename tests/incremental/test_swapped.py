"""Folders put in the place of others by a rename, at any moment: the next build sees it.

A rename changes nothing of the files in a folder, not even their times, so only the folder tells.
"""

from __future__ import annotations

import os
import shutil
import time
from types import SimpleNamespace

import pytest
from desk import write_desk
from site_tester import png
from world import tree_of

from briefgen.build import theme
from briefgen.build.options import BuildOptions
from briefgen.build.pipeline import build

END = '{% extends "!theme/source.html" %}{% block end %}WORDS{% endblock %}'
PO = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "Home"\nmsgstr "WORDS"\n'
CITED = "---\ntitle: Cited\ndate: 2022-02-02\narticle: ../../ARTICLES/a.txt\n---\n"

FOLDERS = {
    "templates": ("source.html", END),
    "themes/dossier": ("templates/source.html", END.replace("!theme", "!default")),
    "locale": ("en.po", PO),
    "themes/dossier/static": ("more.css", "q { content: 'WORDS' }"),
    "content/briefings": ("2022-03-03-more.md", "---\ntitle: WORDS\ndate: 2022-03-03\n---\nx.\n"),
    "content/entities": ("oslo.yml", "- {id: oslo, kind: place, name: Oslo, description: WORDS}"),
    "content/pages": ("more.md", "---\ntitle: More\n---\nWORDS.\n"),
    "content/static": ("words.txt", "WORDS"),
    "seeds": ("a.txt", "An article of WORDS.\n"),
    "elsewhere/deep": ("a.txt", "An article of WORDS.\n"),
}
"""Folders, and in each a file that says which of two it is."""

STAGES = ["scan", "load", "study", "render", "write"]


@pytest.fixture
def site(tmp_path):
    return write_desk(tmp_path / "desk")


def test_what_a_first_build_keeps_beside_its_theme_is_no_change(site, tmp_path, monkeypatch):
    """The compiled templates of a new installation: the next build finds nothing to do all the same."""
    package = tmp_path / "briefgen"
    copied = shutil.ignore_patterns("__pycache__")
    shutil.copytree(theme.built_in_theme(), package / "themes/dossier", ignore=copied)
    monkeypatch.setattr(theme, "briefgen", SimpleNamespace(__file__=str(package / "__init__.py")))
    time.sleep(0.1)
    site.built(jobs=1)
    assert list(package.rglob("__pycache__"))
    site.built(jobs=1)
    assert site.result.stats.seconds.keys() == {"scan"}, "nothing was loaded, let alone linked"


def prepare(site, folder: str, *, is_linked: bool):
    """Make the folder and its other version, of files that have long been at rest."""
    name, text = FOLDERS[folder]
    if name == "a.txt":
        site.file("content/briefings/cited.md", CITED.replace("ARTICLES", folder))
    now, other = site.root / folder, site.root / "other"
    now.mkdir(parents=True, exist_ok=True)
    shutil.copytree(now, other)
    site.file(f"{folder}/{name}", text.replace("WORDS", "these"))
    site.file(f"other/{name}", text.replace("WORDS", "those"))
    if is_linked:
        now.rename(site.root / "first")
        now.symlink_to(site.root / "first")
    time.sleep(0.1)


def swap(site, folder: str, *, is_linked: bool) -> None:
    """Put the other version in the place of the one, and that in its."""
    now, other, between = site.root / folder, site.root / "other", site.root / "between"
    if is_linked:
        target = "other" if now.readlink().name == "first" else "first"
        between.symlink_to(site.root / target)
        between.replace(now)
    else:
        now.rename(between)
        other.rename(now)
        between.rename(other)


def build_with(site, stage: str, act) -> None:
    """Build, and do something at the beginning of a stage."""

    def tell(name: str, done: int, _total: int) -> None:
        if name == stage and not done:
            act()

    assert build(BuildOptions(root=site.root, as_of=site.as_of, jobs=1), progress=tell).ok


def is_right(site, twin) -> None:
    """The next build gives what one without a past gives."""
    for _ in range(2):
        site.built(jobs=1)
        shutil.rmtree(twin, ignore_errors=True)
        shutil.copytree(site.root, twin, ignore=shutil.ignore_patterns("site", ".briefgen"))
        clean = type(site)(twin, as_of=str(site.as_of)).built(jobs=1)
        assert tree_of(site.root / "site") == tree_of(clean.root / "site")
        assert site.diagnostics == clean.diagnostics


@pytest.mark.parametrize("is_linked", [False, True])
@pytest.mark.parametrize("folder", FOLDERS)
def test_swapped_between_builds(folder, is_linked, site, tmp_path):
    prepare(site, folder, is_linked=is_linked)
    site.built(jobs=1)
    swap(site, folder, is_linked=is_linked)
    is_right(site, tmp_path / "twin")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("stage", "is_linked"), [*((stage, False) for stage in STAGES), ("render", True)]
)
@pytest.mark.parametrize("folder", FOLDERS)
def test_swapped_during_a_build(folder, is_linked, stage, site, tmp_path):
    prepare(site, folder, is_linked=is_linked)
    build_with(site, stage, lambda: swap(site, folder, is_linked=is_linked))
    is_right(site, tmp_path / "twin")


def replaced(file, data, _before) -> None:
    """As editors save: another file in its place."""
    other = file.with_name(f".{file.name}.swp")
    other.write_bytes(data)
    other.replace(file)


def written_over(file, data, before) -> None:
    """In place, as many bytes, and its time put back."""
    with file.open("r+b") as target:
        target.write(data)
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


FILES = {
    "content/briefings/2022-05-01-quiet.md": (b"was said", b"was sung"),
    "content/entities/people.yml": (b"An American", b"My American"),
    "content/treaties/new-start.md": (b"It limits", b"He limits"),
    "content/sources/sources.yml": (b"At the lake", b"By the lake"),
    "content/topics/topics.yml": (b"Arms control", b"Army control"),
    "content/pages/about.md": (b"We read", b"He read"),
    "content/static/robot.txt": (b"hello", b"hallo"),
    "content/briefings/plane.png": (png(40, 30)[16:24], png(40, 31)[16:24]),  # its size
    "seeds/a.txt": (b"these", b"those"),
    "templates/source.html": (b"these", b"those"),
    "themes/dossier/static/more.css": (b"these", b"those"),
    "locale/en.po": (b"these", b"those"),
    "briefgen.yml": (b"Of treaties", b"On treaties"),
}
"""Files, and for a word of each another one."""


@pytest.mark.slow
@pytest.mark.parametrize("is_put_back", [False, True])
@pytest.mark.parametrize("write", [replaced, written_over])
@pytest.mark.parametrize("stage", STAGES)
def test_files_written_during_a_build(stage, write, is_put_back, site, tmp_path):
    for folder in ("seeds", "templates", "locale", "themes/dossier/static"):
        name, text = FOLDERS[folder]
        site.file(f"{folder}/{name}", text.replace("WORDS", "these"))
    site.file("content/briefings/cited.md", CITED.replace("ARTICLES", "seeds"))
    known = {}
    for path, (old, new) in FILES.items():
        file = site.root / path
        data = file.read_bytes()
        assert old in data
        known[file] = (data, data.replace(old, new, 1), file.stat())
    time.sleep(0.06)
    waiting = dict(known)

    def edit() -> None:
        while waiting:
            file, (_, data, before) = waiting.popitem()
            write(file, data, before)

    build_with(site, stage, edit)
    if is_put_back:
        for file, (data, _, before) in known.items():
            write(file, data, before)
    is_right(site, tmp_path / "twin")


@pytest.mark.slow
@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("folder", FOLDERS)
def test_swapped_during_a_build_and_back_afterwards(folder, stage, site, tmp_path):
    prepare(site, folder, is_linked=False)
    build_with(site, stage, lambda: swap(site, folder, is_linked=False))
    swap(site, folder, is_linked=False)
    is_right(site, tmp_path / "twin")


@pytest.mark.parametrize("folder", FOLDERS)
def test_moved_out_of_the_site_and_linked_to(folder, site, tmp_path):
    """Its files are as they were, and may not be read any more."""
    prepare(site, folder, is_linked=False)
    site.built(jobs=1)
    outside = tmp_path / "outside"
    (site.root / folder).rename(outside)
    (site.root / folder).symlink_to(outside)
    shutil.copytree(
        site.root,
        tmp_path / "twin",
        ignore=shutil.ignore_patterns("site", ".briefgen"),
        symlinks=True,
    )
    clean = type(site)(tmp_path / "twin", as_of=str(site.as_of)).build(jobs=1)
    site.build(jobs=1)
    assert site.result.ok == clean.result.ok
    assert site.diagnostics == clean.diagnostics
    if site.result.ok:
        assert tree_of(site.root / "site") == tree_of(clean.root / "site")
