"""What nobody waits for: fetched when the line has been there for a while, only where it may have changed."""

from __future__ import annotations

from pathlib import Path

from tests.sync.party import Party, party
from tui.core.errors import ServerTrouble
from tui.core.line_profile import THIN
from tui.core.models import Preference

PREFERENCE = Preference("display_settings", "name_format", "username")


async def rested(guest: Party, times: int = 1) -> None:
    """Until the rest of a start has been fetched: my account is the last thing of a first one."""
    await guest.eventually(lambda: guest.server.count("me") >= times)


async def test_a_first_start_asks_for_the_account_when_it_is_idle(tmp_path: Path) -> None:
    async with party(tmp_path) as guest:
        await guest.online()
        assert guest.server.count("me", "config") == 0
        await rested(guest)
        assert guest.server.count("config") == 1
        assert guest.store.users.many(["me"])["me"].notify_props == {"desktop": "all"}


async def test_what_is_stored_comes_later_after_a_break(tmp_path: Path) -> None:
    async with party(tmp_path) as guest:
        await guest.online()
        await guest.store_write(lambda tx: tx.preferences.replace([PREFERENCE]))
        await rested(guest)
        await guest.settled()
        before = guest.server.count("teams")
        guest.server.forget_connections()
        await guest.eventually(lambda: guest.engine.state.kind != "online")
        await guest.settled()
        await guest.eventually(lambda: guest.server.count("teams") > before)


async def test_the_configuration_is_asked_for_once_per_version(tmp_path: Path) -> None:
    async with party(tmp_path) as guest:
        await rested(guest)
        await guest.store_write(lambda tx: tx.preferences.replace([PREFERENCE]))
        guest.server.forget_connections()
        await guest.eventually(lambda: guest.engine.state.kind != "online")
        await guest.settled()
        await rested(guest, 2)
        assert guest.server.count("config") == 1


async def test_on_a_thin_line_the_settings_are_not_asked_for_at_each_break(tmp_path: Path) -> None:
    async with party(tmp_path, speed=60) as guest:
        guest.engine.set_profile(THIN)
        await rested(guest)
        guest.server.preferences = [PREFERENCE]
        await guest.store_write(lambda tx: tx.preferences.replace([PREFERENCE]))
        for _ in range(3):
            guest.server.forget_connections()
            await guest.eventually(lambda: guest.engine.state.kind != "online")
            await guest.settled()
            begun = guest.clock.monotonic()
            await guest.eventually(lambda begun=begun: guest.clock.monotonic() > begun + 2 * THIN.rest_after)  # type: ignore[misc]
        assert guest.server.count("me") <= 2


async def test_a_failure_is_made_good_at_the_next_connection(tmp_path: Path) -> None:
    async with party(tmp_path) as guest:
        guest.server.fail("config", ServerTrouble("x", status=503))
        await guest.eventually(lambda: guest.server.count("config") == 1)
        await guest.settled()
        guest.server.cut()
        await guest.eventually(lambda: guest.server.count("config") == 2)
        await rested(guest)


async def test_who_leaves_too_early_gets_the_rest_the_next_time(tmp_path: Path) -> None:
    async with party(tmp_path) as guest:
        guest.server.fail("config", ServerTrouble("x", status=503))
        await guest.eventually(lambda: guest.server.count("config") == 1)
        server = guest.server
    async with party(tmp_path, server=server) as again:
        await again.eventually(lambda: again.server.count("config") == 2)
        await rested(again)
