"""The rebuild loop: one thread that builds whenever the site's files have changed.

In go batches of paths, out come states for the browsers and one report for each rebuild. Whatever
a rebuild meets, the loop goes on: the last good site stays, and the state says what is wrong.
"""

from __future__ import annotations

import contextlib
import gc
import math
import signal
import threading
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from urllib.parse import unquote, urlsplit

import msgspec

from briefgen.build.errors import BuildStop
from briefgen.build.pipeline import BuildResult
from briefgen.model.diagnostics import Diagnostic, Level
from briefgen.serve.batches import QUIET_SECONDS, Batches
from briefgen.serve.jump import page_to_show
from briefgen.serve.reload import Hub, Problem, State
from briefgen.serve.versions import Versions, read_versions
from briefgen.serve.watch import SiteWatch

LOOK_SECONDS = 0.005
"""A first look is taken after so short a pause: what is half written is none of its business."""

AHEAD_SECONDS = 0.3
"""What was shown ahead is built after so long without a further change: browsers come first."""

LONGEST_AHEAD = 2.0
"""Seconds after which it is built even while more is shown ahead."""

STORM = 200
"""As many changes at once are a storm, such as a switch between branches: it is let pass."""

LONGEST_STORM = 10.0
"""Seconds after which it is built all the same. Half a storm is no site that anybody wants to see,
and building it holds back the whole."""

TOLD_AFTER_SECONDS = 1.0
"""Browsers are told of a build that takes longer: what they show until then is what was there."""

THREAD_NAME = "briefgen-rebuild"

RETRY_SECONDS = 2.0
"""What stopped a build is tried again after so long, then after twice as long and so on."""

_LONGEST_RETRY_SECONDS = 60.0
_MAY_PASS = ("config-missing", "file-unreadable")


class BrokenOff(BaseException):
    """A build is not wanted any more. Like Ctrl-C it is nobody's to catch on its way."""


class Rebuild(msgspec.Struct, frozen=True):
    """One turn of the loop: what had changed, and what came of it."""

    changed: tuple[str, ...]  # sorted, relative to the site; empty for the first build
    seconds: float
    result: BuildResult | None  # None where the build was stopped
    stopped: str = ""  # why it was
    is_shown: bool = False  # whether there is a site to show, of this turn or an earlier one


class _Turn(msgspec.Struct, frozen=True):
    """What a turn is told to have changed, and what it did."""

    before: Versions = Versions()  # as they were shown before it
    reasons: Mapping[str, str] = {}  # why pages were rendered, by their file
    changed: frozenset[str] = frozenset()


class RebuildLoop:
    """Builds into a private folder and publishes how it went.

    `build` builds the site anew as its files are now, and calls what it is given now and then,
    which may end it by raising BrokenOff. `show_ahead` makes the pages of edited files
    before that, where it can. `describe` makes of a finding what the overlay shows. `report` is
    told of every turn, in the loop's thread. `token` sets the versions of this run apart from those
    of any other. With `navigates` browsers go to what changed.
    """

    def __init__(
        self,
        build: Callable[[Callable[[], None]], BuildResult],
        hub: Hub,
        *,
        show_ahead: Callable[[Collection[str]], Mapping[str, bytes] | None] = lambda _: None,
        describe: Callable[[Diagnostic], Problem],
        report: Callable[[Rebuild], None],
        token: str,
        navigates: bool = False,
    ) -> None:
        self._build = build
        self._hub = hub
        self._show_ahead = show_ahead
        self._describe = describe
        self._report = report
        self._token = token
        self._navigates = navigates
        self._built = Versions()  # those of the newest build that succeeded
        self._gone_to: set[str] = set()  # changes that browsers went to ahead of their build
        self._last = _Turn()
        self._shown: set[str] = set()  # changes that are shown ahead of their build as they are
        self._generation = 0
        self._is_ended = False
        self._begun = math.inf  # when the build that runs began, where browsers may be told of it
        self._retries = 0  # since a build was not stopped
        self._retry: threading.Timer | None = None  # the next of them

    def first(self) -> Rebuild:
        """Build for the first time; what stops it is raised: there is nothing to go on with.

        Raises BrokenOff where the loop is ended.
        """
        start = time.perf_counter()
        with _collecting_afterwards():
            result = self._build(self._go_on)
        return self._publish(Rebuild((), time.perf_counter() - start, result))

    def turn(self, changed: tuple[str, ...], *, is_news: bool = True) -> Rebuild:
        """Build once, publish the state, report and return how it went.

        Without `is_news` nothing is reported where nothing came of it.

        BuildStop and any fault of briefgen's own become part of the value: an author's server
        does not end because of a file that is half written. Raises BrokenOff where the loop is
        ended.
        """
        self._begun = start = time.perf_counter()
        result, stopped = None, ""
        try:
            result = self._build(self._go_on)
        except BuildStop as stop:
            stopped = stop.message
        except Exception as error:  # noqa: BLE001  (see above)
            stopped = f"internal error: {type(error).__name__}: {error}; please report it"
        done = Rebuild(changed, time.perf_counter() - start, result, stopped)
        return self._publish(done, is_news=is_news)

    def _publish(self, done: Rebuild, *, is_news: bool = True) -> Rebuild:
        if self._is_ended:
            return done
        state, told = self._state(done), self._hub.state
        self._hub.publish(state)
        if not is_news and state == msgspec.structs.replace(told, is_building=False):
            return done
        done = msgspec.structs.replace(done, is_shown=state.is_built)
        with contextlib.suppress(OSError):  # nobody reads its lines any more, or no disk holds them
            self._report(done)
        return done

    def _state(self, done: Rebuild) -> State:
        old = msgspec.structs.replace(self._hub.state, is_building=False)
        is_shown = self._shown.issuperset(done.changed)
        self._shown.clear()
        if done.result is None:
            problem = Problem("briefgen", str(Level.ERROR), "stopped", done.stopped)
            return msgspec.structs.replace(old, problems=(problem,))
        if not done.result.ok:
            # What was shown ahead stays, unless it is the very thing that is wrong.
            if is_shown:
                old = msgspec.structs.replace(old, ahead={}, versions=self._built)
            errors = (one for one in done.result.diagnostics if one.level is Level.ERROR)
            return msgspec.structs.replace(old, problems=tuple(map(self._describe, errors)))
        stats = done.result.stats
        mount = mount_of(done.result)
        if stats.written or stats.removed or mount != old.mount or not old.is_built:
            self._generation += 1
            self._built = read_versions(done.result.output)
        version = f"{self._token}-{self._generation}"
        state = State(version, mount, is_built=True, versions=self._built)
        # Where browsers went ahead of the build, they may have gone on since.
        changed = set(done.changed) - self._gone_to
        self._gone_to.clear()
        turn = _Turn(self._hub.state.versions, stats.reasons, frozenset(done.changed))
        if not stats.rendered:  # what is told only now may have been read by the build before
            turn, changed = self._last, changed - self._last.changed
            self._last = msgspec.structs.replace(turn, changed=turn.changed | changed)
        elif done.changed:
            self._last = turn
        return self._with_jump(state, self._page_to_show(state, changed, turn))

    def _page_to_show(self, state: State, changed: Collection[str], turn: _Turn) -> str | None:
        """The page that browsers are to show next, of those that a turn has changed."""
        if not (self._navigates and changed and turn.before.files):
            return None
        return page_to_show(turn.before, state.versions, turn.reasons, changed)

    def _with_jump(self, state: State, page: str | None) -> State:
        shown = self._hub.state
        if page is None:
            return msgspec.structs.replace(state, jumps=shown.jumps, jump_to=shown.jump_to)
        return msgspec.structs.replace(state, jumps=shown.jumps + 1, jump_to=state.mount + page)

    def ahead(self, changed: Collection[str]) -> bool:
        """Show what changed before it is built, where nothing else can have; whether that was so.

        The turn that follows takes nothing from it. Where that meets a later save which is broken,
        what is shown stays, as the last that was good.
        """
        old = self._hub.state
        self._forget(changed)
        if not old.is_built or old.problems:
            return False
        try:
            pages = self._show_ahead(changed)
        except Exception:  # noqa: BLE001 - the build that follows meets it too, and says so
            return False
        if pages is not None:
            self._shown.update(changed)
        if pages:
            self._generation += 1
            state = msgspec.structs.replace(
                old,
                version=f"{self._token}-{self._generation}",
                versions=old.versions.with_pages(pages),
                ahead={**old.ahead, **pages},
            )
            page = self._page_to_show(state, changed, _Turn(old.versions))
            if page is not None:
                self._gone_to.update(changed)
            self._hub.publish(self._with_jump(state, page))
        return pages is not None

    def _forget(self, changed: Collection[str]) -> None:
        """Take it that these have changed once more since they were shown, if they were."""
        self._gone_to.difference_update(changed)
        self._shown.difference_update(changed)

    def run(self, batches: Batches, watch: SiteWatch) -> None:
        """Build after each batch, until they end; what can be shown ahead is shown first."""
        waiting: set[str] = set()  # for their build: some may have been shown ahead
        since = 0.0
        while (batch := batches.next(AHEAD_SECONDS if waiting else None)) is None or batch:
            if batch is not None:
                since = since if waiting else time.monotonic()
                waiting |= batch
                self._forget(batch)
                gc.disable()
                if time.monotonic() < since + LONGEST_AHEAD and self.ahead(batch):
                    continue
            while more := batches.next(QUIET_SECONDS):  # some may be half written
                waiting |= more
                self._forget(more)
                longest = LONGEST_AHEAD if len(waiting) < STORM else LONGEST_STORM
                if time.monotonic() > since + longest:
                    break
            changed = tuple(sorted(waiting))
            waiting.clear()
            watch.sync(changed)
            with _collecting_afterwards():
                is_news = watch.were_told(changed) and not self._retries
                done = self.turn(changed, is_news=is_news)
            self._retry_if_stopped(done, batches)
            if done.result and done.result.config:
                watch.follow(done.result.config, done.result.others)

    def end(self) -> None:
        """Break off what is being built, and tell nobody of anything any more."""
        self._is_ended = True

    def _go_on(self) -> None:
        if self._is_ended:
            raise BrokenOff
        if time.perf_counter() > self._begun + TOLD_AFTER_SECONDS:
            self._begun = math.inf
            self._hub.publish(msgspec.structs.replace(self._hub.state, is_building=True))

    def _retry_if_stopped(self, done: Rebuild, batches: Batches) -> None:
        """See that a stopped build is tried again: another one was running, the disk was full.

        So is one that could not open a file: there may be no descriptors left for a moment. And one
        that found no configuration: a folder above may have been moved away, and back unnoticed.
        """
        if self._retry is not None:
            self._retry.cancel()  # this turn was one
        found = done.result.diagnostics if done.result else ()
        if done.result and not any(one.code in _MAY_PASS for one in found):
            self._retries = 0
            return
        pause = min(RETRY_SECONDS * 2**self._retries, _LONGEST_RETRY_SECONDS)
        self._retries += 1

        def again() -> None:
            for path in done.changed:
                batches.add(path)

        self._retry = threading.Timer(pause, again)
        self._retry.daemon = True
        self._retry.start()

    def start(
        self, batches: Batches, watch: SiteWatch, begin: Callable[[], object] = lambda: None
    ) -> threading.Thread:
        """Run, once `begin` has, in a thread that does not keep the program from ending."""

        def work() -> None:
            if hasattr(signal, "pthread_sigmask"):
                # Ctrl-C is the main thread's. The processes that are started from here inherit it.
                signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
            with contextlib.suppress(BrokenOff):
                begin()
                self.run(batches, watch)

        thread = threading.Thread(target=work, name=THREAD_NAME, daemon=True)
        thread.start()
        return thread


@contextlib.contextmanager
def _collecting_afterwards() -> Iterator[None]:
    """Keep the garbage collector out of a turn, and let it work once browsers have been told."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.collect()


def mount_of(result: BuildResult) -> str:
    """Return the path, decoded, that a site lives under, with a slash at both ends."""
    address = result.config.url if result.config else None
    path = unquote(urlsplit(address or "").path).strip("/")
    return f"/{path}/" if path else "/"
