"""Reads a window of posts and turns it into rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from tui.client.base import Base
from tui.core.ids import ChannelId, Millis, PostId, UserId
from tui.core.intervals import Anchor, Hole, Intervals, holes, reached_start, span_of
from tui.core.models import Post, User
from tui.core.timeline import Row, rows
from tui.core.values import dataclass


@dataclass(frozen=True, slots=True)
class TimelineView:
    """A window of a channel or thread, ready to be drawn."""

    channel_id: ChannelId
    rows: tuple[Row, ...]
    root_id: PostId = ""
    has_older: bool = False
    """More lies above this window, in the store or on the server."""
    has_newer: bool = False
    """More lies below it, in the store."""
    loading: bool = False
    """Older history is on its way."""
    oldest: Anchor | None = None
    """Pass it as `before` to page up."""
    newest: Anchor | None = None


class Timelines:
    def __init__(self, base: Base) -> None:
        self._base = base

    def read(self, channel_id: ChannelId, limit: int, before: Anchor | None, root_id: PostId) -> TimelineView:
        """The newest `limit` posts (older than `before`), or a whole thread when `root_id` is set."""
        store = self._base.store
        if root_id:
            posts: Sequence[Post] = [*store.posts.thread(root_id), *self._ephemerals(channel_id, root_id)]
            return self._view(channel_id, posts, (), root_id=root_id, before=None)
        crt = self._base.lookups.crt()
        spans = store.intervals.of(channel_id)
        posts = _without_strays(store.posts.newest(channel_id, limit, before=before, roots_only=crt), spans)
        if before is None:
            posts = [*posts, *self._ephemerals(channel_id, "")]
        return self._view(channel_id, posts, spans, root_id="", before=before)

    def around(self, post_id: PostId, limit: int) -> TimelineView | None:
        """The window around one post, None where it is not stored."""
        store = self._base.store
        post = store.posts.get(post_id)
        if post is None or post.delete_at:
            return None
        crt = self._base.lookups.crt()
        middle = post.root_id if crt and post.root_id else post.id
        posts = store.posts.around(post.channel_id, middle, limit, roots_only=crt)
        if not posts:
            return None
        newest = max(_anchor(p) for p in posts)
        spans = store.intervals.of(post.channel_id)
        return self._view(post.channel_id, posts, spans, root_id="", before=newest, inclusive=True)

    def _view(
        self,
        channel_id: ChannelId,
        posts: Sequence[Post],
        spans: Intervals,
        *,
        root_id: PostId,
        before: Anchor | None,
        inclusive: bool = False,
    ) -> TimelineView:
        kept = [post for post in posts if post.type != "system_ephemeral"]
        oldest = min(map(_anchor, kept), default=None)
        newest = max(map(_anchor, kept), default=None)
        stored_older = bool(kept) and self._stored_older(channel_id, oldest) if not root_id else False
        at_start = bool(root_id) or (reached_start(spans) and not stored_older)
        has_newer = before is not None and self._stored_newer(channel_id, before, inclusive)
        loading = not root_id and self._loading(channel_id)
        made = self._rows(
            channel_id,
            posts,
            () if root_id else holes(spans),
            root_id=root_id,
            at_start=at_start,
            loading=loading and not at_start,
            with_pending=not has_newer,
        )
        return TimelineView(
            channel_id=channel_id,
            rows=made,
            root_id=root_id,
            has_older=not at_start,
            has_newer=has_newer,
            loading=loading,
            oldest=oldest,
            newest=newest,
        )

    def _rows(
        self,
        channel_id: ChannelId,
        posts: Sequence[Post],
        gaps: Iterable[Hole],
        *,
        root_id: PostId,
        at_start: bool,
        loading: bool,
        with_pending: bool,
    ) -> tuple[Row, ...]:
        lookups = self._base.lookups
        roots = self._missing_roots(posts) if not root_id else {}
        pending = [item for item in lookups.outbox() if item.target.channel_id == channel_id]
        if not with_pending:
            pending = [item for item in pending if item.kind != "post"]
        preferences, config = lookups.preferences(), lookups.config()
        return rows(
            posts,
            me=self._base.me,
            users=self._users([*posts, *roots.values()]),
            day_of=lookups.day_of,
            name_setting=lookups.name_setting(),
            last_viewed_at=0 if root_id else self._entered(channel_id),
            gaps=gaps,
            pending=pending,
            crt=lookups.crt(),
            root_id=root_id,
            roots=roots,
            saved=preferences.names("flagged_post"),
            hide_join_leave=not preferences.flag("advanced_settings", "join_leave", True),
            at_start=at_start,
            loading=loading,
            allow_override=config.flag("EnablePostUsernameOverride"),
        )

    def _entered(self, channel_id: ChannelId) -> Millis:
        """When I had last seen this channel before this visit."""
        entered = self._base.view.entered.get(channel_id)
        if entered is not None:
            return entered
        membership = self._base.store.memberships.get(channel_id)
        return membership.last_viewed_at if membership else 0

    def _missing_roots(self, posts: Sequence[Post]) -> Mapping[PostId, Post]:
        here = {post.id for post in posts}
        wanted = {post.root_id for post in posts if post.root_id} - here
        return self._base.store.posts.many(wanted) if wanted else {}

    def _users(self, posts: Iterable[Post]) -> Mapping[UserId, User]:
        ids = {post.user_id for post in posts if post.user_id}
        found = self._base.lookups.users(ids | {self._base.me})
        unknown = tuple(ids - found.keys())
        if unknown:
            self._base.lane.tell(lambda engine: engine.need_users(unknown))
        return found

    def _ephemerals(self, channel_id: ChannelId, root_id: PostId) -> tuple[Post, ...]:
        """Messages only for me, which no store keeps."""
        wires = self._base.lane.wires
        found = wires.engine.ephemerals(channel_id) if wires else ()
        return tuple(post for post in found if not root_id or post.root_id == root_id)

    def _loading(self, channel_id: ChannelId) -> bool:
        wires = self._base.lane.wires
        return wires is not None and wires.engine.loading(channel_id)

    def _stored_older(self, channel_id: ChannelId, oldest: Anchor | None) -> bool:
        return oldest is not None and bool(self._base.store.posts.newest(channel_id, 1, before=oldest))

    def _stored_newer(self, channel_id: ChannelId, before: Anchor, inclusive: bool) -> bool:
        last = self._base.store.posts.newest_anchor(channel_id)
        return last is not None and (last > before if inclusive else last >= before)


def _without_strays(posts: Sequence[Post], spans: Intervals) -> Sequence[Post]:
    """Without posts that came along alone (a thread's root, a search hit): what lies between is not known."""
    return [post for post in posts if span_of(spans, _anchor(post))] if spans else posts


def _anchor(post: Post) -> Anchor:
    return post.create_at, post.id
