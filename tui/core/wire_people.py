"""People, their presence and preferences from the wire.

Used through `core.wire`, whose invariant holds here.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from tui.core.fields import (
    decode_inner,
    each,
    flag,
    millis,
    named,
    number,
    obj,
    text,
    text_map,
)
from tui.core.ids import ChannelId, Millis
from tui.core.models import CustomStatus, Preference, Status, User, UserGroup


def user(value: object) -> User:
    """A user object; other people's lack notify_props."""
    d = obj(value)
    return User(
        id=text(d, "id"),
        username=text(d, "username"),
        nickname=text(d, "nickname"),
        first_name=text(d, "first_name"),
        last_name=text(d, "last_name"),
        email=text(d, "email"),
        position=text(d, "position"),
        roles=text(d, "roles"),
        locale=text(d, "locale"),
        is_bot=flag(d, "is_bot"),
        bot_description=text(d, "bot_description"),
        custom_status=custom_status(d.get("props")),
        timezone=_timezone(d.get("timezone")),
        notify_props=text_map(d.get("notify_props")),
        create_at=millis(d, "create_at"),
        update_at=millis(d, "update_at"),
        delete_at=millis(d, "delete_at"),
    )


def users(value: object) -> list[User]:
    return named(each(user, value))


def group_users(value: object) -> Mapping[ChannelId, list[User]]:
    """Answer of `POST /users/group_channels`: users by channel id."""
    return {channel_id: users(rows) for channel_id, rows in obj(value).items() if isinstance(rows, list)}


def custom_status(user_props: object) -> CustomStatus | None:
    """From `user.props`, where it is a JSON string; None = none set."""
    inner = decode_inner(user_props.get("customStatus")) if isinstance(user_props, dict) else None
    if not isinstance(inner, dict):
        return None
    found = CustomStatus(text(inner, "emoji"), text(inner, "text"), _iso_millis(text(inner, "expires_at")))
    return found if found.emoji or found.text else None


def _iso_millis(stamp: str) -> Millis:
    """RFC 3339 to ms; 0 for Go's zero time and for what is no time."""
    try:
        moment = datetime.fromisoformat(stamp)
        return max(0, int(moment.timestamp() * 1000)) if moment.tzinfo else 0
    except (ValueError, OverflowError):
        return 0


def _timezone(value: object) -> str:
    if not isinstance(value, dict):
        return ""
    key = "automaticTimezone" if flag(value, "useAutomaticTimezone") else "manualTimezone"
    return text(value, key)


def status(value: object) -> Status:
    d = obj(value)
    return Status(text(d, "user_id"), text(d, "status", "offline"), flag(d, "manual"))


def statuses(value: object) -> list[Status]:
    return [row for row in each(status, value) if row.user_id]


def preference(value: object) -> Preference:
    d = obj(value)
    return Preference(text(d, "category"), text(d, "name"), text(d, "value"))


def preferences(value: object) -> list[Preference]:
    return each(preference, value)


def groups(value: object) -> list[UserGroup]:
    """Answer of `GET /groups`; without those that cannot be mentioned."""
    rows = value.get("groups") if isinstance(value, dict) else value
    return [row for row in each(_group, rows) if row.id and row.name]


def _group(value: object) -> UserGroup:
    d = obj(value)
    return UserGroup(text(d, "id"), text(d, "name"), text(d, "display_name"), number(d, "member_count"))
