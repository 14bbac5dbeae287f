"""A listening socket on loopback whose connections are served one request after the other.

Invariant: the port stays the same over `down()` and `up()`, so that a restart can be played.
"""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from contextlib import suppress

from tui.demo import http1
from tui.demo.http1 import BadRequest, Request, Response, TooLarge
from tui.demo.lane import Lane

ACCEPTING = 4
"""Rounds of the loop until a connection that was just accepted is in our hands and can be cut, too."""


class Listener(ABC):
    """Base of the demo's servers. `port` is 0 until the first start."""

    max_body = 64 * 1024 * 1024

    def __init__(self, name: str) -> None:
        self.lane = Lane(name)
        self.port = 0
        self.connections = 0
        """How many TCP connections were ever accepted."""
        self._server: asyncio.Server | None = None
        self._writers: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> str:
        """Starts the thread and listens; answers the base URL."""
        self.lane.start()
        self.up()
        return self.url

    def stop(self) -> None:
        """Ends everything; a second time does nothing."""
        if self._server is not None:
            self.down()
        if not self.lane.loop.is_closed():
            self.lane.stop()

    def up(self) -> None:
        """Listens (again) on the same port."""
        self.lane.run(self._listen())

    def down(self) -> None:
        """Stops listening and cuts every connection."""
        self.lane.run(self._close())

    async def _listen(self) -> None:
        self._server = await asyncio.start_server(
            self._accepted, "127.0.0.1", self.port, limit=http1.MAX_HEAD
        )
        self.port = self._server.sockets[0].getsockname()[1]

    async def _close(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None
        for _ in range(ACCEPTING):
            await asyncio.sleep(0)
        self.cut()
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def cut(self) -> None:
        """Every open connection dies; the server goes on."""
        for writer in list(self._writers):
            writer.transport.abort()

    def _accepted(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """At once, not in a task: one that is cancelled before it begins would leave its socket open."""
        self.connections += 1
        self._writers.add(writer)
        task = asyncio.ensure_future(self._talk(reader, writer))
        self._tasks.add(task)

        def ended(done: asyncio.Task[None]) -> None:
            self._tasks.discard(done)
            self._writers.discard(writer)
            writer.close()

        task.add_done_callback(ended)

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(BadRequest, ConnectionError, asyncio.CancelledError):
            await self._converse(reader, writer)

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            try:
                request = await http1.read_request(reader, lambda: self.max_body)
            except TooLarge as error:
                writer.write(http1.encode(self.too_large(error.length), close=True))
                await writer.drain()
                return
            if request is None or not await self.serve(request, reader, writer):
                return
            if http1.wants_close(request):
                return

    @abstractmethod
    async def serve(
        self, request: Request, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> bool:
        """Answers one request; False = the connection is at its end."""

    def too_large(self, length: int) -> Response:
        """413, sent before the body is read."""
        return Response(413, f"{length} bytes are too many\n".encode(), "text/plain")


async def send(writer: asyncio.StreamWriter, request: Request, response: Response) -> None:
    """Writes one answer, gzipped where the client takes it."""
    close = http1.wants_close(request)
    accept, bare = request.header("accept-encoding"), request.method == "HEAD"
    writer.write(http1.encode(response, accept=accept, close=close, bare=bare))
    await writer.drain()
