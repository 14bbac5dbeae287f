from __future__ import annotations

import pytest

from tests.client.desk import Desk
from tests.support.makers import post
from tui.core.dialogs import DialogAnswer, dialog_of

CARD = {
    "attachments": [{"actions": [{"id": "a", "name": "Yes", "cookie": "c"}, {"id": "b", "disabled": True}]}]
}
FORM = {"url": "https://x.example.org", "dialog": {"notify_on_cancel": True,
        "elements": [{"name": "n", "type": "text", "subtype": "number"}]}}  # fmt: skip


def test_only_what_can_be_pressed_is_offered(online: Desk) -> None:
    (action,) = online.client.integrations.actions(post("p", props=CARD))
    assert action.name == "Yes"
    assert "cookie" not in repr(action)
    online.client.integrations.press("p", action).result(10)
    assert online.api.calls("press_action") == [("p", "a")]


def test_a_form_is_answered_for_the_open_channel(online: Desk) -> None:
    online.client.channels.open("c1")
    online.api.answers["submit_dialog"] = DialogAnswer()
    dialog = dialog_of(FORM)
    assert online.client.integrations.submit(dialog, {"n": "3"}).result(10).ok
    assert online.api.calls("submit_dialog") == [(dialog, {"n": 3}, "me", ("c1", "t1"))]


@pytest.mark.parametrize(
    "told", [None, "x", {}, {"not_in_channel_user_ids": "u", "not_in_channel_usernames": []}]
)
def test_odd_offers_to_invite_are_none(online: Desk, told: object) -> None:
    assert online.client.integrations.invitation(post("p", props={"add_channel_member": told})) is None


def test_inviting_adds_each_of_them(online: Desk) -> None:
    told = {"not_in_channel_user_ids": ["u1", "u2"], "not_in_channel_usernames": ["max", "eva\x1b[0m"]}
    note = post("p", props={"add_channel_member": told})
    invitation = online.client.integrations.invitation(note)
    assert invitation is not None
    assert "\x1b" not in "".join(invitation.usernames)
    online.client.integrations.invite(note, invitation).result(10)
    assert online.api.calls("join_channel") == [("c1", "u1"), ("c1", "u2")]
