"""Whatever is done to a site's files, the server comes to show what a clean build makes of them.

One server lives through all of it. No browser takes part; its sockets and pages are read directly.
"""

import os
import shutil
import subprocess
import urllib.request

import pytest
from live_server import LiveServer, run
from witness import Witness, wait_until

pytestmark = pytest.mark.slow

BRIEFING = """---
title: Report {n}
date: 2024-03-{day:02}
topics: [{topic}]
---
Report {n} of the talks in Vienna. See [[report-{other}]].
"""


def report(n, topic="talks"):
    """A briefing that links to another and shares a topic with all."""
    return BRIEFING.format(n=n, day=n % 28 + 1, topic=topic, other=(n + 1) % 20)


def git(folder, *words):
    identity = ("-c", "user.name=Desk", "-c", "user.email=desk@example.org")
    subprocess.run(
        ["git", *identity, *words], cwd=folder, check=True, capture_output=True, timeout=60
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A site in a Git repository, with twenty reports beside the briefing of `briefgen init`."""
    folder = tmp_path_factory.mktemp("faults") / "site"
    assert run("init", folder.name, folder=folder.parent).returncode == 0
    for n in range(20):
        (folder / f"content/briefings/report-{n}.md").write_text(report(n), encoding="utf-8")
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "The site")
    return folder


@pytest.fixture(scope="module")
def temporary(tmp_path_factory):
    return tmp_path_factory.mktemp("private")


@pytest.fixture(scope="module")
def server(folder, temporary):
    with LiveServer(folder, temporary) as server:
        yield server
        assert server.is_running, server.said
        assert "Traceback" not in server.said
        assert "internal error" not in server.said


@pytest.fixture(scope="module")
def the_witness(folder, server, temporary, tmp_path_factory):
    return Witness(folder, server, temporary, tmp_path_factory.mktemp("clean") / "build")


@pytest.fixture
def witness(folder, server, the_witness):
    """The witness, before and after whose test the site is as it was at first."""
    the_witness.sees_a_clean_build()
    yield the_witness
    git(folder, "checkout", "-q", "-f", "main")
    git(folder, "clean", "-q", "-f", "-d")
    the_witness.sees_a_clean_build()
    assert server.is_running, server.said


@pytest.fixture
def page(folder):
    """A briefing that is edited."""
    return folder / "content/briefings/report-3.md"


NEW = report(3).replace("Vienna", "Geneva")


def vim(path, text):
    """Vim with its defaults: a swap file, a probe, the old file renamed, a new one written."""
    swap = path.with_name(f".{path.name}.swp")
    swap.write_bytes(b"b0VIM 8.2" + bytes(4087))
    probe, backup = path.with_name("4913"), path.with_name(f"{path.name}~")
    probe.touch()
    probe.unlink()
    path.rename(backup)
    with path.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    backup.unlink()
    swap.unlink()


def vim_with_a_backup_copy(path, text):
    """Vim where `backupcopy` is on: the copy stays, the file is written in place."""
    shutil.copy2(path, path.with_name(f"{path.name}~"))
    in_place(path, text)


def in_place(path, text):
    """VS Code, nano: the file is cut to nothing and written again, in two goes."""
    with path.open("w", encoding="utf-8") as file:
        file.flush()
        file.write(text[:40])
        file.flush()
        file.write(text[40:])


def emacs(path, text):
    """Emacs: a lock that leads nowhere, an auto-save file, a backup that stays."""
    lock = path.with_name(f".#{path.name}")
    lock.symlink_to("desk@host.4711:1700000000")
    saved = path.with_name(f"#{path.name}#")
    saved.write_text(text[:60], encoding="utf-8")
    path.rename(path.with_name(f"{path.name}~"))
    path.write_text(text, encoding="utf-8")
    saved.unlink()
    lock.unlink()


def atomic(path, text):
    """Kate, GNOME, sed -i: a new file beside the old one, then put in its place."""
    for name in (f"{path.name}.Xb12Qz", ".goutputstream-AB12CD", "sedKx81Qs"):
        beside = path.with_name(name)
        beside.write_text(text, encoding="utf-8")
        beside.replace(path)


def jetbrains(path, text):
    """The JetBrains editors: a new file, the old one aside, the new one into its place."""
    new, old = (path.with_name(f"{path.name}___jb_{kind}___") for kind in ("tmp", "old"))
    new.write_text(text, encoding="utf-8")
    path.rename(old)
    new.rename(path)
    old.unlink()


@pytest.mark.parametrize(
    "save",
    [vim, vim_with_a_backup_copy, in_place, emacs, atomic, jetbrains],
    ids=lambda f: f.__name__,
)
def test_every_editor_s_way_to_save(witness, page, save):
    save(page, NEW)
    witness.sees_a_clean_build()
    assert "Geneva" in (witness.served / "briefings/report-3/index.html").read_text()
    save(page, NEW.replace("Geneva", "Bern"))
    witness.sees_a_clean_build()


def test_an_editor_that_stays_open(witness, page):
    """What it leaves lying beside the file all the while is no part of the site."""
    page.with_name(f".{page.name}.swp").write_bytes(bytes(4096))
    page.with_name(f".#{page.name}").symlink_to("desk@host.4711:1700000000")
    page.with_name(f"#{page.name}#").write_text("half a th")
    page.write_text(NEW)
    witness.sees_a_clean_build()


def test_git_checkout_between_two_branches(witness, folder):
    git(folder, "checkout", "-q", "-b", "other")
    briefings = folder / "content/briefings"
    for n in range(40):
        text = report(n, topic="inspections").replace(f"[[report-{(n + 1) % 20}]]", "[[nato]]")
        (briefings / f"report-{n}.md").write_text(text)
    for n in range(5, 9):
        (briefings / f"report-{n}.md").unlink()
    (briefings / "2024").mkdir()
    (briefings / "report-11.md").rename(briefings / "2024/report-11.md")
    (folder / "content/pages").mkdir()
    (folder / "content/pages/about.md").write_text("---\ntitle: About\n---\nThis desk.\n")
    (folder / "templates").mkdir()
    (folder / "templates/topic.html").write_text(
        '{% extends "base.html" %}{% block content %}A topic{% endblock %}'
    )
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "Another")
    for branch in ("main", "other", "main", "other"):
        git(folder, "checkout", "-q", branch)
        witness.sees_a_clean_build()
    for branch in ("main", "other") * 3:
        git(folder, "checkout", "-q", branch)
    witness.sees_a_clean_build()


def test_folders_moved_out_and_in(witness, folder, tmp_path):
    briefings = folder / "content/briefings"
    year = briefings / "2024"
    (year / "march").mkdir(parents=True)
    for n in range(30, 35):
        (year / "march" / f"report-{n}.md").write_text(report(n))
    witness.sees_a_clean_build()
    year.rename(tmp_path / "2024")
    witness.sees_a_clean_build()
    (tmp_path / "2024").rename(year)
    witness.sees_a_clean_build()
    (year / "march/report-31.md").write_text(report(31).replace("Vienna", "Geneva"))
    witness.sees_a_clean_build()
    year.rename(briefings / "elsewhere")
    witness.sees_a_clean_build()
    (briefings / "elsewhere/march/report-32.md").write_text(report(32).replace("Vienna", "Bern"))
    witness.sees_a_clean_build()
    (tmp_path / "april/deep/deeper").mkdir(parents=True)
    (tmp_path / "april/deep/deeper/report-36.md").write_text(report(36))
    shutil.copytree(tmp_path / "april", briefings / "april")
    witness.sees_a_clean_build()
    (briefings / "april/deep/deeper/report-37.md").write_text(report(37))
    witness.sees_a_clean_build()


def test_a_file_in_a_folder_s_place_and_the_other_way_round(witness, page):
    text = page.read_text()
    page.unlink()
    page.mkdir()
    (page / "inner.md").write_text(report(3).replace("Report 3", "Inner"))
    witness.sees_the_errors("unknown-link")
    shutil.rmtree(page)
    page.write_text(text)
    witness.sees_a_clean_build()


@pytest.mark.parametrize("name", ["content", "seeds", "content/briefings"])
def test_a_folder_deleted_and_restored(witness, folder, page, name):
    before = {}
    for path in (folder / name).rglob("*"):
        if path.is_file():
            before[path] = path.read_bytes()
    shutil.rmtree(folder / name)
    if name == "seeds":
        witness.sees_the_errors("file-unreadable")
    else:
        witness.sees_a_clean_build()
    for path, content in before.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    witness.sees_a_clean_build()
    page.write_text(NEW)
    witness.sees_a_clean_build()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"---\ntitle: [never closed\n---\nText.\n", "yaml-syntax"),
        (b"---\ntitle: Report 3\ndate: 2024-03-04\ntopics: {a: b\n---\n", "yaml-syntax"),
        (b"---\ntitle: Report 3\n", "front-matter-missing"),
        (b"", "front-matter-missing"),
        (b"---\ntitle: R\xe9sum\xe9\ndate: 2024-03-04\n---\nText.\n", "file-encoding"),
        ("---\ntitle: A\ndate: 2024-03-04\n---\nText.\n".encode("utf-16"), "file-encoding"),
        (bytes(range(256)) * 40, "file-encoding"),
        (report(3).replace("[[report-4]]", "[[nobody]]").encode(), "unknown-link"),
        (report(3).replace("2024-03-04", "2024-13-04").encode(), "invalid-value"),
    ],
)
def test_bad_input_is_told_and_the_last_good_pages_stay(witness, page, content, code):
    page.write_bytes(content)
    witness.sees_the_errors(code)
    page.write_text(NEW)
    witness.sees_a_clean_build()


@pytest.mark.parametrize(
    "text",
    [
        '{% extends "base.html" %}{% block content %}{% if %}{% endblock %}',
        '{% extends "nothing.html" %}',
        '{% extends "base.html" %}{% block content %}{{ page.nothing.at.all }}{% endblock %}',
        '{% extends "topic.html" %}',
        '{% extends "base.html" %}{% block content %}{{ 1 / 0 }}{% endblock %}',
    ],
)
def test_a_broken_template_is_told_and_the_last_good_pages_stay(witness, folder, text):
    template = folder / "templates/topic.html"
    template.parent.mkdir()
    template.write_text(text)
    witness.sees_the_errors("template-error")
    template.write_text('{% extends "base.html" %}{% block content %}A topic{% endblock %}')
    witness.sees_a_clean_build()
    template.write_bytes(b"\xff\xfe broken again")
    witness.sees_the_errors("template-error")
    shutil.rmtree(template.parent)
    witness.sees_a_clean_build()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("title: [", "yaml-syntax"),
        ("", "missing-key"),
        ("title: Desk\ntimezone: Vienna\n", "invalid-value"),
        ("title: Desk\nno_such_key: 1\n", "unknown-key"),
        ("title: Desk\noutput: content\n", "invalid-value"),
    ],
)
def test_a_broken_configuration_is_told_and_mended(witness, folder, text, code):
    configuration = folder / "briefgen.yml"
    before = configuration.read_text()
    configuration.write_text(text)
    witness.sees_the_errors(code)
    configuration.unlink()
    witness.sees_the_errors("config-missing")
    configuration.write_text(before.replace("title:", "title: The other", 1))
    witness.sees_a_clean_build()


def test_what_is_no_regular_file(witness, folder, page, tmp_path):
    briefings = folder / "content/briefings"
    for name, target in (
        ("nowhere.md", "gone.md"),
        ("circle.md", "circle.md"),
        ("endless.md", "/dev/zero"),
        ("outside.md", tmp_path),
        ("up", ".."),
    ):
        (briefings / name).symlink_to(target)
        witness.sees_the_errors()
        assert witness.problems()
        (briefings / name).unlink()
        witness.sees_a_clean_build()
    os.mkfifo(briefings / "pipe.md")
    wait_until(
        lambda: witness.problems() == [("content/briefings/pipe.md", "file-unreadable")],
        witness.problems,
    )
    (briefings / "pipe.md").unlink()
    page.write_text(NEW)
    witness.sees_a_clean_build()


def test_the_whole_site_moved_away_and_back(witness, folder, page):
    away = folder.with_name("away")
    folder.rename(away)
    wait_until(lambda: ("briefgen.yml", "config-missing") in witness.problems(), witness.problems)
    away.rename(folder)
    witness.sees_a_clean_build()
    page.write_text(NEW)
    witness.sees_a_clean_build()


def test_a_broken_save_right_after_a_good_one_leaves_the_good_one_shown(witness, server, page):
    """The first is shown ahead of its build, and is never built: the second comes meanwhile."""

    def is_shown(text):
        with urllib.request.urlopen(f"{server.url}briefings/report-3/", timeout=30) as answer:
            return text in answer.read()

    in_place(page, NEW)
    wait_until(lambda: is_shown(b"Geneva"), lambda: server.said, pause=0.002)
    in_place(page, NEW.replace("date:", "date"))
    wait_until(witness.problems, lambda: server.said)
    assert is_shown(b"Geneva")
    in_place(page, report(3))
    witness.sees_a_clean_build()
    assert not is_shown(b"Geneva")
