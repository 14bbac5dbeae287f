"""Changes reach the screen merged, seldom enough, and none is lost."""

from __future__ import annotations

import asyncio
import threading

from tests.support.waiting import until
from tui.core.changes import Change, ChangeKind
from tui.ui.bridge import PAUSE, RUSH, RUSH_PAUSE, Bridge, Changed, merge


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


def rush_of(posts: int = RUSH + 1) -> Change:
    return Change(ChangeKind.POSTS, "c1", frozenset(f"p{n}" for n in range(posts)))


class Heard:
    """What was delivered, and how long after the one before it was due."""

    def __init__(self) -> None:
        self.now = 100.0
        self.changes: list[Changed] = []
        self.bridge = Bridge(self.changes.append, clock=lambda: self.now)
        self.bridge.open()

    async def hear(self, change: Change) -> None:
        """The time for it has come."""
        before = len(self.changes)
        self.now += 10.0
        self.bridge.hear((change,))
        await until(lambda: len(self.changes) > before)

    def due_in(self) -> float:
        timer = self.bridge._timer
        assert timer is not None
        return timer.when() - asyncio.get_running_loop().time()


async def test_h65_after_a_rush_the_next_reading_waits_longer() -> None:
    heard = Heard()
    await heard.hear(rush_of(RUSH))
    await heard.hear(rush_of())
    assert [changed.rush for changed in heard.changes] == [False, True]
    heard.bridge.hear((rush_of(),))
    await asyncio.sleep(0)
    assert PAUSE < heard.due_in() <= RUSH_PAUSE


async def test_h65_what_the_person_did_waits_for_no_rush() -> None:
    heard = Heard()
    await heard.hear(rush_of())
    heard.bridge.hear((rush_of(),))
    heard.bridge.hear((Change(ChangeKind.OUTBOX),))
    await asyncio.sleep(0)
    assert heard.due_in() <= PAUSE
    await until(lambda: len(heard.changes) == 2)
    assert heard.changes[-1].has(ChangeKind.POSTS, ChangeKind.OUTBOX)


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
