"""Unread and mention counts by the server's own rules, with and without collapsed reply threads.

Never computed from times: join and leave posts raise `last_post_at` but are not unread (mattermost-facts §4).

Invariant: counts are never negative, and a muted channel is never bold for its messages.
"""

from __future__ import annotations

from dataclasses import replace

from tui.core.ids import UserId
from tui.core.models import Channel, Membership, Post, ServerConfig
from tui.core.preferences import Preferences
from tui.core.values import dataclass

UNCOUNTED_TYPES = frozenset(
    {
        "system_join_leave",
        "system_add_remove",
        "system_join_channel",
        "system_leave_channel",
        "system_join_team",
        "system_leave_team",
        "system_add_to_channel",
        "system_remove_from_channel",
        "system_add_to_team",
        "system_remove_from_team",
    }
)
"""Post types that do not raise `total_msg_count`."""


@dataclass(frozen=True, slots=True)
class Unread:
    messages: int = 0
    mentions: int = 0
    muted: bool = False

    @property
    def bold(self) -> bool:
        """The channel calls for attention."""
        return self.mentions > 0 or (not self.muted and self.messages > 0)


READ = Unread()


def crt_enabled(config: ServerConfig, preferences: Preferences) -> bool:
    """Whether collapsed reply threads are on for this person.

    5.37 also wants its feature flag; later servers do not send one.
    """
    mode = config.text("CollapsedThreads", "disabled")
    if mode in ("", "disabled") or config.text("FeatureFlagCollapsedThreads", "true") != "true":
        return False
    if mode == "always_on":
        return True
    return preferences.text("display_settings", "collapsed_reply_threads", mode) in ("on", "default_on")


def is_muted(membership: Membership | None) -> bool:
    return membership is not None and membership.notify_props.get("mark_unread") == "mention"


def count(channel: Channel, membership: Membership | None, crt: bool) -> Unread:
    """What is unread in a channel for its member; nothing where I am no member."""
    if membership is None:
        return READ
    if crt:
        messages = channel.total_msg_count_root - membership.msg_count_root
        mentions = membership.mention_count_root
    else:
        messages = channel.total_msg_count - membership.msg_count
        mentions = membership.mention_count
    return Unread(max(0, messages), max(0, mentions), is_muted(membership))


def after_posted(
    channel: Channel, membership: Membership, post: Post, mentioned: bool, me: UserId
) -> tuple[Channel, Membership]:
    """Counters after a live `posted` event. `mentioned` = the event names me; never derived from the text.

    Not idempotent: call it once per post, after checking that the post is new.
    """
    counted = 0 if post.type in UNCOUNTED_TYPES else 1
    root = 0 if post.root_id else counted
    grown = replace(
        channel,
        total_msg_count=channel.total_msg_count + counted,
        total_msg_count_root=channel.total_msg_count_root + root,
        last_post_at=max(channel.last_post_at, post.create_at),
        last_root_post_at=max(channel.last_root_post_at, 0 if post.root_id else post.create_at),
    )
    if is_own(post, me):
        return grown, _after_own(grown, membership, post, counted, root)
    mention = 1 if mentioned else 0
    return grown, replace(
        membership,
        mention_count=membership.mention_count + mention,
        mention_count_root=membership.mention_count_root + (0 if post.root_id else mention),
    )


def is_own(post: Post, me: UserId) -> bool:
    """Written by me by hand: not by the system or a webhook in my name."""
    return (
        post.user_id == me
        and not post.type.startswith("system_")
        and post.props.get("from_webhook") != "true"
    )


def _after_own(channel: Channel, membership: Membership, post: Post, counted: int, root: int) -> Membership:
    """Sending marks the channel read, unless I had marked it unread by hand."""
    if membership.manually_unread:
        return replace(
            membership,
            msg_count=membership.msg_count + counted,
            msg_count_root=membership.msg_count_root + root,
        )
    return after_viewed(channel, membership, post.create_at)


def after_viewed(channel: Channel, membership: Membership, viewed_at: int) -> Membership:
    """My row after the channel was viewed: everything is read, mentions are gone."""
    return replace(
        membership,
        msg_count=channel.total_msg_count,
        msg_count_root=channel.total_msg_count_root,
        mention_count=0,
        mention_count_root=0,
        last_viewed_at=max(membership.last_viewed_at, viewed_at),
    )
