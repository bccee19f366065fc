"""`briefgen serve` as a whole: listen, build, watch, serve, until interrupted.

The site is built into a folder of the server's own, never into the one that is published, and
that folder goes when the server ends.
"""

from __future__ import annotations

import contextlib
import logging
import os
import secrets
import signal
import socket
import tempfile
import threading
import webbrowser
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType

import msgspec
import uvicorn
from starlette.types import ASGIApp

from briefgen.build import pipeline
from briefgen.build.configure import config_path
from briefgen.build.options import BuildOptions
from briefgen.build.warm import Warm
from briefgen.model.diagnostics import Diagnostic
from briefgen.serve.address import Address, Callers, listen
from briefgen.serve.app import make_app
from briefgen.serve.batches import Batches
from briefgen.serve.loop import Rebuild, RebuildLoop
from briefgen.serve.reload import Hub, Problem, State
from briefgen.serve.watch import SiteWatch

_GRACE_SECONDS = 1  # for open connections, once the server is to end


class Desk(msgspec.Struct, frozen=True):
    """What the one who runs the server decides and is told."""

    options: Callable[[], BuildOptions]  # asked before each build: the day may have changed
    describe: Callable[[Diagnostic], Problem]
    report: Callable[[Rebuild], None]
    announce: Callable[[str, str], None]  # an address to open; a warning, or nothing
    address: Address = Address()
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
        _orderly_end(),
        listen(desk.address) as listener,
        tempfile.TemporaryDirectory(prefix="briefgen-serve-", ignore_cleanup_errors=True) as kept,
    ):
        folder = Path(kept).resolve() / "site"
        hub = Hub(State(""))
        warm = Warm()

        def options() -> BuildOptions:
            return msgspec.structs.replace(desk.options(), output=folder, is_lasting=False)

        loop = RebuildLoop(
            lambda: pipeline.build(options(), warm=warm),
            hub,
            show_ahead=lambda changed: warm.show_ahead(options(), changed),
            describe=desk.describe,
            report=desk.report,
            token=secrets.token_hex(4),
            navigates=desk.navigates,
        )
        host, port = listener.getsockname()[:2]

        def url() -> str:
            return f"http://{Address(host, port)}{hub.state.mount}"

        def announce() -> None:
            desk.announce(url(), _warning(desk.address, "" if desk.polls else watch.why_polling))

        batches = Batches()
        given = desk.options()
        inside = os.path.relpath(given.root / config_path(given), given.root)
        watch = SiteWatch(given.root.resolve(), batches, folder, announce, Path(inside).as_posix())
        with _rebuilding(loop, batches, watch, polls=desk.polls):
            announce()
            if desk.opens_browser:
                webbrowser.open(url())
            callers = Callers(Address(desk.address.host, port))
            _answer(make_app(folder, hub, callers, desk.has_reload), listener)


@contextlib.contextmanager
def _rebuilding(
    loop: RebuildLoop, batches: Batches, watch: SiteWatch, *, polls: bool
) -> Iterator[None]:
    """Build, and go on building in a thread."""
    watch.start(polls=polls)  # before the first build, so that what is saved during it counts
    try:
        first = loop.first()
        if first.result and first.result.config:
            watch.follow(first.result.config, first.result.others)
        thread = loop.start(batches, watch)
        try:
            yield
        finally:
            batches.close()
            thread.join(_GRACE_SECONDS)
    finally:
        watch.stop()


def _answer(app: ASGIApp, listener: socket.socket) -> None:
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
    uvicorn.Server(settings).run(sockets=[listener])


def _warning(address: Address, why_polling: str) -> str:
    said = []
    if not address.is_loopback:
        said.append(f"{address.host} can be reached from other machines")
    if why_polling:
        said.append(f"{why_polling}, so changes are looked for every second")
    return "; ".join(said)


@contextlib.contextmanager
def _orderly_end() -> Iterator[None]:
    """Turn the system's signals to end into SystemExit, so that the private folder goes too."""

    def end(number: int, _frame: FrameType | None) -> None:
        raise SystemExit(128 + number)

    if threading.current_thread() is not threading.main_thread():
        yield  # signals are the main thread's
        return
    names = [name for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    old = {number: signal.signal(number, end) for number in map(signal.Signals.__getitem__, names)}
    try:
        yield
    finally:
        for number, handler in old.items():
            signal.signal(number, handler)
