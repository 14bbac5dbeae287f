"""Reminders, sending later, priorities, versions: on servers that have them, and on one that does not."""

from __future__ import annotations

import pytest

from tests.support.makers import ME, NOON, post
from tests.support.waiting import until
from tests.ui.panels.test_post_view import point_at
from tests.ui.stage import Stage, main_of, said, shows
from tui.core.models import ScheduledPost, ServerConfig, Target

AT = NOON + 600_000


@pytest.fixture
def new_server(stage: Stage) -> Stage:
    held = stage.desk.store.config.get().values
    promised = {
        "Version": "11.2.0",
        "PostPriority": "true",
        "PostAcknowledgements": "true",
        "ScheduledPosts": "true",
    }
    stage.put(lambda tx: tx.config.put(ServerConfig({**held, **promised})))
    return stage


async def test_an_old_server_has_none_of_it_and_the_menu_does_not_offer_it(stage: Stage) -> None:
    async with stage.show() as (app, pilot):
        point_at(app, "p3")
        await pilot.press("n")
        await shows(app, "This server has no reminders.")
        await pilot.press("m")
        picture = await shows(app, "Forward")
        assert "Remind me" not in picture
        assert "Earlier versions" not in picture
        await pilot.press("escape")
        main_of(app).composer.editor.focus()
        await pilot.press(*"later", "alt+l")
        await shows(app, "This server cannot send later.")
        await pilot.press("alt+i")
        await shows(app, "This server knows no priorities.")
        assert main_of(app).composer.editor.text == "later"


async def test_a_reminder_at_a_typed_time(new_server: Stage) -> None:
    async with new_server.show() as (app, pilot):
        point_at(app, "p3")
        await pilot.press("n")
        await shows(app, "in 30 minutes")
        await pilot.press(*"45")
        await pilot.pause()
        await pilot.press("enter")
        now = new_server.desk.clock.now()
        await until(lambda: new_server.desk.api.calls("remind_of_post") == [(ME, "p3", now + 45 * 60_000)])
        await shows(app, "You will be reminded")


async def test_a_message_is_sent_later_and_taken_back(new_server: Stage) -> None:
    made = ScheduledPost("s1", "c1", message="good night", scheduled_at=NOON + 10**7)
    new_server.desk.api.answers.update(schedule_post=made, fetch_scheduled=[made])
    async with new_server.show() as (app, pilot):
        main_of(app).composer.editor.focus()
        await pilot.press(*"good night", "alt+l")
        await shows(app, "tomorrow morning")
        await pilot.press("enter")
        await until(lambda: main_of(app).composer.editor.text == "")
        ((target, me, text, _at),) = new_server.desk.api.calls("schedule_post")
        assert (target, me, text) == (Target("c1"), ME, "good night")
        await main_of(app).show_tab("scheduled")
        await shows(app, "good night")
        await pilot.press("enter")
        await shows(app, "Do not send it?")
        await pilot.press("enter")
        await until(lambda: main_of(app).composer.editor.text == "good night")
        assert new_server.desk.api.calls("delete_scheduled") == [("s1",)]


async def test_a_priority_goes_with_the_message(new_server: Stage) -> None:
    async with new_server.show() as (app, pilot):
        main_of(app).composer.editor.focus()
        await pilot.press(*"now", "alt+i")
        await shows(app, "urgent, to be acknowledged")
        await pilot.press("down", "down", "down", "down", "down", "enter")
        await shows(app, "! urgent to be acknowledged")
        await pilot.press("enter")
        (item,) = new_server.client.outbox.all()
        assert (item.text, item.priority, item.wants_ack) == ("now", "urgent", True)
        await until(lambda: "! urgent" not in said(app))


async def test_an_urgent_message_is_acknowledged(new_server: Stage) -> None:
    new_server.arrive(post("u", AT, user_id="ben", message="Fire drill", priority="urgent", wants_ack=True))
    async with new_server.show() as (app, pilot):
        picture = await shows(app, "‼ URGENT")
        assert "a acknowledges" in picture
        point_at(app, "u")
        await pilot.press("a")
        await until(lambda: new_server.desk.api.calls("acknowledge_post") == [(ME, "u", True)])
        await shows(app, "✓ 1 acknowledged")


async def test_earlier_versions(new_server: Stage) -> None:
    old = post("v1", NOON, user_id=ME, message="Loks good", edit_at=NOON, original_id="p9")
    new_server.desk.api.answers["fetch_edit_history"] = [old]
    mine = post("mine", AT, user_id=ME, message="Looks good", edit_at=AT + 1)
    new_server.arrive(mine)
    async with new_server.show() as (app, pilot):
        await shows(app, "(edited)")
        point_at(app, "mine")
        await pilot.press("h")
        await shows(app, "Loks good")
