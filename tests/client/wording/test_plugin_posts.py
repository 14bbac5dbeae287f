from __future__ import annotations

import pytest

from tests.support.makers import post
from tui.client.wording.plugin_posts import plugin_kind, plugin_line


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("custom_matterpoll", "Poll"),
        ("custom_calls", "Call"),
        ("custom_boards_card", "Board"),
        ("custom_x\x1b[31m_y", "Message of a plugin (x"),
    ],
)
def test_what_it_is(kind: str, words: str) -> None:
    shown = plugin_kind(post("p", type=kind))
    assert shown.startswith(words)
    assert "\x1b" not in shown


def test_what_can_be_read_and_pressed_needs_no_word() -> None:
    poll = {"attachments": [{"text": "Lunch?", "actions": [{"id": "a", "name": "Yes"}]}]}
    assert plugin_line(post("p", type="custom_matterpoll", props=poll)) == ""
    assert plugin_line(post("p", type="system_join_channel")) == ""
    assert "web app" in plugin_line(post("p", type="custom_matterpoll"))
