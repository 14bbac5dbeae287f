from __future__ import annotations

from tests.client.desk import Desk
from tests.support.makers import channel, direct, membership
from tui.client.counters import Counters, total
from tui.core.models import ServerConfig
from tui.core.unread import Unread


def counters(desk: Desk) -> Counters:
    made = Counters(desk.client.base)
    desk.client.subscribe(made.hear)
    return made


def test_counts_follow_each_change(desk: Desk) -> None:
    made = counters(desk)
    assert made.by_team() == {"t1": Unread(), "t2": Unread()}
    desk.put(lambda tx: tx.channels.bump(channel("c2", total_msg_count=3)))
    desk.put(lambda tx: tx.memberships.put([membership("c1", mention_count=1)]))
    assert made.by_team()["t1"] == Unread(3, 1)
    assert total(made.by_team()) == Unread(3, 1)
    desk.put(lambda tx: tx.memberships.put([membership("c2", notify_props={"mark_unread": "mention"})]))
    assert made.by_team()["t1"] == Unread(0, 1)


def test_channels_come_and_go(desk: Desk) -> None:
    made = counters(desk)
    made.by_team()
    desk.put(lambda tx: tx.channels.put([direct("d", "anna", total_msg_count=1)]))
    assert "d" not in made.by_channel()
    desk.put(lambda tx: tx.memberships.put([membership("d")]))
    assert made.by_team()[""] == Unread(1, 0)
    desk.put(lambda tx: tx.channels.put([direct("d", "anna", delete_at=5, update_at=5)]))
    assert "" not in made.by_team()


def test_collapsing_threads_counts_everything_anew(desk: Desk) -> None:
    made = counters(desk)
    desk.put(lambda tx: tx.channels.bump(channel("c2", total_msg_count=3, total_msg_count_root=1)))
    assert made.by_team()["t1"] == Unread(3, 0)
    desk.put(lambda tx: tx.config.put(ServerConfig({"CollapsedThreads": "always_on"})))
    assert made.by_team()["t1"] == Unread(1, 0)
