from __future__ import annotations

from dataclasses import replace

from tests.client.desk import Desk
from tests.client.test_threads import ONE, collapse
from tests.support.makers import NOON, post
from tests.support.waiting import wait_until
from tui.store import Tx


def crowd(desk: Desk) -> None:
    """A mention in c1, something unread in c2."""

    def put(tx: Tx) -> None:
        one, two = tx.channels.get("c1"), tx.channels.get("c2")
        assert one
        assert two
        tx.channels.put(
            [
                replace(one, total_msg_count=3, total_msg_count_root=3, last_post_at=NOON),
                replace(two, total_msg_count=1, total_msg_count_root=1, last_post_at=NOON + 1),
            ]
        )
        row = tx.memberships.get("c1")
        assert row
        tx.memberships.put([replace(row, mention_count=1, mention_count_root=1)])
        tx.posts.put([post("m", NOON, message="hello @me", user_id="anna")])  # fmt: skip

    desk.put(put)


def keys(desk: Desk) -> list[str]:
    return [item.key for item in desk.client.catch_up.items()]


def test_mentions_threads_and_channels_in_this_order(online: Desk) -> None:
    crowd(online)
    collapse(online)
    online.put(lambda tx: tx.threads.put([ONE]), lambda tx: tx.posts.put([post("r1")]))
    assert keys(online) == ["mention:m", "thread:r1", "channel:c1", "channel:c2"]
    assert online.client.catch_up.items()[0].message == "hello @me"


def test_what_is_read_can_be_taken_back_until_it_is_settled(online: Desk) -> None:
    crowd(online)
    catch_up = online.client.catch_up
    before = online.store.memberships.all()
    catch_up.read(catch_up.items()[1])
    online.store.flush()
    assert keys(online) == ["channel:c2"]
    assert online.engine.calls("mark_viewed") == []
    assert catch_up.undo()
    online.store.flush()
    assert online.store.memberships.all() == before
    assert not catch_up.undo()
    catch_up.read(catch_up.items()[1])
    catch_up.settle()
    wait_until(lambda: online.engine.calls("mark_viewed") == [("c1",)])
    assert not catch_up.can_undo


def test_a_mention_alone_may_be_ticked_off(online: Desk) -> None:
    crowd(online)
    catch_up = online.client.catch_up
    catch_up.read(catch_up.items()[0])
    assert keys(online) == ["channel:c1", "channel:c2"]
    catch_up.undo()
    assert keys(online)[0] == "mention:m"


def test_later_sinks_until_something_new_comes(online: Desk) -> None:
    crowd(online)
    catch_up = online.client.catch_up
    catch_up.put_off(catch_up.items()[1])
    assert keys(online) == ["mention:m", "channel:c2", "channel:c1"]
    assert catch_up.items()[-1].later

    def newer(tx: Tx) -> None:
        channel = tx.channels.get("c1")
        assert channel
        tx.channels.put([replace(channel, last_post_at=NOON + 9)])

    online.put(newer)
    assert keys(online)[1] == "channel:c1"


def test_all_at_once_with_threads(online: Desk) -> None:
    crowd(online)
    collapse(online)
    online.put(lambda tx: tx.threads.put([ONE]), lambda tx: tx.posts.put([post("r1")]))
    step = online.client.catch_up.read_all()
    assert (len(step.channels.before), len(step.threads), len(step.mentions)) == (2, 1, 1)
    online.store.flush()
    assert keys(online) == []
    online.client.catch_up.undo()
    online.store.flush()
    assert len(keys(online)) == 4
    assert online.api.calls("read_thread") == []
    online.client.catch_up.read_all()
    online.client.catch_up.settle()
    wait_until(lambda: online.api.calls("read_thread") == [("me", "t1", "r1", 50)])
