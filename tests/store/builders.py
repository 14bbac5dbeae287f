"""Small makers of what the tests put into a store, and takers of what they find there."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any, TypeVar

from tests.support.clock import FakeClock
from tui.core.changes import Change
from tui.core.models import OutboxItem, Post, Reaction, Target
from tui.store import DeskTx, Store, Tx
from tui.store.lease import Lease, Refused, acquire

T = TypeVar("T")


def a_post(post_id: str, at: int, message: str = "", **more: Any) -> Post:
    """A post of channel c by user u, made and last changed at `at`."""
    fields: dict[str, Any] = {"channel_id": "c", "user_id": "u", "create_at": at, "update_at": at} | more
    return Post(post_id, message=message or f"text of {post_id}", **fields)


def a_reaction(post_id: str, at: int, emoji: str = "+1", user_id: str = "u") -> Reaction:
    return Reaction(post_id, user_id, emoji, at)


def a_removal(post_id: str, at: int, emoji: str = "+1", user_id: str = "u") -> Reaction:
    """As the event says it: no `create_at`."""
    return Reaction(post_id, user_id, emoji, 0, at)


def an_item(cid: str, text: str = "hi", channel_id: str = "c", root_id: str = "") -> OutboxItem:
    return OutboxItem(cid, "post", Target(channel_id, root_id), text)


def write(store: Store, work: Callable[[Tx], T]) -> T:
    return store.write(work).result(10)


def write_desk(store: Store, work: Callable[[DeskTx], T]) -> T:
    return store.write_desk(work).result(10)


def put(store: Store, *posts: Post) -> None:
    write(store, lambda tx: tx.posts.put(posts))


def ids(posts: tuple[Post, ...]) -> list[str]:
    return [post.id for post in posts]


def heard(store: Store) -> list[Change]:
    """A list that fills with what the store publishes."""
    changes: list[Change] = []
    store.subscribe(changes.extend)
    return changes


def error_of(future: Future[Any]) -> str:
    """The id of the trouble that a Future carries."""
    error = future.exception(10)
    return str(getattr(error, "id", error))


def a_lease(path: Path, *, shared: bool = False, host: str = "") -> Lease:
    lease = acquire(path, FakeClock().now(), shared=shared, host=host)
    assert not isinstance(lease, Refused)
    return lease


def smash_pages_with(path: Path, text: bytes, page: int = 4096) -> None:
    """Tear the pages of a database that hold `text`."""
    content = bytearray(path.read_bytes())
    for start in range(0, len(content), page):
        if text in content[start : start + page]:
            content[start : start + 64] = b"\xa5" * 64
    path.write_bytes(content)


def was_killed(directory: Path) -> None:
    """Make the lease look as after kill -9: the next start reads every page."""
    lease = directory / "lease"
    lease.write_text(lease.read_text().replace('"clean":true', '"clean":false'))
