from __future__ import annotations

from tests.client.desk import Desk
from tests.support.makers import channel, direct, group, membership
from tests.support.waiting import wait_until
from tui.core.models import Preference


def test_titles_of_all_kinds(desk: Desk) -> None:
    made = [direct("d", "anna"), group("g", "anna, ben, me"), direct("u", "unknown")]
    desk.put(lambda tx: tx.channels.put(made))
    desk.put(lambda tx: tx.preferences.put([Preference("display_settings", "name_format", "full_name")]))
    channels = desk.client.channels
    assert [channels.title(i) for i in ("c2", "d", "g", "u", "none")] == ["C2", "Anna", "Anna, Ben", "", ""]
    assert [channels.named(i) for i in ("c2", "d", "g", "u", "none")] == [
        "~C2",
        "@Anna",
        "@Anna, Ben",
        "",
        "",
    ]
    assert channels.partner("d") == "anna"
    assert channels.partner("c2") == channels.partner("none") == ""


def test_opening_tells_the_engine_and_remembers(online: Desk) -> None:
    channels = online.client.channels
    channels.open("c2")
    channels.open("c1")
    online.store.flush()
    assert online.engine.calls("open_channel") == [("c2",), ("c1",)]
    assert (channels.current(), channels.previous(), channels.last("t1")) == ("c1", "c2", "c1")
    channels.leave_view()
    channels.return_to_view()
    assert online.engine.calls("leave_view") == [()]
    assert online.engine.calls("open_channel")[-1] == ("c1",)


def test_the_first_channel_of_a_team_is_its_town_square(desk: Desk) -> None:
    assert desk.client.channels.last("t1") == "c1"
    assert desk.client.channels.last("t2") == "b1"
    assert desk.client.channels.last("t9") == ""


def test_opening_remembers_what_was_read_before(desk: Desk) -> None:
    desk.put(lambda tx: tx.memberships.put([membership("c2", last_viewed_at=77)]))
    desk.client.channels.open("c2")
    desk.put(lambda tx: tx.memberships.put([membership("c2", last_viewed_at=99)]))
    desk.client.channels.open("c2")
    assert desk.client.base.view.entered["c2"] == 77


def test_an_opened_direct_message_stays_in_the_sidebar(online: Desk) -> None:
    online.put(
        lambda tx: tx.channels.put([direct("d", "anna")]), lambda tx: tx.memberships.put([membership("d")])
    )
    online.client.channels.open("d")
    sent = wait_until(lambda: online.api.calls("put_preferences"))
    assert sent == [("me", [Preference("direct_channel_show", "anna", "true")])]
    online.client.channels.open("c1")
    online.client.channels.open("d")
    assert len(online.api.calls("put_preferences")) == 1
    online.client.channels.hide("d")
    wait_until(lambda: len(online.api.calls("put_preferences")) == 2)
    assert online.store.preferences.get("direct_channel_show", "anna") == "false"


def test_hiding_an_ordinary_channel_does_nothing(online: Desk) -> None:
    online.client.channels.hide("c1")
    assert online.api.calls("put_preferences") == []


def test_the_member_count_comes_later(online: Desk) -> None:
    online.api.answers["fetch_member_count"] = 12
    assert online.client.channels.member_count("c1") is None
    wait_until(lambda: online.client.channels.member_count("c1") == 12)
    assert "channels" in online.kinds()


def test_finding(desk: Desk) -> None:
    desk.put(lambda tx: tx.channels.put([channel("c3", display_name="Büro Wien")]))
    desk.put(lambda tx: tx.memberships.put([membership("c3")]))
    assert desk.client.channels.find("buro")[0].id == "c3"
    found = desk.client.channels.by_name("t1", "Town-Square")
    assert found is not None
    assert found.id == "c1"
