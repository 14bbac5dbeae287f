"""What the house talks about: users, teams, channels, posts, as frozen values.

Invariant: nothing here is a wire shape. Absent text is "", absent numbers are 0, absent lists are empty
tuples; `core.wire` is the only place that turns a server's JSON into these. Field names are Mattermost's own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from types import MappingProxyType
from typing import TypeAlias

from tui.core.ids import CategoryId, ChannelId, Cid, FileId, Millis, PostId, TeamId, UserId
from tui.core.values import dataclass

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"
"""What a JSON decoder yields."""

NO_PROPS: Mapping[str, Json] = MappingProxyType({})
NO_TEXTS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class CustomStatus:
    """A user's own status line; lives as a JSON string in `user.props.customStatus`."""

    emoji: str = ""
    text: str = ""
    expires_at: Millis = 0
    """0 = no expiry. Expired ones are not removed by the server."""


@dataclass(frozen=True, slots=True)
class User:
    """A person or bot, as `GET /users/{id}` gives it; other people's objects have fewer fields filled."""

    id: UserId
    username: str
    nickname: str = ""
    first_name: str = ""
    last_name: str = ""
    email: str = ""
    position: str = ""
    roles: str = ""
    locale: str = ""
    is_bot: bool = False
    bot_description: str = ""
    custom_status: CustomStatus | None = None
    timezone: str = ""
    """IANA name chosen from the automatic or manual timezone; "" = unknown."""
    notify_props: Mapping[str, str] = field(default_factory=lambda: NO_TEXTS)
    create_at: Millis = 0
    update_at: Millis = 0
    delete_at: Millis = 0
    """> 0 = deactivated."""


@dataclass(frozen=True, slots=True)
class Status:
    """Presence of one user: online, away, dnd, offline (or ooo)."""

    user_id: UserId
    status: str
    manual: bool = False


@dataclass(frozen=True, slots=True)
class UserGroup:
    """A group of people that may be mentioned by `@name` (licensed servers)."""

    id: str
    name: str
    display_name: str = ""
    member_count: int = 0


@dataclass(frozen=True, slots=True)
class Team:
    id: TeamId
    name: str
    display_name: str
    description: str = ""
    type: str = "O"
    delete_at: Millis = 0
    update_at: Millis = 0
    invite_id: str = ""


@dataclass(frozen=True, slots=True)
class TeamUnread:
    """Totals of one team from `GET /users/me/teams/unread`; counts are of things *unread*."""

    team_id: TeamId
    msg_count: int = 0
    mention_count: int = 0
    thread_count: int = 0
    thread_mention_count: int = 0


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel of type O (public), P (private), D (direct) or G (group)."""

    id: ChannelId
    type: str
    name: str
    display_name: str = ""
    team_id: TeamId = ""
    """"" for D and G."""
    header: str = ""
    purpose: str = ""
    creator_id: UserId = ""
    total_msg_count: int = 0
    total_msg_count_root: int = 0
    last_post_at: Millis = 0
    last_root_post_at: Millis = 0
    create_at: Millis = 0
    update_at: Millis = 0
    delete_at: Millis = 0
    """> 0 = archived."""


@dataclass(frozen=True, slots=True)
class Membership:
    """My row in a channel: `msg_count` is what I have *read* (not what is unread)."""

    channel_id: ChannelId
    user_id: UserId
    msg_count: int = 0
    msg_count_root: int = 0
    mention_count: int = 0
    mention_count_root: int = 0
    last_viewed_at: Millis = 0
    last_update_at: Millis = 0
    roles: str = ""
    notify_props: Mapping[str, str] = field(default_factory=lambda: NO_TEXTS)
    manually_unread: bool = False
    """Local: set by "mark unread"; stops auto-reading until the person leaves and comes back."""


@dataclass(frozen=True, slots=True)
class Category:
    """One sidebar category of one team, in the server's order."""

    id: CategoryId
    team_id: TeamId
    type: str
    """favorites, channels, direct_messages or custom."""
    display_name: str = ""
    sorting: str = ""
    """"" or alpha, recent, manual."""
    muted: bool = False
    collapsed: bool = False
    channel_ids: tuple[ChannelId, ...] = ()


@dataclass(frozen=True, slots=True)
class Preference:
    category: str
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Reaction:
    """Keyed by (post, user, emoji)."""

    post_id: PostId
    user_id: UserId
    emoji_name: str
    create_at: Millis = 0
    update_at: Millis = 0
    """When it was added or removed; a `reaction_removed` event has `create_at` 0 and its time here."""


@dataclass(frozen=True, slots=True)
class FileInfo:
    id: FileId
    name: str
    extension: str = ""
    size: int = 0
    mime_type: str = ""
    width: int = 0
    height: int = 0
    has_preview_image: bool = False
    post_id: PostId = ""
    channel_id: ChannelId = ""


@dataclass(frozen=True, slots=True)
class Post:
    """A message. `message` and `props` are hostile: pass them through `core.safe_text` before showing."""

    id: PostId
    channel_id: ChannelId
    user_id: UserId
    message: str = ""
    root_id: PostId = ""
    type: str = ""
    """"" for ordinary ones, system_*, me, custom_*, slack_attachment."""
    create_at: Millis = 0
    update_at: Millis = 0
    edit_at: Millis = 0
    """> 0 = edited by its author."""
    delete_at: Millis = 0
    is_pinned: bool = False
    pending_post_id: str = ""
    original_id: PostId = ""
    """Not "" = ghost copy of an older version in a `since` answer: drop it."""
    reply_count: int = 0
    last_reply_at: Millis = 0
    hashtags: str = ""
    props: Mapping[str, Json] = field(default_factory=lambda: NO_PROPS)
    file_ids: tuple[FileId, ...] = ()
    files: tuple[FileInfo, ...] = ()
    reactions: tuple[Reaction, ...] = ()
    emojis: tuple[str, ...] = ()
    """Names of custom emoji used in it."""
    participants: tuple[UserId, ...] = ()
    priority: str = ""
    """important or urgent; "" for ordinary ones and on servers without priorities."""
    wants_ack: bool = False
    """Its author asks the readers to acknowledge it."""
    acknowledged: tuple[tuple[UserId, Millis], ...] = ()
    """Who has done so, and when."""
    has_metadata: bool = True
    """False = files and reactions were absent from the answer (not: empty); keep what is stored."""


@dataclass(frozen=True, slots=True)
class PostPage:
    """A PostList: only `order` is the page; `posts` also holds thread roots that are not part of it."""

    order: tuple[PostId, ...]
    """Newest first."""
    posts: Mapping[PostId, Post]
    next_post_id: PostId = ""
    prev_post_id: PostId = ""
    """Older neighbour beyond the page; "" = start of the channel, or an unknown anchor."""


@dataclass(frozen=True, slots=True)
class Categories:
    """All sidebar categories of one team, in order."""

    team_id: TeamId
    categories: tuple[Category, ...]


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command for completion."""

    trigger: str
    hint: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class Thread:
    """A followed thread (collapsed reply threads)."""

    id: PostId
    team_id: TeamId
    channel_id: ChannelId
    reply_count: int = 0
    unread_replies: int = 0
    unread_mentions: int = 0
    last_reply_at: Millis = 0
    last_viewed_at: Millis = 0
    is_following: bool = True
    post: Post | None = None
    """The root post, where the answer brought it."""


@dataclass(frozen=True, slots=True)
class ScheduledPost:
    """A message that the server keeps and sends later."""

    id: str
    channel_id: ChannelId
    root_id: PostId = ""
    message: str = ""
    scheduled_at: Millis = 0
    error_code: str = ""
    """Not "" = it could not be sent."""


@dataclass(frozen=True, slots=True)
class ServerConfig:
    """Client config of the server; all wire values are strings and stay so in `values`."""

    values: Mapping[str, str] = field(default_factory=lambda: NO_TEXTS)

    def text(self, key: str, default: str = "") -> str:
        """The value of `key`, or `default`."""
        return self.values.get(key, default)

    def flag(self, key: str, default: bool = False) -> bool:
        """True iff the value of `key` is "true"."""
        value = self.values.get(key)
        return default if value is None else value == "true"

    def number(self, key: str, default: int = 0) -> int:
        """The value of `key` as an integer, or `default` where it is absent or no number."""
        try:
            return int(self.values.get(key, ""))
        except ValueError:
            return default


@dataclass(frozen=True, slots=True)
class Target:
    """Where a text goes: a channel, or a thread in it. Drafts, composer and outbox are bound to one."""

    channel_id: ChannelId
    root_id: PostId = ""


@dataclass(frozen=True, slots=True)
class Draft:
    target: Target
    text: str
    update_at: Millis = 0
    cursor: int = 0
    """Offset in characters."""


@dataclass(frozen=True, slots=True)
class OutboxItem:
    """One queued command; see `core.outbox` for its states."""

    cid: Cid
    kind: str
    """post, edit, delete, react, unreact, pin or unpin."""
    target: Target
    text: str = ""
    """Message of post and edit; emoji name of react and unreact."""
    post_id: PostId = ""
    """The post that edit, delete, react … act on."""
    file_ids: tuple[FileId, ...] = ()
    file_paths: tuple[str, ...] = ()
    """Local files still to be uploaded."""
    state: str = "queued"
    """queued, sending, unsure or parked."""
    pending_post_id: str = ""
    attempts: int = 0
    first_try: Millis = 0
    """Wall clock of the first attempt, 0 = never tried."""
    server_time: Millis = 0
    """A time of the *server* that was past when it was first tried; where to begin to look for it."""
    create_at: Millis = 0
    reason: str = ""
    """Error id of why it is parked; a sentence is made of it by `client.wording`."""
    seq: int = 0
    """Order of queueing, given by the store."""
    props_json: str = ""
    """Props of a post besides our own uuid, as a JSON object (a card's values); "" = none."""
    priority: str = ""
    """Of a new root post: important, urgent or ""."""
    wants_ack: bool = False
