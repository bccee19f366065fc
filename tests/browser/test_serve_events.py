"""Where events get lost, are not to be had or run out, a save is still seen.

Each time a real server meets the real limit; no browser takes part.
"""

import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from live_server import LiveServer, run
from witness import Witness, wait_until

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="only Linux has inotify and its limits"),
]

LIMITED = 'echo {limit} > /proc/sys/user/{name} && exec "$@"'
"""Gives a program a namespace of its own, with limits of its own, and becomes that program."""


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "site"
    assert run("init", folder.name, folder=tmp_path).returncode == 0
    for n in range(12):
        (folder / f"content/pages/{n}").mkdir(parents=True)
        (folder / f"content/pages/{n}/page-{n}.md").write_text(
            f"---\ntitle: Page {n}\n---\nText.\n"
        )
    return folder


@pytest.fixture
def temporary(tmp_path):
    (tmp_path / "private").mkdir()
    return tmp_path / "private"


def limited(name, limit):
    """The words that run a program under a limit of inotify; skips where that is not allowed."""
    words = ["unshare", "-Ur", "sh", "-c", LIMITED.format(name=name, limit=limit), "sh"]
    if not shutil.which("unshare") or subprocess.run([*words, "true"], check=False).returncode:
        pytest.skip("this system allows no user namespaces")
    return words


def sees_saves(server, folder, temporary):
    """Fail unless saves are seen, in old and in new folders."""
    witness = Witness(folder, server, temporary, temporary.with_name("clean"))
    (folder / "content/pages/7/page-7.md").write_text("---\ntitle: Seen\n---\nText.\n")
    witness.sees_a_clean_build()
    (folder / "content/pages/new/deep").mkdir(parents=True)
    (folder / "content/pages/new/deep/page-new.md").write_text("---\ntitle: New\n---\nText.\n")
    witness.sees_a_clean_build()
    shutil.rmtree(folder / "content/pages/3")
    witness.sees_a_clean_build()
    assert server.interrupt() == 0
    assert "Traceback" not in server.said


@pytest.mark.parametrize(
    ("name", "limit"),
    [("max_inotify_watches", 0), ("max_inotify_watches", 6), ("max_inotify_instances", 0)],
)
def test_a_system_without_watches_is_polled_and_says_so(folder, temporary, name, limit):
    with LiveServer(folder, temporary, before=limited(name, limit)) as server:
        assert "no file watches left" in server.said
        assert "looked for every second" in server.said
        sees_saves(server, folder, temporary)


def test_watches_that_run_out_later(folder, temporary):
    count = sum(path.is_dir() for path in (folder / "content").rglob("*")) + 8
    with LiveServer(folder, temporary, before=limited("max_inotify_watches", count)) as server:
        assert "watches" not in server.said
        for n in range(20, 40):
            (folder / f"content/pages/{n}").mkdir()
            (folder / f"content/pages/{n}/page-{n}.md").write_text(
                f"---\ntitle: P {n}\n---\nText.\n"
            )
        server.wait_for_line("no file watches left.*looked for every second", 20)
        sees_saves(server, folder, temporary)


def test_events_that_were_lost(folder, temporary):
    """The queue of events runs over while the server sleeps; what was saved then is found."""
    most = int(Path("/proc/sys/fs/inotify/max_queued_events").read_text())
    with LiveServer(folder, temporary) as server:
        witness = Witness(folder, server, temporary, temporary.with_name("clean"))
        witness.sees_a_clean_build()
        server.signal(signal.SIGSTOP)
        files = [folder / f"content/pages/{n}/page-{n}.md" for n in (1, 2)]
        for _ in range(most // 2):
            for file in files:
                file.touch()
                with file.open("a") as end:
                    end.write("More.\n")
        (folder / "content/pages/lost/deep").mkdir(parents=True)
        for name in ("7/page-7.md", "lost/deep/page-lost.md"):
            (folder / "content/pages" / name).write_text("---\ntitle: Lost\n---\nText.\n")
        shutil.rmtree(folder / "content/pages/3")
        server.signal(signal.SIGCONT)
        witness.sees_a_clean_build()
        (folder / "content/pages/lost/deep/page-lost.md").write_text(
            "---\ntitle: Found\n---\nText.\n"
        )
        witness.sees_a_clean_build()
        assert server.interrupt() == 0


def test_what_no_event_tells_of(folder, temporary):
    """A folder that is linked into the content has no watch."""
    library = folder / "library"
    library.mkdir()
    (library / "page.md").write_text("---\ntitle: Linked\n---\nText.\n")
    (folder / "content/pages/linked").symlink_to("../../library")
    with LiveServer(folder, temporary) as server:
        witness = Witness(folder, server, temporary, temporary.with_name("clean"))
        witness.sees_a_clean_build()
        (library / "page.md").write_text("---\ntitle: Linked, and edited\n---\nText.\n")
        witness.sees_a_clean_build()
        said = server.said
        assert "1 page rendered" in said or "pages rendered" in said
        (folder / "content/pages/1/page-1.md").chmod(0o640)
        (library / "page.md").write_text("---\ntitle: Linked, and edited again\n---\nText.\n")
        witness.sees_a_clean_build()
        assert "0 pages rendered" not in server.said, "a change of rights is no news"


def test_polling_that_is_asked_for(folder, temporary):
    with LiveServer(folder, temporary, "--poll") as server:
        assert "warning" not in server.said
        sees_saves(server, folder, temporary)


def test_the_line_of_a_save_is_said_once(folder, temporary):
    """What the sweep meets after an event has told of it is no second rebuild."""
    with LiveServer(folder, temporary) as server:
        for n in range(3):
            (folder / "content/pages/7/page-7.md").write_text(f"---\ntitle: T{n}\n---\nText.\n")
            wait_until(
                lambda n=n: server.said.count("7/page-7.md: ") == n + 1, lambda: server.said, 20
            )
        (folder / "content/pages/7").rename(folder / "content/pages/seven")
        server.wait_for_line("and 2 others: 0 pages", 20)
        (folder / "content/pages/8/page-8.md").write_text("---\ntitle: Last\n---\nText.\n")
        server.wait_for_line("8/page-8.md: ", 20)
        assert len(server.said.splitlines()) == 2 + 3 + 2, server.said
