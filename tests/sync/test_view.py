"""Reading: here at once, on the server in few words."""

from __future__ import annotations

from pathlib import Path

from tests.sync.party import Party, party
from tui.core.errors import Offline


async def shown(guest: Party, channel_id: str) -> None:
    guest.engine.select_team("t1")
    await guest.settled()
    guest.engine.open_channel(channel_id)
    await guest.eventually(lambda: guest.same_posts(channel_id))


async def test_many_messages_on_screen_cost_few_requests(tmp_path: Path) -> None:
    async with party(tmp_path, speed=10) as guest:
        await shown(guest, "town")
        await guest.eventually(lambda: guest.server.viewed)
        before = len(guest.server.viewed)
        for number in range(50):
            guest.server.say("town", f"n{number}")
        await guest.eventually(lambda: guest.store.memberships.all()["town"].msg_count == 55)
        await guest.eventually(lambda: guest.server.members["town"].msg_count == 55)
        assert len(guest.server.viewed) - before <= 2


async def test_leaving_tells_at_once_and_names_both_channels(tmp_path: Path) -> None:
    async with party(tmp_path, speed=1) as guest:
        for number in range(3):
            guest.server.say("lab", f"n{number}")
        await shown(guest, "town")
        guest.engine.open_channel("lab")
        await guest.eventually(lambda: ("lab", "town") in guest.server.viewed)
        await guest.eventually(guest.same_counters)


async def test_what_was_read_before_costs_nothing(tmp_path: Path) -> None:
    async with party(tmp_path) as guest:
        await shown(guest, "lab")
        await guest.clock.sleep(6)
        assert guest.server.viewed == []


async def test_unread_by_hand_stays_until_the_person_comes_back(tmp_path: Path) -> None:
    async with party(tmp_path) as guest:
        await shown(guest, "town")
        await guest.eventually(lambda: guest.server.viewed)
        third = sorted(guest.server.alive("town"))[2]
        guest.engine.mark_unread(third)
        await guest.eventually(lambda: guest.store.memberships.all()["town"].manually_unread)
        viewed = len(guest.server.viewed)
        guest.server.say("town", "more")
        await guest.eventually(lambda: guest.texts("town")[-1] == "more")
        await guest.settled()
        await guest.clock.sleep(6)
        assert len(guest.server.viewed) == viewed
        assert guest.same_counters()
        guest.engine.leave_view()
        guest.engine.open_channel("town")
        await guest.eventually(lambda: not guest.store.memberships.all()["town"].manually_unread)
        await guest.eventually(guest.same_counters)


async def test_what_could_not_be_told_is_told_later(tmp_path: Path) -> None:
    async with party(tmp_path) as guest:
        guest.server.fail("view", Offline("reset"), Offline("timeout"))
        await shown(guest, "town")
        await guest.eventually(lambda: guest.server.members["town"].msg_count == 5)


async def test_marking_a_channel_read_that_is_not_on_screen(tmp_path: Path) -> None:
    async with party(tmp_path) as guest:
        guest.server.say("lab", "n", mention=True)
        await shown(guest, "town")
        guest.engine.mark_viewed("lab")
        await guest.eventually(lambda: guest.server.members["lab"].mention_count == 0)
        await guest.eventually(guest.same_counters)
        assert all(shown_now != "lab" for shown_now, _ in guest.server.viewed)


async def test_while_exploring_nothing_is_read(tmp_path: Path) -> None:
    async with party(tmp_path) as guest:
        for number in range(3):
            guest.server.say("lab", f"n{number}")
        await shown(guest, "town")
        await guest.eventually(lambda: guest.server.viewed)
        guest.engine.explore(True)
        await guest.settled()
        viewed = len(guest.server.viewed)
        guest.engine.open_channel("lab")
        await guest.eventually(lambda: guest.same_posts("lab"))
        guest.server.say("lab", "one more")
        await guest.eventually(lambda: guest.texts("lab")[-1] == "one more")
        await guest.clock.sleep(6)
        assert len(guest.server.viewed) == viewed
        assert guest.same_counters()
        guest.engine.explore(False)
        await guest.eventually(
            lambda: guest.server.members["lab"].msg_count == guest.server.channels["lab"].total_msg_count
        )
