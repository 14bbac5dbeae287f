"""The tabs of the side panel: files, thread, members, pinned, saved, mentions, threads, search."""

from __future__ import annotations

from tests.support.makers import NOON, post
from tests.support.waiting import until
from tests.ui.stage import SMALL, Stage, collapse, main_of, said, shows
from tui.core.folders import FoldersLink, FoldersSnapshot, FolderState, FolderView
from tui.core.models import Target, Thread
from tui.ui.messages import PostChosen
from tui.ui.panels.thread import Thread as ThreadTab


async def test_files_come_first_and_say_what_is_missing(stage: Stage) -> None:
    async with stage.show() as (app, _pilot):
        assert "switched" in said(app)
        folder = FolderView("f", "Projects", FolderState.UP_TO_DATE)
        stage.client.folders.publish(FoldersSnapshot(FoldersLink.OK, folders=(folder,)))
        await shows(app, "✓ Projects")


async def test_a_thread_has_its_own_composer(stage: Stage) -> None:
    async with stage.show() as (app, pilot):
        await main_of(app).open_thread("p4")
        await pilot.pause()
        thread = main_of(app).side.tab_widget("thread")
        assert isinstance(thread, ThreadTab)
        assert thread.composer.editor.has_focus
        await pilot.press(*"in here", "enter")
        (item,) = stage.client.outbox.all()
        assert item.target == Target("c1", "p4")
        await shows(app, "waits its turn")
        assert main_of(app).composer.editor.text == ""
        await pilot.press("escape")
        await pilot.pause()


async def test_escape_leads_out_of_a_thread_step_by_step(stage: Stage) -> None:
    async with stage.show(SMALL) as (app, pilot):
        main = main_of(app)
        await main.open_thread("p4")
        thread = main.side.tab_widget("thread")
        assert isinstance(thread, ThreadTab)
        await pilot.press("pageup")
        await until(lambda: thread.list.has_focus)
        main.focus_area("side")
        await pilot.press(*"half", "escape")
        await until(lambda: thread.list.has_focus)
        assert main.side.display
        await pilot.press("escape")
        await until(lambda: main.composer.editor.has_focus and not main.side.display)
        assert stage.desk.engine.calls("mark_viewed") == []
        await main.open_thread("p4")
        assert thread.composer.editor.text == "half"


async def test_members_with_presence(stage: Stage) -> None:
    async with stage.show() as (app, pilot):
        await main_of(app).show_tab("members")
        await shows(app, "● Ben Osterhagen")
        await pilot.pause()
        assert "◑ Rosa Übelhör" in said(app)


async def test_pinned_messages_lead_to_where_they_are(stage: Stage) -> None:
    async with stage.show() as (app, pilot):
        await main_of(app).show_tab("pinned")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert any(isinstance(m, PostChosen) and m.post_id == "p4" for m in stage.seen)
        assert main_of(app).timeline.list.cursor_key == "p4"
        assert main_of(app).timeline.list.has_focus


async def test_saved_messages(stage: Stage) -> None:
    async with stage.show() as (app, pilot):
        stage.client.posts.save("p3", True)
        await main_of(app).show_tab("saved")
        await pilot.pause()
        assert "Saved" in said(app).split("\n")[0]


async def test_followed_threads_with_new_replies(stage: Stage) -> None:
    collapse(stage)
    stage.put(lambda tx: tx.threads.put([Thread("p4", "t1", "c1", reply_count=3, unread_replies=2)]))
    async with stage.show() as (app, _pilot):
        await main_of(app).show_tab("threads")
        await shows(app, "3 replies, 2 new")


async def test_searching_here_answers_while_typing(stage: Stage) -> None:
    stage.put(lambda tx: tx.posts.put([post("x1", NOON, channel_id="c2", user_id="ben", message="plan B")]))
    async with stage.show() as (app, pilot):
        await pilot.press("ctrl+f")
        await shows(app, "Search in this channel")
        await pilot.press(*"plan")
        await shows(app, "~Town Square")
        assert "plan B" not in said(app)
        await pilot.press("down")
        await pilot.press("enter")
        await pilot.pause()
        assert main_of(app).timeline.list.cursor_key == "p4"


async def test_searching_everywhere_asks_the_server_on_enter(stage: Stage) -> None:
    found = post("s1", NOON + 5, channel_id="c2", user_id="rosa", message="found by the server")
    async with stage.show() as (app, pilot):
        from tui.core.models import PostPage

        stage.desk.api.answers["search_posts"] = PostPage(("s1",), {"s1": found})
        await pilot.press("f7")
        await shows(app, "Search everywhere")
        await pilot.press(*"server", "enter")
        await shows(app, "found by the server")


async def test_the_tabs_go_round(stage: Stage) -> None:
    async with stage.show((120, 20)) as (app, pilot):
        side = main_of(app).side
        seen = [side.current]
        for _ in range(4):
            await pilot.press("alt+o")
            await pilot.pause()
            seen.append(side.current)
        assert seen == ["folders", "thread", "members", "pinned", "folders"]


async def test_the_panel_can_be_put_away(stage: Stage) -> None:
    async with stage.show() as (app, pilot):
        await pilot.press("f8")
        await pilot.pause()
        assert "Files  Thread" not in said(app)
        await pilot.press("f8")
        await pilot.pause()
        assert "Files  Thread" in said(app)
