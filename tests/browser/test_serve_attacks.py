"""What a hostile page, program or network may send to `serve`, byte by byte.

Nothing outside the served folder comes back, no request is answered under a name that is not this
machine's, and the server goes on. No browser takes part: it would mend what is sent.
"""

import itertools
import os
import socket
import ssl
import struct
import time
from urllib.parse import urlsplit

import pytest
from live_server import LiveServer, run
from witness import wait_until

pytestmark = pytest.mark.slow

SECRET = b"the-desk-s-own-secret"
OUTSIDE = (SECRET, b"root:x:0:0", b"# How the site is read")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("attacks") / "site"
    assert run("init", folder.name, folder=folder.parent).returncode == 0
    (folder / "content/static").mkdir()
    (folder / "content/static/plain.txt").write_text("plain " * 1000)
    configuration = folder / "briefgen.yml"
    configuration.write_text(configuration.read_text() + "\n# How the site is read\n")
    return folder


@pytest.fixture(scope="module")
def server(folder, tmp_path_factory):
    temporary = tmp_path_factory.mktemp("private")
    (temporary / "secret.txt").write_bytes(SECRET)
    (folder.parent / "secret.txt").write_bytes(SECRET)
    with LiveServer(folder, temporary) as server:
        (private,) = temporary.glob("briefgen-serve-*")
        (private / "secret.txt").write_bytes(SECRET)
        (private / "site/leak.txt").symlink_to(private / "secret.txt")
        (private / "site/leak").symlink_to(private)
        (private / "site/root").symlink_to("/")
        yield server
        assert server.is_running, server.said
        assert "Traceback" not in server.said
        assert server.interrupt() == 0


class Wire:
    """Sends bytes to the server and returns what comes back."""

    def __init__(self, server):
        self.host = urlsplit(server.url).netloc
        self.port = int(self.host.partition(":")[2])

    def open(self):
        return socket.create_connection(("127.0.0.1", self.port), timeout=30)

    def send(self, *parts, waits=0.0):
        """All that is answered until the server closes, or says nothing for a while."""
        with self.open() as connection:
            try:
                for part in parts:
                    connection.sendall(part)
                    time.sleep(waits)
            except OSError:
                pass  # it has had enough
            return read(connection)

    def get(self, target, *headers, method=b"GET", host=None, version=b"HTTP/1.1"):
        hosts = [b"Host: " + self.host.encode()] if host is None else host
        lines = [method + b" " + target + b" " + version, *hosts, b"Connection: close", *headers]
        return self.send(b"\r\n".join([*lines, b"", b""]))


def read(connection, seconds=20):
    """What comes until the other side closes."""
    connection.settimeout(seconds)
    found = bytearray()
    try:
        while part := connection.recv(65536):
            found += part
    except (TimeoutError, ConnectionError):
        pass
    return bytes(found)


def status(answer):
    """The status of an answer; None where there is none."""
    return int(answer[9:12]) if answer.startswith(b"HTTP/1.1 ") else None


@pytest.fixture
def wire(server):
    wire = Wire(server)
    yield wire
    assert status(wire.get(b"/")) == 200, "it still answers"


def leaks(answer):
    """What of an answer lies outside the site."""
    return [one for one in OUTSIDE if one in answer]


DOTS = [
    b"..", b"%2e%2e", b"%2E.", b".%2e", b"%252e%252e", b"%25252e%25252e", b"..%00", b"%00..",
    b"%c0%ae%c0%ae", b"%e0%80%ae%e0%80%ae", b"%uff0e%uff0e", b"\xc0\xae\xc0\xae", b"....",
    b"...", b"..;", b"..;x=y", b".. ", b"%20..", b"..%09", b"..%0d%0a", "\uff0e\uff0e".encode(),
    b"%EF%BC%8E%EF%BC%8E", b"x/../..", b"leak/..", b"root/..", b"briefings/../..",
]  # fmt: skip
SLASHES = [
    b"/", b"%2f", b"%2F", b"%252f", b"\\", b"%5c", b"%255c", b"//", b"/./", b"%c0%af",
    b"%e0%80%af", b"%c1%9c", b"\xe2\x88\x95", b"/%2e/", b"/;/",
]  # fmt: skip
TARGETS = [b"secret.txt", b"etc/passwd", b"briefgen.yml"]


def test_no_spelling_of_a_path_leads_out(wire):
    tried = 0
    for dots, slash, target, depth in itertools.product(DOTS, SLASHES, TARGETS, (1, 2, 8)):
        path = b"/" + slash.join([dots] * depth + target.split(b"/")[:1])
        path += slash + b"passwd" if target == b"etc/passwd" else b""
        answer = wire.get(path)
        assert not leaks(answer), path
        assert status(answer) != 200, path
        tried += 1
    assert tried > 3000


@pytest.mark.parametrize(
    "target",
    [
        b"/leak.txt", b"/leak/secret.txt", b"/leak/", b"/leak", b"/root/etc/passwd", b"/root/",
        b"//etc/passwd", b"///etc/passwd", b"/%2fetc/passwd", b"/%2f%2fetc%2fpasswd", b"/C:/x",
        b"/file:///etc/passwd", b"file:///etc/passwd", b"/_briefgen/../../secret.txt",
        b"/_briefgen/%2e%2e/%2e%2e/secret.txt", b"/_briefgen/reload.js/../../../secret.txt",
        b"/_briefgen/loop.py", b"/_briefgen/", b"/secret.txt", b"/.briefgen/cache.db",
        b"/.git/config", b"/~root/", b"/plain.txt/", b"/plain.txt%00.html", b"/plain.txt/../leak.txt",
        b"/" + b"a/" * 20000, b"/" + b"%2e%2e/" * 5000 + b"etc/passwd", b"/" + b"a" * 60000,
        b"/%", b"/%g0", b"/%f", b"/\xff\xfe", b"/%ff%fe", b"/a\tb", b"/?/../secret.txt",
        b"/#/../secret.txt", b"*", b"", b"..", b"http://evil.example/../secret.txt",
        b"http://", b"/proc/self/environ", b"/dev/zero",
    ],
)  # fmt: skip
def test_no_target_leads_out(wire, target):
    assert not leaks(wire.get(target))
    assert not leaks(wire.get(target, version=b"HTTP/1.0"))


def header(name, value):
    return name + b": " + value


@pytest.mark.parametrize(
    "name",
    [
        b"localhost", b"LocalHost:{port}", b"127.0.0.1:{port}", b"127.0.0.1", b"127.1.2.3:{port}",
        b"[::1]:{port}", b"[::1]", b"[0:0:0:0:0:0:0:1]:{port}",
    ],
)  # fmt: skip
def test_names_of_this_machine(wire, name):
    name = name.replace(b"{port}", str(wire.port).encode())
    assert status(wire.get(b"/", host=[header(b"Host", name)])) == 200


@pytest.mark.parametrize(
    "name",
    [
        b"", b" ", b"evil.example", b"evil.example:{port}", b"127.0.0.1.evil.example:{port}",
        b"localhost.evil.example", b"evil.example@127.0.0.1:{port}", b"127.0.0.1:{port}@evil.example",
        b"127.0.0.1:{port}/x", b"127.0.0.1#evil.example", b"127.0.0.1?evil.example", b"0.0.0.0",
        b"127.0.0.1, evil.example", b"127.0.0.1 evil.example", b"127.0.0.1\tevil.example",
        b"127.0.0.1:99999", b"127.0.0.1:x", b"2130706433", b"0x7f.1", b"0177.0.0.1", b"127.1",
        b"[::]", b"[::1", b"::1", b"[::1]evil.example", b"[::ffff:93.184.216.34]", b"[fe80::1%25eth0]",
        b"192.168.0.7:{port}", b"\xff\xfe", b"localhost\\evil.example", b"a" * 5000,
        "lоcalhost".encode(), b"http://127.0.0.1",
    ],
)  # fmt: skip
def test_names_that_are_not_this_machine_s(wire, name):
    name = name.replace(b"{port}", str(wire.port).encode())
    answer = wire.get(b"/", host=[header(b"Host", name)])
    assert status(answer) in (400, None)
    assert b"NATO" not in answer


def test_no_name_or_two(wire):
    good = b"Host: " + wire.host.encode()
    for hosts in ([], [good, b"Host: evil.example"], [b"Host: evil.example", good], [good, good]):
        for version in (b"HTTP/1.1", b"HTTP/1.0"):
            answer = wire.get(b"/", host=hosts, version=version)
            assert status(answer) in (400, None), hosts
            assert b"NATO" not in answer


@pytest.mark.parametrize(
    "method",
    [
        b"POST", b"PUT", b"DELETE", b"PATCH", b"OPTIONS", b"TRACE", b"CONNECT", b"get", b"PROPFIND",
        b"BREW", b"G\xc3\x8bT", b"", b"GET\t", b"X" * 5000,
    ],
)  # fmt: skip
def test_methods(wire, method):
    for target in (b"/", b"/plain.txt", b"/_briefgen/reload.js", b"/nothing"):
        headers = (b"Origin: http://evil.example", b"Access-Control-Request-Method: GET")
        answer = wire.get(target, *headers, method=method)
        assert status(answer) in (400, 405, None)
        assert b"plain plain" not in answer


def test_no_page_of_another_origin_may_read(wire):
    for origin in (b"http://evil.example", b"null", b"http://" + wire.host.encode()):
        answer = wire.get(b"/", header(b"Origin", origin))
        assert b"access-control" not in answer.lower()


UPGRADE = (
    b"Upgrade: websocket",
    b"Sec-WebSocket-Version: 13",
    b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
)
SOCKET = b"/_briefgen/socket?page=%2F"


def upgrade(wire, *headers, target=SOCKET, host=None):
    """What the handshake of a socket is answered with, and the connection."""
    hosts = [b"Host: " + wire.host.encode()] if host is None else host
    lines = [b"GET " + target + b" HTTP/1.1", *hosts, b"Connection: Upgrade", *UPGRADE, *headers]
    connection = wire.open()
    connection.sendall(b"\r\n".join([*lines, b"", b""]))
    return connection.recv(65536), connection


@pytest.mark.parametrize(
    "origin",
    [
        b"http://evil.example", b"null", b"", b"https://{host}", b"http://{host}.evil.example",
        b"http://127.0.0.1", b"http://127.0.0.1:1", b"http://localhost:{port}", b"file://",
        b"http://evil.example#{host}", b"http://{host}/", b"{host}", b"ftp://{host}",
    ],
)  # fmt: skip
def test_a_socket_for_another_origin(wire, origin):
    origin = origin.replace(b"{host}", wire.host.encode())
    origin = origin.replace(b"{port}", str(wire.port).encode())
    answer, connection = upgrade(wire, header(b"Origin", origin))
    connection.close()
    assert status(answer) == 403
    assert b"version" not in answer


def test_a_socket_for_two_origins_or_names(wire):
    own = b"Origin: http://" + wire.host.encode()
    good = b"Host: " + wire.host.encode()
    for headers, host in (
        ([own, b"Origin: http://evil.example"], None),
        ([b"Origin: http://evil.example", own], None),
        ([own], [good, b"Host: evil.example"]),
        ([own], [b"Host: evil.example"]),
        ([own], []),
    ):
        answer, connection = upgrade(wire, *headers, host=host)
        connection.close()
        assert status(answer) in (400, 403)
    answer, connection = upgrade(wire, own)
    connection.close()
    assert status(answer) == 101


def frame(first, length, rest=b"", mask=True):
    """A frame of a WebSocket, well-formed or not."""
    marked = 0x80 if mask else 0
    if length < 126:
        head = bytes([first, marked | length])
    else:
        head = bytes([first, marked | 127]) + struct.pack(">Q", length)
    return head + (bytes(4) if mask else b"") + rest


@pytest.mark.parametrize(
    "sent",
    [
        frame(0x81, 5, b"hello", mask=False), frame(0x81, 2**63 - 1), frame(0x81, 2**63 + 5),
        frame(0x81, 5000, b"a" * 5000), frame(0x83, 1, b"a"), frame(0xF1, 1, b"a"),
        frame(0x81, 2, b"\xff\xfe"), frame(0x88, 1, b"a"), frame(0x89, 126, b"a" * 126),
        frame(0x01, 1, b"a") * 2000, frame(0x89, 1, b"a") * 2000, os.urandom(4000),
        b"GET / HTTP/1.1\r\n\r\n", frame(0x80, 1, b"a"), frame(0x81, 100, b"half"),
    ],
)  # fmt: skip
def test_odd_frames(wire, sent):
    answer, connection = upgrade(wire)
    assert status(answer) == 101
    with connection:
        try:
            connection.sendall(sent)
            connection.shutdown(socket.SHUT_WR)
        except OSError:
            pass
        assert not leaks(read(connection))


@pytest.mark.parametrize(
    "headers",
    [
        b"Content-Length: 30\r\nTransfer-Encoding: chunked", b"Content-Length: 5\r\nContent-Length: 60",
        b"Transfer-Encoding: xchunked", b"Transfer-Encoding: chunked, identity",
        b"Transfer-Encoding : chunked", b"Transfer-Encoding:\x0bchunked", b"Content-Length: -1",
        b"Content-Length: +5", b"Content-Length: 99999999999999999999999", b"Content-Length: 0x5",
        b"X: a\r\n Host: evil.example", b"X: a\nHost: evil.example", b"X: a\rHost: evil.example",
        b"X\x00: a", b": a", b"no colon", b"X: \x00", b" X: a", b"Content-Length: 5,5",
    ],
)  # fmt: skip
def test_requests_within_requests(wire, headers):
    """Whatever a request pretends to be, what hides in it gets no other rights."""
    inner = b"POST /leak.txt HTTP/1.1\r\nHost: evil.example\r\n\r\nGET /leak.txt HTTP/1.1\r\n\r\n"
    host = b"Host: " + wire.host.encode()
    for body in (inner, b"0\r\n\r\n" + inner, b"5\r\nhello\r\n0\r\n\r\n" + inner):
        request = (
            b"GET / HTTP/1.1\r\n" + host + b"\r\nConnection: close\r\n" + headers + b"\r\n\r\n"
        )
        answer = wire.send(request + body)
        assert not leaks(answer)
        assert answer.count(b"HTTP/1.1 200") <= 1


def test_huge_requests_are_refused_before_they_fill_the_memory(wire, server):
    before = server.memory()
    host = b"Host: " + wire.host.encode()
    start = b"GET / HTTP/1.1\r\n" + host + b"\r\nConnection: close\r\n"
    block = b"x" * 65536
    for parts in (
        [b"GET /" + block, *[block] * 600],
        [start + b"X: ", *[block] * 600],
        [start, *[b"X: y\r\n" * 10000] * 600],
        [start + b"Content-Length: 40000000\r\n\r\n", *[block] * 600],
        [block] * 600,
    ):
        answer = wire.send(*parts)
        assert not leaks(answer)
    assert server.memory() < before + 30_000_000


def test_ranges(wire):
    many = b",".join(b"%d-%d" % (n, n + 1) for n in range(1000))
    for ranges in (
        b"0-", b"0-,0-,0-,0-", b"-1", b"-99999999", b"5-2", b"99999999-", b"a-b", many, b"," * 5000,
    ):  # fmt: skip
        answer = wire.get(b"/plain.txt", b"Range: bytes=" + ranges)
        assert status(answer) in (200, 206, 400, 416, None)
        assert len(answer) < 1_000_000
        assert not leaks(answer)


def hello():
    """What a browser sends first to a server that it takes for one of HTTPS."""
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    talk = ssl.create_default_context().wrap_bio(incoming, outgoing, server_hostname="localhost")
    with pytest.raises(ssl.SSLWantReadError):
        talk.do_handshake()
    return outgoing.read()


@pytest.mark.parametrize(
    "sent",
    [
        b"\r\n\r\n", b"\x00" * 5000, bytes(range(256)), b"SSH-2.0-x\r\n", b"GET /\r\n", b"GET\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"GET / HTTP/1.1\n\n",
        b"EHLO x\r\n", b"*1\r\n$4\r\nPING\r\n", b"\xff" * 70000, b"HTTP/1.1 200 OK\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost", b"G", os.urandom(3000),
    ],
)  # fmt: skip
def test_what_is_no_http(wire, sent):
    with wire.open() as connection:
        try:
            connection.sendall(sent)
            connection.shutdown(socket.SHUT_WR)
        except OSError:
            pass
        answer = read(connection)
    assert not leaks(answer)
    assert b"NATO" not in answer


def test_a_browser_that_speaks_tls(wire):
    assert b"NATO" not in wire.send(hello(), waits=0.1)


def test_half_open_connections_hold_nobody_back(wire, server):
    before = server.descriptors()
    held = []
    for n in range(200):
        connection = wire.open()
        connection.sendall(b"GET / HTTP/1.1\r\nHost: "[: n % 20])
        held.append(connection)
    assert status(wire.get(b"/")) == 200
    for connection in held:
        # Half of them vanish without a word: what is sent is thrown away, and the line reset.
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.close()
    wait_until(lambda: server.descriptors() <= before, server.descriptors)


def test_a_server_that_has_no_descriptors_left_answers_once_it_has(folder, tmp_path):
    few = ("sh", "-c", 'ulimit -n 60 && exec "$@"', "sh")
    with LiveServer(folder, tmp_path, before=few) as server:
        wire = Wire(server)
        held = [wire.open() for _ in range(100)]
        page = folder / "content/static/plain.txt"
        page.write_text("plain again")
        time.sleep(1)
        for connection in held:
            connection.close()
        wait_until(lambda: b"plain again" in wire.get(b"/plain.txt"), lambda: server.said)
        assert server.interrupt() == 0
        assert "Traceback" not in server.said
