"""The rows of the demo's world: users, channels, posts … as mutable values.

Invariant: a record knows nothing of the wire; `shapes` turns it into the JSON that Mattermost 5.37 sends.
Ids are 26 characters, times are milliseconds.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, TypeAlias

Wire: TypeAlias = dict[str, Any]
"""A JSON object as it goes over the line."""


def default_notify_props() -> dict[str, str]:
    """What a fresh account has."""
    return {
        "channel": "true",
        "comments": "never",
        "desktop": "mention",
        "desktop_sound": "true",
        "email": "true",
        "first_name": "false",
        "mention_keys": "",
        "push": "mention",
        "push_status": "away",
    }


def default_member_props() -> dict[str, str]:
    """What a fresh channel membership has."""
    return {
        "desktop": "default",
        "email": "default",
        "ignore_channel_mentions": "default",
        "mark_unread": "all",
        "push": "default",
    }


def default_timezone() -> dict[str, str]:
    return {"automaticTimezone": "", "manualTimezone": "", "useAutomaticTimezone": "true"}


@dataclass(slots=True)
class User:
    id: str
    username: str
    password: str = ""
    first_name: str = ""
    last_name: str = ""
    nickname: str = ""
    position: str = ""
    email: str = ""
    roles: str = "system_user"
    locale: str = "en"
    create_at: int = 0
    update_at: int = 0
    delete_at: int = 0
    is_bot: bool = False
    bot_description: str = ""
    props: dict[str, str] = field(default_factory=dict)
    notify_props: dict[str, str] = field(default_factory=default_notify_props)
    timezone: dict[str, str] = field(default_factory=default_timezone)
    mfa_code: str = ""
    """The one code that is right; "" = no MFA."""
    failed_logins: int = 0

    @property
    def is_admin(self) -> bool:
        return "system_admin" in self.roles.split()


@dataclass(slots=True)
class Status:
    status: str = "offline"
    manual: bool = False
    last_activity_at: int = 0


@dataclass(slots=True)
class Session:
    id: str
    token: str
    user_id: str
    create_at: int
    expires_at: int
    csrf: str
    roles: str = "system_user"
    access_token_id: str = ""
    """Set = a personal access token, which survives `logout`."""


@dataclass(slots=True)
class AccessToken:
    id: str
    token: str
    user_id: str
    description: str
    is_active: bool = True


@dataclass(slots=True)
class Team:
    id: str
    name: str
    display_name: str
    description: str = ""
    type: str = "O"
    invite_id: str = ""
    create_at: int = 0
    update_at: int = 0
    delete_at: int = 0
    members: dict[str, bool] = field(default_factory=dict)
    """User id → is team admin."""


@dataclass(slots=True)
class Member:
    """One person in one channel. `msg_count` = messages read."""

    channel_id: str
    user_id: str
    admin: bool = False
    msg_count: int = 0
    msg_count_root: int = 0
    mention_count: int = 0
    mention_count_root: int = 0
    last_viewed_at: int = 0
    last_update_at: int = 0
    notify_props: dict[str, str] = field(default_factory=default_member_props)


@dataclass(slots=True)
class Channel:
    id: str
    type: str
    name: str
    display_name: str = ""
    team_id: str = ""
    header: str = ""
    purpose: str = ""
    creator_id: str = ""
    total_msg_count: int = 0
    total_msg_count_root: int = 0
    last_post_at: int = 0
    create_at: int = 0
    update_at: int = 0
    delete_at: int = 0
    members: dict[str, Member] = field(default_factory=dict)


@dataclass(slots=True)
class Reaction:
    user_id: str
    post_id: str
    emoji_name: str
    create_at: int
    update_at: int


@dataclass(slots=True)
class Post:
    id: str
    channel_id: str
    user_id: str
    message: str
    create_at: int
    update_at: int
    root_id: str = ""
    type: str = ""
    edit_at: int = 0
    delete_at: int = 0
    is_pinned: bool = False
    original_id: str = ""
    hashtags: str = ""
    props: Wire = field(default_factory=dict)
    file_ids: tuple[str, ...] = ()
    reactions: list[Reaction] = field(default_factory=list)

    @property
    def is_join_leave(self) -> bool:
        """Such posts move `last_post_at` but count for nobody."""
        return self.type in JOIN_LEAVE


JOIN_LEAVE = frozenset(
    {
        "system_join_leave",
        "system_join_channel",
        "system_guest_join_channel",
        "system_leave_channel",
        "system_join_team",
        "system_leave_team",
        "system_add_remove",
        "system_add_to_channel",
        "system_add_to_team",
        "system_remove_from_channel",
        "system_remove_from_team",
    }
)


@dataclass(slots=True)
class Upload:
    """A file of which parts are still missing."""

    id: str
    user_id: str
    channel_id: str
    name: str
    size: int
    create_at: int
    data: bytearray = field(default_factory=bytearray)


@dataclass(slots=True)
class File:
    id: str
    user_id: str
    channel_id: str
    name: str
    data: bytes
    mime_type: str
    create_at: int
    post_id: str = ""
    width: int = 0
    height: int = 0
    is_image: bool = False
    preview: bytes = b""
    """JPEG of an image; "" = there is none."""


@dataclass(slots=True)
class Emoji:
    id: str
    name: str
    creator_id: str
    create_at: int
    image: bytes = b""


@dataclass(slots=True)
class Category:
    id: str
    user_id: str
    team_id: str
    type: str
    display_name: str
    sorting: str = ""
    muted: bool = False
    collapsed: bool = False
    channel_ids: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Follow:
    """One person's place in one thread (collapsed reply threads)."""

    root_id: str
    user_id: str
    following: bool = True
    last_viewed_at: int = 0
    unread_mentions: int = 0
