"""Models back to the JSON a Mattermost server sends, for the server in memory."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from tui.core.models import Channel, Membership, Post, Reaction


def post_json(post: Post) -> dict[str, Any]:
    """As in events and answers of 5.37, metadata included."""
    shown = {
        name: getattr(post, name)
        for name in (
            "id",
            "create_at",
            "update_at",
            "edit_at",
            "delete_at",
            "is_pinned",
            "user_id",
            "channel_id",
            "root_id",
            "original_id",
            "message",
            "type",
            "hashtags",
            "pending_post_id",
            "reply_count",
            "last_reply_at",
        )
    }
    return {
        **shown,
        "props": dict(post.props),
        "file_ids": list(post.file_ids),
        "has_reactions": bool(post.reactions),
        "participants": None,
        "metadata": {"reactions": [reaction_json(one) for one in post.reactions]},
    }


def reaction_json(reaction: Reaction, *, removed_at: int = 0) -> dict[str, Any]:
    return {
        "user_id": reaction.user_id,
        "post_id": reaction.post_id,
        "emoji_name": reaction.emoji_name,
        "create_at": 0 if removed_at else reaction.create_at,
        "update_at": removed_at or reaction.create_at,
    }


def channel_json(channel: Channel) -> dict[str, Any]:
    return asdict(channel)


def member_json(member: Membership) -> dict[str, Any]:
    plain = {name: getattr(member, name) for name in Membership.__slots__ if name != "notify_props"}
    return {**plain, "notify_props": dict(member.notify_props)}


def event_text(
    name: str,
    seq: int,
    data: Mapping[str, Any],
    *,
    channel_id: str = "",
    team_id: str = "",
    user_id: str = "",
) -> str:
    scope = {"omit_users": None, "user_id": user_id, "channel_id": channel_id, "team_id": team_id}
    return json.dumps({"event": name, "data": dict(data), "broadcast": scope, "seq": seq})
