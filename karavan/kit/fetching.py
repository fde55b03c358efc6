"""Fetching addresses that strangers have written: the port, and the guard that keeps our own network out of reach.

The guard is applied to what a name resolves to, and the connection goes to exactly that address: a name that resolves
otherwise a moment later gains nothing (OWASP Server-Side Request Forgery Prevention).
"""

import asyncio
import ipaddress
import socket
from typing import Protocol
from urllib.parse import SplitResult, urlsplit

from msgspec import Struct

from karavan.kit.services import Port

PORTS = frozenset({80, 443, 8080, 8443})
URL_MAX_CHARACTERS = 2000
# Carrier-grade NAT is nobody's public address, though the library counts it as neither private nor reserved.
_SHARED = ipaddress.ip_network("100.64.0.0/10")


class FetchError(Exception):
    """Nothing was fetched. `code` is stable; `lasting` says that trying again is of no use."""

    def __init__(self, code: str, detail: str, *, lasting: bool = True) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail
        self.lasting = lasting


class Fetched(Struct, frozen=True):
    """What an address has answered."""

    url: str
    content: bytes
    content_type: str


class Fetcher(Protocol):
    """Fetches public addresses. Called with no transaction open."""

    async def fetch(self, url: str, *, max_bytes: int) -> Fetched:
        """The bytes of a public address.

        Args:
            max_bytes: more than this is refused, whatever was declared.

        Raises:
            FetchError: refused by the guard, unreachable, too large, or answered with an error.
        """


FETCHER = Port[Fetcher]("fetching of public addresses")


def is_public(address: str) -> bool:
    """Whether an address is one of the public Internet: not private, loopback, link-local, multicast or reserved."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None)
        if inner is not None:
            return is_public(str(inner))
        # The NAT64 prefix carries an IPv4 address in its last four bytes (RFC 6052).
        if found in ipaddress.ip_network("64:ff9b::/96"):
            return is_public(str(ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)))
    elif found in _SHARED:
        return False
    return found.is_global and not found.is_multicast


def checked_url(url: str) -> SplitResult:
    """An address of a public scheme, without a name and password, on a usual port.

    Raises:
        FetchError: it is none.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise FetchError("url", "This is no address.") from error
    if len(url) > URL_MAX_CHARACTERS or parts.scheme not in {"http", "https"} or not parts.hostname:
        raise FetchError("url", "An address begins with http:// or https://.")
    if parts.username is not None or parts.password is not None:
        raise FetchError("url", "An address with a name and password is not fetched.")
    if port is not None and port not in PORTS:
        raise FetchError("url", "Addresses on this port are not fetched.")
    return parts


async def public_address(parts: SplitResult) -> str:
    """The address to connect to for a host. A host that has any address of our own networks is refused whole.

    Raises:
        FetchError: it does not resolve, or not to the public Internet.
    """
    host = parts.hostname or ""
    port = parts.port or (443 if parts.scheme == "https" else 80)
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchError("unreachable", "This host is not known.", lasting=False) from error
    addresses = [str(info[4][0]) for info in found]
    if not addresses or not all(is_public(address) for address in addresses):
        raise FetchError("private", "This host is not on the public Internet.")
    return addresses[0]
