"""Searching in the side panel: help while typing, marked words, the way to the message."""

from __future__ import annotations

from textual import events

from tests.support.makers import NOON, post
from tests.support.waiting import until
from tests.ui.stage import Stage, main_of, shows
from tui.core.models import PostPage
from tui.core.safe_text import safe_line
from tui.ui.app import TeleApp
from tui.ui.panels.search import Search


def panel(app: TeleApp) -> Search:
    found = main_of(app).side.tab_widget("search")
    assert isinstance(found, Search)
    return found


async def test_tab_completes_a_modifier_and_a_person_and_the_store_answers(stage: Stage) -> None:
    async with stage.show() as (app, pilot):
        await pilot.press("f7")
        await shows(app, "from: in: before:")
        await pilot.press(*"fr")
        await shows(app, "Tab: from:")
        await pilot.press("tab", *"be")
        await shows(app, "from:ben")
        await pilot.press("tab")
        assert panel(app).editor.text == "from:ben "
        await until(lambda: [row.post_id for row in panel(app).list.rows] == ["p3", "p2"])


async def test_hits_are_marked_and_enter_goes_to_the_message(stage: Stage) -> None:
    async with stage.show() as (app, pilot):
        await pilot.press("f7", *"tomorrow")
        await shows(app, "See you tomorrow")
        segments = [
            segment
            for strip in panel(app).list.render_lines(panel(app).list.region.reset_offset)
            for segment in strip
            if segment.text == "tomorrow"
        ]
        assert segments
        assert all(segment.style and segment.style.underline for segment in segments)
        await pilot.press("down", "enter")
        await until(lambda: main_of(app).timeline.list.cursor_key == "p1")


async def test_down_and_enter_in_one_burst_go_to_the_message_and_ask_nobody(stage: Stage) -> None:
    stage.desk.online()
    async with stage.show() as (app, pilot):
        await pilot.press("f7", *"tomorrow")
        await shows(app, "See you tomorrow")
        for key in ("down", "enter"):
            app.post_message(events.Key(key, None))
        await until(lambda: main_of(app).timeline.list.cursor_key == "p1")
    assert stage.desk.api.calls("search_posts") == []


async def test_a_hit_deep_in_a_long_message_is_in_sight(stage: Stage) -> None:
    stage.arrive(post("long", NOON + 10**6, user_id="ben", message="word " * 200 + "needle " + "end " * 50))
    async with stage.show() as (app, pilot):
        await pilot.press("ctrl+f", *"needle")
        await shows(app, "needle end")


async def test_the_server_is_asked_with_enter_for_a_direct_channel_by_name(stage: Stage) -> None:
    found = post("far", NOON - 1, channel_id="d1", user_id="ben", message="needle from afar")
    stage.desk.api.answers["search_posts"] = PostPage(("far",), {"far": found})
    stage.desk.online()
    async with stage.show() as (app, pilot):
        main_of(app).open_channel("d1")
        await pilot.press("ctrl+f", *"needle", "enter")
        await shows(app, "needle from afar")
        ((_team, terms),) = stage.desk.api.calls("search_posts")
        assert safe_line(terms) == "in:@ben needle"


async def test_hits_are_marked_in_the_messages_and_keys_go_from_one_to_the_next(stage: Stage) -> None:
    for n in range(3):
        text = f"needle {n}" if n != 1 else "hay"
        stage.arrive(post(f"h{n}", NOON + 10**6 + n * 60_000, user_id="ben", message=text))
    async with stage.show() as (app, pilot):
        timeline = main_of(app).timeline

        def underlined() -> list[str]:
            strips = timeline.list.render_lines(timeline.list.region.reset_offset)
            drawn = [s for strip in strips for s in strip if s.style and s.style.underline]
            return [s.text for s in drawn if s.text == "needle"]

        await pilot.press("ctrl+f", *"needle")
        await until(lambda: underlined() == ["needle", "needle"])
        timeline.list.focus()
        timeline.list.move_last()
        await until(lambda: timeline.list.has_focus and timeline.list.cursor_key == "h2")
        await pilot.press("comma")
        await until(lambda: timeline.list.cursor_key == "h0")
        await pilot.press("comma")
        await shows(app, "no further hit")
        await pilot.press("full_stop")
        await until(lambda: timeline.list.cursor_key == "h2")
        main_of(app).open_channel("d1")
        await until(lambda: underlined() == [])


async def test_a_search_everywhere_marks_nothing_in_the_messages(stage: Stage) -> None:
    async with stage.show() as (app, pilot):
        await pilot.press("f7", *"tomorrow")
        await shows(app, "See you tomorrow")
        assert main_of(app).timeline.searched is None
