"""A TCP proxy on loopback that counts what passes: bytes each way, connections, HTTP requests.

Sizes are TCP payload, or what is inside of TLS where it speaks that. `cut` breaks all connections; with
`refuse` set, new ones are closed at once.
"""

from __future__ import annotations

import asyncio
import re
import ssl
import threading
from dataclasses import dataclass
from urllib.parse import urlsplit

_REQUEST = re.compile(rb"(?:^|\r\n\r\n|\})(?:GET|POST|PUT|DELETE|PATCH) /\S* HTTP/1\.1\r\n")


@dataclass
class Count:
    """What passed since the last `take`."""

    up: int = 0
    down: int = 0
    requests: int = 0
    connections: int = 0


class CountingProxy:
    """`with CountingProxy(url) as proxy: … proxy.url …`; lives in a thread of its own."""

    def __init__(self, upstream: str, tls: ssl.SSLContext | None = None) -> None:
        parts = urlsplit(upstream)
        self._host, self._port = parts.hostname or "127.0.0.1", parts.port or 80
        self._tls = tls
        self._lock = threading.Lock()
        self._count = Count()
        self._loop = asyncio.new_event_loop()
        self._writers: set[asyncio.StreamWriter] = set()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._main, daemon=True)
        self.refuse = False
        self.url = ""

    def __enter__(self) -> CountingProxy:
        self._thread.start()
        self._ready.wait(10)
        return self

    def __exit__(self, *_: object) -> None:
        self.cut()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)

    def take(self) -> Count:
        """What passed since the last call."""
        with self._lock:
            taken, self._count = self._count, Count()
        return taken

    def cut(self) -> None:
        """Breaks every connection."""

        def close() -> None:
            for writer in self._writers:
                writer.transport.abort()

        self._loop.call_soon_threadsafe(close)

    def _main(self) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(
            asyncio.start_server(self._serve, "127.0.0.1", 0, ssl=self._tls)
        )
        self.url = f"{'https' if self._tls else 'http'}://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        self._ready.set()
        self._loop.run_forever()
        server.close()
        for task in asyncio.all_tasks(self._loop):
            task.cancel()
        self._loop.run_until_complete(asyncio.sleep(0))
        self._loop.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.refuse:
            writer.transport.abort()
            return
        try:
            there, back = await asyncio.open_connection(self._host, self._port)
        except OSError:
            writer.transport.abort()
            return
        self._writers |= {writer, back}
        with self._lock:
            self._count.connections += 1
        await asyncio.gather(self._pump(reader, back, up=True), self._pump(there, writer, up=False))
        self._writers -= {writer, back}

    async def _pump(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter, *, up: bool) -> None:
        try:
            while data := await source.read(1 << 16):
                self._note(data, up=up)
                sink.write(data)
                await sink.drain()
        except (ConnectionError, OSError):
            pass
        sink.close()

    def _note(self, data: bytes, *, up: bool) -> None:
        with self._lock:
            if up:
                self._count.up += len(data)
                self._count.requests += len(_REQUEST.findall(data))
            else:
                self._count.down += len(data)
