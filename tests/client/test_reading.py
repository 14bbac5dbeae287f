from __future__ import annotations

from pathlib import Path

from tests.client.desk import Desk, a_desk
from tests.support.makers import channel, direct, membership, post
from tui.core.unread import Unread


def unread(desk: Desk) -> None:
    desk.put(
        lambda tx: tx.channels.put(
            [
                channel("c1", name="town-square", total_msg_count=3),
                channel("c2", total_msg_count=2, last_post_at=50),
            ]
        )
    )
    desk.put(lambda tx: tx.memberships.put([membership("c2", mention_count=1)]))


def test_counts(desk: Desk) -> None:
    unread(desk)
    assert desk.client.channels.unread("c2") == Unread(2, 1)
    assert desk.client.channels.unread("none") == Unread()


def test_reading_is_the_engines_so_that_the_server_hears_of_it(online: Desk) -> None:
    unread(online)
    online.client.channels.mark_read("c2")
    assert online.engine.calls("mark_viewed") == [("c2",)]
    assert online.client.channels.unread("c2") == Unread(2, 1)
    assert online.client.base.view.entered["c2"] == 50


def test_reading_offline_is_noted_here(tmp_path: Path) -> None:
    with a_desk(tmp_path, offline=True) as desk:
        unread(desk)
        desk.client.channels.mark_read("c2")
        desk.store.flush()
        assert desk.client.channels.unread("c2") == Unread()


def test_all_read_can_be_undone_before_the_server_hears_of_it(online: Desk) -> None:
    unread(online)
    undo = online.client.channels.mark_all_read()
    online.store.flush()
    assert {row.channel_id for row in undo.before} == {"c1", "c2"}
    assert online.client.sidebar.total() == Unread()
    assert online.engine.calls("mark_viewed") == []
    online.client.channels.undo_read(undo)
    online.store.flush()
    assert online.client.channels.unread("c2") == Unread(2, 1)


def test_all_read_can_be_confirmed(online: Desk) -> None:
    unread(online)
    undo = online.client.channels.mark_all_read()
    online.client.channels.confirm_read(undo)
    assert sorted(online.engine.calls("mark_viewed")) == [("c1",), ("c2",)]


def test_marking_unread_moves_the_line(online: Desk) -> None:
    online.put(lambda tx: tx.posts.put([post("p", 500)]))
    online.client.channels.mark_unread("p")
    assert online.engine.calls("mark_unread") == [("p",)]
    assert online.client.base.view.entered["c1"] == 499


def test_the_next_unread_goes_round_and_mentions_come_first(desk: Desk) -> None:
    names = ["a", "b", "c", "d"]
    given = [channel(n, total_msg_count=int(n in "abd")) for n in names]
    desk.put(lambda tx: tx.channels.put(given), lambda tx: tx.memberships.put([membership(n) for n in names]))
    step = desk.client.channels.next_unread
    assert (step("a"), step("b"), step("d")) == ("b", "d", "a")
    assert (step("a", backwards=True), step("d", backwards=True)) == ("d", "b")
    assert step("not in the sidebar") == "a"
    desk.put(lambda tx: tx.memberships.put([membership("c", mention_count=1)]))
    assert (step("a"), step("d")) == ("c", "c")
    assert step("c") == "d"


def test_nothing_unread_leads_nowhere(desk: Desk) -> None:
    assert desk.client.channels.next_unread("c1") == ""
    desk.put(
        lambda tx: tx.channels.put([direct("d", "anna", total_msg_count=1)]),
        lambda tx: tx.memberships.put([membership("d")]),
    )
    assert desk.client.channels.next_unread("c1") == "d"
