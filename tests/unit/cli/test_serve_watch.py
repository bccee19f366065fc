"""From events to batches."""

import shutil
import threading
import time

import pytest

from briefgen.model.site import SiteConfig
from briefgen.serve.batches import Batches
from briefgen.serve.inputs import is_ignored, is_input
from briefgen.serve.watch import SiteWatch


@pytest.mark.parametrize(
    ("path", "is_so"),
    [
        ("content/briefings/x.md", False),
        ("seeds/x.txt", False),
        ("briefgen.yml", False),
        ("themes/desk/templates/page.html", False),
        ("content", False),
        ("site-notes/x.md", False),
        ("site", True),
        ("site/index.html", True),
        ("public/site/x", False),
        (".briefgen/cache.db", True),
        (".git/index", True),
        ("content/.x.md.swp", True),
        ("content/x.md~", True),
        ("content/4913", True),
        ("content/briefings/call.md___jb_tmp___", True),
        ("content/#x.md#", True),
        ("content/x.md.tmp", True),
        ("themes/__pycache__/x.pyc", True),
        ("node_modules/x/y.js", True),
    ],
)
def test_what_is_ignored(path, is_so):
    assert is_ignored(path, ("site",)) is is_so


@pytest.mark.parametrize(
    ("path", "is_so"),
    [
        ("content/x.md", True),
        ("content", True),
        ("docs", True),  # a folder that holds one of pages
        ("docs/pages/about.md", True),
        ("docs/other.md", False),
        ("articles/a.txt", True),
        ("articles/b.txt", False),
        ("log", False),
        ("content-of-mine/x.md", False),
    ],
)
def test_what_a_site_is_made_of(path, is_so):
    assert is_input(path, ("content", "docs/pages", "articles/a.txt")) is is_so


class Clock:
    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now


def soon(batches):
    """What `next` gives out, within a second of its own time."""
    given = []
    thread = threading.Thread(target=lambda: given.append(batches.next()), daemon=True)
    thread.start()
    thread.join(1)
    batches.close()
    return given[0] if given else None


def test_a_batch_is_all_that_changed_until_it_paused():
    clock = Clock()
    batches = Batches(0.05, 0.5, clock)
    batches.add("a")
    clock.now += 0.04
    batches.add("b")
    clock.now += 0.04
    batches.add("a")
    clock.now += 0.06
    assert soon(batches) == {"a", "b"}


def test_nothing_is_given_out_before_the_pause():
    clock = Clock()
    batches = Batches(0.05, 0.5, clock)
    given = []
    batches.add("a")
    clock.now += 0.04
    thread = threading.Thread(target=lambda: given.append(batches.next()))
    thread.start()
    time.sleep(0.03)
    assert given == []
    clock.now += 0.02
    thread.join(30)
    assert given == [{"a"}]


def test_a_storm_does_not_hold_a_batch_back():
    clock = Clock()
    batches = Batches(0.05, 0.5, clock)
    for n in range(20):
        batches.add(str(n))
        clock.now += 0.04
    batch = soon(batches)
    assert batch is not None, "it has stormed for 0.8 s without a pause"
    assert len(batch) == 20


def test_who_waits_is_woken_once_for_a_batch(monkeypatch):
    """Being woken by each of thousands of paths took seconds: the pause is seen by the clock."""
    batches = Batches(0, 0)
    woken = []
    monkeypatch.setattr(batches._changed, "notify_all", lambda: woken.append(1))
    for n in range(100):
        batches.add(str(n))
    assert len(woken) == 1
    assert batches.next() == {str(n) for n in range(100)}
    batches.add("a")
    assert len(woken) == 2


def test_a_path_is_given_out_once():
    batches = Batches(0, 0)
    batches.add("a")
    assert batches.next() == {"a"}
    batches.add("b")
    assert batches.next() == {"b"}


def test_closing_ends_the_wait():
    batches = Batches()
    threading.Timer(0.02, batches.close).start()
    assert batches.next() == frozenset()


@pytest.fixture
def watched(tmp_path):
    """A site that is watched, and a function that gathers what a change leads to."""
    for name in ("content", "site", ".git"):
        (tmp_path / name).mkdir()
    (tmp_path / "venv").mkdir()
    (tmp_path / "venv" / "pyvenv.cfg").touch()
    (tmp_path / "content" / "x.md").write_text("old")
    batches = Batches(0.03, 0.5)
    watch = SiteWatch(tmp_path, batches, tmp_path / "tmp" / "private")
    watch.start()

    def gathered(change):
        change()
        timer = threading.Timer(1, batches.close)  # ends the wait where nothing comes
        timer.start()
        batch = batches.next()
        timer.cancel()
        watch.sync(tuple(batch))
        return set(batch)

    gathered.watch = watch
    yield tmp_path, gathered
    batches.close()
    watch.stop()


def test_a_save_is_one_batch(watched):
    root, gathered = watched
    assert gathered(lambda: (root / "content" / "x.md").write_text("new")) == {"content/x.md"}


def test_an_atomic_save_is_seen(watched):
    root, gathered = watched

    def save():
        (root / "content" / "x.md.tmp").write_text("new")
        (root / "content" / "x.md.tmp").replace(root / "content" / "x.md")

    assert gathered(save) == {"content/x.md"}


def test_the_configuration_is_watched(watched):
    root, gathered = watched
    assert gathered(lambda: (root / "briefgen.yml").write_text("title: T")) == {"briefgen.yml"}


def test_a_folder_that_is_new_and_one_put_back_are_watched(watched):
    root, gathered = watched
    assert gathered((root / "seeds").mkdir) == {"seeds"}
    assert gathered((root / "seeds" / "a.txt").touch) == {"seeds/a.txt"}
    assert "content" in gathered(lambda: shutil.rmtree(root / "content"))
    assert gathered((root / "content").mkdir) == {"content"}
    assert gathered((root / "content" / "y.md").touch) == {"content/y.md"}


def test_a_folder_taken_away_and_put_back_at_once_is_watched(watched):
    root, gathered = watched

    def switch_branches():
        shutil.rmtree(root / "content")
        (root / "content").mkdir()

    assert "content" in gathered(switch_branches)
    # The folder's own events may come late, where the machine is busy.
    assert gathered((root / "content" / "y.md").touch) - {"content"} == {"content/y.md"}


def test_reading_and_what_the_build_writes_are_no_changes(watched):
    root, gathered = watched

    def build():
        (root / "content" / "x.md").read_text()
        list((root / "content").iterdir())
        for folder in ("site", ".git", "venv"):
            (root / folder / "index.html").write_text("built")
        (root / "tmp" / "private").mkdir(parents=True)

    seen = gathered(build)
    assert seen <= {"tmp"}


def test_a_file_that_no_page_is_made_of_is_no_change(watched):
    root, gathered = watched
    (root / "notes").mkdir()

    def write():
        (root / "log").write_text("Serving")
        (root / "notes" / "x.md").write_text("mine")

    assert gathered(write) == set()


def test_what_the_configuration_and_the_briefings_name_is_watched(watched):
    root, gathered = watched
    for name in ("articles", "docs", "public"):
        (root / name).mkdir()
    config = SiteConfig("T", pages=("docs",), output="public")
    gathered.watch.follow(config, ("articles/a.txt",))

    def write():
        (root / "articles" / "a.txt").write_text("words")
        (root / "docs" / "about.md").write_text("words")
        (root / "public" / "index.html").write_text("built")

    seen = gathered(write)
    assert seen - {"articles", "docs"} == {"articles/a.txt", "docs/about.md"}
