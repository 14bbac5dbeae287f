"""Who is told of what outside of the screen: the rules behind notifications.

Invariant: nothing here looks at a message's text, but for the topic of a plugin's meeting, which the server
does not look at. A mention is what the server's event names as one; times
are the server's for posts and the machine's for "now", so a wrong clock can only make us silent.
"""

from __future__ import annotations

import re

from tui.core.events import Posted
from tui.core.ids import ChannelId, Millis, UserId
from tui.core.models import Membership, Post, Thread, User
from tui.core.patterns import pattern
from tui.core.unread import is_muted, is_own

FRESH: Millis = 3 * 60_000
"""An older post was replayed: the person finds it by its badge."""
AT_KEYBOARD = 60.0
"""Seconds after a key during which the person is taken to look at the screen."""
QUIET = frozenset({"dnd", "ooo"})
"""Presences that want no notification."""
LONGEST_TOPIC = 500
_MENTION = pattern(r"(?<![\w@])@([a-z0-9][a-z0-9._-]{0,63})", re.IGNORECASE)
PERSONAL = frozenset({"D", "G"})
"""Channel types in which every message is for me."""


def is_news(event: Posted, me: UserId) -> bool:
    """Whether a live post may be told of at all: written by others, and not by the server itself."""
    post = event.post
    return not (is_own(post, me) or post.type.startswith("system_") or post.delete_at or post.original_id)


def calls_me(event: Posted, me: UserId) -> bool:
    """Whether a live post is for me in person: it mentions me, or stands in a direct or group channel."""
    return is_news(event, me) and (me in event.mentions or event.channel_type in PERSONAL)


def topic_calls_me(post: Post, username: str) -> bool:
    """Whether the topic of a plugin's meeting names me: its message is empty, so the server saw nothing."""
    topic = post.props.get("meeting_topic") if post.type.startswith("custom_") else None
    if not isinstance(topic, str):
        return False
    named = {word.lower().rstrip(".-_") for word in _MENTION.findall(topic[:LONGEST_TOPIC])}
    return bool(named & {"all", "channel", "here", username.lower()} - {""})


def wants_to_know(membership: Membership | None, me: User | None, status: str) -> bool:
    """Whether I want to be told of that channel's posts: not muted, not "none", and I am not away for good.

    The channel's `desktop` "default" is my own setting. A channel that is not known yet is told of.
    """
    if status in QUIET or is_muted(membership):
        return False
    return wished(membership, me) != "none"


def wished(membership: Membership | None, me: User | None) -> str:
    """Of what I want to be told there: all, mention or none; the channel's word, else my own."""
    own = me.notify_props.get("desktop", "") if me else ""
    here = membership.notify_props.get("desktop", "") if membership else ""
    return (own if here in ("", "default") else here) or "mention"


def wants_replies(thread: Thread | None, me: User | None) -> bool:
    """Whether I want to be told of a reply there: in threads that I follow, unless I have switched it off."""
    own = me.notify_props.get("desktop_threads", "") if me else ""
    return thread is not None and thread.is_following and own in ("", "all")


def is_fresh(post: Post, now: Millis) -> bool:
    return post.create_at > now - FRESH


def in_sight(channel_id: ChannelId, open_channel: ChannelId, idle: float) -> bool:
    """Whether the person sees the post come; `idle` = seconds since the last key."""
    return channel_id == open_channel and idle < AT_KEYBOARD
