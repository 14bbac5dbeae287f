"""The event socket: one WebSocket connection to `/api/v4/websocket`, over the websockets library.

Invariant: a line counts as alive as long as any byte arrives on it, so a late pong on a full line costs
nothing; only a line that was silent for `line_check` seconds of the profile is asked, and given up
`line_patience` later: within 20 s, on a thin line 30. Each question is an empty ping: 6 bytes up and 2 down.
No redirect is followed and the token goes to the server's own host alone.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlencode

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidMessage, InvalidStatus

from tui.core.errors import BadAnswer, Offline, Refused, SignedOut, TeleteamError
from tui.core.line_profile import RICH, LineProfile
from tui.core.ports import SocketOpened, SocketText
from tui.net import address, failures, proxies, tls
from tui.net.answers import judged
from tui.net.http import USER_AGENT, quieten
from tui.net.meter import Meter

MAX_FRAME = 16 * 2**20
"""Bytes; a post's props may hold 800,000 characters, escaped twice."""
QUEUE = 256
"""Frames waiting for the reader before the socket stops reading: as many as the server keeps for us."""
OPEN_TIMEOUT = 10
CLOSE_TIMEOUT = 2
TOO_BIG = 1009


class _Connection(ClientConnection):
    """Counts bytes and notices when anything arrives."""

    def __init__(self, meter: Meter, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.meter = meter
        self.stirred = asyncio.Event()

    def data_received(self, data: bytes) -> None:
        self.meter.ws_down += len(data)
        self.stirred.set()
        super().data_received(data)

    def send_data(self) -> None:
        self.meter.ws_up += sum(map(len, self.protocol.writes))
        super().send_data()

    async def ask_for_life(self) -> None:
        """A ping without content; with some, where an answer to one without is still to come."""
        await self.ping(None if b"" in self.pending_pings else b"")

    @property
    def held_back(self) -> bool:
        """We are not reading, because the reader is behind: silence says nothing then."""
        return self.recv_messages.paused


class _Connect(connect):
    def process_redirect(self, exc: Exception) -> Exception | str:
        return exc


class WebSocketStream:
    """Implements `core.ports.EventStream`. `token` is asked for at each `open`.

    Raises, beside what the port says, Throttled and ServerTrouble for an upgrade that was refused so.
    """

    def __init__(
        self,
        base_url: str,
        token: Callable[[], str],
        websocket_url: str = "",
        *,
        ca_file: Path | None = None,
        meter: Meter | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        profile: Callable[[], LineProfile] = lambda: RICH,
        max_size: int = MAX_FRAME,
    ) -> None:
        quieten()
        self._address = address.parse(base_url)
        self._token = token
        self._configured = websocket_url
        self._ca_file = ca_file
        self._meter = meter or Meter()
        self._sleep = sleep
        self._profile = profile
        self._max_size = max_size
        self._proxy = proxies.for_server(self._address)
        self._connection: _Connection | None = None
        self._lost = False

    def __repr__(self) -> str:
        return f"WebSocketStream({self._address.base})"

    async def open(
        self, connection_id: str, sequence_number: int
    ) -> AsyncGenerator[SocketOpened | SocketText, None]:
        """Connects and yields what arrives; both arguments empty (0) = a fresh connection."""
        connection = await self._connected(connection_id, sequence_number)
        self._connection = connection
        watch = asyncio.create_task(self._watch(connection), name="event socket watch")
        try:
            yield SocketOpened()
            async for frame in self._frames(connection):
                yield frame
        finally:
            watch.cancel()
            self._connection = None
            await connection.close()

    async def send(self, text: str) -> None:
        """Sends one text frame (servers close the connection for more than 8 kB). Raises Offline."""
        if self._connection is None:
            raise Offline("closed")
        try:
            await self._connection.send(text)
        except ConnectionClosed:
            raise Offline("closed") from None

    async def close(self) -> None:
        """Ends the connection and with it the iteration; harmless when there is none."""
        if self._connection is not None:
            await self._connection.close()

    async def _connected(self, connection_id: str, sequence_number: int) -> _Connection:
        url = address.websocket_url(self._address, self._configured)
        query = urlencode({"connection_id": connection_id, "sequence_number": sequence_number})
        token = self._token()
        options: dict[str, Any] = {"happy_eyeballs_delay": 0.25}
        if url.startswith("wss:"):
            options["ssl"] = tls.context(self._ca_file)
        try:
            connection = await _Connect(
                f"{url}?{query}",
                create_connection=cast(type[ClientConnection], partial(_Connection, self._meter)),
                additional_headers={"Authorization": f"Bearer {token}"} if token else None,
                user_agent_header=USER_AGENT,
                compression=None,
                proxy=self._proxy.url if self._proxy else None,
                open_timeout=OPEN_TIMEOUT,
                close_timeout=CLOSE_TIMEOUT,
                ping_interval=None,
                max_size=self._max_size,
                max_queue=QUEUE,
                **options,
            )
        except (OSError, EOFError, InvalidHandshake) as error:
            broken = error
        else:
            self._meter.connections += 1
            return cast(_Connection, connection)
        raise (await self._explained(broken)) from None

    async def _explained(self, error: Exception) -> TeleteamError:
        if isinstance(error, InvalidStatus):
            return _refused_upgrade(error, self._address)
        if isinstance(error, InvalidMessage) and not isinstance(error.__cause__, EOFError | OSError):
            return BadAnswer("tele.answer.portal", "no HTTP")
        return await failures.explained(error, self._address, self._proxy)

    async def _frames(self, connection: _Connection) -> AsyncIterator[SocketText]:
        try:
            while True:
                frame = await connection.recv()
                if isinstance(frame, str):
                    yield SocketText(frame)
        except ConnectionClosed as closed:
            ended = closed
        if self._lost:
            raise Offline("timeout")
        if ended.sent is not None and ended.sent.code == TOO_BIG:
            raise BadAnswer("tele.answer.large", f"frame over {self._max_size} bytes")
        if ended.rcvd is None and ended.sent is None:
            raise Offline("reset")

    async def _watch(self, connection: _Connection) -> None:
        """Asks a silent line whether it is alive, and cuts it if not."""
        while True:
            profile = self._profile()
            if connection.held_back:
                await self._sleep(profile.line_check / 4)
                continue
            connection.stirred.clear()
            if await self._stirs(connection, profile.line_check):
                continue
            try:
                await connection.ask_for_life()
            except ConnectionClosed:
                return
            if not await self._stirs(connection, profile.line_patience):
                self._lost = True
                connection.transport.abort()
                return

    async def _stirs(self, connection: _Connection, seconds: float) -> bool:
        """Whether anything arrives within so many seconds from now."""
        waiting = asyncio.ensure_future(connection.stirred.wait())
        resting = asyncio.ensure_future(self._sleep(seconds))
        try:
            await asyncio.wait({waiting, resting}, return_when=asyncio.FIRST_COMPLETED)
            return waiting.done()
        finally:
            waiting.cancel()
            resting.cancel()


def _refused_upgrade(error: InvalidStatus, server: address.Address) -> TeleteamError:
    """What an HTTP answer in place of the upgrade means. Anything but Mattermost's own word is a portal."""
    response = error.response
    headers = {name.lower(): text for name, text in response.headers.raw_items()}
    if response.status_code == 401 and "html" not in headers.get("content-type", ""):
        return SignedOut("api.context.session_expired.app_error", status=401)
    try:
        judged(response.status_code, headers, bytes(response.body or b""), server)
    except Refused as refused:
        return BadAnswer("tele.answer.portal", refused.id, status=refused.status)
    except TeleteamError as meant:
        return meant
    return BadAnswer("tele.answer.portal", f"status {response.status_code} instead of an upgrade")
