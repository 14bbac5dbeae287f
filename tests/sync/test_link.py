"""One connection: what is applied when, and what is remembered of it."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Callable
from typing import Any, cast

import pytest

from tests.support.clock import FakeClock
from tests.support.memory_wire import event_text, post_json
from tests.support.quick_clock import QuickClock
from tests.support.waiting import until
from tests.sync.desk import a_post
from tui.core.errors import Offline
from tui.core.models import User
from tui.core.ports import EventStream, ServerApi, SocketOpened, SocketText
from tui.store import Store
from tui.sync import link, marks
from tui.sync.batch import Aftermath
from tui.sync.context import Context
from tui.sync.line import Line
from tui.sync.link import Link, SessionDoubted
from tui.sync.memory import Memory


class Script:
    """An event stream that says what the test puts in."""

    def __init__(self) -> None:
        self.frames: asyncio.Queue[str] = asyncio.Queue()
        self.sent: list[dict[str, Any]] = []
        self.closed = False

    async def open(
        self, connection_id: str, sequence_number: int
    ) -> AsyncIterator[SocketOpened | SocketText]:
        yield SocketOpened()
        while True:
            yield SocketText(await self.frames.get())

    async def send(self, text: str) -> None:
        self.sent.append(json.loads(text))

    async def close(self) -> None:
        self.closed = True

    def say(self, name: str, seq: int, data: dict[str, Any], channel_id: str = "c") -> None:
        self.frames.put_nowait(event_text(name, seq, data, channel_id=channel_id))

    def hello(self) -> None:
        self.say("hello", 0, {"connection_id": "conn1", "server_version": "5.37.0"})

    def post(self, seq: int, text: str) -> None:
        body = post_json(a_post(f"p{seq}", message=text))
        self.say("posted", seq, {"post": json.dumps(body), "channel_type": "O"})


class Bench:
    """A link over a script, with what it asks for."""

    def __init__(self) -> None:
        self.store = Store.open(None, clock=FakeClock(), memory=True)
        self.store.write(lambda tx: tx.users.put([User("bob", "bob")])).result(10)
        self.script = Script()
        self.handled: list[Aftermath] = []
        self.filled = asyncio.Event()
        clock = QuickClock()
        line = Line(clock, lambda _changes: None)
        api = cast(ServerApi, None)
        memory = Memory()
        memory.known_users = {"me", "bob"}
        context = Context(api, self.store, clock, "me", line, memory, lambda _changes: None)
        stream = cast(EventStream, self.script)
        self.link = Link(context, stream, fill_gap=self.fill, handle=self.handled.append)
        self.line = line

    async def fill(self) -> None:
        await self.filled.wait()

    def texts(self) -> list[str]:
        return [post.message for post in reversed(self.store.posts.newest("c", 99))]

    @property
    def mark(self) -> marks.SocketMark:
        return marks.read_socket(self.store)

    async def ends(self) -> BaseException | None:
        """What ends the connection."""
        (ended,) = await asyncio.wait_for(asyncio.gather(self.link.run(), return_exceptions=True), 10)
        return ended

    async def during(self, probe: Callable[[], object]) -> None:
        """Runs the link until `probe` holds."""
        running = asyncio.create_task(self.link.run())
        try:
            await until(probe)
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)


@pytest.fixture
async def bench() -> AsyncIterator[Bench]:
    made = Bench()
    yield made
    made.store.close()


async def test_what_arrives_while_a_gap_is_filled_is_applied_after_it(bench: Bench) -> None:
    bench.script.hello()
    bench.script.post(1, "came early")

    def early() -> bool:
        """Read, but held back: first what was fetched, then this."""
        if not bench.filled.is_set() and bench.script.frames.empty():
            assert bench.texts() == []
            assert not bench.line.online
            bench.filled.set()
        return bench.texts() == ["came early"]

    await bench.during(early)
    assert bench.mark == marks.SocketMark("conn1", 2)
    assert bench.script.closed


async def test_typing_leaves_no_commit(bench: Bench) -> None:
    bench.filled.set()
    bench.script.hello()
    bench.script.say("typing", 1, {"parent_id": "", "user_id": "carl"})
    await bench.during(lambda: bench.handled)
    assert [body.user_id for body in bench.handled[0].typing] == ["carl"]
    assert bench.handled[0].needs.users == {"carl"}
    assert bench.mark == marks.SocketMark("conn1", 1)


async def test_b22_unreadable_events_are_named_once_and_never_quoted(
    bench: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    bench.filled.set()
    bench.script.hello()
    for seq in (1, 2):
        bench.script.say("posted", seq, {"post": "the secret text"})
    bench.script.post(3, "alive")
    with caplog.at_level(logging.DEBUG, "tui"):
        await bench.during(lambda: bench.texts() == ["alive"])
    assert caplog.text.count("unreadable event 'posted'") == 1
    assert "secret" not in caplog.text


async def test_b19_behind_a_broken_sequence_nothing_can_be_resumed(bench: Bench) -> None:
    bench.filled.set()
    bench.script.hello()
    bench.script.post(1, "one")
    bench.script.post(5, "five")
    ended = await bench.ends()
    assert isinstance(ended, Offline)
    assert bench.mark == marks.SocketMark()


async def test_b23_a_dead_session_is_a_doubt_to_be_confirmed(bench: Bench) -> None:
    bench.script.hello()
    error = {
        "id": "api.web_socket_router.log.error",
        "message": "Invalid session token=abc",
        "status_code": 401,
    }
    bench.script.frames.put_nowait(json.dumps({"status": "FAIL", "seq_reply": 1, "error": error}))
    assert isinstance(await bench.ends(), SessionDoubted)


async def test_an_inbox_that_overflows_ends_the_connection(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(link, "INBOX_LIMIT", 3)
    bench.script.hello()
    for seq in range(1, 6):
        bench.script.post(seq, "flood")
    ended = await bench.ends()
    assert isinstance(ended, Offline)
    assert ended.detail == "inbox"


async def test_requests_are_numbered(bench: Bench) -> None:
    await bench.link.request("user_typing", {"channel_id": "c"})
    await bench.link.request("get_statuses", {})
    assert [frame["seq"] for frame in bench.script.sent] == [1, 2]
