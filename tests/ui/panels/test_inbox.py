"""Catch-up and the inbox of threads at the keyboard, wide and at 80×24."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.support.makers import ME, NOON, post
from tests.support.waiting import until
from tests.ui.stage import SMALL, WIDE, Stage, collapse, main_of, said, shows
from tui.core.models import Thread
from tui.core.timeline import NewMessagesRow
from tui.store import Tx
from tui.ui.panels.inbox import CatchUpList, ThreadInbox
from tui.ui.panels.thread import Thread as ThreadTab


def mention(stage: Stage) -> None:
    """Ben calls me in the Board, a channel that counts one mention."""

    def put(tx: Tx) -> None:
        tx.posts.put([post("call", NOON, channel_id="c3", user_id="ben", message="@anna have a look")])
        tx.channels.put([replace(c, last_post_at=NOON) for c in (tx.channels.get("c3"),) if c])

    stage.put(put)


def follow(stage: Stage) -> None:
    """A followed thread with two replies that are new to me."""
    collapse(stage)
    stage.put(
        lambda tx: tx.threads.put(
            [Thread("p4", "t1", "c1", 3, unread_replies=2, unread_mentions=1, last_reply_at=NOON + 500,
                    last_viewed_at=NOON + 300_000 - 1)]
        ),
        lambda tx: tx.posts.put([post("r9", NOON + 400_000, user_id="rosa", message="news", root_id="p4")]),
    )  # fmt: skip


async def opened(stage: Stage, name: str, pilot: object, app: object) -> CatchUpList:
    await main_of(app).show_tab(name)  # type: ignore[arg-type]
    await pilot.pause()  # type: ignore[attr-defined]
    widget = main_of(app).side.tab_widget(name)  # type: ignore[arg-type]
    assert isinstance(widget, CatchUpList | ThreadInbox)
    return widget  # type: ignore[return-value]


@pytest.mark.parametrize("size", [WIDE, SMALL])
async def test_everything_unread_is_in_one_list(stage: Stage, size: tuple[int, int]) -> None:
    mention(stage)
    follow(stage)
    async with stage.show(size) as (app, pilot):
        await pilot.press("alt+c")
        picture = await shows(app, "Mention")
        assert [w for w in ("@anna have", "Thread", "Board", "Development") if w not in picture] == []
        assert "Read" in picture


async def test_read_later_and_back(stage: Stage) -> None:
    mention(stage)
    async with stage.show() as (app, pilot):
        panel = await opened(stage, "catch_up", pilot, app)
        keys = [row.key for row in panel.list.rows]
        assert keys == ["mention:call", "channel:c3", "channel:c2"]
        panel.list.move_to("channel:c2")
        await pilot.press("x")
        await until(lambda: [row.key for row in panel.list.rows] == keys[:2])
        assert stage.desk.engine.calls("mark_viewed") == []
        await pilot.press("u")
        await until(lambda: [row.key for row in panel.list.rows] == keys)
        panel.list.move_to("channel:c3")
        await pilot.press("z")
        await until(
            lambda: [row.key for row in panel.list.rows] == ["mention:call", "channel:c2", "channel:c3"]
        )
        assert "later" in said(app)
        assert panel.list.cursor_key == "channel:c2"  # the row goes down, the eye stays
        await pilot.press("u")
        await until(lambda: [row.key for row in panel.list.rows] == keys)
        assert panel.list.cursor_key == "channel:c3"  # what was taken back
        await pilot.press("z", "X")
        await shows(app, "Everything is read.")
        panel.settle()
        await until(lambda: stage.desk.engine.calls("mark_viewed"))
        assert not stage.client.catch_up.can_undo


async def test_enter_goes_to_the_mention(stage: Stage) -> None:
    mention(stage)
    async with stage.show() as (app, pilot):
        panel = await opened(stage, "catch_up", pilot, app)
        panel.list.move_to("mention:call")
        await pilot.press("enter")
        await until(lambda: main_of(app).channel_id == "c3")


async def test_threads_are_read_followed_and_opened(stage: Stage) -> None:
    follow(stage)
    async with stage.show() as (app, pilot):
        panel = await opened(stage, "threads", pilot, app)
        await shows(app, "3 replies, 2 new, 1 mention")
        await pilot.press("x")
        await until(lambda: "2 new" not in said(app))
        await pilot.press("u")
        await shows(app, "2 new")
        await pilot.press("f")
        await until(lambda: stage.desk.api.calls("follow_thread") == [(ME, "t1", "p4", False)])
        await until(lambda: not panel.list.rows)


async def test_leaving_the_list_tells_the_server(stage: Stage) -> None:
    follow(stage)
    async with stage.show() as (app, pilot):
        await opened(stage, "threads", pilot, app)
        await pilot.press("X")
        assert stage.desk.api.calls("read_thread") == []
        await main_of(app).show_tab("members")
        await until(lambda: stage.desk.api.calls("read_thread"))


async def test_a_thread_opens_at_its_first_new_reply(stage: Stage) -> None:
    follow(stage)
    async with stage.show() as (app, pilot):
        await main_of(app).open_thread("p4")
        await pilot.pause()
        thread = main_of(app).side.tab_widget("thread")
        assert isinstance(thread, ThreadTab)
        assert any(isinstance(row, NewMessagesRow) for row in thread.list.rows)
        await until(lambda: stage.desk.api.calls("read_thread"))
        await shows(app, "✓ followed")


async def test_without_collapsed_threads_my_own_conversations_are_listed(stage: Stage) -> None:
    async with stage.show() as (app, pilot):
        await opened(stage, "threads", pilot, app)
        assert "The plan" in said(app)
        await pilot.press("enter")
        await until(lambda: main_of(app).side.current == "thread")


async def test_exploring_reads_nothing(stage: Stage) -> None:
    follow(stage)
    async with stage.show() as (app, pilot):
        await pilot.press("alt+x")
        await shows(app, "Exploring")
        assert stage.desk.engine.calls("explore") == [(True,)]
        await main_of(app).open_thread("p4")
        await pilot.press("escape", "escape")  # out of the thread
        await pilot.press("escape", "escape")  # into the channel's messages, and back to writing
        await pilot.pause()
        assert stage.desk.api.calls("read_thread") == []
        assert stage.desk.engine.calls("mark_viewed") == []
        await pilot.press("alt+x")
        await until(lambda: "Exploring" not in said(app))


async def test_next_unread_leads_to_threads_at_last(stage: Stage) -> None:
    follow(stage)
    stage.client.channels.mark_all_read()
    stage.desk.store.flush()
    async with stage.show() as (app, pilot):
        await pilot.press("f4")
        await until(lambda: main_of(app).side.current == "thread")
