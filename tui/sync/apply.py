"""Applies a batch of events in one transaction: the table of event type → writer.

Invariant: the resume mark of the socket is written in the same transaction as the events it counts, so a
crash neither skips nor doubts any of them; every event may come twice, late, or out of order.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from tui.core import events
from tui.core.frames import Event
from tui.core.ids import UserId
from tui.store import Tx
from tui.sync import apply_channels as channels
from tui.sync import apply_people as people
from tui.sync import apply_posts as posts
from tui.sync import marks
from tui.sync.batch import Aftermath, Batch
from tui.sync.memory import Memory

# Each writer takes the one event type it stands beside.
WRITERS: dict[type[Any], Callable[[Batch, Any], None]] = {
    events.Posted: posts.posted,
    events.PostEdited: posts.post_edited,
    events.PostDeleted: posts.post_deleted,
    events.EphemeralMessage: posts.ephemeral_message,
    events.PostUnread: posts.post_unread,
    events.ReactionAdded: posts.reaction_added,
    events.ReactionRemoved: posts.reaction_removed,
    events.Typing: posts.typing,
    events.DialogOpened: posts.dialog_opened,
    events.PostAcknowledged: posts.post_acknowledged,
    events.ChannelViewed: channels.channel_viewed,
    events.ChannelCreated: channels.channel_named,
    events.ChannelConverted: channels.channel_named,
    events.DirectAdded: channels.channel_named,
    events.GroupAdded: channels.channel_named,
    events.ChannelUpdated: channels.channel_updated,
    events.ChannelDeleted: channels.channel_deleted,
    events.ChannelRestored: channels.channel_restored,
    events.ChannelMemberUpdated: channels.channel_member_updated,
    events.UserAdded: channels.user_added,
    events.UserRemoved: channels.user_removed,
    events.AddedToTeam: channels.added_to_team,
    events.LeaveTeam: channels.leave_team,
    events.TeamUpdated: channels.team_updated,
    events.TeamDeleted: channels.team_deleted,
    events.TeamRestored: channels.team_restored,
    events.CategoryCreated: channels.category_changed,
    events.CategoryUpdated: channels.category_changed,
    events.CategoryDeleted: channels.category_changed,
    events.CategoryOrderUpdated: channels.category_changed,
    events.ThreadUpdated: channels.thread_updated,
    events.ThreadReadChanged: channels.thread_read_changed,
    events.ThreadFollowChanged: channels.thread_follow_changed,
    events.UserUpdated: people.user_updated,
    events.NewUser: people.new_user,
    events.UsersChanged: people.users_changed,
    events.StatusChanged: people.status_changed,
    events.PreferencesChanged: people.preferences_changed,
    events.PreferencesDeleted: people.preferences_deleted,
    events.EmojiAdded: people.emoji_added,
    events.ConfigChanged: people.config_changed,
    events.UnknownEvent: people.unknown,
}


def apply(
    tx: Tx, happened: Sequence[Event], *, me: UserId, memory: Memory, resume: marks.SocketMark | None
) -> Aftermath:
    """Writes `happened` in its order. `resume` None = the socket must not be resumed from here yet."""
    batch = Batch(tx, me, memory)
    for event in happened:
        tx.give_way()
        WRITERS[type(event.body)](batch, event.body)
    batch.close()
    if resume is not None:
        marks.write_socket(tx, resume)
    return batch.after
