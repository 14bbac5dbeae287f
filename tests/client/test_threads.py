from __future__ import annotations

from tests.client.desk import Desk
from tests.support.makers import post
from tests.support.waiting import wait_until
from tui.core.models import ServerConfig, Thread
from tui.core.unread import Unread

ONE = Thread(
    "r1", "t1", "c1", reply_count=3, unread_replies=2, unread_mentions=1, last_reply_at=50, post=post("r1")
)


def collapse(desk: Desk) -> None:
    desk.put(lambda tx: tx.config.put(ServerConfig({"CollapsedThreads": "always_on"})))


def test_followed_threads_are_fetched_and_counted(online: Desk) -> None:
    collapse(online)
    online.api.answers["fetch_threads"] = [ONE, Thread("r2", "t1", "c1", is_following=False)]
    wait_until(lambda: [thread.id for thread in online.client.threads.all()] == ["r1"])
    assert online.client.threads.unread() == Unread(2, 1)
    assert online.store.posts.get("r1") is not None
    assert online.api.calls("fetch_threads") == [("me", "t1")]


def test_without_collapsed_threads_nothing_is_asked(online: Desk) -> None:
    assert online.client.threads.all() == ()
    assert online.api.calls("fetch_threads") == []


def test_an_opened_thread_is_read(online: Desk) -> None:
    collapse(online)
    online.put(lambda tx: tx.threads.put([ONE]), lambda tx: tx.posts.put([post("r1")]))
    online.client.threads.open("r1")
    assert online.engine.calls("open_thread") == [("r1",)]
    wait_until(lambda: online.api.calls("read_thread") == [("me", "t1", "r1", 50)])
    online.store.flush()
    thread = online.client.threads.get("r1")
    assert thread is not None
    assert thread.unread_replies == thread.unread_mentions == 0
    online.client.threads.open("r1")
    online.client.threads.open("")
    assert len(online.api.calls("read_thread")) == 1


def test_following(online: Desk) -> None:
    online.put(lambda tx: tx.posts.put([post("r1")]))
    online.client.threads.follow("r1", True).result(10)
    assert online.api.calls("follow_thread") == [("me", "t1", "r1", True)]
