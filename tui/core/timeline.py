"""Turns posts, holes and queued commands into the rows of a timeline.

Rows are ordered by (create_at, id); what still waits in the outbox comes last, whatever the local clock says.
The same posts in any order, once or twice, give the same rows.

Invariant: a queued text and its post are never both shown, and no hole is ever silent.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import field, replace
from datetime import date

from tui.core.ids import Millis, PostId, UserId
from tui.core.intervals import Hole
from tui.core.models import OutboxItem, Post, User
from tui.core.outbox import cid_of
from tui.core.timeline_queue import apply_changes, changes_by_post, made_up
from tui.core.timeline_rows import (
    Author,
    DayRow,
    GapRow,
    LoadingRow,
    NewMessagesRow,
    PostRow,
    ReactionCount,
    ReplyContext,
    Row,
    StartRow,
    author_of,
    count_reactions,
    is_system,
    row_key,
)
from tui.core.unread import UNCOUNTED_TYPES, is_own
from tui.core.values import dataclass

__all__ = [
    "Author",
    "DayRow",
    "GapRow",
    "LoadingRow",
    "NewMessagesRow",
    "PostRow",
    "ReactionCount",
    "ReplyContext",
    "Row",
    "StartRow",
    "author_of",
    "count_reactions",
    "is_system",
    "row_key",
    "rows",
]

GROUP_WITHIN: Millis = 5 * 60 * 1000

JOIN_LEAVE_TYPES = UNCOUNTED_TYPES | {"system_guest_join_channel", "system_add_guest_to_chan"}


@dataclass(frozen=True, slots=True)
class _Context:
    me: UserId
    users: Mapping[UserId, User]
    name_setting: str
    saved: AbstractSet[PostId]
    roots: Mapping[PostId, Post]
    changes: Mapping[PostId, tuple[OutboxItem, ...]]
    allow_override: bool
    authors: dict[UserId, Author] = field(default_factory=dict)

    def author(self, post: Post) -> Author:
        """`author_of`, remembered for those who write as themselves."""
        if post.props:
            return author_of(post, self.users, self.name_setting, allow_override=self.allow_override)
        known = self.authors.get(post.user_id)
        if known is None:
            known = self.authors[post.user_id] = author_of(post, self.users, self.name_setting)
        return known


def rows(
    posts: Sequence[Post],
    *,
    me: UserId,
    users: Mapping[UserId, User],
    day_of: Callable[[Millis], date],
    name_setting: str = "username",
    last_viewed_at: Millis = 0,
    gaps: Iterable[Hole] = (),
    pending: Sequence[OutboxItem] = (),
    crt: bool = False,
    root_id: PostId = "",
    roots: Mapping[PostId, Post] | None = None,
    saved: AbstractSet[PostId] = frozenset(),
    hide_join_leave: bool = False,
    at_start: bool = False,
    loading: bool = False,
    allow_override: bool = True,
) -> tuple[Row, ...]:
    """The rows of one channel, or of one thread when `root_id` is set, from old to new.

    `last_viewed_at` 0 draws no new-messages line. `pending` are the channel's outbox items of any kind.
    `roots` lets replies name what they answer; `at_start` = nothing older exists, `loading` = it is coming.
    """
    history = _ordered(posts)
    known = {post.id: post for post in history}
    changes = changes_by_post(pending)
    context = _Context(me, users, name_setting, saved, {**(roots or {}), **known}, changes, allow_override)
    result: list[Row] = [LoadingRow()] if loading else [StartRow()] if at_start else []
    shown = _Shown(crt, root_id, hide_join_leave, me, users[me].username if me in users else "")
    _add_history(result, history, shown, context, _gaps_by_index(history, gaps), last_viewed_at, day_of)
    _add_pending(result, _unsent(history, pending, shown, me), history, context, day_of)
    return tuple(result)


def _ordered(posts: Iterable[Post]) -> list[Post]:
    """Once each, newest version, without deleted ones and ghosts."""
    latest: dict[PostId, Post] = {}
    for post in posts:
        held = latest.get(post.id)
        if not post.original_id and (held is None or post.update_at >= held.update_at):
            latest[post.id] = post
    return sorted((p for p in latest.values() if not p.delete_at), key=lambda p: (p.create_at, p.id))


@dataclass(frozen=True, slots=True)
class _Shown:
    """Which posts belong into this view."""

    crt: bool
    root_id: PostId
    hide_join_leave: bool
    me: UserId
    my_name: str

    def post(self, post: Post) -> bool:
        if self.root_id:
            return self.root_id in (post.id, post.root_id)
        if self.crt and post.root_id:
            return False
        return not (self.hide_join_leave and post.type in JOIN_LEAVE_TYPES and not self._about_me(post))

    def target(self, root_id: PostId) -> bool:
        if self.root_id:
            return root_id == self.root_id
        return not (self.crt and root_id)

    def _about_me(self, post: Post) -> bool:
        people = {post.props.get(key) for key in ("userId", "addedUserId", "removedUserId")}
        names = {post.props.get(key) for key in ("username", "addedUsername", "removedUsername")}
        return post.user_id == self.me or self.me in people or (bool(self.my_name) and self.my_name in names)


def _gaps_by_index(history: Sequence[Post], gaps: Iterable[Hole]) -> dict[int, GapRow]:
    """Position in `history` before which each hole lies; holes outside of the window are left out."""
    anchors = [(post.create_at, post.id) for post in history]
    result: dict[int, GapRow] = {}
    for hole in gaps:
        index = bisect_left(anchors, hole.newer)
        touches_older = index > 0 and anchors[index - 1] >= hole.older
        touches_newer = index < len(anchors) and anchors[index] == hole.newer
        if (0 < index < len(anchors)) or touches_older or touches_newer:
            result[index] = GapRow(hole.older, hole.newer)
    return result


def _add_history(
    result: list[Row],
    history: Sequence[Post],
    shown: _Shown,
    context: _Context,
    gaps: Mapping[int, GapRow],
    last_viewed_at: Millis,
    day_of: Callable[[Millis], date],
) -> None:
    day: date | None = None
    line_due = last_viewed_at > 0
    keys: set[str] = set()
    for index, post in enumerate(history):
        if index in gaps:
            result.append(gaps[index])
        if not shown.post(post):
            continue
        if (today := day_of(post.create_at)) != day:
            result.append(DayRow(today))
            day = today
        if line_due and post.create_at > last_viewed_at and not is_own(post, context.me):
            result.append(NewMessagesRow())
            line_due = False
        row = _post_row(post, result, context, in_thread=bool(shown.root_id))
        result.append(replace(row, key=post.id) if row.key in keys else row)
        keys.add(row.key)
    if len(history) in gaps:
        result.append(gaps[len(history)])


def _post_row(post: Post, above: Sequence[Row], context: _Context, *, in_thread: bool) -> PostRow:
    changes = context.changes.get(post.id, ())
    seen = apply_changes(post, changes, context.me) if changes else post
    author = context.author(post)
    previous = above[-1] if above and isinstance(above[-1], PostRow) else None
    reply_to = None if in_thread else _reply_context(post, previous, context)
    return PostRow(
        key=row_key(post, context.me),
        post=seen,
        author=author,
        head=reply_to is not None or not _continues(post, author, previous, in_thread=in_thread),
        system=is_system(post),
        reply_to=reply_to,
        reactions=count_reactions(seen.reactions, context.me) if seen.reactions else (),
        changes=changes,
        deleting=bool(changes) and any(i.kind == "delete" and i.state != "parked" for i in changes),
        saved=post.id in context.saved,
        mine=post.user_id == context.me and not is_system(post),
    )


def _continues(post: Post, author: Author, previous: PostRow | None, *, in_thread: bool) -> bool:
    """Whether `post` is shown under the head of the row above."""
    if previous is None or previous.system or is_system(post):
        return False
    same_author = (author.user_id, author.name) == (previous.author.user_id, previous.author.name)
    near = post.create_at - previous.post.create_at <= GROUP_WITHIN
    same_place = in_thread or post.root_id == previous.post.root_id
    return same_author and near and same_place


def _reply_context(post: Post, previous: PostRow | None, context: _Context) -> ReplyContext | None:
    """What a reply answers, unless the row above already is of the same thread."""
    if not post.root_id:
        return None
    if previous is not None and post.root_id in (previous.post.id, previous.post.root_id):
        return None
    root = context.roots.get(post.root_id)
    if root is None:
        return ReplyContext(post.root_id, None)
    return ReplyContext(post.root_id, context.author(root), root.message)


def _unsent(
    history: Sequence[Post], pending: Sequence[OutboxItem], shown: _Shown, me: UserId
) -> list[OutboxItem]:
    """Queued texts that are not yet among the posts, in the order of queueing."""
    own = [post for post in history if post.user_id == me]
    arrived = {cid_of(post) for post in own} | {post.pending_post_id for post in own}
    return [
        item
        for item in sorted(pending, key=lambda i: i.seq)
        if item.kind == "post"
        and shown.target(item.target.root_id)
        and item.cid not in arrived
        and not (item.pending_post_id and item.pending_post_id in arrived)
    ]


def _add_pending(
    result: list[Row],
    waiting: Sequence[OutboxItem],
    history: Sequence[Post],
    context: _Context,
    day_of: Callable[[Millis], date],
) -> None:
    """Rows of what is not sent yet. A slow local clock must not put a day of the past below newer posts."""
    newest = history[-1].create_at if history else 0
    day = next((row.date for row in reversed(result) if isinstance(row, DayRow)), None)
    for item in waiting:
        newest = max(newest, item.create_at)
        if (today := day_of(newest)) != day:
            result.append(DayRow(today))
            day = today
        row = _post_row(made_up(item, newest, context.me), result, context, in_thread=False)
        result.append(replace(row, key=item.cid, pending=item))
