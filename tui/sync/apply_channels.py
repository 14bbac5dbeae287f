"""Writes the events about channels, memberships, categories, teams and threads into the store.

Invariant: an event that tells less than the whole truth makes a need, never a guess.
"""

from __future__ import annotations

from dataclasses import replace

from tui.core.events import (
    AddedToTeam,
    CategoryCreated,
    CategoryDeleted,
    CategoryOrderUpdated,
    CategoryUpdated,
    ChannelConverted,
    ChannelCreated,
    ChannelDeleted,
    ChannelMemberUpdated,
    ChannelRestored,
    ChannelUpdated,
    ChannelViewed,
    DirectAdded,
    GroupAdded,
    LeaveTeam,
    TeamDeleted,
    TeamRestored,
    TeamUpdated,
    ThreadFollowChanged,
    ThreadReadChanged,
    ThreadUpdated,
    UserAdded,
    UserRemoved,
)
from tui.core.ids import ChannelId, Millis, TeamId
from tui.core.models import Team, Thread
from tui.core.unread import after_viewed
from tui.sync import marks
from tui.sync.batch import Batch


def channel_viewed(batch: Batch, event: ChannelViewed) -> None:
    for channel_id, at in event.times.items():
        _viewed(batch, channel_id, at)


def _viewed(batch: Batch, channel_id: ChannelId, at: Millis) -> None:
    channel, membership = batch.tx.channels.get(channel_id), batch.tx.memberships.get(channel_id)
    if channel is None or membership is None:
        batch.after.needs.team_unreads = True
        return
    read = after_viewed(channel, membership, at or channel.last_post_at)
    batch.tx.memberships.put([replace(read, manually_unread=False)])


def channel_named(batch: Batch, event: ChannelCreated | ChannelConverted | DirectAdded | GroupAdded) -> None:
    """Only the id is told."""
    batch.after.needs.channels.add(event.channel_id)


def channel_updated(batch: Batch, event: ChannelUpdated) -> None:
    """Its counters may be older than ours: the store keeps the larger ones."""
    if event.channel is None or batch.tx.channels.get(event.channel_id) is None:
        batch.after.needs.channels.add(event.channel_id)
    else:
        batch.tx.channels.put([event.channel])


def channel_deleted(batch: Batch, event: ChannelDeleted) -> None:
    _set_archived(batch, event.channel_id, max(1, event.delete_at))


def channel_restored(batch: Batch, event: ChannelRestored) -> None:
    _set_archived(batch, event.channel_id, 0)
    batch.after.needs.channels.add(event.channel_id)


def _set_archived(batch: Batch, channel_id: ChannelId, delete_at: Millis) -> None:
    """5.37 tells the whole team, members or not."""
    stored = batch.tx.channels.get(channel_id)
    if stored is not None:
        batch.tx.channels.put([replace(stored, delete_at=delete_at)])


def channel_member_updated(batch: Batch, event: ChannelMemberUpdated) -> None:
    """Sent for roles and notify_props; its counters may be older than what was counted since."""
    row = event.membership
    stored = batch.tx.memberships.get(row.channel_id)
    if row.user_id not in ("", batch.me):
        return
    if stored is None:
        batch.after.needs.channels.add(row.channel_id)
    else:
        batch.tx.memberships.put([replace(stored, roles=row.roles, notify_props=row.notify_props)])


def user_added(batch: Batch, event: UserAdded) -> None:
    if event.user_id == batch.me:
        batch.after.needs.channels.add(event.channel_id)
    else:
        batch.need_user(event.user_id)


def user_removed(batch: Batch, event: UserRemoved) -> None:
    """The removed person's own copy names no user. What is written there from now on is not told to me."""
    if event.user_id in ("", batch.me):
        batch.tx.memberships.remove([event.channel_id])
        batch.tx.channels.remove([event.channel_id])
        batch.tx.intervals.open_gap(event.channel_id)
        batch.tx.marks.remove(marks.channel_key(event.channel_id))


def added_to_team(batch: Batch, event: AddedToTeam) -> None:
    if event.user_id == batch.me:
        batch.after.needs.teams = batch.after.needs.team_unreads = True


def leave_team(batch: Batch, event: LeaveTeam) -> None:
    if event.user_id == batch.me:
        _drop_team(batch, event.team_id)


def team_updated(batch: Batch, event: TeamUpdated) -> None:
    """The event's team is sanitised: our invite_id stays."""
    teams = batch.tx.teams.all()
    if any(team.id == event.team.id for team in teams):
        batch.tx.teams.replace([_renewed(team, event.team) for team in teams])


def _renewed(stored: Team, told: Team) -> Team:
    if stored.id != told.id or told.update_at < stored.update_at:
        return stored
    return replace(told, invite_id=told.invite_id or stored.invite_id)


def team_deleted(batch: Batch, event: TeamDeleted) -> None:
    """The whole server hears of it."""
    _drop_team(batch, event.team.id)


def team_restored(batch: Batch, _event: TeamRestored) -> None:
    batch.after.needs.teams = batch.after.needs.team_unreads = True


def _drop_team(batch: Batch, team_id: TeamId) -> None:
    teams = batch.tx.teams.all()
    kept = [team for team in teams if team.id != team_id]
    if len(kept) < len(teams):
        batch.tx.teams.replace(kept)
        batch.after.needs.team_unreads = True


def category_changed(
    batch: Batch, event: CategoryCreated | CategoryUpdated | CategoryDeleted | CategoryOrderUpdated
) -> None:
    """Every preference write fires one without a team, which means nothing here."""
    if event.team_id:
        batch.after.needs.categories.add(event.team_id)


def thread_updated(batch: Batch, event: ThreadUpdated) -> None:
    stored = batch.tx.threads.get(event.thread.id)
    if stored is None or event.thread.last_reply_at >= stored.last_reply_at:
        batch.tx.threads.put([_placed(event.thread, stored)])
    if event.thread.post is not None:
        batch.need_user(event.thread.post.user_id)


def _placed(told: Thread, stored: Thread | None) -> Thread:
    """Threads of direct messages name no team in events."""
    if stored is None:
        return told
    return replace(
        told, team_id=told.team_id or stored.team_id, channel_id=told.channel_id or stored.channel_id
    )


def thread_read_changed(batch: Batch, event: ThreadReadChanged) -> None:
    if event.thread_id:
        stored = batch.tx.threads.get(event.thread_id)
        rows = [stored] if stored is not None else []
    else:
        rows = [row for row in batch.tx.threads.of(event.team_id) if _concerns(event, row)]
    batch.tx.threads.put(
        [
            replace(
                row,
                unread_replies=event.unread_replies,
                unread_mentions=event.unread_mentions,
                last_viewed_at=max(row.last_viewed_at, event.timestamp),
            )
            for row in rows
        ]
    )


def _concerns(event: ThreadReadChanged, row: Thread) -> bool:
    return event.channel_id in ("", row.channel_id)


def thread_follow_changed(batch: Batch, event: ThreadFollowChanged) -> None:
    stored = batch.tx.threads.get(event.thread_id)
    root = batch.tx.posts.get(event.thread_id)
    if stored is not None:
        batch.tx.threads.put([replace(stored, is_following=event.following, reply_count=event.reply_count)])
    elif root is not None:
        row = Thread(root.id, event.team_id, root.channel_id, event.reply_count, is_following=event.following)
        batch.tx.threads.put([row])
