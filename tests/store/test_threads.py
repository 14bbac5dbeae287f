from __future__ import annotations

from dataclasses import replace

from tests.store.builders import a_post, heard, write
from tui.core.models import Thread
from tui.store import Store

ONE = Thread("r", "t", "c", reply_count=2, unread_replies=1, last_reply_at=5, is_following=False)
DIRECT = Thread("d", "", "x", last_reply_at=9)


def test_a_team_has_its_threads_and_those_of_direct_messages(store: Store) -> None:
    write(store, lambda tx: tx.threads.put([ONE, DIRECT, Thread("o", "other", "y")]))
    assert store.threads.of("t") == (DIRECT, ONE)
    assert store.threads.get("r") == ONE
    assert store.threads.get("none") is None
    assert [thread.id for thread in store.threads.all()] == ["d", "r", "o"]


def test_the_root_post_is_left_to_the_posts(store: Store) -> None:
    write(store, lambda tx: tx.threads.put([replace(ONE, post=a_post("r", 1))]))
    assert store.threads.get("r") == ONE
    assert store.posts.get("r") is None


def test_only_real_changes_are_told(store: Store) -> None:
    write(store, lambda tx: tx.threads.put([ONE]))
    changes = heard(store)
    write(store, lambda tx: tx.threads.put([ONE]))
    write(store, lambda tx: tx.threads.remove(["none"]))
    assert changes == []
    write(store, lambda tx: tx.threads.remove(["r"]))
    assert [change.ids for change in changes] == [frozenset("r")]
    assert store.threads.all() == ()
