"""The kinds of rows that a timeline is made of, and who a row says has written it.

Invariant: every row has a `key` that is unique in its timeline and stable while its content changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from datetime import date
from typing import TypeAlias

from tui.core.ids import PostId, UserId
from tui.core.intervals import Anchor
from tui.core.models import OutboxItem, Post, Reaction, User
from tui.core.names import display_name
from tui.core.outbox import cid_of
from tui.core.values import dataclass


@dataclass(frozen=True, slots=True)
class Author:
    """Who a row says has written it. Names are hostile text; "" = not known yet."""

    user_id: UserId
    name: str
    username: str = ""
    """The real sender. Differs from `name` where an integration overrides it: show both then."""
    bot: bool = False
    overridden: bool = False
    deactivated: bool = False


@dataclass(frozen=True, slots=True)
class ReplyContext:
    """The root that a reply in the channel answers."""

    root_id: PostId
    author: Author | None
    """None = the root is not in the store."""
    message: str = ""


@dataclass(frozen=True, slots=True)
class ReactionCount:
    emoji_name: str
    count: int
    mine: bool
    user_ids: tuple[UserId, ...] = ()


@dataclass(frozen=True, slots=True)
class DayRow:
    date: date

    @property
    def key(self) -> str:
        return f"day:{self.date.isoformat()}"


@dataclass(frozen=True, slots=True)
class NewMessagesRow:
    """Everything below came after the last visit."""

    key: str = field(default="new", init=False)


@dataclass(frozen=True, slots=True)
class GapRow:
    """Unknown history between two posts; loading it needs one of them as the anchor."""

    older: Anchor
    newer: Anchor

    @property
    def key(self) -> str:
        return f"gap:{self.older[1]}:{self.newer[1]}"


@dataclass(frozen=True, slots=True)
class StartRow:
    """The channel (or thread) begins here."""

    key: str = field(default="start", init=False)


@dataclass(frozen=True, slots=True)
class LoadingRow:
    """Older history is on its way."""

    key: str = field(default="loading", init=False)


@dataclass(frozen=True, slots=True)
class PostRow:
    """One message, sent or still waiting."""

    key: str
    """Stable over sending: our own uuid where the post carries one, else the post's id."""
    post: Post
    author: Author
    head: bool
    """Show author and time; False = continues the row above."""
    system: bool = False
    reply_to: ReplyContext | None = None
    reactions: tuple[ReactionCount, ...] = ()
    pending: OutboxItem | None = None
    """Set while this text has not reached the server; `post` is then made up from it."""
    changes: tuple[OutboxItem, ...] = ()
    """Queued edits, reactions, pins of this post; already applied to `post` for display."""
    deleting: bool = False
    """Its deletion is queued."""
    saved: bool = False
    mine: bool = False
    """May be edited and deleted as my own."""


Row: TypeAlias = DayRow | NewMessagesRow | GapRow | StartRow | LoadingRow | PostRow


def row_key(post: Post, me: UserId) -> str:
    """Our own uuid for what I wrote with teleteam, so that a row keeps its identity while it is sent."""
    return (cid_of(post) if post.user_id == me else "") or post.id


def is_system(post: Post) -> bool:
    return post.type.startswith("system_")


def author_of(
    post: Post, users: Mapping[UserId, User], setting: str, *, allow_override: bool = True
) -> Author:
    """Who has written `post`; honours a webhook's `override_username` but keeps the real sender beside it."""
    user = users.get(post.user_id)
    name = display_name(user, setting) if user else ""
    override = post.props.get("override_username")
    hooked = post.props.get("from_webhook") == "true"
    overridden = allow_override and hooked and isinstance(override, str) and bool(override.strip())
    return Author(
        user_id=post.user_id,
        name=str(override) if overridden else name,
        username=user.username if user else "",
        bot=hooked or (user is not None and user.is_bot),
        overridden=overridden,
        deactivated=user is not None and user.delete_at > 0,
    )


def count_reactions(reactions: Iterable[Reaction], me: UserId) -> tuple[ReactionCount, ...]:
    """Reactions by emoji, in the order in which each emoji was first used."""
    by_name: dict[str, dict[UserId, None]] = {}
    for reaction in sorted(reactions, key=lambda r: (r.create_at, r.user_id)):
        by_name.setdefault(reaction.emoji_name, {})[reaction.user_id] = None
    return tuple(ReactionCount(name, len(ids), me in ids, tuple(ids)) for name, ids in by_name.items())
