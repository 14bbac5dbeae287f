"""What a key does to the message under the cursor."""

from __future__ import annotations

from tests.support.makers import ME, NOON, post
from tests.support.waiting import until
from tests.ui.stage import Stage, main_of, said, shows
from tui.core.intervals import Anchor
from tui.core.timeline import GapRow
from tui.store import Tx
from tui.ui.app import TeleApp
from tui.ui.messages import CopyWanted, PostAsked, ThreadChosen


def point_at(app: TeleApp, key: str) -> None:
    """The focus on the timeline, the cursor on one row."""
    timeline = main_of(app).timeline
    timeline.list.focus()
    assert timeline.list.move_to(key)


def queued_kinds(stage: Stage) -> list[tuple[str, str, str]]:
    return [(item.kind, item.post_id, item.text) for item in stage.client.outbox.all()]


async def test_moving_by_letters_and_arrows(stage: Stage) -> None:
    async with stage.show() as (app, pilot):
        rows = main_of(app).timeline.list
        await pilot.press("escape")
        assert rows.has_focus
        assert rows.cursor_key == "p9"
        await pilot.press("k", "up")
        assert rows.cursor_key == "p7"
        await pilot.press("g")
        assert rows.cursor_key == "p1"
        await pilot.press("G")
        assert rows.cursor_key == "p9"


async def test_quick_reaction_and_back(stage: Stage) -> None:
    async with stage.show() as (app, pilot):
        point_at(app, "p3")
        await pilot.press("plus")
        assert queued_kinds(stage) == [("react", "p3", "+1")]
        point_at(app, "p2")
        await pilot.press("plus")
        assert queued_kinds(stage)[-1] == ("unreact", "p2", "+1")


async def test_choosing_a_reaction(stage: Stage) -> None:
    async with stage.show() as (app, pilot):
        point_at(app, "p3")
        await pilot.press("colon")
        await shows(app, "Name of an emoji")
        await pilot.press(*"tada")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert queued_kinds(stage) == [("react", "p3", "tada")]


async def test_only_my_own_messages_can_be_edited_and_deleted(stage: Stage) -> None:
    async with stage.show() as (app, pilot):
        point_at(app, "p3")
        await pilot.press("e", "d")
        await pilot.pause()
        assert main_of(app).composer.edits == ""
        assert app.screen is main_of(app)
        point_at(app, "p9")
        await pilot.press("e")
        await pilot.pause()
        assert main_of(app).composer.edits == "p9"


async def test_deleting_asks_first(stage: Stage) -> None:
    async with stage.show() as (app, pilot):
        point_at(app, "p9")
        await pilot.press("d")
        await shows(app, "Delete this message?")
        await pilot.press("escape")
        await pilot.pause()
        assert queued_kinds(stage) == []
        await pilot.press("d")
        await shows(app, "Delete this message?")
        await pilot.press("enter")
        await until(lambda: queued_kinds(stage) == [("delete", "p9", "")])


async def test_pin_and_save(stage: Stage) -> None:
    async with stage.show() as (app, pilot):
        point_at(app, "p4")
        await pilot.press("p", "s")
        assert queued_kinds(stage) == [("unpin", "p4", "")]
        await shows(app, "★ saved")


async def test_copying_text_and_link(stage: Stage) -> None:
    async with stage.show() as (app, pilot):
        point_at(app, "p2")
        await pilot.press("c", "l")
        await pilot.pause()
        copies = {message.text for message in stage.seen if isinstance(message, CopyWanted)}
        assert "https://chat.example.org/mm/nord/pl/p2" in copies
        assert any(text.startswith("Good morning") for text in copies)


async def test_enter_opens_the_thread_of_a_reply(stage: Stage) -> None:
    async with stage.show() as (app, pilot):
        point_at(app, "p5")
        await pilot.press("enter")
        await pilot.pause()
        chosen = {message.root_id for message in stage.seen if isinstance(message, ThreadChosen)}
        assert chosen == {"p4"}


async def test_enter_on_a_meeting_asks_how_to_join(stage: Stage) -> None:
    async with stage.show() as (app, pilot):
        point_at(app, "p8")
        await pilot.press("enter")
        await shows(app, "Jitsi · meet.jit.si · Weekly")
        asked = [message.verb for message in stage.seen if isinstance(message, PostAsked)]
        assert "join" in asked


async def test_enter_on_a_gap_loads_it(stage: Stage) -> None:
    older: Anchor = (NOON - 5, "a1")

    def tear(tx: Tx) -> None:
        tx.posts.put(
            [
                post("a1", NOON - 5, user_id="ben", channel_id="c2"),
                post("z1", NOON, user_id="ben", channel_id="c2"),
            ]
        )
        tx.intervals.add("c2", older, older)
        tx.intervals.add("c2", (NOON, "z1"), (NOON, "z1"))

    stage.put(tear)
    async with stage.show() as (app, pilot):
        main_of(app).open_channel("c2")
        await shows(app, "Messages are missing here")
        rows = main_of(app).timeline.list
        gap = next(row for row in rows.rows if isinstance(row, GapRow))
        point_at(app, gap.key)
        await pilot.press("enter")
        await until(lambda: stage.desk.engine.calls("close_gap") == [("c2", "z1")])


async def test_a_refused_text_can_be_taken_back_or_tried_again(stage: Stage) -> None:
    async with stage.show() as (app, pilot):
        await pilot.press(*"lost", "enter")
        (item,) = stage.client.outbox.all()
        parked = type(item)(
            **{
                **{f: getattr(item, f) for f in item.__slots__},
                "state": "parked",
                "reason": "tele.outbox.archived",
            }
        )
        stage.desk.store.write_desk(lambda desk: desk.outbox.update(parked)).result(10)
        await shows(app, "✗ not sent")
        assert "✗ 1 not sent" in said(app)
        point_at(app, item.cid)
        await pilot.press("enter")
        await shows(app, "Try again")
        await pilot.press("down", "down", "enter")
        await pilot.pause()
        assert main_of(app).composer.editor.text == "lost"
        assert stage.client.outbox.all() == ()


async def test_quoting(stage: Stage) -> None:
    async with stage.show() as (app, pilot):
        point_at(app, "p3")
        await pilot.press("q")
        await pilot.pause()
        assert main_of(app).composer.editor.text == "> - [x] milk\n> - [ ] bread\n"


async def test_marking_unread_and_following_reach_the_client(stage: Stage) -> None:
    async with stage.show() as (app, pilot):
        point_at(app, "p4")
        await pilot.press("u", "f")
        await until(lambda: stage.desk.engine.calls("mark_unread") == [("p4",)])
        await until(lambda: stage.desk.api.calls("follow_thread"))
        assert stage.desk.api.calls("follow_thread") == [(ME, "t1", "p4", True)]


async def test_escape_marks_as_read_and_goes_back_to_writing(stage: Stage) -> None:
    async with stage.show() as (app, pilot):
        main_of(app).open_channel("c3")
        await pilot.press("escape", "escape")
        await until(lambda: ("c3",) in stage.desk.engine.calls("mark_viewed"))
        assert main_of(app).composer.editor.has_focus


async def test_more_lists_what_can_be_done(stage: Stage) -> None:
    async with stage.show() as (app, pilot):
        point_at(app, "p3")
        await pilot.press("m")
        await shows(app, "Show the whole message")
        await pilot.press("enter")
        await shows(app, "The whole message")
        assert "☑ milk" in said(app)


async def test_the_footer_only_names_what_means_something(stage: Stage) -> None:
    async with stage.show() as (app, pilot):
        point_at(app, "p3")
        await pilot.pause()
        assert "e Edit" not in said(app)
        point_at(app, "p9")
        await pilot.pause()
        assert "e Edit" in said(app)
        point_at(app, "p8")
        await pilot.pause()
        assert "Join the meeting" in said(app)


async def test_a_key_that_means_nothing_here_says_why(stage: Stage) -> None:
    async with stage.show() as (app, pilot):
        for key, words in (
            ("d", "Only your own messages can be deleted."),
            ("e", "Only your own messages can be edited."),
            ("J", "There is no meeting in this message."),
            ("A", "This message offers nothing to accept."),
            ("equals_sign", "Nobody has reacted to this message."),
        ):
            point_at(app, "p3")
            await pilot.press(key)
            await shows(app, words)
        assert queued_kinds(stage) == []


async def test_the_menu_of_a_message_names_keys_as_people_read_them(stage: Stage) -> None:
    async with stage.show() as (app, pilot):
        point_at(app, "p3")
        await pilot.press("m")
        picture = await shows(app, "React …")
        assert "colon" not in picture
        assert "Delete" not in picture
        assert " : " in picture
