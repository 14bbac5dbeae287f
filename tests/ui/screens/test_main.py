"""The main screen: banners, notices, what follows what."""

from __future__ import annotations

from dataclasses import replace

from tests.support.waiting import until
from tests.ui.stage import PEOPLE, Stage, main_of, said, shows
from tui.core.changes import ChangeKind
from tui.core.connection import ConnectionState


def state(stage: Stage, **fields: object) -> None:
    """The line is in another state now."""
    stage.desk.engine.state = ConnectionState(**fields)  # type: ignore[arg-type]
    stage.client.base.hub.say(ChangeKind.CONNECTION)


async def test_c28_a_portal_is_named_above_the_messages(stage: Stage) -> None:
    async with stage.show() as (app, _pilot):
        await until(lambda: stage.desk.lane.wires)
        state(stage, kind="offline", cause="tele.answer.portal")
        picture = await shows(app, " ! ")
        assert "network" in picture.lower()
        state(stage, kind="online")
        await until(lambda: not main_of(app).has_class("-alert") and " ! " not in said(app))


async def test_a_notice_is_said_once(stage: Stage) -> None:
    async with stage.show() as (app, pilot):
        stage.client.notify("The disk is full. [/x]", kind="error", key="disk")
        await shows(app, "! The disk is full. [/x]")
        main_of(app).status.hush()
        stage.client.base.hub.say(ChangeKind.NOTICE, "disk")
        await pilot.pause(0.2)
        assert "disk is full" not in said(app)


async def test_who_types_stands_in_the_rule(stage: Stage) -> None:
    async with stage.show() as (app, _pilot):
        await until(lambda: stage.desk.lane.wires)
        stage.desk.engine.typists = ("ben",)
        stage.client.base.hub.say(ChangeKind.TYPING, channel_id="c1")
        await shows(app, "Ben Osterhagen is typing")


async def test_a_person_whose_name_changes_changes_everywhere(stage: Stage) -> None:
    async with stage.show() as (app, _pilot):
        ben = replace(PEOPLE[1], last_name="Neumann", update_at=9)
        stage.put(lambda tx: tx.users.put([ben]))
        await shows(app, "Ben Neumann  12:00")


async def test_textuals_own_ways_out_are_closed(stage: Stage) -> None:
    async with stage.show() as (app, pilot):
        app.notify("[@click=app.quit]x[/]", severity="error")
        await shows(app, "[@click=app.quit]x[/]")
        app.open_url("javascript:alert(1)")
        await shows(app, "cannot be used")
        await pilot.press("ctrl+c")
        await shows(app, "Ctrl+Q quits.")


async def test_focus_tints_nothing_and_nothing_has_a_scrollbar(stage: Stage) -> None:
    """Each would be painted anew at every step: thousands of bytes on a thin line."""
    async with stage.show() as (app, pilot):
        main = main_of(app)
        for focused in main.focus_chain:
            focused.focus()
            await pilot.pause()
            for widget in main.query("*"):
                styles = widget.styles
                assert styles.background_tint.a == styles.tint.a == 0, widget
                assert styles.opacity == 1, widget
                assert not styles.transitions, widget
                bars = zip(
                    widget.scrollbars_enabled,
                    (styles.scrollbar_size_vertical, styles.scrollbar_size_horizontal),
                    strict=True,
                )
                assert not any(bar and size for bar, size in bars), widget
