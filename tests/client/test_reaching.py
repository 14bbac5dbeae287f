from __future__ import annotations

import pytest

from tests.client.desk import Desk
from tests.support.makers import channel, direct, membership
from tests.support.waiting import wait_until
from tui.core.errors import Offline, Refused, UserMistake


def test_a_known_direct_channel_is_found_at_once(desk: Desk) -> None:
    desk.put(lambda tx: tx.channels.put([direct("d", "anna")]))
    assert desk.client.channels.direct("anna").result(0) == "d"


def test_an_unknown_one_is_made_and_kept(online: Desk) -> None:
    online.api.answers |= {"create_direct": direct("d", "anna"), "fetch_membership": membership("d")}
    assert online.client.channels.direct("anna").result(10) == "d"
    assert online.store.memberships.get("d") is not None
    online.api.answers |= {"create_group": channel("g", type="G"), "fetch_membership": membership("g")}
    assert online.client.channels.group(("anna", "ben")).result(10) == "g"


def test_without_a_line_it_says_so(online: Desk) -> None:
    online.api.answers["create_direct"] = Offline("dns")
    with pytest.raises(Offline):
        online.client.channels.direct("anna").result(10)


def test_joining_and_leaving(online: Desk) -> None:
    online.api.answers |= {"join_channel": membership("c9"), "fetch_channel": channel("c9")}
    assert online.client.channels.join("c9").result(10) == "c9"
    assert online.store.channels.get("c9") is not None
    online.client.channels.leave("c9").result(10)
    assert online.api.calls("leave_channel") == [("c9", "me")]
    with pytest.raises(UserMistake):
        online.client.channels.leave("c1")


def test_muting_shows_at_once(online: Desk) -> None:
    online.client.channels.mute("c2", True).result(10)
    online.store.flush()
    assert online.client.channels.muted("c2")
    assert online.api.calls("put_notify_props") == [("c2", "me", {"mark_unread": "mention"})]
    online.client.channels.mute("c2", False).result(10)
    online.store.flush()
    assert not online.client.channels.muted("c2")


def test_a_refused_muting_is_taken_back(online: Desk) -> None:
    online.put(lambda tx: tx.memberships.put([membership("c2", notify_props={"mark_unread": "all"})]))
    online.api.answers["put_notify_props"] = Refused("api.context.permissions.app_error")
    asked = online.client.channels.mute("c2", True)
    with pytest.raises(Refused):
        asked.result(10)
    wait_until(lambda: not online.client.channels.muted("c2"))


def test_searching_public_channels(online: Desk) -> None:
    online.api.answers["search_channels"] = [channel("c9")]
    assert [c.id for c in online.client.channels.search("c").result(10)] == ["c9"]
    assert online.api.calls("search_channels") == [("t1", "c")]
