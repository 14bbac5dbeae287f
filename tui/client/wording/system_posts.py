"""System posts in the reader's language, made from type and props (mattermost-facts §5.5).

Invariant: where a type or its props are not known, the server's own (English) text is shown, made safe.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tui.core.models import Post
from tui.core.safe_text import safe, safe_line
from tui.settings.i18n import N_, Later, _

_PEOPLE: Mapping[str, Later] = {
    "system_join_channel": N_("{user} has joined the channel."),
    "system_guest_join_channel": N_("{user} has joined the channel as a guest."),
    "system_leave_channel": N_("{user} has left the channel."),
    "system_join_team": N_("{user} has joined the team."),
    "system_leave_team": N_("{user} has left the team."),
    "system_add_to_channel": N_("{user} has added {other} to the channel."),
    "system_add_guest_to_chan": N_("{user} has added the guest {other} to the channel."),
    "system_add_to_team": N_("{user} has added {other} to the team."),
    "system_remove_from_channel": N_("{other} was removed from the channel."),
    "system_remove_from_team": N_("{other} was removed from the team."),
    "system_channel_deleted": N_("{user} has archived the channel."),
    "system_channel_restored": N_("{user} has restored the channel."),
    "system_convert_channel": N_("{user} has made this a private channel."),
}
_CHANGES: Mapping[str, tuple[str, str, Later, Later, Later]] = {
    "system_header_change": (
        "old_header",
        "new_header",
        N_("{user} has set the header: {new}"),
        N_("{user} has changed the header from “{old}” to: {new}"),
        N_("{user} has removed the header (was: {old})"),
    ),
    "system_displayname_change": (
        "old_displayname",
        "new_displayname",
        N_("{user} has named the channel “{new}”."),
        N_("{user} has renamed the channel from “{old}” to “{new}”."),
        N_("{user} has removed the name of the channel (was: {old})"),
    ),
    "system_purpose_change": (
        "old_purpose",
        "new_purpose",
        N_("{user} has set the purpose: {new}"),
        N_("{user} has changed the purpose from “{old}” to: {new}"),
        N_("{user} has removed the purpose (was: {old})"),
    ),
}


def system_text(post: Post, name_of: Callable[[str], str] | None = None) -> str:
    """One safe line for a system post. `name_of` turns a user name into the name to be shown."""
    name = name_of or (lambda username: f"@{username}" if username else "")
    user, other = _prop(post, "username"), _other(post)
    if post.type in _CHANGES:
        return _change(post, name(user)) if user else _fallback(post)
    text = _PEOPLE.get(post.type)
    if text is None or (not user and "{user}" in text.msgid) or (not other and "{other}" in text.msgid):
        return _fallback(post)
    return str(text).format(user=safe_line(name(user)), other=safe_line(name(other)))


def _other(post: Post) -> str:
    return _prop(post, "addedUsername") or _prop(post, "removedUsername")


def _change(post: Post, user: str) -> str:
    old_key, new_key, fresh, changed, removed = _CHANGES[post.type]
    old, new = _prop(post, old_key), _prop(post, new_key)
    text = removed if old and not new else changed if old else fresh
    return str(text).format(user=safe_line(user), old=safe_line(old), new=safe_line(new))


def _fallback(post: Post) -> str:
    if post.type == "system_ephemeral":
        return safe(post.message)
    return safe_line(post.message) or _("System message ({kind})").format(kind=safe_line(post.type, 40))


def _prop(post: Post, key: str) -> str:
    value = post.props.get(key)
    return value if isinstance(value, str) else ""
