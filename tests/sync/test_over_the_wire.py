"""The engine over real HTTP and WebSocket, against the demo server with its whole company."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from tests.support.waiting import until
from tui.client.clock import SystemClock
from tui.core.changes import Change
from tui.core.models import OutboxItem, Target
from tui.core.unread import count
from tui.demo import company
from tui.demo.server import DemoServer
from tui.demo.world import World
from tui.net.events import WebSocketStream
from tui.net.mattermost import MattermostApi
from tui.store import Store
from tui.sync.engine import Engine

T = TypeVar("T")


@dataclass
class Wired:
    server: DemoServer
    store: Store
    api: MattermostApi
    engine: Engine
    me: str
    token: str
    heard: list[Change]

    def channel(self, team: str = "") -> str:
        """A busy channel of anna's."""
        world = self.server.world
        mine = [one for one in world.channels_of(self.me) if one.type == "O" and not one.delete_at]
        mine = [one for one in mine if not team or one.team_id == world.team(team).id]
        return max(mine, key=lambda one: one.total_msg_count).id

    def on_server(self, work: Callable[[World], T]) -> T:
        return self.server.call(lambda: work(self.server.world))

    def say(self, channel_id: str, text: str, who: str = "ben") -> None:
        self.on_server(lambda world: world.post(world.channels[channel_id], _somebody(world, self.me), text))

    def texts(self, channel_id: str) -> list[str]:
        return [post.message for post in reversed(self.store.posts.newest(channel_id, 5000))]

    def same_posts(self, channel_id: str) -> bool:
        """Equal to the server as far back as is stored."""
        mine = {post.id: post.message for post in self.store.posts.newest(channel_id, 5000)}
        oldest = self.store.intervals.of(channel_id)[0].oldest
        theirs = self.on_server(
            lambda world: {
                post.id: post.message
                for post in world.timelines[channel_id]
                if not post.delete_at and not post.original_id and (post.create_at, post.id) >= oldest
            }
        )
        return mine == theirs

    def same_counters(self) -> list[str]:
        """Channels whose unread counts differ from the server's."""
        memberships = self.store.memberships.all()
        wrong = []
        for channel in self.store.channels.all():
            mine = count(channel, memberships.get(channel.id), crt=False)
            theirs = self.on_server(lambda world, one=channel.id: _unread(world, one, self.me))  # type: ignore[misc]
            if theirs is not None and (mine.messages, mine.mentions) != theirs:
                wrong.append(channel.name)
        return wrong


def _somebody(world: World, me: str) -> str:
    return next(user.username for user in world.users.values() if user.id != me and not user.is_bot)


def _unread(world: World, channel_id: str, me: str) -> tuple[int, int] | None:
    member = world.member(channel_id, me)
    if member is None:
        return None
    return max(0, world.channels[channel_id].total_msg_count - member.msg_count), member.mention_count


@asynccontextmanager
async def wired(tmp_path: Path) -> AsyncIterator[Wired]:
    server = DemoServer(1, company.build)
    url = server.start()
    clock = SystemClock()
    api = MattermostApi(url, clock=clock)
    signed_in = await api.login("anna", "anna")
    api.set_token(signed_in.token)
    store = Store.open(tmp_path / "store", clock=clock)
    heard: list[Change] = []
    engine = Engine(
        api,
        lambda: WebSocketStream(url, lambda: signed_in.token, meter=api.meter),
        store,
        clock,
        me=signed_in.user.id,
        publish=heard.extend,
    )
    guest = Wired(server, store, api, engine, signed_in.user.id, signed_in.token, heard)
    task = asyncio.create_task(engine.run())
    try:
        yield guest
    finally:
        engine.stop()
        await asyncio.wait_for(task, 10)
        await api.close()
        store.close()
        server.stop()


async def test_h70_a_cold_start_is_thrifty(tmp_path: Path) -> None:
    async with wired(tmp_path) as guest:
        channel_id = guest.channel()
        guest.engine.open_channel(channel_id)
        await until(lambda: guest.engine.state.kind == "online")
        requests = [seen for seen in guest.server.log if "/websocket" not in seen.target]
        assert len(requests) <= 15, [seen.target for seen in requests]
        assert guest.api.traffic().connections <= 2
        assert guest.texts(channel_id)
        assert guest.same_posts(channel_id)


async def test_live_and_sent_over_the_wire(tmp_path: Path) -> None:
    async with wired(tmp_path) as guest:
        channel_id = guest.channel()
        guest.engine.open_channel(channel_id)
        await until(lambda: guest.engine.state.kind == "online")
        guest.say(channel_id, "hello from the other side")
        await until(lambda: guest.texts(channel_id)[-1] == "hello from the other side")
        item = OutboxItem("a" * 32, "post", Target(channel_id), "and back")
        await asyncio.wrap_future(guest.store.write_desk(lambda dtx: dtx.outbox.add(item)))
        guest.engine.outbox_changed()
        await until(lambda: not guest.store.outbox.all())
        await until(lambda: guest.texts(channel_id)[-1] == "and back")
        assert guest.same_posts(channel_id)
        await until(lambda: not guest.same_counters(), timeout=15)


async def test_a01_a_reply_lost_over_the_wire_makes_one_post(tmp_path: Path) -> None:
    async with wired(tmp_path) as guest:
        channel_id = guest.channel()
        await until(lambda: guest.engine.state.kind == "online")
        guest.server.faults.drop_reply_after("/posts", method="POST")
        item = OutboxItem("b" * 32, "post", Target(channel_id), "only once")
        await asyncio.wrap_future(guest.store.write_desk(lambda dtx: dtx.outbox.add(item)))
        guest.engine.outbox_changed()
        await until(lambda: not guest.store.outbox.all(), timeout=20)
        sent = guest.on_server(
            lambda world: [post for post in world.posts.values() if post.message == "only once"]
        )
        assert len(sent) == 1


async def test_b16_a_cut_is_resumed_over_the_wire(tmp_path: Path) -> None:
    async with wired(tmp_path) as guest:
        channel_id = guest.channel()
        guest.engine.open_channel(channel_id)
        await until(lambda: guest.engine.state.kind == "online")
        guest.server.cut_sockets()
        for number in range(20):
            guest.say(channel_id, f"while cut {number}")
        await until(lambda: "while cut 19" in guest.texts(channel_id), timeout=20)
        assert guest.same_posts(channel_id)
        asked = [seen.target for seen in guest.server.log if "since=" in seen.target]
        assert asked == []


async def test_b17_a_long_cut_is_caught_up_over_the_wire(tmp_path: Path) -> None:
    async with wired(tmp_path) as guest:
        channel_id = guest.channel()
        guest.engine.open_channel(channel_id)
        await until(lambda: guest.engine.state.kind == "online")
        guest.server.cut_sockets()
        for number in range(140):
            guest.say(channel_id, f"while cut {number}")
        guest.engine.wake()
        await until(lambda: "while cut 139" in guest.texts(channel_id), timeout=20)
        await until(lambda: guest.engine.state.kind == "online")
        assert guest.same_posts(channel_id)
        await until(lambda: not guest.same_counters(), timeout=15)


async def test_b23_a_revoked_session_over_the_wire(tmp_path: Path) -> None:
    async with wired(tmp_path) as guest:
        await until(lambda: guest.engine.state.kind == "online")
        guest.server.revoke("anna")
        guest.engine.submit(guest.api.fetch_teams)
        await until(lambda: guest.engine.state.kind == "signed_out")


async def test_c28_a_portal_over_the_wire_is_named(tmp_path: Path) -> None:
    async with wired(tmp_path) as guest:
        await until(lambda: guest.engine.state.kind == "online")
        guest.server.faults.portal("page")
        guest.server.cut_sockets()
        await until(lambda: guest.engine.state.cause == "tele.answer.portal", timeout=20)
        guest.server.faults.portal("")
        guest.engine.wake()
        await until(lambda: guest.engine.state.kind == "online", timeout=20)
