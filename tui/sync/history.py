"""Brings a channel's posts: the newest when it is shown, older ones on scroll, holes when asked to.

Invariant: a hole is closed only by pages that overlap what is known; "nothing older" is believed only of
an anchor that the server knows (it answers an unknown one with an empty page, too). One question a
channel at a time.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from tui.core.changes import Change, ChangeKind
from tui.core.errors import Refused, TeleteamError
from tui.core.ids import ChannelId, Millis, PostId
from tui.core.intervals import Anchor, span_of
from tui.core.models import Post, PostPage
from tui.store import Tx
from tui.sync import marks, pages
from tui.sync.context import Context
from tui.sync.needs import Backfill

BIGGEST_PAGE = 200
"""What the server gives at most."""
FLOOD_PAGES = 15
"""Pages fetched by ourselves after a flood; beyond, a hole stays until it is asked for."""

_RUNNING = ""
"""Among the wishes of a channel: the one that is being done."""

log = logging.getLogger(__name__)


class History:
    """All methods run on the net lane; failures end up at the line, not at the caller."""

    def __init__(self, context: Context, backfill: Backfill) -> None:
        self._context = context
        self._backfill = backfill
        self._busy: dict[ChannelId, list[str]] = {}
        self._turns: dict[ChannelId, asyncio.Lock] = {}
        self._refreshing: dict[ChannelId, asyncio.Task[None]] = {}

    def is_busy(self, channel_id: ChannelId) -> bool:
        return channel_id in self._busy

    def is_fresh(self, channel_id: ChannelId) -> bool:
        mark = marks.read_channel(self._context.store, channel_id)
        return mark is not None and mark.generation == self._context.memory.generation

    async def refresh(self, channel_id: ChannelId) -> None:
        """Brings the newest posts into step; two who want it ask once. Raises what that raises."""
        task = self._refreshing.get(channel_id)
        if task is None:
            task = asyncio.get_running_loop().create_task(self._refresh(channel_id))
            self._refreshing[channel_id] = task
            task.add_done_callback(lambda done: self._refreshed(channel_id, done))
        await asyncio.shield(task)

    def _refreshed(self, channel_id: ChannelId, done: asyncio.Task[None]) -> None:
        self._refreshing.pop(channel_id, None)
        if not done.cancelled() and (error := done.exception()) is not None:
            log.info("a refresh failed: %s", type(error).__name__)

    async def _refresh(self, channel_id: ChannelId) -> None:
        if self.is_fresh(channel_id):
            return
        mark = marks.read_channel(self._context.store, channel_id)
        if mark is None:
            await self._first_page(channel_id)
        else:
            await self._since(channel_id, mark)

    async def guarded(
        self, channel_id: ChannelId, work: Callable[[ChannelId], Awaitable[None]], what: str
    ) -> None:
        """Runs `work` after what this channel is busy with; tells the watchers before and after.

        The same `what` does not wait twice. One that runs does not count: its rows may have been seen, and
        the next ones been asked for, before it ends.
        """
        wishes = self._busy.setdefault(channel_id, [])
        if what in wishes:
            return
        wishes.append(what)
        wish = what
        try:
            async with self._turns.setdefault(channel_id, asyncio.Lock()):
                wishes.remove(what)
                wishes.append(wish := _RUNNING)
                await self._told(channel_id, work)
        finally:
            wishes.remove(wish)
            if not wishes:
                self._busy.pop(channel_id, None)
                self._turns.pop(channel_id, None)
            self._tell(channel_id)

    async def _told(self, channel_id: ChannelId, work: Callable[[ChannelId], Awaitable[None]]) -> None:
        self._tell(channel_id)
        try:
            await work(channel_id)
        except Refused as refusal:
            log.info("history was refused: %s", refusal.id)
        except TeleteamError as error:
            self._context.line.report(error)

    async def older(self, channel_id: ChannelId) -> None:
        """A page below what is known without a hole, seen from the newest post."""
        spans = self._context.store.intervals.of(channel_id)
        if not spans:
            await self._first_page(channel_id)
        elif not spans[-1].reached_start:
            await self._before(channel_id, spans[-1].oldest)

    async def close_gap(self, channel_id: ChannelId, before: PostId) -> None:
        """A page before `before`, the newer edge of a hole."""
        post = self._context.store.posts.get(before)
        if post is not None:
            await self._before(channel_id, pages.anchor(post))

    async def thread(self, root_id: PostId) -> None:
        """A whole thread."""
        page = await self._context.api.fetch_thread(root_id)
        held = self._context.store.posts.thread(root_id)
        gone = {post.id for post in held} - set(page.posts)
        stamp = max((post.update_at for post in page.posts.values()), default=0)

        def put(tx: Tx) -> None:
            pages.put_posts(tx, page)
            if root_id in page.posts:
                for post_id in gone:
                    tx.posts.delete(post_id, stamp)

        await self._context.write(put)
        self._backfill.users(pages.authors(page.posts.values()))

    async def around(self, post_id: PostId) -> ChannelId:
        """A post and what stands beside it, wherever in the history. Raises what the requests raise."""
        post = await self._context.api.fetch_post(post_id)
        root_id = post.root_id
        await self._stretch(post)
        if root_id:
            await self.thread(root_id)
        return post.channel_id

    async def _stretch(self, post: Post) -> None:
        """Makes a post part of a known stretch: a page before it and one after it hang on it."""
        anchor = pages.anchor(post)
        if span_of(self._context.store.intervals.of(post.channel_id), anchor) is not None:
            await self._context.write(lambda tx: tx.posts.put([post]))
            return
        wanted = self._context.line.profile.first_page
        after = await self._context.api.fetch_posts(post.channel_id, per_page=wanted, after=post.id)
        newer = after.value or PostPage((), {})
        found = pages.span(newer)
        if found is None:
            # The newest of all: a page before it would leave out others of its millisecond.
            await self._first_page(post.channel_id)
            return

        def put(tx: Tx) -> None:
            tx.posts.put([post])
            pages.put_posts(tx, newer)
            tx.intervals.add(post.channel_id, newest=found[1], oldest=found[0])

        await self._put(newer, put)
        await self._before(post.channel_id, found[0])

    async def _first_page(self, channel_id: ChannelId) -> None:
        held = pages.held(self._context.store, channel_id)
        page = await self._page(channel_id, per_page=self._context.line.profile.first_page + 1)
        generation = self._context.memory.generation

        def put(tx: Tx) -> None:
            pages.put_page(tx, channel_id, page, held, at_start=not page.prev_post_id)
            self._join_live(tx, channel_id, page)
            marks.write_channel(tx, channel_id, pages.mark_of(page, generation, None))

        await self._put(page, put)

    def _join_live(self, tx: Tx, channel_id: ChannelId, page: PostPage) -> None:
        """Posts that came live since the page was asked for follow it without a hole."""
        found, spans = pages.span(page), tx.intervals.of(channel_id)
        if found and spans and spans[-1].newest > found[1]:
            tx.intervals.add(channel_id, newest=spans[-1].newest, oldest=found[1])

    async def _since(self, channel_id: ChannelId, mark: marks.ChannelMark) -> None:
        since = max(1, self._in_step_until(mark) - pages.OVERLAP)
        page = await self._context.api.fetch_posts_since(channel_id, since)
        if len(page.order) >= pages.SINCE_LIMIT:
            await self._flood(channel_id, mark)
            return
        memory = self._context.memory
        await self._put(page, lambda tx: pages.put_since(tx, channel_id, page, mark, memory))

    def _in_step_until(self, mark: marks.ChannelMark) -> Millis:
        """A channel that was in step when the line broke was so until the last word of the server."""
        memory = self._context.memory
        return max(mark.update_at, memory.heard.get(mark.generation, 0))

    async def _flood(self, channel_id: ChannelId, mark: marks.ChannelMark) -> None:
        """Too much happened: pages from the newest down to below what we held, so that old edits show,
        too."""
        page = await self._page(channel_id, per_page=BIGGEST_PAGE)
        generation = self._context.memory.generation
        spans = self._context.store.intervals.of(channel_id)
        bottom = spans[0].oldest if spans else mark.head
        held = pages.held(self._context.store, channel_id)

        def put(tx: Tx) -> None:
            pages.put_page(tx, channel_id, page, held)
            self._join_live(tx, channel_id, page)
            marks.write_channel(tx, channel_id, pages.mark_of(page, generation, mark))

        await self._put(page, put)
        for _ in range(FLOOD_PAGES - 1):
            found = pages.span(page)
            if found is None or found[0] <= bottom or not page.prev_post_id:
                return
            page = await self._before(channel_id, found[0], BIGGEST_PAGE)

    async def _before(self, channel_id: ChannelId, anchor: Anchor, per_page: int = 0) -> PostPage:
        """The page before a post that we hold; 0 = as many posts as the profile says."""
        held = pages.held(self._context.store, channel_id, anchor)
        per_page = per_page or self._context.line.profile.older_page + 1
        page = await self._page(channel_id, per_page=per_page, before=anchor[1])
        if not page.order:
            return await self._nothing_before(channel_id, anchor, page)
        at_start = not page.prev_post_id

        def put(tx: Tx) -> None:
            pages.put_page(tx, channel_id, page, held, at_start=at_start)
            found = pages.span(page)
            if found is not None:
                tx.intervals.add(channel_id, newest=anchor, oldest=found[0], reached_start=at_start)

        await self._put(page, put)
        return page

    async def _nothing_before(self, channel_id: ChannelId, anchor: Anchor, page: PostPage) -> PostPage:
        """Empty: the start of the channel, or an anchor that the server does not know."""
        if await self._exists(anchor[1]):
            await self._context.write(
                lambda tx: tx.intervals.add(channel_id, newest=anchor, oldest=anchor, reached_start=True)
            )
            return page
        after = self._context.store.posts.newer(channel_id, 1, after=anchor)
        await self._context.write(lambda tx: tx.posts.delete(anchor[1], max(1, anchor[0])))
        if after:
            return await self._before(channel_id, pages.anchor(after[0]))
        return page

    async def _exists(self, post_id: PostId) -> bool:
        try:
            found: Post = await self._context.api.fetch_post(post_id)
        except Refused:
            return False
        return found.id == post_id

    async def _page(self, channel_id: ChannelId, *, per_page: int, before: PostId = "") -> PostPage:
        told = await self._context.api.fetch_posts(channel_id, per_page=per_page, before=before)
        return pages.whole(told.value, per_page) if told.value is not None else PostPage((), {})

    async def _put(self, page: PostPage, put: Callable[[Tx], None]) -> None:
        await self._context.write(put)
        self._backfill.users(pages.authors(page.posts.values()))

    def _tell(self, channel_id: ChannelId) -> None:
        self._context.publish((Change(ChangeKind.POSTS, channel_id, frozenset({""})),))
