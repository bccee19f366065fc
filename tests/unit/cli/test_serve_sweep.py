"""What a look at all files of a site sees, and what it makes of changes that no event told of."""

import errno
import os
import queue

import pytest

from briefgen.serve import sweep as sweeping
from briefgen.serve.inputs import look
from briefgen.serve.sweep import Sweep

INPUTS = ("content", "briefgen.yml", "docs/pages")


@pytest.fixture
def site(tmp_path):
    for name in ("content/briefings/x.md", "docs/pages/a.md", "docs/other.md", "site/index.html"):
        path = tmp_path / "site" / name
        path.parent.mkdir(parents=True) if not path.parent.exists() else None
        path.write_text(name)
    (tmp_path / "site/briefgen.yml").write_text("title: T")
    return tmp_path / "site"


def seen(site, outputs=("site",)):
    return set(look(str(site), INPUTS, outputs))


def test_what_is_seen(site):
    for name in (".git/x", "content/.x.md.swp", "content/x.md~", "content/node_modules/x.md"):
        (site / name).parent.mkdir(exist_ok=True)
        (site / name).touch()
    (site / "content/static").mkdir()
    (site / "content/static/.htaccess").touch()
    assert seen(site) == {
        "content/briefings/x.md",
        "docs/pages/a.md",
        "briefgen.yml",
        "content/static/.htaccess",
    }
    assert "docs/pages/a.md" not in seen(site, ("docs/pages",))


def test_links(site, tmp_path):
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside/secret.md").touch()
    (site / "library").mkdir()
    (site / "library/l.md").touch()
    before = seen(site)
    links = {
        "one": "../library",
        "two": "../library",
        "up": "..",
        "out": "../../outside",
        "no": "x",
    }
    for name, target in links.items():
        (site / "content" / name).symlink_to(target)
    new = seen(site) - before
    assert len(new) == 1, "the linked folder is listed once"
    assert new <= {"content/one/l.md", "content/two/l.md"}


def test_a_folder_whose_listing_breaks_off(site, monkeypatch):
    """A network drive may fail in the middle: no look ends by it, or nothing would be found again."""

    class Entries:
        def __init__(self, path):
            self.path = path

        def __enter__(self):
            return self

        def __exit__(self, *_):
            pass

        def __iter__(self):
            if self.path.endswith("briefings"):
                raise OSError(errno.ESTALE, "Stale file handle")
            with real(self.path) as entries:
                yield from entries

    real = os.scandir
    everything = look(str(site), INPUTS, ())
    monkeypatch.setattr(os, "scandir", Entries)
    found = look(str(site), INPUTS, ())
    assert found.keys() == {path for path in everything if "/briefings/" not in path}


def test_a_site_that_is_gone(tmp_path):
    assert look(str(tmp_path / "nothing"), INPUTS, ()) == {}


@pytest.fixture
def swept(site, monkeypatch):
    """A sweep of the site, and the queue of what it finds."""
    monkeypatch.setattr(sweeping, "SWEEP_SECONDS", 0.05)
    monkeypatch.setattr(sweeping, "_TOLD_WITHIN_SECONDS", 0.3)
    found = queue.Queue()
    sweep = Sweep(site, lambda: look(str(site), INPUTS, ()), found.put)
    sweep.start(None)
    yield sweep, found
    sweep.stop()


def test_what_no_event_tells_of_is_found_once(site, swept):
    _, found = swept
    (site / "content/briefings/x.md").write_text("new")
    (site / "content/briefings/y.md").write_text("new")
    (site / "docs/pages/a.md").unlink()
    names = set()
    while len(names) < 3:
        names |= found.get(timeout=60)
    assert names == {"content/briefings/x.md", "content/briefings/y.md", "docs/pages/a.md"}
    with pytest.raises(queue.Empty):
        found.get(timeout=0.5)


def test_what_an_event_tells_of_is_not_found_again(site, swept):
    sweep, found = swept
    for name, change in (
        ("content/briefings/x.md", lambda path: path.write_text("new")),
        ("content/briefings/x.md", lambda path: path.unlink()),
        ("content/briefings/z.md", lambda path: path.write_text("new")),
        ("content/briefings/f", lambda path: path.mkdir()),
    ):
        change(site / name)
        sweep.note(name)
    with pytest.raises(queue.Empty):
        found.get(timeout=0.8)


def test_an_event_that_came_before_the_last_change_hides_nothing(site, swept):
    sweep, found = swept
    path = site / "content/briefings/x.md"
    path.write_text("new")
    sweep.note("content/briefings/x.md")
    path.write_text("newer")
    assert found.get(timeout=60) == {"content/briefings/x.md"}
