"""The sidebar by keyboard."""

from __future__ import annotations

from tests.support.makers import membership
from tests.support.waiting import until
from tests.ui.stage import Stage, main_of, said, shows
from tui.core.changes import ChangeKind
from tui.ui.messages import ChannelChosen, TeamChosen


async def test_the_cursor_starts_at_the_open_channel_and_enter_opens(stage: Stage) -> None:
    async with stage.show() as (app, pilot):
        main = main_of(app)
        main.focus_area("sidebar")
        await pilot.pause()
        assert main.sidebar.list.cursor_key == "channel:c1"
        await pilot.press("k", "k", "k", "enter")
        await pilot.pause()
        chosen = {message.channel_id for message in stage.seen if isinstance(message, ChannelChosen)}
        assert chosen == {"c2"}
        assert main.channel_id == "c2"
        assert main.composer.editor.has_focus


async def test_space_folds_and_unfolds_a_category(stage: Stage) -> None:
    async with stage.show() as (app, pilot):
        main = main_of(app)
        main.focus_area("sidebar")
        main.sidebar.point_at_channel("c2")
        await pilot.press("space")
        await shows(app, "▸ Workshop")
        assert "# CI messages" not in said(app)
        assert main.sidebar.list.cursor_key == "category:own"
        await pilot.press("enter")
        await shows(app, "▾ Workshop")


async def test_choosing_a_team(stage: Stage) -> None:
    async with stage.show() as (app, pilot):
        main_of(app).focus_area("sidebar")
        await pilot.press("g", "j", "enter")
        await pilot.pause()
        assert any(isinstance(m, TeamChosen) and m.team_id == "t2" for m in stage.seen)
        await shows(app, "● Werkstatt Wien")


async def test_a_badge_follows_the_store(stage: Stage) -> None:
    async with stage.show() as (app, _pilot):
        stage.put(lambda tx: tx.memberships.put([membership("d1", mention_count=7, mention_count_root=7)]))
        await until(lambda: any("Ben Osterhagen" in x and " 7 " in x for x in said(app).split("\n")))


async def test_without_a_team_it_says_what_to_do(stage: Stage) -> None:
    stage.put(lambda tx: tx.teams.replace([]))
    async with stage.show() as (app, _pilot):
        await until(lambda: stage.client.connection().kind == "online")
        stage.client.base.hub.say(ChangeKind.CONNECTION)
        await shows(app, "invitation")


async def test_a_click_opens(stage: Stage) -> None:
    async with stage.show() as (app, pilot):
        rows = main_of(app).sidebar.list
        line = next(y for y, text in enumerate(said(app).split("\n")) if "# Development" in text)
        await pilot.click(rows, offset=(5, line))
        await pilot.pause()
        assert main_of(app).channel_id == "c2"
