"""One websocket on an asyncio stream: the handshake, sign-in, actions and pings.

Invariant: 101 does not mean signed in; frames of clients above 8 kB end the line with 1009; a reply is
never numbered. websockets' sans-I/O ServerProtocol does the framing (RFC 6455).
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING

import msgspec
from websockets.frames import Frame, Opcode
from websockets.http11 import Request as Handshake
from websockets.server import ServerProtocol

from tui.demo import actions
from tui.demo.hub import Connection, Hub
from tui.demo.records import Wire

if TYPE_CHECKING:
    from tui.demo.http1 import Request

MAX_CLIENT_FRAME = 8192
PING_EVERY = 60.0
DEAD_AFTER = 100.0


class Socket:
    """Serves one websocket until it ends."""

    def __init__(
        self, hub: Hub, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: Request
    ) -> None:
        self.hub = hub
        self.reader = reader
        self.writer = writer
        self.request = request
        self.protocol = ServerProtocol(max_size=MAX_CLIENT_FRAME)
        self.connection: Connection | None = None
        self.last_pong = 0.0
        self.held: list[str] = []
        """What is to be sent after a freeze."""

    async def serve(self, token: str) -> None:
        """`token` = Bearer of the upgrade, "" = none."""
        if not self._accept():
            return
        loop = asyncio.get_running_loop()
        self.last_pong = loop.time()
        minder = loop.create_task(self._mind(loop))
        try:
            if self._begin(token):
                await self._read()
        finally:
            minder.cancel()
            if self.connection is not None:
                self.hub.closed(self.connection)
            self.writer.close()

    def _accept(self) -> bool:
        """The upgrade; False = refused (a foreign Origin, not a websocket)."""
        self.protocol.receive_data(self.request.head)
        for event in self.protocol.events_received():
            if isinstance(event, Handshake):
                if "origin" in self.request.headers:
                    self.protocol.send_response(self.protocol.reject(403, "Forbidden\n"))
                else:
                    self.protocol.send_response(self.protocol.accept(event))
        self._flush()
        return self.protocol.state.name == "OPEN"

    def _begin(self, token: str) -> bool:
        """Signs in by Bearer where there is one; False = the line is to be dropped at once."""
        session = self.hub.world.sessions.get(token)
        old_id = self.request.query.get("connection_id", "")
        number = self.request.query.get("sequence_number", "")
        if old_id and not (len(old_id) == 26 and number.isascii() and number.isdigit()):
            self._drop()
            return False
        if session is None:
            return True
        if old_id:
            self.connection = self.hub.resume(
                session.user_id, token, old_id, int(number), self._send, self._drop
            )
        else:
            self.connection = self.hub.connect(session.user_id, token, self._send, self._drop)
        return True

    async def _mind(self, loop: asyncio.AbstractEventLoop) -> None:
        """Cuts a line that never signs in, pings, and cuts one that never pongs."""
        await asyncio.sleep(self.hub.faults.auth_timeout)
        if self.connection is None:
            self._drop()
            return
        while loop.time() - self.last_pong < DEAD_AFTER:
            await asyncio.sleep(PING_EVERY)
            self.protocol.send_ping(b"")
            self._flush()
        self._drop()

    async def _read(self) -> None:
        while data := await self._receive():
            while self.hub.faults.frozen:  # noqa: ASYNC110  (set from any thread)
                await asyncio.sleep(0.05)
            self.protocol.receive_data(data)
            for event in self.protocol.events_received():
                if isinstance(event, Frame):
                    self._frame(event)
            self._flush()
            if self.protocol.close_expected():
                return

    async def _receive(self) -> bytes:
        try:
            return await self.reader.read(65_536)
        except (ConnectionError, OSError):
            return b""

    def _frame(self, frame: Frame) -> None:
        if frame.opcode is Opcode.PONG:
            self.last_pong = asyncio.get_running_loop().time()
        if frame.opcode is not Opcode.TEXT:
            return
        try:
            message = msgspec.json.decode(frame.data)
        except msgspec.DecodeError:
            self._drop()
            return
        if isinstance(message, dict):
            self._message(message)

    def _message(self, message: Wire) -> None:
        if self.connection is None:
            self._challenge(message)
            return
        reply = actions.act(self.hub, self.connection, message)
        if reply is not None:
            self._send(msgspec.json.encode(reply).decode() + "\n")

    def _challenge(self, message: Wire) -> None:
        """Sign-in by message: hello comes first, then the OK. A bad token ends the line."""
        if message.get("action") != "authentication_challenge":
            return
        data = message.get("data")
        token = str(data.get("token") or "") if isinstance(data, dict) else ""
        session = self.hub.world.sessions.get(token)
        if session is None:
            self._drop()
            return
        reply = msgspec.json.encode({"status": "OK", "seq_reply": message.get("seq")}).decode() + "\n"
        connection = Connection(self.hub.world.new_id(), session.user_id, token, self._send, self._drop)
        self.connection = self.hub.greet(connection, lambda: self._send(reply))

    def _send(self, text: str) -> None:
        if self.hub.faults.frozen or self.held:
            if not self.held:
                asyncio.get_running_loop().call_later(0.05, self._send_held)
            self.held.append(text)
        elif self.protocol.state.name == "OPEN":
            self.protocol.send_text(text.encode())
            self._flush()

    def _send_held(self) -> None:
        """After a freeze: everything that waited, in order."""
        if self.hub.faults.frozen:
            asyncio.get_running_loop().call_later(0.05, self._send_held)
            return
        held, self.held = self.held, []
        for text in held:
            self._send(text)

    def _flush(self) -> None:
        with suppress(ConnectionError, OSError, RuntimeError):
            for data in self.protocol.data_to_send():
                if data:
                    self.writer.write(data)
                elif not self.writer.is_closing():
                    self.writer.write_eof()

    def _drop(self) -> None:
        self.writer.transport.abort()
