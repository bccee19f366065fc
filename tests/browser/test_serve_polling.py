"""Changes are seen where the system tells of none, and waited out as long as they need.

No browser takes part in this.
"""

import sys
import threading

import pytest
from watchdog.observers import Observer

from briefgen.serve import watch as watching
from briefgen.serve.batches import Batches
from briefgen.serve.watch import SiteWatch

of_linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits watches")


class Told:
    """Counts how often it was told of turning to polling."""

    def __init__(self):
        self.count = 0

    def __call__(self):
        self.count += 1


@pytest.fixture
def told():
    return Told()


@pytest.fixture
def site(tmp_path, monkeypatch, told):
    """A site that can be watched, and what watches it."""
    monkeypatch.setattr(watching, "POLL_SECONDS", 0.05)
    (tmp_path / "site" / "content" / "briefings").mkdir(parents=True)
    batches = Batches(0, 0)
    watch = SiteWatch(tmp_path / "site", batches, tmp_path / "private", told)
    yield tmp_path / "site", batches, watch
    batches.close()
    watch.stop()


def next_batch(batches):
    """The next batch; empty where there is none in two seconds."""
    timer = threading.Timer(2, batches.close)
    timer.start()
    batch = batches.next()
    timer.cancel()
    return set(batch)


def limited_to(count):
    """An observer that has no more watches to give after so many."""

    class Limited(Observer):
        left = count

        def schedule(self, *arguments, **options):
            self.left -= 1
            if self.left < 0:
                raise OSError(28, "inotify watch limit reached")
            return super().schedule(*arguments, **options)

    return Limited


def no_observer():
    raise OSError(24, "inotify instance limit reached")


def test_polling_that_is_asked_for(site, told, monkeypatch):
    root, batches, watch = site
    monkeypatch.setattr(watching, "Observer", None)  # it is not even tried
    watch.start(polls=True)
    assert watch.is_polling
    (root / "content" / "briefings" / "x.md").write_text("new")
    assert next_batch(batches) == {"content/briefings/x.md"}
    assert told.count == 0


@of_linux
@pytest.mark.parametrize("observer", [no_observer, *map(limited_to, range(3))])
def test_a_system_without_watches_is_polled(site, told, monkeypatch, observer):
    root, batches, watch = site
    monkeypatch.setattr(watching, "Observer", observer)
    watch.start()
    assert watch.is_polling
    (root / "content" / "briefings" / "x.md").write_text("new")
    assert next_batch(batches) == {"content/briefings/x.md"}
    assert told.count == 0, "whoever starts it can ask"


@of_linux
def test_a_system_that_runs_out_of_watches_is_polled_from_then_on(site, told, monkeypatch):
    root, batches, watch = site
    monkeypatch.setattr(watching, "Observer", limited_to(4))
    watch.start()
    assert not watch.is_polling
    (root / "seeds").mkdir()
    assert next_batch(batches) == {"seeds"}
    watch.sync(("seeds",))
    assert (watch.is_polling, told.count) == (True, 1)
    (root / "seeds" / "a.txt").write_text("new")
    assert next_batch(batches) == {"seeds/a.txt"}


def test_a_site_whose_folder_is_gone_for_a_moment(site, tmp_path):
    root, _, watch = site
    watch.start()
    root.rename(tmp_path / "elsewhere")
    watch.sync(("content",))
    assert not watch.is_polling
    (tmp_path / "elsewhere").rename(root)
    watch.sync(("content",))


class Clock:
    now = 100.0

    def __call__(self):
        return self.now


@pytest.mark.parametrize(
    ("count", "seconds", "is_over"),
    [
        (1, 0.015, False),
        (1, 0.021, True),
        (40, 0.021, False),
        (40, 0.06, True),
        (5000, 0.09, False),
        (5000, 0.11, True),
    ],
)
def test_the_more_changed_the_longer_the_pause_that_ends_it(count, seconds, is_over):
    clock = Clock()
    batches = Batches(clock=clock)
    for n in range(count):
        batches.add(str(n))
    clock.now += seconds
    assert (batches._seconds_left() <= 0) is is_over
