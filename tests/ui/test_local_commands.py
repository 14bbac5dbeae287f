from __future__ import annotations

from tui.demo.routes.command_list import TABLE
from tui.settings.keymap import build
from tui.ui.local_commands import LOCAL, commands_of, local_action, meet_topic


def test_each_stands_for_an_action_of_the_table() -> None:
    keymap = build()
    assert [keymap.get(action).id for action in LOCAL.values()] == list(LOCAL.values())
    assert {command.trigger for command in commands_of(keymap)} == set(LOCAL)
    assert all(command.description for command in commands_of(keymap))


def test_none_has_the_name_of_a_command_of_the_server() -> None:
    servers = {line.partition("|")[0] for line in TABLE.splitlines()}
    assert servers.isdisjoint(LOCAL)


def test_only_the_bare_word_is_ours() -> None:
    assert local_action(" /CatchUp ") == "app.catch_up"
    assert local_action("/catchup now") == ""
    assert local_action("catchup") == ""


def test_a_meeting_may_have_a_topic() -> None:
    assert meet_topic(" /Meet  Jour fixe ") == "Jour fixe"
    assert meet_topic("/meet") == ""
    assert meet_topic("/meeting") is None
    assert meet_topic("/meet a\nb") is None
    assert meet_topic("meet me") is None
