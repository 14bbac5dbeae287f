"""The engine as a whole: starting thriftily, what is on screen, and how it ends."""

from __future__ import annotations

import asyncio
from pathlib import Path

from tests.support.quick_clock import QuickClock
from tests.support.waiting import until
from tests.sync.party import Party, a_server, party
from tui.core.changes import ChangeKind
from tui.core.errors import Offline


async def test_comes_online_and_shows_what_happens(tmp_path: Path) -> None:
    async with party(tmp_path) as guest:
        guest.engine.select_team("t1")
        guest.engine.open_channel("town")
        await guest.online()
        guest.server.say("town", "hello")
        await guest.eventually(lambda: guest.texts("town")[-1:] == ["hello"])
        await guest.settled()
        assert guest.same_posts("town")
        assert ChangeKind.CONNECTION in {change.kind for change in guest.heard}


async def test_h70_a_cold_start_asks_few_questions(tmp_path: Path) -> None:
    async with party(tmp_path, start=False) as guest:
        for number in range(60):
            guest.server.add_channel(f"ch{number}")
        guest.engine.select_team("t1")
        guest.engine.open_channel("town")
        guest.start()
        await guest.online()
        assert guest.server.count() <= 15
        assert len(guest.store.channels.by_team("t1")) == 62
        assert guest.store.channels.by_team("t2") == ()
        await guest.eventually(lambda: len(guest.store.team_unreads.all()) == 2)
        assert {row.team_id for row in guest.store.team_unreads.all()} == {"t1", "t2"}


async def test_a_warm_start_revalidates_and_asks_since(tmp_path: Path) -> None:
    clock = QuickClock()
    server = a_server(clock)
    first = Party(server, clock, tmp_path / "store")
    first.engine.select_team("t1")
    first.engine.open_channel("town")
    first.start()
    await first.settled()
    await first.eventually(lambda: len(first.texts("town")) == 5)
    await first.stop()
    server.forget_connections()
    asked = server.count()
    async with party(tmp_path, server=server) as second:
        second.engine.select_team("t1")
        second.engine.open_channel("town")
        await second.settled()
        fresh = server.requests[asked:]
        assert "since" in fresh
        assert "posts" not in fresh
        assert "config" not in fresh
        assert len(fresh) <= 10


async def test_the_second_team_is_loaded_when_it_is_shown(tmp_path: Path) -> None:
    async with party(tmp_path) as guest:
        guest.engine.select_team("t1")
        await guest.online()
        guest.server.say("far", "over there", mention=True)
        await guest.eventually(
            lambda: ("t2", 1) in [(row.team_id, row.mention_count) for row in guest.store.team_unreads.all()]
        )
        assert guest.store.channels.get("far") is None
        guest.engine.select_team("t2")
        await guest.eventually(lambda: guest.store.channels.get("far") is not None)
        await guest.eventually(guest.same_counters)


async def test_b25_counters_equal_the_servers_after_everything(tmp_path: Path) -> None:
    async with party(tmp_path) as guest:
        server = guest.server
        guest.engine.select_team("t1")
        guest.engine.open_channel("town")
        await guest.settled()
        for number in range(6):
            server.say("lab", f"n{number}", mention=number % 2 == 0)
            server.say("dm", f"d{number}", mention=True)
            server.say("lab", "joined", kind="system_join_channel")
        server.cut()
        root = server.say("lab", "root")
        server.say("lab", "reply", root_id=root.id)
        await guest.settled()
        await guest.eventually(guest.same_counters)
        server.forget_connections()
        server.say("dm", "missed", mention=True)
        server.view("lab")
        await guest.settled()
        await guest.eventually(guest.same_counters)


async def test_a_removal_while_away_leaves_no_channel_behind(tmp_path: Path) -> None:
    async with party(tmp_path) as guest:
        await guest.online()
        guest.server.forget_connections()
        await guest.eventually(lambda: guest.engine.state.kind != "online")
        guest.server.remove_me("lab")
        guest.server.archive("dm")
        await guest.settled()
        assert guest.store.channels.get("lab") is None
        assert guest.store.memberships.get("lab") is None
        assert guest.store.channels.get("dm") is None


async def test_a_channel_that_a_message_announces_is_fetched(tmp_path: Path) -> None:
    async with party(tmp_path) as guest:
        guest.engine.select_team("t1")
        await guest.online()
        guest.server.add_channel("new")
        guest.server.say("new", "welcome", "carla")
        await guest.eventually(lambda: guest.store.channels.get("new") is not None)
        await guest.eventually(lambda: guest.store.users.get("carla") is not None)
        await guest.eventually(guest.same_counters)


async def test_typing_shows_for_five_seconds_and_ends_with_a_post(tmp_path: Path) -> None:
    async with party(tmp_path) as guest:
        await guest.online()
        guest.server.emit("typing", {"user_id": "bob", "parent_id": ""}, channel_id="town")
        await guest.eventually(lambda: guest.engine.typing("town") == ("bob",))
        guest.server.say("town", "done", "bob")
        await guest.eventually(lambda: guest.engine.typing("town") == ())
        guest.server.emit("typing", {"user_id": "bob", "parent_id": ""}, channel_id="town")
        await guest.eventually(lambda: guest.engine.typing("town") == ("bob",))
        await guest.eventually(lambda: guest.engine.typing("town") == ())


async def test_submitted_work_runs_on_the_lane(tmp_path: Path) -> None:
    async with party(tmp_path) as guest:
        await guest.online()
        teams = await asyncio.wrap_future(guest.engine.submit(guest.api.fetch_teams))
        assert len(teams) == 2
        guest.server.fail("teams", Offline("reset"))
        failed = guest.engine.submit(guest.api.fetch_teams)
        await until(failed.done)
        assert isinstance(failed.exception(), Offline)


async def test_stopping_says_goodbye_and_closes(tmp_path: Path) -> None:
    clock = QuickClock()
    server = a_server(clock)
    guest = Party(server, clock, tmp_path / "store")
    guest.engine.select_team("t1")
    guest.start()
    await guest.online()
    guest.engine.open_channel("town")
    await guest.eventually(lambda: guest.store.memberships.all()["town"].msg_count == 5)
    await guest.stop()
    assert guest.engine.state.kind == "stopped"
    assert not server.online
    assert server.members["town"].msg_count == 5
