"""A store with one channel in it, and the writers over it: for tests of single events."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from tests.support.clock import FakeClock
from tui.core import events
from tui.core.frames import Event
from tui.core.models import Channel, Membership, Post, Team, Thread, User
from tui.store import Store, Tx
from tui.sync.apply import apply
from tui.sync.batch import Aftermath
from tui.sync.memory import Memory

T = TypeVar("T")


class Desk:
    """I am "me", in channel "c" of team "t"; ten messages, eight of them read."""

    def __init__(self) -> None:
        self.store = Store.open(None, clock=FakeClock(), memory=True)
        self.memory = Memory()
        self.memory.known_users = {"me", "bob"}
        self.memory.loaded_teams = frozenset({"t"})
        self.write(_furnish)
        self.memory.counters_told(self.store.channels.all())

    def write(self, work: Callable[[Tx], T]) -> T:
        return self.store.write(work).result(10)

    def happen(self, *bodies: events.EventBody) -> Aftermath:
        happened = [Event(number, body) for number, body in enumerate(bodies)]
        return self.write(lambda tx: apply(tx, happened, me="me", memory=self.memory, resume=None))

    @property
    def channel(self) -> Channel:
        found = self.store.channels.get("c")
        assert found is not None
        return found

    @property
    def membership(self) -> Membership:
        found = self.store.memberships.get("c")
        assert found is not None
        return found


def _furnish(tx: Tx) -> None:
    tx.teams.replace([Team("t", "one", "One", invite_id="inv", update_at=5)])
    tx.channels.put(
        [Channel("c", "O", "c", "C", "t", total_msg_count=10, total_msg_count_root=9, last_post_at=100)]
    )
    tx.memberships.put([Membership("c", "me", msg_count=8, msg_count_root=8)])
    tx.users.put(
        [User("me", "me", update_at=1, notify_props={"desktop": "all"}), User("bob", "bob", update_at=1)]
    )
    tx.posts.put([Post("root", "c", "bob", "root", create_at=50, update_at=50)])
    tx.threads.put([Thread("root", "t", "c", 1, unread_replies=1, last_reply_at=60)])


@contextmanager
def desk() -> Iterator[Desk]:
    made = Desk()
    try:
        yield made
    finally:
        made.store.close()


def a_post(post_id: str = "p", at: int = 200, **more: str) -> Post:
    fields = {"channel_id": "c", "user_id": "bob", "message": "hi"} | more
    return Post(post_id, create_at=at, update_at=at, **fields)  # type: ignore[arg-type]
