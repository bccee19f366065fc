"""Where the server listens, and whom it answers."""

import socket

import pytest

from briefgen.build.errors import BuildStop
from briefgen.serve.address import Address, Callers, listen, parse_address

ANYWHERE = "0.0.0.0"


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("127.0.0.1:8000", Address("127.0.0.1", 8000)),
        ("localhost:80", Address("localhost", 80)),
        (":9000", Address("127.0.0.1", 9000)),
        ("9000", Address("127.0.0.1", 9000)),
        ("localhost", Address("localhost", 8000)),
        ("[::1]:8000", Address("::1", 8000)),
        ("[::1]", Address("::1", 8000)),
        ("127.0.0.1:0", Address("127.0.0.1", 0)),
    ],
)
def test_addresses(text, address):
    assert parse_address(text) == address


@pytest.mark.parametrize(
    "text", ["", "a:b", "::1", "[::1:8000", "127.0.0.1:65536", "127.0.0.1:-1", "a:1:2", "x:١"]
)
def test_what_is_no_address(text):
    with pytest.raises(ValueError, match="is not an address to listen at"):
        parse_address(text)


def test_an_address_is_written_as_it_is_read():
    for text in ("127.0.0.1:8000", "[::1]:80"):
        assert str(parse_address(text)) == text


@pytest.mark.parametrize(
    ("address", "host", "is_answered"),
    [
        ("127.0.0.1", "127.0.0.1:8000", True),
        ("127.0.0.1", "localhost:8000", True),
        ("127.0.0.1", "LOCALHOST", True),
        ("127.0.0.1", "[::1]:8000", True),
        ("127.0.0.1", "127.9.9.9", True),
        ("127.0.0.1", "evil.example:8000", False),
        ("127.0.0.1", "localhost.evil.example", False),
        ("127.0.0.1", "192.168.1.5:8000", False),
        ("127.0.0.1", "evil.example@localhost", False),
        ("127.0.0.1", "localhost, evil.example", False),
        ("127.0.0.1", "localhost:port", False),
        ("127.0.0.1", "localhost/x", False),
        ("127.0.0.1", "[::1", False),
        ("127.0.0.1", "2130706433", False),
        ("127.0.0.1", "", False),
        ("127.0.0.1", None, False),
        ("desk.local", "desk.local:8000", True),
        ("192.168.1.5", "192.168.1.5:8000", True),
        (ANYWHERE, "192.168.1.5:8000", True),
        (ANYWHERE, "evil.example", False),
    ],
)
def test_hosts(address, host, is_answered):
    assert Callers(Address(address, 8000)).is_host(host) is is_answered


@pytest.mark.parametrize(
    ("origin", "is_answered"),
    [
        ("http://localhost:8000", True),
        ("http://LOCALHOST:8000", True),
        (None, True),
        ("http://localhost:9000", False),
        ("https://localhost:8000", False),
        ("http://127.0.0.1:8000", False),
        ("http://evil.example", False),
        ("null", False),
        ("", False),
    ],
)
def test_origins(origin, is_answered):
    assert Callers(Address()).is_origin(origin, "localhost:8000") is is_answered


def test_a_port_that_is_taken_is_answered_with_one_that_is_free():
    with listen(Address(port=0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(BuildStop) as stop:
            listen(Address(port=port))
    assert stop.value.exit_code == 2
    assert f"port {port} of 127.0.0.1 is taken by another program" in stop.value.message
    free = parse_address(stop.value.message.rsplit(" ", 1)[1])
    assert free.port > port
    listen(free).close()


def test_a_host_that_is_not_there():
    with pytest.raises(BuildStop, match=r"can't listen at 203\.0\.113\.1:0: "):
        listen(Address("203.0.113.1", 0))


def test_a_port_just_left_can_be_listened_at_again():
    with listen(Address(port=0)) as first:
        port = first.getsockname()[1]
        client = socket.create_connection(("127.0.0.1", port))
        server, _ = first.accept()
        server.close()
        client.close()
    with listen(Address(port=port)) as again:
        assert again.getsockname()[1] == port
