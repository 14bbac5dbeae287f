"""Events of a Mattermost server as values: one dataclass for each that we use.

Invariant: a body holds what its event said, not what is true now: it may be late, doubled or older
than what is stored. Source: facts §12.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from tui.core.dialogs import IntegrationDialog
from tui.core.ids import CategoryId, ChannelId, Millis, PostId, TeamId, UserId
from tui.core.models import Channel, Membership, Post, Preference, Reaction, Team, Thread, User
from tui.core.values import dataclass


@dataclass(frozen=True, slots=True)
class Posted:
    post: Post
    mentions: frozenset[UserId] = frozenset()
    """5.37: everyone mentioned; 11.x: only me, or nobody."""
    channel_type: str = ""
    channel_name: str = ""
    channel_display_name: str = ""
    """Of a direct message: the sender's @name."""
    sender_name: str = ""
    """As the sender wishes to be called: webhooks and users can spoof it."""
    team_id: TeamId = ""


@dataclass(frozen=True, slots=True)
class PostEdited:
    """Also pins and unpins."""

    post: Post


@dataclass(frozen=True, slots=True)
class PostDeleted:
    """The post still shows its text and delete_at 0: the event's name is what counts."""

    post: Post


@dataclass(frozen=True, slots=True)
class EphemeralMessage:
    post: Post


@dataclass(frozen=True, slots=True)
class PostUnread:
    """Somebody (I, elsewhere) marked a post unread; the counts are of messages read."""

    membership: Membership
    post_id: PostId
    has_root_counts: bool = True
    """5.37 may omit msg_count_root."""


@dataclass(frozen=True, slots=True)
class ReactionAdded:
    reaction: Reaction


@dataclass(frozen=True, slots=True)
class ReactionRemoved:
    reaction: Reaction


@dataclass(frozen=True, slots=True)
class Typing:
    user_id: UserId
    channel_id: ChannelId
    root_id: PostId = ""


@dataclass(frozen=True, slots=True)
class StatusChanged:
    user_id: UserId
    status: str


@dataclass(frozen=True, slots=True)
class ChannelViewed:
    """I read channels, here or elsewhere. Times are last_viewed_at; 0 = not told (5.37)."""

    times: Mapping[ChannelId, Millis]


@dataclass(frozen=True, slots=True)
class ChannelCreated:
    channel_id: ChannelId


@dataclass(frozen=True, slots=True)
class ChannelUpdated:
    channel: Channel | None
    channel_id: ChannelId
    """Set even where the channel itself is missing: fetch it."""


@dataclass(frozen=True, slots=True)
class ChannelDeleted:
    channel_id: ChannelId
    delete_at: Millis


@dataclass(frozen=True, slots=True)
class ChannelRestored:
    channel_id: ChannelId


@dataclass(frozen=True, slots=True)
class ChannelConverted:
    channel_id: ChannelId


@dataclass(frozen=True, slots=True)
class ChannelMemberUpdated:
    membership: Membership


@dataclass(frozen=True, slots=True)
class UserAdded:
    user_id: UserId
    channel_id: ChannelId
    team_id: TeamId = ""


@dataclass(frozen=True, slots=True)
class UserRemoved:
    """`user_id` is "" in the copy that goes to the removed person."""

    user_id: UserId
    channel_id: ChannelId


@dataclass(frozen=True, slots=True)
class DirectAdded:
    channel_id: ChannelId


@dataclass(frozen=True, slots=True)
class GroupAdded:
    channel_id: ChannelId


@dataclass(frozen=True, slots=True)
class NewUser:
    user_id: UserId


@dataclass(frozen=True, slots=True)
class UserUpdated:
    user: User


@dataclass(frozen=True, slots=True)
class UsersChanged:
    """Somebody was activated, deactivated or promoted; the event does not say who."""


@dataclass(frozen=True, slots=True)
class AddedToTeam:
    team_id: TeamId
    user_id: UserId


@dataclass(frozen=True, slots=True)
class LeaveTeam:
    team_id: TeamId
    user_id: UserId


@dataclass(frozen=True, slots=True)
class TeamUpdated:
    """Sanitised: invite_id is empty. Deletions and restorations reach people outside the team, too."""

    team: Team


@dataclass(frozen=True, slots=True)
class TeamDeleted:
    team: Team


@dataclass(frozen=True, slots=True)
class TeamRestored:
    team: Team


@dataclass(frozen=True, slots=True)
class PreferencesChanged:
    preferences: tuple[Preference, ...]


@dataclass(frozen=True, slots=True)
class PreferencesDeleted:
    preferences: tuple[Preference, ...]


@dataclass(frozen=True, slots=True)
class CategoryCreated:
    team_id: TeamId
    category_id: CategoryId


@dataclass(frozen=True, slots=True)
class CategoryUpdated:
    """`team_id` "" = sent along with a preference, mostly meaning nothing."""

    team_id: TeamId


@dataclass(frozen=True, slots=True)
class CategoryDeleted:
    team_id: TeamId
    category_id: CategoryId


@dataclass(frozen=True, slots=True)
class CategoryOrderUpdated:
    team_id: TeamId
    order: tuple[CategoryId, ...]


@dataclass(frozen=True, slots=True)
class ThreadUpdated:
    thread: Thread


@dataclass(frozen=True, slots=True)
class ThreadReadChanged:
    """`thread_id` "" = all threads of the team, or of `channel_id`."""

    thread_id: PostId
    team_id: TeamId
    channel_id: ChannelId
    timestamp: Millis
    unread_replies: int
    unread_mentions: int


@dataclass(frozen=True, slots=True)
class ThreadFollowChanged:
    thread_id: PostId
    team_id: TeamId
    following: bool
    reply_count: int


@dataclass(frozen=True, slots=True)
class EmojiAdded:
    name: str


@dataclass(frozen=True, slots=True)
class DialogOpened:
    """An integration wants a form filled in by me."""

    dialog: IntegrationDialog


@dataclass(frozen=True, slots=True)
class PostAcknowledged:
    """Somebody acknowledged a post; `at` 0 = took it back."""

    post_id: PostId
    user_id: UserId
    at: Millis


@dataclass(frozen=True, slots=True)
class ConfigChanged:
    """Config or licence changed, or plugins did; what it carries is not to be trusted or kept: fetch it."""


@dataclass(frozen=True, slots=True)
class UnknownEvent:
    """An event that we do not use (`reason` "") or could not read."""

    name: str
    reason: str = ""


EventBody: TypeAlias = (
    Posted
    | PostEdited
    | PostDeleted
    | EphemeralMessage
    | PostUnread
    | ReactionAdded
    | ReactionRemoved
    | Typing
    | StatusChanged
    | ChannelViewed
    | ChannelCreated
    | ChannelUpdated
    | ChannelDeleted
    | ChannelRestored
    | ChannelConverted
    | ChannelMemberUpdated
    | UserAdded
    | UserRemoved
    | DirectAdded
    | GroupAdded
    | NewUser
    | UserUpdated
    | UsersChanged
    | AddedToTeam
    | LeaveTeam
    | TeamUpdated
    | TeamDeleted
    | TeamRestored
    | PreferencesChanged
    | PreferencesDeleted
    | CategoryCreated
    | CategoryUpdated
    | CategoryDeleted
    | CategoryOrderUpdated
    | ThreadUpdated
    | ThreadReadChanged
    | ThreadFollowChanged
    | EmojiAdded
    | DialogOpened
    | PostAcknowledged
    | ConfigChanged
    | UnknownEvent
)
