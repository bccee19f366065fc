"""The web application: the files of one folder under one path, and the reload socket.

In go requests, out come files. It answers GET and HEAD alone, only to callers that name this
machine, and nothing outside the folder by any spelling of a path. It sets no CORS header. It
builds nothing and writes nothing.
"""

from __future__ import annotations

import asyncio
import contextlib
from importlib import resources
from pathlib import Path
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocket

from briefgen.serve.address import Callers
from briefgen.serve.companions import Companions
from briefgen.serve.reload import (
    SCRIPT,
    SCRIPT_PATH,
    SOCKET_PATH,
    STYLE_PATH,
    Hub,
    unbuilt_page,
    with_script,
)
from briefgen.serve.versions import MISSING, file_of

METHODS = ("GET", "HEAD")
_HEADERS = {"Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"}
_LASTING_HEADERS = {**_HEADERS, "Cache-Control": "max-age=31536000, immutable"}
_POLICY_VIOLATION = 1008  # RFC 6455 section 7.4.1


def make_app(folder: Path, hub: Hub, callers: Callers, has_reload: bool) -> ASGIApp:
    """Return the application that serves `folder`, at the path and in the state the hub knows."""
    companions = Companions()

    async def page(request: Request) -> Response:
        path = request.scope["path"]  # decoded once; `request.url` would read it as an address
        known = request.headers.get("if-none-match", "")
        companions.note(path, request.scope["query_string"], request.headers)
        answer = await asyncio.to_thread(_answer, folder, hub, path, has_reload, known)
        if answer.media_type == "text/html":
            answer.headers.update(companions.header(path, bytes(answer.body)))
        return answer

    async def socket(connection: WebSocket) -> None:
        await hub.attend(connection)

    routes = [
        Route(
            SCRIPT_PATH, Response(SCRIPT, headers=_LASTING_HEADERS, media_type="text/javascript")
        ),
        Route(STYLE_PATH, Response(_style(), 200, _HEADERS, "text/css")),
        Route("/{path:path}", page),
    ]
    if has_reload:
        routes.insert(0, WebSocketRoute(SOCKET_PATH, socket))  # type: ignore[arg-type]
    app = Starlette(routes=routes)
    app.router.redirect_slashes = False  # it would redirect to wherever the request says
    return Guard(app, callers)


def _style() -> bytes:
    return resources.files("briefgen.serve").joinpath("overlay.css").read_bytes()


class Guard:
    """Turns away callers and methods before anything else looks at a request."""

    def __init__(self, app: ASGIApp, callers: Callers) -> None:
        self._app = app
        self._callers = callers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer 400 or 405, or refuse the socket."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        hosts = headers.getlist("host")
        is_host = len(hosts) == 1 and self._callers.is_host(hosts[0])
        if scope["type"] == "websocket":
            origins = headers.getlist("origin")
            origin = origins[0] if origins else None
            is_own = is_host and len(origins) <= 1 and self._callers.is_origin(origin, hosts[0])
            if is_own:
                await self._app(scope, receive, send)
            else:
                await send({"type": "websocket.close", "code": _POLICY_VIOLATION})
            return
        if not is_host:
            refusal = PlainTextResponse("This server does not answer to that name.\n", 400)
            await refusal(scope, receive, send)
        elif scope["method"] not in METHODS:
            allow = {"Allow": ", ".join(METHODS)}
            await PlainTextResponse("GET or HEAD only.\n", 405, allow)(scope, receive, send)
        else:
            await self._app(scope, receive, send)


def _answer(folder: Path, hub: Hub, path: str, has_reload: bool, known: str = "") -> Response:
    """The response to a decoded path; reads the file system, so it runs in a worker thread.

    `known` is the entity tag of what the browser has of it.
    """
    state = hub.state  # before any file is read, so a page never claims to be newer than it is
    is_inside = path.startswith(state.mount)
    if not state.is_built:
        content, status = unbuilt_page(state.problems, has_reload=has_reload), 503
    elif not is_inside and (path == "/" or path + "/" == state.mount):
        return _redirect(state.mount)
    else:
        found = find_file(folder, path.removeprefix(state.mount)) if is_inside else None
        if found and found.suffix != ".html":
            return _file(found, state.versions.files.get(path.removeprefix(state.mount)), known)
        if found and found.name == "index.html" and not path.endswith(("/", "/index.html")):
            return _redirect(path + "/")
        ahead = state.ahead.get(file_of(path.removeprefix(state.mount))) if found else None
        content, status = (ahead, 200) if ahead else _page(folder, found)
    if has_reload:
        version, styles = state.version_at(path), state.versions.styles
        content = with_script(content, version, styles, state.jumps)
    return Response(content, status, _HEADERS, "text/html")


def find_file(folder: Path, path: str) -> Path | None:
    """Return the file of `folder` that a decoded path without leading slash names, or None.

    A folder stands for its `index.html`. No name may be empty, `.` or `..` or hold a NUL or a
    backslash, and no symbolic link may lead out of the folder.
    """
    names = path.split("/")
    if names[-1] == "":
        names.pop()
    if any(name in ("", ".", "..") or "\0" in name or "\\" in name for name in names):
        return None
    try:
        root = folder.resolve(strict=True)
        found = root.joinpath(*names).resolve(strict=True)
        if found.is_dir():
            found = (found / "index.html").resolve(strict=True)
        elif path.endswith("/"):
            return None
    except (OSError, ValueError, RuntimeError):  # missing, a name too long, a circle of links
        return None
    return found if found.is_relative_to(root) and found.is_file() else None


def _file(found: Path, digest: str | None, known: str) -> Response:
    """A file, or the word that the browser has it: each reload of a page asks for its styles."""
    if digest is None:
        return FileResponse(found, headers=_HEADERS)
    headers = {**_HEADERS, "ETag": f'"{digest}"'}
    if known == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    return FileResponse(found, headers=headers)


def _page(folder: Path, found: Path | None) -> tuple[bytes, int]:
    """A page's bytes and status, or those of the page for what is missing."""
    if found is not None:
        with contextlib.suppress(OSError):  # a build took it away after it was found
            return found.read_bytes(), 200
    with contextlib.suppress(OSError):
        return (folder / MISSING).read_bytes(), 404
    return b"<!doctype html><title>Not found</title><h1>Not found</h1>", 404


def _redirect(path: str) -> Response:
    # Never "//host", which a browser would take for another server.
    location = quote("/" + path.lstrip("/"), safe="/")
    return RedirectResponse(location, 302, _HEADERS)
