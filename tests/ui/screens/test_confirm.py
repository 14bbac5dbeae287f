"""A question with yes and no."""

from __future__ import annotations

from tests.ui.stage import SMALL, Stage, shows
from tui.ui.screens.confirm import Confirm


async def test_enter_is_yes_and_escape_is_no(stage: Stage) -> None:
    answers: list[bool | None] = []
    async with stage.show(SMALL) as (app, pilot):
        for key in ("enter", "escape"):
            app.push_screen(Confirm("Delete?", "It [/x] is gone then.", "Delete"), answers.append)
            await shows(app, "It [/x] is gone then.")
            await pilot.press(key)
            await pilot.pause()
        assert answers == [True, None]
