"""How queued commands show in a timeline before the server has them.

Invariant: a command that was refused (parked) never changes what a sent post looks like.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from tui.core.ids import Millis, PostId, UserId
from tui.core.models import OutboxItem, Post, Reaction
from tui.core.outbox import props_of


def changes_by_post(pending: Iterable[OutboxItem]) -> dict[PostId, tuple[OutboxItem, ...]]:
    grouped: dict[PostId, list[OutboxItem]] = {}
    for item in sorted(pending, key=lambda i: i.seq):
        if item.kind != "post":
            grouped.setdefault(item.post_id, []).append(item)
    return {post_id: tuple(items) for post_id, items in grouped.items()}


def apply_changes(post: Post, changes: Sequence[OutboxItem], me: UserId) -> Post:
    """The post as it will be when the queue has been worked off; refused (parked) changes are not applied."""
    for item in changes:
        if item.state == "parked":
            continue
        if item.kind == "edit":
            post = replace(post, message=item.text, edit_at=max(post.edit_at, item.create_at))
        elif item.kind in ("pin", "unpin"):
            post = replace(post, is_pinned=item.kind == "pin")
        elif item.kind in ("react", "unreact"):
            post = replace(post, reactions=_reacted(post, item, me))
    return post


def _reacted(post: Post, item: OutboxItem, me: UserId) -> tuple[Reaction, ...]:
    others = tuple(r for r in post.reactions if (r.user_id, r.emoji_name) != (me, item.text))
    if item.kind == "unreact":
        return others
    if len(others) < len(post.reactions):
        return post.reactions
    return (*post.reactions, Reaction(post.id, me, item.text, item.create_at))


def made_up(item: OutboxItem, at: Millis, me: UserId) -> Post:
    """The post that `item` will become; it has no id yet."""
    return Post(
        id="",
        channel_id=item.target.channel_id,
        user_id=me,
        message=item.text,
        root_id=item.target.root_id,
        create_at=at,
        update_at=at,
        pending_post_id=item.pending_post_id,
        props=props_of(item),
        file_ids=item.file_ids,
    )
