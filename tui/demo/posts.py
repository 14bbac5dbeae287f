"""Posts as the API shows them: the object with its metadata, and lists of them.

Invariant: `order` is the page, newest first; `posts` may hold more. Deleted posts show no text.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import msgspec

from tui.demo import mentions, shapes
from tui.demo.records import Post, Wire

if TYPE_CHECKING:
    from tui.demo.world import World


def text(value: object) -> str:
    """JSON inside JSON, as events carry it."""
    return msgspec.json.encode(value).decode()


def shape(
    world: World, post: Post, *, replies: int | None = None, pending: str = "", bare: bool = False
) -> Wire:
    """One post. `replies` None = count them; `bare` = without `metadata` (threads, repeated sends)."""
    if replies is None:
        replies = len(world.live_replies(post.root_id or post.id))
    out: Wire = {
        "id": post.id,
        "create_at": post.create_at,
        "update_at": post.update_at,
        "edit_at": post.edit_at,
        "delete_at": post.delete_at,
        "is_pinned": post.is_pinned,
        "user_id": post.user_id,
        "channel_id": post.channel_id,
        "root_id": post.root_id,
        "parent_id": post.root_id,
        "original_id": post.original_id,
        "message": "" if post.delete_at else post.message,
        "type": post.type,
        "props": dict(post.props),
        "hashtags": post.hashtags,
    }
    if post.file_ids:
        out["file_ids"] = list(post.file_ids)
    out["pending_post_id"] = pending
    if post.reactions:
        out["has_reactions"] = True
    out |= {"reply_count": replies, "last_reply_at": 0, "participants": None}
    if not bare:
        out["metadata"] = {} if post.delete_at else metadata(world, post)
    return out


def metadata(world: World, post: Post) -> Wire:
    """Embeds, custom emoji, files, reactions: each key only where there is something."""
    out: Wire = {}
    embeds = _embeds(world, post)
    if embeds:
        out["embeds"] = embeds
    emojis = _emojis(world, post)
    if emojis:
        out["emojis"] = emojis
    if post.file_ids:
        out["files"] = [shapes.file_info(world.files[i]) for i in post.file_ids if i in world.files]
    if post.reactions:
        out["reactions"] = [shapes.reaction(row) for row in post.reactions]
    return out


def _embeds(world: World, post: Post) -> list[Wire]:
    if "attachments" in post.props:
        return [{"type": "message_attachment"}]
    found = mentions.URL.search(post.message) if "://" in post.message else None
    if found is None or found[0].startswith(world.site_url or "-"):
        return []
    return [{"type": "link", "url": found[0]}]


def _emojis(world: World, post: Post) -> list[Wire]:
    if not world.emojis:
        return []
    used = set(mentions.EMOJI.findall(post.message)) if ":" in post.message else set()
    used |= {row.emoji_name for row in post.reactions}
    return [shapes.emoji(row) for name, row in world.emojis.items() if name in used]


def post_list(
    world: World,
    order: Iterable[Post],
    more: Iterable[Post] = (),
    *,
    count: bool = True,
    next_id: str = "",
    prev_id: str = "",
    bare: bool = False,
) -> Wire:
    """A PostList; `count` False = reply_count stays 0, as without skipFetchThreads."""
    page = list(order)
    rows = {post.id: post for post in (*more, *page)}
    replies = None if count else 0
    return {
        "order": [post.id for post in page],
        "posts": {post.id: shape(world, post, replies=replies, bare=bare) for post in rows.values()},
        "next_post_id": next_id,
        "prev_post_id": prev_id,
    }
