"""Reading and not having read: views, unread marks, counts, pages of posts.

Invariant: `msg_count` of a membership is what was read; of an unread answer, what was not.
Source: recordings 37–42, mattermost-facts §4, §5.2.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from tui.demo import mentions, posts, shapes
from tui.demo.records import Channel, Member, Post, User, Wire
from tui.demo.refusals import Refusal

if TYPE_CHECKING:
    from tui.demo.world import World

NOTIFY_VALUES = {
    "desktop": ("desktop_notification", "notify_level", {"default", "all", "mention", "none"}),
    "push": ("push", "push_level", {"default", "all", "mention", "none"}),
    "email": ("email", "email_value", {"default", "true", "false"}),
    "mark_unread": ("mark unread level", "unread_level", {"all", "mention"}),
    "ignore_channel_mentions": (
        "ignore channel mentions",
        "ignore_channel_mentions_value",
        {"default", "on", "off"},
    ),
}


def view(world: World, user: User, channel_ids: Iterable[str]) -> dict[str, int]:
    """Marks channels read; answers last post times, even of channels the person cannot see."""
    times: dict[str, int] = {}
    for channel_id in channel_ids:
        channel = world.channels.get(channel_id)
        if channel is None:
            continue
        times[channel_id] = channel.last_post_at
        row = channel.members.get(user.id)
        if row is not None:
            _read_all(channel, row)
        world.emit("channel_viewed", {"channel_id": channel_id}, user=user.id)
    return times


def _read_all(channel: Channel, row: Member) -> None:
    row.msg_count = channel.total_msg_count
    row.msg_count_root = channel.total_msg_count_root
    row.mention_count = row.mention_count_root = 0
    row.last_viewed_at = max(row.last_viewed_at, channel.last_post_at)
    row.last_update_at = max(row.last_update_at, channel.last_post_at)


def set_unread(world: World, user: User, post: Post) -> Wire:
    """Unread from `post` on; tells the reader's devices; answers a row like a membership."""
    channel = world.channels[post.channel_id]
    row = channel.members[user.id]
    later = [p for p in world.timelines[channel.id] if p.create_at >= post.create_at and not p.delete_at]
    counted = [p for p in later if not p.is_join_leave]
    meant = [p for p in counted if user.id in mentions.mentioned(world, channel, p.user_id, p.message)]
    row.msg_count = channel.total_msg_count - len(counted)
    row.msg_count_root = channel.total_msg_count_root - sum(not p.root_id for p in counted)
    row.mention_count = len(meant)
    row.mention_count_root = sum(not p.root_id for p in meant)
    row.last_viewed_at = post.create_at - 1
    row.last_update_at = world.now()
    told: Wire = {
        "last_viewed_at": row.last_viewed_at,
        "mention_count": row.mention_count,
        "mention_count_root": row.mention_count_root,
        "msg_count": row.msg_count,
    }
    if not (post.root_id and world.uses_threads(user.id)):
        told["msg_count_root"] = row.msg_count_root
    told["post_id"] = post.id
    world.emit("post_unread", told, user=user.id, channel=channel.id, team=channel.team_id)
    return _set_unread_answer(channel, row)


def _set_unread_answer(channel: Channel, row: Member) -> Wire:
    return {
        "team_id": channel.team_id,
        "user_id": row.user_id,
        "channel_id": channel.id,
        "msg_count": row.msg_count,
        "mention_count": row.mention_count,
        "mention_count_root": row.mention_count_root,
        "msg_count_root": row.msg_count_root,
        "last_viewed_at": row.last_viewed_at,
    }


def channel_unread(channel: Channel, row: Member) -> Wire:
    """What is unread in one channel."""
    return {
        "team_id": channel.team_id,
        "channel_id": channel.id,
        "msg_count": max(0, channel.total_msg_count - row.msg_count),
        "mention_count": row.mention_count,
        "mention_count_root": row.mention_count_root,
        "msg_count_root": max(0, channel.total_msg_count_root - row.msg_count_root),
    }


def team_unread(world: World, user_id: str, team_id: str) -> Wire:
    """Totals of one team; muted channels give their mentions only."""
    total = {"msg_count": 0, "mention_count": 0, "mention_count_root": 0, "msg_count_root": 0}
    for channel in world.channels_of(user_id):
        if channel.team_id == team_id and not channel.delete_at:
            row = channel.members[user_id]
            one = channel_unread(channel, row)
            muted = row.notify_props["mark_unread"] == "mention"
            for key in total:
                total[key] += 0 if muted and key.startswith("msg") else one[key]
    return {"team_id": team_id, **total}


def set_notify_props(world: World, row: Member, props: dict[str, str]) -> None:
    """Merges keys; refuses values the server does not know."""
    for key, value in props.items():
        if key in NOTIFY_VALUES:
            words, error, allowed = NOTIFY_VALUES[key]
            if value not in allowed:
                raise Refusal(400, f"model.channel_member.is_valid.{error}.app_error", f"Invalid {words}.")
            row.notify_props[key] = value
    row.last_update_at = world.now()
    tell_member(world, row)


def tell_member(world: World, row: Member) -> None:
    data = {"channelMember": posts.text(shapes.member(row))}
    world.emit("channel_member_updated", data, user=row.user_id)


# pages of posts
def live(world: World, channel_id: str, *, roots_only: bool = False) -> list[Post]:
    """Newest first, without deleted ones and ghosts."""
    line = world.timelines.get(channel_id, [])
    return [p for p in reversed(line) if not p.delete_at and not (roots_only and p.root_id)]


def page(world: World, channel_id: str, number: int, size: int, *, roots_only: bool = False) -> Pages:
    rows = live(world, channel_id, roots_only=roots_only)
    found = rows[number * size : (number + 1) * size]
    return Pages(found, _newer(rows, found) if number else "", _older(rows, found))


def before(
    world: World, channel_id: str, anchor: str, size: int, number: int, *, roots_only: bool = False
) -> Pages:
    """Older than the anchor by time; an unknown anchor gives the empty page that looks like a start."""
    rows = live(world, channel_id, roots_only=roots_only)
    at = world.posts[anchor].create_at if anchor in world.posts else 0
    found = [p for p in rows if p.create_at < at][number * size : (number + 1) * size]
    oldest = next(reversed(rows), None)
    newer = anchor if anchor in world.posts else (oldest.id if oldest else "")
    return Pages(found, newer, _older(rows, found))


def after(
    world: World, channel_id: str, anchor: str, size: int, number: int, *, roots_only: bool = False
) -> Pages:
    """Newer than the anchor, the nearest ones, still newest first."""
    rows = live(world, channel_id, roots_only=roots_only)
    at = world.posts[anchor].create_at if anchor in world.posts else None
    newer = [p for p in rows if at is not None and p.create_at > at]
    end = len(newer) - number * size
    found = newer[max(0, end - size) : max(0, end)]
    return Pages(found, _newer(rows, found), anchor)


class Pages:
    """A page of posts with the ids of its neighbours ("" = none)."""

    def __init__(self, found: Sequence[Post], newer: str, older: str) -> None:
        self.found = list(found)
        self.newer = newer
        self.older = older


def _newer(rows: list[Post], found: Sequence[Post]) -> str:
    if not found:
        return ""
    later = [p for p in rows if p.create_at > found[0].create_at]
    return later[-1].id if later else ""


def _older(rows: list[Post], found: Sequence[Post]) -> str:
    if not found:
        return ""
    return next((p.id for p in rows if p.create_at < found[-1].create_at), "")


def since(world: World, channel_id: str, at: int, limit: int) -> list[Post]:
    """Everything changed after `at`, with tombstones and ghosts; at most `limit` rows in *no* order."""
    changed = [p for p in world.timelines.get(channel_id, []) if p.update_at > at]
    if len(changed) > limit:
        changed = sorted(changed, key=lambda p: p.id)[:limit]
    return sorted(changed, key=lambda p: p.create_at, reverse=True)


def around_unread(
    world: World, row: Member, limit_before: int, limit_after: int, *, roots_only: bool
) -> Pages | None:
    """Window about the first unread post; None = nothing ever read or nothing left to read."""
    rows = live(world, row.channel_id, roots_only=roots_only)
    unread = [p for p in rows if p.create_at > row.last_viewed_at]
    if not row.last_viewed_at or not unread:
        return None
    old = rows[len(unread) :][:limit_before]
    found = unread[max(0, len(unread) - limit_after) :] + old
    return Pages(found, _newer(rows, found), _older(rows, found))


def etag(world: World, channel_id: str) -> str:
    """Newest change of the channel; the same for each of its pages."""
    newest = max((p.update_at for p in world.timelines.get(channel_id, ())), default=0)
    return f"5.37.0.{newest}"
