"""Floods and many reconnects: nothing is lost, nothing piles up (`make soak`)."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path

import pytest

from tests.support.quick_clock import QuickClock
from tests.support.waiting import until
from tests.sync.party import a_server, party

pytestmark = [pytest.mark.soak, pytest.mark.timeout(300)]


async def test_h66_a_thousand_messages_a_second_over_fifty_channels(tmp_path: Path) -> None:
    clock = QuickClock(speed=1)
    server = a_server(clock)
    for number in range(50):
        server.add_channel(f"ch{number}")
    async with party(tmp_path, server=server) as guest:
        guest.engine.select_team("t1")
        guest.engine.open_channel("ch0")
        await guest.settled()
        said = 0
        for _ in range(10):
            begun = clock.monotonic()
            for number in range(1000):
                server.say(f"ch{said % 50}", f"message {said}")
                said += 1
                if number % 20 == 19:
                    await asyncio.sleep(0)
            await asyncio.sleep(max(0.0, 1 - (clock.monotonic() - begun)))
        await until(guest.in_step, timeout=10)
        stored = sum(guest.store.posts.count(f"ch{number}") for number in range(50))
        assert stored == said
        assert server.connects == 1
        await guest.eventually(guest.same_counters)


async def test_h68_five_hundred_reconnects_leave_nothing_behind(tmp_path: Path) -> None:
    clock = QuickClock(speed=100)
    server = a_server(clock)
    clock.chance = 0.0
    async with party(tmp_path, server=server) as guest:
        guest.engine.select_team("t1")
        guest.engine.open_channel("town")
        await guest.settled()
        threads, tasks = threading.active_count(), len(asyncio.all_tasks())
        for number in range(500):
            server.say("town", f"before {number}")
            if number % 5:
                server.cut()
            else:
                server.forget_connections()
            server.say("town", f"after {number}")
            await guest.settled()
        await guest.eventually(lambda: guest.same_posts("town"))
        await guest.eventually(guest.same_counters)
        assert threading.active_count() == threads
        assert len(asyncio.all_tasks()) <= tasks + 5
