from __future__ import annotations

from tui.client.hub import Changes, Hub
from tui.core.changes import Change, ChangeKind


def test_all_hear_in_order_until_they_leave() -> None:
    hub, heard = Hub(), list[object]()
    leave = hub.subscribe(lambda changes: heard.append(("one", changes)))
    hub.subscribe(lambda changes: heard.append(("two", changes)))
    hub.say(ChangeKind.USERS, "u1", channel_id="c1")
    leave()
    hub.say(ChangeKind.TEAMS)
    users = (Change(ChangeKind.USERS, "c1", frozenset({"u1"})),)
    assert heard == [("one", users), ("two", users), ("two", (Change(ChangeKind.TEAMS),))]


def test_a_failing_listener_does_not_keep_the_next_from_hearing() -> None:
    hub, heard = Hub(), list[Changes]()

    def fail(_changes: Changes) -> None:
        raise ValueError

    hub.subscribe(fail)
    hub.subscribe(heard.append)
    hub.say(ChangeKind.TEAMS)
    assert len(heard) == 1
