from __future__ import annotations

from tests.client.desk import Desk
from tests.support.makers import channel, membership
from tui.core.models import Preference, Team, TeamUnread
from tui.core.unread import Unread


def test_my_own_order_comes_first(desk: Desk) -> None:
    desk.put(
        lambda tx: tx.teams.replace(
            [
                Team("a", "a", "Zwei"),
                Team("b", "b", "Äins"),
                Team("c", "c", "Last"),
                Team("x", "x", "Gone", delete_at=1),
            ]
        )
    )
    assert [t.id for t in desk.client.teams.all()] == ["b", "c", "a"]
    desk.put(lambda tx: tx.preferences.put([Preference("teams_order", "", "c,unknown,a")]))
    assert [t.id for t in desk.client.teams.all()] == ["c", "a", "b"]


def test_the_open_team_is_remembered(online: Desk) -> None:
    online.client.teams.select("t2")
    online.store.flush()
    online.client.base.view.team_id = ""
    current = online.client.teams.current()
    assert current is not None
    assert current.id == "t2"
    assert online.engine.calls("select_team") == [("t1",), ("t2",)]


def test_a_team_that_is_gone_is_not_open(desk: Desk) -> None:
    desk.client.base.view.team_id = "gone"
    current = desk.client.teams.current()
    assert current is not None
    assert current.id == "t1"
    desk.put(lambda tx: tx.teams.replace([]))
    assert desk.client.teams.current() is None


def test_badges_count_what_is_loaded_and_believe_the_server_for_the_rest(desk: Desk) -> None:
    muted = {"mark_unread": "mention"}
    desk.put(lambda tx: tx.channels.put([channel("c1", total_msg_count=3), channel("c2", total_msg_count=9)]))
    desk.put(
        lambda tx: tx.memberships.put(
            [membership("c1", mention_count=1), membership("c2", notify_props=muted)]
        )
    )
    desk.put(lambda tx: tx.channels.remove(["b1"]))
    desk.put(lambda tx: tx.team_unreads.replace([TeamUnread("t1", 99, 99), TeamUnread("t2", 4, 2)]))
    badges = {badge.team_id: badge for badge in desk.client.teams.badges()}
    assert badges["t1"].unread == Unread(3, 1)
    assert badges["t2"].unread == Unread(4, 2)
    assert badges["t1"].current


def test_by_name(desk: Desk) -> None:
    found = desk.client.teams.by_name("BETA")
    assert found is not None
    assert found.id == "t2"
    assert desk.client.teams.by_name("gamma") is None
    assert desk.client.teams.get("t1") is not None
