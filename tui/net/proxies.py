"""Which proxy the environment asks for (HTTPS_PROXY, HTTP_PROXY, ALL_PROXY, NO_PROXY).

Invariant: REST and the event socket get the same answer; user name and password never leave `Proxy.url`.
"""

from __future__ import annotations

from dataclasses import field
from urllib.parse import urlsplit
from urllib.request import getproxies_environment, proxy_bypass

from tui.core.errors import ConfigTrouble
from tui.core.values import dataclass
from tui.net.address import Address


@dataclass(frozen=True, slots=True)
class Proxy:
    """A proxy; `shown` is its host and port, fit for a message."""

    url: str = field(repr=False)
    shown: str


def for_server(address: Address) -> Proxy | None:
    """The proxy for this server, None = direct. Raises ConfigTrouble for one we cannot use (SOCKS)."""
    found = getproxies_environment()
    url = found.get(address.scheme) or found.get("all")
    if not url or proxy_bypass(f"{address.host}:{address.port}"):
        return None
    return _usable(url if "://" in url else f"http://{url}")


def _usable(url: str) -> Proxy:
    try:
        parts = urlsplit(url)
        port = parts.port or {"http": 80, "https": 443}[parts.scheme]
    except (ValueError, KeyError):
        raise ConfigTrouble("tele.config.proxy", problem="only http:// and https://") from None
    return Proxy(url, f"{parts.hostname}:{port}")
