"""Collapsed reply threads: who follows what, what is unread in it.

Invariant: events go only to people who have them switched on. Source: recording 44.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.demo import mentions, posts, shapes
from tui.demo.records import Follow, Post, Wire
from tui.demo.refusals import Refusal

if TYPE_CHECKING:
    from tui.demo.world import World


def replied(world: World, post: Post, meant: list[str]) -> None:
    """Follows the thread for author, starter and mentioned, and tells the followers."""
    if not post.root_id:
        return
    root = world.posts[post.root_id]
    channel = world.channels[post.channel_id]
    for user_id in dict.fromkeys((root.user_id, post.user_id, *meant)):
        if user_id in channel.members:
            follow(world, user_id, root.id)
    world.follows[(post.user_id, root.id)].last_viewed_at = post.create_at
    for (user_id, root_id), row in list(world.follows.items()):
        if root_id == root.id and row.following:
            row.unread_mentions += user_id in meant
            _tell(world, row)


def _tell(world: World, row: Follow) -> None:
    if world.uses_threads(row.user_id):
        data = {"thread": posts.text(shape(world, row, extended=True, event=True))}
        world.emit("thread_updated", data, user=row.user_id, team=team_of(world, row.root_id))


def team_of(world: World, root_id: str) -> str:
    return world.channels[world.posts[root_id].channel_id].team_id


def follow(world: World, user_id: str, root_id: str) -> Follow:
    row = world.follows.get((user_id, root_id))
    if row is None:
        row = world.follows[(user_id, root_id)] = Follow(root_id, user_id)
    row.following = True
    return row


def required(world: World, user_id: str, root_id: str) -> Follow:
    """The follow row; 500 where there is none, as on 5.37."""
    row = world.follows.get((user_id, root_id))
    if row is None or not row.following:
        raise Refusal(
            500,
            "app.user.get_thread_membership_for_user.app_error",
            "Unable to get user thread membership",
        )
    return row


def unread_replies(world: World, row: Follow) -> int:
    return sum(post.create_at > row.last_viewed_at for post in world.live_replies(row.root_id))


def shape(world: World, row: Follow, *, extended: bool, event: bool = False) -> Wire:
    """One thread; participants newest last writer first, as the server lists them."""
    root = world.posts[row.root_id]
    replies = world.live_replies(row.root_id)
    people = dict.fromkeys((*(post.user_id for post in reversed(replies)), root.user_id))
    order = reversed(people) if event else iter(people)
    return {
        "id": root.id,
        "reply_count": len(replies),
        "last_reply_at": replies[-1].create_at if replies else 0,
        "last_viewed_at": row.last_viewed_at,
        "participants": [shapes.participant(world.users[i], extended=extended) for i in order],
        "post": posts.shape(world, root, replies=0, bare=True),
        "unread_replies": unread_replies(world, row),
        "unread_mentions": row.unread_mentions,
    }


def of_team(world: World, user_id: str, team_id: str) -> list[Follow]:
    """Followed threads of a team (and of DMs), newest reply first."""
    rows = [
        row
        for (owner, root_id), row in world.follows.items()
        if owner == user_id and row.following and team_of(world, root_id) in ("", team_id)
    ]
    rows = [row for row in rows if not world.posts[row.root_id].delete_at and world.live_replies(row.root_id)]
    return sorted(rows, key=lambda row: world.live_replies(row.root_id)[-1].create_at, reverse=True)


def read(world: World, row: Follow, at: int) -> None:
    """Reads a thread up to `at` (ms) and tells the reader's other devices."""
    row.last_viewed_at = at
    row.unread_mentions = sum(
        row.user_id in _meant(world, post) for post in world.live_replies(row.root_id) if post.create_at > at
    )
    data = {
        "channel_id": world.posts[row.root_id].channel_id,
        "thread_id": row.root_id,
        "timestamp": at,
        "unread_mentions": row.unread_mentions,
        "unread_replies": unread_replies(world, row),
    }
    world.emit("thread_read_changed", data, user=row.user_id, team=team_of(world, row.root_id))


def _meant(world: World, post: Post) -> list[str]:
    return mentions.mentioned(world, world.channels[post.channel_id], post.user_id, post.message)
