from __future__ import annotations

import re
from typing import Any

import pytest

from tests.support.hostile import HOSTILE
from tests.support.makers import post
from tui.client.wording.system_posts import system_text


def text(kind: str, message: str = "server's own", **props: Any) -> str:
    return system_text(post("p", type=kind, message=message, props=props))


@pytest.mark.parametrize(
    ("kind", "props", "wanted"),
    [
        ("system_join_channel", {"username": "anna"}, "@anna has joined the channel."),
        ("system_leave_team", {"username": "anna"}, "@anna has left the team."),
        (
            "system_add_to_channel",
            {"username": "anna", "addedUsername": "ben"},
            "@anna has added @ben to the channel.",
        ),
        ("system_remove_from_channel", {"removedUsername": "ben"}, "@ben was removed from the channel."),
        ("system_header_change", {"username": "anna", "new_header": "N"}, "@anna has set the header: N"),
        (
            "system_header_change",
            {"username": "anna", "old_header": "O", "new_header": "N"},
            "@anna has changed the header from “O” to: N",
        ),
        (
            "system_header_change",
            {"username": "anna", "old_header": "O", "new_header": ""},
            "@anna has removed the header (was: O)",
        ),
        (
            "system_displayname_change",
            {"username": "anna", "old_displayname": "O", "new_displayname": "N"},
            "@anna has renamed the channel from “O” to “N”.",
        ),
        ("system_channel_deleted", {"username": "anna"}, "@anna has archived the channel."),
    ],
)
def test_known_types(kind: str, props: dict[str, str], wanted: str) -> None:
    assert text(kind, **props) == wanted


@pytest.mark.parametrize(
    ("kind", "props"),
    [
        ("system_join_channel", {}),
        ("system_join_channel", {"username": 7}),
        ("system_add_to_channel", {"username": "anna"}),
        ("system_header_change", {"new_header": "N"}),
        ("system_generic", {"username": "anna"}),
        ("system_of_the_future", {}),
    ],
)
def test_what_is_not_known_shows_the_servers_words(kind: str, props: dict[str, Any]) -> None:
    assert text(kind, **props) == "server's own"


def test_an_empty_unknown_one_is_named() -> None:
    assert text("system_odd", message="") == "System message (system_odd)"


def test_names_can_be_shown_as_the_person_wants() -> None:
    made = post("p", type="system_join_team", props={"username": "anna"})
    assert system_text(made, lambda name: name.upper()) == "ANNA has joined the team."


def test_messages_only_for_me_keep_their_lines() -> None:
    assert text("system_ephemeral", message="a\nb") == "a\nb"


@pytest.mark.parametrize("bad", HOSTILE)
def test_f49_hostile_props_come_out_harmless(bad: str) -> None:
    props = {"username": bad, "addedUsername": bad, "old_header": bad, "new_header": bad}
    for kind in ("system_add_to_channel", "system_header_change", "system_odd", "system_ephemeral"):
        made = text(kind, message=bad, **props)
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", made)
