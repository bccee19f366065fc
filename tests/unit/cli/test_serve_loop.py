"""The rebuild loop: what browsers are told, whatever a rebuild meets."""

from pathlib import Path

import msgspec
import pytest

from briefgen.build.errors import BuildStop
from briefgen.build.pipeline import BuildResult, BuildStats
from briefgen.cli.serve import rebuild_line
from briefgen.model.diagnostics import Place, finding
from briefgen.model.site import SiteConfig
from briefgen.serve import loop as looping
from briefgen.serve.batches import Batches
from briefgen.serve.loop import BrokenOff, Rebuild, RebuildLoop, mount_of
from briefgen.serve.reload import Hub, Problem, State
from briefgen.write.manifest import MANIFEST, Entry, Manifest
from briefgen.write.stage import digest_of

ERROR = finding("quote-not-found", Place("x.md", 2, 3), "not there")
INFO = finding("no-site-address", Place("briefgen.yml"), "m")
WARNING = finding("unsourced-annotation", Place("x.md"), "m")


SLOW = "a build that tells of progress twice, and writes nothing"
LONG = "a build during which the server is ended"


def result(*findings, ok=True, written=1, url="https://e.org/desk/", config=True):
    return BuildResult(
        ok=ok,
        diagnostics=findings,
        stats=BuildStats(pages_total=9, rendered=2, written=written),
        output=Path("out"),
        config=SiteConfig("T", url=url) if config else None,
        others=("a.txt",),
    )


class Desk:
    """A loop whose builds give, one after the other, what the test says."""

    def __init__(self, *outcomes, show_ahead=lambda _: None, navigates=False):
        self.outcomes = list(outcomes)
        self.hub = Hub(State(""))
        self.reports = []
        self.loop = RebuildLoop(
            self._build,
            self.hub,
            show_ahead=show_ahead,
            describe=lambda one: Problem(one.place.path, one.level, one.code, one.message),
            report=self.reports.append,
            token="t",
            navigates=navigates,
        )

    def _build(self, go_on):
        outcome = self.outcomes.pop(0)
        if outcome is LONG:
            self.loop.end()
            go_on()
        if outcome is SLOW:
            go_on()
            go_on()
            return result(written=0)
        if isinstance(outcome, BaseException):
            raise outcome
        return outcome

    @property
    def told(self):
        state = self.hub.state
        return state.version, state.mount, [one.code for one in state.problems]


def test_a_change_is_a_new_version():
    desk = Desk(result(), result(WARNING))
    desk.loop.first()
    assert desk.told == ("t-1", "/desk/", [])
    desk.loop.turn(("x.md",))
    assert desk.told == ("t-2", "/desk/", [])


def test_a_rebuild_that_changed_no_page_reloads_nothing():
    desk = Desk(result(), result(written=0))
    desk.loop.first()
    desk.loop.turn(("x.md",))
    assert desk.told == ("t-1", "/desk/", [])


@pytest.mark.parametrize(
    ("fault", "code", "message"),
    [
        (result(ERROR, WARNING, ok=False), "quote-not-found", "not there"),
        (BuildStop("no theme", 2), "stopped", "no theme"),
        (RuntimeError("x"), "stopped", "internal error: RuntimeError: x; please report it"),
        (result(ERROR, ok=False, config=False), "quote-not-found", "not there"),
    ],
)
def test_whatever_fails_the_last_pages_stay_and_the_fault_is_told(fault, code, message):
    desk = Desk(result(), fault, result(written=0))
    desk.loop.first()
    desk.loop.turn(("x.md",))
    assert desk.told == ("t-1", "/desk/", [code])
    assert desk.hub.state.problems[0].message == message
    assert desk.hub.state.is_built
    desk.loop.turn(("x.md",))
    assert desk.told == ("t-1", "/desk/", [])


def test_browsers_are_told_of_a_build_that_takes_long(monkeypatch):
    desk = Desk(result(), SLOW, SLOW, result(written=0))
    seen = []
    publish = desk.hub.publish
    desk.hub.publish = lambda state: (seen.append(state.is_building), publish(state))
    desk.loop.first()
    assert seen == [False]
    desk.loop.turn(("a.md",))
    assert seen == [False, False], "it took no second"
    monkeypatch.setattr(looping, "TOLD_AFTER_SECONDS", -1)
    desk.loop.turn(("b.md",), is_news=False)
    assert seen == [False, False, True, False], "once, and that it has ended, though nothing came"
    assert [one.changed for one in desk.reports] == [(), ("a.md",)]
    assert "building" not in desk.hub.state.message(None)
    assert "building" in msgspec.structs.replace(desk.hub.state, is_building=True).message(None)


def test_a_site_whose_first_build_fails_is_shown_once_it_succeeds():
    desk = Desk(result(ERROR, ok=False), result(written=0, url=None))
    desk.loop.first()
    assert not desk.hub.state.is_built
    assert not desk.reports[-1].is_shown
    desk.loop.turn(("x.md",))
    assert desk.told == ("t-1", "/", [])
    assert desk.hub.state.is_built


def test_what_stops_the_first_build_is_raised():
    with pytest.raises(BuildStop):
        Desk(BuildStop("no theme", 2)).loop.first()


def test_a_new_base_address_moves_the_site():
    desk = Desk(result(), result(written=0, url=None))
    desk.loop.first()
    desk.loop.turn(("briefgen.yml",))
    assert desk.told == ("t-2", "/", [])


def test_what_was_found_late_and_changed_nothing_is_no_news():
    desk = Desk(result(), result(written=0), result(), result(ERROR, ok=False))
    desk.loop.first()
    desk.loop.turn(("a",), is_news=False)
    assert len(desk.reports) == 1
    desk.loop.turn(("b",), is_news=False)
    desk.loop.turn(("c",), is_news=False)
    assert [one.changed for one in desk.reports] == [(), ("b",), ("c",)]


def test_what_is_built_when_the_server_ends_is_broken_off_and_not_told():
    with pytest.raises(BrokenOff):
        Desk(LONG).loop.first()
    desk = Desk(result(), LONG)
    desk.loop.first()
    batches = Batches(0, 0)
    batches.add("a")
    thread = desk.loop.start(batches, Watch())
    thread.join(30)
    assert not thread.is_alive()
    assert [one.changed for one in desk.reports] == [()]


class Watch:
    def __init__(self):
        self.calls = []

    def sync(self, changed):
        self.calls.append(("sync", changed))

    def were_told(self, changed):
        return True

    def follow(self, config, others):
        self.calls.append(("follow", config.output, others))


def test_each_batch_is_one_rebuild():
    desk = Desk(result(), BuildStop("x", 2))
    batches = Batches(0, 0)
    watch = Watch()
    report = desk.reports.append

    def then_close(done):
        report(done)
        batches.close() if len(desk.reports) == 2 else batches.add("c")

    desk.loop._report = then_close
    batches.add("b")
    batches.add("a")
    thread = desk.loop.start(batches, watch)
    thread.join(30)
    assert not thread.is_alive()
    assert [one.changed for one in desk.reports] == [("a", "b"), ("c",)]
    assert watch.calls == [("sync", ("a", "b")), ("follow", "site", ("a.txt",)), ("sync", ("c",))]


class Script:
    """Batches that come one after the other, whatever is asked; None is a pause."""

    def __init__(self, *batches):
        self._left = [*batches, frozenset()]

    def next(self, _seconds=None):
        return self._left.pop(0)


@pytest.mark.parametrize(("size", "builds"), [(looping.STORM, 1), (looping.STORM - 2, 2)])
def test_a_storm_is_let_pass_though_it_lasts(monkeypatch, size, builds):
    monkeypatch.setattr(looping, "LONGEST_AHEAD", -1.0)
    desk = Desk(result(), result())
    first = frozenset(f"{n}.md" for n in range(size))
    script = Script(first, frozenset({"x.md"}), frozenset({"y.md"}), None)
    desk.loop.run(script, Watch())
    assert len(desk.reports) == builds
    assert {*first, "x.md", "y.md"} == {path for one in desk.reports for path in one.changed}


def test_what_stopped_is_tried_again_and_told_once(monkeypatch):
    monkeypatch.setattr(looping, "RETRY_SECONDS", 0.01)
    stop = BuildStop("another build of this site is running", 1)
    desk = Desk(result(), stop, stop, stop, result(written=0))
    desk.loop.first()
    batches = Batches(0, 0)
    report = desk.reports.append

    def until_it_is_mended(done):
        report(done)
        if done.result:
            batches.close()

    desk.loop._report = until_it_is_mended
    batches.add("a")
    thread = desk.loop.start(batches, Watch())
    thread.join(30)
    assert not thread.is_alive()
    assert [(one.changed, one.stopped) for one in desk.reports[1:]] == [
        (("a",), stop.message),
        (("a",), ""),
    ]
    assert desk.told == ("t-1", "/desk/", [])


def test_that_nobody_reads_its_lines_ends_no_loop():
    desk = Desk(result(), result(), result())

    def closed(done):
        desk.reports.append(done)
        if len(desk.reports) == 3:
            batches.close()
        raise BrokenPipeError

    desk.loop._report = closed
    desk.loop.first()
    batches = Batches(0, 0)
    batches.add("a")
    thread = desk.loop.start(batches, Watch(), lambda: None)
    while len(desk.reports) < 2 and thread.is_alive():
        thread.join(0.01)
    batches.add("b")
    thread.join(30)
    assert [one.changed for one in desk.reports] == [(), ("a",), ("b",)]
    assert desk.told == ("t-3", "/desk/", [])


def test_changes_while_a_build_is_stopped_make_no_more_retries(monkeypatch):
    timers = []

    class Timer:
        def __init__(self, seconds, function):
            self.function, self.is_cancelled = function, False
            timers.append(self)

        def start(self):
            pass

        def cancel(self):
            self.is_cancelled = True

    monkeypatch.setattr(looping.threading, "Timer", Timer)
    desk = Desk(result(), *[BuildStop("another build", 1)] * 3, result())
    desk.loop.first()
    for n in range(4):
        batches = Batches(0, 0)
        batches.add(f"{n}")
        desk.loop._report = lambda _, batches=batches: batches.close()
        desk.loop._hub.publish(State(""))  # so that each is news
        desk.loop.run(batches, Watch())
    assert [one.is_cancelled for one in timers] == [True, True, True]


@pytest.mark.parametrize("code", ["config-missing", "file-unreadable"])
def test_an_error_that_may_pass_by_itself_is_looked_at_again(monkeypatch, code):
    monkeypatch.setattr(looping, "RETRY_SECONDS", 0.01)
    stopped = result(finding(code, Place("briefgen.yml"), "m"), ok=False, config=False)
    desk = Desk(result(), stopped, stopped, result(written=0))
    desk.loop.first()
    batches = Batches(0, 0)
    report = desk.reports.append

    def until_it_has_passed(done):
        report(done)
        if done.result.ok:
            batches.close()

    desk.loop._report = until_it_has_passed
    batches.add("a")
    thread = desk.loop.start(batches, Watch())
    thread.join(30)
    assert not thread.is_alive()
    assert [one.result.ok for one in desk.reports] == [True, False, True]
    assert desk.told == ("t-1", "/desk/", [])


@pytest.mark.parametrize(
    ("url", "mount"),
    [
        (None, "/"),
        ("https://e.org/", "/"),
        ("https://e.org", "/"),
        ("https://e.org/desk/", "/desk/"),
        ("https://e.org/a/b", "/a/b/"),
        ("https://e.org/d%C3%A9sk/", "/désk/"),
    ],
)
def test_mount(url, mount):
    assert mount_of(result(url=url)) == mount


@pytest.mark.parametrize(
    ("done", "line"),
    [
        (Rebuild((), 0.5, result()), "Built 9 pages in 0.50 s"),
        (Rebuild(("x.md",), 0.5, result()), "x.md: 2 pages rendered in 0.50 s"),
        (Rebuild(("a", "b", "c"), 0.5, result()), "a, b and 1 other: 2 pages rendered in 0.50 s"),
        (Rebuild(("a", "b", "c", "d"), 0.5, None, "no theme"), "a, b and 2 others: no theme"),
        (
            Rebuild(("x\x1b.md",), 0.5, result(ERROR, INFO, ok=False), is_shown=True),
            "x␛.md: 1 error in 1 file; the last good site stays (0.50 s)",
        ),
        (
            Rebuild(("x.md",), 0.5, result(ERROR, ok=False)),
            "x.md: 1 error in 1 file; there is no site yet (0.50 s)",
        ),
        (
            Rebuild((), 0.5, result(ERROR, ok=False)),
            "1 error in 1 file; there is no site yet (0.50 s)",
        ),
    ],
)
def test_the_line_of_a_rebuild(done, line):
    assert rebuild_line(done) == line


def test_what_is_shown_ahead_reloads_its_own_page_alone_until_it_is_built(tmp_path):
    pages = {"a/index.html": b"a", "b/index.html": b"old"}
    files = {path: Entry(digest_of(data), len(data)) for path, data in pages.items()}
    (tmp_path / MANIFEST).write_bytes(Manifest(files).to_bytes())
    built = msgspec.structs.replace(result(), output=tmp_path)
    undone = msgspec.structs.replace(result(written=0), output=tmp_path)
    desk = Desk(built, undone, show_ahead=lambda _: {"b/index.html": b"new"})

    def versions():
        return [desk.hub.state.version_at(f"/desk/{page}/") for page in "ab"]

    desk.loop.first()
    first = versions()
    assert desk.loop.ahead(["b.md"])
    assert versions()[0] == first[0]
    assert versions()[1] != first[1]
    assert desk.hub.state.ahead == {"b/index.html": b"new"}
    desk.loop.turn(("b.md",))
    assert versions() == first
    assert not desk.hub.state.ahead


def test_a_save_is_gone_to_though_the_one_before_it_was_shown_ahead_and_is_built_with_it(tmp_path):
    """Else the two would count as edits of many files at once, which leave browsers in place."""

    def written(**pages):
        files = {f"{path}/index.html": Entry(digest, 1) for path, digest in pages.items()}
        (tmp_path / MANIFEST).write_bytes(Manifest(files).to_bytes())

    ahead = {"a/index.html": b"new"}
    outcomes = [msgspec.structs.replace(result(), output=tmp_path) for _ in range(3)]
    desk = Desk(*outcomes, show_ahead=lambda _: ahead, navigates=True)

    def jump():
        return desk.hub.state.jumps, desk.hub.state.jump_to

    written(a="1", b="1")
    desk.loop.first()
    assert jump() == (0, "")
    desk.loop.ahead(["a.md"])
    assert jump() == (1, "/desk/a/")
    written(a=digest_of(b"new"), b="2")
    desk.loop.turn(("a.md", "b.md"))
    assert jump() == (2, "/desk/b/")
    ahead["a/index.html"] = b"newer"
    desk.loop.ahead(["a.md"])
    assert jump() == (3, "/desk/a/")
    written(a=digest_of(b"newer"), b="3")
    desk.loop.turn(("a.md",))
    assert jump() == (3, "/desk/a/"), "what is built then is no news, whatever lists changed"


def test_a_save_that_a_build_read_before_it_was_told_of_it_is_gone_to(tmp_path):
    """The event comes while the build goes on, and the build after that finds nothing to do."""

    def outcome(rendered):
        stats = BuildStats(pages_total=9, rendered=rendered, written=rendered)
        return msgspec.structs.replace(result(), output=tmp_path, stats=stats)

    def written(**pages):
        files = {f"{path}/index.html": Entry(digest, 1) for path, digest in pages.items()}
        (tmp_path / MANIFEST).write_bytes(Manifest(files).to_bytes())

    ahead = {"a/index.html": b"new"}
    outcomes = [outcome(n) for n in (2, 0, 2, 0, 0, 0)]
    desk = Desk(*outcomes, show_ahead=lambda _: ahead, navigates=True)
    written(a="1", b="1", c="1")
    desk.loop.first()
    desk.loop.turn(("c.md",))
    assert desk.hub.state.jumps == 0, "nothing has changed"
    assert desk.loop.ahead(["a.md"])
    written(a=digest_of(b"new"), b="2", c="2")
    desk.loop.turn(("a.md",))
    assert desk.hub.state.jump_to == "/desk/a/"
    desk.loop.turn(("b.md",))
    assert (desk.hub.state.jumps, desk.hub.state.jump_to) == (2, "/desk/b/")
    for path in ("a.md", "b.md"):
        desk.loop.turn((path,))
        assert desk.hub.state.jumps == 2, "they have gone there"


def test_a_build_that_fails_takes_back_what_was_shown_ahead_of_it():
    desk = Desk(result(), result(ERROR, ok=False), show_ahead=lambda _: {"b/index.html": b"new"})
    desk.loop.first()
    assert desk.loop.ahead(["b.md"])
    desk.loop.turn(("b.md",))
    assert not desk.hub.state.ahead


@pytest.mark.parametrize("wrong", [result(ERROR, ok=False), BuildStop("x", 2)])
def test_what_was_shown_ahead_stays_while_a_later_save_is_broken(tmp_path, wrong):
    pages = {"b/index.html": b"old"}
    files = {path: Entry(digest_of(data), len(data)) for path, data in pages.items()}
    (tmp_path / MANIFEST).write_bytes(Manifest(files).to_bytes())
    built, undone = (msgspec.structs.replace(result(written=n), output=tmp_path) for n in (1, 0))
    ahead = [{"b/index.html": b"new"}, None]
    desk = Desk(built, wrong, wrong, undone, show_ahead=lambda _: ahead.pop(0))
    desk.loop.first()
    first = desk.hub.state
    assert desk.loop.ahead(["b.md"])
    shown = desk.hub.state.versions
    assert not desk.loop.ahead(["b.md"])
    for _ in range(2):  # and whatever is broken besides
        desk.loop.turn(("b.md",))
        assert desk.hub.state.problems
        assert desk.hub.state.ahead == {"b/index.html": b"new"}
        assert desk.hub.state.versions == shown
    desk.loop.turn(("b.md",))
    assert desk.hub.state.problems == ()
    assert desk.hub.state.ahead == {}
    assert desk.hub.state.versions == first.versions


def test_nothing_is_shown_ahead_of_a_first_build_or_while_something_is_wrong():
    asked = []
    desk = Desk(result(), result(ERROR, ok=False), show_ahead=asked.append)
    assert not desk.loop.ahead(["b.md"])
    desk.loop.first()
    desk.loop.turn(("x.md",))
    assert not desk.loop.ahead(["b.md"])
    assert asked == []


def test_a_fault_in_what_is_shown_ahead_is_left_to_the_build():
    def fail(_):
        raise RuntimeError

    desk = Desk(result(), show_ahead=fail)
    desk.loop.first()
    assert not desk.loop.ahead(["b.md"])
    assert desk.told == ("t-1", "/desk/", [])


def test_a_save_that_mends_a_broken_one_is_gone_to_as_the_good_one_before_them_was(tmp_path):
    def written(digest):
        (tmp_path / MANIFEST).write_bytes(Manifest({"a/index.html": Entry(digest, 1)}).to_bytes())

    built = msgspec.structs.replace(result(), output=tmp_path)
    broken = result(ERROR, ok=False)
    ahead = {"a/index.html": b"good"}
    desk = Desk(built, broken, built, show_ahead=lambda _: ahead, navigates=True)
    written("1")
    desk.loop.first()
    assert desk.loop.ahead(["a.md"])
    assert not desk.loop.turn(("a.md", "b.md")).result.ok
    assert desk.hub.state.jumps == 1
    assert not desk.loop.ahead(["a.md"])
    written("2")
    desk.loop.turn(("a.md",))
    assert desk.hub.state.jumps == 2


def test_a_broken_save_leaves_the_good_one_on_screen_however_late_it_comes(monkeypatch):
    """Nothing more is shown ahead after a while; it was then taken for what was shown."""
    desk = Desk(result(), result(ERROR, ok=False), show_ahead=lambda _: {"a/index.html": b"good"})
    monkeypatch.setattr(looping, "AHEAD_SECONDS", 5)
    batches = Batches(0, 0)

    def ahead(changed, show=desk.loop.ahead):
        is_shown = show(changed)
        monkeypatch.setattr(looping, "LONGEST_AHEAD", 0)
        batches.add("a.md")  # broken now
        return is_shown

    desk.loop.ahead = ahead
    desk.loop._report = lambda _: batches.close()
    desk.loop._build(desk.loop._go_on)
    desk.hub.publish(State("t-1", "/desk/", is_built=True))
    batches.add("a.md")
    desk.loop.run(batches, Watch())
    assert desk.hub.state.problems
    assert desk.hub.state.ahead == {"a/index.html": b"good"}
