"""However a server is ended, it ends at once, and nothing of it stays: no file, no process."""

import os
import signal
import sys
import time
from contextlib import ExitStack
from pathlib import Path

import live_server
import pytest
from live_server import LiveServer, run
from websockets.sync.client import connect
from witness import socket_address, wait_until

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="/proc says what is left"),
]

COUNT = 700  # briefings: enough for worker processes to take part

BRIEFING = "---\ntitle: Report {n}\ndate: 2024-03-01\n---\nReport {n}, {word}, of [[report-0]].\n"


def write(folder, word):
    for n in range(COUNT):
        path = folder / f"content/briefings/report-{n}.md"
        path.write_text(BRIEFING.format(n=n, word=word))


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "site"
    assert run("init", folder.name, folder=tmp_path).returncode == 0
    return folder


@pytest.fixture
def temporary(tmp_path):
    (tmp_path / "private").mkdir()
    return tmp_path / "private"


def processes(temporary):
    """The processes that were started with a folder for temporary files, by their environment."""
    found = []
    for path in Path("/proc").iterdir():
        if path.name.isdecimal():
            try:
                if f"TMPDIR={temporary}".encode() in (path / "environ").read_bytes().split(b"\0"):
                    found.append(path.name)
            except OSError:
                continue
    return found


def is_gone(server, temporary, code, *, said=("Traceback", "Exception", "leaked")):
    """Fail unless the server has ended with an exit code and left nothing behind."""
    assert server.wait() == code, server.said
    for word in said:
        assert word not in server.said, server.said
    wait_until(lambda: processes(temporary) == [], lambda: processes(temporary), 5)
    assert list(temporary.iterdir()) == []


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 0), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
)
def test_with_open_sockets_and_connections(folder, temporary, number, code):
    with LiveServer(folder, temporary) as server, ExitStack() as held:
        for _ in range(20):
            socket = held.enter_context(connect(socket_address(server.url), proxy=None))
            assert "version" in socket.recv()
        server.signal(number)
        is_gone(server, temporary, code)
    assert not (folder / "site").exists()


def test_pressed_again_and_again(folder, temporary):
    with LiveServer(folder, temporary) as server, ExitStack() as held:
        held.enter_context(connect(socket_address(server.url), proxy=None)).recv()
        while server.is_running:
            server.signal(signal.SIGINT)
            time.sleep(0.01)
        is_gone(server, temporary, 0)


@pytest.mark.parametrize("delay", [0.2, 0.6, 0.9, 1.2])
@pytest.mark.parametrize(
    ("number", "end"),
    [(signal.SIGINT, os.kill), (signal.SIGINT, os.killpg), (signal.SIGTERM, os.kill)],
    ids=["interrupt", "interrupt-of-a-terminal", "terminate"],
)
def test_during_the_first_build(folder, temporary, number, end, delay):
    write(folder, "first")
    server = LiveServer(folder, temporary, "-j", "2", before=("setsid",))
    try:
        wait_until(lambda: list(temporary.iterdir()), lambda: server.said)
        time.sleep(delay)
        end(server.process, number)
        is_gone(server, temporary, 0 if number is signal.SIGINT else 143)
    finally:
        server.__exit__()
    built = run("build", "-j", "1", folder=folder)
    assert built.returncode == 0, built.stdout + built.stderr


@pytest.mark.parametrize("delay", [0.0, 0.4, 0.8, 1.6])
@pytest.mark.parametrize("is_of_a_terminal", [False, True])
def test_during_a_rebuild(folder, temporary, delay, is_of_a_terminal):
    write(folder, "first")
    with LiveServer(folder, temporary, "-j", "2", before=("setsid",)) as server:
        write(folder, "second")
        time.sleep(delay)
        if is_of_a_terminal:
            os.killpg(server.process, signal.SIGINT)
        else:
            server.signal(signal.SIGINT)
        is_gone(server, temporary, 0)
    built = run("build", "-j", "1", folder=folder)
    assert built.returncode == 0, built.stdout + built.stderr
    page = folder / "site/briefings/report-7/index.html"
    assert "second" in page.read_text()


def test_the_terminal_is_told_of_it_in_no_more_than_a_line(folder, temporary):
    with LiveServer(folder, temporary) as server:
        before = server.said
        server.signal(signal.SIGINT)
        is_gone(server, temporary, 0)
        assert len(server.said.removeprefix(before).strip().splitlines()) <= 1


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 0), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
)
@pytest.mark.parametrize(
    "stuck", ["briefgen.serve.watch.SiteWatch.stop", "uvicorn.Server.shutdown"]
)
def test_whatever_keeps_it(folder, temporary, monkeypatch, stuck, number, code):
    """Where a thread of a library hangs, or the server's own end, nobody waits for it."""
    module, _, name = stuck.rpartition(".")[0].rpartition(".")
    hang = f"import time, {module} as m; m.{name}.{stuck.rpartition('.')[2]} = lambda *_, **__: time.sleep(60); "
    monkeypatch.setattr(live_server, "BRIEFGEN", hang + live_server.BRIEFGEN)
    with LiveServer(folder, temporary) as server, ExitStack() as held:
        held.enter_context(connect(socket_address(server.url), proxy=None)).recv()
        server.signal(number)
        is_gone(server, temporary, code)


def test_a_port_is_free_at_once(folder, temporary):
    with LiveServer(folder, temporary) as server:
        address = server.url.split("/")[2]
        with connect(socket_address(server.url), proxy=None) as socket:
            socket.recv()
            server.signal(signal.SIGINT)
            is_gone(server, temporary, 0)
    with LiveServer(folder, temporary, address=address) as server:
        assert address in server.url
        os.kill(server.process, signal.SIGINT)
        is_gone(server, temporary, 0)
