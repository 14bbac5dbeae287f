"""A whole engine against the server in memory, with a real store on disk."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import cast

from tests.support.memory_server import MemoryApi, MemoryServer, MemoryStream
from tests.support.quick_clock import QuickClock
from tests.support.waiting import until
from tui.core.changes import Change
from tui.core.models import OutboxItem, Reaction, Target
from tui.core.ports import EventStream, ServerApi
from tui.core.unread import count
from tui.store import Store, Tx
from tui.sync.engine import Engine


class Party:
    """One run of the engine over `directory`."""

    def __init__(self, server: MemoryServer, clock: QuickClock, directory: Path) -> None:
        self.server = server
        self.clock = clock
        self.store = Store.open(directory, clock=clock)
        self.api = MemoryApi(server)
        self.heard: list[Change] = []
        self.store.subscribe(self.heard.extend)
        self.engine = Engine(
            cast(ServerApi, self.api),
            lambda: cast(EventStream, MemoryStream(self.api)),
            self.store,
            clock,
            me=server.me,
            publish=self.heard.extend,
        )
        self.task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self.task = asyncio.create_task(self.engine.run())

    async def stop(self) -> None:
        self.engine.stop()
        if self.task is not None:
            await asyncio.wait_for(self.task, 10)
        self.store.close()

    async def kill(self) -> None:
        """As a power cut for the engine: nothing is said goodbye to."""
        if self.task is not None:
            self.task.cancel()
            await asyncio.gather(self.task, return_exceptions=True)
        self.store.close()

    async def online(self) -> None:
        await until(lambda: self.engine.state.kind == "online")

    async def settled(self) -> None:
        """Online, and all that the server emitted has been applied."""
        await until(self.in_step)

    def in_step(self) -> bool:
        if self.engine.state.kind != "online":
            return False
        value = self.store.marks.get("socket").split(" ")
        connection = self.server.connections.get(value[0])
        return connection is not None and int(value[1]) == connection.next_seq

    async def queue(self, channel_id: str, text: str, root_id: str = "") -> OutboxItem:
        return await self.add(OutboxItem(self.clock.new_id(), "post", Target(channel_id, root_id), text))

    async def add(self, item: OutboxItem) -> OutboxItem:
        added = await asyncio.wrap_future(self.store.write_desk(lambda dtx: dtx.outbox.add(item)))
        self.engine.outbox_changed()
        return added

    async def store_write(self, work: Callable[[Tx], object]) -> None:
        await asyncio.wrap_future(self.store.write(work))

    def texts(self, channel_id: str) -> list[str]:
        """What the store shows of a channel, oldest first."""
        return [post.message for post in reversed(self.store.posts.newest(channel_id, 5000))]

    def same_posts(self, channel_id: str) -> bool:
        """The cache has the server's posts, as the server has them."""
        mine = {post.id: post for post in self.store.posts.newest(channel_id, 10_000)}
        theirs = self.server.alive(channel_id)
        return mine.keys() == theirs.keys() and all(
            (mine[one].message, mine[one].is_pinned, _hands(mine[one].reactions))
            == (theirs[one].message, theirs[one].is_pinned, _hands(theirs[one].reactions))
            for one in theirs
        )

    def same_counters(self) -> bool:
        """Unread and mentions of every channel that we hold equal the server's."""
        memberships = self.store.memberships.all()
        for channel in self.store.channels.all():
            mine = count(channel, memberships.get(channel.id), crt=False)
            row = self.server.members.get(channel.id)
            if mine != count(self.server.channels[channel.id], row, crt=False):
                return False
        return True

    async def eventually(self, probe: Callable[[], object]) -> None:
        await until(probe)


def _hands(reactions: tuple[Reaction, ...]) -> set[tuple[str, str]]:
    return {(one.user_id, one.emoji_name) for one in reactions}


@asynccontextmanager
async def party(
    tmp_path: Path, *, speed: float = 20.0, server: MemoryServer | None = None, start: bool = True
) -> AsyncIterator[Party]:
    clock = server.clock if server else QuickClock(speed)
    assert isinstance(clock, QuickClock)
    made = server or a_server(clock)
    guest = Party(made, clock, tmp_path / "store")
    if start:
        guest.start()
    try:
        yield guest
    finally:
        await guest.stop()


def a_server(clock: QuickClock) -> MemoryServer:
    """Two teams, three channels, a direct message with bob."""
    server = MemoryServer(clock)
    server.add_user("bob")
    server.add_channel("town")
    server.add_channel("lab")
    server.add_channel("far", "t2")
    server.add_channel("dm", kind="D")
    for number in range(5):
        server.say("town", f"old {number}")
    return server
