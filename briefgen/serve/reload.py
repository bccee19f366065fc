"""What browsers are told: which version of their page is there, and what is wrong with the site.

The rebuild thread publishes a state; every open page has a socket on which it is sent what the
newest one means to it. A page knows the version it was served as, so a rebuild between the page
and its socket is not missed, and one that changed other pages alone is no reason to reload. The
script that does this is added to a page as it leaves, never to a file.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Mapping
from hashlib import blake2b
from html import escape
from importlib import resources
from urllib.parse import quote, unquote

import msgspec
from starlette.websockets import WebSocket, WebSocketDisconnect

from briefgen.serve.versions import Versions

SCRIPT = resources.files("briefgen.serve").joinpath("reload.js").read_bytes()
SCRIPT_PATH = "/_briefgen/reload.js"
SCRIPT_ADDRESS = f"{SCRIPT_PATH}?{blake2b(SCRIPT, digest_size=4).hexdigest()}"
"""With its digest: browsers keep what is there for good."""

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

    version: str  # differs where any page differs; empty until a build has succeeded
    mount: str = "/"  # the path the site lives under, with a slash at both ends
    is_built: bool = False  # False until a build has succeeded
    problems: tuple[Problem, ...] = ()  # why the newest build did not succeed
    versions: Versions = Versions()  # of each page; empty where nothing is known of them
    ahead: Mapping[str, bytes] = {}  # pages ahead of their build, by their file: they go first
    is_building: bool = False  # and has been for so long that browsers are told
    jumps: int = 0  # how often browsers were to show another page
    jump_to: str = ""  # the page of the newest of these, as a decoded path

    def version_at(self, path: str | None) -> str:
        """Return the version of the page at a decoded path, or the site's where that is all."""
        if path is None or not self.versions.files:
            return self.version
        # Outside the mount there is no page; "//" is no path of one either.
        inside = path.removeprefix(self.mount) if path.startswith(self.mount) else "//"
        return self.versions.page(inside)

    def message(self, path: str | None) -> str:
        """What is sent on the socket of the page at a decoded path, as JSON."""
        told: dict[str, object] = {"version": self.version_at(path), "problems": self.problems}
        if self.is_building:
            told["building"] = True
        if self.versions.styles:
            told["styles"] = self.versions.styles
        if self.jump_to:
            told["jump"] = {"number": self.jumps, "to": quote(self.jump_to)}
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
        page = socket.query_params.get("page")  # as its address has it
        path = None if page is None else unquote(page)
        teller = asyncio.create_task(self._tell(socket, event, path))
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

    async def _tell(self, socket: WebSocket, event: asyncio.Event, path: str | None) -> None:
        with contextlib.suppress(WebSocketDisconnect, RuntimeError):  # gone while it was sent
            while True:
                await event.wait()
                event.clear()
                await socket.send_text(self._state.message(path))


def with_script(page: bytes, version: str, styles: str, jumps: int = 0) -> bytes:
    """Return an HTML page with the reload script at the end of its body.

    `version` and `styles` are those of the page and of its style sheets as they are served, `jumps`
    the number of the newest jump to another page, which is none for this one any more. An external
    script of the same origin, so the page's Content-Security-Policy allows it.
    """
    known = f'data-version="{escape(version)}"'
    if styles:
        known += f' data-styles="{escape(styles)}"'
    if jumps:
        known += f' data-jumps="{jumps}"'
    tag = f'<script src="{SCRIPT_ADDRESS}" {known} defer></script>'
    at = page.lower().rfind(b"</body>")
    at = len(page) if at < 0 else at
    return page[:at] + tag.encode() + page[at:]


def unbuilt_page(problems: tuple[Problem, ...], *, has_reload: bool) -> bytes:
    """Return the page that stands in for a site of which no build has succeeded yet.

    With `has_reload` the overlay lists the problems, where scripts run, and the page is replaced.
    """
    rows = "".join(
        f"<li><code>{escape(one.place)}</code> {escape(one.level)}[{escape(one.code)}]: "
        f"{escape(one.message)}<pre>{escape(one.frame)}</pre>{escape(one.help)}</li>"
        for one in problems
    )
    listed = f"<ul>{rows}</ul>"
    if has_reload:
        listed = f"<p>This page reloads by itself once it has.</p><noscript>{listed}</noscript>"
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        '<meta name="color-scheme" content="light dark"><title>Not built yet</title>'
        "<style>body { margin: 2rem; font: 1rem/1.5 system-ui, sans-serif } "
        "li { white-space: pre-line } pre { overflow: auto }</style></head>"
        f"<body><h1>The site has not been built yet</h1>{listed}</body></html>"
    ).encode()
