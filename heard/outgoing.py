"""Calls to addresses that somebody else named: only out into the world, never into our own house.

https alone, no redirects, no address that is private, local or reserved, whatever a name leads to,
and neither more time nor more words than agreed. The address that was looked at is the one that is
called, so a name can't lead elsewhere between the two.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.adapters import BaseAdapter, HTTPAdapter
from urllib3 import HTTPSConnectionPool, PoolManager
from urllib3.connection import HTTPSConnection

# Seconds for one step of a call, and for all of it.
PATIENCE, WHOLE = 10.0, 30.0
MOST_BYTES = 64 * 1024
_NAT64 = ip_network("64:ff9b::/96")

Address = IPv4Address | IPv6Address
Allowed = Callable[[Address], bool]


class Forbidden(Exception):
    """An address that is not to be called, in words.

    No kind of OSError, which urllib3 would take for a line that broke.
    """


def is_public(address: Address) -> bool:
    """Whether anybody on the Internet reaches this address; also what is wrapped in it counts."""
    if isinstance(address, IPv6Address) and address in _NAT64:
        return is_public(IPv4Address(int(address) & 0xFFFFFFFF))
    inner = list(_wrapped(address))
    public = address.is_global and not address.is_multicast and not address.is_reserved
    return public and all(is_public(one) for one in inner)


def check(url: str, allowed: Allowed = is_public) -> None:
    """Forbidden unless this may be called: https, a host, and no name and password in it."""
    parts = urlsplit(url)
    if parts.scheme != "https" or not parts.hostname or parts.username is not None:
        raise Forbidden("Only addresses that begin with https:// are called.")
    looked_up(parts.hostname, parts.port or 443, allowed)


def looked_up(host: str, port: int, allowed: Allowed = is_public) -> str:
    """The address a name leads to; Forbidden when any of them is inside our own walls."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise requests.ConnectionError(f"There is no host {host}.") from error
    addresses = [str(each[4][0]) for each in found]
    if not all(allowed(ip_address(one.partition("%")[0])) for one in addresses):
        raise Forbidden("This address lies inside a private network and is not called.")
    return addresses[0]


def session(allowed: Allowed = is_public) -> requests.Session:
    """A session that calls only what is allowed; its errors are requests' own and Forbidden.

    No proxy or password of the environment is used.
    """
    made = requests.Session()
    made.trust_env = False
    made.max_redirects = 0
    made.mount("https://", _Outward(allowed))
    made.mount("http://", _Nowhere())
    return made


def _wrapped(address: Address) -> Iterator[Address]:
    """The older address that lies in a newer one."""
    if isinstance(address, IPv4Address):
        return
    if address.ipv4_mapped:
        yield address.ipv4_mapped
    if address.sixtofour:
        yield address.sixtofour
    if address.teredo:
        yield from address.teredo


class _Nowhere(BaseAdapter):
    """Calls nothing."""

    def send(self, *_args: Any, **_named: Any) -> requests.Response:
        """Refuse."""
        raise Forbidden("Only addresses that begin with https:// are called.")

    def close(self) -> None:
        """Nothing is open."""


class _Outward(HTTPAdapter):
    """Calls addresses that were looked at, and reads a short answer."""

    def __init__(self, allowed: Allowed) -> None:
        self.allowed = allowed
        super().__init__(max_retries=0)

    def init_poolmanager(self, *args: Any, **named: Any) -> None:
        """Open connections of ours."""
        allowed = self.allowed

        class Connection(HTTPSConnection):
            def _new_conn(self) -> socket.socket:
                address = looked_up(self.host, self.port or 443, allowed)
                return socket.create_connection((address, self.port or 443), PATIENCE)

        class Pool(HTTPSConnectionPool):
            ConnectionCls = Connection

        self.poolmanager = PoolManager(*args, **named)
        self.poolmanager.pool_classes_by_scheme = {"https": Pool}

    def send(self, request: requests.PreparedRequest, *args: Any, **named: Any) -> Any:
        """The answer, read whole; Forbidden when it is too long or takes too long."""
        began = time.monotonic()
        response = super().send(request, **{**named, "stream": True, "timeout": PATIENCE})
        content = b""
        for piece in response.iter_content(4096):
            content += piece
            if len(content) > MOST_BYTES or time.monotonic() - began > WHOLE:
                response.close()
                raise Forbidden("The answer was too long.")
        response._content = content
        return response
