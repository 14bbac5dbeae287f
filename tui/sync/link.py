"""One connection to the event socket, from opening to its end.

Reading, applying and pinging are three tasks: what arrives while a gap is being filled waits in the
inbox and is applied after it, so events come on top of what was fetched.

Invariant: reading never waits for the store (the server drops slow readers), applying never for the network.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from dataclasses import replace

from tui.core.errors import BadAnswer, Offline
from tui.core.events import Typing, UnknownEvent
from tui.core.frames import Event, Reply, parse_frame
from tui.core.models import Json
from tui.core.ports import EventStream, SocketOpened, SocketText
from tui.core.session import (
    Answered,
    Deliver,
    Gap,
    Output,
    Reconnect,
    Resumed,
    Send,
    Session,
    SessionEnded,
    Step,
)
from tui.sync import marks
from tui.sync.apply import apply
from tui.sync.batch import Aftermath
from tui.sync.context import Context
from tui.sync.tasks import Alarm, at_most, first_of

BATCH_EVENTS = 200
BATCH_SECONDS = 0.03
"""How long events are gathered while they stream in; the first one after a pause goes at once."""
INBOX_LIMIT = 50_000

log = logging.getLogger(__name__)


class SessionDoubted(Exception):
    """The socket says that the session has ended; a request must confirm it."""


class Link:
    """`fill_gap` fetches what may have been missed; `handle` gets what each batch leaves to be done."""

    def __init__(
        self,
        context: Context,
        stream: EventStream,
        *,
        fill_gap: Callable[[], Awaitable[None]],
        handle: Callable[[Aftermath], None],
    ) -> None:
        self._context = context
        self._stream = stream
        self._fill_gap = fill_gap
        self._handle = handle
        self._mark = marks.read_socket(context.store)
        self._session = Session(
            self._mark.connection_id, self._mark.next_seq, check_every=context.line.profile.session_check
        )
        self._asked: dict[int, asyncio.Future[Reply]] = {}
        self._inbox: deque[Event] = deque()
        self._arrived = Alarm()
        self._begun = Alarm()
        self._gap = False
        self._doomed = False
        """What is still applied must not make this connection resumable again."""
        self._unknown: set[str] = set()
        self._batched_at = 0.0
        self.version = ""
        """The server's and its configuration's, once a hello has said it."""
        self.live_since: float | None = None
        """Monotonic time of when events began to flow."""

    async def run(self) -> None:
        """Returns never; raises Offline, BadAnswer, SessionDoubted or whatever else ended the connection."""
        try:
            await first_of(self._read(), self._live_forever(), self._tick_forever())
        except BadAnswer:
            await self._forget()
            raise
        finally:
            if self._session.phase == "resuming":
                await self._forget()
            self._leave_unanswered()
            await self._stream.close()

    def profile_changed(self) -> None:
        """How often the session is checked follows the profile."""
        every = self._context.line.profile.session_check
        self._session = replace(self._session, check_every=every)

    async def ask(self, action: str, data: dict[str, Json], seconds: float = 30.0) -> dict[str, Json] | None:
        """The data of the answer to a request; None where the server refuses or says nothing.

        Raises Offline where the connection ends meanwhile.
        """
        number = self._session.requests + 1
        answer = self._asked[number] = asyncio.get_running_loop().create_future()
        try:
            await self.request(action, data)
            reply = await at_most(seconds, answer)
        finally:
            self._asked.pop(number, None)
        return reply.data if reply is not None and reply.ok else None

    def _leave_unanswered(self) -> None:
        for waiting in self._asked.values():
            if not waiting.done():
                waiting.set_exception(Offline("closed"))

    async def request(self, action: str, data: dict[str, Json]) -> None:
        """Sends a request whose answer does not matter. Raises Offline."""
        self._session, text = self._session.request(action, data)
        await self._stream.send(text)

    async def _read(self) -> None:
        opened = self._stream.open(self._mark.connection_id, self._mark.next_seq)
        try:
            async for item in opened:
                self._context.store.give_way()  # blocks the loop for the time of a key, which harms nothing
                await self._take(item)
        finally:
            if isinstance(opened, AsyncGenerator):
                await opened.aclose()
        raise Offline("closed")

    async def _take(self, item: SocketOpened | SocketText) -> None:
        now = self._context.clock.monotonic()
        if isinstance(item, SocketOpened):
            await self._step(self._session.opened(now))
        else:
            await self._step(self._session.received(parse_frame(item.text), now))

    async def _step(self, step: Step) -> None:
        self._session, outputs = step
        for output in outputs:
            await self._do(output)

    async def _do(self, output: Output) -> None:
        match output:
            case Send(text):
                await self._stream.send(text)
            case Deliver(event):
                self._inbox.append(event)
                self._arrived.ring()
                if len(self._inbox) > INBOX_LIMIT:
                    raise Offline("closed", "inbox")
            case Resumed():
                self._begin(gap=False)
            case Gap(version=version):
                self.version = version
                self._begin(gap=True)
            case Answered(reply):
                waiting = self._asked.get(reply.seq_reply)
                if waiting is not None and not waiting.done():
                    waiting.set_result(reply)
            case SessionEnded():
                raise SessionDoubted
            case Reconnect(reason, fresh):
                if fresh:
                    self._doomed = True
                    await self._forget()
                raise Offline("closed", reason)

    def _begin(self, *, gap: bool) -> None:
        self._gap = gap
        self.live_since = self._context.clock.monotonic()
        self._begun.ring()

    async def _tick_forever(self) -> None:
        while True:
            await self._context.clock.sleep(1.0)
            await self._step(self._session.ticked(self._context.clock.monotonic()))

    async def _live_forever(self) -> None:
        await self._begun.wait()
        if self._gap:
            await self._forget()
            await self._fill_gap()
            mark = marks.SocketMark() if self._doomed else self._next_mark()
            await self._context.write(lambda tx: marks.write_socket(tx, mark))
        self._context.line.set("online")
        while True:
            await self._arrived.wait()
            while self._inbox:
                await self._apply_some()

    async def _apply_some(self) -> None:
        """Applies one batch; gathers a little first where the last one has only just been written."""
        clock = self._context.clock
        if clock.monotonic() - self._batched_at < BATCH_SECONDS and len(self._inbox) < BATCH_EVENTS:
            await clock.sleep(BATCH_SECONDS)
        batch = [self._inbox.popleft() for _ in range(min(BATCH_EVENTS, len(self._inbox)))]
        self._note_unknown(batch)
        self._batched_at = clock.monotonic()
        after = self._fleeting(batch)
        if after is not None:
            self._handle(after)
        else:
            await self._write(batch)

    def _fleeting(self, batch: Sequence[Event]) -> Aftermath | None:
        """What a batch of mere typing leaves: no row, so no commit. (A resume may replay it: no harm.)"""
        typing: list[Typing] = []
        for event in batch:
            if isinstance(event.body, Typing):
                typing.append(event.body)
            elif not isinstance(event.body, UnknownEvent):
                return None
        after = Aftermath(typing=typing)
        known = self._context.memory.known_users
        after.needs.users.update(body.user_id for body in typing if body.user_id not in known)
        return after

    async def _write(self, batch: Sequence[Event]) -> None:
        """What is committed is handled, too, even where the connection ends meanwhile."""
        memory, me = self._context.memory, self._context.me
        mark = None if self._doomed else self._next_mark(batch[-1].seq + 1)
        written = self._context.store.write(lambda tx: apply(tx, batch, me=me, memory=memory, resume=mark))
        landing = asyncio.wrap_future(written)
        landing.add_done_callback(self._landed)
        await asyncio.shield(landing)
        self._batched_at = self._context.clock.monotonic()

    def _landed(self, written: asyncio.Future[Aftermath]) -> None:
        if not written.cancelled() and written.exception() is None:
            self._handle(written.result())

    def _next_mark(self, seq: int | None = None) -> marks.SocketMark:
        waiting = self._inbox[0].seq if self._inbox else self._session.next_seq
        return marks.SocketMark(self._session.connection_id, waiting if seq is None else seq)

    async def _forget(self) -> None:
        """The next connection must be a fresh one."""
        await self._context.write(lambda tx: marks.write_socket(tx, marks.SocketMark()))

    def _note_unknown(self, batch: Sequence[Event]) -> None:
        """Logs each kind of unreadable event once; its content never."""
        for event in batch:
            body = event.body
            if isinstance(body, UnknownEvent) and body.reason and body.name not in self._unknown:
                self._unknown.add(body.name)
                log.warning("unreadable event %.40r: %s", body.name, body.reason)
