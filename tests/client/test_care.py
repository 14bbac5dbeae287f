from __future__ import annotations

import pytest

from tests.client.desk import Desk
from tests.support.makers import ME, channel, membership, user
from tui.core.errors import Refused
from tui.core.models import Membership


@pytest.fixture
def online(desk: Desk) -> Desk:
    return desk.online()


def test_browsing_pages_through_and_sorts_by_name(online: Desk) -> None:
    found = [channel("z", display_name="Zoo"), channel("a", display_name="Äpfel")]
    online.api.answers.update(fetch_public_channels=found, fetch_archived_channels=[channel("old")])
    assert [c.id for c in online.client.care.browse().result(5)] == ["a", "z"]
    assert [c.id for c in online.client.care.browse(archived=True).result(5)] == ["old"]
    assert online.api.calls("fetch_public_channels") == [("t1", 0)]


def test_a_channel_is_made_with_an_address_of_its_title(online: Desk) -> None:
    online.api.answers.update(create_channel=channel("new"), fetch_membership=membership("new"))
    assert online.client.care.create("Neue Büros").result(5) == "new"
    assert online.api.calls("create_channel") == [("t1", "neue-buros", "Neue Büros")]
    assert online.client.care.is_member("new")
    online.client.care.create("会議").result(5)
    name = online.api.calls("create_channel")[1][1]
    assert name.startswith("channel-")
    assert len(name) == 18


def test_changed_archived_and_taken_back(online: Desk) -> None:
    online.api.answers["patch_channel"] = channel("c2", header="New", update_at=99)
    online.client.care.change("c2", {"header": "New"}).result(5)
    assert online.api.calls("patch_channel") == [("c2", {"header": "New"})]
    found = online.client.channels.get("c2")
    assert found is not None
    assert found.header == "New"
    online.client.care.archive("c2").result(5)
    archived = online.client.channels.get("c2")
    assert archived is not None
    assert archived.delete_at > 0
    online.api.answers["restore_channel"] = channel("c2", update_at=100)
    online.client.care.restore("c2").result(5)
    back = online.client.channels.get("c2")
    assert back is not None
    assert back.delete_at == 0


def test_a_refusal_leaves_it_as_it_was(online: Desk) -> None:
    online.api.answers["archive_channel"] = Refused("api.context.permissions.app_error", status=403)
    with pytest.raises(Refused):
        online.client.care.archive("c2").result(5)
    found = online.client.channels.get("c2")
    assert found is not None
    assert not found.delete_at


def test_members_with_their_roles(online: Desk) -> None:
    rows = [
        Membership("c2", "ben", roles="channel_user"),
        Membership("c2", "anna", roles="channel_user channel_admin"),
    ]
    online.api.answers.update(fetch_channel_users=[user("ben"), user("anna")], fetch_channel_members=rows)
    found = online.client.care.members("c2").result(5)
    assert [(member.user.id, member.admin) for member in found] == [("anna", True), ("ben", False)]
    online.client.care.add("c2", ["x", "y"]).result(5)
    assert online.api.calls("join_channel") == [("c2", "x"), ("c2", "y")]
    online.client.care.remove("c2", "x").result(5)
    online.client.care.make_admin("c2", "ben", True).result(5)
    assert online.api.calls("leave_channel") == [("c2", "x")]
    assert online.api.calls("put_channel_admin") == [("c2", "ben", True)]


def test_notification_settings_of_a_channel(online: Desk) -> None:
    assert online.client.care.notify_props("c2")["desktop"] == "default"
    online.client.care.set_notify("c2", {"desktop": "mention"}).result(5)
    assert online.api.calls("put_notify_props") == [("c2", ME, {"desktop": "mention"})]
    assert online.client.care.notify_props("c2")["desktop"] == "mention"
