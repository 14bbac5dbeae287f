"""Catching up and reading back: no hole is silent, no edit or deletion is missed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.quick_clock import QuickClock
from tests.sync.party import Party, a_server, party
from tui.core.errors import Offline
from tui.core.intervals import holes
from tui.core.line_profile import RICH, THIN


async def at_town(guest: Party) -> None:
    guest.engine.select_team("t1")
    guest.engine.open_channel("town")
    await guest.settled()
    await guest.eventually(lambda: guest.same_posts("town"))


async def lose_everything_for_a_while(guest: Party) -> None:
    guest.server.forget_connections()
    await guest.eventually(lambda: guest.engine.state.kind != "online")


def has_no_holes(guest: Party, channel_id: str = "town") -> bool:
    spans = guest.store.intervals.of(channel_id)
    return len(spans) == 1 and not spans[0].sealed


async def test_b17_after_129_missed_events_the_cache_equals_the_server(tmp_path: Path) -> None:
    async with party(tmp_path) as guest:
        await at_town(guest)
        guest.server.cut()
        posts = [guest.server.say("town", f"n{number}") for number in range(140)]
        guest.server.edit(posts[3].id, "edited")
        guest.server.delete(posts[5].id)
        guest.server.react(posts[7].id, "tada")
        await guest.settled()
        await guest.eventually(lambda: guest.same_posts("town"))
        assert has_no_holes(guest)
        await guest.eventually(guest.same_counters)


async def test_b18_a_flood_beyond_the_cut_of_since_is_paged_down(tmp_path: Path) -> None:
    async with party(tmp_path) as guest:
        await at_town(guest)
        await guest.settled()
        server = guest.server
        server.forget_connections()
        for number in range(2500):
            server.say("town", f"flood {number}")
        server.edit(next(iter(server.alive("town"))), "edited below the flood")
        asked = server.count()
        await guest.eventually(lambda: guest.same_posts("town"))
        assert server.count("since", "posts") <= 20
        assert server.count() - asked <= 30
        assert has_no_holes(guest)
        await guest.eventually(guest.same_counters)


async def test_b18_a_flood_too_large_leaves_a_hole_until_it_is_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tui.sync import history

    monkeypatch.setattr(history, "FLOOD_PAGES", 2)
    async with party(tmp_path) as guest:
        await at_town(guest)
        server = guest.server
        server.forget_connections()
        for number in range(1100):
            server.say("town", f"flood {number}")
        await guest.settled()
        await guest.eventually(lambda: len(guest.texts("town")) == 5 + 2 * 199)
        while found := holes(guest.store.intervals.of("town")):
            guest.engine.close_gap("town", found[-1].newer[1])
            before = len(guest.texts("town"))
            await guest.eventually(lambda before=before: len(guest.texts("town")) > before)  # type: ignore[misc]
            await guest.eventually(lambda: not guest.engine.loading("town"))
        assert guest.same_posts("town")


async def test_a_live_post_after_a_gap_shows_the_hole_before_it(tmp_path: Path) -> None:
    async with party(tmp_path) as guest:
        await at_town(guest)
        guest.engine.open_channel("lab")
        await guest.settled()
        await lose_everything_for_a_while(guest)
        guest.server.say("town", "missed", quiet=True)
        guest.engine.wake()
        await guest.settled()
        guest.server.say("town", "live")
        await guest.eventually(lambda: guest.texts("town")[-1] == "live")
        assert len(guest.store.intervals.of("town")) == 2
        guest.engine.open_channel("town")
        await guest.eventually(lambda: guest.same_posts("town"))
        assert has_no_holes(guest)


async def test_b21_old_posts_edited_and_deleted_while_away_are_brought_up_to_date(tmp_path: Path) -> None:
    clock = QuickClock()
    server = a_server(clock)
    posts = [server.say("town", f"old {number}") for number in range(15)]
    async with party(tmp_path, server=server) as guest:
        await at_town(guest)
        await lose_everything_for_a_while(guest)
        server.at += 40 * 86_400_000
        server.edit(posts[0].id, "changed")
        server.delete(posts[1].id)
        root = server.posts[posts[2].id]
        server.posts[root.id] = replace(root, is_pinned=True, update_at=server.tick())
        guest.engine.wake()
        await guest.settled()
        await guest.eventually(lambda: guest.same_posts("town"))
        assert has_no_holes(guest)


async def test_other_channels_wait_until_they_are_shown(tmp_path: Path) -> None:
    async with party(tmp_path) as guest:
        await at_town(guest)
        lab = [guest.server.say("lab", f"n{number}", "me") for number in range(3)]
        guest.engine.open_channel("lab")
        await guest.eventually(lambda: guest.same_posts("lab"))
        guest.engine.open_channel("town")
        await guest.settled()
        await lose_everything_for_a_while(guest)
        guest.server.edit(lab[0].id, "changed")
        guest.server.delete(lab[1].id)
        guest.engine.wake()
        await guest.settled()
        assert not guest.same_posts("lab")
        guest.engine.open_channel("lab")
        await guest.eventually(lambda: guest.same_posts("lab"))


async def test_scrolling_back_reaches_the_start_and_stops(tmp_path: Path) -> None:
    clock = QuickClock()
    server = a_server(clock)
    for number in range(100):
        server.say("town", f"more {number}", "me")
    async with party(tmp_path, server=server) as guest:
        guest.engine.open_channel("town")
        await guest.settled()
        await guest.eventually(lambda: len(guest.texts("town")) == RICH.first_page)
        guest.engine.load_older("town")
        await guest.eventually(lambda: len(guest.texts("town")) == RICH.first_page + RICH.older_page)
        await guest.eventually(lambda: not guest.engine.loading("town"))
        guest.engine.load_older("town")
        await guest.eventually(lambda: guest.same_posts("town"))
        await guest.eventually(lambda: not guest.engine.loading("town"))
        assert guest.store.intervals.of("town")[0].reached_start
        asked = server.count("posts")
        guest.engine.load_older("town")
        await guest.clock.sleep(5)
        assert server.count("posts") == asked


async def test_a_thin_line_fetches_smaller_pages(tmp_path: Path) -> None:
    clock = QuickClock()
    server = a_server(clock)
    for number in range(100):
        server.say("town", f"more {number}", "me")
    async with party(tmp_path, server=server) as guest:
        guest.engine.set_profile(THIN)
        guest.engine.open_channel("town")
        await guest.eventually(lambda: len(guest.texts("town")) == THIN.first_page)
        await guest.eventually(lambda: not guest.engine.loading("town"))
        guest.engine.load_older("town")
        await guest.eventually(lambda: len(guest.texts("town")) == THIN.first_page + THIN.older_page)
        await guest.eventually(lambda: not guest.engine.loading("town"))
        assert len(guest.texts("town")) == THIN.first_page + THIN.older_page
        assert THIN.older_page < RICH.older_page


async def test_older_ones_wished_for_while_the_newest_come_follow_them(tmp_path: Path) -> None:
    clock = QuickClock()
    server = a_server(clock)
    for number in range(100):
        server.say("town", f"more {number}", "me")
    async with party(tmp_path, server=server) as guest:
        await guest.settled()

        def scroll_up() -> None:
            guest.engine.load_older("town")
            guest.engine.load_older("town")

        server.fail("posts", scroll_up)
        guest.engine.open_channel("town")
        await guest.eventually(lambda: len(guest.texts("town")) == RICH.first_page + RICH.older_page)
        await guest.eventually(lambda: not guest.engine.loading("town"))
        assert len(guest.texts("town")) == RICH.first_page + RICH.older_page


async def test_an_empty_page_for_an_anchor_the_server_does_not_know_is_not_the_start(tmp_path: Path) -> None:
    clock = QuickClock()
    server = a_server(clock)
    for number in range(60):
        server.say("town", f"more {number}", "me")
    async with party(tmp_path, server=server) as guest:
        guest.engine.open_channel("town")
        await guest.settled()
        await guest.eventually(lambda: len(guest.texts("town")) == RICH.first_page)
        lost = guest.store.intervals.of("town")[0].oldest[1]
        del server.posts[lost]
        guest.engine.load_older("town")
        await guest.eventually(lambda: guest.same_posts("town"))
        assert guest.store.intervals.of("town")[0].reached_start


async def test_a_page_takes_away_what_the_server_no_longer_has(tmp_path: Path) -> None:
    clock = QuickClock()
    server = a_server(clock)
    async with party(tmp_path, server=server) as guest:
        await at_town(guest)
        gone = next(iter(server.alive("town")))
        server.posts[gone] = replace(server.posts[gone], delete_at=server.at)
        await guest.store_write(lambda tx: tx.marks.remove("channel:town"))
        guest.engine.open_channel("lab")
        guest.engine.open_channel("town")
        await guest.eventually(lambda: guest.same_posts("town"))


async def test_an_open_thread_is_fetched_whole(tmp_path: Path) -> None:
    clock = QuickClock()
    server = a_server(clock)
    root = server.say("town", "root")
    replies = [server.say("town", f"reply {number}", root_id=root.id) for number in range(3)]
    async with party(tmp_path, server=server) as guest:
        await guest.online()
        guest.engine.open_thread(root.id)
        await guest.eventually(lambda: len(guest.store.posts.thread(root.id)) == 4)
        server.posts[replies[0].id] = replace(server.posts[replies[0].id], delete_at=server.at)
        guest.engine.open_thread(root.id)
        await guest.eventually(lambda: len(guest.store.posts.thread(root.id)) == 3)


async def test_offline_history_waits_without_harm(tmp_path: Path) -> None:
    async with party(tmp_path, start=False) as guest:
        guest.server.down = Offline("dns")
        guest.start()
        guest.engine.open_channel("town")
        guest.engine.load_older("town")
        await guest.eventually(lambda: guest.engine.state.kind == "offline")
        assert guest.texts("town") == []
        guest.server.down = None
        guest.engine.wake()
        await guest.settled()
        await guest.eventually(lambda: guest.same_posts("town"))


async def test_a_message_far_back_comes_with_its_surroundings_and_leaves_a_hole(tmp_path: Path) -> None:
    async with party(tmp_path) as guest:
        for number in range(120):
            guest.server.say("town", f"n{number}")
        guest.engine.select_team("t1")
        await guest.settled()
        guest.engine.open_channel("town")
        await guest.eventually(lambda: guest.texts("town")[-1:] == ["n119"])
        far = sorted(guest.server.alive("town"), key=lambda i: guest.server.posts[i].create_at)[20]
        assert await guest.engine.show_post(far) == "town"
        middle = [post.message for post in guest.store.posts.around("town", far, 5)]
        wanted = guest.server.posts[far].message
        assert wanted in middle
        assert len(guest.store.intervals.of("town")) == 2


async def test_messages_of_one_millisecond_are_all_read_wherever_a_page_ends(tmp_path: Path) -> None:
    clock = QuickClock()
    server = a_server(clock)
    moment = server.at
    for number in range(150):
        post = server.say("town", f"bot {number}", "me")
        server.posts[post.id] = replace(post, create_at=moment + number // 3, update_at=moment + number // 3)
    async with party(tmp_path, server=server) as guest:
        guest.engine.open_channel("town")
        await guest.settled()
        await guest.eventually(lambda: len(guest.texts("town")) > RICH.first_page // 2)
        await read_to_the_start(guest)
        assert guest.same_posts("town")


async def test_more_messages_of_one_millisecond_than_a_page_holds_do_not_stop_the_way_back(
    tmp_path: Path,
) -> None:
    clock = QuickClock()
    server = a_server(clock)
    moment = server.at
    for number in range(RICH.older_page * 3):
        post = server.say("town", f"bot {number}", "me")
        server.posts[post.id] = replace(post, create_at=moment, update_at=moment)
    newest = [server.say("town", f"n{number}") for number in range(RICH.first_page)]
    async with party(tmp_path, server=server) as guest:
        guest.engine.open_channel("town")
        await guest.settled()
        await guest.eventually(lambda: guest.texts("town")[-1:] == [newest[-1].message])
        await read_to_the_start(guest)
        assert set(guest.texts("town")) >= {post.message for post in newest}
        assert server.posts[min(server.alive("town"), key=lambda i: server.posts[i].create_at)].message in (
            guest.texts("town")
        )


async def read_to_the_start(guest: Party) -> None:
    for _ in range(30):
        if guest.store.intervals.of("town")[0].reached_start:
            return
        asked = guest.server.count("posts")
        guest.engine.load_older("town")
        await guest.eventually(lambda asked=asked: guest.server.count("posts") > asked)  # type: ignore[misc]
        await guest.eventually(lambda: not guest.engine.loading("town"))
    raise AssertionError("the way back has no end")
