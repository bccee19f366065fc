"""The web application, called as a server calls it."""

import asyncio
import json

import msgspec
import pytest

from briefgen.serve.address import Address, Callers
from briefgen.serve.app import make_app
from briefgen.serve.reload import (
    SCRIPT_ADDRESS,
    SCRIPT_PATH,
    SOCKET_PATH,
    STYLE_PATH,
    Hub,
    Problem,
    State,
    unbuilt_page,
)
from briefgen.serve.versions import Versions

READY = State("t-1", "/desk/", is_built=True)
HOST = ("host", "127.0.0.1:8000")
TAG = f'<script src="{SCRIPT_ADDRESS}" data-version="t-1" defer></script>'.encode()
PROBLEM = Problem("x.md:1", "error", "c", "<img src=x>", "<frame>", "<help>")


@pytest.fixture
def site(tmp_path):
    folder = tmp_path / "site"
    (folder / "briefings" / "x").mkdir(parents=True)
    (folder / "empty").mkdir()
    files = {
        "index.html": "<html><body>home</BODY></html>",
        "404.html": "<p>lost</p>",
        "briefings/x/index.html": "<p>x",
        "a b.txt": "text",
        "feed.xml": "<feed/>",
        "what?.txt": "asked",
        "no#1.txt": "one",
        "100%41.txt": "all",
        "evil.example": "file",
    }
    for name, text in files.items():
        (folder / name).write_text(text)
    (tmp_path / "secret.txt").write_text("secret")
    (folder / "leak.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "leak").symlink_to(tmp_path)
    (folder / "inside.txt").symlink_to("feed.xml")
    (folder / "circle").symlink_to("circle")
    return folder


class Answer:
    def __init__(self, messages):
        start, *rest = messages
        self.status = start["status"]
        self.headers = {k.decode(): v.decode() for k, v in start["headers"]}
        self.body = b"".join(one.get("body", b"") for one in rest)


@pytest.fixture
def get(site):
    def get(path, state=READY, method="GET", headers=(HOST,), has_reload=True):
        app = make_app(site, Hub(state), Callers(Address()), has_reload)
        return asyncio.run(_request(app, path, method, headers))

    return get


async def _request(app, path, method, headers):
    sent = []

    async def receive():
        await asyncio.Event().wait()  # the client stays, and sends nothing

    async def send(message):
        sent.append(message)

    await app(_scope("http", path, headers) | {"method": method}, receive, send)
    return Answer(sent)


def _scope(kind, path, headers):
    return {
        "type": kind,
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "scheme": "http" if kind == "http" else "ws",
        "path": path,
        "raw_path": path.encode("utf-8", "surrogatepass"),
        "query_string": b"",
        "root_path": "",
        "subprotocols": [],
        "headers": [(name.encode(), value.encode()) for name, value in headers],
    }


@pytest.mark.parametrize(
    ("path", "media_types", "body"),
    [
        ("/desk/", ["text/html"], b"<html><body>home" + TAG + b"</BODY></html>"),
        (
            "/desk/index.html",
            ["text/html"],
            b"<html><body>home" + TAG + b"</BODY></html>",
        ),
        ("/desk/briefings/x/", ["text/html"], b"<p>x" + TAG),
        ("/desk/a b.txt", ["text/plain"], b"text"),
        ("/desk/what?.txt", ["text/plain"], b"asked"),
        ("/desk/no#1.txt", ["text/plain"], b"one"),
        ("/desk/100%41.txt", ["text/plain"], b"all"),
        ("/desk/inside.txt", ["text/xml", "application/xml"], b"<feed/>"),
    ],
)
def test_files(get, path, media_types, body):
    answer = get(path)
    assert (answer.status, answer.body) == (200, body)
    assert answer.headers["content-type"].split(";")[0] in media_types
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-cache"
    assert not [name for name in answer.headers if name.startswith("access-control")]


@pytest.mark.parametrize(
    ("path", "to"),
    [
        ("/", "/desk/"),
        ("/desk", "/desk/"),
        ("/desk/briefings/x", "/desk/briefings/x/"),
    ],
)
def test_redirects(get, path, to):
    answer = get(path)
    assert (answer.status, answer.headers["location"]) == (302, to)


@pytest.mark.parametrize(
    "path",
    [
        "/desk/missing/",
        "/desk/empty/",
        "/desk/feed.xml/",
        "/desk/../secret.txt",
        "/desk/briefings/../../secret.txt",
        "/desk//secret.txt",
        "/desk/./index.html",
        "/desk/..\\secret.txt",
        "/desk/\0",
        "/desk/index.html\0.txt",
        "/desk/leak.txt",
        "/desk/leak/secret.txt",
        "/desk/leak/",
        "/desk/circle",
        "/desk/" + "a" * 5000,
        "/desk/" + "a/" * 3000,
        "/desk/\udcff",
        "/elsewhere/",
        "/deskindex.html",
        "//evil.example/..",
        "//evil.example",
    ],
)
def test_what_is_not_there_or_outside(get, path):
    answer = get(path)
    assert (answer.status, answer.body) == (404, b"<p>lost</p>" + TAG)


@pytest.mark.parametrize("path", ["", "*", "desk/"])
def test_what_is_no_path(get, path):
    assert get(path).status == 404


def test_no_redirect_leads_to_another_server(get):
    state = State("t-1", "/", is_built=True)
    assert get("//evil.example", state).status == 404
    assert get("//briefings/x", state).status == 404


def test_a_site_without_its_own_page_for_what_is_missing(get, site):
    (site / "404.html").unlink()
    answer = get("/desk/missing")
    assert answer.status == 404
    assert b"Not found" in answer.body


def test_the_script_stays_out_of_what_is_no_page(get, site):
    assert get("/desk/feed.xml").body == b"<feed/>"
    assert get("/desk/", has_reload=False).body == b"<html><body>home</BODY></html>"
    assert (site / "index.html").read_text() == "<html><body>home</BODY></html>"


@pytest.mark.parametrize("path", ["/desk/", "/desk/feed.xml", "/desk/missing", SCRIPT_PATH])
def test_head_has_the_status_and_headers_of_get(get, path):
    with_body, without = get(path), get(path, method="HEAD")
    assert (without.status, without.headers) == (with_body.status, with_body.headers)
    assert without.headers["content-length"] == str(len(with_body.body))


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "get"])
@pytest.mark.parametrize("path", ["/desk/", SCRIPT_PATH])
def test_other_methods(get, path, method):
    answer = get(path, method=method)
    assert (answer.status, answer.headers["allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize(
    "headers",
    [
        [],
        [("host", "evil.example")],
        [("host", "127.0.0.1:8000"), ("host", "evil.example")],
        [("host", "127.0.0.1"), ("host", "127.0.0.1")],
    ],
)
@pytest.mark.parametrize("path", ["/desk/", SCRIPT_PATH, STYLE_PATH])
def test_other_names(get, path, headers):
    answer = get(path, headers=headers)
    assert answer.status == 400
    assert b"home" not in answer.body


@pytest.mark.parametrize(
    ("path", "media_type"), [(SCRIPT_PATH, "text/javascript"), (STYLE_PATH, "text/css")]
)
def test_the_scripts_own_files(get, path, media_type):
    answer = get(path)
    assert answer.status == 200
    assert answer.headers["content-type"].startswith(media_type)


def test_the_overlay_is_made_of_text_alone(get):
    script = get(SCRIPT_PATH).body.decode()
    for markup in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("):
        assert markup not in script


def test_a_site_not_built_yet_says_why(get):
    answer = get("/desk/", State("", problems=(PROBLEM,)))
    assert answer.status == 503
    for text in (b"&lt;img src=x&gt;", b"&lt;frame&gt;", b"&lt;help&gt;", b'data-version=""'):
        assert text in answer.body
    assert b"<img" not in answer.body


@pytest.mark.parametrize("has_reload", [True, False])
def test_why_it_is_not_built_is_listed_once(has_reload):
    """The overlay has the list, unless there is no script; then nothing reloads by itself."""
    page = unbuilt_page((PROBLEM,), has_reload=has_reload)
    assert (b"<noscript><ul>" in page) == has_reload
    assert (b"reloads by itself" in page) == has_reload
    assert page.count(b"<ul>") == 1


def test_a_site_that_failed_since_still_shows_its_last_pages(get):
    failed = State("t-1", "/desk/", is_built=True, problems=(PROBLEM,))
    assert get("/desk/", failed).body == get("/desk/").body


class Page:
    """A browser's page with its socket."""

    def __init__(self, app, headers):
        self._to_app = asyncio.Queue()
        self.from_app = asyncio.Queue()
        self._to_app.put_nowait({"type": "websocket.connect"})
        scope = _scope("websocket", SOCKET_PATH, headers)
        self.task = asyncio.create_task(app(scope, self._to_app.get, self.from_app.put))

    async def next(self):
        message = await asyncio.wait_for(self.from_app.get(), 2)
        return json.loads(message["text"]) if "text" in message else message["type"]

    async def close(self):
        self._to_app.put_nowait({"type": "websocket.disconnect", "code": 1001})
        await asyncio.wait_for(self.task, 2)


def _pages(site, hub, count, headers=(HOST,), has_reload=True):
    app = make_app(site, hub, Callers(Address()), has_reload)
    return [Page(app, headers) for _ in range(count)]


def test_every_page_is_told_at_once_and_of_each_change(site):
    async def story():
        hub = Hub(READY)
        pages = _pages(site, hub, 3)
        for page in pages:
            assert await page.next() == "websocket.accept"
            assert await page.next() == {"version": "t-1", "problems": []}
        await asyncio.to_thread(hub.publish, State("t-2", problems=(PROBLEM,)))
        for page in pages:
            told = await page.next()
            assert told["version"] == "t-2"
            assert told["problems"][0]["message"] == "<img src=x>"
        await pages[0].close()
        await asyncio.to_thread(hub.publish, State("t-3"))
        assert (await pages[1].next())["version"] == "t-3"
        for page in pages[1:]:
            await page.close()

    asyncio.run(story())


def test_a_slow_page_is_told_the_newest_only(site):
    async def story():
        hub = Hub(READY)
        (page,) = _pages(site, hub, 1)
        await page.next()
        await page.next()
        for n in range(50):
            hub.publish(State(f"t-{n}"))
        assert (await page.next())["version"] == "t-49"
        await asyncio.sleep(0.01)
        assert page.from_app.empty()
        await page.close()

    asyncio.run(story())


def test_a_page_that_goes_leaves_nothing_behind(site):
    async def story():
        hub = Hub(READY)
        before = len(asyncio.all_tasks()), len(hub._waiting)
        for _ in range(20):
            for page in _pages(site, hub, 5):
                await page.next()
                await page.close()
        hub.publish(State("t-2"))
        await asyncio.sleep(0)
        assert (len(asyncio.all_tasks()), len(hub._waiting)) == before

    asyncio.run(story())


@pytest.mark.parametrize(
    ("headers", "has_reload"),
    [
        ([HOST, ("origin", "http://evil.example")], True),
        ([HOST, ("origin", "null")], True),
        ([HOST, ("origin", "http://127.0.0.1:9000")], True),
        ([("host", "evil.example"), ("origin", "http://evil.example")], True),
        ([], True),
        ([HOST], False),
    ],
)
def test_sockets_refused(site, headers, has_reload):
    async def story():
        (page,) = _pages(site, Hub(READY), 1, headers, has_reload)
        assert await page.next() == "websocket.close"
        await asyncio.wait_for(page.task, 2)

    asyncio.run(story())


def test_a_socket_of_the_servers_own_page(site):
    async def story():
        (page,) = _pages(site, Hub(READY), 1, [HOST, ("origin", "http://127.0.0.1:8000")])
        assert await page.next() == "websocket.accept"
        await page.close()

    asyncio.run(story())


def test_a_page_that_is_shown_ahead_of_its_build_goes_first(get):
    state = msgspec.structs.replace(READY, ahead={"briefings/x/index.html": b"<p>new"})
    assert get("/desk/briefings/x/", state, has_reload=False).body == b"<p>new"
    assert get("/desk/briefings/x/index.html", state, has_reload=False).body == b"<p>new"
    assert get("/desk/", state, has_reload=False).body.startswith(b"<html>")
    assert get("/briefings/x/", state).status == 404


def test_a_file_that_the_browser_has_is_not_sent_again(get):
    state = msgspec.structs.replace(READY, versions=Versions({"feed.xml": "d1"}))
    assert get("/desk/feed.xml", state).headers["etag"] == '"d1"'
    again = get("/desk/feed.xml", state, headers=(HOST, ("if-none-match", '"d1"')))
    assert (again.status, again.body) == (304, b"")
    other = get("/desk/feed.xml", state, headers=(HOST, ("if-none-match", '"d0"')))
    assert (other.status, other.body) == (200, b"<feed/>")
