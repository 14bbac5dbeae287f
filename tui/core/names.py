"""What people and channels are called on the screen.

Invariant: names come out as the server holds them: hostile. Who shows one passes it through `core.safe_text`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from tui.core.ids import UserId
from tui.core.models import Channel, ServerConfig, User
from tui.core.preferences import Preferences

SETTINGS = ("username", "nickname_full_name", "full_name")


def name_setting(preferences: Preferences, config: ServerConfig) -> str:
    """username, nickname_full_name or full_name: the admin's lock, the person's choice, the server's default.

    The lock only counts on licensed servers.
    """
    default = _known(config.text("TeammateNameDisplay")) or "username"
    if config.flag("LockTeammateNameDisplay") and config.flag("IsLicensed"):
        return default
    return _known(preferences.text("display_settings", "name_format")) or default


def setting_is_known(preferences: Preferences, config: ServerConfig) -> bool:
    """False while only a server whose configuration was never fetched could say how people are named."""
    return bool(config.values) or bool(_known(preferences.text("display_settings", "name_format")))


def _known(setting: str) -> str:
    return setting if setting in SETTINGS else ""


def display_name(user: User, setting: str) -> str:
    """The name of one person by `setting`; falls back to the username where the wanted parts are blank."""
    full = f"{user.first_name.strip()} {user.last_name.strip()}".strip()
    if setting == "nickname_full_name":
        return user.nickname.strip() or full or user.username
    if setting == "full_name":
        return full or user.username
    return user.username


def dm_partner_id(channel: Channel, me: UserId) -> UserId:
    """The other person of a direct channel; myself in the channel with myself; "" where it is not one."""
    if channel.type != "D":
        return ""
    first, _, second = channel.name.partition("__")
    return second if first == me else first


def channel_title(
    channel: Channel,
    me: UserId,
    users: Mapping[UserId, User],
    setting: str,
    *,
    members: Sequence[UserId] = (),
    by_name: Mapping[str, User] | None = None,
) -> str:
    """The title of any channel; "" for a direct channel whose partner is not known yet.

    `members` of a group channel, where known, beat its display name, which the server cuts at 64 characters.
    `by_name` maps usernames to users (built from `users` when absent).
    """
    if channel.type == "D":
        partner = users.get(dm_partner_id(channel, me))
        return display_name(partner, setting) if partner else ""
    if channel.type == "G":
        return _group_title(channel, me, users, setting, members, by_name)
    return channel.display_name or channel.name


def _group_title(
    channel: Channel,
    me: UserId,
    users: Mapping[UserId, User],
    setting: str,
    members: Sequence[UserId],
    by_name: Mapping[str, User] | None,
) -> str:
    people = [users[member] for member in members if member in users and member != me]
    if people and len(people) >= len(set(members) - {me}):
        return _joined(display_name(user, setting) for user in people)
    index = by_name if by_name is not None else {user.username: user for user in users.values()}
    own = users[me].username if me in users else ""
    names = [name for name in channel.display_name.split(", ") if name and name != own]
    return _joined(display_name(index[name], setting) if name in index else name for name in names)


def _joined(names: Iterable[str]) -> str:
    return ", ".join(sorted(names, key=str.casefold))
