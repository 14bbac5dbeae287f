"""Forwarding, copying, buttons, forms, inviting: what a key does to the message under the cursor."""

from __future__ import annotations

from tests.support.makers import NOON, post
from tests.support.waiting import until
from tests.ui.panels.test_post_view import point_at
from tests.ui.stage import WIDE, Stage, main_of, said, shows
from tui.core.changes import ChangeKind
from tui.core.dialogs import DialogAnswer, dialog_of
from tui.ui.screens.form import IntegrationForm

AT = NOON + 600_000
ACTIONS = [
    {"id": "yes", "name": "Approve", "cookie": "secret"},
    {"id": "why", "name": "Reason", "type": "select",
     "options": [{"text": "Too dear", "value": "dear"}, {"text": "Too late", "value": "late"}]},
]  # fmt: skip
FORM = dialog_of(
    {
        "url": "https://bot.example.org/x",
        "dialog": {
            "title": "Trip",
            "notify_on_cancel": True,
            "elements": [
                {"display_name": "Town", "name": "town", "type": "text", "min_length": 2},
                {"display_name": "Train", "name": "train", "type": "select",
                 "options": [{"text": "Second", "value": "2"}]},
                {"display_name": "Hotel", "name": "hotel", "type": "bool", "optional": True},
            ],
        },
    }
)  # fmt: skip


def with_buttons(stage: Stage) -> None:
    card = {"attachments": [{"text": "A request", "actions": ACTIONS}]}
    stage.arrive(post("q", AT, user_id="bot", message="", props=card))


async def test_a_button_is_pressed_with_its_cookie(stage: Stage) -> None:
    with_buttons(stage)
    async with stage.show() as (app, pilot):
        await shows(app, "b [Approve]  [Reason ▾]")
        point_at(app, "q")
        await pilot.press("b")
        await shows(app, "Buttons and menus")
        await pilot.press("enter")
        await until(lambda: stage.desk.api.calls("press_action") == [("q", "yes")])
        await shows(app, "Approve: done.")


async def test_a_menu_asks_what_to_choose(stage: Stage) -> None:
    with_buttons(stage)
    async with stage.show() as (app, pilot):
        point_at(app, "q")
        await pilot.press("b", "down", "enter")
        await shows(app, "Too dear")
        await pilot.press("down", "enter")
        await until(lambda: stage.desk.api.calls("press_action") == [("q", "why")])


async def test_a_form_is_filled_in_refused_and_sent(stage: Stage) -> None:
    stage.desk.api.answers["submit_dialog"] = DialogAnswer(errors={"town": "No train goes there."})
    async with stage.show((80, 24)) as (app, pilot):
        stage.desk.engine.dialog = FORM
        stage.client.base.hub.say(ChangeKind.DIALOG)
        await shows(app, "Town *")
        await pilot.press("ctrl+s")
        await shows(app, "! This must be filled in.")
        await pilot.press(*"Graz", "enter", "enter")
        await shows(app, "Second")
        await pilot.press("enter")
        await until(lambda: isinstance(app.screen, IntegrationForm))
        await pilot.press("ctrl+s")
        await shows(app, "No train goes there.")
        ((dialog, values, _me, place),) = stage.desk.api.calls("submit_dialog")
        assert dialog is FORM
        assert (values["town"], values["train"], place) == ("Graz", "2", ("c1", "t1"))
        stage.desk.api.answers["submit_dialog"] = DialogAnswer()
        await pilot.press("ctrl+s")
        await until(lambda: app.screen is main_of(app))


async def test_a_form_that_is_closed_says_so(stage: Stage) -> None:
    async with stage.show() as (app, pilot):
        stage.desk.engine.dialog = FORM
        stage.client.base.hub.say(ChangeKind.DIALOG)
        await shows(app, "Town *")
        await pilot.press("escape")
        await until(lambda: stage.desk.api.calls("submit_dialog"))


async def test_forwarding_puts_the_text_into_the_other_composer(stage: Stage) -> None:
    async with stage.show() as (app, pilot):
        point_at(app, "p2")
        await pilot.press("F")
        await shows(app, "Forward to")
        await pilot.press(*"development")
        await pilot.pause()
        await pilot.press("enter")
        await until(lambda: main_of(app).channel_id == "c2")
        text = main_of(app).composer.editor.text
        assert "> Good morning @anna!" in text
        assert "https://chat.example.org/mm/nord/pl/p2" in text
        assert stage.client.outbox.all() == ()


async def test_forwarding_out_of_a_closed_channel_asks(stage: Stage) -> None:
    async with stage.show() as (app, pilot):
        main_of(app).open_channel("c3")
        stage.arrive(post("s", AT, channel_id="c3", user_id="ben", message="not for all"))
        await shows(app, "not for all")
        point_at(app, "s")
        await pilot.press("F")
        await shows(app, "closed channel")


async def test_code_and_links_are_copied(stage: Stage) -> None:
    async with stage.show() as (app, pilot):
        copied: list[str] = []
        main_of(app).copy = copied.append  # type: ignore[method-assign,assignment]
        point_at(app, "p9")
        await pilot.press("C")
        await until(lambda: [text.strip() for text in copied] == ["print('hi')"])
        point_at(app, "p2")
        await pilot.press("L")
        await until(lambda: copied[1:] == ["https://notes.example.org/a"])
        await pilot.press("C")
        await shows(app, "no code block")


async def test_who_reacted(stage: Stage) -> None:
    async with stage.show() as (app, pilot):
        point_at(app, "p2")
        await pilot.press("w")
        picture = await shows(app, "Who reacted")
        assert "Rosa Übelhör" in picture
        await pilot.press("escape")
        await pilot.press("equals_sign")
        await until(lambda: [i.text for i in stage.client.outbox.all()] == ["tada"])


async def test_recent_emoji_come_first(stage: Stage) -> None:
    async with stage.show() as (app, pilot):
        point_at(app, "p3")
        await pilot.press("colon", *"rocket")
        await pilot.pause()
        await pilot.press("enter")
        await until(lambda: stage.client.emojis.recent()[:1] == ("rocket",))
        point_at(app, "p3")
        await pilot.press("colon")
        picture = await shows(app, "Name of an emoji")
        assert picture.index(":rocket:") < picture.index(":heart:")


async def test_those_who_were_named_are_invited(stage: Stage) -> None:
    named = {"not_in_channel_user_ids": ["u9"], "not_in_channel_usernames": ["max"]}
    said_to_me = {"user_id": "", "type": "system_ephemeral", "props": {"add_channel_member": named}}
    note = post("e", AT, message="@max did not get notified.", **said_to_me)
    stage.desk.engine.whispers = (note,)
    async with stage.show() as (app, pilot):
        await until(lambda: stage.client.connection().live)
        main_of(app).timeline.read()
        await shows(app, "i invites them")
        point_at(app, "e")
        await pilot.press("i")
        await shows(app, "Add @max to ~Town Square?")
        await pilot.press("enter")
        await until(lambda: stage.desk.api.calls("join_channel") == [("c1", "u9")])


async def test_a_plugins_post_is_named_and_leads_to_the_web_app(stage: Stage) -> None:
    stage.arrive(post("b", AT, user_id="ben", type="custom_boards_card", message=""))
    async with stage.show(WIDE) as (app, _pilot):
        await shows(app, "Board: the web app shows it in full.")
        point_at(app, "b")
        row = main_of(app).timeline.row
        assert row is not None
        (link,) = main_of(app).desks.links.openable(row.post)
        assert link.target == "https://chat.example.org/mm/nord/pl/b"


async def test_a_message_far_away_is_fetched(stage: Stage) -> None:
    stage.desk.engine.reached = "c2"
    async with stage.show() as (app, _pilot):
        await until(lambda: stage.client.connection().live)
        stage.put(lambda tx: tx.posts.put([post("far", NOON, channel_id="c2", message="far away")]))
        stage.put(lambda tx: tx.intervals.add("c2", (NOON, "far"), (NOON, "far")))
        main_of(app).desks.links.open_link("https://chat.example.org/mm/nord/pl/far0000000000000000000000a")
        await until(lambda: stage.desk.engine.calls("show_post") == [("far0000000000000000000000a",)])
        main_of(app).desks.links.open_link("https://chat.example.org/mm/nord/pl/far")
        assert said(app)


async def test_back_and_forward(stage: Stage) -> None:
    async with stage.show() as (app, pilot):
        main = main_of(app)
        main.open_channel("c2")
        main.open_channel("c3")
        await pilot.press("alt+left")
        assert main.channel_id == "c2"
        await pilot.press("alt+left")
        assert main.channel_id == "c1"
        await pilot.press("alt+right")
        assert main.channel_id == "c2"
        await pilot.press("alt+left", "alt+left")
        await shows(app, "nothing further")


async def test_commands_of_our_own(stage: Stage) -> None:
    async with stage.show() as (app, pilot):
        main_of(app).composer.editor.focus()
        await pilot.press(*"/catchup", "enter")
        await until(lambda: main_of(app).side.current == "catch_up")
        assert main_of(app).composer.editor.text == ""
        assert stage.client.outbox.all() == ()
