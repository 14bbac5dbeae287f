from __future__ import annotations

from pathlib import Path

from tests.client.desk import Desk, a_desk
from tests.support.waiting import wait_until
from tui.client.wishes import WISHES_KEY
from tui.core.changes import ChangeKind
from tui.core.connection import ConnectionState
from tui.core.errors import Offline, Refused
from tui.core.models import Preference

ONE = Preference("flagged_post", "p1", "true")


def kept(desk: Desk) -> str:
    return desk.store.kept.get(WISHES_KEY) or "[]"


def test_a_wish_shows_here_at_once_and_is_sent(online: Desk) -> None:
    online.client.posts.save("p1")
    wait_until(lambda: online.api.calls("put_preferences") == [("me", [ONE])])
    wait_until(lambda: kept(online) == "[]")
    assert online.store.preferences.get("flagged_post", "p1") == "true"


def test_wishes_wait_on_the_desk_for_the_line(online: Desk) -> None:
    online.engine.state = ConnectionState("offline")
    online.client.posts.save("p1")
    online.client.posts.save("p2")
    online.client.posts.save("p2", False)
    assert online.api.asked == []
    online.engine.state = ConnectionState("online")
    online.client.base.hub.say(ChangeKind.CONNECTION)
    wait_until(lambda: kept(online) == "[]")
    assert online.api.calls("put_preferences") == [("me", [ONE])]
    assert online.api.calls("delete_preferences") == [("me", [Preference("flagged_post", "p2", "true")])]


def test_wishes_survive_a_restart(tmp_path: Path) -> None:
    with a_desk(tmp_path) as first:
        first.client.posts.save("p1")
    with a_desk(tmp_path) as second:
        second.online()
        second.client.base.hub.say(ChangeKind.CONNECTION)
        wait_until(lambda: second.api.calls("put_preferences") == [("me", [ONE])])


def test_a_broken_line_keeps_them_and_a_refusal_drops_them(online: Desk) -> None:
    online.api.answers["put_preferences"] = Offline("reset")
    online.client.posts.save("p1")
    wait_until(lambda: online.api.calls("put_preferences"))
    assert "p1" in kept(online)
    online.api.answers["put_preferences"] = Refused("api.context.permissions.app_error")
    wait_until(lambda: not online.client._wishes._busy)
    online.client.base.hub.say(ChangeKind.CONNECTION)
    wait_until(lambda: kept(online) == "[]")


def test_nonsense_on_the_desk_is_no_wish(online: Desk) -> None:
    online.store.write_desk(lambda dtx: dtx.kept.set(WISHES_KEY, '[["a"], 7]')).result(10)
    online.client.posts.save("p1")
    wait_until(lambda: online.api.calls("put_preferences") == [("me", [ONE])])
