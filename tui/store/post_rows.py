"""A post as a row, and how two rows of the same post become one.

Every column belongs to a register with a version of its own, and merging takes the newer register:
- the text (message, props, edit mark, pin …) goes by `update_at`;
- files, custom emoji and acknowledgements, which some answers omit, by `meta_at`: the `update_at` of the
  newest post that had them;
- the reply counter by `reply_version`: the newest of `update_at` and `last_reply_at` it was seen with. Of two
  counts of one version the smaller wins (replies were deleted), but 0 says nothing: many answers do not
  count;
- `delete_at`, `pending_post_id`, `cid` and the participants of a thread only ever grow. A deleted post stays
  as a tombstone without text, so that a late older event cannot bring it back, and so that a doubtful send
  finds its cid.
Equal versions with unequal content (which the server does not make) are settled by comparing
  the content.

Invariant: `merge` is idempotent, commutative and associative, except for ephemeral posts, which have no
versions.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from msgspec import Struct

from tui.core.models import NO_PROPS, FileInfo, Post, Reaction
from tui.store import codec
from tui.store.access import Row
from tui.store.codec import number, text

EPHEMERAL = "system_ephemeral"
CID_PROP = "teleteam_cid"


class PostRow(NamedTuple):
    """The columns of `posts` after `n`, in order. Lists and mappings are JSON, "" = empty."""

    id: str
    channel_id: str = ""
    user_id: str = ""
    root_id: str = ""
    type: str = ""
    create_at: int = 0
    update_at: int = 0
    edit_at: int = 0
    delete_at: int = 0
    is_pinned: int = 0
    message: str = ""
    hashtags: str = ""
    props: str = ""
    file_ids: str = ""
    pending_post_id: str = ""
    cid: str = ""
    reply_count: int = 0
    last_reply_at: int = 0
    reply_version: int = 0
    participants: str = ""
    meta_at: int = -1
    files: str = ""
    emojis: str = ""
    urgency: str = ""


COLUMNS = ", ".join(PostRow._fields)
SELECT = f"SELECT {COLUMNS} FROM posts"  # noqa: S608 (own names)
WITH_REACTIONS = f"""SELECT {COLUMNS}, (SELECT json_group_array(json_array(version, user_id, emoji_name))
FROM reactions WHERE post_id = posts.id AND gone = 0) FROM posts"""  # noqa: S608 (own names)
"""Posts and their reactions in one statement: one committed state, and half the time of two."""
IDS = "WHERE id IN (SELECT value FROM json_each(?))"
BY_IDS = f"{SELECT} {IDS}"
_MARKS = ", ".join("?" * len(PostRow._fields))
_SETS = ", ".join(f"{name} = excluded.{name}" for name in PostRow._fields[1:])
UPSERT = f"INSERT INTO posts ({COLUMNS}) VALUES ({_MARKS}) ON CONFLICT (id) DO UPDATE SET {_SETS}"  # noqa: S608


_FIXED = (
    "channel_id",
    "user_id",
    "root_id",
    "type",
    "create_at",
    "delete_at",
    "pending_post_id",
    "cid",
    "last_reply_at",
)
"""Columns that never change on the server, once set, or only grow."""


def tombstone(post_id: str, delete_at: int) -> PostRow:
    return PostRow(post_id, delete_at=max(1, delete_at))


def row_of(post: Post, *, from_event: bool = False) -> PostRow:
    """`post` as a row; the reply counter of an event is not believed."""
    cid = post.props.get(CID_PROP)
    counted = not from_event and post.reply_count > 0
    return _buried(
        PostRow(
            id=text(post.id),
            channel_id=text(post.channel_id),
            user_id=text(post.user_id),
            root_id=text(post.root_id),
            type=text(post.type),
            create_at=number(post.create_at),
            update_at=number(post.update_at),
            edit_at=number(post.edit_at),
            delete_at=number(post.delete_at),
            is_pinned=int(post.is_pinned),
            message=text(post.message),
            hashtags=text(post.hashtags),
            props=_json(post.props),
            file_ids=_json(post.file_ids),
            pending_post_id=text(post.pending_post_id),
            cid=text(cid) if isinstance(cid, str) else "",
            reply_count=number(post.reply_count) if counted else 0,
            last_reply_at=number(post.last_reply_at) if counted else 0,
            reply_version=number(max(post.update_at, post.last_reply_at)) if counted else 0,
            participants=_json(post.participants),
            meta_at=number(post.update_at) if post.has_metadata else -1,
            files=_json(post.files) if post.has_metadata else "",
            emojis=_json(post.emojis) if post.has_metadata else "",
            urgency=urgency_of(post) if post.has_metadata else "",
        )
    )


def urgency_of(post: Post) -> str:
    """Priority and acknowledgements as JSON, "" for an ordinary post."""
    if not (post.priority or post.wants_ack or post.acknowledged):
        return ""
    return _json({"priority": post.priority, "ack": post.wants_ack, "by": post.acknowledged})


class _Urgency(Struct):
    priority: str = ""
    ack: bool = False
    by: tuple[tuple[str, int], ...] = ()


def read(row: Row) -> Post:
    """The model of a row of WITH_REACTIONS."""
    *columns, listed = row
    return post_of(PostRow._make(columns), () if listed == "[]" else _reactions(columns[0], listed))


def _reactions(post_id: str, listed: str) -> tuple[Reaction, ...]:
    """Oldest first."""
    found = sorted(codec.decode(list[tuple[int, str, str]], listed))
    return tuple(Reaction(post_id, user_id, emoji_name, at) for at, user_id, emoji_name in found)


def post_of(r: PostRow, reactions: tuple[Reaction, ...] = ()) -> Post:
    """The model of a row."""
    urgency = codec.decode(_Urgency, r.urgency) if r.urgency else _NOT_URGENT
    return Post(
        id=r.id,
        channel_id=r.channel_id,
        user_id=r.user_id,
        message=r.message,
        root_id=r.root_id,
        type=r.type,
        create_at=r.create_at,
        update_at=r.update_at,
        edit_at=r.edit_at,
        delete_at=r.delete_at,
        is_pinned=bool(r.is_pinned),
        pending_post_id=r.pending_post_id,
        reply_count=r.reply_count,
        last_reply_at=r.last_reply_at,
        hashtags=r.hashtags,
        props=codec.decode_mapping(r.props) if r.props else NO_PROPS,
        file_ids=codec.decode_texts(r.file_ids) if r.file_ids else (),
        files=codec.decode(tuple[FileInfo, ...], r.files) if r.files else (),
        reactions=reactions,
        emojis=codec.decode_texts(r.emojis) if r.emojis else (),
        participants=codec.decode_texts(r.participants) if r.participants else (),
        priority=urgency.priority,
        wants_ack=urgency.ack,
        acknowledged=urgency.by,
        has_metadata=r.meta_at >= 0,
    )


_NOT_URGENT = _Urgency()


def merge(old: PostRow, new: PostRow) -> PostRow:
    """The row that both amount to, in whichever order they came."""
    if new.type == EPHEMERAL == old.type and not old.delete_at:
        return new
    wording = max(old, new, key=_wording)
    meta = max(old, new, key=_meta)
    replies = max(old, new, key=_replies)
    merged = wording._replace(
        **{name: max(getattr(old, name), getattr(new, name)) for name in _FIXED},
        reply_count=replies.reply_count,
        reply_version=replies.reply_version,
        participants=max(old.participants, new.participants, key=lambda ids: (len(ids), ids)),
        meta_at=meta.meta_at,
        files=meta.files,
        emojis=meta.emojis,
        urgency=meta.urgency,
    )
    return _buried(merged)


def _wording(row: PostRow) -> tuple[Any, ...]:
    return (
        row.update_at,
        row.edit_at,
        row.message,
        row.props,
        row.is_pinned,
        row.file_ids,
        row.hashtags,
    )


def _meta(row: PostRow) -> tuple[Any, ...]:
    return (row.meta_at, row.files, row.emojis, row.urgency)


def _replies(row: PostRow) -> tuple[Any, ...]:
    return (row.reply_count > 0, row.reply_version, -row.reply_count)


def _buried(row: PostRow) -> PostRow:
    """A deleted post keeps its place and its versions, nothing of what it said."""
    if not row.delete_at:
        return row
    return row._replace(
        message="",
        hashtags="",
        props="",
        file_ids="",
        files="",
        emojis="",
        participants="",
        edit_at=0,
        is_pinned=0,
        reply_count=0,
        last_reply_at=0,
        reply_version=0,
        meta_at=-1,
        urgency="",
    )


def _json(value: Any) -> str:
    """Canonical JSON, "" for what is empty. What JSON cannot say (endless nesting) is dropped."""
    if not value:
        return ""
    try:
        return codec.encode(value)
    except (RecursionError, ValueError, TypeError, OverflowError):
        return ""
