from __future__ import annotations

from tests.client.desk import Desk
from tests.support.makers import user
from tui.core.models import Status


def test_known_and_unknown_people(online: Desk) -> None:
    people = online.client.people
    found = people.get("anna")
    assert found is not None
    assert people.name("anna") == "anna"
    assert people.by_name("@Anna") == found
    assert people.get("stranger") is None
    assert online.engine.calls("need_users") == [(("stranger",),)]
    assert people.get("") is None


def test_presence(desk: Desk) -> None:
    assert desk.client.people.status("anna") == ""
    desk.put(lambda tx: tx.statuses.put([Status("anna", "online")]))
    assert desk.client.people.status("anna") == "online"


def test_who_types(online: Desk) -> None:
    online.engine.typists = ("ben", "stranger")
    assert online.client.people.typing("c1") == ("ben",)


def test_nobody_types_before_we_are_online(desk: Desk) -> None:
    assert desk.client.people.typing("c1") == ()


def test_members_of_a_channel_by_name(online: Desk) -> None:
    online.api.answers["fetch_channel_users"] = [user("zoe"), user("Änne")]
    assert [u.id for u in online.client.people.of_channel("c1").result(10)] == ["Änne", "zoe"]
    assert online.api.calls("fetch_channel_users") == [("c1", 0)]


def test_watching_is_passed_on(online: Desk) -> None:
    online.client.people.watch(["anna", ""], "panel")
    assert online.engine.calls("set_visible_users") == [(frozenset({"anna"}),)]
