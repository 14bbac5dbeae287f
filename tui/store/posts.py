"""Posts, read by time, by thread, by id, and written so that order and repetition do not matter.

Invariant: what is returned is one committed state: posts and their reactions of the same moment.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace

from tui.core.changes import ChangeKind
from tui.core.ids import ChannelId, Cid, Millis, PostId, UserId
from tui.core.intervals import Anchor
from tui.core.models import Post, Reaction
from tui.core.search import SearchQuery
from tui.store import post_rows, search
from tui.store.access import Reader, Work
from tui.store.post_rows import BY_IDS, IDS, SELECT, UPSERT, WITH_REACTIONS, PostRow
from tui.store.reactions import ReactionWriter

OWN_SCAN = 1_000
"""`last_own` looks at so many posts of mine at most."""


class PostReader(Reader):
    def get(self, post_id: PostId) -> Post | None:
        """The post; a deleted one comes back as a tombstone: `delete_at` > 0 and no text."""
        return self._one(f"{WITH_REACTIONS} WHERE id = ?", post_id)

    def many(self, post_ids: Iterable[PostId]) -> dict[PostId, Post]:
        """Those of `post_ids` that are stored, tombstones included."""
        return {post.id: post for post in self._list(f"{WITH_REACTIONS} {IDS}", json.dumps(list(post_ids)))}

    def with_links(self, post_ids: Iterable[PostId]) -> tuple[Post, ...]:
        """Those of `post_ids`, not deleted, that hold a web address or have a type of a plugin."""
        told = "delete_at = 0 AND (type LIKE 'custom\\_%' ESCAPE '\\' OR instr(message, '://') > 0)"
        return self._list(f"{WITH_REACTIONS} {IDS} AND {told}", json.dumps(list(post_ids)))

    def newest(
        self, channel_id: ChannelId, limit: int, *, before: Anchor | None = None, roots_only: bool = False
    ) -> tuple[Post, ...]:
        """The newest posts of a channel (older than `before`, exclusive), newest first."""
        older = " AND (create_at, id) < (?, ?)" if before else ""
        return self._list(_in_channel(older, "DESC", roots_only), channel_id, *(before or ()), limit)

    def newer(
        self, channel_id: ChannelId, limit: int, *, after: Anchor, roots_only: bool = False
    ) -> tuple[Post, ...]:
        """The oldest posts of a channel that are newer than `after` (exclusive), newest first."""
        sql = _in_channel(" AND (create_at, id) > (?, ?)", "ASC", roots_only)
        return tuple(reversed(self._list(sql, channel_id, *after, limit)))

    def around(
        self, channel_id: ChannelId, post_id: PostId, limit: int, *, roots_only: bool = False
    ) -> tuple[Post, ...]:
        """About `limit` posts with `post_id` in the middle, newest first; empty where it is not stored."""
        with self._source.snapshot():
            middle = self.get(post_id)
            if middle is None or middle.channel_id != channel_id:
                return ()
            anchor = (middle.create_at, middle.id)
            newer = self.newer(channel_id, limit // 2, after=anchor, roots_only=roots_only)
            rest = max(0, limit - len(newer) - 1)
            older = self.newest(channel_id, rest, before=anchor, roots_only=roots_only)
            return (*newer, *(() if middle.delete_at else (middle,)), *older)

    def thread(self, root_id: PostId) -> tuple[Post, ...]:
        """A root and its stored replies, oldest first."""
        sql = f"{WITH_REACTIONS} WHERE root_id = ? AND root_id <> '' AND delete_at = 0 ORDER BY create_at, id"
        with self._source.snapshot():
            root = self.get(root_id)
            replies = self._list(sql, root_id)
        return (root, *replies) if root and not root.delete_at else replies

    def my_threads(self, me: UserId, limit: int) -> tuple[PostId, ...]:
        """Roots of the stored threads that I started or answered in, the last answered first."""
        sql = """SELECT root_id FROM posts WHERE delete_at = 0 AND root_id <> '' AND root_id IN (
            SELECT root_id FROM posts WHERE user_id = ? AND root_id <> '' AND delete_at = 0
            UNION SELECT id FROM posts WHERE user_id = ? AND root_id = '' AND delete_at = 0
        ) GROUP BY root_id ORDER BY max(create_at) DESC, root_id LIMIT ?"""
        return tuple(row[0] for row in self._rows(sql, me, me, limit))

    def pinned(self, channel_id: ChannelId) -> tuple[Post, ...]:
        """The stored pinned posts of a channel, newest first."""
        sql = f"{WITH_REACTIONS} WHERE channel_id = ? AND delete_at = 0 AND is_pinned = 1"
        return self._list(f"{sql} ORDER BY create_at DESC, id DESC", channel_id)

    def last_own(self, channel_id: ChannelId, me: UserId, root_id: PostId | None = None) -> Post | None:
        """My newest ordinary post of a channel; of one thread where `root_id` names it ("" = no thread)."""
        mine = "SELECT n, id, channel_id, root_id, type FROM posts WHERE user_id = ? AND delete_at = 0"
        newest = f"{mine} ORDER BY create_at DESC, id DESC LIMIT {OWN_SCAN}"
        thread = "" if root_id is None else " AND (root_id = ? OR (id = ? AND ? <> ''))"
        args = () if root_id is None else (root_id, root_id, root_id)
        there = f"SELECT n FROM ({newest}) WHERE channel_id = ? AND type IN ('', 'me'){thread} LIMIT 1"  # noqa: S608
        sql = f"{WITH_REACTIONS} WHERE n = ({there})"
        return self._one(sql, me, channel_id, *args)

    def own(self, me: UserId, limit: int) -> tuple[Post, ...]:
        """My newest ordinary posts of all channels, newest first."""
        sql = (
            f"{WITH_REACTIONS} WHERE user_id = ? AND delete_at = 0 AND type IN ('', 'me') "
            "ORDER BY create_at DESC, id DESC LIMIT ?"
        )
        return self._list(sql, me, limit)

    def find_by_cid(self, cid: Cid) -> Post | None:
        """The post that carries our own id, deleted or not."""
        return self._one(f"{WITH_REACTIONS} WHERE cid = ? AND cid <> ''", cid)

    def find_by_pending(self, pending_post_id: str) -> Post | None:
        return self._one(
            f"{WITH_REACTIONS} WHERE pending_post_id = ? AND pending_post_id <> ''", pending_post_id
        )

    def search(self, query: SearchQuery, limit: int = 100) -> tuple[Post, ...]:
        """Stored posts that match, newest first; see `store.search`."""
        sql, args = search.statement(query, limit)
        return self._list(sql, *args)

    def newest_anchor(self, channel_id: ChannelId) -> Anchor | None:
        """Where the newest stored post of a channel stands."""
        sql = "SELECT create_at, id FROM posts WHERE channel_id = ? AND delete_at = 0"
        row = self._row(f"{sql} ORDER BY create_at DESC, id DESC LIMIT 1", channel_id)
        return (row[0], row[1]) if row else None

    def count(self, channel_id: ChannelId) -> int:
        """How many posts of a channel are stored."""
        row = self._row("SELECT count(*) FROM posts WHERE channel_id = ? AND delete_at = 0", channel_id)
        return int(row[0]) if row else 0

    def _one(self, sql: str, *args: object) -> Post | None:
        found = self._list(sql, *args)
        return found[0] if found else None

    def _list(self, sql: str, *args: object) -> tuple[Post, ...]:
        return tuple(map(post_rows.read, self._rows(sql, *args)))


def _in_channel(condition: str, direction: str, roots_only: bool) -> str:
    roots = " AND root_id = ''" if roots_only else ""
    return (
        f"{WITH_REACTIONS} WHERE channel_id = ? AND delete_at = 0{roots}{condition} "
        f"ORDER BY create_at {direction}, id {direction} LIMIT ?"
    )


class PostWriter(PostReader):
    def __init__(self, work: Work) -> None:
        super().__init__(work)
        self._work = work
        self._hands = ReactionWriter(work)

    def put(self, posts: Iterable[Post], *, from_event: bool = False) -> None:
        """Merge posts into what is stored (see `store.post_rows`); may be repeated, in any order.

        Ghosts are dropped; a deleted root takes its replies with it. `from_event`: the reply counters are not
        believed, since events do not fill them.
        """
        incoming = [post for post in posts if not post.original_id and post.id]
        stored = self._stored([*(post.id for post in incoming), *(post.root_id for post in incoming)])
        for post in incoming:
            row = post_rows.row_of(post, from_event=from_event)
            stored[row.id] = self._put_row(stored.get(row.id), row, post.reactions)
        self._bury_replies([row for row in stored.values() if row.delete_at and not row.root_id])

    def delete(self, post_id: PostId, delete_at: Millis) -> None:
        """Leave a tombstone, also for a post that was never seen; replies go with their root."""
        old = self._stored([post_id]).get(post_id)
        row = self._put_row(old, post_rows.tombstone(post_id, delete_at), ())
        if old is not None and not old.delete_at and old.root_id:
            self._one_reply_less(old)
        self._bury_replies([row])

    def add_reaction(self, reaction: Reaction) -> None:
        """Apply `reaction_added`; also before the post itself is known."""
        row = self._stored([reaction.post_id]).get(reaction.post_id)
        if (row is None or not row.delete_at) and self._hands.add(reaction):
            self._changed(reaction.post_id, row)

    def remove_reaction(self, reaction: Reaction) -> None:
        """Apply `reaction_removed`; its time is `update_at`, see `store.reactions`."""
        row = self._stored([reaction.post_id]).get(reaction.post_id)
        if (row is None or not row.delete_at) and self._hands.remove(reaction):
            self._changed(reaction.post_id, row)

    def acknowledge(self, post_id: PostId, user_id: UserId, at: Millis) -> None:
        """Apply an acknowledgement, `at` 0 = taken back; posts that are not known are left alone."""
        row = self._stored([post_id]).get(post_id)
        if row is None or row.delete_at or row.meta_at < 0:
            return
        post = post_rows.post_of(row)
        others = tuple(pair for pair in post.acknowledged if pair[0] != user_id)
        both = tuple(sorted((*others, (user_id, at)))) if at else others
        self._write(row, row._replace(urgency=post_rows.urgency_of(replace(post, acknowledged=both))))

    def set_reply_count(self, root_id: PostId, reply_count: int, last_reply_at: Millis) -> None:
        """What a reply's event says of its root; unknown roots are left alone."""
        old = self._stored([root_id]).get(root_id)
        if old is None:
            return
        told = old._replace(reply_count=reply_count, last_reply_at=last_reply_at, reply_version=last_reply_at)
        self._write(old, post_rows.merge(old, told))

    def forget_channels(self, channel_ids: Sequence[ChannelId]) -> None:
        """Drop all posts of channels I have left."""
        self._hands.forget_channels(channel_ids)
        for channel_id in channel_ids:
            self._work.run("DELETE FROM posts WHERE channel_id = ?", channel_id)
            self._work.changed(ChangeKind.POSTS, channel_id=channel_id)

    def _stored(self, post_ids: Sequence[PostId]) -> dict[PostId, PostRow]:
        return {row[0]: PostRow._make(row) for row in self._rows(BY_IDS, json.dumps(post_ids))}

    def _put_row(self, old: PostRow | None, new: PostRow, reactions: Sequence[Reaction]) -> PostRow:
        merged = post_rows.merge(old, new) if old else new
        if new.meta_at >= 0 and not merged.delete_at:
            before = old.meta_at if old else -1
            if self._hands.replace(new.id, new.meta_at, before, reactions):
                self._changed(new.id, merged)
        self._write(old, merged)
        return merged

    def _write(self, old: PostRow | None, row: PostRow) -> None:
        if row == old:
            return
        self._work.run(UPSERT, *row)
        if row.delete_at and not (old and old.delete_at):
            self._hands.forget([row.id])
        self._changed(row.id, row)

    def _bury_replies(self, roots: Sequence[PostRow]) -> None:
        for root in roots:
            sql = f"{SELECT} WHERE root_id = ? AND root_id <> '' AND delete_at < ?"
            for found in self._rows(sql, root.id, root.delete_at):
                reply = PostRow._make(found)
                self._write(reply, post_rows.merge(reply, post_rows.tombstone(reply.id, root.delete_at)))

    def _one_reply_less(self, reply: PostRow) -> None:
        """A hint until the root is fetched again: the server sends no event for the root."""
        self._work.run("UPDATE posts SET reply_count = max(0, reply_count - 1) WHERE id = ?", reply.root_id)
        self._work.changed(ChangeKind.POSTS, [reply.root_id], reply.channel_id)

    def _changed(self, post_id: PostId, row: PostRow | None) -> None:
        ids = [post_id, row.root_id] if row and row.root_id else [post_id]
        self._work.changed(ChangeKind.POSTS, ids, row.channel_id if row else "")
