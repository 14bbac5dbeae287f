"""A counting proxy that also keeps the books: what each exchange cost, and what the event socket carried.

Sizes are TCP payload. Over HTTP/1.1 without pipelining the two directions alternate, so the first bytes up
after an answer begin a new exchange; that is all the parsing there is.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from tests.support.counting_proxy import CountingProxy
from tests.support.waiting import wait_until

_LINE = re.compile(rb"^([A-Z]+) (\S+) HTTP/1\.1\r\n")
_STATUS = re.compile(rb"^HTTP/1\.1 (\d{3})")


@dataclass
class Exchange:
    """One request and its answer; `connection` numbers the TCP connections from 1."""

    connection: int
    request: bytes = b""
    answer: bytes = b""

    @property
    def up(self) -> int:
        return len(self.request)

    @property
    def down(self) -> int:
        return len(self.answer)

    @property
    def method(self) -> str:
        found = _LINE.match(self.request)
        return found[1].decode() if found else "?"

    @property
    def path(self) -> str:
        """Below /api/v4, with the query."""
        found = _LINE.match(self.request)
        return found[2].decode().removeprefix("/api/v4") if found else "?"

    @property
    def status(self) -> int:
        found = _STATUS.match(self.answer)
        return int(found[1]) if found else 0

    @property
    def asks_gzip(self) -> bool:
        return b"\r\naccept-encoding: gzip" in self.request.lower()

    @property
    def is_socket(self) -> bool:
        return b"\r\nupgrade: websocket" in self.request.lower()

    def __str__(self) -> str:
        return f"{self.method} {self.path} {self.status}: {self.down} B down"


@dataclass
class Cost:
    """What passed between two looks at the books."""

    exchanges: list[Exchange] = field(default_factory=list)
    """HTTP, in the order in which they were begun; the socket's upgrade is not among them."""
    connections: int = 0
    """TCP connections beside those of the event socket."""
    sockets: int = 0
    socket_down: int = 0
    socket_up: int = 0

    @property
    def requests(self) -> int:
        return len(self.exchanges)

    @property
    def http_down(self) -> int:
        return sum(one.down for one in self.exchanges)

    @property
    def down(self) -> int:
        """Everything that came down: HTTP, and the socket with its upgrade."""
        return self.http_down + self.socket_down

    @property
    def up(self) -> int:
        return sum(one.up for one in self.exchanges) + self.socket_up

    def __add__(self, other: Cost) -> Cost:
        return Cost(
            [*self.exchanges, *other.exchanges],
            self.connections + other.connections,
            self.sockets + other.sockets,
            self.socket_down + other.socket_down,
            self.socket_up + other.socket_up,
        )

    def __str__(self) -> str:
        """For a failing test: where the bytes went."""
        lines = [
            f"{self.requests} requests, {self.connections} connections, {self.down} B down, {self.up} up"
        ]
        lines += [f"  {one}" for one in self.exchanges]
        return "\n".join([*lines, f"  socket: {self.socket_down} B down, {self.socket_up} B up"])

    def only(self, paths: Iterable[str]) -> Cost:
        """The exchanges whose path contains one of `paths`."""
        wanted = tuple(paths)
        return Cost([one for one in self.exchanges if any(part in one.path for part in wanted)])


class Ledger(CountingProxy):
    """`with Ledger(url) as ledger: … ledger.spent()`."""

    def __init__(self, upstream: str) -> None:
        super().__init__(upstream)
        self._cost = Cost()
        self._numbers = 0
        self._changes = 0
        """Grows with whatever passes."""

    def __enter__(self) -> Ledger:
        super().__enter__()
        return self

    def spent(self) -> Cost:
        """What passed since the last call."""
        with self._lock:
            taken, self._cost = self._cost, Cost()
        return taken

    def peek(self) -> Cost:
        """What passed since `spent`, without taking it."""
        with self._lock:
            return replace(self._cost, exchanges=list(self._cost.exchanges))

    def wait_quiet(
        self, seconds: float = 0.5, *, between: Callable[[], object] = bool, timeout: float = 30.0
    ) -> None:
        """Waits until nothing has passed for `seconds`; AssertionError when it never falls silent.

        `between` is called on and on.
        """
        loop_time, seen = self._loop.time, self._changes
        since = loop_time()

        def is_quiet() -> bool:
            nonlocal seen, since
            between()
            if self._changes != seen:
                seen, since = self._changes, loop_time()
            return loop_time() - since >= seconds

        wait_until(is_quiet, timeout=timeout)

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
        book = self._book()
        await asyncio.gather(
            self._carry(reader, back, book, up=True), self._carry(there, writer, book, up=False)
        )
        self._writers -= {writer, back}

    def _book(self) -> Callable[[bytes, bool], None]:
        """Notes one connection."""
        self._numbers += 1
        number, current = self._numbers, Exchange(0)

        def begin(data: bytes) -> Exchange:
            made = Exchange(number, data)
            if made.is_socket:
                self._cost.sockets += 1
            else:
                self._cost.connections += current.connection == 0
                self._cost.exchanges.append(made)
            return made

        def note(data: bytes, up: bool) -> None:
            nonlocal current
            with self._lock:
                self._changes += 1
                if current.is_socket:
                    self._note_socket(len(data), up)
                elif up and (current.answer or not current.request):
                    current = begin(data)
                    self._note_socket(len(data) if current.is_socket else 0, up)
                elif up:
                    current.request += data
                else:
                    current.answer += data

        return note

    def _note_socket(self, size: int, up: bool) -> None:
        if up:
            self._cost.socket_up += size
        else:
            self._cost.socket_down += size

    async def _carry(
        self,
        source: asyncio.StreamReader,
        sink: asyncio.StreamWriter,
        note: Callable[[bytes, bool], None],
        *,
        up: bool,
    ) -> None:
        try:
            while data := await source.read(1 << 16):
                note(data, up)
                sink.write(data)
                await sink.drain()
        except (ConnectionError, OSError):
            pass
        sink.close()
