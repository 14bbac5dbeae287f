"""Where the server is: checks its address and builds URLs below it.

Invariant: an `Address` is https, or http to this very machine; nothing built from it leaves its origin.
"""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import SplitResult, quote, urlsplit

from tui.core.errors import Insecure, UserMistake
from tui.core.values import dataclass

API = "/api/v4"
_PORTS = {"https": 443, "http": 80, "wss": 443, "ws": 80}


@dataclass(frozen=True, slots=True)
class Address:
    """Origin and subpath of a Mattermost server ("https://host/mm")."""

    scheme: str
    host: str
    port: int
    subpath: str = ""

    @property
    def secure(self) -> bool:
        return self.scheme == "https"

    @property
    def origin(self) -> str:
        """`scheme://host[:port]`, as a browser would write it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == _PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{host}{port}"

    @property
    def base(self) -> str:
        return self.origin + self.subpath

    @property
    def websocket(self) -> str:
        """The event socket's URL: same origin, same subpath."""
        return f"ws{self.base.removeprefix('http')}{API}/websocket"


def parse(base_url: str) -> Address:
    """Reads a server's base URL.

    Raises Insecure("tele.insecure.http") for plain http to another machine, UserMistake otherwise.
    """
    parts = _split(base_url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username is not None:
        raise UserMistake("tele.input.url")
    if parts.scheme == "http" and not is_loopback(parts.hostname):
        raise Insecure("tele.insecure.http", parts.hostname)
    return Address(parts.scheme, parts.hostname, _port(parts), parts.path.rstrip("/"))


def _split(url: str) -> SplitResult:
    try:
        return urlsplit(url)
    except ValueError:
        raise UserMistake("tele.input.url") from None


def _port(parts: SplitResult) -> int:
    try:
        return parts.port or _PORTS[parts.scheme]
    except (ValueError, KeyError):
        raise UserMistake("tele.input.url") from None


def is_loopback(host: str) -> bool:
    """True for localhost and loopback addresses, without asking a name server."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def websocket_url(address: Address, configured: str = "") -> str:
    """The event socket's URL; the server's `WebsocketURL` is honoured on the same host alone.

    Raises Insecure("tele.insecure.foreign_host"), or "tele.insecure.http" for ws:// where the site is https.
    """
    if not configured:
        return address.websocket
    parts = _split(configured)
    if parts.scheme not in ("ws", "wss") or parts.hostname != address.host:
        raise Insecure("tele.insecure.foreign_host", parts.hostname or "")
    if parts.scheme == "ws" and (address.secure or not is_loopback(parts.hostname)):
        raise Insecure("tele.insecure.http", parts.hostname)
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{parts.scheme}://{host}:{_port(parts)}{parts.path.rstrip('/')}{API}/websocket"


def same_origin(address: Address, url: str) -> bool:
    """True iff `url` (absolute, or a path) stays on the server's scheme, host and port."""
    try:
        parts = urlsplit(url)
        if not parts.scheme and not parts.netloc:
            return True
        port = parts.port or _PORTS.get(parts.scheme, 0)
    except ValueError:
        return False
    return (parts.scheme, parts.hostname, port) == (address.scheme, address.host, address.port)


def segment(value: str) -> str:
    """One id or name as one URL path segment; UserMistake("tele.input.target") for what cannot be one."""
    if value in ("", ".", ".."):
        raise UserMistake("tele.input.target")
    return quote(value, safe="")
