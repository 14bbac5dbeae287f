"""Writes the events about posts into the store.

Invariant: the store merges versions of a post by its times, so each writer may run twice, late or out of
order; counters go through `Memory.count_once`.
"""

from __future__ import annotations

from dataclasses import replace

from tui.core.changes import Change, ChangeKind
from tui.core.events import (
    DialogOpened,
    EphemeralMessage,
    PostAcknowledged,
    PostDeleted,
    Posted,
    PostEdited,
    PostUnread,
    ReactionAdded,
    ReactionRemoved,
    Typing,
)
from tui.core.ids import UserId
from tui.core.models import Channel, Membership, Post
from tui.core.notify_rules import calls_me, is_news, topic_calls_me, wants_replies, wished
from tui.core.outbox import cid_of
from tui.core.unread import after_posted, after_viewed
from tui.sync import marks
from tui.sync.batch import Batch


def posted(batch: Batch, event: Posted) -> None:
    post = event.post
    if post.original_id:
        return
    _store(batch, post)
    if (early := batch.memory.early(post.id)) is not None:
        _store(batch, early)
    batch.after.wrote.append((post.channel_id, post.root_id, post.user_id))
    if post.delete_at:
        return
    batch.tx.intervals.extend(post.channel_id, (post.create_at, post.id))
    _advance(batch, post)
    _count_reply(batch, post)
    _count(batch, event)
    _own_echo(batch, post)
    _call(batch, event)


def post_edited(batch: Batch, event: PostEdited) -> None:
    post = event.post
    batch.after.withdrawn.add(post.id)
    if _belongs(batch, post):
        _store(batch, post)
        _advance(batch, post)
        _own_echo(batch, post)
    else:
        batch.memory.keep_early(post)


def post_deleted(batch: Batch, event: PostDeleted) -> None:
    """The event shows the post as it was: its name alone says that it is gone, with all its replies."""
    post = event.post
    batch.after.withdrawn.add(post.id)
    batch.tx.posts.delete(post.id, max(post.update_at, post.create_at, 1))
    batch.saw(post.update_at)


def ephemeral_message(batch: Batch, event: EphemeralMessage) -> None:
    batch.after.ephemerals.append(event.post)
    batch.need_user(event.post.user_id)


def reaction_added(batch: Batch, event: ReactionAdded) -> None:
    batch.tx.posts.add_reaction(event.reaction)
    batch.need_user(event.reaction.user_id)
    batch.saw(event.reaction.create_at)


def reaction_removed(batch: Batch, event: ReactionRemoved) -> None:
    batch.tx.posts.remove_reaction(event.reaction)


def post_acknowledged(batch: Batch, event: PostAcknowledged) -> None:
    batch.tx.posts.acknowledge(event.post_id, event.user_id, event.at)
    batch.need_user(event.user_id)


def dialog_opened(batch: Batch, event: DialogOpened) -> None:
    batch.after.dialogs.append(event.dialog)


def typing(batch: Batch, event: Typing) -> None:
    batch.after.typing.append(event)
    batch.need_user(event.user_id)


def post_unread(batch: Batch, event: PostUnread) -> None:
    """I marked a post unread, here or elsewhere: nothing is to be read by itself until I come back."""
    row = event.membership
    channel, stored = batch.tx.channels.get(row.channel_id), batch.tx.memberships.get(row.channel_id)
    if channel is None or stored is None:
        batch.after.needs.channels.add(row.channel_id)
        return
    roots = row.msg_count_root if event.has_root_counts else _read_roots(channel, row)
    batch.tx.memberships.put(
        [
            replace(
                stored,
                msg_count=row.msg_count,
                msg_count_root=roots,
                mention_count=row.mention_count,
                mention_count_root=row.mention_count_root,
                last_viewed_at=row.last_viewed_at,
                manually_unread=True,
            )
        ]
    )


def _read_roots(channel: Channel, row: Membership) -> int:
    """5.37 may omit the root count: assume that what is unread are roots."""
    return max(0, channel.total_msg_count_root - max(0, channel.total_msg_count - row.msg_count))


def _store(batch: Batch, post: Post) -> None:
    batch.tx.posts.put([post], from_event=True)
    batch.need_user(post.user_id)
    batch.saw(post.update_at)


def _belongs(batch: Batch, post: Post) -> bool:
    """An edit of an old post that we do not hold is left alone: history brings it when it is read."""
    if batch.tx.posts.get(post.id) is not None:
        return True
    spans = batch.tx.intervals.of(post.channel_id)
    return bool(spans) and (post.create_at, post.id) >= spans[-1].oldest


def _advance(batch: Batch, post: Post) -> None:
    """Moves the channel's mark, where the channel is in step."""
    mark = marks.read_channel(batch.tx, post.channel_id)
    if mark is None or mark.generation != batch.memory.generation:
        return
    moved = replace(
        mark,
        update_at=max(mark.update_at, post.update_at),
        head=max(mark.head, (post.create_at, post.id)),
    )
    if moved != mark:
        marks.write_channel(batch.tx, post.channel_id, moved)


def _count_reply(batch: Batch, post: Post) -> None:
    """A reply's event carries the counter of its root; the store keeps the newer of two."""
    if not post.root_id:
        return
    if post.reply_count:
        batch.tx.posts.set_reply_count(post.root_id, post.reply_count, post.create_at)
    if post.channel_id == batch.memory.focus and batch.tx.posts.get(post.root_id) is None:
        batch.after.needs.roots.add(post.root_id)


def _count(batch: Batch, event: Posted) -> None:
    post = event.post
    channel = batch.tx.channels.get(post.channel_id)
    membership = batch.tx.memberships.get(post.channel_id)
    if channel is None or membership is None:
        _note_elsewhere(batch, event)
    elif batch.memory.count_once(post):
        channel, counted = after_posted(channel, membership, post, batch.me in event.mentions, batch.me)
        looked_at = post.channel_id == batch.memory.focus and not batch.memory.exploring
        if looked_at and not counted.manually_unread:
            counted = after_viewed(channel, counted, post.create_at)
            if not _marks_itself(post, batch.me):
                batch.after.seen.add(post.channel_id)
        batch.tx.channels.bump(channel)
        batch.tx.memberships.put([counted])


def _marks_itself(post: Post, me: UserId) -> bool:
    """Whoever writes has read: the server notes that by itself, but not for what a webhook writes."""
    return post.user_id == me and not post.props.get("from_webhook")


def _note_elsewhere(batch: Batch, event: Posted) -> None:
    """A channel that we do not hold: of a team not looked at yet, whose badge is enough, or a new one."""
    if event.team_id and event.team_id not in batch.memory.loaded_teams:
        batch.after.needs.team_unreads = True
    else:
        batch.after.needs.channels.add(event.post.channel_id)


def _own_echo(batch: Batch, post: Post) -> None:
    if post.user_id == batch.me and (cid := cid_of(post)):
        batch.after.own.append((cid, post))


def _topic_calls(batch: Batch, post: Post) -> bool:
    """A plugin's meeting whose topic names me."""
    if not post.type.startswith("custom_") or post.user_id == batch.me or post.delete_at:
        return False
    me = batch.tx.users.get(batch.me)
    return topic_calls_me(post, me.username if me else "")


def _call(batch: Batch, event: Posted) -> None:
    """Says that the post is for me; whether I am to be told now is not decided here."""
    post = event.post
    if calls_me(event, batch.me) or _topic_calls(batch, post):
        batch.after.changes.append(Change(ChangeKind.NOTIFY, post.channel_id, frozenset({post.id})))
    elif is_news(event, batch.me) and _is_wanted(batch, post):
        batch.after.changes.append(Change(ChangeKind.NEWS, post.channel_id, frozenset({post.id})))


def _is_wanted(batch: Batch, post: Post) -> bool:
    """I asked to be told of everything in that channel, or follow that thread."""
    me, here = batch.tx.users.get(batch.me), batch.tx.memberships.get(post.channel_id)
    if here is not None and wished(here, me) == "all":
        return True
    return bool(post.root_id) and wants_replies(batch.tx.threads.get(post.root_id), me)
