"""The table of keys as bindings."""

from __future__ import annotations

import pytest
from textual.binding import Binding

from tests.ui.stage import SMALL, Stage
from tui.settings.keymap import ACTIONS, CONTEXTS, Keymap, build
from tui.ui.app import TeleApp
from tui.ui.keys import bindings_of, overrides, shown_key, shown_keys, writing_elsewhere
from tui.ui.panels.composer import Composer
from tui.ui.panels.folders import Folders
from tui.ui.panels.hits import Hits
from tui.ui.panels.inbox import CatchUpList, ThreadInbox
from tui.ui.panels.members import Members
from tui.ui.panels.post_view import PostView
from tui.ui.panels.sidebar import Sidebar
from tui.ui.screens.dialog import Dialog
from tui.ui.screens.folder_page import FolderPage
from tui.ui.screens.main import MainScreen

NODES = {
    "app": (MainScreen,),
    "sidebar": (Sidebar,),
    "timeline": (PostView,),
    "composer": (Composer,),
    "inbox": (CatchUpList, ThreadInbox),
    "panel": (Folders, Hits, Members),
    "folders": (Folders, FolderPage),
    "dialog": (Dialog,),
}


def test_every_action_of_the_table_is_done_by_someone() -> None:
    assert set(NODES) == set(CONTEXTS)
    for action in ACTIONS:
        for node in NODES[action.context]:
            assert callable(getattr(node, f"action_do_{action.name}", None)), (action.id, node)


def test_bindings_carry_the_ids_for_rebinding() -> None:
    found = {b.id: b for b in bindings_of("composer") if isinstance(b, Binding)}
    assert found["composer.send"].key == "enter"
    assert found["composer.send"].action == "do_send"


def test_writing_elsewhere_takes_no_key_that_a_reader_needs() -> None:
    theirs = [b for b in writing_elsewhere() if isinstance(b, Binding)]
    assert {b.id for b in theirs} >= {"composer.undo_send", "composer.priority", "composer.attach"}
    assert not {b.id for b in theirs} & {"composer.send", "composer.edit_last", "composer.to_messages"}


def test_an_action_without_a_key_can_be_given_one() -> None:
    found = {b.id: b for b in bindings_of("app") if isinstance(b, Binding)}
    assert found["app.theme"].key == "unbound_app.theme"
    assert overrides(build({"app.theme": ["f10"]})) == {"app.theme": "f10"}


def test_a_key_can_be_taken_away() -> None:
    assert overrides(build({"app.mouse": []})) == {"app.mouse": "unbound_app.mouse"}
    assert overrides(Keymap()) == {}


def test_keys_as_people_read_them() -> None:
    switch = Keymap().get("app.switch")
    assert shown_key(switch) == "Ctrl+K"
    assert shown_keys(switch) == "Ctrl+K  Ctrl+G"
    assert shown_key(Keymap().get("app.theme")) == ""


def test_textuals_own_keys_and_palette_are_off() -> None:
    assert TeleApp.ENABLE_COMMAND_PALETTE is False
    keys = {b.key for b in TeleApp.BINDINGS if isinstance(b, Binding)}
    assert keys == {"ctrl+q", "ctrl+c"}


async def test_h65_a_key_asks_the_writing_of_what_arrives_to_wait(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    async with stage.show(SMALL) as (_, pilot):
        monkeypatch.setattr(stage.client.base.store, "make_way", lambda: asked.append("way"))
        await pilot.press("a", "b")
        assert asked == ["way", "way"]
