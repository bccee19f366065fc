"""Where the server listens, and which names a browser may call it by.

Loopback is the default. A page of another site that gets a browser to ask this server (by a name
of its own that it points at 127.0.0.1: DNS rebinding) is told apart by the Host header; a script
that opens a socket, by its Origin.
"""

from __future__ import annotations

import errno
import ipaddress
import re
import socket

import msgspec

from briefgen.build.errors import BuildStop
from briefgen.serve.holder import find_holder

EXIT_USAGE = 2
DEFAULT_HOST = "127.0.0.1"
DEFAULT_PORT = 8000
MAX_PORT = 65535

_ADDRESS = re.compile(r"(?:(?P<host>\[[^\[\]]+\]|[^:\[\]]*):)?(?P<port>[0-9]{1,5})")
# RFC 3986 section 3.2.2, without what no name of this machine has.
_HOST_HEADER = re.compile(
    r"(?P<host>\[[0-9A-Fa-f:.]+\]|[\w.-]+)(?::(?P<port>[0-9]{1,5}))?", re.ASCII
)
_PORTS_TO_TRY = 50


class Address(msgspec.Struct, frozen=True):
    """A host, without brackets, and a port; port 0 takes any that is free."""

    host: str = DEFAULT_HOST
    port: int = DEFAULT_PORT

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def is_loopback(self) -> bool:
        """True where no other machine can reach it."""
        return _is_loopback(self.host)

    @property
    def is_everywhere(self) -> bool:
        """True where every interface of the machine is listened at."""
        return _is_literal(self.host) and ipaddress.ip_address(self.host).is_unspecified

    @property
    def to_open(self) -> Address:
        """Where a browser of this machine finds it: every interface is no place to go to."""
        if not self.is_everywhere:
            return self
        return Address("::1" if ":" in self.host else DEFAULT_HOST, self.port)


def parse_address(text: str) -> Address:
    """Read HOST:PORT, HOST, PORT or :PORT; an IPv6 host stands in brackets.

    Raises ValueError, worded for the user.
    """
    has_port = ":" in text.rpartition("]")[2] or text.isdecimal()
    match = _ADDRESS.fullmatch(text if has_port or not text else f"{text}:{DEFAULT_PORT}")
    if match is None or int(match["port"]) > MAX_PORT:
        raise ValueError(f"{text!r} is not an address to listen at: write 127.0.0.1:8000")
    host = (match["host"] or DEFAULT_HOST).strip("[]")
    return Address(host, int(match["port"]))


def listen(address: Address) -> socket.socket:
    """Return a socket that listens at the address.

    Raises BuildStop where it is taken, naming a port that is free, or can't be listened at.
    """
    try:
        return _listen(address)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            other = _next(address) or f"{address.host}:PORT"
            free = "this one is free:" if isinstance(other, Address) else "name another:"
            said = f"{_taken(address)}; {free} briefgen serve --dev-addr {other}"
            raise BuildStop(said, EXIT_USAGE) from None
        reason = error.strerror or str(error)
        raise BuildStop(f"can't listen at {address}: {reason}", EXIT_USAGE) from None


def _listen(address: Address) -> socket.socket:
    found = socket.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM)
    family, kind, protocol, _, where = found[0]
    listener = socket.socket(family, kind, protocol)
    try:
        # A port that the last run has just left is free; one that listens still is not.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(where)
        listener.listen(128)
    except OSError:
        listener.close()
        raise
    return listener


def listen_near(address: Address) -> tuple[socket.socket, str]:
    """Return a socket that listens at the address or, where its port is taken, at the next.

    Behind it stands why it is another, worded for the user. Raises BuildStop as `listen` does,
    where none of the next ports is free either.
    """
    try:
        return _listen(address), ""
    except OSError as error:
        other = _next(address) if error.errno == errno.EADDRINUSE else None
        if other is None:
            return listen(address), ""
        return _listen(other), f"{_taken(address)}, so {other.port} is used"


def _taken(address: Address) -> str:
    holder = find_holder(address.port)
    by = f"by {holder}" if holder else "by another program"
    return f"port {address.port} of {address.host} is taken {by}"


def _next(address: Address) -> Address | None:
    """The next port that is free."""
    for port in range(address.port + 1, min(address.port + _PORTS_TO_TRY, MAX_PORT) + 1):
        other = Address(address.host, port)
        try:
            _listen(other).close()
        except OSError:
            continue
        return other
    return None


class Callers(msgspec.Struct, frozen=True):
    """Decides which requests come from a page of this server's own."""

    address: Address

    def is_host(self, header: str | None) -> bool:
        """Whether a Host header names this machine as the user would.

        Loopback names always do, and the host listened at; where that is every interface, any
        literal IP address, since a rebound name is never a literal.
        """
        host = _host_of(header or "")
        if host is None:
            return False
        if _is_loopback(host) or host == self.address.host.lower():
            return True
        return self.address.is_everywhere and _is_literal(host)

    def is_origin(self, origin: str | None, host_header: str) -> bool:
        """Whether a socket is opened by a page of this very host and port.

        A browser always sends Origin; what sends none is not a page, and may connect.
        """
        if origin is None:
            return True
        return origin.lower() == f"http://{host_header.lower()}"


def _host_of(header: str) -> str | None:
    """The host of "host:port", lower-case and without brackets; None where it is malformed."""
    match = _HOST_HEADER.fullmatch(header)
    if match is None or int(match["port"] or 0) > MAX_PORT:
        return None
    return match["host"].strip("[]").lower()


def _is_loopback(host: str) -> bool:
    return host.lower() == "localhost" or (
        _is_literal(host) and ipaddress.ip_address(host).is_loopback
    )


def _is_literal(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
