"""Where the server listens, and whom it answers."""

import os
import socket
import sys
from pathlib import Path

import pytest

from briefgen.build.errors import BuildStop
from briefgen.serve.address import Address, Callers, listen, listen_near, parse_address
from briefgen.serve.holder import find_holder

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


@pytest.mark.parametrize(
    ("host", "shown"),
    [
        (ANYWHERE, "127.0.0.1:80"),
        ("::", "[::1]:80"),
        ("::0", "[::1]:80"),
        ("127.0.0.1", "127.0.0.1:80"),
        ("192.0.2.7", "192.0.2.7:80"),
        ("desk.example", "desk.example:80"),
    ],
)
def test_where_a_browser_of_this_machine_finds_it(host, shown):
    """Every interface is no place to go to: on some systems a browser finds nothing there."""
    assert str(Address(host, 80).to_open) == shown


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
    assert f"port {port} of 127.0.0.1 is taken by " in stop.value.message
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


def test_a_port_that_is_taken_is_passed_over_where_none_was_named():
    with listen(Address(port=0)) as taken:
        port = taken.getsockname()[1]
        found, why = listen_near(Address(port=port))
        with found:
            other = found.getsockname()[1]
    assert other > port
    assert f"port {port} of 127.0.0.1 is taken by " in why
    assert why.endswith(f", so {other} is used")
    found, why = listen_near(Address(port=0))
    found.close()
    assert why == ""


HEAD = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n"
LINE = "   0: {address}:{port:04X} 00000000:0000 {state} 00000000:00000000 00:00000000 00000000  0 0 {inode} 1\n"


@pytest.fixture
def proc(tmp_path):
    """What Linux says of three listeners, of which one belongs to another user."""
    (tmp_path / "net").mkdir()
    lines = (
        LINE.format(address="0100007F", port=8000, state="0A", inode=11),
        LINE.format(address="0100007F", port=8001, state="01", inode=12),
        LINE.format(address="00000000", port=8002, state="0A", inode=99),
    )
    (tmp_path / "net/tcp").write_text(HEAD + "".join(lines))
    six = LINE.format(address="0" * 32, port=8003, state="0A", inode=13)
    (tmp_path / "net/tcp6").write_text(HEAD + six)
    for process, inode, words in (
        (7, 11, b"/usr/bin/python\0-m\0x\0"),
        (8, 13, b"evil\x1b[2J\0" * 40),
    ):
        (tmp_path / f"{process}/fd").mkdir(parents=True)
        (tmp_path / f"{process}/fd/3").symlink_to(f"socket:[{inode}]")
        (tmp_path / f"{process}/cmdline").write_bytes(words)
    (tmp_path / "7/cwd").symlink_to("/home/me/desk")
    (tmp_path / "9").mkdir()
    return tmp_path


def test_who_listens_at_a_port(proc):
    assert str(find_holder(8000, proc)) == "`python -m x` (process 7, in /home/me/desk)"
    assert find_holder(8001, proc) is None, "that one is a connection"
    assert find_holder(8002, proc) is None
    assert find_holder(8003, proc).process == 8
    assert str(find_holder(8003, proc)).isprintable()
    assert len(str(find_holder(8003, proc))) < 100
    assert find_holder(8000, proc / "nothing") is None


@pytest.mark.skipif(sys.platform != "linux", reason="other systems don't tell")
def test_this_very_process_is_found():
    with listen(Address(port=0)) as listener:
        holder = find_holder(listener.getsockname()[1])
    assert holder.process == os.getpid()
    assert holder.folder == str(Path.cwd())
