"""F1: every action, with the keys that arrive here."""

from __future__ import annotations

from tests.support.waiting import until
from tests.ui.stage import SMALL, Stage, main_of, said, shows
from tui.settings.keymap import ACTIONS, Keymap, build
from tui.settings.keynames import delivered_everywhere, label
from tui.ui.help import HelpScreen, help_rows


def test_every_action_is_listed_once_with_a_key_or_the_way_to_it() -> None:
    rows = {row.key: row for row in help_rows(Keymap(), "composer")}
    for action in ACTIONS:
        assert rows[action.id].keys, action.id
        assert rows[action.id].words == str(action.help)
    assert [row.key for row in rows.values() if row.title][:2] == ["title:composer", "title:app"]


def test_a_legacy_terminal_is_told_of_the_keys_that_it_delivers() -> None:
    rows = {row.key: row for row in help_rows(Keymap(), "app", all_keys=False)}
    assert rows["composer.newline"].keys == "Ctrl+J"
    for action in ACTIONS:
        if action.keys:
            assert rows[action.id].keys == "  ".join(label(k) for k in action.keys if delivered_everywhere(k))


def test_keys_that_somebody_chose_are_listed_wherever() -> None:
    rows = {row.key: row for row in help_rows(build({"app.mouse": ["f11"]}), "app", all_keys=False)}
    assert rows["app.mouse"].keys == "F11"


async def test_it_is_paged_through_and_the_focus_comes_back(stage: Stage) -> None:
    async with stage.show(SMALL) as (app, pilot):
        main_of(app).composer.editor.focus()
        await pilot.press("f1")
        await shows(app, "While writing")
        screen = app.screen
        assert isinstance(screen, HelpScreen)
        await pilot.press("pagedown", "pagedown")
        await until(lambda: "While writing" not in said(app))
        await pilot.press("pageup", "pageup")
        await shows(app, "While writing")
        await pilot.press("escape")
        await until(lambda: app.screen is main_of(app))
        assert main_of(app).composer.editor.has_focus
