"""Posts and what hangs on them from the wire.

Used through `core.wire`, whose invariant holds here.
"""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from tui.core.fields import (
    JsonObject,
    flag,
    millis,
    named,
    number,
    obj,
    objects,
    props,
    text,
    texts,
)
from tui.core.ids import TeamId
from tui.core.models import FileInfo, Post, PostPage, Reaction, ScheduledPost, Thread


def post(value: object) -> Post:
    """A post. `has_metadata` is False as well where the answer tells of files or reactions but omits them."""
    d = obj(value)
    metadata = d.get("metadata")
    known = metadata if isinstance(metadata, dict) else {}
    file_ids = texts(d.get("file_ids"))
    return Post(
        id=text(d, "id"),
        channel_id=text(d, "channel_id"),
        user_id=text(d, "user_id"),
        message=text(d, "message"),
        root_id=text(d, "root_id"),
        type=text(d, "type"),
        create_at=millis(d, "create_at"),
        update_at=millis(d, "update_at"),
        edit_at=millis(d, "edit_at"),
        delete_at=millis(d, "delete_at"),
        is_pinned=flag(d, "is_pinned"),
        pending_post_id=text(d, "pending_post_id"),
        original_id=text(d, "original_id"),
        reply_count=number(d, "reply_count"),
        last_reply_at=millis(d, "last_reply_at"),
        hashtags=text(d, "hashtags"),
        props=props(d.get("props")),
        file_ids=file_ids,
        files=tuple(named(map(file_info, objects(known.get("files"))))),
        reactions=tuple(map(reaction, objects(known.get("reactions")))),
        emojis=tuple(text(row, "name") for row in objects(known.get("emojis"))),
        participants=_participants(d.get("participants")),
        priority=_priority(known),
        wants_ack=flag(_object(known.get("priority")), "requested_ack"),
        acknowledged=_acknowledged(known.get("acknowledgements")),
        has_metadata=isinstance(metadata, dict) and _complete(d, known, file_ids),
    )


def _complete(d: JsonObject, metadata: JsonObject, file_ids: tuple[str, ...]) -> bool:
    files_missing = bool(file_ids) and not metadata.get("files")
    reactions_missing = flag(d, "has_reactions") and not metadata.get("reactions")
    return not files_missing and not reactions_missing


def _object(value: object) -> JsonObject:
    return value if isinstance(value, dict) else {}


def _priority(metadata: JsonObject) -> str:
    found = text(_object(metadata.get("priority")), "priority")
    return found if found in ("important", "urgent") else ""


def _acknowledged(value: object) -> tuple[tuple[str, int], ...]:
    """(user, time) of those who acknowledged; a time of 0 is one taken back."""
    found = ((text(row, "user_id"), millis(row, "acknowledged_at")) for row in objects(value))
    return tuple(sorted((user_id, at) for user_id, at in found if user_id and at))


def _participants(value: object) -> tuple[str, ...]:
    ids = (text(row, "id") for row in objects(value))
    return tuple(user_id for user_id in ids if user_id)


def post_page(value: object) -> PostPage:
    """A PostList. `order` names only posts that came along, each once, as the server sorted them."""
    d = obj(value)
    found = d.get("posts")
    sent = list(found.values()) if isinstance(found, dict) else []
    posts = {row.id: row for row in named(map(post, objects(sent)))}
    order = dict.fromkeys(post_id for post_id in texts(d.get("order")) if post_id in posts)
    return PostPage(tuple(order), MappingProxyType(posts), text(d, "next_post_id"), text(d, "prev_post_id"))


def thread_page(value: object) -> PostPage:
    """A whole thread, newest first: the server sorts it not at all and names the asked-for post twice."""
    page = post_page(value)
    newest_first = sorted(page.posts.values(), key=lambda row: (row.create_at, row.id), reverse=True)
    return replace(page, order=tuple(row.id for row in newest_first))


def scheduled_post(value: object) -> ScheduledPost:
    d = obj(value)
    return ScheduledPost(
        id=text(d, "id"),
        channel_id=text(d, "channel_id"),
        root_id=text(d, "root_id"),
        message=text(d, "message"),
        scheduled_at=millis(d, "scheduled_at"),
        error_code=text(d, "error_code"),
    )


def scheduled_posts(value: object) -> list[ScheduledPost]:
    """All of an answer by team and `directChannels`, the next first."""
    d = obj(value)
    found = {row.id: row for rows in d.values() for row in named(map(scheduled_post, objects(rows)))}
    return sorted(found.values(), key=lambda row: (row.scheduled_at, row.id))


def reaction(value: object) -> Reaction:
    d = obj(value)
    return Reaction(
        text(d, "post_id"),
        text(d, "user_id"),
        text(d, "emoji_name"),
        millis(d, "create_at"),
        millis(d, "update_at"),
    )


def file_info(value: object) -> FileInfo:
    d = obj(value)
    return FileInfo(
        id=text(d, "id"),
        name=text(d, "name"),
        extension=text(d, "extension"),
        size=number(d, "size"),
        mime_type=text(d, "mime_type"),
        width=number(d, "width"),
        height=number(d, "height"),
        has_preview_image=flag(d, "has_preview_image"),
        post_id=text(d, "post_id"),
        channel_id=text(d, "channel_id"),
    )


def file_infos(value: object) -> list[FileInfo]:
    """Answer of `POST /files`."""
    return named(map(file_info, objects(obj(value).get("file_infos"))))


def thread(value: object, team_id: TeamId = "") -> Thread:
    """A followed thread, from the threads list or a `thread_updated` event; a deleted one is not followed."""
    d = obj(value)
    root = d.get("post")
    root_post = post(root) if isinstance(root, dict) else None
    return Thread(
        id=text(d, "id"),
        team_id=team_id,
        channel_id=root_post.channel_id if root_post else text(d, "channel_id"),
        reply_count=number(d, "reply_count"),
        unread_replies=number(d, "unread_replies"),
        unread_mentions=number(d, "unread_mentions"),
        last_reply_at=millis(d, "last_reply_at"),
        last_viewed_at=millis(d, "last_viewed_at"),
        is_following=not millis(d, "delete_at"),
        post=root_post,
    )


def threads(value: object, team_id: TeamId = "") -> list[Thread]:
    return named(thread(row, team_id) for row in objects(obj(value).get("threads")))
