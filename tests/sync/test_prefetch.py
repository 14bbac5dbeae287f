"""Fetching ahead while nobody waits."""

from __future__ import annotations

from pathlib import Path

from tests.sync.party import party
from tui.core.line_profile import RICH, THIN
from tui.sync.prefetch import IDLE


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


async def test_on_a_thin_line_nothing_is_fetched_ahead(tmp_path: Path) -> None:
    async with party(tmp_path, speed=60, start=False) as guest:
        guest.server.say("lab", "unread")
        guest.engine.set_profile(THIN)
        guest.start()
        guest.engine.open_channel("town")
        await guest.online()
        begun = guest.clock.monotonic()
        await guest.eventually(lambda: guest.clock.monotonic() > begun + 3 * IDLE)
        assert guest.texts("lab") == []
        guest.engine.set_profile(RICH)
        await guest.eventually(lambda: guest.texts("lab") == ["unread"])
