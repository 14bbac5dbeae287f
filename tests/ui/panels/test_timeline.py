"""The timeline: what is opened where, older history, what arrives meanwhile."""

from __future__ import annotations

from tests.support.makers import MINUTE, NOON, membership, post
from tests.support.waiting import until
from tests.ui.stage import NOW, Stage, main_of, said, shows
from tui.core.changes import ChangeKind
from tui.core.timeline import NewMessagesRow
from tui.store import Tx
from tui.ui.widgets.history import FIRST

LONG = 700


def long_history(stage: Stage, *, complete: bool = True) -> None:
    """Channel c2 with more messages than the window holds."""
    posts = [
        post(f"h{n:04}", NOON - (LONG - n) * MINUTE, channel_id="c2", user_id="ben") for n in range(LONG)
    ]

    def put(tx: Tx) -> None:
        tx.posts.put(posts)
        newest, oldest = posts[-1], posts[0]
        tx.intervals.add(
            "c2", (newest.create_at, newest.id), (oldest.create_at, oldest.id), reached_start=complete
        )

    stage.put(put)


async def test_opens_at_its_end(stage: Stage) -> None:
    async with stage.show() as (app, _pilot):
        assert main_of(app).timeline.list.at_end
        assert "print('hi')" in said(app)


async def test_opens_at_the_first_unread_message(stage: Stage) -> None:
    long_history(stage)
    stage.put(lambda tx: tx.memberships.put([membership("c2", last_viewed_at=NOON - 100 * MINUTE + 1)]))
    async with stage.show() as (app, pilot):
        main_of(app).open_channel("c2")
        await shows(app, "New messages")
        rows = main_of(app).timeline.list
        await pilot.pause()
        assert not rows.at_end
        assert any(isinstance(row, NewMessagesRow) for row in rows.rows)


async def test_a_message_that_arrives_is_shown_at_once_at_the_end(stage: Stage) -> None:
    async with stage.show() as (app, _pilot):
        stage.arrive(post("new", NOW, user_id="rosa", message="Fresh!"))
        await shows(app, "Fresh!")
        assert main_of(app).timeline.list.at_end


async def test_while_reading_above_it_is_only_counted(stage: Stage) -> None:
    async with stage.show((80, 16)) as (app, pilot):
        await pilot.press("escape", "g")
        await pilot.pause()
        before = said(app).split("\n")[1:10]
        stage.arrive(post("new", NOW, user_id="rosa", message="Fresh!"))
        await shows(app, "↓ 1 new")
        assert said(app).split("\n")[1:10] == before
        await pilot.press("G")
        await shows(app, "Fresh!")
        assert "↓ 1 new" not in said(app)


async def test_scrolling_up_goes_through_all_of_history_and_back(stage: Stage) -> None:
    long_history(stage)
    async with stage.show() as (app, pilot):
        main_of(app).open_channel("c2")
        timeline = main_of(app).timeline
        await pilot.press("escape")
        for _ in range(40):
            await pilot.press("g")
            await pilot.pause()
            assert len(timeline.list.rows) <= 310
            if "h0000" in {row.key for row in timeline.list.rows}:
                break
        await pilot.press("g")
        await pilot.pause()
        assert "This is the beginning" in said(app)
        await pilot.press("G")
        await pilot.pause()
        assert timeline.list.cursor_key == f"h{LONG - 1:04}"


async def test_where_the_store_ends_the_server_is_asked_once(stage: Stage) -> None:
    long_history(stage, complete=False)
    async with stage.show() as (app, pilot):
        main_of(app).open_channel("c2")
        await pilot.press("escape")
        for _ in range(20):
            await pilot.press("g")
            await pilot.pause()
        await until(lambda: stage.desk.engine.calls("load_older"))
        assert stage.desk.engine.calls("load_older") == [("c2",)]
        stage.client.base.hub.say(ChangeKind.CONNECTION)
        await pilot.pause()
        await pilot.press("g")
        await until(lambda: stage.desk.engine.calls("load_older") == [("c2",)] * 2)


async def test_goes_to_any_message_of_the_past(stage: Stage) -> None:
    long_history(stage)
    async with stage.show() as (app, pilot):
        main_of(app).show_post("h0100")
        await pilot.pause()
        rows = main_of(app).timeline.list
        assert rows.cursor_key == "h0100"
        assert rows.has_focus
        assert "↓ newer messages" in said(app)
        await pilot.press("G")
        await pilot.pause()
        assert rows.cursor_key == f"h{LONG - 1:04}"


async def test_a_message_that_is_not_here_is_said(stage: Stage) -> None:
    async with stage.show() as (app, _pilot):
        main_of(app).show_post("nowhere")
        await shows(app, "is gone")


async def test_an_empty_channel_says_so(stage: Stage) -> None:
    async with stage.show() as (app, _pilot):
        main_of(app).open_channel("d2")
        await shows(app, "Nothing here yet.")


async def test_h65_a_flood_is_shown_and_nothing_is_lost(stage: Stage) -> None:
    async with stage.show() as (app, pilot):
        for batch in range(20):
            stage.arrive(
                *(post(f"f{batch:02}{n:02}", NOW + batch * 100 + n, user_id="ben") for n in range(50))
            )
        await shows(app, "f1949")
        assert main_of(app).timeline.list.at_end
        await pilot.press(*"still answers")
        assert main_of(app).composer.editor.text == "still answers"


async def test_h65_in_a_rush_only_what_can_be_seen_is_read_and_the_rest_when_it_is_calm(stage: Stage) -> None:
    async with stage.show() as (app, _pilot):
        timeline = main_of(app).timeline
        stage.arrive(*(post(f"f{n:03}", NOW + n, user_id="ben") for n in range(200)))
        await shows(app, "f199")
        timeline.read(hurried=True)
        assert 0 < len(timeline.list.rows) < FIRST
        assert timeline.list.at_end
        assert "f199" in {row.key for row in timeline.list.rows}
        await until(lambda: len(timeline.list.rows) >= FIRST)
        assert timeline.list.at_end


async def test_h65_who_reads_further_up_keeps_all_messages_in_a_rush(stage: Stage) -> None:
    async with stage.show() as (app, pilot):
        timeline = main_of(app).timeline
        stage.arrive(*(post(f"f{n:03}", NOW + n, user_id="ben") for n in range(200)))
        await shows(app, "f199")
        await until(lambda: len(timeline.list.rows) >= FIRST)
        await pilot.press("escape", "pageup")
        await until(lambda: not timeline.list.at_end)
        held = len(timeline.list.rows)
        timeline.read(hurried=True)
        assert len(timeline.list.rows) == held


async def test_h65_in_a_rush_g_and_page_up_go_as_far_as_ever(stage: Stage) -> None:
    async with stage.show() as (app, pilot):
        timeline = main_of(app).timeline
        stage.arrive(*(post(f"f{n:03}", NOW + n, user_id="ben") for n in range(200)))
        await shows(app, "f199")
        await pilot.press("escape")
        for key in ("g", "pageup"):
            await pilot.press("G")
            await until(lambda: timeline.list.at_end)
            timeline.read(hurried=True)
            few, end = len(timeline.list.rows), timeline.list.scroll_offset.y
            await pilot.press(key)
            assert len(timeline.list.rows) >= FIRST > few
            assert not timeline.list.at_end
            assert timeline.list.max_scroll_y - timeline.list.scroll_offset.y >= timeline.list.size.height - 2
            assert end < timeline.list.max_scroll_y
