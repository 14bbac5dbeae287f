"""Going places by keyboard."""

from __future__ import annotations

from tests.support.makers import channel, direct, membership
from tests.support.waiting import until
from tests.ui.stage import Stage, main_of, shows
from tui.core.models import Team


async def test_next_and_previous_channel_go_round(stage: Stage) -> None:
    async with stage.show() as (app, pilot):
        main = main_of(app)
        order = []
        for _ in range(6):
            await pilot.press("alt+down")
            order.append(main.channel_id)
        assert order == ["d1", "d2", "c3", "c2", "c4", "c1"]
        await pilot.press("alt+up")
        assert main.channel_id == "c4"


async def test_next_unread_prefers_mentions_and_says_when_all_is_read(stage: Stage) -> None:
    async with stage.show() as (app, pilot):
        main = main_of(app)
        await pilot.press("alt+a")
        assert main.channel_id == "c3"
        await pilot.press("f4")
        assert main.channel_id == "c2"
        read = [
            membership("c3", msg_count=1, msg_count_root=1),
            membership("c2", msg_count=3, msg_count_root=3),
        ]
        stage.put(lambda tx: tx.memberships.put(read))
        await until(lambda: not stage.client.channels.unread("c2").bold)
        main.open_channel("c1")
        await pilot.press("alt+a")
        await shows(app, "Everything is read.")


async def test_back_to_the_last_channel_and_back_again(stage: Stage) -> None:
    async with stage.show() as (app, pilot):
        main = main_of(app)
        main.open_channel("c2")
        await pilot.press("alt+s")
        assert main.channel_id == "c1"
        await pilot.press("alt+left")
        assert main.channel_id == "c2"


async def test_the_next_team(stage: Stage) -> None:
    async with stage.show() as (app, pilot):
        await pilot.press("alt+n")
        await shows(app, "● Werkstatt Wien")
        assert main_of(app).channel_id == "b1"


async def test_a_team_whose_channels_are_not_here_yet_opens_when_they_come(stage: Stage) -> None:
    late = channel("x1", name="town-square", display_name="Late Square", team_id="t3")
    teams = [*stage.client.teams.all(), Team("t3", "zeta", "Zeta GmbH")]
    stage.put(lambda tx: tx.teams.replace(teams))
    async with stage.show() as (app, pilot):
        main_of(app).open_team("t3")
        await pilot.pause()
        assert main_of(app).channel_id == "c1"
        stage.put(lambda tx: tx.channels.put([late]))
        stage.put(lambda tx: tx.memberships.put([membership("x1")]))
        await until(lambda: main_of(app).channel_id == "x1")
        await shows(app, "To ~Late Square")


async def test_the_switcher_goes_to_a_channel_by_a_few_letters(stage: Stage) -> None:
    async with stage.show() as (app, pilot):
        await pilot.press("ctrl+k", *"deve", "enter")
        await until(lambda: main_of(app).channel_id == "c2")
        assert main_of(app).composer.editor.has_focus


async def test_the_switcher_makes_a_direct_channel_where_there_is_none(stage: Stage) -> None:
    stage.desk.api.answers.update(create_direct=direct("d9", "bot"), fetch_membership=membership("d9"))
    async with stage.show() as (app, pilot):
        await pilot.press("ctrl+g")
        await pilot.press(*"@ci")
        await shows(app, "@ ci")
        await pilot.press("enter")
        await until(lambda: main_of(app).channel_id == "d9")


async def test_f6_and_tab_go_round_the_areas(stage: Stage) -> None:
    async with stage.show() as (app, pilot):
        main = main_of(app)
        areas = []
        for _ in range(4):
            await pilot.press("f6")
            areas.append(main.area_of(app.focused))
        assert areas == ["folders", "sidebar", "timeline", "composer"]
        await pilot.press("shift+tab")
        assert main.area_of(app.focused) == "timeline"


async def test_escape_steps_out_to_the_composer(stage: Stage) -> None:
    async with stage.show() as (app, pilot):
        main_of(app).focus_area("sidebar")
        await pilot.press("escape")
        assert main_of(app).composer.editor.has_focus


async def test_marking_all_read_can_be_undone(stage: Stage) -> None:
    async with stage.show() as (app, pilot):
        await pilot.press("f9")
        await shows(app, "marked as read")
        await pilot.press("escape")
        await until(lambda: stage.client.channels.unread("c2").messages == 2)
        assert stage.desk.engine.calls("mark_viewed") == []
        await pilot.press("f9")
        await shows(app, "marked as read")
        await pilot.press("enter")
        await until(lambda: len(stage.desk.engine.calls("mark_viewed")) >= 2)
