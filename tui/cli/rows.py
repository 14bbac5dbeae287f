"""Channels and posts as lines for people and as JSON for programs.

Invariant: JSON field names are Mattermost's own where it has them; no meeting token is in any of it; text for
people is safe.
"""

from __future__ import annotations

from collections.abc import Mapping

from tui.cli.output import Output
from tui.client.client import Client
from tui.client.wording.system_posts import system_text
from tui.core.links import redact_tokens
from tui.core.models import Channel, Json, Post
from tui.core.safe_text import safe, safe_line
from tui.settings.i18n import _

Row = dict[str, object]


def channel_row(client: Client, channel: Channel) -> Row:
    """`channels --json`."""
    unread = client.channels.unread(channel.id)
    team = client.teams.get(channel.team_id)
    return {
        "id": channel.id,
        "name": channel.name,
        "display_name": client.channels.title(channel.id) or channel.display_name,
        "type": channel.type,
        "team_name": team.name if team else "",
        "unread": unread.messages,
        "mentions": unread.mentions,
    }


def target_name(client: Client, channel: Channel) -> str:
    """How the channel is called as a TARGET; group messages, which have none, by their title."""
    if channel.type == "D":
        partner = client.people.get(client.channels.partner(channel.id))
        return f"@{partner.username}" if partner else channel.name
    if channel.type == "G":
        return client.channels.title(channel.id) or channel.display_name
    team = client.teams.get(channel.team_id)
    return f"{team.name}/{channel.name}" if team else channel.name


def post_row(client: Client, post: Post) -> Row:
    """`read --json`: the post's fields plus username and channel_name."""
    return {
        "id": post.id,
        "create_at": post.create_at,
        "update_at": post.update_at,
        "edit_at": post.edit_at,
        "delete_at": post.delete_at,
        "is_pinned": post.is_pinned,
        "user_id": post.user_id,
        "channel_id": post.channel_id,
        "root_id": post.root_id,
        "message": redact_tokens(post.message),
        "type": post.type,
        "props": _redacted(dict(post.props)),
        "hashtags": post.hashtags,
        "file_ids": list(post.file_ids),
        "reply_count": post.reply_count,
        "username": username(client, post),
        "channel_name": _channel_name(client, post),
    }


def _redacted(value: Json | Mapping[str, Json]) -> Json:
    """`value` without anything that looks like a token, at any depth."""
    if isinstance(value, str):
        return redact_tokens(value)
    if isinstance(value, Mapping):
        pairs = ((key, "…" if "jwt" in key.lower() else _redacted(item)) for key, item in value.items())
        return {redact_tokens(key): item for key, item in pairs}
    return [_redacted(item) for item in value] if isinstance(value, list) else value


def username(client: Client, post: Post) -> str:
    """The author's user name; "" where not known here."""
    person = client.people.get(post.user_id)
    return person.username if person else ""


def _channel_name(client: Client, post: Post) -> str:
    channel = client.channels.get(post.channel_id)
    return channel.name if channel else ""


def print_post(output: Output, client: Client, post: Post, *, channel: bool = False) -> None:
    """`14:05 anna: text`, further lines indented; with `channel` its title in front."""
    at = client.formats().moment_text(post.create_at)
    place = f"[{safe_line(client.channels.title(post.channel_id), 60)}] " if channel else ""
    author = safe_line(client.people.name(post.user_id) or username(client, post) or _("Unknown person"), 60)
    first, *rest = text_of(client, post).split("\n")
    reply = "↳ " if post.root_id else ""
    output.line(f"{at}  {place}{reply}{author}: {first}")
    for line in rest:
        output.line(f"    {line}")


def text_of(client: Client, post: Post) -> str:
    """The post's text with its files, safe, of one or more lines."""
    if post.delete_at:
        return _("(deleted)")
    if post.type.startswith("system_"):
        return system_text(post)
    lines = [safe(redact_tokens(post.message))] if post.message else []
    lines += [_attachment(client, file.name, file.size) for file in post.files]
    return "\n".join(lines) or _("(no text)")


def _attachment(client: Client, name: str, size: int) -> str:
    return _("[file: {name}, {size}]").format(name=safe_line(name, 120), size=client.formats().size(size))
