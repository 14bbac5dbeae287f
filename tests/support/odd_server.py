"""A server on loopback that answers exactly what a test scripts, byte for byte: the network at its worst.

Each request is handed to the next step of the script (the last one repeats). Steps get the request and the
raw writer; the helpers below make the usual ones.
"""

from __future__ import annotations

import asyncio
import gzip
import json
import socket
import ssl
import struct
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Seen:
    """A request as it came in. Header names are lower case."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> object:
        return json.loads(self.body)


Step = Callable[[Seen, asyncio.StreamWriter], Awaitable[None]]


@dataclass
class OddServer:
    """What it has seen so far, and where it listens."""

    url: str
    port: int
    seen: list[Seen] = field(default_factory=list)
    connections: int = 0


def raw(data: bytes) -> Step:
    """Exactly these bytes."""

    async def step(_seen: Seen, writer: asyncio.StreamWriter) -> None:
        writer.write(data)

    return step


def answer(
    body: bytes | str = b"",
    status: int = 200,
    content_type: str = "application/json",
    headers: dict[str, str] | None = None,
) -> Step:
    """A well-formed answer."""
    data = body.encode() if isinstance(body, str) else body
    lines = [f"HTTP/1.1 {status} Whatever", f"Content-Length: {len(data)}"]
    if content_type:
        lines.append(f"Content-Type: {content_type}")
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    return raw("\r\n".join([*lines, "", ""]).encode() + data)


def reply(value: object, status: int = 200, headers: dict[str, str] | None = None) -> Step:
    """A JSON answer."""
    return answer(json.dumps(value), status, headers=headers)


def error(error_id: str, status: int, message: str = "no", headers: dict[str, str] | None = None) -> Step:
    """An error object of Mattermost's."""
    return reply({"id": error_id, "message": message, "status_code": status}, status, headers)


def redirect(location: str, status: int = 302) -> Step:
    return answer(b"", status, "", {"Location": location})


def zipped(body: bytes) -> Step:
    return answer(gzip.compress(body), headers={"Content-Encoding": "gzip"})


def silence() -> Step:
    """Never an answer."""

    async def step(_seen: Seen, _writer: asyncio.StreamWriter) -> None:
        await asyncio.Event().wait()

    return step


def drip(head: bytes, drop: bytes, seconds: float) -> Step:
    """`head` at once, then one `drop` every so many seconds for ever."""

    async def step(_seen: Seen, writer: asyncio.StreamWriter) -> None:
        writer.write(head)
        while True:
            await writer.drain()
            await asyncio.sleep(seconds)
            writer.write(drop)

    return step


def hang_up() -> Step:
    """Closes without a word."""

    async def step(_seen: Seen, writer: asyncio.StreamWriter) -> None:
        writer.close()

    return step


def reset() -> Step:
    """A TCP RST."""

    async def step(_seen: Seen, writer: asyncio.StreamWriter) -> None:
        sock: socket.socket = writer.get_extra_info("socket")
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        writer.transport.abort()

    return step


@asynccontextmanager
async def odd_server(*script: Step, tls: ssl.SSLContext | None = None) -> AsyncIterator[OddServer]:
    """Runs the script; ends every connection on leaving."""
    left = list(script)
    tasks: set[asyncio.Task[None]] = set()
    # Filled in once the port is known; no connection can come before that.
    odd = OddServer("", 0)

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        tasks.add(task)
        odd.connections += 1
        try:
            while (seen := await _request(reader)) is not None:
                odd.seen.append(seen)
                step = left.pop(0) if len(left) > 1 else left[0]
                await step(seen, writer)
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            tasks.discard(task)
            writer.transport.abort()

    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=tls, limit=2**24)
    odd.port = server.sockets[0].getsockname()[1]
    odd.url = f"{'https' if tls else 'http'}://127.0.0.1:{odd.port}"
    try:
        yield odd
    finally:
        server.close()
        for task in list(tasks):
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _request(reader: asyncio.StreamReader) -> Seen | None:
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError:
        return None
    first, *lines = head.decode("latin-1").split("\r\n")[:-2]
    method, target, _ = first.split(" ", 2)
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    if headers.get("transfer-encoding") == "chunked":
        return Seen(method, target, headers, await _chunks(reader))
    return Seen(method, target, headers, await reader.readexactly(int(headers.get("content-length", "0"))))


async def _chunks(reader: asyncio.StreamReader) -> bytes:
    parts = []
    while size := int(await reader.readline(), 16):
        parts.append(await reader.readexactly(size))
        await reader.readline()
    await reader.readline()
    return b"".join(parts)
