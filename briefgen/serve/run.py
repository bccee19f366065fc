"""`briefgen serve` as a whole: listen, build, watch, serve, until interrupted.

The site is built into a folder of the server's own, never into the one that is published, and
that folder goes when the server ends.
"""

from __future__ import annotations

import concurrent.futures
import contextlib
import logging
import multiprocessing
import os
import secrets
import shutil
import signal
import socket
import sys
import tempfile
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType
from urllib.parse import quote

import msgspec
import uvicorn
from starlette.types import ASGIApp

from briefgen.build import pipeline, processes
from briefgen.build.configure import config_path
from briefgen.build.options import BuildOptions
from briefgen.build.warm import Warm
from briefgen.model.diagnostics import Diagnostic
from briefgen.serve.address import Address, Callers, listen, listen_near
from briefgen.serve.app import make_app
from briefgen.serve.batches import Batches
from briefgen.serve.browser import open_browser
from briefgen.serve.loop import LOOK_SECONDS, THREAD_NAME, BrokenOff, Rebuild, RebuildLoop
from briefgen.serve.reload import Hub, Problem, State
from briefgen.serve.watch import SiteWatch

_SHORT_SECONDS = 0.02
_LOOK_SECONDS = 0.5
_GRACE_SECONDS = 1  # for open connections, once the server is to end
_BUILD_GRACE_SECONDS = 0.5  # for a build that is broken off
_END_SECONDS = 3.0  # for all of the end, which takes less than one


class Desk(msgspec.Struct, frozen=True):
    """What the one who runs the server decides and is told."""

    options: Callable[[], BuildOptions]  # asked before each build: the day may have changed
    describe: Callable[[Diagnostic], Problem]
    report: Callable[[Rebuild], None]
    announce: Callable[[str, str], None]  # an address to open; a warning, or nothing
    address: Address = Address()
    takes_next: bool = False  # where the port is taken, rather than stop
    has_reload: bool = True
    navigates: bool = False  # browsers go to the page that changed
    opens_browser: bool = False
    polls: bool = False  # look for changes every second: on network drives nothing tells of them


def run(desk: Desk) -> None:
    """Serve the site until interrupted by the keyboard, which is its regular end.

    Raises BuildStop where the address is taken or the first build is stopped; SystemExit where
    the system ends the server. Either way nothing stays behind.
    """
    with (
        contextlib.suppress(KeyboardInterrupt),
        _certain_end(),
        _orderly_end(),
        _listening(desk) as (listener, why_another),
        _private_folder() as kept,
    ):
        deadline = _Deadline(Path(kept))
        folder = Path(kept).resolve() / "site"
        hub = Hub(State(""))
        warm = Warm()

        def options() -> BuildOptions:
            return msgspec.structs.replace(desk.options(), output=folder, is_lasting=False)

        loop = RebuildLoop(
            lambda go_on: pipeline.build(options(), warm=warm, progress=lambda *_: go_on()),
            hub,
            show_ahead=lambda changed: warm.show_ahead(options(), changed),
            describe=desk.describe,
            report=desk.report,
            token=secrets.token_hex(4),
            navigates=desk.navigates,
        )
        host, port = listener.getsockname()[:2]

        def url() -> str:
            return f"http://{Address(host, port).to_open}{quote(hub.state.mount)}"

        def announce() -> None:
            why_polling = "" if desk.polls else watch.why_polling
            desk.announce(url(), _warning(desk.address, why_another, why_polling))

        def no_browser() -> None:
            desk.announce(url(), "no browser could be opened; go to this address by yourself")

        batches = Batches(LOOK_SECONDS)
        given = desk.options()
        inside = os.path.relpath(given.root / config_path(given), given.root)
        watch = SiteWatch(given.root.resolve(), batches, folder, announce, Path(inside).as_posix())

        def prepare() -> None:
            processes.prepare(folder.parent, given.jobs)

        with _rebuilding(loop, batches, watch, deadline, prepare, polls=desk.polls):
            announce()
            if desk.opens_browser:
                open_browser(url(), no_browser)
            callers = Callers(Address(desk.address.host, port))
            _answer(make_app(folder, hub, callers, desk.has_reload), listener, deadline)


def _private_folder() -> tempfile.TemporaryDirectory[str]:
    """Make a folder, and hold back Ctrl-C meanwhile: it would be left behind, or what tries it."""
    can_hold = hasattr(signal, "pthread_sigmask")
    held = signal.pthread_sigmask(signal.SIG_BLOCK, _end_signals()) if can_hold else set()
    made = tempfile.TemporaryDirectory(prefix="briefgen-serve-", ignore_cleanup_errors=True)
    if can_hold:
        signal.pthread_sigmask(signal.SIG_SETMASK, held)
    return made


@contextlib.contextmanager
def _listening(desk: Desk) -> Iterator[tuple[socket.socket, str]]:
    """Listen; with the socket comes why it is at another port than asked for, where it is."""
    found = listen_near(desk.address) if desk.takes_next else (listen(desk.address), "")
    with found[0]:
        yield found


@contextlib.contextmanager
def _rebuilding(
    loop: RebuildLoop,
    batches: Batches,
    watch: SiteWatch,
    deadline: _Deadline,
    prepare: Callable[[], None],
    *,
    polls: bool,
) -> Iterator[None]:
    """Build, and go on building, in a thread: this one is to hear of Ctrl-C at once.

    `prepare` is called there before the first build: it makes the next ones quicker.
    """
    first: concurrent.futures.Future[None] = concurrent.futures.Future()

    def begin() -> None:
        try:
            prepare()
            built = loop.first().result
            if built and built.config:
                watch.follow(built.config, built.others)
        except BaseException as error:  # noqa: BLE001  (raised in the other thread)
            first.set_exception(error)
            raise BrokenOff from None
        first.set_result(None)

    watch.start(polls=polls)  # before the first build, so that what is saved during it counts
    try:
        thread = loop.start(batches, watch, begin)
        try:
            while not concurrent.futures.wait([first], _LOOK_SECONDS).done:
                pass  # on Windows a longer wait would not hear of Ctrl-C
            first.result()
            yield
        except (KeyboardInterrupt, SystemExit) as end:
            deadline.begin(_exit_code(end))
            raise
        finally:
            _ignore_end_signals()
            batches.close()
            loop.end()
            _break_off(thread)
    finally:
        watch.stop()


def _break_off(thread: threading.Thread) -> None:
    """Wait for the rebuild's end; what works for it would go on, or complain that we have ended.

    A process may be started while the others are being ended, so they are looked for until then.
    """
    end = time.monotonic() + _BUILD_GRACE_SECONDS
    complain, threading.excepthook = threading.excepthook, lambda _: None  # of what is killed
    while thread.is_alive() and time.monotonic() < end:
        for child in multiprocessing.active_children():
            child.kill()
        thread.join(_SHORT_SECONDS)
    threading.excepthook = complain


@contextlib.contextmanager
def _certain_end() -> Iterator[None]:
    """End the process where a build goes on that could not be broken off: nobody waits for it.

    The interpreter would, for its pool of processes, one of which may have been killed while it
    wrote: what reads of it waits for the rest.
    """
    try:
        yield
    except (KeyboardInterrupt, SystemExit) as end:
        if all(thread.name != THREAD_NAME for thread in threading.enumerate()):
            raise
        processes.end_all()
        sys.stdout.flush()
        os._exit(_exit_code(end))


def _exit_code(end: KeyboardInterrupt | SystemExit) -> int:
    return int(end.code or 0) if isinstance(end, SystemExit) else 0


class _Deadline:
    """Ends the process, and takes its folder away, where the orderly end takes too long.

    Threads of libraries are waited for on the way, and once more by the interpreter. Whatever keeps
    one of them, whoever has pressed Ctrl-C does not wait for it.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._timer: threading.Timer | None = None

    def begin(self, code: int) -> None:
        """Let the time run from now on; `code` is what the process is to end with."""
        if self._timer is None:
            self._timer = threading.Timer(_END_SECONDS, self._end, (code,))
            self._timer.daemon = True
            self._timer.start()

    def _end(self, code: int) -> None:
        processes.end_all(0)
        shutil.rmtree(self._folder, ignore_errors=True)
        os._exit(code)


class _Server(uvicorn.Server):
    """Has the deadline begin with the signal to end, of which we hear only once it is done."""

    def __init__(self, settings: uvicorn.Config, deadline: _Deadline) -> None:
        super().__init__(settings)
        self._deadline = deadline

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self._deadline.begin(0 if sig == signal.SIGINT else 128 + sig)
        super().handle_exit(sig, frame)


def _answer(app: ASGIApp, listener: socket.socket, deadline: _Deadline) -> None:
    settings = uvicorn.Config(
        app,
        http="h11",  # it takes 64 kB of headers at most, where httptools takes what comes
        lifespan="off",
        log_config=None,
        log_level=logging.CRITICAL,  # the terminal belongs to the rebuilds' lines
        access_log=False,
        server_header=False,
        ws_max_size=1024,  # bytes; a page says nothing on its socket
        timeout_graceful_shutdown=_GRACE_SECONDS,
    )
    # Ctrl-C may come before what serves has begun: no fault, and none is to be told of it, however
    # late it is noticed.
    warnings.filterwarnings("ignore", "coroutine .* was never awaited", RuntimeWarning)
    logging.getLogger("asyncio").setLevel(logging.CRITICAL)
    _Server(settings, deadline).run(sockets=[listener])


def _warning(address: Address, why_another: str, why_polling: str) -> str:
    said = [why_another] if why_another else []
    if not address.is_loopback:
        said.append(f"{address.host} can be reached from other machines")
    if why_polling:
        said.append(f"{why_polling}, so changes are looked for every second")
    return "; ".join(said)


def _ignore_end_signals() -> None:
    """Let no further Ctrl-C keep what is left to do from being done: it takes a moment."""
    if threading.current_thread() is threading.main_thread():
        for number in _end_signals():
            signal.signal(number, signal.SIG_IGN)


def _end_signals() -> list[signal.Signals]:
    names = [name for name in ("SIGTERM", "SIGHUP", "SIGINT") if hasattr(signal, name)]
    return [signal.Signals[name] for name in names]


@contextlib.contextmanager
def _orderly_end() -> Iterator[None]:
    """Turn the system's signals to end into SystemExit, so that the private folder goes too."""

    def end(number: int, _frame: FrameType | None) -> None:
        raise SystemExit(128 + number)

    if threading.current_thread() is not threading.main_thread():
        yield  # signals are the main thread's
        return
    old = {number: signal.getsignal(number) for number in _end_signals()}
    for number in old:
        if number is not signal.SIGINT:
            signal.signal(number, end)
    is_ended = False
    try:
        yield
    except (KeyboardInterrupt, SystemExit):
        is_ended = True  # and so is the process, in a moment: a further signal finds nothing to do
        raise
    finally:
        for number, handler in old.items() if not is_ended else ():
            signal.signal(number, handler)
