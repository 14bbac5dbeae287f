"""One message as a whole."""

from __future__ import annotations

from tests.support.hostile import WORST_MESSAGES
from tests.support.makers import post
from tests.ui.stage import SMALL, Stage, said, shows
from tui.core.markdown import MarkdownContext
from tui.ui.screens.full_post import FullPost


async def test_a_whole_message_can_be_scrolled(stage: Stage) -> None:
    message = "\n".join(f"line {n}" for n in range(300))
    async with stage.show(SMALL) as (app, pilot):
        app.push_screen(FullPost(post("p", message=message), MarkdownContext()))
        await shows(app, "line 3")
        for _ in range(30):
            await pilot.press("down")
        await pilot.pause()
        assert "line 299" in said(app)


async def test_f54_worst_messages_can_be_shown_whole(stage: Stage) -> None:
    async with stage.show(SMALL) as (app, pilot):
        for name in ("table of 300 columns", "newlines", "stars", "nested images"):
            app.push_screen(FullPost(post("p", message=WORST_MESSAGES[name]), MarkdownContext()))
            await shows(app, "The whole message")
            await pilot.press("escape")
            await pilot.pause()
