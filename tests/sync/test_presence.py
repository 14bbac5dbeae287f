"""Presence is asked for those in sight; typing is forgotten."""

from __future__ import annotations

from pathlib import Path

from tests.sync.party import party
from tui.core.errors import ServerTrouble
from tui.core.line_profile import RICH, THIN
from tui.sync.presence import BY_SOCKET


async def test_only_those_in_sight_are_asked_after_and_again_each_minute(tmp_path: Path) -> None:
    async with party(tmp_path, speed=40) as guest:
        guest.server.statuses = {"bob": "away", "eve": "online"}
        await guest.online()
        assert guest.server.count("socket_statuses") == 0
        guest.engine.set_visible_users(["bob"])
        await guest.eventually(lambda: "bob" in guest.store.statuses.many(["bob"]))
        assert guest.store.statuses.many(["eve"]) == {}
        guest.server.statuses["bob"] = "dnd"
        guest.engine.set_visible_users(["bob"])
        await guest.eventually(lambda: guest.store.statuses.many(["bob"])["bob"].status == "dnd")
        assert guest.server.count("socket_statuses") == 2


async def test_many_people_are_asked_after_by_a_request_and_again_where_it_failed(tmp_path: Path) -> None:
    many = [f"user{number}" for number in range(BY_SOCKET + 1)]
    async with party(tmp_path, speed=60) as guest:
        guest.server.fail("statuses", ServerTrouble("x", status=503))
        await guest.online()
        guest.engine.set_visible_users(many)
        await guest.eventually(lambda: len(guest.store.statuses.many(many)) == len(many))
        assert guest.server.count("statuses") == 2
        assert guest.server.count("socket_statuses") == 0


async def test_on_a_thin_line_presence_is_asked_for_less_often(tmp_path: Path) -> None:
    async with party(tmp_path, speed=100) as guest:
        await guest.online()
        guest.engine.set_profile(THIN)
        guest.engine.set_visible_users(["bob"])
        await guest.eventually(lambda: guest.server.count("socket_statuses") == 1)
        begun = guest.clock.monotonic()
        await guest.eventually(lambda: guest.server.count("socket_statuses") == 2)
        assert guest.clock.monotonic() - begun > 2 * RICH.presence_every


async def test_a_new_connection_asks_anew(tmp_path: Path) -> None:
    async with party(tmp_path) as guest:
        await guest.online()
        guest.engine.set_visible_users(["bob"])
        await guest.eventually(lambda: guest.server.count("socket_statuses") == 1)
        guest.server.cut()
        await guest.eventually(lambda: guest.server.count("socket_statuses") == 2)


async def test_typing_in_threads_is_kept_apart(tmp_path: Path) -> None:
    async with party(tmp_path, speed=2) as guest:
        await guest.online()
        guest.server.emit("typing", {"user_id": "bob", "parent_id": "root"}, channel_id="town")
        guest.server.emit("typing", {"user_id": "me", "parent_id": ""}, channel_id="town")
        await guest.eventually(lambda: guest.engine.typing("town", "root") == ("bob",))
        assert guest.engine.typing("town") == ()


async def test_on_a_thin_line_nobody_is_shown_to_type(tmp_path: Path) -> None:
    async with party(tmp_path, speed=2) as guest:
        await guest.online()
        guest.engine.set_profile(THIN)
        guest.server.emit("typing", {"user_id": "bob", "parent_id": ""}, channel_id="town")
        guest.server.say("town", "told after it")
        await guest.eventually(lambda: "told after it" in guest.texts("town"))
        assert guest.engine.typing("town") == ()
        guest.engine.set_profile(RICH)
        guest.server.emit("typing", {"user_id": "bob", "parent_id": ""}, channel_id="town")
        await guest.eventually(lambda: guest.engine.typing("town") == ("bob",))
