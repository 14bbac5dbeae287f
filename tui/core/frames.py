"""Reads the frames of the event socket.

Invariant: no frame raises. What is not understood is kept as `Unknown` (no event at all) or as an
`Event` with an `UnknownEvent` body, which still counts in the sequence. Texts of errors are dropped:
they may hold the token. Source: facts §12; nested objects are JSON strings on the wire, except the
user of user_updated.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field, replace

from tui.core import wire
from tui.core.dialogs import dialog_of
from tui.core.errors import BadAnswer
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
    ConfigChanged,
    DialogOpened,
    DirectAdded,
    EmojiAdded,
    EphemeralMessage,
    EventBody,
    GroupAdded,
    LeaveTeam,
    NewUser,
    PostAcknowledged,
    PostDeleted,
    Posted,
    PostEdited,
    PostUnread,
    PreferencesChanged,
    PreferencesDeleted,
    ReactionAdded,
    ReactionRemoved,
    StatusChanged,
    TeamDeleted,
    TeamRestored,
    TeamUpdated,
    ThreadFollowChanged,
    ThreadReadChanged,
    ThreadUpdated,
    Typing,
    UnknownEvent,
    UserAdded,
    UserRemoved,
    UsersChanged,
    UserUpdated,
)
from tui.core.fields import JsonObject, decode_inner, flag, millis, number, text, texts, whole
from tui.core.ids import ChannelId, TeamId
from tui.core.models import Post, Preference, Reaction, Team
from tui.core.values import dataclass


@dataclass(frozen=True, slots=True)
class Event:
    seq: int
    body: EventBody


@dataclass(frozen=True, slots=True)
class Hello:
    seq: int
    connection_id: str
    server_version: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """Answer to a request of ours; `seq_reply` 0 = the server did not say to which."""

    ok: bool
    seq_reply: int = 0
    error_id: str = ""
    status: int = 0
    data: JsonObject = field(default_factory=dict)
    """What was asked for; {} for most."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """A frame that is neither event nor reply."""

    reason: str


@dataclass(frozen=True, slots=True)
class _Raw:
    """An event's data and its broadcast scope (`scope_…`), where some ids stand instead."""

    data: JsonObject
    scope_channel: ChannelId
    scope_team: TeamId

    def inner(self, key: str) -> JsonObject:
        """The object at `key`, nested as a JSON string or (user_updated) as it is. Raises BadAnswer."""
        value = self.data.get(key)
        found = value if isinstance(value, dict) else decode_inner(value)
        if isinstance(found, dict):
            return found
        raise BadAnswer("tele.answer.shape", key)

    @property
    def channel_id(self) -> ChannelId:
        return text(self.data, "channel_id") or self.scope_channel

    @property
    def team_id(self) -> TeamId:
        return text(self.data, "team_id") or self.scope_team


def parse_frame(frame: str) -> Event | Reply | Hello | Unknown:
    """Reads one text frame (JSON, at most a few MB)."""
    try:
        d = wire.decode(frame)
    except BadAnswer:
        return Unknown("json")
    if not isinstance(d, dict):
        return Unknown("shape")
    if "event" in d:
        return _event(d)
    return _reply(d) if "status" in d or "seq_reply" in d else Unknown("shape")


def _reply(d: JsonObject) -> Reply:
    error = d.get("error")
    known = error if isinstance(error, dict) else {}
    ok, told = text(d, "status") == "OK", d.get("data")
    data = told if isinstance(told, dict) else {}
    return Reply(ok, number(d, "seq_reply"), text(known, "id"), number(known, "status_code"), data)


def _event(d: JsonObject) -> Event | Hello | Unknown:
    seq = d.get("seq")
    if isinstance(seq, bool) or not isinstance(seq, int):
        return Unknown("seq")
    name = text(d, "event")
    data, scope = d.get("data"), d.get("broadcast")
    fields = data if isinstance(data, dict) else {}
    if name == "hello":
        return Hello(seq, text(fields, "connection_id"), text(fields, "server_version"))
    known = scope if isinstance(scope, dict) else {}
    return Event(seq, _body(name, _Raw(fields, text(known, "channel_id"), text(known, "team_id"))))


def _body(name: str, raw: _Raw) -> EventBody:
    reader = _READERS.get(name)
    if reader is None:
        return UnknownEvent(name)
    try:
        return reader(raw)
    except BadAnswer as trouble:
        return UnknownEvent(name, trouble.detail or trouble.id)


def _post(raw: _Raw) -> Post:
    post = wire.post(raw.inner("post"))
    if not post.id or not post.channel_id:
        raise BadAnswer("tele.answer.shape", "post")
    return post


def _posted(raw: _Raw) -> Posted:
    d = raw.data
    return Posted(
        _post(raw),
        frozenset(texts(decode_inner(d.get("mentions")))),
        text(d, "channel_type"),
        text(d, "channel_name"),
        text(d, "channel_display_name"),
        text(d, "sender_name"),
        text(d, "team_id"),
    )


def _reaction(raw: _Raw) -> Reaction:
    """Its `update_at` is the only time that a removal tells."""
    told = raw.inner("reaction")
    reaction = wire.reaction(told)
    if not (reaction.post_id and reaction.user_id and reaction.emoji_name):
        raise BadAnswer("tele.answer.shape", "reaction")
    return replace(reaction, update_at=millis(told, "update_at"))


def _post_unread(raw: _Raw) -> PostUnread:
    d = raw.data
    channel_id = _need(raw.scope_channel or text(d, "channel_id"), "channel_id")
    row = wire.membership({**d, "channel_id": channel_id})
    return PostUnread(row, text(d, "post_id"), "msg_count_root" in d)


def _viewed(raw: _Raw) -> ChannelViewed:
    return ChannelViewed({_need(raw.channel_id, "channel_id"): 0})


def _viewed_many(raw: _Raw) -> ChannelViewed:
    times = raw.data.get("channel_times")
    return ChannelViewed({key: whole(at) for key, at in times.items()} if isinstance(times, dict) else {})


def _channel_updated(raw: _Raw) -> ChannelUpdated:
    if "channel" not in raw.data:
        return ChannelUpdated(None, _need(raw.channel_id, "channel_id"))
    channel = wire.channel(raw.inner("channel"))
    return ChannelUpdated(channel, _need(channel.id, "channel.id"))


def _membership(raw: _Raw) -> ChannelMemberUpdated:
    row = wire.membership(raw.inner("channelMember"))
    _need(row.channel_id, "channelMember.channel_id")
    return ChannelMemberUpdated(row)


def _user(raw: _Raw) -> UserUpdated:
    user = wire.user(raw.inner("user"))
    _need(user.id, "user.id")
    return UserUpdated(user)


def _team(raw: _Raw) -> Team:
    team = wire.team(raw.inner("team"))
    _need(team.id, "team.id")
    return team


def _preferences(raw: _Raw) -> tuple[Preference, ...]:
    rows = decode_inner(raw.data.get("preferences"))
    return tuple(wire.preferences(rows if isinstance(rows, list) else []))


def _thread(raw: _Raw) -> ThreadUpdated:
    thread = wire.thread(raw.inner("thread"), raw.team_id)
    _need(thread.id, "thread.id")
    return ThreadUpdated(thread)


def _thread_read(raw: _Raw) -> ThreadReadChanged:
    d = raw.data
    return ThreadReadChanged(
        text(d, "thread_id"),
        raw.team_id,
        raw.channel_id,
        millis(d, "timestamp"),
        number(d, "unread_replies"),
        number(d, "unread_mentions"),
    )


def _thread_follow(raw: _Raw) -> ThreadFollowChanged:
    d = raw.data
    return ThreadFollowChanged(
        _need(text(d, "thread_id"), "thread_id"), raw.team_id, flag(d, "state"), number(d, "reply_count")
    )


def _dialog(raw: _Raw) -> DialogOpened:
    dialog = dialog_of(raw.inner("dialog"))
    _need(dialog.url, "dialog.url")
    return DialogOpened(dialog)


def _acknowledged(raw: _Raw, *, added: bool) -> PostAcknowledged:
    told = raw.inner("acknowledgement")
    at = millis(told, "acknowledged_at") if added else 0
    return PostAcknowledged(
        _need(text(told, "post_id"), "post_id"), _need(text(told, "user_id"), "user_id"), at
    )


def _need(value: str, what: str) -> str:
    if not value:
        raise BadAnswer("tele.answer.shape", what)
    return value


_READERS: Mapping[str, Callable[[_Raw], EventBody]] = {
    "posted": _posted,
    "post_edited": lambda raw: PostEdited(_post(raw)),
    "post_deleted": lambda raw: PostDeleted(_post(raw)),
    "ephemeral_message": lambda raw: EphemeralMessage(_post(raw)),
    "post_unread": _post_unread,
    "reaction_added": lambda raw: ReactionAdded(_reaction(raw)),
    "reaction_removed": lambda raw: ReactionRemoved(_reaction(raw)),
    "typing": lambda raw: Typing(
        _need(text(raw.data, "user_id"), "user_id"),
        _need(raw.scope_channel, "channel_id"),
        text(raw.data, "parent_id"),
    ),
    "status_change": lambda raw: StatusChanged(
        _need(text(raw.data, "user_id"), "user_id"), text(raw.data, "status", "offline")
    ),
    "channel_viewed": _viewed,
    "multiple_channels_viewed": _viewed_many,
    "channel_created": lambda raw: ChannelCreated(_need(raw.channel_id, "channel_id")),
    "channel_updated": _channel_updated,
    "channel_deleted": lambda raw: ChannelDeleted(
        _need(raw.channel_id, "channel_id"), millis(raw.data, "delete_at")
    ),
    "channel_restored": lambda raw: ChannelRestored(_need(raw.channel_id, "channel_id")),
    "channel_converted": lambda raw: ChannelConverted(_need(raw.channel_id, "channel_id")),
    "channel_member_updated": _membership,
    "user_added": lambda raw: UserAdded(
        text(raw.data, "user_id"), _need(raw.scope_channel, "channel_id"), raw.team_id
    ),
    "user_removed": lambda raw: UserRemoved(text(raw.data, "user_id"), _need(raw.channel_id, "channel_id")),
    "direct_added": lambda raw: DirectAdded(_need(raw.scope_channel, "channel_id")),
    "group_added": lambda raw: GroupAdded(_need(raw.scope_channel, "channel_id")),
    "new_user": lambda raw: NewUser(_need(text(raw.data, "user_id"), "user_id")),
    "user_updated": _user,
    "user_activation_status_change": lambda _raw: UsersChanged(),
    "guests_deactivated": lambda _raw: UsersChanged(),
    "user_role_updated": lambda _raw: UsersChanged(),
    "added_to_team": lambda raw: AddedToTeam(_need(raw.team_id, "team_id"), text(raw.data, "user_id")),
    "leave_team": lambda raw: LeaveTeam(_need(raw.team_id, "team_id"), text(raw.data, "user_id")),
    "update_team": lambda raw: TeamUpdated(_team(raw)),
    "delete_team": lambda raw: TeamDeleted(_team(raw)),
    "restore_team": lambda raw: TeamRestored(_team(raw)),
    "preferences_changed": lambda raw: PreferencesChanged(_preferences(raw)),
    "preferences_deleted": lambda raw: PreferencesDeleted(_preferences(raw)),
    "preference_changed": lambda raw: PreferencesChanged((wire.preference(raw.inner("preference")),)),
    "sidebar_category_created": lambda raw: CategoryCreated(raw.team_id, text(raw.data, "category_id")),
    "sidebar_category_updated": lambda raw: CategoryUpdated(raw.team_id),
    "sidebar_category_deleted": lambda raw: CategoryDeleted(raw.team_id, text(raw.data, "category_id")),
    "sidebar_category_order_updated": lambda raw: CategoryOrderUpdated(
        raw.team_id, texts(raw.data.get("order"))
    ),
    "thread_updated": _thread,
    "thread_read_changed": _thread_read,
    "thread_follow_changed": _thread_follow,
    "emoji_added": lambda raw: EmojiAdded(text(raw.inner("emoji"), "name")),
    "open_dialog": _dialog,
    "post_acknowledgement_added": lambda raw: _acknowledged(raw, added=True),
    "post_acknowledgement_removed": lambda raw: _acknowledged(raw, added=False),
    "config_changed": lambda _raw: ConfigChanged(),
    "license_changed": lambda _raw: ConfigChanged(),
    "plugin_enabled": lambda _raw: ConfigChanged(),
    "plugin_disabled": lambda _raw: ConfigChanged(),
    "plugin_statuses_changed": lambda _raw: ConfigChanged(),
}
