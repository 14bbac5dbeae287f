"""The engine as a whole: connecting, states, starting thriftily."""

from __future__ import annotations

from pathlib import Path

from tests.sync.party import party


async def test_comes_online_and_shows_what_happens(tmp_path: Path) -> None:
    async with party(tmp_path) as guest:
        guest.engine.select_team("t1")
        guest.engine.open_channel("town")
        await guest.online()
        guest.server.say("town", "hello")
        await guest.eventually(lambda: guest.texts("town")[-1:] == ["hello"])
        await guest.settled()
        assert guest.same_posts("town")
