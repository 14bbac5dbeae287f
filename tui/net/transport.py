"""The sockets under httpx: a pool of httpcore's over a backend that counts every byte.

Invariant: httpx sees a plain transport; what it cannot tell (bytes on the wire, connections made, the exact
reason of a failure) is known here.
"""

from __future__ import annotations

import contextlib
import socket
import ssl
import struct
from collections.abc import AsyncIterable, AsyncIterator, Iterable
from functools import partial
from typing import Any, cast
from urllib.parse import unquote, urlsplit

import httpcore
import httpx

from tui.net.meter import Meter
from tui.net.proxies import Proxy

IDLE_SECONDS = 45.0
"""Idle connections are given up before the server does so after 60 s (Mattermost's IdleTimeout)."""
MOST_CONNECTIONS = 8

_SocketOption = tuple[int, int, int] | tuple[int, int, bytes | bytearray] | tuple[int, int, None, int]

UNSENT = 64 * 1024
_SHORT_QUEUE: tuple[_SocketOption, ...] = (
    ((socket.IPPROTO_TCP, socket.TCP_NOTSENT_LOWAT, UNSENT),) if hasattr(socket, "TCP_NOTSENT_LOWAT") else ()
)
"""Not more than this waits in the kernel: megabytes there would look like progress, hold back what the person
waits for, and on a slow line end in a time-out."""


_AT_ONCE = struct.pack("ii", 1, 0)
"""SO_LINGER: closing drops what was not sent yet."""


class CountingStream(httpcore.AsyncNetworkStream):
    """One connection whose payload is counted; after the TLS handshake, what is inside TLS.

    Closed before its answer it takes back what is still in the kernel: that would go out when a lost line is
    there again, minutes after we gave the request up.
    """

    def __init__(self, inner: httpcore.AsyncNetworkStream, meter: Meter) -> None:
        self._inner = inner
        self._meter = meter
        self._unanswered = False

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        data = await self._inner.read(max_bytes, timeout)
        self._meter.http_down += len(data)
        self._unanswered = False
        return data

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._unanswered = True
        await self._inner.write(buffer, timeout)
        self._meter.http_up += len(buffer)

    async def aclose(self) -> None:
        if self._unanswered and (raw := self.get_extra_info("socket")) is not None:
            with contextlib.suppress(OSError):
                raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _AT_ONCE)
        await self._inner.aclose()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.AsyncNetworkStream:
        inner = await self._inner.start_tls(ssl_context, server_hostname, timeout)
        return CountingStream(inner, self._meter)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


class CountingBackend(httpcore.AnyIOBackend):
    """Connects with happy eyeballs (RFC 8305, anyio's) and counts."""

    def __init__(self, meter: Meter) -> None:
        self._meter = meter

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[_SocketOption] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        options = [*(socket_options or ()), *_SHORT_QUEUE]
        stream = await super().connect_tcp(host, port, timeout, local_address, options)
        self._meter.connections += 1
        return CountingStream(stream, self._meter)


class Body(httpx.AsyncByteStream):
    """A response body as it comes from the pool."""

    def __init__(self, stream: AsyncIterable[bytes]) -> None:
        self._stream = stream

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for part in self._stream:
            yield part

    async def aclose(self) -> None:
        close = getattr(self._stream, "aclose", None)
        if close is not None:
            await close()


class Transport(httpx.AsyncBaseTransport):
    """httpx over our pool. Raises httpcore's exceptions as they are: `failures` reads their causes."""

    def __init__(self, tls: ssl.SSLContext | None, meter: Meter, proxy: Proxy | None) -> None:
        self._make = partial(_pool, tls, meter, proxy)
        self._pool = self._make()
        self._retired: list[httpcore.AsyncConnectionPool] = []

    async def renew(self) -> None:
        """Further requests get fresh connections; those under way keep theirs until the next time."""
        for pool in self._retired:
            await pool.aclose()
        self._retired = [self._pool]
        self._pool = self._make()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        answer = await self._pool.handle_async_request(_lowered(request))
        return httpx.Response(
            status_code=answer.status,
            headers=answer.headers,
            stream=Body(cast(AsyncIterable[bytes], answer.stream)),
            extensions=answer.extensions,
        )

    async def aclose(self) -> None:
        for pool in (*self._retired, self._pool):
            await pool.aclose()


def _lowered(request: httpx.Request) -> httpcore.Request:
    url = request.url
    return httpcore.Request(
        method=request.method,
        url=httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
        headers=request.headers.raw,
        content=cast(AsyncIterable[bytes], request.stream),
        extensions=request.extensions,
    )


def _pool(tls: ssl.SSLContext | None, meter: Meter, proxy: Proxy | None) -> httpcore.AsyncConnectionPool:
    common: dict[str, Any] = {
        "ssl_context": tls,
        "max_connections": MOST_CONNECTIONS,
        "keepalive_expiry": IDLE_SECONDS,
        "http2": tls is not None,
        "network_backend": CountingBackend(meter),
    }
    if proxy is None:
        return httpcore.AsyncConnectionPool(**common)
    parts = urlsplit(proxy.url)
    login = (unquote(parts.username), unquote(parts.password or "")) if parts.username else None
    bare = f"{parts.scheme}://{proxy.shown}"
    return httpcore.AsyncHTTPProxy(proxy_url=bare, proxy_auth=login, **common)
