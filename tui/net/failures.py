"""Turns what sockets, TLS, httpx and websockets raise into leaves of `core.errors`.

Invariant: the text of a foreign exception is never taken over (it may quote headers); only its kind is.
"""

from __future__ import annotations

import errno
import re
import socket
import ssl
from collections.abc import Iterator

import anyio
import httpcore
from websockets.exceptions import ProxyError

from tui.core.errors import Offline, TeleteamError
from tui.net import tls
from tui.net.address import Address
from tui.net.proxies import Proxy

_UNREACHABLE = {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EADDRNOTAVAIL}
_TIMEOUTS = (TimeoutError, httpcore.TimeoutException)
_BROKEN = (
    ConnectionResetError,
    ConnectionAbortedError,
    BrokenPipeError,
    EOFError,
    httpcore.ReadError,
    httpcore.WriteError,
    httpcore.RemoteProtocolError,
    httpcore.LocalProtocolError,
    anyio.BrokenResourceError,
    anyio.EndOfStream,
)
_TOO_OLD = {
    "UNSUPPORTED_PROTOCOL",
    "TLSV1_ALERT_PROTOCOL_VERSION",
    "NO_PROTOCOLS_AVAILABLE",
    "VERSION_TOO_LOW",
}


def chain(error: BaseException) -> Iterator[BaseException]:
    """The error, what caused it, and the members of groups, outermost first, each once."""
    todo: list[BaseException] = [error]
    seen: set[int] = set()
    while todo:
        found = todo.pop(0)
        if id(found) in seen:
            continue
        seen.add(id(found))
        yield found
        if isinstance(found, BaseExceptionGroup):
            todo.extend(found.exceptions)
        todo.extend(cause for cause in (found.__cause__, found.__context__) if cause is not None)


async def explained(error: BaseException, address: Address, proxy: Proxy | None) -> TeleteamError:
    """What went wrong on the way to `address`, as Offline or Insecure."""
    links = list(chain(error))
    refused = next((link for link in links if isinstance(link, ssl.SSLError) and _refused_by_us(link)), None)
    if refused:
        return await tls.refusal(address.host, address.port, refused, probe=proxy is None)
    if proxy is not None and any(isinstance(link, httpcore.ProxyError | ProxyError) for link in links):
        return Offline("proxy", proxy.shown)
    cause = _cause(links)
    if proxy is not None and cause in ("dns", "refused", "unreachable"):
        return Offline("proxy", proxy.shown)
    return Offline(cause, "" if proxy is None else f"via {proxy.shown}")


def _refused_by_us(error: ssl.SSLError) -> bool:
    return isinstance(error, ssl.SSLCertVerificationError) or getattr(error, "reason", "") in _TOO_OLD


def _cause(links: list[BaseException]) -> str:
    """The most telling cause; with several addresses tried, a refusal tells more than an unreachable net."""
    if any(isinstance(link, socket.gaierror) for link in links):
        return "dns"
    numbers = {number for link in links if isinstance(link, OSError) for number in _numbers(link)}
    if errno.ECONNREFUSED in numbers:
        return "refused"
    if any(isinstance(link, ssl.SSLError) for link in links):
        return "tls"
    if numbers & _UNREACHABLE:
        return "unreachable"
    if any(isinstance(link, _TIMEOUTS) for link in links):
        return "timeout"
    return "reset" if any(isinstance(link, _BROKEN) for link in links) else "closed"


def _numbers(error: OSError) -> list[int]:
    """Error numbers; asyncio tells those of several attempts in one text alone ("Multiple exceptions")."""
    if error.errno is not None:
        return [error.errno]
    return [int(number) for number in re.findall(r"\[Errno (\d{1,4})\]", str(error))]
