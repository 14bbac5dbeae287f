"""Teams, channels and people around the posts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tests.sync.party import party
from tui.core.models import Channel, Membership, User


async def test_a_team_that_is_gone_gives_way_to_another(tmp_path: Path) -> None:
    async with party(tmp_path, start=False) as guest:
        guest.engine.select_team("left long ago")
        guest.start()
        await guest.online()
        assert guest.store.channels.get("town") is not None


async def test_a_person_without_teams_comes_online(tmp_path: Path) -> None:
    async with party(tmp_path, start=False) as guest:
        guest.server.teams = {}
        guest.start()
        await guest.online()
        assert guest.store.teams.all() == ()


async def test_partners_and_group_members_are_fetched_for_the_titles(tmp_path: Path) -> None:
    async with party(tmp_path, start=False) as guest:
        server = guest.server
        for name in ("carla", "dora"):
            server.add_user(name)
        server.channels["gm"] = Channel("gm", "G", "hash", "carla, dora, me", create_at=1, update_at=1)
        server.members["gm"] = Membership("gm", "me")
        guest.start()
        await guest.online()
        assert {"carla", "dora"} <= guest.store.users.all_ids()
        await guest.eventually(lambda: "bob" in guest.store.users.all_ids())
        assert server.count("users", "users_by_names") <= 3


async def test_people_renamed_while_away_are_renewed(tmp_path: Path) -> None:
    async with party(tmp_path) as guest:
        await guest.settled()
        await guest.eventually(lambda: guest.store.users.get("bob") is not None)
        guest.server.forget_connections()
        at = guest.server.at + 120_000
        guest.server.users["bob"] = User("bob", "bob", nickname="Bobby", update_at=at)
        guest.server.at = at
        await guest.eventually(lambda: guest.store.users.many(["bob"])["bob"].nickname == "Bobby")


async def test_counters_that_ran_ahead_are_set_right_by_a_gap(tmp_path: Path) -> None:
    async with party(tmp_path) as guest:
        guest.engine.select_team("t1")
        await guest.settled()
        lab = guest.store.channels.get("lab")
        assert lab is not None
        await guest.store_write(lambda tx: tx.channels.put([replace(lab, total_msg_count=99)]))
        guest.server.say("town", "something new, so that the etag differs")
        guest.server.forget_connections()
        await guest.eventually(lambda: guest.engine.state.kind != "online")
        await guest.settled()
        await guest.eventually(guest.same_counters)


async def test_threads_are_followed_where_the_server_collapses_them(tmp_path: Path) -> None:
    async with party(tmp_path, start=False) as guest:
        guest.server.config = {"CollapsedThreads": "always_on"}
        guest.start()
        await guest.eventually(lambda: guest.server.count("threads") == 1)
