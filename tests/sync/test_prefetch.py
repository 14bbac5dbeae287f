"""Fetching ahead while nobody waits."""

from __future__ import annotations

from pathlib import Path

from tests.sync.party import party


async def test_unread_channels_are_there_before_they_are_opened(tmp_path: Path) -> None:
    async with party(tmp_path) as guest:
        for number in range(3):
            guest.server.say("lab", f"n{number}")
        guest.engine.select_team("t1")
        guest.engine.open_channel("town")
        await guest.online()
        await guest.eventually(lambda: guest.texts("lab") == ["n0", "n1", "n2"])
        assert guest.texts("dm") == []


async def test_a_team_looked_at_before_is_brought_into_step_when_idle(tmp_path: Path) -> None:
    async with party(tmp_path) as guest:
        guest.engine.select_team("t2")
        await guest.eventually(lambda: guest.store.channels.get("far") is not None)
        guest.engine.select_team("t1")
        await guest.eventually(lambda: guest.store.channels.get("town") is not None)
        await guest.settled()
        guest.server.forget_connections()
        guest.server.say("far", "missed", mention=True)
        await guest.settled()
        await guest.eventually(guest.same_counters)
