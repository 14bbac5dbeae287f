"""Changes reach the screen merged, seldom enough, and none is lost."""

from __future__ import annotations

import threading

from tests.support.waiting import until
from tui.core.changes import Change, ChangeKind
from tui.ui.bridge import Bridge, Changed, merge


def test_merging_keeps_kinds_channels_and_ids() -> None:
    changed = merge(
        [
            Change(ChangeKind.POSTS, "c1", frozenset({"p1"})),
            Change(ChangeKind.POSTS, "c2", frozenset({"p2"})),
            Change(ChangeKind.USERS),
        ]
    )
    assert changed.has(ChangeKind.USERS)
    assert not changed.has(ChangeKind.TEAMS, ChangeKind.EMOJI)
    assert changed.posts_of("c1")
    assert not changed.posts_of("c3")
    assert changed.ids == {ChangeKind.POSTS: frozenset({"p1", "p2"})}


def test_a_change_without_a_channel_concerns_every_timeline() -> None:
    assert merge([Change(ChangeKind.OUTBOX)]).posts_of("any")


async def test_a_flood_becomes_few_readings_and_nothing_is_lost() -> None:
    heard: list[Changed] = []
    bridge = Bridge(heard.append)
    bridge.open()

    def flood() -> None:
        for number in range(5_000):
            bridge.hear((Change(ChangeKind.POSTS, f"c{number % 40}", frozenset({f"p{number}"})),))

    threads = [threading.Thread(target=flood) for _ in range(2)]
    for thread in threads:
        thread.start()
    posts: set[str] = set()

    def everything() -> bool:
        posts.update(*(changed.ids[ChangeKind.POSTS] for changed in heard))
        return len(posts) == 5_000

    await until(everything)
    for thread in threads:
        thread.join()
    assert len(heard) < 100


async def test_what_came_before_the_loop_is_delivered() -> None:
    heard: list[Changed] = []
    bridge = Bridge(heard.append)
    bridge.hear((Change(ChangeKind.TEAMS),))
    bridge.open()
    await until(lambda: heard)
    assert heard[0].has(ChangeKind.TEAMS)


async def test_nothing_is_delivered_after_close() -> None:
    heard: list[Changed] = []
    bridge = Bridge(heard.append)
    bridge.open()
    bridge.close()
    bridge.hear((Change(ChangeKind.TEAMS),))
    assert heard == []
