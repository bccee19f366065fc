"""What browsers are told: which version of the site is there, and what is wrong with it.

The rebuild thread publishes a state; every open page has a socket on which it is sent the newest
one. A page knows the version it was served as, so a rebuild between the page and its socket is
not missed. The script that does this is added to a page as it leaves, never to a file.
"""

from __future__ import annotations

import asyncio
import contextlib
from html import escape

import msgspec
from starlette.websockets import WebSocket, WebSocketDisconnect

SCRIPT_PATH = "/_briefgen/reload.js"
STYLE_PATH = "/_briefgen/overlay.css"
SOCKET_PATH = "/_briefgen/socket"


class Problem(msgspec.Struct, frozen=True):
    """One finding as the overlay shows it: plain text, nothing of it is markup."""

    place: str
    level: str
    code: str
    message: str
    frame: str = ""  # the source line and, below it, a caret
    help: str = ""


class State(msgspec.Struct, frozen=True):
    """What is served at the moment."""

    version: str  # differs where a page differs; compared, never read
    mount: str = "/"  # the path the site lives under, with a slash at both ends
    is_built: bool = False  # False until a build has succeeded
    problems: tuple[Problem, ...] = ()  # why the newest build did not succeed

    def message(self) -> str:
        """What is sent on a socket, as JSON."""
        told = {"version": self.version, "problems": self.problems}
        return msgspec.json.encode(told).decode("utf-8")


class Hub:
    """Holds the state, and tells every open page of a new one.

    `publish` may be called from any thread; `attend` runs in the server's event loop. A page that
    is slow is told the newest state only, so nothing queues up.
    """

    def __init__(self, state: State) -> None:
        self._state = state
        self._loop: asyncio.AbstractEventLoop | None = None
        self._waiting: set[asyncio.Event] = set()

    @property
    def state(self) -> State:
        """The newest state."""
        return self._state

    def publish(self, state: State) -> None:
        """Make a state the newest and tell every open page."""
        self._state = state
        loop = self._loop
        if loop is not None:
            # The server may be closing at this very moment; then nobody is left to be told.
            with contextlib.suppress(RuntimeError):
                loop.call_soon_threadsafe(self._wake)

    def _wake(self) -> None:
        for event in self._waiting:
            event.set()

    async def attend(self, socket: WebSocket) -> None:
        """Tell one page, until it closes, of the state at once and of every new one."""
        await socket.accept()
        self._loop = asyncio.get_running_loop()  # before the state is read: see `publish`
        event = asyncio.Event()
        event.set()
        self._waiting.add(event)
        teller = asyncio.create_task(self._tell(socket, event))
        try:
            while True:
                await socket.receive_text()  # a page says nothing; this waits for its close
        except WebSocketDisconnect:
            pass
        finally:
            self._waiting.discard(event)
            teller.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await teller

    async def _tell(self, socket: WebSocket, event: asyncio.Event) -> None:
        with contextlib.suppress(WebSocketDisconnect, RuntimeError):  # gone while it was sent
            while True:
                await event.wait()
                event.clear()
                await socket.send_text(self._state.message())


def with_script(page: bytes, version: str) -> bytes:
    """Return an HTML page with the reload script at the end of its body.

    An external script of the same origin, so the page's Content-Security-Policy allows it.
    """
    tag = f'<script src="{SCRIPT_PATH}" data-version="{escape(version)}" defer></script>'
    at = page.lower().rfind(b"</body>")
    at = len(page) if at < 0 else at
    return page[:at] + tag.encode() + page[at:]


def unbuilt_page(problems: tuple[Problem, ...]) -> bytes:
    """Return the page that stands in for a site of which no build has succeeded yet."""
    rows = "".join(
        f"<li><code>{escape(one.place)}</code> {escape(one.level)}[{escape(one.code)}]: "
        f"{escape(one.message)}<pre>{escape(one.frame)}</pre>{escape(one.help)}</li>"
        for one in problems
    )
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><title>Not built yet</title></head>'
        "<body><h1>The site has not been built yet</h1>"
        f"<p>This page reloads by itself once it has.</p><ul>{rows}</ul></body></html>"
    ).encode()
