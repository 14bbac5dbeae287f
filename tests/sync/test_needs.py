"""What events mention is fetched in bulk, once, and again where it failed."""

from __future__ import annotations

from pathlib import Path

from tests.sync.party import party
from tui.core.errors import Offline, Refused


async def test_many_unknown_people_are_one_question(tmp_path: Path) -> None:
    async with party(tmp_path, speed=5) as guest:
        await guest.settled()
        await guest.eventually(lambda: guest.store.users.get("bob") is not None)
        asked = guest.server.count("users")
        for number in range(40):
            guest.server.say("town", "hi", f"user{number}")
        await guest.eventually(lambda: len(guest.store.users.all_ids()) >= 42)
        assert guest.server.count("users") - asked <= 3


async def test_nobody_is_asked_after_twice(tmp_path: Path) -> None:
    async with party(tmp_path) as guest:
        await guest.online()
        guest.engine.need_users(["nobody", "bob"])
        await guest.eventually(lambda: guest.server.count("users") >= 1)
        await guest.clock.sleep(2)
        asked = guest.server.count("users")
        guest.engine.need_users(["nobody", "bob"])
        await guest.clock.sleep(2)
        assert guest.server.count("users") == asked


async def test_a_failure_is_tried_again_and_a_refusal_is_not(tmp_path: Path) -> None:
    async with party(tmp_path) as guest:
        await guest.settled()
        guest.server.fail("users", Offline("timeout"))
        guest.server.add_user("carla")
        guest.engine.need_users(["carla"])
        await guest.eventually(lambda: guest.store.users.get("carla") is not None)
        guest.server.fail("channel", Refused("api.context.permissions.app_error", status=403))
        guest.engine.need_channel("secret")
        await guest.eventually(lambda: guest.server.count("channel") == 1)
        await guest.clock.sleep(8)
        assert guest.server.count("channel") == 1


async def test_flags_of_events_lead_to_their_questions(tmp_path: Path) -> None:
    async with party(tmp_path) as guest:
        guest.engine.select_team("t1")
        await guest.settled()
        await guest.eventually(lambda: guest.store.users.get("bob") is not None)
        await guest.eventually(lambda: guest.server.count("me"))
        before = {name: guest.server.count(name) for name in ("config", "categories", "teams", "users_since")}
        guest.server.emit("config_changed", {"config": {"secret": "x"}})
        guest.server.emit("sidebar_category_updated", {}, team_id="t1")
        guest.server.emit("sidebar_category_updated", {})
        guest.server.emit("added_to_team", {"team_id": "t3", "user_id": "me"})
        guest.server.emit("user_activation_status_change", {})
        await guest.eventually(
            lambda: all(guest.server.count(name) > asked for name, asked in before.items())
        )
        await guest.clock.sleep(2)
        assert guest.server.count("categories") == before["categories"] + 1
