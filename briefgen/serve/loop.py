"""The rebuild loop: one thread that builds whenever the site's files have changed.

In go batches of paths, out come states for the browsers and one report for each rebuild. Whatever
a rebuild meets, the loop goes on: the last good site stays, and the state says what is wrong.
"""

from __future__ import annotations

import contextlib
import gc
import threading
import time
from collections.abc import Callable, Iterator
from urllib.parse import unquote, urlsplit

import msgspec

from briefgen.build.errors import BuildStop
from briefgen.build.pipeline import BuildResult
from briefgen.model.diagnostics import Diagnostic, Level
from briefgen.serve.batches import Batches
from briefgen.serve.jump import page_to_show
from briefgen.serve.reload import Hub, Problem, State
from briefgen.serve.versions import Versions, read_versions
from briefgen.serve.watch import SiteWatch


class Rebuild(msgspec.Struct, frozen=True):
    """One turn of the loop: what had changed, and what came of it."""

    changed: tuple[str, ...]  # sorted, relative to the site; empty for the first build
    seconds: float
    result: BuildResult | None  # None where the build was stopped
    stopped: str = ""  # why it was
    is_shown: bool = False  # whether there is a site to show, of this turn or an earlier one


class RebuildLoop:
    """Builds into a private folder and publishes how it went.

    `build` builds the site anew as its files are now. `describe` makes of a finding what the
    overlay shows. `report` is told of every turn, in the loop's thread. `token` sets the versions
    of this run apart from those of any other. With `navigates` browsers go to what changed.
    """

    def __init__(
        self,
        build: Callable[[], BuildResult],
        hub: Hub,
        *,
        describe: Callable[[Diagnostic], Problem],
        report: Callable[[Rebuild], None],
        token: str,
        navigates: bool = False,
    ) -> None:
        self._build = build
        self._hub = hub
        self._describe = describe
        self._report = report
        self._token = token
        self._navigates = navigates
        self._built = Versions()  # of the newest build that succeeded
        self._generation = 0

    def first(self) -> Rebuild:
        """Build for the first time; what stops it is raised: there is nothing to go on with."""
        start = time.perf_counter()
        result = self._build()
        return self._publish(Rebuild((), time.perf_counter() - start, result))

    def turn(self, changed: tuple[str, ...], *, is_news: bool = True) -> Rebuild:
        """Build once, publish the state, report and return how it went.

        Without `is_news` nothing is reported where nothing came of it.

        BuildStop and any fault of briefgen's own become part of the value: an author's server
        does not end because of a file that is half written.
        """
        start = time.perf_counter()
        result, stopped = None, ""
        try:
            result = self._build()
        except BuildStop as stop:
            stopped = stop.message
        except Exception as error:  # noqa: BLE001  (see above)
            stopped = f"internal error: {type(error).__name__}: {error}; please report it"
        done = Rebuild(changed, time.perf_counter() - start, result, stopped)
        return self._publish(done, is_news=is_news)

    def _publish(self, done: Rebuild, *, is_news: bool = True) -> Rebuild:
        state = self._state(done)
        if not is_news and state == self._hub.state:
            return done
        self._hub.publish(state)
        done = msgspec.structs.replace(done, is_shown=state.is_built)
        self._report(done)
        return done

    def _state(self, done: Rebuild) -> State:
        old = self._hub.state
        if done.result is None:
            problem = Problem("briefgen", str(Level.ERROR), "stopped", done.stopped)
            return msgspec.structs.replace(old, problems=(problem,))
        if not done.result.ok:
            errors = (one for one in done.result.diagnostics if one.level is Level.ERROR)
            return msgspec.structs.replace(old, problems=tuple(map(self._describe, errors)))
        stats = done.result.stats
        mount = mount_of(done.result)
        versions = old.versions
        if stats.written or stats.removed or mount != old.mount or not old.is_built:
            self._generation += 1
            versions = read_versions(done.result.output)
        version = f"{self._token}-{self._generation}"
        state = State(version, mount, is_built=True, versions=versions)
        return self._with_jump(state, done) if self._navigates else state

    def _with_jump(self, state: State, done: Rebuild) -> State:
        """The state of a build that succeeded, with the page that browsers are to show."""
        old, before = self._hub.state, self._built
        self._built = state.versions
        reasons = done.result.stats.reasons if done.result else {}
        page = page_to_show(before, state.versions, reasons, done.changed) if done.changed else None
        if page is None:
            return msgspec.structs.replace(state, jumps=old.jumps, jump_to=old.jump_to)
        return msgspec.structs.replace(state, jumps=old.jumps + 1, jump_to=state.mount + page)

    def run(self, batches: Batches, watch: SiteWatch) -> None:
        """Build after each batch, until they end."""
        while batch := batches.next():
            changed = tuple(sorted(batch))
            watch.sync(changed)
            with _collecting_afterwards():
                done = self.turn(changed, is_news=watch.were_told(changed))
            if done.result and done.result.config:
                watch.follow(done.result.config, done.result.others)

    def start(self, batches: Batches, watch: SiteWatch) -> threading.Thread:
        """Run in a thread that does not keep the program from ending."""
        thread = threading.Thread(
            target=self.run, args=(batches, watch), name="briefgen-rebuild", daemon=True
        )
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
