"""Websockets: who hears what, and what a resume gives back."""

from __future__ import annotations

import json
from typing import Any

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from tests.demo.conftest import Person
from tui.demo import membership
from tui.demo.hub import HISTORY, QUEUE
from tui.demo.records import Channel


def opened(person: Person, query: str = "") -> connect:
    url = person.server.url.replace("http", "ws", 1) + "/api/v4/websocket" + query
    bearer = {"Authorization": f"Bearer {person.token}"}
    return connect(url, additional_headers=bearer, compression=None, proxy=None, ping_interval=None)


async def next_frame(socket: ClientConnection) -> dict[str, Any]:
    frame: dict[str, Any] = json.loads(await socket.recv())
    return frame


async def greeted(socket: ClientConnection) -> str:
    """Past hello and status_change; the connection id."""
    hello = await next_frame(socket)
    assert (await next_frame(socket))["event"] == "status_change"
    return str(hello["data"]["connection_id"])


def write(person: Person, number: int = 1) -> None:
    world = person.server.world
    channel = world.channel("nordlicht", "town-square")
    person.server.call(lambda: [world.post(channel, "ben", f"n{n}") for n in range(number)])


async def test_events_go_to_members_only(anna: Person) -> None:
    world = anna.server.world
    async with opened(anna) as socket:
        await greeted(socket)
        anna.server.call(lambda: world.post(_private(anna), "ben", "not for anna"))
        write(anna)
        frame = await next_frame(socket)
        assert (frame["event"], frame["seq"]) == ("posted", 2)
        assert json.loads(frame["data"]["post"])["message"] == "n0"


def _private(person: Person) -> Channel:
    """A direct message of two others."""
    world = person.server.world
    return membership.direct(world, world.user("ben"), world.user("clara"))


async def test_a_long_absence_is_told_by_a_new_hello(anna: Person) -> None:
    async with opened(anna) as socket:
        old = await greeted(socket)
    write(anna, QUEUE + 5)
    async with opened(anna, f"?connection_id={old}&sequence_number=2") as socket:
        hello = await next_frame(socket)
        assert hello["event"] == "hello"
        assert hello["data"]["connection_id"] != old


async def test_the_history_holds_the_last_128(anna: Person) -> None:
    async with opened(anna) as socket:
        old = await greeted(socket)
        write(anna, HISTORY + 10)
        for _ in range(HISTORY + 10):
            last = (await next_frame(socket))["seq"]
    first = last - HISTORY + 1
    async with opened(anna, f"?connection_id={old}&sequence_number={first}") as socket:
        seqs = [(await next_frame(socket))["seq"] for _ in range(HISTORY)]
        assert seqs == list(range(first, last + 1))


async def test_cut_sockets_die_without_a_word(anna: Person) -> None:
    async with opened(anna) as socket:
        await greeted(socket)
        anna.server.faults.cut_sockets()
        with pytest.raises(ConnectionClosed):
            await socket.recv()
        assert socket.close_code == 1006


async def test_lost_skipped_and_repeated_events(anna: Person) -> None:
    faults = anna.server.faults
    async with opened(anna) as socket:
        await greeted(socket)
        faults.lost_events = 1
        write(anna, 2)
        assert (await next_frame(socket))["seq"] == 2
        faults.skipped_numbers = 1
        write(anna)
        assert (await next_frame(socket))["seq"] == 4
        faults.repeated_events = 1
        write(anna)
        assert [(await next_frame(socket))["seq"] for _ in range(2)] == [5, 5]
        anna.server.call(lambda: anna.server.hub.send_raw("{nonsense", anna.id))
        assert await socket.recv() == "{nonsense"


async def test_what_comes_while_frozen_comes_after_the_thaw(anna: Person) -> None:
    async with opened(anna) as socket:
        await greeted(socket)
        anna.server.faults.freeze()
        write(anna, 3)
        anna.server.faults.thaw()
        assert [(await next_frame(socket))["seq"] for _ in range(3)] == [2, 3, 4]


async def test_pings_are_answered_unless_muted(anna: Person) -> None:
    async with opened(anna) as socket:
        await greeted(socket)
        anna.server.faults.mute_pings = True
        await socket.send('{"seq":1,"action":"ping"}')
        await socket.send('{"seq":2,"action":"get_statuses"}')
        assert (await next_frame(socket))["seq_reply"] == 2


async def test_a_foreign_origin_and_a_portal_are_no_websocket(anna: Person) -> None:
    url = anna.server.url.replace("http", "ws", 1) + "/api/v4/websocket"
    with pytest.raises(InvalidStatus) as refused:
        await connect(url, additional_headers={"Origin": "http://evil.example"}, proxy=None)
    assert refused.value.response.status_code == 403
    anna.server.faults.portal("page")
    with pytest.raises(InvalidStatus):
        await connect(url, proxy=None)


async def test_a_line_that_never_signs_in_is_cut(anna: Person) -> None:
    anna.server.faults.auth_timeout = 0.05
    url = anna.server.url.replace("http", "ws", 1) + "/api/v4/websocket"
    async with connect(url, proxy=None) as socket:
        with pytest.raises(ConnectionClosed):
            await socket.recv()
